/** Claims with the notes of their rows and columns: those behind labels and headings, a column of notes, conditions around rows. */
import type { Cell, Row } from '../blocks/cells.ts'
import { restricts } from '../blocks/legend.ts'
import type { NoteReader } from '../blocks/marks.ts'
import { isSign, joinedNotes } from '../blocks/note-signs.ts'
import type { Claim } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'

const NOTES = /^(?:foot)?(?:notes?|comments?|remarks?)$/i

/**
 * The claims of a table, each with the notes of its row and its column. One behind a mark is always a condition; one behind
 * a label or a heading speaks of all roles or actions there, and is a condition where it takes something away; the words of a
 * column of notes stand beside the fact.
 */
export function withTableNotes(input: BlockInput, claims: readonly Claim[]): Claim[] {
  const { header, rows } = input.grid
  const remarks = header.findIndex(({ text }) => NOTES.test(text))
  const some = remarks !== -1 || header.some(hasNote) || rows.some((row) => row.condition || row.cells.some(hasNote))
  if (!some) return [...claims]
  const places = placesOf(rows)
  const labels = notesOfRows(rows)
  return claims.map((claim): Claim => {
    const place = 'evidence' in claim ? placeOf(claim, places) : undefined
    if (!place) return claim
    const { row, column } = place
    const notes = [...(labels.get(row) ?? []), header[column]?.note ?? []].flat()
    const beside = input.markColumns.includes(column) ? remarkOf(row.cells[remarks], (sign) => input.noteOf(sign)) : []
    return withNotes(claim, notes, row.condition, beside)
  })
}

function hasNote({ note }: Cell): boolean {
  return note !== null
}

interface Place {
  row: Row
  column: number
  cell: Cell
}

/** Where cells stand, by the lines that they begin in. */
function placesOf(rows: readonly Row[]): ReadonlyMap<number, Place[]> {
  const places = rows.flatMap((row) => row.cells.map((cell, column) => ({ row, column, cell })))
  return Map.groupBy(places, ({ cell }) => cell.span.line)
}

/** The cell that a claim was read from; of a cell that stands in several rows, that in the row which the claim speaks of. */
function placeOf(
  claim: Extract<Claim, { evidence: unknown }>,
  places: ReadonlyMap<number, Place[]>,
): Place | undefined {
  const { line, column } = claim.evidence.span
  const there = (places.get(line) ?? []).filter(({ cell: { span } }) => span.line === line && span.column === column)
  if (there.length < 2 || claim.kind !== 'action') return there[0]
  return there.find(({ row }) => row.cells.some((cell) => cell.text === claim.action)) ?? there[0]
}

/** The notes behind the labels of each row, those of groups that go on from rows above among them. */
function notesOfRows(rows: readonly Row[]): ReadonlyMap<Row, string[]> {
  const groups: (string | null)[] = []
  return new Map(
    rows.map((row) => {
      row.cells.forEach(({ text, note }, column) => {
        if (text !== '') groups[column] = note
      })
      return [row, groups.filter((note) => note != null)]
    }),
  )
}

/** What a cell of a column of notes says: its words, or the notes that its signs lead to. */
function remarkOf(cell: Cell | undefined, noteOf: NoteReader): string[] {
  if (!cell || !/[\p{L}\p{N}*†‡§]/u.test(cell.text)) return []
  const numbers = cell.mark.split(/[\s,()]+/).filter((part) => part !== '')
  const signs = numbers.every((number) => /^\d{1,2}$/.test(number))
    ? numbers.map((number) => `(${number})`)
    : [cell.mark]
  const notes = signs.map((sign) => (isSign(sign) ? noteOf(sign) : null))
  return notes.some((note) => note === null) ? [cell.text] : (notes as string[])
}

function withNotes(claim: Claim, notes: readonly string[], condition: string | null, beside: readonly string[]): Claim {
  const pointed = condition === null ? notes : [...notes, condition]
  if (pointed.length + beside.length === 0) return claim
  switch (claim.kind) {
    case 'grant':
    case 'action':
    case 'operation-of-role': {
      const note = joinedNotes([claim.note ?? [], pointed, beside].flat())
      const conditional = claim.effect === 'granted' && (condition !== null || notes.some(restricts))
      return { ...claim, note, effect: conditional ? 'conditional' : claim.effect }
    }
    case 'role':
    case 'resource':
    // Of an action that nobody has, it often says who else has it.
    case 'listed-action':
      return pointed.length === 0
        ? claim
        : { ...claim, description: joinedNotes([claim.description ?? [], pointed].flat()) }
    case 'mapping':
      return { ...claim, restrictions: [...claim.restrictions, ...pointed] }
    default:
      return claim
  }
}
