/** One JSX or HTML tag, read as leniently as a person would: `<br / >`, `<Tabs.TabPane tab="x">`, `<Icon name={'check'} />`. */
import type { Attribute } from './element.ts'

export interface Tag {
  kind: 'open' | 'close' | 'void'
  name: string
  attributes: ReadonlyMap<string, Attribute>
  /** Attributes whose values are computed, with what stands between the braces. */
  expressions: ReadonlyMap<string, string>
  start: number
  /** Offset after the `>`. */
  end: number
}

/** HTML elements that have no content: they hold nothing and are not closed. */
export const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
])
/** Elements that leave a line blank where they stand alone on it. */
export const SPACERS = new Set(['br', 'hr', 'p'])
/** Elements that begin a line of their own in a cell. */
export const BREAKING = new Set(['br', 'li', 'ul', 'ol', 'p'])

const NAME = /[A-Za-z][\w.-]*/y
const ATTRIBUTE_NAME = /[A-Za-z_:][\w:.-]*/y
/** No tag of a real page is longer; what is longer is text. Keeps a text full of unclosed `<a` linear. */
export const LONGEST = 8192
/** Braces inside of each other, in an attribute. */
const DEEPEST = 32

/** Reads the tag that begins at `start` (an offset of `<`), or returns `null` where there is none. */
export function scanTag(text: string, start: number): Tag | null {
  const limit = Math.min(text.length, start + LONGEST)
  let position = start + 1
  const closing = text[position] === '/'
  if (closing) position++
  NAME.lastIndex = position
  const name = NAME.exec(text)?.[0]
  if (name === undefined) return null
  position += name.length
  const attributes = new Map<string, Attribute>()
  const expressions = new Map<string, string>()
  for (;;) {
    position = skipSpace(text, position, limit)
    if (position === -1) return null
    const c = text[position]
    if (c === '>') return { kind: closing ? 'close' : 'open', name, attributes, expressions, start, end: position + 1 }
    if (c === '/') {
      const after = skipSpace(text, position + 1, limit)
      if (after === -1 || text[after] !== '>') return null
      return { kind: closing ? 'close' : 'void', name, attributes, expressions, start, end: after + 1 }
    }
    if (c === '{') {
      // A spread or a comment inside the tag: skipped, it holds nothing literal.
      const end = endOfBraces(text, position, limit)
      if (end === -1) return null
      position = end
      continue
    }
    ATTRIBUTE_NAME.lastIndex = position
    const key = ATTRIBUTE_NAME.exec(text)?.[0]
    if (key === undefined) return null
    position += key.length
    const afterKey = skipSpace(text, position, limit)
    if (afterKey === -1) return null
    if (text[afterKey] !== '=') {
      attributes.set(key, { value: '', start: position, end: position })
      continue
    }
    const valueStart = skipSpace(text, afterKey + 1, limit)
    if (valueStart === -1) return null
    const value = scanValue(text, valueStart, limit)
    if (value === null) return null
    if (value.literal !== null) attributes.set(key, value.literal)
    else expressions.set(key, text.slice(valueStart + 1, value.end - 1))
    position = value.end
  }
}

function scanValue(text: string, start: number, limit: number): { literal: Attribute | null; end: number } | null {
  const c = text[start]
  if (c === '"' || c === "'") {
    const close = indexBefore(text, c, start + 1, limit)
    if (close === -1) return null
    const value = text.slice(start + 1, close)
    if (/\n[ \t\r]*\n/.test(value)) return null
    return { literal: { value, start: start + 1, end: close }, end: close + 1 }
  }
  if (c === '{') {
    const end = endOfBraces(text, start, limit)
    if (end === -1) return null
    const inner = text.slice(start + 1, end - 1)
    // A prop of the partial that the tag stands in: kept as text, filled in when the partial is read.
    const prop = /^\s*(props\.[A-Za-z_$][\w$]*)\s*$/.exec(inner)
    if (prop) return { literal: { value: `{${prop[1]}}`, start: start + 1, end: end - 1 }, end }
    const template = /^\s*`((?:[^`$\\{}]|\$\{\s*props\.[A-Za-z_$][\w$]*\s*\})*)`\s*$/.exec(inner)
    if (template?.[1]?.includes('${')) {
      return { literal: { value: template[1].replaceAll('${', '{'), start: start + 1, end: end - 1 }, end }
    }
    const literal = /^\s*(["'`])([^"'`$\\]*)\1\s*$/.exec(inner)
    if (!literal) return { literal: null, end }
    const offset = start + 1 + inner.indexOf(literal[1] as string) + 1
    const value = literal[2] as string
    return { literal: { value, start: offset, end: offset + value.length }, end }
  }
  let end = start
  while (end < limit && !/[\s"'=<>`]/.test(text[end] as string) && !text.startsWith('/>', end)) end++
  if (end === start) return null
  return { literal: { value: text.slice(start, end), start, end }, end }
}

/** The offset after the `}` that closes the `{` at `start`, strings passed over; -1 where there is none. */
function endOfBraces(text: string, start: number, limit: number): number {
  let depth = 0
  for (let i = start; i < limit; i++) {
    const c = text[i]
    if (c === '{') {
      if (++depth > DEEPEST) return -1
    } else if (c === '}') {
      if (--depth === 0) return i + 1
    } else if (c === '"' || c === "'" || c === '`') {
      const close = indexBefore(text, c, i + 1, limit)
      if (close === -1) return -1
      i = close
    }
  }
  return -1
}

/** The offset of a character before the limit, or -1: a search beyond it would be made anew from every tag. */
function indexBefore(text: string, c: string, from: number, limit: number): number {
  for (let i = from; i < limit; i++) if (text[i] === c) return i
  return -1
}

/** The offset of the next character that is no space; -1 at the limit, at a blank line, or at another `<`. */
function skipSpace(text: string, start: number, limit: number): number {
  let newline = false
  for (let i = start; i < limit; i++) {
    const c = text[i]
    if (c === '\n') {
      if (newline) return -1
      newline = true
    } else if (c !== ' ' && c !== '\t' && c !== '\r') return c === '<' ? -1 : i
  }
  return -1
}
