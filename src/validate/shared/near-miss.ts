/** Whether a word is a slip of another one. Stricter than `nearest`, which only suggests: here a finding hangs on it. */
import { distance } from 'fastest-levenshtein'
import { compareText } from '../../diagnostic.ts'
import { letterSet, mayBeWithin } from '../../text.ts'

/**
 * The candidate that `word` is a slip of: one letter wrong, missing, too many, or two neighbours swapped; two such slips
 * where both words have eight letters or more. `null` where there is none. Words of three letters and less are too near
 * to each other (`git`, `get`): of them, only swapped letters count. A word with something before it (`recreate`) is
 * another word, and letters that differ in case do not count.
 */
export function nearMiss(word: string, candidates: Iterable<string>): string | null {
  return slipFinder(candidates)(word)
}

/** `nearMiss` for many words with the same candidates, which are looked at once. */
export function slipFinder(candidates: Iterable<string>): (word: string) => string | null {
  const known = Array.from(candidates, (candidate) => {
    const other = candidate.toLowerCase()
    return { candidate, other, letters: letterSet(other) }
  })
  return (word) => {
    const lower = word.toLowerCase()
    const letters = letterSet(lower)
    let best: string | null = null
    let bestSlips = 3
    for (const { candidate, other, letters: others } of known) {
      if (Math.abs(other.length - lower.length) > 2 || !mayBeWithin(2, letters, others) || lower === other) continue
      if (lower.length - other.length === 2 && lower.endsWith(other)) continue
      const slips = slipsBetween(lower, other)
      if (slips > allowed(lower, other)) continue
      // Of two as near, the first in code-unit order, whatever order they come in.
      if (slips < bestSlips || (slips === bestSlips && best !== null && compareText(candidate, best) < 0)) {
        best = candidate
        bestSlips = slips
      }
    }
    return best
  }
}

function allowed(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  if (shorter <= 3) return isSwap(a, b) ? 1 : 0
  return shorter >= 8 ? 2 : 1
}

function slipsBetween(a: string, b: string): number {
  return isSwap(a, b) ? 1 : distance(a, b)
}

/** Whether two neighbouring letters changed places and nothing else differs. */
export function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return i + 1 < a.length && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
}
