/** Findings on a table as a whole: rows of another length, marks that were inferred, characters that nobody sees. */
import type { Finding } from '../../diagnostic.ts'
import { firstFrom, least } from '../../lists.ts'
import type { Cell, Row } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { normalMark } from '../words/known-marks.ts'
import { ATTRIBUTE, INFORMATION, labelColumns } from './shape.ts'

/** All of them, for a table whose facts stand in the columns `data`. */
export function tableFindings(input: BlockInput, data: readonly number[]): Finding[] {
  return [...raggedRows(input, data), ...inferredMark(input), ...hiddenCharacters(input, data)]
}

/** Rows with more in them than the header has cells, and short ones that may have lost a cell in the middle. */
export function raggedRows(input: BlockInput, data: readonly number[]): Finding[] {
  const { header, rows } = input.grid
  const findings: Finding[] = []
  for (const row of rows) {
    const label = row.cells[0]?.text ?? ''
    const extra = row.wide ? undefined : row.cells.slice(header.length).find((cell) => cell.text !== '')
    if (extra) {
      const message = `This row has ${row.cells.length} cells and the header ${header.length}, so \`${extra.text}\` belongs to no column and is not in the model. Check that no cell is out of place.`
      findings.push(finding(input, 'ragged-row', extra, message, [label, extra.text]))
    }
    const last = row.cells.at(-1)
    if (last && lacksCells(input, row, data)) {
      const message = `This row ends after ${row.cells.length} of ${header.length} cells, so its marks may stand in the wrong columns. They were read from the left. Write all of its cells.`
      findings.push(finding(input, 'ragged-row', last, message, [label, 'short']))
    }
  }
  return findings
}

/**
 * Whether a short row with marks may have lost a cell before its last: Markdown lets a row leave out its last cells, so
 * only one that breaks off without a pipe among rows that don't, the one short row of a table that writes out its blank
 * cells, or one whose label ends in a mark.
 */
function lacksCells({ grid, marks }: BlockInput, row: Row, data: readonly number[]): boolean {
  const { header, rows } = grid
  const isShort = ({ cells, wide }: Row) => !wide && data.some((column) => column >= cells.length)
  if (row.cells.length < header.length && marks.endsInMark(row.cells[0])) return true
  // What follows a blank cell is blank as well.
  if (!isShort(row) || row.cells.at(-1)?.text === '') return false
  if (!row.cells.slice(1).some((cell) => marks.isMark(cell))) return false
  if (!row.closed) return rows.filter((other) => !other.closed).length * 2 < rows.length
  const writesBlanks = rows.some(({ cells }) => cells.length >= header.length && cells[header.length - 1]?.text === '')
  return writesBlanks && rows.length > 2 && rows.filter(isShort).length === 1
}

/** A row that holds something, and nothing says what it is about. */
export function unlabelledRow(input: BlockInput, { cells, span }: Row, what: string): Finding {
  const message = `This row holds something and no ${what}, so none of it is in the model. Check that no cell is out of place.`
  return finding(input, 'unknown-mark', { span, text: '' }, message, ['row', ...cells.map((cell) => cell.text)])
}

/**
 * Ticks of a table of grants that no claim is made of: most often a row or its header has lost a pipe, and they stand under
 * a heading that is no role and no operation.
 */
export function unclaimedMarks(input: BlockInput, claims: readonly Claim[], findings: readonly Finding[]): Finding[] {
  if (!claims.some(({ kind }) => GRANTING.has(kind))) return []
  const spans = [
    ...claims.flatMap((claim) => ('evidence' in claim ? [claim.evidence.span] : [])),
    ...findings.map(({ span }) => span),
  ]
  const places = new Map(
    Array.from(
      Map.groupBy(spans, ({ line }) => line),
      ([line, there]) => [line, there.map(({ column }) => column).sort((a, b) => a - b)],
    ),
  )
  const reported = new Set(findings.map(({ span }) => span.line))
  return input.grid.rows.flatMap((row) =>
    row.cells.flatMap((cell, column): Finding[] => {
      if (column === 0 || row.wide || input.marks.read(cell).kind !== 'granted') return []
      const { line, column: from, endLine, endColumn } = cell.span
      const there = places.get(line) ?? []
      const next = there[firstFrom(there, from, (at) => at)]
      if (endLine !== line || reported.has(line) || (next !== undefined && next <= endColumn)) return []
      const head = input.grid.header[column]?.text ?? ''
      // A short row may have lost the cell before it.
      if (ATTRIBUTE.test(head) && row.cells.length >= input.grid.header.length) return []
      const message = `This mark stands under \`${head}\`, which was read as no role and no operation, so it is not in the model. Check that no cell of the row or of the header is out of place.`
      return [unrecognised(input, cell.span, message, ['mark', row.cells[0]?.text ?? '', head])]
    }),
  )
}

/**
 * Findings at columns of words that may be one more role or action, or may not: they are no labels (under a heading like `title`),
 * no descriptions, and none of those that were read, which hold marks or levels.
 */
export function wordColumns(
  input: BlockInput,
  read: readonly number[],
  title: RegExp,
  held: 'marks' | 'levels',
  kind: 'a role' | 'an action' = 'a role',
): Finding[] {
  const { inner, outer } = labelColumns(input, read, title)
  const known = new Set([inner, ...outer, ...read])
  const unread = input.grid.header.filter(({ text }, column) => {
    const isBlank = input.grid.rows.every(({ cells }) => (cells[column]?.text ?? '') === '')
    return !known.has(column) && text !== '' && !(INFORMATION.test(text) || ATTRIBUTE.test(text)) && !isBlank
  })
  return unread.map(({ text, span }) => {
    const message = `The column \`${text}\` holds words beside columns of ${held}, so it was read neither as ${kind} nor as a description. Write ${held}, or call it “Notes”.`
    return unrecognised(input, span, message, ['column', text])
  })
}

const GRANTING = new Set<Claim['kind']>(['grant', 'action', 'operation-of-role'])

/** A sign that says no only because nothing else in the table does. */
export function inferredMark(input: BlockInput): Finding[] {
  const cell = input.marks.inferred
  if (cell === null) return []
  const message = `\`${cell.text}\` is the only other sign beside the ticks of this table, so it is read as denied. To say so for certain, write a legend under the table, or add it to \`marks.denied\` in the config.`
  return [finding(input, 'inferred-mark', cell, message, [normalMark(cell.mark)])]
}

/** Labels, headings and marks with characters in them that nobody sees and that a search does not find. */
export function hiddenCharacters(input: BlockInput, data: readonly number[]): Finding[] {
  const { header, rows } = input.grid
  const first = least(data, header.length)
  const wanted = (_: Cell, column: number) => column < first || data.includes(column)
  const cells = [...header.filter(wanted), ...rows.flatMap((row) => row.cells.filter(wanted))]
  return [...new Set(cells)].filter((cell) => cell.hidden).map((cell) => hiddenCharacter(input, cell))
}

/** The finding that a text, which is given as it was read, holds characters that nobody sees; `span` is where it stands. */
export function hiddenCharacter(input: BlockInput, { text, span }: Pick<Cell, 'text' | 'span'>): Finding {
  const message = `Characters that nobody sees (a zero-width space, a soft hyphen) stand in \`${text}\`. It was read without them; whoever copies it copies them. Delete them.`
  return finding(input, 'hidden-character', { text, span }, message, [text])
}

function finding(
  input: BlockInput,
  ruleId: string,
  { span }: Pick<Cell, 'text' | 'span'>,
  message: string,
  ids: readonly string[],
): Finding {
  const { path } = input.block.page.file
  const name = input.surroundings.names[0]?.text ?? ''
  return { ruleId, message, span, subject: null, ids: [path, name, ...ids] }
}
