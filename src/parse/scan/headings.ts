/** The headings that stand around what is read, the page's title first, and whether they speak of permissions. */
import type { ProseScan } from './prose.ts'
import { cleanedName } from './text.ts'
import type { ScanVocabulary } from './vocabulary.ts'

/** Of a longer name, which is prose, its end is looked at. */
const LONGEST_NAME = 1000

export class Headings {
  readonly #names: { depth: number; name: string; cleaned: string }[] = []
  /** Those that another has ended. */
  readonly #ended: string[] = []
  readonly #prose: ProseScan
  readonly #words: ScanVocabulary

  constructor(prose: ProseScan, words: ScanVocabulary) {
    this.#prose = prose
    this.#words = words
  }

  /**
   * Enters a heading as it is written, marks and all; level 0 is the page's title. Where there may be panels, a heading in one
   * ends none that stands outside of it.
   */
  enter(written: string, level: number): void {
    const name = written.slice(-LONGEST_NAME)
    const cleaned = cleanedName(name)
    // An empty heading is none.
    if (cleaned === '') return
    // The first of the highest is the page's title, where the front matter gives none.
    const depth = level === 1 && !this.#names.some((other) => other.depth === 0) ? 0 : level
    if (!this.#prose.mayHavePanels) {
      while (depth > 0 && (this.#names.at(-1)?.depth ?? 0) >= depth) this.#ended.push(this.#names.pop()?.name ?? '')
    }
    this.#names.push({ depth, name, cleaned })
  }

  /** Whether any heading of the page so far speaks, or may. */
  get spoke(): boolean {
    return this.speak || this.#ended.some((name) => name.includes('&') || this.#words.speaks(cleanedName(name)))
  }

  /** Whether one of them may be the name of one role. */
  get nameRole(): boolean {
    return this.#names.some(({ name, cleaned }) => name.includes('&') || this.#words.isOneRole(cleaned))
  }

  /** Whether one of them speaks of permissions, or may where it holds an entity. */
  get speak(): boolean {
    return this.#names.some(({ name, cleaned }) => name.includes('&') || this.#words.speaks(cleaned))
  }
}
