/** A Markdown table as its lines are written: pipes, padding and the row of hyphens, by offsets. */
import type { Table } from 'mdast'
import stringWidth from 'string-width'
import type { Block } from '../parse/page/page.ts'
import { endOfLine, nextLine } from '../parse/structure/lines.ts'

export interface WrittenCell {
  /** 0-based offsets between its pipes, padding included. */
  start: number
  end: number
}

export interface WrittenRow {
  /** 0-based offsets from its first pipe or letter to its last; comments and spaces after it are left out. */
  start: number
  end: number
  /** What stands before it on its line: indentation, `>`. */
  prefix: string
  /** Whether it begins, and ends, with a pipe. */
  opened: boolean
  closed: boolean
  cells: WrittenCell[]
}

export interface WrittenTable {
  header: WrittenRow
  delimiter: WrittenRow
  /** The rows under it, but paragraphs that are glued to it. */
  body: WrittenRow[]
  /** All three, in order. */
  rows: WrittenRow[]
}

/** Reads how a table is written; `null` for one of tags, and where its lines are not what they seem. */
export function readWritten(block: Block): WrittenTable | null {
  if (block.kind !== 'table' || !('type' in block.node)) return null
  const { structure, file } = block.page
  if (structure.repairs.some(({ start }) => start >= block.start && start < block.end)) return null
  const rows = (block.node as Table).children.map(({ position, children }) => {
    const starts = children.map((cell) => cell.position?.start.offset ?? 0)
    return writtenRow(block, position?.start.offset ?? 0, position?.end.offset ?? 0, starts)
  })
  const header = rows.shift()
  if (!header) return null
  const delimiter = delimiterUnder(block, header)
  if (delimiter?.cells.length !== header.cells.length) return null
  while (rows.length > 0 && header.cells.length > 1 && isGlued(rows.at(-1) as WrittenRow)) rows.pop()
  const all = [header, delimiter, ...rows]
  if (all.some(({ start, end }) => end <= start || /[\r\n]/.test(file.text.slice(start, end)))) return null
  return { header, delimiter, body: rows, rows: all }
}

function isGlued({ opened, closed, cells }: WrittenRow): boolean {
  return cells.length === 1 && !opened && !closed
}

function writtenRow({ page }: Block, start: number, limit: number, starts: readonly number[]): WrittenRow {
  const { text } = page.file
  const { masked } = page.structure
  const end = endOfText(masked, start, limit)
  const opened = masked[start] === '|'
  const closed = end > start + 1 && masked[end - 1] === '|' && masked[end - 2] !== '\\'
  const cells = starts.map((from, i): WrittenCell => {
    const to = starts[i + 1] ?? (closed ? end - 1 : end)
    return { start: masked[from] === '|' ? from + 1 : from, end: to }
  })
  let line = start
  while (line > 0 && text[line - 1] !== '\n' && text[line - 1] !== '\r') line--
  return { start, end, prefix: text.slice(line, start), opened, closed, cells }
}

/** Where a line ends but for spaces and tabs: any other white space is a cell's text in Markdown. */
function endOfText(masked: string, start: number, limit: number): number {
  let end = limit
  while (end > start && (masked[end - 1] === ' ' || masked[end - 1] === '\t')) end--
  return end
}

/** The row of hyphens, which is no node of the tree. */
function delimiterUnder(block: Block, header: WrittenRow): WrittenRow | null {
  const { masked } = block.page.structure
  const from = nextLine(masked, endOfLine(masked, header.end))
  const limit = endOfLine(masked, from)
  const line = masked.slice(from, limit)
  const start = from + line.length - line.replace(/^[ \t>]+/, '').length
  if (start >= limit || !/^[|:\- \t]+$/.test(masked.slice(start, limit))) return null
  const end = endOfText(masked, start, limit)
  const starts = [start]
  for (let i = start + 1; i < end - 1; i++) if (masked[i] === '|') starts.push(i)
  return writtenRow(block, start, limit, starts)
}

/** Whether rows have the same cells between pipes at both ends, so that their pipes could stand in lines. */
export function isRegular({ rows, header }: WrittenTable): boolean {
  return rows.every((row) => row.opened && row.closed && row.cells.length === header.cells.length)
}

/** How wide a text is: by the columns that it takes, or, as some editors count, by its characters. */
export type Measure = (text: string) => number

/** Columns of a terminal or of a monospaced font: emoji and ideographs take two. */
export const columnsOf: Measure = (text) =>
  /^[\x20-\x7E]*$/.test(text) ? text.length : stringWidth(text, { countAnsiEscapeCodes: true })

const charactersOf: Measure = (text) => [...text].length

/**
 * How wide the cell is that a row lacks at its end: where the pipes that it has stand under those of the header or of the
 * row of hyphens; `null` where they don't, or where it lacks none or several.
 */
export function widthOfLacking(block: Block, { header, delimiter }: WrittenTable, row: WrittenRow): number | null {
  const { text } = block.page.file
  if (!row.opened || !row.closed || row.cells.length < 2 || row.cells.length !== header.cells.length - 1) return null
  for (const measure of [columnsOf, charactersOf]) {
    const widths = ({ cells }: WrittenRow) => cells.map(({ start, end }) => measure(text.slice(start, end)))
    const own = widths(row).join()
    for (const above of [header, delimiter]) {
      const expected = widths(above)
      const last = expected.pop() as number
      if (above.opened && above.prefix === row.prefix && expected.join() === own) return last
    }
  }
  return null
}

/** The measure by which all pipes of a regular table stand in lines; `null` where they don't by any. */
export function alignedBy(block: Block, table: WrittenTable): Measure | null {
  if (!isRegular(table)) return null
  const { text } = block.page.file
  return (
    [columnsOf, charactersOf].find((measure) => {
      const widths = ({ cells }: WrittenRow) => cells.map(({ start, end }) => measure(text.slice(start, end))).join()
      const expected = widths(table.header)
      return table.rows.every((row) => widths(row) === expected)
    }) ?? null
  )
}
