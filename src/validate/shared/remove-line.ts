/** The repair that takes a whole line out of a page. */
import type { Fix, Span } from '../../diagnostic.ts'
import type { Page } from '../../parse/page/page.ts'
import { endOfLine, nextLine } from '../../parse/structure/lines.ts'

/**
 * Removes the one line on which a span stands, with its line end; `null` where the span goes over several lines.
 *
 * @param description an imperative without a period
 */
export function removeLine({ file, locator }: Page, span: Span, description: string): Fix | null {
  if (span.line !== span.endLine) return null
  const start = locator.startOfLine(span.line)
  const end = endOfLine(file.text, start)
  if (end < file.text.length) {
    const edit = locator.span(start, nextLine(file.text, end))
    return { description, edits: [{ ...edit, text: '' }] }
  }
  // The last line has no end of its own, so it takes that of the line above.
  let from = start
  if (file.text[from - 1] === '\n') from--
  if (file.text[from - 1] === '\r') from--
  return { description, edits: [{ ...locator.span(from, end), text: '' }] }
}
