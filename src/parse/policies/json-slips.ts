/**
 * What people write into JSON for other people: gaps, placeholders, a template's tags, quotes of a word processor. Each would be
 * several errors to a parser, most of them about what stands behind it; here it is one, and what stands around it is read.
 */
import { createScanner } from 'jsonc-parser'

/** The scanner's kinds of token; its enum is not there at run time. */
const CLOSING: readonly number[] = [2, 4]
const COMMA = 5
const TRIVIA: readonly number[] = [12, 13, 14, 15]
const UNKNOWN = 16
const END_OF_TEXT = 17

/** Something that is no JSON, with its offsets in the text. */
interface Slip {
  message: string
  start: number
  end: number
}

interface Token {
  token: number
  start: number
  end: number
  gap: boolean
}

/** What a look at a text must find for it to hold a slip. */
const SIGN = /\.{3}|…|<[A-Za-z]|[“”]|\{%/
const GAP = /^(?:\.{3,}|…)$/
const PLACEHOLDER = /^<[A-Za-z][\w.-]*>$/
/** A tag of a template on a line of its own. */
const TAG = /^[ \t]*(\{%[^%\n]{0,200}%\})[ \t\r]*$/gm
/** Longer than any text in quotes. */
const LONGEST = 1000

/** A text of the same length in which what is no JSON is blank, a number or a string, and what that was. */
export function withoutSlips(source: string): { text: string; slips: Slip[] } {
  const slips: Slip[] = []
  if (!SIGN.test(source)) return { text: source, slips }
  const tags = [...source.matchAll(TAG)].map(({ 0: line, 1: tag = '', index }) => {
    const start = index + line.indexOf(tag)
    return { start, end: start + tag.length, text: ' '.repeat(tag.length) }
  })
  for (const { start, end } of tags)
    slips.push({ message: `\`${source.slice(start, end)}\` is a template's`, start, end })
  const scanned = replaced(source, tags)
  const mends: Replacement[] = []
  const scanner = createScanner(scanned, false)
  let before: Token = { token: 0, start: 0, end: 0, gap: false }
  // A comma before a gap goes with it where the list ends behind it.
  let comma: Token | null = null
  let curly = false
  for (let token: number = scanner.scan(); token !== END_OF_TEXT; token = scanner.scan()) {
    if (TRIVIA.includes(token)) continue
    const start = scanner.getTokenOffset()
    let end = start + scanner.getTokenLength()
    const text = scanned.slice(start, end)
    const gap = token === UNKNOWN && GAP.test(text)
    if (gap) {
      slips.push({ message: `\`${text}\` leaves a part of it out`, start, end })
      mends.push({ start, end, text: ' '.repeat(end - start) })
      comma = before.token === COMMA ? before : comma
    } else if (before.gap) {
      if (token === COMMA) mends.push({ start, end, text: ' ' })
      else if (CLOSING.includes(token) && comma) mends.push({ start: comma.start, end: comma.end, text: ' ' })
      comma = null
    }
    if (token === UNKNOWN && PLACEHOLDER.test(text)) {
      slips.push({ message: `\`${text}\` must stand in quotes`, start, end })
      mends.push({ start, end, text: '0'.padEnd(end - start) })
    }
    if (token === UNKNOWN && /^[“”]/.test(text)) {
      const close = start + 1 + scanned.slice(start + 1, start + LONGEST).search(/[“”\n]/)
      if (close > start && scanned[close] !== '\n') {
        end = close + 1
        // Who has some has many.
        if (!curly) slips.push({ message: 'quotes must be straight, here and in what follows', start, end })
        curly = true
        mends.push({ start, end: start + 1, text: '"' }, { start: close, end, text: '"' })
        scanner.setPosition(end)
      }
    }
    before = { token, start, end, gap }
  }
  return { text: replaced(scanned, mends), slips: slips.sort((a, b) => a.start - b.start) }
}

interface Replacement {
  start: number
  end: number
  text: string
}

function replaced(source: string, replacements: readonly Replacement[]): string {
  let from = 0
  const parts = replacements
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, text }) => {
      const part = source.slice(from, start) + text
      from = end
      return part
    })
  return parts.join('') + source.slice(from)
}
