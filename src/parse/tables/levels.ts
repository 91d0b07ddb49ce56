/** Levels of access in cells: `RW`, `read/write`, `Full`, `CRUD`, or operations in a list. */
import type { Settings } from '../../settings/schema.ts'
import type { Cell } from '../blocks/cells.ts'
import type { Legend } from '../blocks/legend.ts'
import type { BlockInput } from '../dialect.ts'
import { normalMark } from '../words/known-marks.ts'
import { accessOf, operationId } from '../words/vocabulary.ts'

export interface Level {
  operation: string
  effect: 'granted' | 'denied'
}

/** Reads a table's cells by its legend, then by `vocabulary.levelsOfAccess`, then as lists of known operations. */
export class LevelReader {
  /** Whether any cell of the table gives something. */
  readonly speaks: boolean
  readonly #settings: Settings
  readonly #legend: Legend
  readonly #levels: ReadonlyMap<string, string[]>
  /** What cells were read as, by their lines: a table holds a few levels many times. */
  readonly #known = new Map<string, string[] | null>()
  /** Whether each level has those below it: no cell says both that it reads and that it writes. */
  readonly #ordered: boolean
  /** Every operation that the table's cells name: what “None” refuses. */
  readonly #named = new Set<string>()

  constructor(input: BlockInput, columns: readonly number[]) {
    this.#settings = input.settings
    this.#legend = input.legend
    this.#levels = new Map(Object.entries(input.settings.vocabulary.levelsOfAccess))
    let both = false
    for (const row of input.grid.rows) {
      for (const column of columns) {
        const operations = this.#operations(row.cells[column]) ?? []
        for (const operation of operations) this.#named.add(operation)
        both ||= operations.length > 1
      }
    }
    // `W` beside `R`, and nowhere `RW`: who writes can read as well.
    this.#ordered = !both && this.#named.has('write') && [...this.#named].every((name) => /^(?:read|write)$/.test(name))
    if (this.#ordered) this.#named.add('read')
    this.speaks = this.#named.size > 0
  }

  /** What a cell gives or refuses; `null` where it is no level. */
  read(cell: Pick<Cell, 'text' | 'lines'>): Level[] | null {
    const operations = this.#operations(cell)
    if (operations === null) return null
    if (operations.length > 0) {
      const given = this.#ordered && operations.includes('write') ? ['read', 'write'] : operations
      return given.map((operation) => ({ operation, effect: 'granted' }))
    }
    return [...this.#named].sort().map((operation) => ({ operation, effect: 'denied' }))
  }

  /** The operations of a cell: none for “None”, `null` for a blank cell or one that is no level. */
  #operations(cell: Pick<Cell, 'text' | 'lines'> | undefined): string[] | null {
    if (!cell || cell.text === '') return null
    const { text, lines } = cell
    const key = lines.length === 1 && lines[0] === text ? text : `${text}\n\n${lines.join('\n')}`
    let operations = this.#known.get(key)
    if (operations === undefined) {
      operations = this.#read(cell)
      this.#known.set(key, operations)
    }
    return operations
  }

  #read(cell: Pick<Cell, 'text' | 'lines'>): string[] | null {
    const whole = this.#level(cell.text)
    if (whole) return whole
    const parts = cell.lines
      .flatMap((line) => line.split(/(?:(?<!\s)\s+)?[,;/+&]\s*|(?<!\s)\s+and\s+/))
      .filter((part) => part !== '')
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
    // `RW`, `CRUD`: each letter a level.
    if (!/^[A-Z]{2,6}$/.test(text.trim())) return null
    const letters = [...level].map((letter) => this.#legend.get(letter)?.operations ?? this.#levels.get(letter) ?? [])
    return letters.every((operations) => operations.length > 0) ? [...new Set(letters.flat())] : null
  }

  #operation(text: string): string[] | null {
    const known = /^[A-Za-z]+$/.test(text) && accessOf(text, this.#settings) !== null
    return known ? [operationId(text)] : null
  }
}

/** Whether a text is a level by its name, with or without “access” behind it: `Full access`, `None`. */
export function isLevelText(text: string, { vocabulary }: Settings): boolean {
  return Object.hasOwn(vocabulary.levelsOfAccess, withoutAccess(normalMark(text)))
}

/** `full` of “full access”; `none` of whatever else says that there is none. */
function withoutAccess(level: string): string {
  return level.replace(/(?<![\s-])[\s-]+(?:access|only|control|permissions?)$/, '').replace(/^(?:no|-|–|—)$/, 'none')
}

/** Whether a text is a level and can be nothing else: `R`, `RW`, `R/W`, `read-only`. */
export function isPlainLevel(text: string): boolean {
  return /^(?:R|W|RW|R\/W|RO|CRUD|read[- ]only|read ?\/ ?write)$/i.test(text)
}
