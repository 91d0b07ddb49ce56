/** Finding one's way in the lines of a page that is not parsed. */
import { closeOfCodeSpan, runLength } from '../structure/lines.ts'

/** Tags and comments at the beginning of a line. */
export const TAGS = /^(?:\s*(?:<!--.*?-->|\{\/\*.*?\*\/\}|<[^<>]*>))+\s*/

/** Where something stands in a text, asked from its beginning to its end: each occurrence is looked for once. */
export class Occurrences {
  readonly #text: string
  readonly #what: string
  #next = -1

  constructor(text: string, what: string) {
    this.#text = text
    this.#what = what
  }

  /** The first offset from `position` on, which is none before that of the last call; infinite where there is none. */
  from(position: number): number {
    if (this.#next < position) {
      const at = this.#text.indexOf(this.#what, position)
      this.#next = at === -1 ? Number.POSITIVE_INFINITY : at
    }
    return this.#next
  }
}

/** How many times a character stands at an offset. */
export function runOf(text: string, at: number, c: number): number {
  let end = at
  while (text.charCodeAt(end) === c) end++
  return end - at
}

/** Whether a UTF-16 code unit is part of an ASCII word: a letter, a digit, `_` or `-`. */
export function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45
}

/** What may stand in a word and is no part of it: emphasis, code, escapes, invisible characters. */
export function isMarkup(c: number): boolean {
  return c === 42 || c === 95 || c === 126 || c === 96 || c === 92 || isInvisible(c)
}

/** Whether a UTF-16 code unit is one that nobody sees: a soft hyphen, a zero-width character, a byte order mark. */
export function isInvisible(c: number): boolean {
  return c === 0xad || (c >= 0x200b && c <= 0x2060) || c === 0xfeff
}

/** Whether a line holds tags and comments and no words, or nothing at all. */
export function isTagsAlone(line: string): boolean {
  return line.replace(TAGS, '').trim() === ''
}

/** Whether a line of a fence stands further left than the fence: it ends the item or quote around it, and the fence too. */
export function leaves(content: string, indent: number): boolean {
  if (indent === 0) return false
  return content.split('\n').some((line) => /\S/.test(line) && line.search(/[^ \t>]|$/) < indent)
}

/** The lines of a fence that stands so far in an item or a quote, as they are in it. */
export function unindented(content: string, indent: number): string {
  return indent === 0 ? content : content.replace(/^[ \t>]+/gm, (before) => before.slice(indent))
}

/** Whether a code span goes on from before an offset to behind it: what looks like a fence there is none. */
export function codeReaches(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const c = text.charCodeAt(at)
    if (c === 96) {
      const length = runLength(text, at)
      const close = closeOfCodeSpan(text, at + length, length)
      at = close === -1 ? at + length : close
    } else at += c === 92 ? 2 : 1
    if (at > to) return true
  }
  return false
}

/** Whether a paragraph stands right above a line: a table's header goes on with it. */
export function isTextAbove(text: string, paragraph: number, position: number): boolean {
  return position > paragraph && text.slice(paragraph, position).trim() !== ''
}

/** A heading or label without its marks and its anchor. */
export function cleanedName(name: string): string {
  if (!/[{}<>[\]()*_~`\\"'#\u200B-\uFEFF]/.test(name)) return name.trim()
  return name
    .replace(/\{[^{}]*\}\s*$/, '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\]\([^()]*\)/g, '')
    .replace(/[*_~`[\]\\"'#\u200B-\u200D\u2060\uFEFF]/g, '')
    .trim()
}

/** A copy of a part of a text: V8 keeps the whole in memory for as long as a part of it that was sliced. */
export function copied(part: string): string {
  return JSON.parse(JSON.stringify(part))
}
