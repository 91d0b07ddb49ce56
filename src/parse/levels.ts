/** Levels of access in cells: `RW`, `read/write`, `Full`, `CRUD`, or operations in a list. */
import type { Settings } from '../settings/schema.ts'
import type { Cell } from './cells.ts'
import type { BlockInput } from './dialect.ts'
import { normalMark } from './known-marks.ts'
import type { Legend } from './legend.ts'
import { accessOf, operationId } from './vocabulary.ts'

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
  /** Every operation that the table's cells name: what “None” refuses. */
  readonly #named = new Set<string>()

  constructor(input: BlockInput, columns: readonly number[]) {
    this.#settings = input.settings
    this.#legend = input.legend
    this.#levels = new Map(Object.entries(input.settings.vocabulary.levelsOfAccess))
    for (const row of input.grid.rows) {
      for (const column of columns)
        for (const operation of this.#operations(row.cells[column]) ?? []) this.#named.add(operation)
    }
    this.speaks = this.#named.size > 0
  }

  /** What a cell gives or refuses; `null` where it is no level. */
  read(cell: Pick<Cell, 'text' | 'lines'>): Level[] | null {
    const operations = this.#operations(cell)
    if (operations === null) return null
    if (operations.length > 0) return operations.map((operation) => ({ operation, effect: 'granted' }))
    return [...this.#named].sort().map((operation) => ({ operation, effect: 'denied' }))
  }

  /** The operations of a cell: none for “None”, `null` for a blank cell or one that is no level. */
  #operations(cell: Pick<Cell, 'text' | 'lines'> | undefined): string[] | null {
    if (!cell || cell.text === '') return null
    const key = `${cell.text}\n\n${cell.lines.join('\n')}`
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
    const level = normalMark(text)
      .replace(/(?<![\s-])[\s-]+(?:access|only|control|permissions?)$/, '')
      .replace(/^(?:no|-|–|—)$/, 'none')
    const explained = this.#legend.get(normalMark(text)) ?? this.#legend.get(level)
    if (explained)
      return explained.operations.length > 0 ? explained.operations : explained.meaning === 'denied' ? [] : null
    const known = this.#levels.get(level)
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
