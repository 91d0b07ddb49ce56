/** Lines that say what the list below them is, or whose: looked for in all of a page, and only where an item asks. */
import { mayListPermissions } from '../strange-lists.ts'
import type { ScanVocabulary } from './vocabulary.ts'

/** `The harbour has these roles:`, entities in it and all. */
const ROLES_FOLLOW = /role(?:[^.,;:]|(?<=&#?\w{1,8});){0,80}:[^\p{L}\n]{0,8}$/imu
/** A bold line, or a tab that is written in no tag: `**Admin**:`, `=== "Admin"`, `{{% tab "Admin" %}}`. */
const CAPTION =
  /^[ \t>]{0,40}(?:(?:\*\*|__)([^*_\n]{1,80})(?:\*\*|__)(?:\s?\([^()\n]{0,80}\))?\s?:?[ \t\r]{0,8}$|={3}[+!]{0,2}\s{1,8}"([^"\n]{1,80})"|\{[{%][%<]?-?\s{0,8}tab\s([^\n]{1,120}))/gm

export class Introductions {
  readonly #text: string
  readonly #words: ScanVocabulary
  #captions: boolean | undefined
  #permissions: boolean | undefined
  #roles: boolean | undefined

  constructor(text: string, words: ScanVocabulary) {
    this.#text = text
    this.#words = words
  }

  /** Whether a line of the page may say that a list of permissions follows. */
  get sayPermissions(): boolean {
    this.#permissions ??= mayListPermissions(this.#text)
    return this.#permissions
  }

  /** Whether a caption of the page may be the name of a role. */
  get nameRole(): boolean {
    this.#captions ??= Array.from(this.#text.matchAll(CAPTION), ([, bold, tab, tag]) => bold ?? tab ?? tag ?? '').some(
      (name) => /[&<\\]/.test(name) || this.#words.isOneRole(/[^"%=:}]{1,80}/.exec(name)?.[0].trim() ?? ''),
    )
    return this.#captions
  }

  /** Whether a line of the page says that a list of roles follows. */
  get sayRoles(): boolean {
    this.#roles ??= ROLES_FOLLOW.test(this.#text)
    return this.#roles
  }
}
