/** A table as a grid of cells, each with its text, its lines and its place. */
import type { Table, TableCell } from 'mdast'
import type { Span } from '../diagnostic.ts'
import { squeeze } from '../text.ts'
import { inlineText } from './inline.ts'
import type { Block } from './page.ts'
import type { Element } from './structure.ts'
import { contentText, layOut, rowsOf, type TagCell } from './tag-table.ts'

export interface Cell {
  /** Text as a reader sees it, on one line. */
  text: string
  /** The same, split at `<br>` and list edges; bullets and empty lines dropped. */
  lines: string[]
  /** The things that the cell lists: begun by bullets, else set apart by blank lines, else one a line. */
  items: string[]
  /** The cell's content without padding and pipes; for a blank cell, the place where content would begin. */
  span: Span
}

export interface Row {
  cells: Cell[]
  span: Span
}

export interface Grid {
  header: Cell[]
  rows: Row[]
}

/** Reads a table block into a grid. Rows may be shorter or longer than the header, as they are in the source. */
export function readGrid(block: Block): Grid {
  if (!('type' in block.node)) return readTagGrid(block.node, block)
  const table = block.node as Table
  const [header, ...rows] = table.children.map((row) => ({
    cells: row.children.map((cell) => readCell(cell, block)),
    span: spanOf(row.position, block),
  }))
  return { header: header?.cells ?? [], rows }
}

/** A table of tags. Its header is its first row; a cell that covers several stands in each. */
function readTagGrid(table: Element, block: Block): Grid {
  const { file, locator } = block.page
  const rows = rowsOf(table)
  const cells = new Map<TagCell, Cell>()
  const read = (cell: TagCell | undefined): Cell => {
    if (!cell) return { text: '', lines: [], items: [], span: block.span }
    const known = cells.get(cell) ?? cellOf(contentText(file.text, cell.element), tagContentSpan(cell.element, block))
    cells.set(cell, known)
    return known
  }
  const [header, ...body] = layOut(rows).map((line, i) => {
    const { start, end } = rows[i]?.element ?? table
    return { cells: Array.from(line, read), span: locator.span(start, end) }
  })
  return { header: header?.cells ?? [], rows: body }
}

function tagContentSpan({ contentStart, contentEnd }: Element, block: Block): Span {
  const { file, locator } = block.page
  const [start, end] = trimmed(file.text, contentStart, contentEnd)
  return locator.span(start, end)
}

function readCell(cell: TableCell, block: Block): Cell {
  return cellOf(inlineText(cell, block.page.structure), contentSpan(cell, block))
}

function cellOf(raw: string, span: Span): Cell {
  const written = raw.split('\n').map(squeeze)
  const lines = written.map(withoutBullet).filter((line) => line !== '')
  return { text: squeeze(raw), lines, items: listItems(written), span }
}

const BULLET = /^[-*+•]\s+/

function withoutBullet(line: string): string {
  return line.replace(BULLET, '')
}

/** Lines to items: a line that goes on (`Cluster Admin or` / `Editor`) belongs to the item above it. */
function listItems(written: string[]): string[] {
  const bulleted = written.some((line) => BULLET.test(line))
  const spaced = !bulleted && written.slice(1, -1).includes('')
  const items: string[] = []
  let open = false
  for (const line of written) {
    if (line === '') {
      if (!bulleted) open = false
      continue
    }
    const previous = items.at(-1)
    const goesOn =
      previous !== undefined && (/\bor$/i.test(previous) || (open && (bulleted ? !BULLET.test(line) : spaced)))
    if (goesOn) items[items.length - 1] = `${previous} ${line}`
    else items.push(withoutBullet(line))
    open = true
  }
  return items
}

function contentSpan(cell: TableCell, block: Block): Span {
  const { file, locator } = block.page
  let start = cell.position?.start.offset ?? 0
  let end = cell.position?.end.offset ?? start
  const { text } = file
  if (text[start] === '|') start++
  if (end > start && text[end - 1] === '|' && text[end - 2] !== '\\') end--
  return locator.span(...trimmed(text, start, end))
}

/** Offsets without the white space at both ends. */
function trimmed(text: string, from: number, to: number): [start: number, end: number] {
  let [start, end] = [from, to]
  while (start < end && isSpace(text[start] as string)) start++
  while (end > start && isSpace(text[end - 1] as string)) end--
  return [start, end]
}

function isSpace(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\u00A0' || c === '\n' || c === '\r'
}

function spanOf(position: TableCell['position'], block: Block): Span {
  return block.page.locator.span(position?.start.offset ?? 0, position?.end.offset ?? 0)
}
