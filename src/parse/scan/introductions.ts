/** Lines that say what the list below them is, or whose: looked for in all of a page, and only where an item asks. */
import { squeeze } from '../../text.ts'
import { isLetter } from '../structure/lines.ts'
import { mayListDeeds, mayListPermissions, mayListTargets } from '../unread/strange-lists.ts'
import { inheritanceIn, mayInherit } from '../words/inheritance.ts'
import type { ScanVocabulary } from './vocabulary.ts'

/** What stands before the colon of `The harbour has these roles:` and of “four access levels:”, entities in it and all. */
const ROLES_FOLLOW = /(?:role|levels)(?:(?!\]\()[^.,;:]|\]\([^()\n]{0,200}\)|(?<=&#?\w{1,8});){0,160}$/iu
/** So much of what stands before a colon is looked at. */
const LONGEST_INTRODUCTION = 400
/** What stands behind the colon. */
const END_OF_LINE = /:[^\p{L}\n]{0,8}$/muy
/** A bold line, or a tab that is written in no tag: `**Admin**:`, `=== "Admin"`, `{{% tab "Admin" %}}`. */
const CAPTION =
  /^[ \t>]{0,40}(?:(?:\*\*|__)([^*_\n]{1,80})(?:\*\*|__)(?:\s?\([^()\n]{0,80}\))?\s?:?[ \t\r]{0,8}$|={3}[+!]{0,2}\s{1,8}"([^"\n]{1,80})"|\{[{%][%<]?-?\s{0,8}tab\s([^\n]{1,120}))/gm

/** What stands before the colon of a line that may say whose the list below it is: “Mates can do the following:”. */
const MAY_DO =
  /(?:\b(?:can|cannot|may|not|to)|['’;]t)(?:[^\p{L}\p{N}]{1,6}also)?[^\p{L}\p{N}]{0,12}$|\b(?:do|perform)\b[^.,;:]{0,30}\b(?:following|these)\b[^.,;:]{0,60}$/iu

/** A role, and behind it that it may: marks, the end of a link and a line break between them. */
const OF_ROLE =
  /role(?:[^\p{L}\p{N}]|\]\([^()\n]{0,200}\)){1,12}(?:can|may|is[^\p{L}]{1,4}(?:not[^\p{L}]{1,4})?(?:able|allowed|permitted))/iu

/** Between paragraphs: a blank line, a fence. */
const BETWEEN = /^(?:$|`{3}|~{3})/
/** What of a paragraph's text is none, or may be: entities, tags, escapes, notes, pictures. */
const MARKED = /[&<\\]|\{\s{0,8}['"`/]|\[\^|!\[/
const TARGET = /\]\([^()]*\)|\]\[[^[\]]*\]/g
const MARKS = /[*_~`[\]]/g

const LESS = 60
/** So far behind a colon its line may end: what stands there are marks of emphasis and the like. */
const MOST_MARKS = 16

export class Introductions {
  readonly #begin: number
  readonly #text: string
  readonly #words: ScanVocabulary
  #written: string[] | undefined
  #namesRole: boolean | undefined
  #colons: number[] | undefined
  #deeds: boolean | undefined
  #inheritances: boolean | undefined
  #ofRole: boolean | undefined
  #onWhat: boolean | undefined
  #permissions: boolean | undefined
  #roles: boolean | undefined

  /** @param begin 0-based offset of the page's body: keys of the front matter end in colons as well */
  constructor(text: string, begin: number, words: ScanVocabulary) {
    this.#text = text
    this.#begin = begin
    this.#words = words
  }

  /** Whether a line of the page may say that a list of permissions follows. */
  get sayPermissions(): boolean {
    this.#permissions ??= this.#linesEnd.some((colon) => mayListPermissions(this.#text, colon))
    return this.#permissions
  }

  /** Whether a line of the page may say that what somebody has permissions on follows. */
  get sayOnWhat(): boolean {
    this.#onWhat ??= this.#linesEnd.some((colon) => mayListTargets(this.#text, colon))
    return this.#onWhat
  }

  /** Whether a line of the page may say whose permissions a role takes over, before it lists others. */
  get sayInheritance(): boolean {
    this.#inheritances ??= this.#linesEnd.some((colon) => mayEndInheritance(this.#before(colon)))
    return this.#inheritances
  }

  /** Whether a line of the page may say that somebody may do what follows. */
  get sayWhoMay(): boolean {
    this.#deeds ??= this.#linesEnd.some((colon) => mayListDeeds(this.#text, colon))
    return this.#deeds
  }

  /** Whether a sentence of the page may say of a role what it may do: “The `mate` role can’t leave”. */
  get sayOfRole(): boolean {
    this.#ofRole ??= OF_ROLE.test(this.#text)
    return this.#ofRole
  }

  /** Whether a caption of the page, or a line above a list, may name a role. */
  get nameRole(): boolean {
    this.#namesRole ??=
      this.#linesEnd.some((colon) => MAY_DO.test(this.#before(colon))) ||
      this.#captions.some(
        (name) => /[&<\\]/.test(name) || this.#words.isOneRole(/[^"%=:}]{1,80}/.exec(name)?.[0].trim() ?? ''),
      )
    return this.#namesRole
  }

  /** Whether a line of the page says that a list of roles follows, or may. */
  get sayRoles(): boolean {
    this.#roles ??=
      this.#captions.some((name) => /roles|&/i.test(name)) || this.#linesEnd.some((colon) => this.#saysRoles(colon))
    return this.#roles
  }

  /** What stands where a heading would, as it is written. */
  get #captions(): string[] {
    this.#written ??= Array.from(this.#text.matchAll(CAPTION), ([, bold, tab, tag]) => bold ?? tab ?? tag ?? '')
    return this.#written
  }

  #saysRoles(colon: number): boolean {
    if (!ROLES_FOLLOW.test(this.#before(colon))) return false
    END_OF_LINE.lastIndex = colon
    return END_OF_LINE.test(this.#text)
  }

  #before(colon: number): string {
    return this.#text.slice(Math.max(0, colon - LONGEST_INTRODUCTION), colon)
  }

  /** The colons that may end a line: everything that introduces a list ends in one. */
  get #linesEnd(): number[] {
    this.#colons ??= colonsAtEnd(this.#text, this.#begin)
    return this.#colons
  }
}

/** Offsets of the colons behind which marks, tags or nothing at all stand on their line. */
function colonsAtEnd(text: string, from: number): number[] {
  const colons: number[] = []
  for (let colon = text.indexOf(':', from); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let at = colon + 1
    while (at - colon < MOST_MARKS && mayBeMark(text.charCodeAt(at))) at++
    const c = text.charCodeAt(at)
    // A tag may be long, and so may be what nobody thought of.
    if (at === text.length || isLineEnd(c) || c === LESS || at - colon === MOST_MARKS) colons.push(colon)
  }
  return colons
}

function mayBeMark(c: number): boolean {
  return !isLetter(c) && c !== LESS && !isLineEnd(c) && !Number.isNaN(c)
}

/** Whether a line ends before a UTF-16 code unit, as regular expressions count lines. */
function isLineEnd(c: number): boolean {
  return c === 10 || c === 13 || c === 0x2028 || c === 0x2029
}

/** Whether the paragraph that a text ends in, before its colon, may say whose permissions a role takes over. */
function mayEndInheritance(before: string): boolean {
  if (!mayInherit(before.replace(MARKS, ''))) return false
  const lines = before.split('\n').map((line) => line.replace(/^[\s>]+/, ''))
  const begin = lines.findLastIndex((line) => BETWEEN.test(line)) + 1
  const written = lines.slice(begin).join('\n')
  // What is longer than was looked at begins somewhere else.
  if (begin === 0 || MARKED.test(written)) return true
  const plain = written.replace(TARGET, '').replace(MARKS, '').split('\n')
  // A heading, a tag or a label may stand right above the sentence.
  return plain.some((_, i) => inheritanceIn(`${squeeze(plain.slice(i).join(' '))}:`, () => true) !== null)
}
