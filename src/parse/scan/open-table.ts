/** The table, or the line that may be a table's header, that is open where the scan stands. */
import { isDelimiterRow } from '../structure/repair.ts'
import type { Headings } from './headings.ts'
import type { Introductions } from './introductions.ts'
import { mayNotFit, tableMayMatter } from './tables.ts'
import type { ScanVocabulary } from './vocabulary.ts'

/** What Markdown takes for a heading or an item, and not for the header of a table, whatever follows it. */
const NO_HEADER = /^[ \t>]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t])/
/** White space that parts nothing in Markdown: it is a cell's text, though nobody sees it. */
const ODD_SPACE = /[^\S \t\r]/
const ROW = /^[\s>]*\|.*\|/

/** A table's header and the lines under its row of hyphens, as they are. */
interface Table {
  header: string
  rows: string[]
  /** Whether one of its rows has no pipe. */
  glued: boolean
}

/** Is given lines in order. What it answers is always the same: `true` where what was open, or now is, may matter. */
export class OpenTable {
  /** Whether there was a table that would matter where what stands around it speaks of permissions. */
  wasNamed = false
  readonly #headings: Headings
  readonly #introductions: Introductions
  readonly #words: ScanVocabulary
  #table: Table | null = null
  /** The line above, where it may be a header. */
  #above: string | null = null

  constructor(headings: Headings, introductions: Introductions, words: ScanVocabulary) {
    this.#headings = headings
    this.#introductions = introductions
    this.#words = words
  }

  /** Whether lines that hold no pipe and begin no block change nothing here. */
  get isNone(): boolean {
    return this.#table === null && this.#above === null
  }

  /** Whether a line that begins no other block is a row. */
  get takesRows(): boolean {
    return this.#table !== null
  }

  /** Ends a table, and not the line that may be a header. */
  close(): boolean {
    if (this.#table === null) return false
    const matters = tableMayMatter(this.#table.header, this.#table.rows, this.#words)
    this.#table = null
    if (matters !== 'named') return matters === 'yes'
    this.wasNamed = true
    return this.#headings.speak || this.#introductions.nameRole
  }

  /** Ends what is open. A row that no row of hyphens follows is none of a table, and is reported. */
  end(): boolean {
    const matters = this.close() || this.#isRowAbove()
    this.#above = null
    return matters
  }

  /** A line of the table that takes rows. */
  row(line: string): boolean {
    const table = this.#table as Table
    if (tears(table, line)) return true
    table.rows.push(line)
    table.glued ||= !line.includes('|')
    return false
  }

  /**
   * A line with a pipe that is no row of an open table.
   *
   * @param isTextAbove whether a paragraph goes on with it
   */
  pipes(written: string, isTextAbove: () => boolean): boolean {
    if (this.close() || ODD_SPACE.test(written)) return true
    const line = written.trimEnd()
    if (this.#above !== null && isDelimiterRow(line)) {
      if (mayNotFit(this.#above, line) || NO_HEADER.test(this.#above)) return true
      this.#table = { header: this.#above, rows: [], glued: false }
      this.#above = null
      return false
    }
    if (this.#isRowAbove() || (ROW.test(line) && isTextAbove())) return true
    this.#above = line
    return false
  }

  #isRowAbove(): boolean {
    return this.#above !== null && ROW.test(this.#above)
  }
}

/** Whether a row may end its table before the next blank line, so that rows after it are none of any. */
function tears({ header, glued }: Table, row: string): boolean {
  if (!row.includes('|')) return false
  if (glued || isDelimiterRow(row.trimEnd())) return true
  return row.search(/[^ \t]/) < header.search(/[^ \t]/)
}
