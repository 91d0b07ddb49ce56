/** Whom a clause of a role's description speaks of. */
import type { Settings } from '../../settings/schema.ts'
import { singular } from '../../text.ts'
import { ARTICLES, CONTRASTS } from './prose-words.ts'

/** What is known of the role whose description is read. */
export interface Reader {
  settings: Settings
  /** The role's own name, in words of lower case: a sentence may begin with it. */
  name: readonly string[]
  /** Nouns of scopes: “in all projects” and “the project's clusters” narrow nothing, “project resources” are no project. */
  scopes: ReadonlySet<string>
}

/** Subjects that mean whoever holds the role, and those that mean what was spoken of before. */
const HOLDERS = new Set(['user', 'users', 'member', 'members', 'you', 'person', 'people'])
const PRONOUNS = new Set(['it', 'they', 'he', 'she'])

/**
 * Whether a clause is about the role that is described, by the words before its verb. What a clause without a subject and
 * one with a pronoun speak of depends on the clauses before it: `nobody` and `pronoun`.
 */
export function isOwnSubject(
  all: readonly string[],
  reader: Reader,
  before: { nobody: boolean; pronoun: boolean },
): boolean {
  const clause = all.slice(all.findLastIndex((word) => CONTRASTS.has(word)) + 1)
  const comma = clause.lastIndexOf(',')
  const lead = clause.slice(0, Math.max(comma, 0)).filter((word) => word !== ',')
  let words = clause.slice(comma + 1)
  const that = words.lastIndexOf('that')
  if (that >= 0) {
    // “Differs in that it …” and “a role that …”; not “use the Cluster Admin, that …”.
    const outer = words.slice(0, that).filter((word) => !ARTICLES.has(word))
    if (outer.at(-1) !== 'in' && !outer.every((word) => /^(?:it|is|role)$/.test(word))) return false
    words = words.slice(that + 1)
  }
  words = words.filter((word) => !ARTICLES.has(word) && word !== 'and' && word !== 'also')
  const place = words.findIndex((word) => word === 'in' || word === 'within')
  if (place > 0) {
    const isScope = (word: string) => word === 'scope' || reader.scopes.has(singular(word))
    if (!words.slice(place + 1).every(isScope)) return false
    words = words.slice(0, place)
  }
  if (words.length > 1 && /^(?:role|users?|members?)$/.test(words.at(-1) as string)) words = words.slice(0, -1)
  const [first, ...others] = words
  if (first === undefined) return lead.length === 0 && before.nobody
  if (others.length === 0) {
    if (PRONOUNS.has(first)) return before.pronoun
    if (first === 'role') return true
    // “With the Cluster Admin role, users can …” is about another role.
    if (HOLDERS.has(first)) return lead.length === 0 || lead[0] === 'unlike'
  }
  const name = reader.name.map(singular)
  const start = name.length - words.length
  return start >= 0 && words.every((word, i) => singular(word) === name[start + i])
}
