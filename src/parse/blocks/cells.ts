/** A table as a grid of cells, each with its text, its lines and its place. */
import type { PhrasingContent, Table, TableCell, TableRow } from 'mdast'
import { toString as plainText } from 'mdast-util-to-string'
import type { Span } from '../../diagnostic.ts'
import { remembered } from '../../remembered.ts'
import type { Block, Page } from '../page/page.ts'
import type { Element } from '../structure/element.ts'
import { endOfLine } from '../structure/lines.ts'
import { captionOf, layOut, rowsOf, type TagCell, type TagRow } from '../structure/tag-table.ts'
import { type CellReading, HIDDEN, readingOf } from './cell-reading.ts'
import { markdownCellText, tagCellText } from './cell-text.ts'
import { isCondition, withoutConditions } from './template-tags.ts'

export interface Cell extends CellReading {
  /** Whether all of it is in bold, but for a remark in parentheses behind it. */
  strong: boolean
  /** The notes that signs behind its text lead to, where it is a label or a heading: the text is without them. */
  note: string | null
  /** The cell's content without padding and pipes; for a blank cell, the place where content would begin. */
  span: Span
}

export interface Row {
  cells: Cell[]
  /** Whether it is one cell that covers the width of the table. */
  wide: boolean
  /** Whether its end is written: the last pipe, or a closing tag. */
  closed: boolean
  /** Under what a template shows it: `ifversion pro`; `null` for one that is always there. */
  condition: string | null
  span: Span
}

export interface Grid {
  /** What stands above the header and names the table: a caption, or a first row of one cell. */
  caption: Cell | null
  header: Cell[]
  rows: Row[]
  /** Paragraphs that stand right under a Markdown table, which Markdown takes for rows of one cell. */
  glued: Cell[]
}

/** A table block as a grid, read once, whoever asks. Rows may be shorter or longer than the header, as they are in the source. */
export const readGrid = remembered((block: Block): Grid => {
  const grid = 'type' in block.node ? readMarkdownGrid(block.node as Table, block) : readTagGrid(block.node, block)
  return withoutCaptionRow(grid)
})

/** The cells of a column (0-based) that hold something, in order; a row that ends before it has none. */
export function filledCells({ rows }: Pick<Grid, 'rows'>, column: number): Cell[] {
  return rows.flatMap(({ cells }) => cells[column] ?? []).filter(({ text }) => text !== '')
}

/** The lines of a column's cells, in order. */
export function linesOfColumn({ rows }: Pick<Grid, 'rows'>, column: number): string[] {
  return rows.flatMap(({ cells }) => cells[column]?.lines ?? [])
}

function readMarkdownGrid(table: Table, block: Block): Grid {
  const { text } = block.page.file
  const read = table.children.map((row) => readRow(row, block))
  const header = read.shift()?.cells ?? []
  const glued: Cell[] = []
  const written = table.children.slice(1)
  for (let row = written.pop(); row && header.length > 1; row = written.pop()) {
    const [start, end] = offsetsOf(row)
    if (row.children.length > 1 || text.slice(start, end).includes('|')) break
    glued.unshift((read.pop() as Row).cells[0] as Cell)
  }
  return { caption: null, header, rows: withoutConditions(read), glued: glued.filter(({ text }) => !isCondition(text)) }
}

function readRow(row: TableRow, block: Block): Row {
  const [start, end] = offsetsOf(row)
  const source = block.page.structure.masked.slice(start, end)
  return {
    cells: row.children.map((cell) => readCell(cell, block)),
    wide: false,
    closed: /(?:^|[^\\])\|\s*$/.test(source),
    condition: null,
    span: block.page.locator.span(start, end),
  }
}

/** A table of tags. Its header is the last row of its head, else its first row; a cell that covers several stands in each. */
function readTagGrid(table: Element, block: Block): Grid {
  const { file, locator } = block.page
  const rows = rowsOf(table, file.text)
  const cells = new Map<TagCell, Cell>()
  const read = (cell: TagCell | undefined): Cell => {
    if (!cell) return blankCell(block.span)
    const known = cells.get(cell) ?? readTagCell(cell, block)
    cells.set(cell, known)
    return known
  }
  const laid = layOut(rows).map((line, i): Row => {
    const { element, end } = rows[i] as TagRow
    const width = new Set(line).size
    return {
      cells: Array.from(line, read),
      wide: width === 1 && line.length > 1,
      closed: true,
      condition: null,
      span: locator.span(element.start, end),
    }
  })
  const heads = rows.findIndex((row) => !row.head)
  const above = laid.splice(0, Math.max(0, heads - 1))
  const header = laid.shift()?.cells ?? []
  const caption = captionOf(table)
  const named = caption
    ? cellOf(
        tagCellText(caption.contentStart, caption.contentEnd, block.page),
        spanOf(caption.contentStart, caption.contentEnd, block),
        block.page,
      )
    : null
  return {
    caption: named ?? above.find((row) => row.wide)?.cells[0] ?? null,
    header: withGroups(header, above),
    rows: laid,
    glued: [],
  }
}

/** Headings of columns that read alike under different groups (`Admin` of the project, of the system) take their group's name. */
function withGroups(header: Cell[], above: readonly Row[]): Cell[] {
  const counts = new Map<string, number>()
  for (const { text } of new Set(header)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return header.map((cell, column) => {
    if (cell.text === '' || (counts.get(cell.text) ?? 0) < 2) return cell
    const groups = above.map((row) => row.cells[column]?.text ?? '').filter((text) => text !== '' && text !== cell.text)
    return { ...cell, text: [...new Set(groups), cell.text].join(' ') }
  })
}

/**
 * A table whose first row is its title, or nothing, and whose header is the second: “| Project | | |”, then “| Action | Guest | Owner |”.
 */
function withoutCaptionRow(grid: Grid): Grid {
  const { header, rows } = grid
  const [first, ...others] = rows
  const named = header.filter((cell) => cell.text !== '')
  if (header.length < 3 || !first || others.length === 0 || named.length > 1 || new Set(header).size < header.length)
    return grid
  const titles = first.cells.slice(1)
  const words =
    titles.length === header.length - 1 && titles.every((cell) => /^[\p{L}\p{N}]{2}|^\p{Lu}\p{Ll}/u.test(cell.text))
  const alike = titles.every((cell) => /^(?:yes|no|true|false|n\/a)$/i.test(cell.text))
  if (!words || alike || new Set(titles.map((cell) => cell.text)).size < titles.length) return grid
  const label = header[0]?.text !== '' && first.cells[0]?.text === '' ? header[0] : undefined
  if (label) return { ...grid, header: [label, ...titles], rows: others }
  return { ...grid, caption: grid.caption ?? named[0] ?? null, header: first.cells, rows: others }
}

function blankCell(span: Span): Cell {
  return { text: '', mark: '', lines: [], items: [], strong: false, hidden: false, note: null, span }
}

function readTagCell({ element, end }: TagCell, block: Block): Cell {
  const { page } = block
  const source = page.file.text.slice(element.contentStart, end).trim()
  const strong = /^(?:\*\*[^*]+\*\*|<(b|strong)\b[^>]*>(?:(?!<\/?\1\b)[\s\S])*<\/\1>)$/i.test(source)
  const text = tagCellText(element.contentStart, end, page)
  return withStrength(cellOf(text, spanOf(element.contentStart, end, block), page), strong)
}

function readCell(cell: TableCell, block: Block): Cell {
  const read = cellOf(markdownCellText(cell, block), contentSpan(cell, block), block.page)
  return withStrength(read, isStrong(cell.children))
}

function withStrength(cell: Cell, strong: boolean): Cell {
  return strong ? { ...cell, strong } : cell
}

function isStrong(nodes: readonly PhrasingContent[]): boolean {
  if (!nodes.some(({ type }) => type === 'strong')) return false
  const [first, ...rest] = nodes.filter((node) => node.type !== 'text' || node.value.trim() !== '')
  return first?.type === 'strong' && (rest.length === 0 || /^\s{0,8}\([^()]{0,200}\)\s{0,8}$/.test(plainText(rest)))
}

const hidesSome = remembered(({ file }: Page) => HIDDEN.test(file.text))

/** Whether characters that nobody sees stand in a line of a page, from a span's beginning on. */
export function hasHidden(page: Page, span: Span): boolean {
  if (!hidesSome(page)) return false
  const { text } = page.file
  const start = page.locator.offsetOf(span)
  return HIDDEN.test(text.slice(start, endOfLine(text, start)))
}

function cellOf(raw: string, span: Span, page: Page): Cell {
  return { ...readingOf(raw, page), strong: false, note: null, span }
}

function contentSpan(cell: TableCell, block: Block): Span {
  let [start, end] = offsetsOf(cell)
  const { text } = block.page.file
  if (text[start] === '|') start++
  if (end > start && text[end - 1] === '|' && text[end - 2] !== '\\') end--
  return spanOf(start, end, block)
}

function offsetsOf({ position }: TableCell | TableRow): [start: number, end: number] {
  const start = position?.start.offset ?? 0
  return [start, position?.end.offset ?? start]
}

/** The span between two offsets, without the white space at both ends. */
function spanOf(from: number, to: number, block: Block): Span {
  const { text } = block.page.file
  let [start, end] = [from, to]
  while (start < end && isSpace(text[start] as string)) start++
  while (end > start && isSpace(text[end - 1] as string)) end--
  return block.page.locator.span(start, end)
}

function isSpace(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\u00A0' || c === '\n' || c === '\r'
}
