/** Texts of the data as Markdown that means these texts, in MDX as well: nothing of them is markup, nothing is run. */
import { greatest } from '../lists.ts'

/**
 * Escapes a text for one line of Markdown or MDX. White space and control characters become single spaces; a backslash
 * stands before what could begin markup, an expression (`{`) or a tag (`<`), and before a pipe, which would end a cell.
 */
export function escapeText(text: string): string {
  return plain(text).replace(
    /[\\`*[\]<>{}|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)|^[#=+-](?=\s|$)|!(?=\[)/gu,
    '\\$&',
  )
}

/** A text in code: in as many backticks as it needs. Pipes are escaped where it stands in a table's cell. */
export function codeSpan(text: string, inTable: boolean): string {
  const content = plain(text)
  const longest = greatest([...content.matchAll(/`+/g)].map(([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  const room = /^`|`$/.test(content) ? ' ' : ''
  const span = `${marks}${room}${content}${room}${marks}`
  return inTable ? span.replaceAll('|', '\\|') : span
}

/** A line of backticks that no line of a text closes. */
export function fenceFor(text: string): string {
  const runs = [...text.matchAll(/^[^\S\r\n\u2028\u2029]*(`{3,})/gm)].map(([, run]) => (run as string).length)
  const longest = greatest(runs, 2)
  return '`'.repeat(longest + 1)
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  return text.replace(/[\u0000-\u0020\u007F-\u00A0\u2028\u2029]+/g, ' ').trim()
}

/** How a name is dressed: `**cluster**`, `` `cluster` ``, or plain. */
export type Dress = '' | '*' | '**' | '_' | '__' | '`'

/** How the source of a name dresses it; plain where only a part of it is dressed. */
export function dressOf(source: string): Dress {
  return (/^(\*\*|__|\*|_|`)(?=\S).*\S?\1$/.exec(source)?.[1] ?? '') as Dress
}

/** A name in a dress, with what Markdown would take for marks escaped. */
export function dressed(text: string, dress: Dress, inTable = false): string {
  if (dress === '`') return codeSpan(text, inTable)
  return `${dress}${escapeText(text)}${dress}`
}
