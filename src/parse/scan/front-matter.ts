/** Front matter that is plain: YAML that can't be wrong, read without a YAML parser. */

export interface PlainFrontMatter {
  /** 0-based offset at which the body begins. */
  end: number
  keys: ReadonlySet<string>
  title: string
}

const NONE: PlainFrontMatter = { end: 0, keys: new Set(), title: '' }

const KEY = /^([A-Za-z_][\w-]*):(?: +(.*))?$/
/** Words and numbers, a quoted text without escapes, a flow list of such: nothing that YAML reads otherwise. */
const WORD = String.raw`[A-Za-z0-9_./][^:#"'\\{}[\],&*!|>%@\x60]*`
const QUOTED = String.raw`"[^"\\]*"|'[^']*'`
const PLAIN = new RegExp(
  String.raw`^(?:${WORD}|${QUOTED}|\[ *(?:(?:${WORD}|${QUOTED})(?: *, *(?:${WORD}|${QUOTED}))*)? *\])?$`,
)
const ITEM = new RegExp(`^( *)- +(?:${WORD}|${QUOTED})$`)
/** The closing line is looked for this far. */
const LIMIT = 8192

/** Reads plain front matter; `null` where it is anything else, and a YAML parser must say whether it is valid. */
export function plainFrontMatter(text: string): PlainFrontMatter | null {
  if (!text.startsWith('---')) return text.charCodeAt(0) === 0xfeff ? null : NONE
  if (!text.startsWith('---\n')) return null
  const close = text.indexOf('\n---\n', 3)
  if (close === -1 || close > LIMIT) return null
  const keys = new Set<string>()
  let title = ''
  /** Whether a key waits for its items, and how far the first of them is indented. */
  let open = false
  let indent: string | null = null
  for (const line of text.slice(4, close + 1).split('\n')) {
    if (line === '') continue
    const match = KEY.exec(line)
    if (!match) {
      const item = open ? ITEM.exec(line) : null
      indent ??= item?.[1] ?? null
      if (item && item[1] === indent) continue
      return null
    }
    const [, key = '', value = ''] = match
    if (keys.has(key) || !PLAIN.test(value.trimEnd())) return null
    open = value.trim() === ''
    indent = null
    keys.add(key)
    if (key === 'title') title = value
  }
  return { end: close + 4, keys, title }
}
