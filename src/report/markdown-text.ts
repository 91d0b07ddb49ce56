/** Text of documents made safe inside a Markdown page that a forge shows: a comment, a summary. */
import type { Diagnostic } from '../diagnostic.ts'
import { greatest } from '../lists.ts'
import type { Report } from './formatter.ts'
import { printable } from './printable.ts'
import { isAbsolute, lastLine } from './selection.ts'

/** A zero-width space as an entity: it parts a sign from what would make a mention or a reference of it. */
const BREAK = '&#8203;'

/**
 * Signs of markup (an underscore inside of a word is none), mentions, references to issues and merge requests, and what
 * begins an address that a forge would make a link of.
 */
const ACTIVE = /[&<>|`*[\]~\\$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|@|[#!](?=\d)|GH-(?=\d)|:(?=\/\/)|www\./giu

/**
 * Text that reads as it is and does nothing, on one line: no markup, no HTML, no cell's end, no link, no mention that
 * pings and no reference to an issue.
 */
export function inertText(text: string): string {
  return printable(text).replace(ACTIVE, (sign) =>
    // Parsers look for addresses in text whose entities are decoded, so an entity alone would not part them.
    /^(?:[@#!:]|GH-|www\.)$/i.test(sign) ? sign + BREAK : `&#${sign.charCodeAt(0)};`,
  )
}

/** A message: as inert as other text, with what stands between backticks as code. Longer than `limit`: cut. */
export function inertMessage(text: string, limit = 1000): string {
  return clipped(text, limit)
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? `<code>${inertText(part)}</code>` : inertText(part)))
    .join('')
}

/** At most `limit` code units, the last an ellipsis where something was cut; no character is cut in two. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = limit - 1
  const isHalf = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800
  return `${text.slice(0, isHalf ? end - 1 : end)}…`
}

/** Rows as a fenced block that no row can end. */
export function fenced(rows: readonly string[]): string {
  const longest = greatest(rows.flatMap((row) => [...row.matchAll(/`+/g)].map(([run]) => run.length)))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return [`${fence}text`, ...rows.map((row) => printable(row)), fence].join('\n')
}

/** The rule's id, as a link where its page has an absolute address. */
export function ruleCell({ ruleId, url }: Diagnostic): string {
  const id = inertText(ruleId)
  return isAbsolute(url) ? `[${id}](${destination(url)})` : `<code>${id}</code>`
}

/** `12:4` or what `label` says, as a link to the line where the report knows an address of its files. */
export function placeCell(diagnostic: Diagnostic, { sourceUrl }: Report, label: string): string {
  const { path, line } = diagnostic
  const last = lastLine(diagnostic)
  if (sourceUrl === undefined) return inertText(label)
  const lines = last > line ? `#L${line}-L${last}` : `#L${line}`
  return `[${inertText(label)}](${destination(sourceUrl + encodedPath(path) + lines)})`
}

/** A path as part of a URI: each segment percent-encoded. */
export function encodedPath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
}

/** A URL as the target of a link: nothing in it can end the link. */
export function destination(url: string): string {
  return printable(url).replace(/[()<>[\]|`\\\s@]/g, (c) =>
    encodeURIComponent(c).replace('(', '%28').replace(')', '%29'),
  )
}
