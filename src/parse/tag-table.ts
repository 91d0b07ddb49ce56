/** Tables that are written in tags: HTML (`<table>`, `<tr>`, `<td>`) and components of the same shape (`<TableRow>`). */
import { decodeString } from 'micromark-util-decode-string'
import { squeeze } from '../text.ts'
import { objectText } from './inline.ts'
import { endOfComment } from './lines.ts'
import type { Element } from './structure.ts'
import { scanTag } from './tag.ts'

/** A cell of the source; it may cover several of the grid. */
export interface TagCell {
  element: Element
  header: boolean
  colspan: number
  rowspan: number
}

const TABLE = /^(?:[A-Za-z]+\.)?table$/i
const ROW = /^(?:[A-Za-z]+\.)?(?:tr|(?:table)?-?row)$/i
const CELL = /^(?:[A-Za-z]+\.)?(?:td|th|(?:table)?-?(?:header|head)?-?cell)$/i
const HEADER = /^(?:[A-Za-z]+\.)?(?:th|(?:table)?-?(?:header|head)-?cell)$/i
/** HTML's own limit on `colspan`; of rows a page has never covered more with one cell. */
const WIDEST = 1000

/** Whether an element is a table with rows (a component called `Table` that is fed by props is none). */
export function isTable(element: Element): boolean {
  return TABLE.test(element.name) && rowsOf(element).length > 0
}

/** The rows of a table, with their cells, in order; those of tables inside its cells are left out. */
export function rowsOf(table: Element): { element: Element; cells: TagCell[]; head: boolean }[] {
  const rows: { element: Element; cells: TagCell[]; head: boolean }[] = []
  const queue = table.children.map((element) => ({ element, head: false })).reverse()
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { element } = next
    const head = next.head || /^(?:thead|tableheader|tablehead)$/i.test(element.name)
    if (ROW.test(element.name)) rows.push({ element, head, cells: cellsOf(element) })
    else if (!TABLE.test(element.name)) {
      for (let i = element.children.length - 1; i >= 0; i--)
        queue.push({ element: element.children[i] as Element, head })
    }
  }
  return rows
}

function cellsOf(row: Element): TagCell[] {
  return row.children
    .filter((element) => CELL.test(element.name))
    .map((element) => ({
      element,
      header: HEADER.test(element.name),
      colspan: spanAttribute(element, 'colspan'),
      rowspan: spanAttribute(element, 'rowspan'),
    }))
}

function spanAttribute(element: Element, name: string): number {
  const value = element.attributes.get(name) ?? element.attributes.get(name.replace('span', 'Span'))
  const number = Number(value?.value ?? 1)
  return Number.isInteger(number) && number >= 1 ? Math.min(number, WIDEST) : 1
}

/** Lays cells out on a grid: a cell that covers several rows or columns stands in each of them. */
export function layOut(rows: readonly { cells: readonly TagCell[] }[]): TagCell[][] {
  const grid: TagCell[][] = []
  /** Cells that reach down from rows above, by column. */
  const below = new Map<number, { cell: TagCell; left: number }>()
  for (const { cells } of rows) {
    const line: TagCell[] = []
    let column = 0
    const reachDown = () => {
      for (let above = below.get(column); above; above = below.get(column)) {
        line[column] = above.cell
        if (--above.left === 0) below.delete(column)
        column++
      }
    }
    for (const cell of cells) {
      reachDown()
      for (let i = 0; i < cell.colspan; i++) {
        line[column] = cell
        if (cell.rowspan > 1) below.set(column, { cell, left: cell.rowspan - 1 })
        column++
      }
    }
    reachDown()
    grid.push(line)
  }
  return grid
}

/** The text of an element's content: tags taken out, `<br>` and list edges as `\n`, icons by name, entities decoded. */
export function contentText(text: string, element: Element): string {
  const parts: string[] = []
  let position = element.contentStart
  while (position < element.contentEnd) {
    const c = text[position] as string
    const comment = endOfComment(text, position)
    if (comment !== -1) {
      position = comment
      continue
    }
    const tag = c === '<' ? scanTag(text, position) : null
    if (tag === null) {
      parts.push(c === '\n' || c === '\r' ? ' ' : c)
      position++
      continue
    }
    const name = tag.name.toLowerCase()
    if (['br', 'li', 'p', 'ul', 'ol'].includes(name)) parts.push('\n')
    else if (tag.kind === 'void' || name === 'img') parts.push(objectText(tag))
    position = tag.end
  }
  return decodeString(parts.join(''))
    .split('\n')
    .map((line) => squeeze(withoutEmphasis(squeeze(line))))
    .join('\n')
}

/** `**Create**`, `_Create_` and code as their text: cells of components are Markdown to their writers. */
function withoutEmphasis(text: string): string {
  return text.replace(/(\*\*|__|`+)(?=\S)([^*_`]+)\1/g, '$2').replace(/^([*_])(?=\S)([^*_]+)\1$/, '$2')
}
