/** Terms of definition lists that are written in tags: `<dt>Captain</dt>`. */
import { squeeze } from '../../text.ts'
import type { Page } from '../page/page.ts'

/** So much of a `<dt>`, which nobody may have closed, is a term. */
const LONGEST = 200

/** Each `<dt>` of a page: its text without marks of emphasis and code, which may be empty, and the 0-based offsets of where it stands. */
export function taggedTerms({ structure }: Page): { text: string; offset: number; end: number }[] {
  const terms = structure.elements.filter(({ name }) => name.toLowerCase() === 'dt')
  return terms.map(({ start, contentStart, contentEnd }) => {
    const written = structure.masked.slice(contentStart, Math.min(contentEnd, contentStart + LONGEST))
    return { text: squeeze(written.replace(/[*`\\]/g, '')), offset: start, end: contentEnd }
  })
}
