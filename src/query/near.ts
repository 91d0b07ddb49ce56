/** “Did you mean”, without a library: `query/` depends on nothing. */
import { byText } from './facts.ts'

/** Longer texts are no slip of the fingers, and would take long to compare. */
const LONGEST = 100

/**
 * The candidate that was most likely meant, or `null` where none is near: one that differs in case alone, else the one
 * at the smallest edit distance (at most a third of the length, but two letters of a word of four or more), else the
 * shortest that the text is a part of. Of equal ones the first in code-unit order.
 */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.trim().toLowerCase()
  if (wanted === '' || wanted.length > LONGEST) return null
  const sorted = [...new Set(candidates)].sort(byText)
  const sameLetters = sorted.find((candidate) => candidate.toLowerCase() === wanted)
  if (sameLetters !== undefined) return sameLetters
  let best: string | null = null
  let bestDistance = Math.max(wanted.length < 4 ? 1 : 2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of sorted) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance || candidate.length > LONGEST) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  if (best !== null || wanted.length < 3) return best
  const parts = sorted.filter((candidate) => candidate.toLowerCase().includes(wanted))
  return parts.reduce<string | null>((least, next) => (least && least.length <= next.length ? least : next), null)
}

/** Levenshtein's distance, in one row. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] as number) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1)
      next.push(Math.min(substituted, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
