/** Pages whose bytes are no UTF-8. */
import type { Finding } from '../../diagnostic.ts'
import { Locator, type SourceFile } from '../source.ts'

/** What stands in a text for bytes that are no UTF-8. */
const REPLACEMENT = '\uFFFD'

/** The finding for a page that is no UTF-8, at the first character that could not be read; or `null`. */
export function encodingFinding(file: SourceFile): Finding | null {
  if (file.isUtf8 !== false) return null
  const at = file.text.indexOf(REPLACEMENT)
  // A byte order mark of UTF-16; in it, every second byte of what Markdown is made of is zero.
  const isUtf16 = file.text.startsWith(REPLACEMENT.repeat(2)) && file.text.slice(2, 12).split('\0').length > 4
  const lost = isUtf16 ? 'nothing of it can be read' : `what is no UTF-8 reads as “${REPLACEMENT}”, in names as well`
  return {
    ruleId: 'invalid-encoding',
    message: `This page is ${isUtf16 ? 'UTF-16' : 'no UTF-8'}, so ${lost}. Save it as UTF-8.`,
    span: new Locator(file).span(at, at + 1),
    subject: null,
    ids: [file.path],
  }
}
