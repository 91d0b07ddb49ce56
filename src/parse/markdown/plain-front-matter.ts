/** Front matter that is plain: YAML that can't be wrong, read without a YAML parser. */

export interface PlainFrontMatter {
  /** 0-based offset at which the body begins. */
  end: number
  /** Top-level keys with scalar values, as they are written, without quotes. */
  values: ReadonlyMap<string, string>
  /** 0-based offsets of the line of each top-level key, without blanks at its end. */
  places: ReadonlyMap<string, { start: number; end: number }>
}

export const BYTE_ORDER_MARK = 0xfeff

const NONE: PlainFrontMatter = { end: 0, values: new Map(), places: new Map() }

const KEY = /^([A-Za-z_][\w-]*):(?: +(.*))?$/
/** Words and numbers, a quoted text without escapes, a flow list of such: nothing that YAML reads otherwise. */
const WORD = String.raw`[A-Za-z0-9_./][^:#"'\\{}[\],&*!|>%@\x60]*`
const QUOTED = String.raw`"[^"\\]*"|'[^']*'`
/** With the blanks behind it, which a word holds already. */
const ENTRY = `(?:${WORD}|(?:${QUOTED}) *)`
const PLAIN = new RegExp(String.raw`^(?:${WORD}|${QUOTED}|\[ *(?:${ENTRY}(?:, *${ENTRY})*)?\])?$`)
const ITEM = new RegExp(`^( *)- +(?:${WORD}|${QUOTED})$`)
/** The closing line is looked for this far. */
const LIMIT = 8192

/** Reads plain front matter; `null` where it is anything else, and a YAML parser must say whether it is valid. */
export function plainFrontMatter(text: string): PlainFrontMatter | null {
  const opening = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0
  if (!text.startsWith('---', opening)) return NONE
  // All of its lines end alike, in LF or in CRLF: else one of them is no plain line.
  const lineBreak = text.startsWith('\n', opening + 3) ? '\n' : '\r\n'
  if (!text.startsWith(lineBreak, opening + 3)) return null
  const close = text.indexOf(`\n---${lineBreak}`, opening + 3)
  if (close === -1 || close > LIMIT) return null
  const values = new Map<string, string>()
  const places = new Map<string, { start: number; end: number }>()
  /** Whether a key waits for its items, and how far the first of them is indented. */
  let open = false
  let indent: string | null = null
  for (let start = opening + 3 + lineBreak.length, next = start; start <= close; start = next) {
    let end = text.indexOf(lineBreak, start)
    next = end + lineBreak.length
    if (end === start) continue
    while (isBlank(text.charCodeAt(end - 1))) end--
    const line = text.slice(start, end)
    if (line.trimEnd() !== line || /[\r\n]/.test(line)) return null
    const match = KEY.exec(line)
    if (!match) {
      const item = open ? ITEM.exec(line) : null
      indent ??= item?.[1] ?? null
      if (item && item[1] === indent) continue
      return null
    }
    const [, key = '', value = ''] = match
    // `null` is no text, neither as a key nor as a value.
    if (places.has(key) || isNull(key) || !PLAIN.test(value)) return null
    open = value === ''
    indent = null
    places.set(key, { start, end })
    if (open || value.startsWith('[') || isNull(value)) continue
    values.set(key, /^["']/.test(value) ? value.slice(1, -1) : value)
  }
  return { end: close + 4, values, places }
}

/** What YAML takes for blank, and not what JavaScript does. */
function isBlank(c: number): boolean {
  return c === 32 || c === 9
}

function isNull(word: string): boolean {
  return word.length === 4 && /^(?:null|Null|NULL)$/.test(word)
}
