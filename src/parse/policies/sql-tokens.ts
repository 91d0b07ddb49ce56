/** SQL as far as its `GRANT` statements need it: comments blanked, and what is left as words, names and signs. */
import { endOfLine } from '../structure/lines.ts'

export interface Token {
  /** A quoted name is `name`, and what a reader is to fill in is a `gap`. */
  kind: 'word' | 'name' | 'gap' | 'sign' | 'end'
  text: string
  start: number
  end: number
  /** Whether it is the first on its line. */
  isFirst: boolean
}

const SPACE = /(?:\s|\\\r?\n)*/y
/** `<user>`, `{{ user }}`, `${USER}`, `$USER`, `:user`, `%s`, `&user`. */
const GAP =
  /<[^<>\n]{1,80}>|\{\{[^{}]{1,80}\}\}|[$#]\{[^{}\n]{1,80}\}|\$\([^()\n]{1,80}\)|\{[^{}|,[\n]{1,60}\}|[$&]\w+|(?<!:):\w+|%\w+%?/y
/** In the quotes of a shell or a program, quotes are written with a backslash, or twice. */
const NAME =
  /\\"[^"\\\n]{0,120}\\"|\\`[^`\\\n]{0,120}\\`|'\\''[^'\n]{0,120}'\\''|''[^'\n]{1,120}''|'(?:[^'\n]|''){0,120}'|"(?:[^"\n]|""){0,120}"|`[^`\n]{0,120}`|\[[^[\]|,\n]{1,120}\]/y
const WORD = /[\p{L}_][\p{L}\p{N}_$#]*/uy

/** The token at an offset, or behind the white space there; `close` is the quote that ends the text. */
export function tokenAt(text: string, from: number, close: string): Token {
  const start = from + lengthOf(SPACE, text, from)
  const isFirst = start > from && text.slice(from, start).includes('\n')
  const made = (kind: Token['kind'], length: number): Token => {
    return { kind, text: text.slice(start, start + length), start, end: start + length, isFirst }
  }
  if (start >= text.length) return made('end', 0)
  if (close !== '' && text[start] === close && !(close === "'" && /['\\]/.test(text[start + 1] ?? '')))
    return made('end', 0)
  const word = lengthOf(WORD, text, start)
  if (word > 0) return made('word', word)
  const name = lengthOf(NAME, text, start)
  if (name > 0) return made('name', name)
  const gap = lengthOf(GAP, text, start)
  return gap > 0 ? made('gap', gap) : made('sign', 1)
}

function lengthOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at
  return expression.exec(text)?.[0].length ?? 0
}

/** A command behind a root's prompt, which is written like a comment's sign. */
const COMMAND = /^#[ \t]*(?:\S{1,40}[ \t]+)?(?:mysql|mariadb|psql|sqlplus|sqlcmd|cqlsh|echo|clickhouse-client)\b/

/** The text with its comments and its templates' tags as spaces: every offset still fits. */
export function withoutComments(text: string): string {
  let blanked = ''
  let kept = 0
  /** Signs that are never closed: no other is looked for. */
  const unclosed = new Set<string>()
  const blank = (start: number, end: number) => {
    blanked += text.slice(kept, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ')
    kept = end
  }
  const opening = /\/\*|\{%|--|\/\/|#/g
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [sign] = match
    const { index } = match
    let end = -1
    if (sign === '/*' || sign === '{%') {
      const close = unclosed.has(sign) ? -1 : text.indexOf(sign === '/*' ? '*/' : '%}', index + 2)
      if (close === -1) unclosed.add(sign)
      else end = close + 2
    } else if (beginsComment(text, index, sign)) end = endOfLine(text, index)
    if (end === -1) continue
    blank(index, end)
    opening.lastIndex = end
  }
  return blanked + text.slice(kept)
}

function beginsComment(text: string, at: number, sign: string): boolean {
  if (at > 0 && !/[\s;,)]/.test(text[at - 1] as string)) return false
  const next = text[at + sign.length] ?? ''
  // An option of a command.
  if (sign === '--') return !/[a-z]/.test(next) || isLineStart(text, at)
  if (sign !== '#') return true
  return next !== '{' && !COMMAND.test(text.slice(at, Math.min(endOfLine(text, at), at + 120)))
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n'
}

/** What stands before an offset on its line; of a long line, the last part. */
export function lineBefore(text: string, at: number): string {
  const from = Math.max(0, at - 160)
  const line = text.slice(from, at)
  return line.slice(Math.max(line.lastIndexOf('\n'), line.lastIndexOf('\r')) + 1)
}
