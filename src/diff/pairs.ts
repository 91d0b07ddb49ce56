/** Which thing of the older dataset is which of the newer one. */
import { distance } from 'fastest-levenshtein'
import { compareText } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import { squeeze } from '../text.ts'

export interface Pair<T> {
  before: T
  after: T
  /** `null` where both have the same id; else from 0 to 1, how much of what it holds stayed. */
  similarity: number | null
}

export interface Paired<T> {
  /** In order of the newer id. */
  both: Pair<T>[]
  added: T[]
  removed: T[]
}

/** How sure it is that two things with different ids are one, and how alike their contents are; `null` for not at all. */
export type Likeness<T> = (before: T, after: T) => { score: number; similarity: number } | null

/**
 * Pairs things by id, and what is left by likeness, the most alike first. Ties are broken by the two ids without regard to
 * which is the older one, so that the same pairs come out backwards.
 */
export function pairs<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
  likeness: Likeness<T>,
): Paired<T> {
  const olds = byId(before)
  const news = byId(after)
  const both: Pair<T>[] = []
  const surplus: { added: T[]; removed: T[] } = { added: [], removed: [] }
  for (const [id, own] of news) {
    const old = olds.get(id)
    if (!old) continue
    const matched = oneToOne(old, own)
    addAll(both, matched.both)
    addAll(surplus.added, matched.added)
    addAll(surplus.removed, matched.removed)
  }
  const gone = [...olds].flatMap(([id, things]) => (news.has(id) ? [] : things))
  const fresh = [...news].flatMap(([id, things]) => (olds.has(id) ? [] : things))
  const candidates = gone.flatMap((old) =>
    fresh.flatMap((thing) => {
      const like = likeness(old, thing)
      return like ? [{ before: old, after: thing, ...like, key: [old.id, thing.id].sort(compareText).join('\0') }] : []
    }),
  )
  const taken = new Set<T>()
  for (const found of candidates.sort((a, b) => b.score - a.score || compareText(a.key, b.key))) {
    if (taken.has(found.before) || taken.has(found.after)) continue
    taken.add(found.before).add(found.after)
    both.push({ before: found.before, after: found.after, similarity: found.similarity })
  }
  return {
    both: both.sort((a, b) => compareText(a.after.id, b.after.id)),
    added: [...fresh.filter((thing) => !taken.has(thing)), ...surplus.added],
    removed: [...gone.filter((thing) => !taken.has(thing)), ...surplus.removed],
  }
}

/** Things by id, in its order; several of one id in order of what they say, wherever on the page they stand. */
function byId<T extends { id: string }>(things: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const thing of things) {
    const others = map.get(thing.id)
    if (others) others.push(thing)
    else map.set(thing.id, [thing])
  }
  for (const list of map.values()) if (list.length > 1) list.sort((a, b) => compareText(content(a), content(b)))
  return new Map([...map].sort(([a], [b]) => compareText(a, b)))
}

/** Things of one id: those that say the same are one, then each is the next of the other side. */
function oneToOne<T>(olds: readonly T[], news: readonly T[]): Paired<T> {
  if (olds.length === 1 && news.length === 1)
    return { both: [{ before: olds[0] as T, after: news[0] as T, similarity: null }], added: [], removed: [] }
  const left = [...olds]
  const changed = news.filter((own) => {
    const at = left.findIndex((old) => content(old) === content(own))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const both = changed.slice(0, left.length).map((after, i) => ({ before: left[i] as T, after, similarity: null }))
  return { both, added: changed.slice(both.length), removed: left.slice(both.length) }
}

/** What a thing says, as text, without the places that it says it in. */
function content(thing: unknown): string {
  return JSON.stringify(thing, (key, value) => (key === 'source' || key === 'usedBy' ? null : value))
}

/** The part of two sets together that is in both, from 0 to 1; `null` where both are empty, which says nothing. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number | null {
  if (a.size === 0 && b.size === 0) return null
  let common = 0
  for (const item of a) if (b.has(item)) common++
  return common / (a.size + b.size - common)
}

/** How alike two names are, from 0 to 1: by their words, or by their letters where that is more. */
export function nameLikeness(a: string, b: string): number {
  const [x, y] = [squeeze(a).toLowerCase(), squeeze(b).toLowerCase()]
  if (x === y) return 1
  const [own, other] = [words(x), words(y)]
  const common = [...own].filter((word) => other.has(word)).length
  const byWords = own.size + other.size === 0 ? 0 : (2 * common) / (own.size + other.size)
  const longest = Math.max(x.length, y.length)
  return Math.max(byWords, longest > LONGEST_NAME ? 0 : 1 - distance(x, y) / longest)
}

/** Longer names are prose, and distance takes time by the square of their length. */
const LONGEST_NAME = 200

function words(text: string): Set<string> {
  return new Set(text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))
}
