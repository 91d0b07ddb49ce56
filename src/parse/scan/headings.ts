/** The headings that stand around what is read, the page's title first, and whether they speak of permissions. */
import { ID_IN_BRACKETS } from '../words/role-name.ts'
import type { ProseScan } from './prose.ts'
import { cleanedName } from './text.ts'
import type { ScanVocabulary } from './vocabulary.ts'

/** Of a longer name, which is prose, its end is looked at. */
const LONGEST_NAME = 1000

/** What every heading over a list of roles has in it: `role-list` asks for more. */
const OF_ROLES = /role|level|type|&/i

/** Whether a heading or label may stand over a list of roles. */
export function mayBeOfRoles(name: string): boolean {
  return OF_ROLES.test(name)
}

interface Name {
  depth: number
  name: string
  cleaned: string
}

export class Headings {
  readonly #names: Name[] = []
  /** Those that another has ended. */
  readonly #ended: string[] = []
  /** What was asked since the last one was entered: most items ask. */
  #asked: { ofRoles?: boolean; nameRole?: boolean; speak?: boolean } = {}
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
    // What stands in brackets at its end is its id, unless a definition below makes it a link.
    if (ID_IN_BRACKETS.test(name))
      this.#names.push({ depth, name, cleaned: cleanedName(name.replace(ID_IN_BRACKETS, '')) })
    this.#asked = {}
  }

  /** Whether one of them may stand over a list of roles. */
  get ofRoles(): boolean {
    this.#asked.ofRoles ??= this.#names.some(({ name }) => mayBeOfRoles(name))
    return this.#asked.ofRoles
  }

  /** Whether any heading of the page so far speaks, or may. */
  get spoke(): boolean {
    return this.speak || this.#ended.some((name) => name.includes('&') || this.#words.speaks(cleanedName(name)))
  }

  /** Whether one of them may be the name of one role. */
  get nameRole(): boolean {
    this.#asked.nameRole ??= this.#names.some(
      ({ name, cleaned }) => name.includes('&') || this.#words.isOneRole(cleaned),
    )
    return this.#asked.nameRole
  }

  /** Whether one of them speaks of permissions, or may where it holds an entity. */
  get speak(): boolean {
    this.#asked.speak ??= this.#names.some(({ name, cleaned }) => name.includes('&') || this.#words.speaks(cleaned))
    return this.#asked.speak
  }
}
