/** Fences in tags and comments that go on over other lines: blanked before the parse, and no fences. */
import { LONGEST as LONGEST_TAG } from '../structure/tag.ts'

const FENCE = /\n[ \t>]*(?:`{3}|~{3})/g

/** Asked line by line, from the beginning of a text to its end: a second look would cost the square of its length. */
export class HiddenFences {
  readonly #text: string
  /** The last answer of `#fenceBehind`, which only ever moves on. */
  #fence = -2

  constructor(text: string) {
    this.#text = text
  }

  /** Whether a tag or comment goes on over other lines, and a fence in it would be taken for one. */
  hides(from: number, lineEnd: number): boolean {
    const text = this.#text
    const fence = this.#fenceBehind(lineEnd)
    if (fence === -1) return false
    for (let at = from; at !== -1 && at < lineEnd; ) {
      const brace = text[at] === '{'
      const closing = text.startsWith('<!--', at) ? '-->' : brace ? '*/}' : '>'
      const opener = brace ? '{/*' : '<'
      if (closing === '>' && !/[A-Za-z/]/.test(text[at + 1] ?? '')) {
        at = text.indexOf(opener, at + 1)
        continue
      }
      const close = text.indexOf(closing, at)
      if (close === -1 || close >= lineEnd)
        return (close === -1 || close > fence) && (closing !== '>' || fence - at <= LONGEST_TAG)
      at = text.indexOf(opener, close)
    }
    return false
  }

  /** The offset of the first line at or behind a line's end that looks like a fence; -1 for none. */
  #fenceBehind(lineEnd: number): number {
    if (this.#fence !== -1 && this.#fence < lineEnd) {
      FENCE.lastIndex = lineEnd
      this.#fence = FENCE.exec(this.#text)?.index ?? -1
    }
    return this.#fence
  }
}
