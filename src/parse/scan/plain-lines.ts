/** Lines in which nothing is looked for one by one, as most are: passed over many at a time. */
import { isLetter } from '../structure/lines.ts'
import { Occurrences } from './text.ts'

const LF = 10
const CR = 13

export class PlainLines {
  /** Where the line behind those that were passed last begins. */
  end = 0
  /** Where the first of the lines begins that no blank one parts from it. */
  paragraph = 0
  readonly #text: string
  /** What makes a line one that is looked at: tables, tags, expressions. */
  readonly #odd: readonly Occurrences[]

  constructor(text: string) {
    this.#text = text
    this.#odd = ['|', '<', '{'].map((what) => new Occurrences(text, what))
  }

  /**
   * Passes over blank lines and lines that begin with a letter and hold nothing odd, from the line at a 0-based offset on.
   * `false` where there are none, or a paragraph of theirs, the first of which began at `paragraph`, is longer than `most`.
   */
  pass(from: number, paragraph: number, most: number): boolean {
    const text = this.#text
    let c = text.charCodeAt(from)
    if (!mayBegin(c)) return false
    const odd = this.#oddFrom(from)
    let begun = paragraph
    let at = from
    for (; mayBegin(c); c = text.charCodeAt(at)) {
      const end = c === LF ? at : text.indexOf('\n', at)
      if (end === -1 || end > odd) break
      if (end - begun > most) return false
      at = end + 1
      if (c === LF || c === CR) begun = at
    }
    this.end = at
    this.paragraph = begun
    return at > from
  }

  #oddFrom(position: number): number {
    let first = Number.POSITIVE_INFINITY
    for (const what of this.#odd) first = Math.min(first, what.from(position))
    return first
  }
}

/** Whether a plain line may begin with a UTF-16 code unit; a carriage return begins a blank one, as each has its line feed. */
function mayBegin(c: number): boolean {
  return c === LF || c === CR || isLetter(c)
}
