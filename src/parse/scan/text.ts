/** Finding one's way in the lines of a page that is not parsed. */
import { closeOfCodeSpan, runLength } from '../lines.ts'

const SPACE = 32
const TAB = 9
const CR = 13
const QUOTE = 62

/** Tags and comments at the beginning of a line. */
export const TAGS = /^(?:\s*(?:<!--.*?-->|\{\/\*.*?\*\/\}|<[^<>]*>))+\s*/

export function found(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}

/** Where a line's own text begins, after quotes and bullets, and whether an item begins in it. */
export function containerOf(text: string, from: number, lineEnd: number): { at: number; item: boolean } {
  let at = from
  let item = false
  for (;;) {
    const c = text.charCodeAt(at)
    if (at >= lineEnd) return { at, item }
    if (c === SPACE || c === TAB || c === QUOTE) at++
    else {
      const length = markerLength(text, at, c)
      if (length === 0) return { at, item }
      item = true
      at += length
    }
  }
}

/** The length of a list's marker at an offset, 0 for none. */
function markerLength(text: string, at: number, c: number): number {
  let end = at + 1
  if (c >= 48 && c <= 57) {
    while (end - at < 9 && isDigit(text.charCodeAt(end))) end++
    const mark = text.charCodeAt(end)
    if (mark !== 46 && mark !== 41) return 0
    end++
  } else if (c !== 45 && c !== 42 && c !== 43) return 0
  const after = text.charCodeAt(end)
  return after === SPACE || after === TAB || after === 10 || after === CR || Number.isNaN(after) ? end - at : 0
}

/** How many times a character stands at an offset. */
export function runOf(text: string, at: number, c: number): number {
  let end = at
  while (text.charCodeAt(end) === c) end++
  return end - at
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

export function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45
}

/** What may stand in a word and is no part of it: emphasis, code, escapes, invisible characters. */
export function isMarkup(c: number): boolean {
  return c === 42 || c === 95 || c === 126 || c === 96 || c === 92 || isInvisible(c)
}

export function isInvisible(c: number): boolean {
  return c === 0xad || (c >= 0x200b && c <= 0x2060) || c === 0xfeff
}

export function isTagsAlone(line: string): boolean {
  return line.replace(TAGS, '').trim() === ''
}

/** Whether a line of a fence stands further left than the fence: it ends the item or quote around it, and the fence too. */
export function leaves(content: string, indent: number): boolean {
  if (indent === 0) return false
  return content.split('\n').some((line) => /\S/.test(line) && line.search(/[^ \t>]|$/) < indent)
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
