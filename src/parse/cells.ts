/** A table as a grid of cells, each with its text, its lines and its place. */
import type { Table, TableCell } from 'mdast'
import type { Span } from '../diagnostic.ts'
import { squeeze } from '../text.ts'
import { inlineText } from './inline.ts'
import type { Block } from './page.ts'

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
  const table = block.node as Table
  const [header, ...rows] = table.children.map((row) => ({
    cells: row.children.map((cell) => readCell(cell, block)),
    span: spanOf(row.position, block),
  }))
  return { header: header?.cells ?? [], rows }
}

function readCell(cell: TableCell, block: Block): Cell {
  const { structure } = block.page
  const raw = inlineText(cell, structure)
  const written = raw.split('\n').map(squeeze)
  const lines = written.map(withoutBullet).filter((line) => line !== '')
  return { text: squeeze(raw), lines, items: listItems(written), span: contentSpan(cell, block) }
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
  while (start < end && isSpace(text[start] as string)) start++
  while (end > start && isSpace(text[end - 1] as string)) end--
  return locator.span(start, end)
}

function isSpace(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\u00A0' || c === '\n' || c === '\r'
}

function spanOf(position: TableCell['position'], block: Block): Span {
  return block.page.locator.span(position?.start.offset ?? 0, position?.end.offset ?? 0)
}
