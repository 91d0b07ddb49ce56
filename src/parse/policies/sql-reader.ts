/** One statement of SQL that gives or takes privileges, read word by word. */
import { squeeze } from '../../text.ts'
import { isGap, objectsOf, type Part, type Privilege, privilegeOf, sliceOf } from './sql-parts.ts'
import { type Token, tokenAt } from './sql-tokens.ts'
import { beginsPrivilege, SUBJECTS, TAILS } from './sql-words.ts'

export interface Grant {
  verb: 'GRANT' | 'REVOKE' | 'DENY'
  privileges: Privilege[]
  /** The right to give them on, where it is given with them. */
  option: Part | null
  objects: Part[]
  grantees: (Part & { type: string })[]
  conditions: string | null
}

const VERBS: ReadonlySet<string> = new Set(['GRANT', 'REVOKE', 'DENY'])
/** Longer ones are lists that nobody writes. */
const MOST_TOKENS = 20_000

export class GrantReader {
  readonly #text: string
  readonly #close: string
  #tokens = 0
  #end: number
  #next: Token
  /** Whether it shows what statements look like, and grants nothing: `GRANT { SELECT | … } ON …`. */
  #isGrammar = false
  /** Whether it is written in capitals. */
  #isLoud = false
  /** Whether the first of its privileges is one that databases have. */
  #isKnown = false
  /** Whether it goes on to what the privileges are on, or to whom they are for; and whether it comes to an end. */
  #goesOn = false
  #isOn = false
  #isWhole = false
  #isClosed = false

  /** @param close the quote that the statement stands in, or an empty text */
  constructor(text: string, at: number, close: string) {
    this.#text = text
    this.#close = close
    this.#end = at
    this.#next = tokenAt(text, at, '')
  }

  /** Where what was read ends. */
  get end(): number {
    return this.#end
  }

  /**
   * Whether what was read is a statement, or was meant to be one.
   *
   * @param begins whether it stands where statements begin; elsewhere, it must be whole
   */
  isStatement(isSql: boolean, begins: boolean): boolean {
    if (this.#isGrammar || !(this.#goesOn || this.#isKnown)) return false
    if (!begins) return isSql && this.#isWhole && this.#isOn && this.#isKnown
    if (isSql) return true
    if (!this.#isWhole) return this.#isLoud && (this.#isKnown || this.#isOn)
    return this.#isKnown || (this.#isLoud && this.#isClosed)
  }

  read(): Grant | null {
    const defaults = this.#is('ALTER') ? this.#defaults() : null
    const verb = this.#next.text.toUpperCase() as Grant['verb']
    if (!VERBS.has(verb)) return null
    this.#isLoud = this.#next.text === verb
    this.#take()
    const option = verb === 'REVOKE' ? this.#optionTaken() : null
    if (this.#is('ON')) this.#pass(3)
    if (this.#is('IF')) this.#pass(2)
    const first = this.#next
    const isKnown = first.kind === 'word' && beginsPrivilege(first.text)
    this.#isKnown = isKnown && !first.isFirst
    const items = this.#list('ON', 'TO', 'FROM')
    if (items === null) return null
    this.#goesOn = true
    this.#isKnown = isKnown
    const isOn = this.#is('ON')
    this.#isOn = isOn
    if (isOn) this.#take()
    const objects = isOn ? this.#list('TO', 'FROM') : []
    if (objects === null || (this.#is('FROM') && verb !== 'REVOKE')) return null
    this.#take()
    const grantees = this.#grantees()
    const tail = this.#tail()
    this.#isGrammar ||= [...items, ...objects].every((item) => item.every(isGap)) && grantees.every(({ gap }) => gap)
    // `ALL [PRIVILEGES]`, `[ON CLUSTER …] role`.
    this.#isGrammar ||= items.some((item) => item.some(({ text }, i) => text.startsWith('[') && !isListed(item[i - 1])))
    const privileges = items.map((item) => privilegeOf(this.#text, item, { isOn, option }))
    const isWhole = grantees.length > 0 && tail !== null && privileges.every((privilege) => privilege !== null)
    this.#isWhole = isWhole
    if (!isWhole) return null
    return {
      verb,
      privileges: privileges.filter((privilege) => privilege !== null),
      option: verb === 'GRANT' ? tail.option : null,
      objects: objectsOf(this.#text, objects, defaults?.scope ?? ''),
      grantees: grantees.map(({ gap: _, ...grantee }) => grantee),
      conditions: [defaults?.condition, tail.condition].filter((text) => text).join(', ') || null,
    }
  }

  #is(word: string): boolean {
    return this.#next.kind === 'word' && this.#next.text.toUpperCase() === word
  }

  #isSign(sign: string): boolean {
    return this.#next.kind === 'sign' && this.#next.text === sign
  }

  #take(): Token {
    const token = this.#next
    this.#end = token.end
    const next = tokenAt(this.#text, token.end, this.#close)
    this.#next = ++this.#tokens > MOST_TOKENS ? { ...next, kind: 'end' } : next
    return token
  }

  #pass(tokens: number): void {
    for (let i = 0; i < tokens; i++) this.#take()
  }

  /** Whether nothing more belongs to it: its quote or its text ends, or another statement begins. */
  get #isOver(): boolean {
    const { kind, text, isFirst } = this.#next
    if (kind === 'end' || this.#isSign(';')) return true
    // `\G`, and a slash alone, end one as well.
    if (kind === 'sign' && (text === '\\' || (text === '/' && isFirst))) return true
    return isFirst && kind === 'word' && (VERBS.has(text.toUpperCase()) || text === 'GO')
  }

  /** What `ALTER DEFAULT PRIVILEGES` says before its statement: for whose objects, and in which schema. */
  #defaults(): { scope: string; condition: string } {
    this.#pass(3)
    const { start } = this.#next
    while (!this.#isOver && !VERBS.has(this.#next.text.toUpperCase())) this.#take()
    const said = squeeze(this.#text.slice(start, Math.max(start, this.#end)))
    const at = said.search(/\bin schema /i)
    const scope = at === -1 ? '' : `IN SCHEMA ${said.slice(at + 10)}`
    return { scope, condition: `DEFAULT PRIVILEGES ${at === -1 ? said : said.slice(0, at)}`.trim() }
  }

  /** `GRANT OPTION FOR`, behind `REVOKE`. */
  #optionTaken(): string | null {
    const { text, end } = this.#next
    const second = tokenAt(this.#text, end, this.#close)
    const third = tokenAt(this.#text, second.end, this.#close)
    if (!/^(?:grant|admin) option for$/i.test(`${text} ${second.text} ${third.text}`)) return null
    this.#pass(3)
    return `${text.toUpperCase()} OPTION FOR `
  }

  /** The items up to one of some words, with commas between them; `null` where they are not followed by one. */
  #list(...ends: string[]): Token[][] | null {
    const items: Token[][] = [[]]
    let depth = 0
    for (;;) {
      const isEnd = depth === 0 && this.#next.kind === 'word' && ends.includes(this.#next.text.toUpperCase())
      if (isEnd && (items.at(-1) as Token[]).length > 0) return items
      if (isEnd || this.#isOver) return null
      const token = this.#take()
      if (/^(?:[|[]$|\[.*<)/.test(token.text)) this.#isGrammar = true
      if (token.kind === 'sign') {
        if (/[({]/.test(token.text)) depth++
        if (/[)}]/.test(token.text)) depth--
        if (token.text === ',' && depth === 0) {
          items.push([])
          continue
        }
      }
      ;(items.at(-1) as Token[]).push(token)
    }
  }

  /** Whom it is for, up to what follows them. */
  #grantees(): (Part & { type: string; gap: boolean })[] {
    const found: (Part & { type: string; gap: boolean })[] = []
    let type = ''
    for (;;) {
      const types: string[] = []
      while (this.#next.kind === 'word' && SUBJECTS.has(this.#next.text.toUpperCase()) && this.#isNamed()) {
        types.push(this.#take().text.toLowerCase())
      }
      if (types.length > 0) type = types.join(' ')
      const name: Token[] = []
      while (!this.#isOver && !this.#isSign(',') && this.#goesOnWith(name)) name.push(this.#take())
      const [first] = name
      if (!first) return []
      const gap = name.every(isGap)
      found.push({ text: sliceOf(this.#text, name), start: first.start, end: this.#end, type: type || 'grantee', gap })
      if (!this.#isSign(',')) return found
      this.#take()
    }
  }

  /** Whether a name stands behind a word, so that it says what that is. */
  #isNamed(): boolean {
    const { kind, text, isFirst } = tokenAt(this.#text, this.#next.end, this.#close)
    if (kind === 'word') return !isFirst && !TAILS.has(text.toUpperCase())
    return kind === 'name' || kind === 'gap'
  }

  /** Whether the next token is part of a name: it stands right behind it, or a sign joins them. */
  #goesOnWith(name: readonly Token[]): boolean {
    const last = name.at(-1)
    if (!last) return this.#next.kind !== 'sign' || /[@:%*]/.test(this.#next.text)
    if (this.#next.start === last.end) return this.#next.text !== ')' || name.some(({ text }) => text === '(')
    return /^[@.]$/.test(last.text) || /^[@.]$/.test(this.#next.text)
  }

  /** What follows: `WITH GRANT OPTION`, `REQUIRE SSL`; `null` where it is nothing that is known. */
  #tail(): { option: Part | null; condition: string | null } | null {
    let option: Part | null = null
    const required: Token[] = []
    let isRequired = false
    let isLine = this.#next.isFirst
    if (!this.#isOver) {
      // `[, …]`, `[WITH GRANT OPTION]`.
      if (this.#next.text.startsWith('[')) this.#isGrammar = true
      if (this.#next.kind !== 'word' || !TAILS.has(this.#next.text.toUpperCase())) {
        // Without a semicolon, one ends where its line does.
        return isLine ? { option, condition: null } : null
      }
      for (let before: Token | null = null; !this.#isOver; ) {
        isLine = this.#next.isFirst && !TAILS.has(this.#next.text.toUpperCase())
        if (isLine) break
        const token = this.#take()
        if (TAILS.has(token.text.toUpperCase())) isRequired = /^require$/i.test(token.text)
        if (isRequired) required.push(token)
        if (/^option$/i.test(token.text) && before && /^(?:grant|admin|delegate)$/i.test(before.text))
          option = { text: `${before.text.toUpperCase()} OPTION`, start: before.start, end: token.end }
        before = token
      }
    }
    this.#isClosed = this.#isSign(';') || (this.#close !== '' && this.#next.kind === 'end')
    return { option, condition: sliceOf(this.#text, required) || null }
  }
}

/** Whether what follows a token is a column. */
function isListed(token: Token | undefined): boolean {
  return token?.text === '(' || token?.text === ','
}
