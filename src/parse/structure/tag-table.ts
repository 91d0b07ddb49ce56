/** Tables that are written in tags: HTML (`<table>`, `<tr>`, `<td>`) and components of the same shape (`<TableRow>`). */
import type { Element } from './element.ts'
import { scanTag } from './tag.ts'

/** A cell of the source; it may cover several of the grid. */
export interface TagCell {
  element: Element
  /** Offset at which its content ends: HTML lets writers leave out `</td>` and `</tr>`. */
  end: number
  header: boolean
  colspan: number
  rowspan: number
}

export interface TagRow {
  element: Element
  end: number
  cells: TagCell[]
  /** Whether it stands in the table's head. */
  head: boolean
}

const TABLE = /^(?:[A-Za-z]+\.)?table$/i
const ROW = /^(?:[A-Za-z]+\.)?(?:tr|(?:table)?-?row)$/i
const CELL = /^(?:[A-Za-z]+\.)?(?:td|th|(?:table)?-?(?:header|head)?-?cell)$/i
const HEADER = /^(?:[A-Za-z]+\.)?(?:th|(?:table)?-?(?:header|head)-?cell)$/i
const HEAD = /^(?:[A-Za-z]+\.)?(?:thead|table-?head(?:er)?)$/i
const BODY = /^(?:[A-Za-z]+\.)?(?:tbody|tfoot|table-?(?:body|foot(?:er)?))$/i
const CAPTION = /^(?:[A-Za-z]+\.)?(?:caption|table-?caption)$/i
const PART = [ROW, CELL, HEAD, BODY, CAPTION]
/** HTML's own limit on `colspan`; of rows a page has never covered more with one cell. */
const WIDEST = 1000
/** Places of a table's grid that are filled by cells of other rows and columns; beyond them, each cell stands in one. */
const MOST_SPANNED = 1_000_000

/** Whether an element is a table with rows (a component called `Table` that is fed by props is none). */
export function isTable(element: Element): boolean {
  return TABLE.test(element.name) && rowsOf(element).length > 0
}

/**
 * The rows of a table, with their cells, in order; those of tables inside its cells are left out. With the page's text,
 * computed attributes (`colSpan={2}`) count as well.
 */
export function rowsOf(table: Element, text?: string): TagRow[] {
  const rows: TagRow[] = []
  let row: TagRow | undefined
  const parts = partsOf(table)
  let written = isOpen(table) ? 0 : table.end
  for (const { element } of parts) if (!isOpen(element)) written = Math.max(written, element.end)
  for (const { element, inHead } of parts) {
    const { start, end, contentEnd } = element
    const isInner = TABLE.test(element.name)
    // A table in a cell is read with it, unless neither is ever closed: it is then one of its own.
    if (isInner && (!isOpen(element) || start < written)) continue
    // What is left open ends where the next part of the table begins.
    const last = row?.cells.at(-1)
    if (last) last.end = Math.min(last.end, start)
    if (isInner) {
      if (row) row.end = Math.min(row.end, start)
    } else if (ROW.test(element.name)) {
      if (row) row.end = Math.min(row.end, start)
      row = { element, end, cells: [], head: inHead }
      rows.push(row)
    } else if (CELL.test(element.name)) {
      // A cell outside of any row: HTML makes a row for it.
      if (!row || row.end <= start) {
        row = { element, end: table.contentEnd, cells: [], head: false }
        rows.push(row)
      }
      row.cells.push({
        element,
        end: contentEnd,
        header: HEADER.test(element.name),
        colspan: spanAttribute(element, 'colspan', text),
        rowspan: spanAttribute(element, 'rowspan', text),
      })
    }
  }
  return rows
}

/** The caption of a table, or `undefined`. */
export function captionOf(table: Element): Element | undefined {
  return table.children.find((element) => CAPTION.test(element.name))
}

interface Part {
  element: Element
  /** Whether the nearest section that it stands in is the table's head. */
  inHead: boolean
}

/**
 * Sections, rows and cells of a table in order of place, however they are nested, and the tables in its cells, but nothing of
 * those.
 */
function partsOf(table: Element): Part[] {
  const parts: Part[] = []
  const queue: Part[] = table.children.map((element) => ({ element, inHead: false })).reverse()
  for (let part = queue.pop(); part; part = queue.pop()) {
    const { name, children } = part.element
    const isInner = TABLE.test(name)
    if (isInner || [ROW, CELL, HEAD, BODY].some((pattern) => pattern.test(name))) parts.push(part)
    if (isInner) continue
    const inHead = !BODY.test(name) && (part.inHead || HEAD.test(name))
    for (let i = children.length - 1; i >= 0; i--) queue.push({ element: children[i] as Element, inHead })
  }
  return parts
}

/** Whether an element is never closed. */
function isOpen({ end, contentEnd }: Element): boolean {
  return end === contentEnd
}

function spanAttribute(element: Element, name: string, text: string | undefined): number {
  const written = [...element.attributes].find(([key]) => key.toLowerCase() === name)?.[1].value
  const tag = written === undefined && text !== undefined ? scanTag(text, element.start) : null
  const computed = [...(tag?.expressions ?? [])].find(([key]) => key.toLowerCase() === name)?.[1]
  const number = Number(written ?? computed ?? 1)
  return Number.isInteger(number) && number >= 1 ? Math.min(number, WIDEST) : 1
}

/** Lays cells out on a grid: a cell that covers several rows or columns stands in each of them. */
export function layOut(rows: readonly { cells: readonly TagCell[] }[]): TagCell[][] {
  const grid: TagCell[][] = []
  /** Cells that reach down from rows above, by column, each with the last row that it covers. */
  const below = new Map<number, { cell: TagCell; until: number }>()
  let spanned = 0
  rows.forEach(({ cells }, row) => {
    const line: TagCell[] = []
    let column = 0
    const fill = (at: number, cell: TagCell) => {
      line[at] = cell
      if (++spanned > MOST_SPANNED) below.clear()
    }
    const reachDown = () => {
      for (let above = below.get(column); above && above.until >= row; above = below.get(column))
        fill(column++, above.cell)
    }
    for (const cell of cells) {
      reachDown()
      const width = spanned > MOST_SPANNED ? 1 : cell.colspan
      spanned += width - 1
      for (let i = 0; i < width; i++) {
        line[column] = cell
        if (cell.rowspan > 1 && spanned <= MOST_SPANNED) below.set(column, { cell, until: row + cell.rowspan - 1 })
        column++
      }
    }
    // A row may end to the left of a cell that reaches down into it.
    for (const [at, { cell, until }] of below) {
      if (until <= row) below.delete(at)
      if (until >= row && at >= column) fill(at, cell)
    }
    grid.push(line)
  })
  return grid
}

/** The elements of a page that are never closed, as a set: made once for each page. */
const openOf = new WeakMap<readonly Element[], ReadonlySet<Element>>()

/** Where a table ends: one that is never closed ends with the last of its parts that is. */
export function endOfTable(table: Element, unclosed: readonly Element[]): number {
  const open = openOf.get(unclosed) ?? new Set(unclosed)
  openOf.set(unclosed, open)
  if (!open.has(table)) return table.end
  let end = table.contentStart
  const queue = [...table.children]
  for (let element = queue.pop(); element; element = queue.pop()) {
    const isWhole = !open.has(element)
    const isInner = TABLE.test(element.name)
    if (isWhole && (isInner || PART.some((part) => part.test(element.name)))) end = Math.max(end, element.end)
    // Open tables in open tables are each looked at by themselves.
    if (!isInner) for (const child of element.children) queue.push(child)
  }
  return end
}
