/** Which entries a query names, best first. Pure, so that it can be tested without a browser. */
import { matches } from '../../src/query/pattern.ts'
import type { SearchEntry, SearchKind } from '../lib/search-index.ts'
import { askedWords, wordsOf } from './search-words.ts'

const KIND_ORDER: SearchKind[] = ['role', 'resource', 'permission', 'policy', 'action', 'page', 'rule']
/** A kind that a query names outright (“cluster admin role”) comes before others that fit as well. */
const NAMED_KINDS: [RegExp, SearchKind][] = [
  [/\broles?\b/i, 'role'],
  [/\bpolic(?:y|ies)\b/i, 'policy'],
  [/\bactions?\b/i, 'action'],
  [/\brules?\b/i, 'rule'],
  [/\b(?:permissions?|who|can|may|allowed)\b/i, 'permission'],
]

export interface SearchFilter {
  kind?: string
  /** `scope:project`, `provider:aws`: what an entry must be of. An entry of no scope or provider fits any. */
  facet?: string
}

/**
 * The very name, then the name in another case, then an other name, then the query's words and no others, then a prefix, the start of a word, a part of
 * a name; then all words of the query somewhere in the name, then beside it; at last most of them.
 */
export function matchEntries(entries: readonly SearchEntry[], query: string, filter: SearchFilter = {}): SearchEntry[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const score = wanted.includes('*') ? wildcard(wanted) : ranked(wanted, query)
  const hints = new Set(NAMED_KINDS.filter(([pattern]) => pattern.test(query)).map(([, kind]) => kind))
  return entries
    .flatMap((entry) => {
      if (!fits(entry, filter)) return []
      const rank = score(entry)
      return rank === null ? [] : [{ entry, rank: rank >= BY_WORDS && hints.has(entry[0]) ? rank - 0.5 : rank }]
    })
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        KIND_ORDER.indexOf(a.entry[0]) - KIND_ORDER.indexOf(b.entry[0]) ||
        a.entry[1].length - b.entry[1].length ||
        (a.entry[1] < b.entry[1] ? -1 : a.entry[1] > b.entry[1] ? 1 : 0),
    )
    .map(({ entry }) => entry)
}

function fits([kind, , , , , facets = '']: SearchEntry, filter: SearchFilter): boolean {
  if (filter.kind && filter.kind !== kind) return false
  if (!filter.facet) return true
  const family = filter.facet.slice(0, filter.facet.indexOf(':') + 1)
  const own = facets.split(' ')
  return own.includes(filter.facet) || !own.some((facet) => facet.startsWith(family))
}

type Score = (entry: SearchEntry) => number | null

function names(entry: SearchEntry): string[] {
  return [entry[1], ...(entry[4] ?? [])]
}

const parted = new WeakMap<SearchEntry, string[][]>()

/** The words of each name of an entry: every letter typed asks for them again. */
function nameWords(entry: SearchEntry): string[][] {
  let words = parted.get(entry)
  if (!words) {
    words = names(entry).map(wordsOf)
    parted.set(entry, words)
  }
  return words
}

function wildcard(wanted: string): Score {
  return (entry) => (names(entry).some((name) => matches(wanted, name.toLowerCase())) ? 0 : null)
}

/** Ranks from here on go by words; below it by the letters of the query. */
const BY_WORDS = 10
/** By how many words another name must be the shorter one to come first. */
const OTHER_NAME = 4

function ranked(wanted: string, query: string): Score {
  const { telling, full, typed } = askedWords(query)
  const exact = query.trim()
  const mayBeInitials = wanted.length > 1 && wanted.length < 5
  const wordStart = new RegExp(`(^|[^a-z0-9])${escaped(wanted)}`)
  return (entry) => {
    let best: number | null = null
    for (const [position, name] of names(entry).entries()) {
      const rank = rankOf(name.toLowerCase(), name, () => nameWords(entry)[position] as string[])
      const placed = rank === null ? null : rank * 2 + (position > 0 ? 1 : 0)
      if (placed !== null && (best === null || placed < best)) best = placed
    }
    const soft = full.length > telling.length ? 1 : 0
    return best ?? least(byWords(entry, full, typed), byWords(entry, telling, typed, soft))
  }
  function rankOf(lower: string, name: string, words: () => string[]): number | null {
    if (lower === wanted) return name === exact ? -1 : 0
    if (sameWords(words(), full) || words().join('') === wanted) return 1
    if (mayBeInitials && isInitials(wanted, words())) return 1
    if (lower.startsWith(wanted)) return 2
    if (wordStart.test(lower)) return 3
    return wanted.length > 1 && lower.includes(wanted) ? 4 : null
  }
}

function sameWords(words: readonly string[], asked: readonly string[]): boolean {
  const own = new Set(words)
  return own.size === asked.length && asked.every((word) => own.has(word))
}

/** Whether it is the first letter of every word of a name (`vm`). */
function isInitials(wanted: string, words: readonly string[]): boolean {
  return words.length === wanted.length && words.map((word) => word.charAt(0)).join('') === wanted
}

/** The fewer words of the name are left over, the better; then words beside the name; then names that lack one word. */
function byWords(
  entry: SearchEntry,
  asked: readonly string[],
  typed: ReadonlyMap<string, string>,
  penalty = 0,
): number | null {
  const all = nameWords(entry)
  const either = (word: string, has: (form: string) => boolean) => {
    if (has(word)) return true
    const other = typed.get(word)
    return other !== undefined && has(other)
  }
  const leftOver = all.flatMap((words, position) => {
    const found = asked.every((word) => either(word, (form) => isIn(form, words)))
    // The id of an action in words names the heading that it stands under as well.
    return found ? [Math.min(words.length, 9) + (position > 0 ? OTHER_NAME : 0)] : []
  })
  if (leftOver.length > 0) return BY_WORDS + penalty + Math.min(...leftOver) / 10
  const text = [entry[0], ...all.flat(), ...wordsOf(entry[3])]
  const missing = asked.filter((word) => !either(word, (form) => text.some((own) => own.startsWith(form))))
  if (missing.length === 0) return BY_WORDS + penalty + 2
  // Of three words or more one may be of no use: “import clusters into the product”.
  return asked.length >= 3 && missing.length === 1 ? BY_WORDS + penalty + 4 + Math.min(text.length, 90) / 100 : null
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

/** Whether a word begins one of a name's, stands in the name written as one (`passrole`), or is its initials (`vm`). */
function isIn(word: string, words: readonly string[]): boolean {
  if (words.some((own) => own.startsWith(word)) || words.join('').includes(word)) return true
  return (
    word.length > 1 &&
    word.length < 5 &&
    words
      .map((own) => own.charAt(0))
      .join('')
      .startsWith(word)
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
