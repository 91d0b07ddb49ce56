/** Changes cells, rows and columns of a Markdown table as its author would: its padding and its pipes stay as they are. */
import { alignedBy, columnsOf, type Measure, type WrittenRow, type WrittenTable } from '../fix/table.ts'
import { greatest } from '../lists.ts'
import type { Block } from '../parse/page/page.ts'
import { endOfLine } from '../parse/structure/lines.ts'

interface Line {
  prefix: string
  opened: boolean
  closed: boolean
  /** What stands between its pipes, padding included. */
  cells: string[]
  /** What stands after its last pipe. */
  tail: string
  /** As it is written; `null` once it is changed. */
  written: string | null
}

type Align = 'left' | 'center' | 'right'

/** One table of a page; `stretch` is what it has become, and where. */
export class TableEditor {
  readonly #lines: Line[]
  readonly #measure: Measure | null
  readonly #eol: string
  readonly #start: number
  readonly #end: number

  constructor(block: Block, table: WrittenTable, eol: string) {
    const { text } = block.page.file
    const line = (row: WrittenRow): Line => {
      const end = endOfLine(text, row.end)
      const start = row.start - row.prefix.length
      return {
        prefix: row.prefix,
        opened: row.opened,
        closed: row.closed,
        cells: row.cells.map((cell) => text.slice(cell.start, cell.end)),
        tail: text.slice(row.end, end),
        written: text.slice(start, end),
      }
    }
    this.#lines = table.rows.map(line)
    this.#measure = alignedBy(block, table)
    this.#eol = eol
    this.#start = table.header.start - table.header.prefix.length
    this.#end = endOfLine(text, (table.rows.at(-1) as WrittenRow).end)
  }

  /** The whole table's lines, and what stands in their place. */
  get stretch() {
    return { start: this.#start, end: this.#end, text: this.#lines.map(textOf).join(this.#eol) }
  }

  /** Number of rows under the row of hyphens. */
  get rows(): number {
    return this.#lines.length - 2
  }

  /** Writes a cell. @param row 0-based, of the body */
  setCell(row: number, column: number, content: string): void {
    const line = this.#lines[row + 2] as Line
    while (line.cells.length <= column) {
      line.cells.push(this.#blank(line.cells.length))
      line.closed = true
    }
    line.written = null
    const old = line.cells[column] as string
    if (!this.#measure) {
      const [lead, trail] = [/^\s*/.exec(old)?.[0] ?? '', /(?<!\s)\s*$/.exec(old)?.[0] ?? '']
      const spaced = this.#spaced
      if (old.trim() !== '') line.cells[column] = `${lead}${content}${trail}`
      else line.cells[column] = content === '' ? old : spaced ? ` ${content} ` : content
      if (content === '' && old.trim() !== '') line.cells[column] = spaced ? ' ' : ''
      return
    }
    this.#pad(line, column, content)
  }

  /** @param at index among the rows of the body before which it stands */
  insertRow(at: number, contents: readonly string[]): void {
    const model = this.#lines[Math.min(at + 2, this.#lines.length - 1)] as Line
    const header = this.#lines[0] as Line
    const pattern = model === this.#lines[1] ? header : model
    const { prefix, opened, closed } = pattern
    const count = header.cells.length
    const cells = Array.from({ length: count }, (_, column) => this.#blank(column))
    const line: Line = {
      prefix,
      opened: opened || count === 1,
      closed: closed || count === 1,
      cells,
      tail: '',
      written: null,
    }
    this.#lines.splice(at + 2, 0, line)
    contents.forEach((content, column) => {
      if (content !== '') this.setCell(at, column, content)
    })
  }

  removeRow(row: number): void {
    this.#lines.splice(row + 2, 1)
  }

  /** A new column of blank cells. */
  insertColumn(at: number, heading: string): void {
    const delimiter = this.#lines[1] as Line
    const neighbour = delimiter.cells[Math.min(at, delimiter.cells.length) - 1] ?? ' --- '
    const spaced = this.#spaced
    const width = Math.max(3, columnsOf(heading)) + (spaced ? 2 : 0)
    const content = spaced ? ` ${heading} ` : heading
    this.#lines.forEach((line, i) => {
      line.written = null
      if (i > 1 && line.cells.length < at) return
      const cell =
        i === 0 ? content : i === 1 ? hyphensLike(neighbour, this.#measure ? width : null) : spaced ? ' ' : ''
      line.cells.splice(at, 0, i !== 1 && this.#measure ? fill(cell || ' ', width, this.#measure) : cell)
    })
  }

  get #spaced(): boolean {
    const cells = (this.#lines[0] as Line).cells.filter((cell) => cell.trim() !== '')
    return cells.length === 0 || cells.some((cell) => cell.startsWith(' '))
  }

  #blank(column: number): string {
    const measure = this.#measure
    const cell = (this.#lines[0] as Line).cells[column] ?? '  '
    return measure ? ' '.repeat(measure(cell)) : this.#spaced ? ' ' : ''
  }

  /** Writes a cell of a table whose pipes stand in lines: they still do, the column grows where it must. */
  #pad(line: Line, column: number, content: string): void {
    const measure = this.#measure as Measure
    const spaced = this.#spaced
    const edge = spaced ? ' ' : ''
    const width = measure((this.#lines[0] as Line).cells[column] as string)
    const needed = measure(content) + 2 * edge.length
    line.cells[column] = placed(content, Math.max(width, needed), edge, this.#alignOf(column), measure)
    if (needed <= width) return
    this.#lines.forEach((other, i) => {
      if (other === line) return
      other.written = null
      const cell = other.cells[column] as string
      const align = this.#alignOf(column)
      if (i === 1) other.cells[column] = hyphensLike(cell, needed)
      else other.cells[column] = placed(cell.trim(), needed, edge, align, measure)
    })
  }

  /** How the text of a column stands in its cells, whatever its row of hyphens says: many who centre one do not pad it so. */
  #alignOf(column: number): Align {
    const hyphens = ((this.#lines[1] as Line).cells[column] as string).trim()
    if (!hyphens.endsWith(':')) return 'left'
    const loose = this.#lines.filter((_, i) => i !== 1).map((line) => line.cells[column] ?? '')
    if (loose.some((cell) => /^ ?\S.* {3}$/.test(cell))) return 'left'
    return hyphens.startsWith(':') ? 'center' : 'right'
  }
}

function textOf({ prefix, opened, closed, cells, tail, written }: Line): string {
  return written ?? `${prefix}${opened ? '|' : ''}${cells.join('|')}${closed ? '|' : ''}${tail}`
}

function fill(cell: string, width: number, measure: Measure): string {
  return cell + ' '.repeat(Math.max(0, width - measure(cell)))
}

function placed(content: string, width: number, edge: string, align: Align, measure: Measure): string {
  const room = Math.max(0, width - 2 * edge.length - measure(content))
  const left = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0
  return `${edge}${' '.repeat(left)}${content}${' '.repeat(room - left)}${edge}`
}

/** A row of hyphens' cell in the form of another; `null` for its width. */
function hyphensLike(cell: string, width: number | null): string {
  const bare = cell.trim()
  const [left, right] = [bare.startsWith(':') ? ':' : '', bare.endsWith(':') ? ':' : '']
  const edge = cell.startsWith(' ') ? ' ' : ''
  const room = (width ?? columnsOf(cell)) - 2 * edge.length - left.length - right.length
  return `${edge}${left}${'-'.repeat(Math.max(1, room))}${right}${edge}`
}

/** A new table, padded. @param rows the header first */
export function newTable(rows: readonly (readonly string[])[], prefix: string): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    greatest(
      rows.map((row) => columnsOf(row[column] ?? '')),
      3,
    ),
  )
  const line = (cells: readonly string[]) =>
    `${prefix}|${widths.map((width, i) => placed(cells[i] ?? '', width + 2, ' ', 'left', columnsOf)).join('|')}|`
  const [header = [], ...body] = rows
  return [line(header), `${prefix}|${widths.map((width) => ` ${'-'.repeat(width)} `).join('|')}|`, ...body.map(line)]
}
