/** Levels of access in cells: `RW`, `read/write`, `Full`, `CRUD`, or operations in a list. */
import type { Settings } from '../../settings/schema.ts'
import type { Cell } from '../blocks/cells.ts'
import type { Legend } from '../blocks/legend.ts'
import { joinedNotes, signedMark } from '../blocks/note-signs.ts'
import type { BlockInput } from '../dialect.ts'
import { ICON } from '../markdown/inline.ts'
import { exceptionIn, isWithoutBounds } from '../words/bounds.ts'
import { normalMark } from '../words/known-marks.ts'
import { accessOf, operationId } from '../words/vocabulary.ts'

export interface Level {
  operation: string
  effect: 'granted' | 'denied' | 'conditional'
  /** What stands beside it: `R (own docks)`. */
  note: string | null
}

/** What a cell gives, and what stands beside it; no operation is “None”, which refuses every one. */
type Given = readonly { operation: string | null; note: string | null }[]

/** What commas part, outside of parentheses. */
const PIECES = /(?:[^,;()]|\([^()]*\))+/g
/** A level with its condition: `RW (own docks)`, `Read/write (on weekdays)`. */
const NOTED = /^([^()]{1,60})\(([^()]+)\)$/

/** Reads a table's cells by its legend, then by `vocabulary.levelsOfAccess`, then as lists of known operations. */
export class LevelReader {
  /** Whether any cell of the table gives something. */
  readonly speaks: boolean
  readonly #settings: Settings
  readonly #legend: Legend
  readonly #noteOf: (sign: string) => string | null
  readonly #levels: ReadonlyMap<string, string[]>
  /** What cells were read as, by their lines: a table holds a few levels many times. */
  readonly #known = new Map<string, Given | null>()
  /** Whether each level has those below it: no cell says both that it reads and that it writes. */
  readonly #ordered: boolean
  /** Every operation that the table's cells name: what “None” refuses. */
  readonly #named = new Set<string>()

  constructor(input: BlockInput, columns: readonly number[]) {
    this.#settings = input.settings
    this.#legend = input.legend
    this.#noteOf = (sign) => input.noteOf(sign)
    this.#levels = new Map(Object.entries(input.settings.vocabulary.levelsOfAccess))
    let both = false
    for (const row of input.grid.rows) {
      for (const column of columns) {
        const given = this.#given(row.cells[column]) ?? []
        for (const { operation } of given) if (operation !== null) this.#named.add(operation)
        both ||= given.length > 1
      }
    }
    // `W` beside `R`, and nowhere `RW`: who writes can read as well.
    this.#ordered = !both && this.#named.has('write') && [...this.#named].every((name) => /^(?:read|write)$/.test(name))
    if (this.#ordered) this.#named.add('read')
    this.speaks = this.#named.size > 0
  }

  /** What a cell gives or refuses; `null` where it is no level. */
  read(cell: Cell): Level[] | null {
    const given = this.#given(cell)
    if (given === null) return null
    return given.flatMap(({ operation, note }): Level[] => {
      if (operation === null)
        return [...this.#named].sort().map((name) => ({ operation: name, effect: 'denied', note }))
      const operations = this.#ordered && operation === 'write' ? ['read', 'write'] : [operation]
      return operations.map((name) => ({ operation: name, effect: note === null ? 'granted' : 'conditional', note }))
    })
  }

  /** `null` for a blank cell or one that is no level. */
  #given(cell: Cell | undefined): Given | null {
    if (!cell || cell.text === '') return null
    const { lines } = cell
    // The sign of a note that is raised stands there alone.
    const text = cell.mark.includes(ICON) ? cell.text : cell.mark
    const written = lines.length > 1 ? lines : [text]
    const key = written.join('\n')
    let given = this.#known.get(key)
    if (given === undefined) {
      given = this.#read(cell.text, written)
      this.#known.set(key, given)
    }
    return given
  }

  #read(text: string, lines: readonly string[]): Given | null {
    const whole = lines.length > 1 || lines[0] === text ? this.#level(text) : null
    if (whole) return under(null, whole)
    const pieces = lines.flatMap((line) => line.match(PIECES) ?? [])
    const read = pieces.map((piece) => piece.trim()).flatMap((piece) => (piece === '' ? [] : [this.#piece(piece)]))
    if (read.length === 0) return null
    const given: { operation: string | null; note: string | null }[] = []
    for (const piece of read) {
      if (piece === null || (read.length > 1 && piece.some(({ operation }) => operation === null))) return null
      for (const one of piece) if (!given.some(({ operation }) => operation === one.operation)) given.push(one)
    }
    return given
  }

  /** A level or operations, with a condition behind them. */
  #piece(text: string): Given | null {
    const plain = this.#operations(text)
    if (plain) return under(null, plain)
    const [, level, note = ''] = NOTED.exec(text) ?? []
    const noted = level !== undefined && /\p{L}{2}/u.test(note) ? this.#operations(level.trim()) : null
    if (noted) {
      // `RW (read, write)` says one thing twice; `RW (read only)` says nothing.
      const said = this.#read(note, [note.trim()])
      if (said) return said.map(({ operation }) => operation).join() === noted.join() ? under(null, noted) : null
      return under(isWithoutBounds(note) ? null : note.trim(), noted)
    }
    for (const { rest, signs } of signedMark(text)) {
      const signed = this.#operations(rest)
      if (signed) return under(joinedNotes(signs.map((sign) => this.#noteOf(sign) ?? sign)), signed)
    }
    return null
  }

  #operations(text: string): string[] | null {
    const whole = this.#level(text)
    if (whole) return whole
    const parts = text.split(/(?:(?<!\s)\s+)?[/+&]\s*|(?<!\s)\s+and\s+/).filter((part) => part !== '')
    const read = parts.map((part) => this.#level(part) ?? this.#operation(part))
    if (read.length === 0 || read.some((operations) => operations === null || operations.length === 0)) return null
    return [...new Set(read.flatMap((operations) => operations ?? []))]
  }

  #level(text: string): string[] | null {
    const level = withoutAccess(normalMark(text))
    const explained = this.#legend.get(normalMark(text)) ?? this.#legend.get(level)
    const known = this.#levels.get(level)
    if (explained) {
      if (explained.operations.length > 0) return explained.operations
      // “W: may change it” says no other than the level's name.
      if (explained.meaning === 'granted' && known && known.length > 0) return known
      return explained.meaning === 'denied' ? [] : null
    }
    if (known) return known
    // `RW`, `R W`, `CRUD`: each letter a level.
    if (!/^[A-Z](?: ?[A-Z]){1,5}$/.test(text.trim())) return null
    const letters = [...level.replaceAll(' ', '')].map(
      (letter) => this.#legend.get(letter)?.operations ?? this.#levels.get(letter) ?? [],
    )
    return letters.every((operations) => operations.length > 0) ? [...new Set(letters.flat())] : null
  }

  #operation(text: string): string[] | null {
    const known = /^[A-Za-z]+$/.test(text) && accessOf(text, this.#settings) !== null
    return known ? [operationId(text)] : null
  }
}

function under(note: string | null, operations: readonly string[]): Given | null {
  if (operations.length > 0) return operations.map((operation) => ({ operation, note }))
  // What “None, unless …” leaves is not said.
  return note !== null && exceptionIn(note) !== null ? null : [{ operation: null, note }]
}

/** Whether a text is a level by its name, with or without “access” behind it: `Full access`, `None`. */
export function isLevelText(text: string, { vocabulary }: Settings): boolean {
  return Object.hasOwn(vocabulary.levelsOfAccess, withoutAccess(normalMark(text)))
}

/** `full` of “full access”; `none` of whatever else says that there is none. */
function withoutAccess(level: string): string {
  return level.replace(/(?<![\s-])[\s-]+(?:access|only|control|permissions?)$/, '').replace(/^(?:no|-|–|—)$/, 'none')
}

/** Whether a text is a level and can be nothing else: `R`, `RW`, `R/W`, `read-only`; with a condition behind it or without. */
export function isPlainLevel(text: string): boolean {
  return /^(?:R|W|RW|R W|R\/W|RO|CRUD|read[- ]only|read ?\/ ?write)(?: ?\([^()]*\))?$/i.test(text)
}
