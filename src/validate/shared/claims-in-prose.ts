/**
 * What a description of a role says that it can and cannot do. English, and only sentences of a plain build: a clause that
 * is not understood to its last word says nothing. Pure, and linear in the length of the text.
 */

import { addAll } from '../../lists.ts'
import { singular } from '../../text.ts'
import { isOwnSubject, type Reader } from './prose-subject.ts'
import {
  ARTICLES,
  CLOSED,
  CONDITIONS,
  CONTRASTS,
  EACH,
  FINITE,
  openerAt,
  type Verb,
  verbOfNominal,
  verbsOf,
} from './prose-words.ts'
import { sentencesOf } from './sentences.ts'

export interface ProseClaim {
  can: boolean
  /** The verb as a dictionary has it: `delete`. */
  verb: string
  /** The operations that the verb may stand for, in lower case. */
  operations: readonly string[]
  /** The letters of the noun phrase, its last word in the singular: `clusterprofile`. */
  object: string
}

/** Descriptions longer than this are cut off: they are no line of a table. */
const LONGEST = 2000

/** The claims of a description, in the order of its words. */
export function claimsInProse(text: string, reader: Reader): ProseClaim[] {
  const claims: ProseClaim[] = []
  const own = new Set(reader.name.map(singular))
  const levels = new Set(Object.values(reader.settings.vocabulary.levels).flat().map(singular))
  let before: Before = { objects: null, foreign: false }
  for (const words of sentencesOf(text.slice(0, LONGEST))) {
    const foreign = words.some((word) => levels.has(singular(word)) && !own.has(singular(word)))
    const conditional = words.some((word) => CONDITIONS.has(word))
    const objects = conditional ? null : new Sentence(words, reader, before, claims).read()
    before = { objects, foreign }
  }
  return claims
}

/** What the sentence before leaves to this one. */
interface Before {
  /** What “them” means: what its last clause was about, or `null` where that was not understood. */
  objects: string[] | null
  /** Whether it speaks of a role of another level: then nobody knows who “they” are. */
  foreign: boolean
}

interface Group {
  verbs: Verb[]
  objects: string[]
}

interface Body {
  groups: Group[]
  end: number
}

class Sentence {
  readonly #words: readonly string[]
  readonly #reader: Reader
  readonly #claims: ProseClaim[]
  readonly #foreign: boolean
  /** What “them” means. */
  #objects: string[] | null
  /** Whether the last clause with a subject was about the role that is described. */
  #own = true

  constructor(words: readonly string[], reader: Reader, before: Before, claims: ProseClaim[]) {
    this.#words = words
    this.#reader = reader
    this.#objects = before.objects
    this.#foreign = before.foreign
    this.#claims = claims
  }

  /** Reads it to its end; returns what its last clause was about. */
  read(): string[] | null {
    let at = this.#readStart()
    let clause = at
    while (at < this.#words.length) {
      const elided = this.#elidedAt(at, clause)
      const opener = elided === null ? openerAt(this.#words, at) : null
      if (!opener && elided === null) {
        at++
        continue
      }
      if (elided === null) this.#own = this.#isOwn(clause, at)
      const start = elided ?? opener?.end ?? at
      const negative = elided !== null || opener?.negative === true
      const body = opener?.nominal ? this.#nominal(start) : this.#body(start, negative, 'base')
      if (this.#own && body) this.#add(body, !negative)
      else this.#objects = null
      at = Math.max(body?.end ?? start, at + 1)
      clause = at
    }
    return this.#objects
  }

  /** “Creates and deletes clusters”, “View clusters”: a sentence that begins with its verb. Where it ended, else 0. */
  #readStart(): number {
    const { base, third } = verbsOf(this.#reader.settings)
    const first = this.#words[0] ?? ''
    const form = third.has(first) ? 'third' : base.has(first) ? 'base' : null
    const body = form === null ? null : this.#body(0, false, form)
    if (!body) return 0
    this.#add(body, true)
    return body.end
  }

  /** “…, but not to delete”: where the verb begins, or `null`. */
  #elidedAt(at: number, clause: number): number | null {
    const words = this.#words
    if (words[at] !== 'not' || at === 0 || clause === 0) return null
    const before = words.slice(clause, at).filter((word) => word !== ',')
    if (before.length > 1 || (before.length === 1 && !CONTRASTS.has(before[0] as string) && before[0] !== 'and'))
      return null
    const verb = words[at + 1] === 'to' ? at + 2 : at + 1
    return verbsOf(this.#reader.settings).base.has(words[verb] ?? '') ? verb : null
  }

  #isOwn(from: number, to: number): boolean {
    // “Without permission to create clusters, users …” is a condition.
    if (to === 0 && /^with(?:out)?$/.test(this.#words[0] as string)) return false
    const pronoun = from > 0 ? this.#own : !this.#foreign
    return isOwnSubject(this.#words.slice(from, to), this.#reader, { nobody: this.#own, pronoun })
  }

  #add({ groups }: Body, can: boolean): void {
    for (const { verbs, objects } of groups) {
      for (const { verb, operations } of verbs)
        for (const object of objects) if (operations.length > 0) this.#claims.push({ can, verb, operations, object })
      this.#objects = objects
    }
  }

  /** Verbs and what they are done to, up to the end of the clause; `null` where a word of it is not understood. */
  #body(start: number, negative: boolean, form: 'base' | 'third'): Body | null {
    const words = this.#words
    const groups: Group[] = []
    let at = words[start] === 'also' ? start + 1 : start
    for (;;) {
      const verbs = this.#verbs(at, form)
      if (!verbs) return null
      const phrases = this.#phrases(verbs.end, negative, form)
      if (!phrases) return null
      groups.push({ verbs: verbs.found, objects: phrases.objects })
      this.#objects = phrases.objects
      at = phrases.end
      if (this.#isEnd(at)) return { groups, end: at }
      const next = this.#afterSeparator(at)
      if (next === null) return null
      // “Cannot create clusters and view projects”: nothing tells whether it can view them.
      if (negative && words.slice(at, next).includes('and')) return null
      at = next
    }
  }

  #verbs(start: number, form: 'base' | 'third'): { found: Verb[]; end: number } | null {
    const words = this.#words
    const known = verbsOf(this.#reader.settings)[form]
    const found: Verb[] = []
    const perform = words[start] === (form === 'base' ? 'perform' : 'performs')
    const forms = perform ? verbsOf(this.#reader.settings).base : known
    let at = perform ? start + 1 : start
    for (;;) {
      const verb = forms.get(words[at] ?? '')
      if (!verb) return null
      found.push(verb)
      at++
      const next = this.#afterSeparator(at)
      if (next === null || !forms.has(words[next] ?? '')) break
      at = next
    }
    const operations = /^(?:operations?|actions?)$/.test(words[at] ?? '') && words[at + 1] === 'on'
    if (perform && !operations) return null
    return { found, end: operations ? at + 2 : at }
  }

  /** The index after `,`, `and`, `or`, `, and`; `null` where none stands here. */
  #afterSeparator(at: number): number | null {
    const words = this.#words
    let next = at
    if (words[next] === ',') next++
    if (words[next] === 'and' || words[next] === 'or') next++
    return next > at ? next : null
  }

  #phrases(start: number, negative: boolean, form: 'base' | 'third'): { objects: string[]; end: number } | null {
    const known = verbsOf(this.#reader.settings)[form]
    const words = this.#words
    const objects: string[] = []
    let at = start
    if (this.#isEnd(at)) return this.#objects && this.#objects.length > 0 ? { objects: this.#objects, end: at } : null
    for (;;) {
      const phrase = this.#phrase(at, negative)
      if (!phrase) return null
      addAll(objects, phrase.objects)
      at = phrase.end
      if (this.#isEnd(at)) return { objects, end: at }
      const next = this.#afterSeparator(at)
      if (next === null) return null
      const word = words[next] ?? ''
      if (known.has(word) || word === 'perform' || word === 'performs') return { objects, end: at }
      at = next
    }
  }

  /** One noun phrase with “in all projects” after it. */
  #phrase(start: number, negative: boolean): { objects: string[]; end: number } | null {
    const words = this.#words
    if (/^(?:them|it|these|those)$/.test(words[start] ?? ''))
      return this.#objects ? { objects: this.#objects, end: start + 1 } : null
    let nouns: string[] = []
    let at = start
    for (; at < words.length && !(CLOSED.has(words[at] as string) && !ARTICLES.has(words[at] as string)); at++) {
      const word = words[at] as string
      if (EACH.has(word)) {
        if (negative || nouns.length > 0) return null
      } else if (word.endsWith("'s") || word.endsWith("s'")) {
        if (!this.#reader.scopes.has(singular(word.replace(/'s?$/, '')))) return null
        nouns = []
      } else if (!ARTICLES.has(word)) nouns.push(word)
      else if (nouns.length > 0) return null
    }
    // “Clusters, and users see everything”: a verb in the middle makes it a sentence.
    const { base } = verbsOf(this.#reader.settings)
    if (nouns.slice(1, -1).some((word) => base.has(word))) return null
    const object = this.#objectOf(nouns)
    if (object === null) return null
    const end = this.#afterPlace(at)
    return end === null ? null : { objects: [object], end }
  }

  #objectOf(nouns: readonly string[]): string | null {
    const words = [...nouns]
    if (words.length > 1 && /^(?:resources?|objects?)$/.test(words.at(-1) as string)) {
      words.pop()
      // The resources of a project are what it holds, not the project.
      if (words.length === 1 && this.#reader.scopes.has(singular(words[0] as string))) return null
    }
    const last = words.pop()
    if (last === undefined || words.length > 4 || (words.length === 0 && /^(?:resources?|objects?)$/.test(last)))
      return null
    return [...words, singular(last)].join('').replace(/[^\p{L}\p{N}]/gu, '')
  }

  /** The index after “in all projects” or “within the tenant”; `null` where the words narrow the phrase otherwise. */
  #afterPlace(at: number): number | null {
    const words = this.#words
    if (!/^(?:in|within|across)$/.test(words[at] ?? '')) return at
    let next = at + 1
    while (ARTICLES.has(words[next] ?? '') || EACH.has(words[next] ?? '')) next++
    return this.#reader.scopes.has(singular(words[next] ?? '')) ? next + 1 : null
  }

  /** Whether a clause may end here: at the sentence's end, at a contrast, or where a clause with its own verb begins. */
  #isEnd(at: number): boolean {
    const words = this.#words
    if (at >= words.length) return true
    const next = words[at] === ',' ? at + 1 : at
    if (CONTRASTS.has(words[next] ?? '')) return true
    if (words[next] === 'without') return openerAt(words, next) !== null
    if (words[next] === 'not') return next > at
    const after = this.#afterSeparator(at)
    return after !== null && FINITE.has(words[after] ?? '') && this.#hasOpener(after)
  }

  /** Whether a clause with a verb of its own begins here: “and cannot delete”, “and the user is able to”. */
  #hasOpener(start: number): boolean {
    for (let at = start; at < Math.min(start + 4, this.#words.length); at++) if (openerAt(this.#words, at)) return true
    return /^(?:has|have|is|are|does|do|will|must)$/.test(this.#words[start] ?? '')
  }

  /** “Not privileged for cluster creation”. */
  #nominal(start: number): Body | null {
    const words = this.#words
    let end = start
    while (end < words.length && !CLOSED.has(words[end] as string)) end++
    const nouns = words.slice(start, end).filter((word) => !ARTICLES.has(word))
    const verb = verbsOf(this.#reader.settings).base.get(verbOfNominal(nouns.at(-1)) ?? '')
    const object = this.#objectOf(nouns.slice(0, -1))
    if (!verb || object === null || !this.#isEnd(end)) return null
    return { groups: [{ verbs: [verb], objects: [object] }], end }
  }
}
