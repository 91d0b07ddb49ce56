/**
 * The YAML that front matter is mostly written in, read without a YAML parser: keys and texts, quoted or not, on one line or
 * several, lists, and maps in them. Whatever it is not sure of is left to the parser. https://yaml.org/spec/1.2.2/
 */

export interface PlainYaml {
  /** Top-level keys with scalar values, as the parser gives them. */
  values: Map<string, string>
  /** 0-based offsets of the line of each top-level key, without blanks at its end. */
  places: Map<string, { start: number; end: number }>
}

/** A line with more than blanks and a remark. */
interface Line {
  indent: number
  /** Without blanks around it. */
  content: string
  start: number
  end: number
  /** Whether something stands between it and the one before, or blanks at its end: a text of several lines has more to it then. */
  isLoose: boolean
}

const KEY = /^([A-Za-z_][\w.-]*):(?: +(.*))?$/
const ITEM = /^-( +)(\S.*)$/
/** What a list in brackets holds: nothing that YAML reads otherwise. */
const WORD = String.raw`[A-Za-z0-9_./][^:#"'\\{}[\],&*!|>%@\x60]*`
const ENTRY = String.raw`(?:${WORD}|(?:"[^"\\]*"|'[^']*') *)`
const LIST = new RegExp(String.raw`^\[ *(?:${ENTRY}(?:, *${ENTRY})*)?\]$`)
/** What begins a text without quotes, and is no sign of anything else. */
const TEXT = /^[^\s\-?:,[\]{}#&*!|>'"%@`~=<]/
/** What ends one, or is read otherwise: a key in it, a remark, line breaks of other kinds, what nobody sees. */
const NO_TEXT = /:(?:\s|$)|\s#|[\p{Cc}\u2028\u2029\ufeff]/u
/** What of that ends a text in quotes, or one that stands on lines of its own, as well. */
const ODD = /[\p{Cc}\u2028\u2029\ufeff]/u
const BLOCK_TEXT = /^([|>])(-?)$/

/** Reads a stretch of a text, all of whose lines end in `lineBreak`; `null` where only a parser may say what it means. */
export function plainYaml(text: string, start: number, end: number, lineBreak: '\n' | '\r\n'): PlainYaml | null {
  const lines = linesOf(text, start, end, lineBreak)
  return lines && new Reader(lines).read()
}

function linesOf(text: string, from: number, to: number, lineBreak: string): Line[] | null {
  const lines: Line[] = []
  let isLoose = false
  for (let start = from, next = from; start < to; start = next) {
    const lineEnd = text.indexOf(lineBreak, start)
    next = lineEnd + lineBreak.length
    let begin = start
    while (text.charCodeAt(begin) === 32) begin++
    let end = lineEnd
    while (end > begin && isBlank(text.charCodeAt(end - 1))) end--
    const content = text.slice(begin, end)
    const isRemark = content.startsWith('#')
    if (content.trim() !== content || /[\r\n]/.test(content) || (isRemark && begin > start)) return null
    if (end < lineEnd) isLoose = true
    if (content !== '' && !isRemark) lines.push({ indent: begin - start, content, start, end, isLoose })
    isLoose = content === '' || isRemark
  }
  return lines
}

/** What YAML takes for blank, and not what JavaScript does. */
function isBlank(c: number): boolean {
  return c === 32 || c === 9
}

/** Goes through the lines once. Its methods stand at the first line that they read, and `false` or `null` is what they are not sure of. */
class Reader {
  readonly #lines: readonly Line[]
  readonly #values = new Map<string, string>()
  readonly #places: PlainYaml['places'] = new Map()
  #at = 0

  constructor(lines: readonly Line[]) {
    this.#lines = lines
  }

  read(): PlainYaml | null {
    const [first] = this.#lines
    if (first && (first.indent > 0 || !this.#map(0, first.content))) return null
    return this.#at === this.#lines.length ? { values: this.#values, places: this.#places } : null
  }

  get #line(): Line | undefined {
    return this.#lines[this.#at]
  }

  /** A map whose keys stand at a column; the first of them may stand behind the dash of an item. */
  #map(indent: number, first: string): boolean {
    for (let content = first; ; ) {
      const match = KEY.exec(content)
      if (!match) return false
      const [, key = '', written = ''] = match
      if (isNull(key)) return false
      const isTop = indent === 0
      if (isTop) {
        const { start, end } = this.#line as Line
        if (this.#places.has(key)) return false
        this.#places.set(key, { start, end })
      }
      this.#at++
      const value = written === '' ? this.#nested(indent) : this.#scalar(written, indent)
      if (value === false) return false
      if (isTop && typeof value === 'string') this.#values.set(key, value)
      const next = this.#line
      if (!next || next.indent < indent) return true
      if (next.indent > indent) return false
      // The list that a map stands in goes on.
      if (next.content.startsWith('-')) return !isTop
      content = next.content
    }
  }

  /** What stands under a key; `true` where it is no text. */
  #nested(indent: number): string | boolean {
    const line = this.#line
    if (!line || line.indent < indent) return true
    const isItem = ITEM.test(line.content)
    if (line.indent === indent) return isItem ? this.#list(indent) : true
    if (isItem) return this.#list(line.indent)
    if (KEY.test(line.content)) return this.#map(line.indent, line.content)
    this.#at++
    return this.#scalar(line.content, indent)
  }

  #list(indent: number): boolean {
    for (let line = this.#line; line && line.indent >= indent; line = this.#line) {
      const match = line.indent === indent ? ITEM.exec(line.content) : null
      // Behind its items the map goes on that holds the list.
      if (!match) return line.indent === indent && !line.content.startsWith('-')
      const [, gap = '', content = ''] = match
      if (KEY.test(content)) {
        if (!this.#map(indent + 1 + gap.length, content)) return false
        continue
      }
      this.#at++
      if (this.#scalar(content, indent) === false) return false
    }
    return true
  }

  /** A text that begins behind a key, a dash, or on the line under its key, and goes on over lines that are indented more. */
  #scalar(written: string, indent: number): string | boolean {
    const more = this.#line !== undefined && this.#line.indent > indent
    const block = BLOCK_TEXT.exec(written)
    if (block) return this.#block(block[1] === '>' ? ' ' : '\n', block[2] === '-' ? '' : '\n', indent)
    const quote = written[0]
    if (quote === '"' || quote === "'") return this.#quoted(written, quote, indent)
    if (written.startsWith('[')) return LIST.test(written) && !more
    const rest = this.#rest(indent, () => false)
    const texts = [written, ...(rest ?? [])]
    if (rest === null || !texts.every((text) => TEXT.test(text) && !NO_TEXT.test(text))) return false
    return isNull(written) && texts.length === 1 ? true : texts.join(' ')
  }

  /** The lines that go on a text, up to one that ends it; `null` where blanks or remarks stand between them, which have a meaning there. */
  #rest(indent: number, isLast: (content: string) => boolean): string[] | null {
    const rest: string[] = []
    for (let line = this.#line; line && line.indent > indent; line = this.#line) {
      if (line.isLoose) return null
      rest.push(line.content)
      this.#at++
      if (isLast(line.content)) break
    }
    return rest
  }

  #block(between: string, last: string, indent: number): string | boolean {
    const first = this.#line
    if (!first || first.indent <= indent) return false
    const begun = this.#at
    const texts = this.#rest(indent, () => false)
    if (texts === null || texts.some((text) => ODD.test(text))) return false
    const isEven = this.#lines.slice(begun, this.#at).every((line) => line.indent === first.indent)
    return isEven && texts.join(between) + last
  }

  #quoted(written: string, quote: string, indent: number): string | boolean {
    const whole = quote === '"' ? /^"[^"\\]*"$/ : /^'(?:[^']|'')*'$/
    const ends = quote === '"' ? /"$/ : /(?<!')(?:'')*'$/
    const isOne = written.length > 1 && ends.test(written.slice(1))
    const rest = isOne ? [] : this.#rest(indent, (content) => ends.test(content))
    if (rest === null || (!isOne && rest.length === 0)) return false
    const text = [written, ...rest].join(' ')
    if (!whole.test(text) || ODD.test(text)) return false
    // What stands behind it is none of it.
    if (this.#line !== undefined && this.#line.indent > indent) return false
    const inner = text.slice(1, -1)
    return quote === '"' ? inner : inner.replaceAll("''", "'")
  }
}

function isNull(word: string): boolean {
  return word.length === 4 && /^(?:null|Null|NULL)$/.test(word)
}
