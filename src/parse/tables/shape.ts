/** The shape of a table of facts: which columns are labels, which rows are sections, and what each row speaks of. */

import { least } from '../../lists.ts'
import type { Cell, Grid, Row } from '../blocks/cells.ts'
import type { BlockInput } from '../dialect.ts'
import { orBeginning, orWhole } from '../words/other-languages.ts'

/** Headings of columns that say something beside the facts. */
export const INFORMATION = orWhole(
  /^(?:availability|available (?:from|in|on|since|with)|(?:api )?endpoints?|apis?|cli|commands?|(?:comments?|notes?|remarks?)(?: (?:about|for|on) .*)?|descriptions?|details?|docs|documentation|editions?|examples?|explanations?|interpretation|introduced|licen[cs]es?|links?|meanings?|(?:http )?methods?|more|plans?|purpose|reasons?|references?|required .*|requirements?|risk(?: level)?|scopes?|see also|since|summary|tiers?|types?|usage|versions?)$/i,
  'description',
  'note',
)

/** Headings of a column that says of each permission what kind it is, or whether a program needs it: “yes” there grants nothing. */
export const ATTRIBUTE =
  /^(?:is )?(?:assignable|audited|built-?in|dangerous|delegable|deprecated|destructive|irreversible|mandatory|needed|optional|recommended|required|sensitive)\??$|^(?:needs|requires) [a-z -]{1,40}\??$|^(?:[a-z]+ ){1,4}required\??$|^(?:cloud|enterprise|paid|premium|pro|self-hosted)[- ]only$/i

/** The headings of a table, but for those that say something of its rows: “Requires permission” makes them none. */
export function titlesOf({ header }: Pick<Grid, 'header'>): string[] {
  return header.flatMap(({ text }) => (ATTRIBUTE.test(text) ? [] : [text]))
}

/** Headings of the rows of a table whose rows are actions: “Permission”, “Repository action”. */
export const ACTION = orBeginning(
  /^(?:permissions?|actions?|capabilit(?:y|ies)|privileges?|tasks?|features?|functions?|abilit(?:y|ies)|operations?|activit(?:y|ies))\b|[ -](?:permission|actions?|privilege)$/i,
  'permission',
  'deed',
  'feature',
)

/** A row of facts. */
export interface Line {
  row: Row
  /** The cell that says what the row is about. */
  label: Cell
  /** What stands over it in the table: its caption, the section row above, the groups to its left. */
  path: string[]
}

export interface Shape {
  lines: Line[]
  /** Rows that hold something and say not of what. */
  unlabelled: Row[]
  /** A row that describes the columns instead of stating facts. */
  descriptions: Row | null
}

/** Headings of the column that says what a row is about, where rows are resources, or roles. */
export const RESOURCE = /\b(?:resources?|resource keys?|objects?|entit(?:y|ies)|keys?|kinds?)$/i
export const ROLE = orWhole(/\broles?(?: names?)?$/i, 'role')

/** Headings of the two columns that a table of rules has: on what, and which verbs. */
export const RESOURCES = /^(?:api )?resources?$/i
export const VERBS = /^(?:allowed )?verbs?$/i

/** Headings of columns that tell rows of one label apart. */
export const GROUP = orBeginning(
  /^(?:areas?|categor(?:y|ies)|components?|domains?|entit(?:y|ies)|features?|groups?|modules?|objects?|products?|resources?|sections?|services?|subjects?|targets?)\b/i,
  'area',
)

/** Reads a table's rows, whose facts stand in the columns `data` (0-based), and whose labels stand under a heading like `title`. */
export function readShape(input: BlockInput, data: readonly number[], title: RegExp): Shape {
  const { grid } = input
  const { inner, outer } = labelColumns(input, data, title)
  const sections = outer.length === 0 ? sectionRows(input, inner, data) : new Set<Row>()
  const shape: Shape = { lines: [], unlabelled: [], descriptions: null }
  const caption = grid.caption?.text ? [grid.caption.text] : []
  let section: string[] = []
  const groups: string[] = outer.map(() => '')
  for (const row of grid.rows) {
    const text = (column: number) => wordOf(row.cells[column]?.text ?? '', outer.length > 0)
    const empty = data.every((column) => (row.cells[column]?.text ?? '') === '')
    if (row.wide) {
      if (text(inner) !== '' && !isNote(text(inner))) section = [text(inner)]
      continue
    }
    if (sections.has(row)) {
      // A row that repeats the whole header, label and all, begins no section.
      if (text(inner) !== grid.header[inner]?.text) section = [text(inner)]
      continue
    }
    const filled = outer.map(text)
    filled.forEach((group, i) => {
      if (group === '') return
      if (group !== groups[i]) groups.fill('', i)
      groups[i] = group
    })
    if (empty && (text(inner) === '' || isNote(text(inner)))) continue
    if (describesColumns(input, row, inner, data)) {
      shape.descriptions ??= row
      continue
    }
    const own = text(inner) !== '' ? inner : outer.filter((_, i) => filled[i] !== '').at(-1)
    const label = own === undefined ? undefined : row.cells[own]
    if (!label) {
      shape.unlabelled.push(row)
      continue
    }
    const above = groups.filter((group, i) => group !== '' && outer[i] !== own)
    shape.lines.push({ row, label, path: [...caption, ...section, ...above] })
  }
  return shape
}

/** The column before the facts that says what a row is, and those that group rows; no others are labels. */
export function labelColumns(
  { grid }: BlockInput,
  data: readonly number[],
  title: RegExp,
): { inner: number; outer: number[] } {
  const heading = (column: number) => grid.header[column]?.text ?? ''
  const before = Array.from({ length: least(data, grid.header.length) }, (_, column) => column)
  const labels = before.filter((column) => !INFORMATION.test(heading(column)))
  const named = labels.findLast((column) => title.test(heading(column)))
  const grouped = labels.slice(0, -1).every((column) => GROUP.test(heading(column)))
  const inner = named ?? (grouped ? (labels.at(-1) ?? 0) : 0)
  return { inner, outer: labels.filter((column) => column < inner || (column > inner && GROUP.test(heading(column)))) }
}

/** A label; among labels of several columns, a dash says that there is no word. */
function wordOf(text: string, several: boolean): string {
  return several && /^\p{Pd}+$/u.test(text) ? '' : text
}

/** The sign of a note that stands at the beginning of a row. */
function isNote(text: string): boolean {
  return /^(?:[*†‡§]|\(\d{1,2}\)|\[\^?\d)/.test(text)
}

/**
 * Rows that name a section of the table. A row whose first cell alone is filled may as well be an action that nobody has:
 * it is a section where it is one cell, or bold among labels that are not, or where the table leaves no other cell blank
 * and has a mark for no. So is a row that repeats the header.
 */
function sectionRows(input: BlockInput, inner: number, data: readonly number[]): ReadonlySet<Row> {
  const { grid, marks } = input
  const sections = new Set<Row>()
  const text = (row: Row, column: number) => row.cells[column]?.text ?? ''
  const isLone = (row: Row) => row.cells.every((cell, column) => column === inner || cell.text === '')
  const labelled = grid.rows.filter((row) => text(row, inner) !== '')
  const facts = labelled.filter((row) => !isLone(row))
  if (facts.length === 0) return sections
  const last = labelled.lastIndexOf(facts.at(-1) as Row)
  const strong = facts.filter((row) => row.cells[inner]?.strong).length
  const full = facts.every((row) => data.every((column) => text(row, column) !== ''))
  const denies = facts.some((row) => data.some((column) => marks.read(row.cells[column]).kind === 'denied'))
  const short = labelled.filter((row) => row.cells.length === 1).length
  labelled.forEach((row, i) => {
    if (!isLone(row)) {
      const titles = data.map((column) => grid.header[column]?.text ?? '')
      if (data.every((column, j) => text(row, column) === titles[j] && titles[j] !== '')) sections.add(row)
      return
    }
    if (i > last || isNote(text(row, inner))) return
    const alone =
      row.closed && row.cells.length === 1 && grid.header.length > 2 && facts.every((other) => other.cells.length > 1)
    const bold = row.cells[inner]?.strong === true && strong * 2 < facts.length
    if (bold || (full && denies) || (alone && short * 2 < labelled.length)) sections.add(row)
  })
  return sections
}

/** Whether a row says in words what its columns are for: `Role description | Admins may … | Users may …`. */
function describesColumns(input: BlockInput, row: Row, inner: number, data: readonly number[]): boolean {
  if (!/\b(?:descriptions?|summary|about)\b/i.test(row.cells[inner]?.text ?? '')) return false
  const cells = data.map((column) => row.cells[column]).filter((cell) => cell !== undefined && cell.text !== '')
  const words = cells.filter((cell) => cell && input.marks.read(cell).kind === 'unknown' && /\s/.test(cell.text))
  return words.length > 0 && words.length === cells.length
}
