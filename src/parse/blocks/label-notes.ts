/** Notes that speak of whole rows and columns: their signs behind labels and headings, a column of notes, conditions around rows. */
import type { Claim } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import type { Cell, Grid, Row } from './cells.ts'
import { restricts } from './legend.ts'
import type { NoteReader } from './marks.ts'
import { isSign, joinedNotes, signedName } from './note-signs.ts'

/** Reads a note; with `near`, only where it stands by the table. */
export type NearNoteReader = (sign: string, near: boolean) => string | null

/**
 * A grid whose labels and headings have lost the signs of their notes, with the notes beside them: a number that is none of
 * the name must not become part of an id. A sign that leads to no note stays, and one that tells two names apart.
 *
 * @param firstColumn gives the first column of facts, 0-based: labels stand before it, headings that have notes from it on
 */
export function withLabelNotes(grid: Grid, firstColumn: () => number, noteOf: NearNoteReader): Grid {
  const signs = ({ mark }: Cell) => signedName(mark).signs.length > 0
  if (!grid.header.some(signs) && !grid.rows.some(({ cells }) => cells.some(signs))) return grid
  const first = firstColumn()
  const headings = grid.header.slice(first).map((cell) => ({ cell, among: '' }))
  const noted = new Map([...withNotesOf(labelsOf(grid.rows, first), noteOf), ...withNotesOf(headings, noteOf)])
  if (noted.size === 0) return grid
  const settled = (cell: Cell) => noted.get(cell) ?? cell
  return {
    ...grid,
    header: grid.header.map(settled),
    rows: grid.rows.map((row) => ({ ...row, cells: row.cells.map(settled) })),
  }
}

/** A cell that names something, and what it is a name among: other names may read alike. */
interface Name {
  cell: Cell
  among: string
}

/** The labels of rows that hold something else as well; those of sections and of nothing are left out. */
function labelsOf(rows: readonly Row[], first: number): Name[] {
  const groups: string[] = []
  let sections = 0
  return rows.flatMap(({ cells, wide }) => {
    if (wide || cells.slice(1).every((cell) => cell.text === '')) {
      sections++
      return []
    }
    return cells.slice(0, first).map((cell, column) => {
      if (cell.text !== '') groups[column] = cell.text
      return { cell, among: [sections, column, ...groups.slice(0, column)].join('\n') }
    })
  })
}

/** The cells that have notes, with them, as they read without their signs. */
function withNotesOf(names: readonly Name[], noteOf: NearNoteReader): Map<Cell, Cell> {
  const key = ({ cell, among }: Name) => `${among}\n${signedName(cell.text).rest.toLowerCase()}`
  const alike = Map.groupBy(names, key)
  const found = new Map<Cell, Cell>()
  for (const name of names) {
    const { cell } = name
    const { rest, signs } = signedName(cell.mark)
    if (found.has(cell) || signs.length === 0 || !/[\p{L}\p{N}]/u.test(rest)) continue
    const others = (alike.get(key(name)) ?? []).filter((other) => other.cell.mark !== cell.mark)
    const numbered = signs.some((sign) => /^[([]\d/.test(sign))
    // `Phase (1)` and `Phase (2)` are numbered themselves.
    if (numbered && others.some((other) => signedName(other.cell.mark).signs.length > 0)) continue
    const notes = signs.map((sign) => noteOf(sign, numbered))
    if (notes.some((note) => note === null)) continue
    const note = joinedNotes(notes as string[])
    found.set(cell, others.length > 0 ? { ...cell, note } : { ...withoutSigns(cell), note })
  }
  return found
}

/** `mark` keeps the signs: two rows that differ in them alone are two. */
function withoutSigns(cell: Cell): Cell {
  const without = (text: string) => signedName(text).rest
  const last = (texts: readonly string[]) => texts.map((text, i) => (i === texts.length - 1 ? without(text) : text))
  return { ...cell, text: without(cell.text), lines: last(cell.lines), items: last(cell.items) }
}

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
      return pointed.length === 0
        ? claim
        : { ...claim, description: joinedNotes([claim.description ?? [], pointed].flat()) }
    case 'mapping':
      return { ...claim, restrictions: [...claim.restrictions, ...pointed] }
    default:
      return claim
  }
}
