/** What MDX itself says of a page. The page is parsed and never evaluated: its JavaScript goes through acorn alone. */
import type { Related, Span } from '../../diagnostic.ts'
import { reference } from '../../parse/markdown/markdown.ts'
import { hasTooManyQuotes } from '../../parse/markdown/quotes.ts'
import type { Page } from '../../parse/page/page.ts'
import { placeOf } from '../../parse/source.ts'

/** Longer pages are not parsed (UTF-16 code units): MDX's parser takes several times as long as ours. */
const LONGEST = 1_000_000

export interface MdxError {
  message: string
  span: Span
  related?: Related[]
}

/** A part of what unified's messages hold: https://github.com/vfile/vfile-message. */
interface ParserMessage {
  reason: string
  line?: number
  column?: number
  ruleId?: string
  cause?: unknown
}

/** The first error that strict MDX finds in a page; `null` where it finds none. */
export function mdxError(page: Page): MdxError | null {
  const { text } = page.file
  const start = page.locator.span(0, 0)
  if (text.length > LONGEST) {
    const message = `This page has ${text.length} characters, and more than ${LONGEST} are not checked against MDX. Part the page.`
    return { message, span: start }
  }
  if (hasTooManyQuotes(text)) {
    const message =
      'This page has thousands of quotes, or of lines that go on with one, and is not checked against MDX. Part it.'
    return { message, span: start }
  }
  // Front matter is no MDX; whoever reads the page takes it off first. Blank, it leaves every place as it is.
  const { end } = page.frontMatter
  const blank = text.slice(0, end).replace(/[^\r\n]/g, ' ')
  try {
    reference().mdx.parse(blank + text.slice(end))
    return null
  } catch (error) {
    if (isParserMessage(error)) return explain(error, page)
    const why = error instanceof Error ? error.message : String(error)
    return { message: `MDX's parser gives up on this page (${why}), so it can't be shown. Simplify it.`, span: start }
  }
}

function isParserMessage(error: unknown): error is ParserMessage {
  return typeof error === 'object' && error !== null && 'reason' in error && typeof error.reason === 'string'
}

/** A place that a message of the JSX parser names beside its own: `(3:1-3:9)`. */
const OTHER_PLACE = / \((\d{1,9}):(\d{1,9})-(\d{1,9}):(\d{1,9})\)/

function explain({ reason, line = 1, column = 1, ruleId = '', cause }: ParserMessage, page: Page): MdxError {
  const { locator } = page
  const { text } = page.file
  const spanOf = (fromLine: number, fromColumn: number, toLine?: number, toColumn?: number): Span => {
    const from = Math.min(locator.offsetOf({ line: fromLine, column: fromColumn }), text.length)
    const to = toLine && toColumn ? locator.offsetOf({ line: toLine, column: toColumn }) : from + 1
    return locator.span(from, Math.min(to, text.length))
  }
  const other = OTHER_PLACE.exec(reason)
  const opening = other ? spanOf(Number(other[1]), Number(other[2]), Number(other[3]), Number(other[4])) : null
  const unclosed = reason.startsWith('Expected a closing tag')
  const said = reason.replace(OTHER_PLACE, '').replace(/ \(note: (?:(?! \(note: ).)*\)$/, '')
  const why = cause instanceof Error ? ` (${cause.message.replace(/ \(\d+:\d+\)$/, '')})` : ''
  const message = `MDX can't read this page: ${lowerFirst(said)}${why}. ${adviceFor(reason, ruleId)}`
  // A tag that is never closed is corrected where it opens; the parser stands at the end of what holds it.
  const span = unclosed && opening ? opening : spanOf(line, column)
  const related = !unclosed && opening ? [{ ...placeOf(opening), note: 'the tag that is open here' }] : []
  return related.length > 0 ? { message, span, related } : { message, span }
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

function adviceFor(reason: string, ruleId: string): string {
  if (reason.includes('`!`')) return 'Write a comment as `{/* … */}`.'
  if (reason.includes('create a link')) return 'Write a link as `[text](address)`.'
  if (reason.includes('import/exports')) return 'Leave a blank line between imports and text.'
  if (ruleId === 'acorn')
    return 'Braces hold JavaScript: write `\\{` where a brace is meant, and a heading’s id as `{/* #id */}`.'
  if (reason.startsWith('Expected a closing tag')) return 'Close the tag, or write `\\<` where it is meant as text.'
  if (ruleId === 'end-tag-mismatch') return 'Close tags in the order in which they were opened, the last one first.'
  if (reason.includes('closing slash')) return 'Open the tag first, or remove this one.'
  if (reason.includes('attribute value')) return 'Write the value in quotes.'
  if (ruleId === 'unexpected-eof')
    return 'Close the brace or the tag, or write `\\{` or `\\<` where it is meant as text.'
  return 'Write `\\<` or `\\{` where the sign is meant as text.'
}
