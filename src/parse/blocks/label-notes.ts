/** Notes that speak of whole rows and columns: their signs behind labels and headings. */
import type { Cell, Grid, Row } from './cells.ts'
import { joinedNotes, signedName } from './note-signs.ts'

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

/** The labels of rows, each among those that stand in its section. */
function labelsOf(rows: readonly Row[], first: number): Name[] {
  const groups: string[] = []
  let sections = 0
  return rows.flatMap(({ cells, wide }) => {
    if (wide) {
      sections++
      return []
    }
    // An action that nobody has, if it is no section.
    if (cells.slice(1).every((cell) => cell.text === '')) {
      sections++
      return cells.slice(0, 1).map((cell) => ({ cell, among: String(sections) }))
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
