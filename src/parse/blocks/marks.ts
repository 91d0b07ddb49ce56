/** What a mark in a cell says. A blank cell, an unknown mark and a word among marks are three different things. */
import type { Settings } from '../../settings/schema.ts'
import { ICON } from '../markdown/inline.ts'
import { exceptionIn, isWithoutBounds } from '../words/bounds.ts'
import { iconEffect, placeholderName } from '../words/icons.ts'
import { knownMarks, type Meaning, normalMark } from '../words/known-marks.ts'
import { type Cell, filledCells, type Grid } from './cells.ts'
import type { Legend } from './legend.ts'
import { isSign, joinedNotes, signedMark } from './note-signs.ts'
import { type Conditional, conditional } from './template-tags.ts'

export type Mark =
  | { kind: 'blank' }
  | { kind: 'granted'; note: null }
  | { kind: 'denied'; note: string | null }
  | { kind: 'conditional'; note: string }
  /** The question does not arise: neither granted nor denied. */
  | { kind: 'not-applicable' }
  | { kind: 'unknown'; text: string }

const BLANK: Mark = { kind: 'blank' }

/** The text of the note with a sign, or `null` where it stands nowhere. */
export type NoteReader = (sign: string) => string | null

/** A mark with its condition beside it: `✓ (own projects only)`, `Yes (for now) (may change)`. */
const BRACKETED = /^(\S+?)\s*\((?=[^()]*\p{L}{2})([^()]*(?:\)\s*\([^()]+)*)\)$/u
/** The same after a stop, a comma or a dash: `Yes, if enabled`, `Yes. Own docks.`; a sign or a whole word alone is such a mark. */
const PARTED = /^(\p{L}{2,}|[^\p{L}\p{N}\s]{1,3})(?:[.,;:]\s+|\s+\p{Pd}\s+)(?=.*\p{L}{2})(\S.*)$/u
/** A sign with its condition right behind it: `✅ own docks only`. Another sign in it would say something else. */
const BESIDE =
  /^(?=.*\p{L}{2})([^\p{L}\p{N}\s\p{P}]{1,3}|:[\w+-]+:)\s+([\p{L}\p{N}(][\p{L}\p{N}\s.,;:'’"“”()/&-]{0,300})$/u
/** A mark behind words. No part of it reads over the beginning of another one, so that each place is looked at once. */
const BEHIND_WORDS = new RegExp(
  String.raw`[\p{L}\p{N})]\s+(${ICON}[^${ICON}]*${ICON}|\{[{%][^{}]*[}%]\}|:[\w-]+:|[^\s\p{L}\p{N}\p{P}]\S*)$`,
  'u',
)

/** Signs that draw nothing: beside ticks, and where no cell is left blank, they say no. */
const EMPTY_SIGNS = new Set(['o', '0', '○', '◯', '◦', '.', '·', '_', '/', 'ø', '∅', '--', '---'])
const RINGS = new Set(['o', '○', '◯', '〇', '⭕'])

/**
 * Reads marks by a table's own habit, which is that of all its cells, whatever their order. Its legend counts first.
 * `x` is a cross beside ticks, and a tick where nothing else ticks; a dash is a no beside ticks alone, and “not applicable”
 * where the table has crosses; a sign that draws nothing is a no beside ticks that leave no cell blank.
 */
export class MarkReader {
  /** The columns (0-based, the first left out) in which at least half of the filled cells are marks, and at least one is. */
  readonly columns: number[]
  /** The first cell whose mark was settled by what stands around it alone. */
  readonly inferred: Cell | null
  readonly #settings: Settings
  readonly #legend: Legend
  readonly #noteOf: NoteReader
  readonly #habit = new Map<string, Meaning | 'unclear'>()
  /** What cells were read as: a table holds a few marks many times. */
  readonly #known = new Map<string, Mark>()

  constructor(settings: Settings, grid: Grid, legend: Legend = new Map(), noteOf: NoteReader = () => null) {
    this.#settings = settings
    this.#legend = legend
    this.#noteOf = noteOf
    const seen = this.#survey(grid)
    const empty = this.#learn(seen)
    // The habit changes what was read before it was known.
    this.#known.clear()
    this.inferred = empty === null ? null : (seen.cells.find((cell) => normalMark(cell.mark) === empty) ?? null)
    this.columns = this.#markColumns(grid)
  }

  /** What a cell means, by its `mark` where it has one, else by its text. A cell that is missing is blank. */
  read(cell: (Pick<Cell, 'text'> & { mark?: string }) | undefined): Mark {
    const text = cell?.mark ?? cell?.text ?? ''
    if (text === '') return BLANK
    const key = cell?.text === text ? text : `${text}\n${cell?.text ?? ''}`
    const known = this.#known.get(key)
    if (known) return known
    const mark = this.#readText(text, cell)
    this.#known.set(key, mark)
    return mark
  }

  #readText(text: string, cell: Pick<Cell, 'text'> | undefined): Mark {
    const entry = this.#legend.get(normalMark(text))
    if (entry?.meaning === 'conditional' && entry.operations.length === 0)
      return { kind: 'conditional', note: entry.text }
    const plain = this.#meaning(text)
    if (plain) return markOf(plain, null)
    if (isSign(text)) {
      const note = this.#noteOf(text)
      if (note !== null) return { kind: 'conditional', note }
    }
    for (const { rest, signs } of signedMark(text)) {
      const base = this.#meaning(unwrapped(rest))
      if (base) return markOf(base, joinedNotes(signs.map((sign) => this.#noteOf(sign) ?? sign)))
    }
    const worded = BRACKETED.exec(text) ?? PARTED.exec(text) ?? BESIDE.exec(text)
    const named = worded && this.#meaning(worded[1] as string)
    if (named) {
      const words = worded[2] as string
      // `✅ Yes` says one thing twice; `✅ No` says nothing.
      const said = this.#meaning(words)
      if (named === 'granted' && isWithoutBounds(words)) return markOf(named, null)
      if (said === null) return markOf(named, words.replace(/\)\s*\(/g, '; '))
      return said === named ? markOf(named, null) : { kind: 'unknown', text: cell?.text ?? text }
    }
    const shown = conditional(text)
    const under = shown && this.#meaningUnder(shown)
    if (under) return under
    const bracketed = /^\(\s*(\S+)\s*\)$/.exec(text)
    const inner = bracketed && this.#meaning(bracketed[1] as string)
    if (inner) return markOf(inner, inner === 'granted' ? text : null)
    return { kind: 'unknown', text: cell?.text ?? text }
  }

  /** What a mark says that a template shows under a condition; without the condition there may be another, or nothing. */
  #meaningUnder({ condition, shown, otherwise }: Conditional): Mark | null {
    const first = this.#meaning(shown)
    const second = otherwise ? this.#meaning(otherwise) : null
    if (otherwise && !second) return null
    if (first === second || second === null) return first && markOf(first, second === null ? condition : null)
    if (first === 'granted') return markOf('granted', condition)
    return second === 'granted' ? markOf('granted', `not: ${condition}`) : null
  }

  /** Whether a cell holds a mark of any kind. */
  isMark(cell: Cell | undefined): boolean {
    const { kind } = this.read(cell)
    return kind !== 'blank' && kind !== 'unknown'
  }

  /** Whether a cell's words end in a mark: `Delete logs ✓`. */
  endsInMark(cell: Cell | undefined): boolean {
    const text = cell?.mark ?? ''
    // What a template shows in one case and in the other.
    if (text.includes('{%')) {
      const [, ...parts] = text.replace(/\{%[^{}%]*%\}/g, ' ').split(/\s+/)
      return parts.some((part) => /^[^\p{L}\p{N}\s]+$/u.test(part) && this.#meaning(part) !== null)
    }
    const sign = BEHIND_WORDS.exec(text)?.[1]
    return sign !== undefined && this.#meaning(sign) !== null
  }

  /** What a text says by itself: by the legend, by the config, by the table's habit, by an icon's name. */
  #meaning(text: string): Meaning | null {
    const mark = normalMark(text)
    const entry = this.#legend.get(mark)
    if (entry && entry.operations.length === 0) {
      if (entry.meaning === 'conditional' || entry.meaning === 'unclear') return null
      return entry.meaning
    }
    const habit = this.#habit.get(mark)
    if (habit) return habit === 'unclear' ? null : habit
    return this.#meaningByConfig(text, mark)
  }

  #meaningByConfig(text: string, mark: string): Meaning | null {
    const known = knownMarks(this.#settings)
    const meaning = known.get(mark)
    if (meaning) return meaning
    const name = text.startsWith(ICON) && text.indexOf(ICON, 1) === text.length - 1 ? text.slice(1, -1) : null
    if (name !== null) return known.get(normalMark(name)) ?? iconEffect(name, this.#settings)
    const placeholder = placeholderName(text)
    return placeholder === null ? null : iconEffect(placeholder, this.#settings)
  }

  /** The cells of the columns that may hold marks, and whether one that could hold a mark is blank. */
  #survey(grid: Grid): { cells: Cell[]; blanks: boolean } {
    const cells: Cell[] = []
    const width = Math.max(grid.header.length, 1)
    const columns: number[] = []
    for (let column = 1; column < width; column++) {
      const filled = filledCells(grid, column)
      const signs = filled.filter((cell) => this.maySign(cell))
      if (signs.length > 0 && signs.length * 2 >= filled.length) columns.push(column)
    }
    let blanks = false
    for (const row of grid.rows) {
      const here = columns.map((column) => row.cells[column])
      if (here.every((cell) => !cell || cell.text === '')) continue
      blanks ||= here.some((cell) => !cell || cell.text === '')
      for (const cell of here) if (cell && cell.text !== '') cells.push(cell)
    }
    return { cells, blanks }
  }

  /** Whether a cell holds a mark, or a sign that may be one. */
  maySign(cell: Cell): boolean {
    const mark = normalMark(cell.mark)
    return mark === 'x' || EMPTY_SIGNS.has(mark) || this.read(cell).kind !== 'unknown'
  }

  /** Settles `x`, dashes and empty signs by what stands beside them; returns the empty sign that was taken for a no. */
  #learn({ cells, blanks }: { cells: Cell[]; blanks: boolean }): string | null {
    const kinds = cells.map((cell) => [normalMark(cell.mark), this.read(cell).kind] as const)
    const tokens = new Set(kinds.map(([mark]) => mark))
    const ticks = kinds.some(([mark, kind]) => mark !== 'x' && (kind === 'granted' || kind === 'conditional'))
    const cross = (mark: string) => !/^\p{L}/u.test(mark) && !isDash(mark)
    const crosses = kinds.some(([mark, kind]) => kind === 'denied' && cross(mark))
    if (this.#meaningByConfig('x', 'x') === null && !this.#legend.has('x')) {
      const ring = [...tokens].some((mark) => RINGS.has(mark))
      this.#habit.set('x', ticks ? 'denied' : crosses || ring ? 'unclear' : 'granted')
    }
    const no = kinds.some(([mark, kind]) => kind === 'denied' || (mark === 'x' && ticks))
    for (const mark of tokens) {
      if (isDash(mark) && this.#meaningByConfig(mark, mark) === 'not-applicable')
        this.#habit.set(mark, no ? 'not-applicable' : 'denied')
    }
    if (!ticks || no || blanks) return null
    const short = kinds.filter(([mark, kind]) => kind !== 'granted' && kind !== 'conditional' && [...mark].length <= 3)
    const others = new Set(short.map(([mark]) => mark))
    const [other] = others
    if (others.size !== 1 || other === undefined || !EMPTY_SIGNS.has(other)) return null
    this.#habit.set(other, 'denied')
    return other
  }

  #markColumns(grid: Grid): number[] {
    const columns: number[] = []
    for (let column = 1; column < grid.header.length; column++) {
      const marks = grid.rows.map((row) => this.read(row.cells[column]).kind)
      const filled = marks.filter((kind) => kind !== 'blank')
      const known = filled.filter((kind) => kind !== 'unknown')
      if (known.length > 0 && known.length * 2 >= filled.length) columns.push(column)
    }
    return columns
  }
}

function markOf(meaning: Meaning, note: string | null): Mark {
  if (meaning !== 'granted') {
    // What it leaves is granted: a “no” would take it from whoever has it by another role.
    const condition = note === null ? null : exceptionIn(note)
    if (condition !== null) return { kind: 'conditional', note: condition }
  }
  if (meaning === 'not-applicable') return { kind: meaning }
  if (meaning === 'denied') return { kind: meaning, note }
  return note === null ? { kind: meaning, note } : { kind: 'conditional', note }
}

/** A stroke that is no word: `-`, `–`, `—`. */
function isDash(mark: string): boolean {
  return /^\p{Pd}+$/u.test(mark)
}

/** `(✓)`, and what a bracket is left of, as the mark in it. */
function unwrapped(text: string): string {
  const open = text.startsWith('(') ? text.slice(1) : text
  return (open.endsWith(')') ? open.slice(0, -1) : open).trim()
}
