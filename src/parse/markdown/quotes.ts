/**
 * What the reference parser takes a square of: quotes, and lines that go on with a paragraph in a quote or an item without
 * its marks (“lazy continuation lines”, https://spec.commonmark.org/0.31.2/#lazy-continuation-line). The fast parser does not.
 */
import { containersOf } from '../structure/containers.ts'
import { endOfLine, nextLine } from '../structure/lines.ts'

/** So many of either are read within about two seconds, and are far more than any page has. */
export const MOST_QUOTES = 3000
export const MOST_LAZY_LINES = 2500

/** Whether a text has more quotes, or more lines in a row that go on with one, than the reference parser is given. */
export function hasTooManyQuotes(text: string): boolean {
  if (text.length <= 2 * Math.min(MOST_QUOTES, MOST_LAZY_LINES)) return false
  let quotes = 0
  let lazy = 0
  let inQuote = false
  /** Where the paragraph's text began on its line, behind so many marks of containers; `null` outside of one. */
  let paragraph: { column: number; depth: number } | null = null
  for (let position = 0; position < text.length; ) {
    const lineEnd = endOfLine(text, position)
    const { at, depth, quoted, item } = containersOf(text, position, lineEnd)
    if (quoted && (!inQuote || item) && ++quotes > MOST_QUOTES) return true
    inQuote = quoted
    const column = at - position
    if (at >= lineEnd) paragraph = null
    else if (paragraph && column < paragraph.column && (depth === 0 || depth < paragraph.depth)) {
      if (++lazy > MOST_LAZY_LINES) return true
    } else {
      if (!paragraph || item) lazy = 0
      paragraph = { column, depth }
    }
    position = nextLine(text, lineEnd)
  }
  return false
}
