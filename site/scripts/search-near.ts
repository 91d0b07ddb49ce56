/** What a query with a slip of the fingers was meant to be: “cluser”, “delete clutser”. */
import type { SearchEntry } from '../lib/search-index.ts'
import { askedWords, wordsOf } from './search-words.ts'

/** Shorter words are too near to others, longer ones are no slip. */
const SHORTEST = 4
const LONGEST = 40
/** A word of this length may have two slips. */
const LONG = 8

/**
 * The query with each word that begins no word of a name replaced by the nearest that does; `null` where one has none
 * near, or where nothing was to be replaced. Of words equally near, the one that most names have.
 */
export function mended(entries: readonly SearchEntry[], query: string): string | null {
  const known = new Map<string, number>()
  for (const [, name, , , also = []] of entries)
    for (const word of new Set([name, ...also].flatMap(wordsOf))) known.set(word, (known.get(word) ?? 0) + 1)
  const { full, typed } = askedWords(query)
  const asked = full.map((word) => typed.get(word) ?? word)
  const verbs = new Set(typed.values())
  const words = asked.map((word) => (verbs.has(word) || isKnown(word, known) ? word : near(word, known)))
  const isWhole = words.every((word) => word !== null)
  return isWhole && words.some((word, i) => word !== asked[i]) ? words.join(' ') : null
}

function isKnown(word: string, known: ReadonlyMap<string, number>): boolean {
  return [...known.keys()].some((own) => own.includes(word))
}

function near(word: string, known: ReadonlyMap<string, number>): string | null {
  if (word.length < SHORTEST || word.length > LONGEST) return null
  const most = word.length < LONG ? 1 : 2
  let best: { own: string; slips: number; uses: number } | null = null
  for (const [own, uses] of known) {
    if (Math.abs(own.length - word.length) > most) continue
    const slips = slipsBetween(word, own)
    if (slips > most) continue
    if (
      best === null ||
      slips < best.slips ||
      (slips === best.slips && (uses > best.uses || (uses === best.uses && own < best.own)))
    )
      best = { own, slips, uses }
  }
  return best?.own ?? null
}

/** Letters left out, put in, mistaken, or two in the wrong order: how many such slips part two words. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((row[j - 1] as number) + (same ? 0 : 1), (row[j] as number) + 1, (next[j - 1] as number) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length] as number
}
