/** Patterns with `*` and `?`, as policies write them. */
import { patternCovers } from '../../query/wildcard.ts'

/** Whether a pattern covers a text, case aside; `*` stands for any characters, `?` for one. */
export function covers(pattern: string, text: string): boolean {
  return patternCovers(pattern.toLowerCase(), text.toLowerCase())
}

/** Whether a text stands for several actions. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text)
}
