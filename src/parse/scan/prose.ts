/** What of running text may matter: what is written like a permission; and its codes, links, inclusions and labels. */
import { SERVICES } from '../policies/aws-services.ts'
import type { InlineCode, Link } from '../prose.ts'
import { isLetter } from '../structure/lines.ts'
import { holdsPolicyKey } from '../unread/remnants.ts'
import { copied, isInvisible, isMarkup, isWord } from './text.ts'
import type { ScanVocabulary } from './vocabulary.ts'

const SPACE = 32
const PARENTHESIS = 40
const STAR = 42
const SLASH = 47
const COLON = 58

/** A tag that may name a panel, all that stands behind it before the next one with it. Where it is one, whether it is closed decides. */
const PANEL = /<(?:details|TabItem)\b|<[a-z][^<]*?\b(?:label|title|tab|header|summary)\s*=/iy
/** A dot or a colon as an entity. */
const ENTITY = /&(?:#0{0,9}(?:46|58)|#x0{0,9}(?:2e|3a)|period|colon);/iy
/** What follows the provider in an operation of Azure. */
const OPERATION = /^\/[^\s|]{0,200}?(?:read|write|delete|action|\*)/i
/** A table, or a term that is written in tags. */
const TABLE_TAG = /<(?:(?:[A-Za-z]+\.)?table|dt)\b/iy
/** The value of an attribute, and what an attribute is called that leads somewhere, up to the sign between them. */
const VALUE = /=\s*(?:"([^"]*)"|'([^']*)')/y
const TARGET = /\b(?:href|to|url)\s*$/
/** What leads to no page. */
const SCHEME = /^[a-z][a-z+.-]*:/i
/** So much before that sign holds the name. */
const LONGEST_NAME = 40

/** Looks over the stretches of a text between its fences, in order, and gathers what rules ask of prose. Offsets are of the whole text. */
export class ProseScan {
  readonly codes: InlineCode[] = []
  readonly links: Link[] = []
  /** Offsets of tags that include partials. */
  readonly inclusions: number[] = []
  /** Whether tags stand there that may name a panel. */
  labels = false
  readonly #text: string
  readonly #words: ScanVocabulary
  #panels: boolean | undefined
  /** Whether the whole text holds a key of a policy, in code or out of it. */
  #policies: boolean | undefined

  constructor(text: string, words: ScanVocabulary) {
    this.#text = text
    this.#words = words
  }

  /** Whether anything in the whole text may be a panel, in code or out of it. */
  get mayHavePanels(): boolean {
    this.#panels ??= tagsIn(this.#text, 0, this.#text.length, PANEL)
    return this.#panels
  }

  /** Whether text between fences holds something written like a permission; gathers codes, links and labels. */
  matters(from: number, to: number): boolean {
    const text = this.#text
    if (this.idsMatter(from, to)) return true
    this.#policies ??= holdsPolicyKey(text)
    if (this.#policies && holdsPolicyKey(text.slice(from, to))) return true
    for (let at = text.indexOf('](', from); at !== -1 && at < to; at = text.indexOf('](', at + 2)) {
      const target = /^\s*(?:<([^<>\n]*)>|([^\s)]*))/.exec(text.slice(at + 2, at + 1026))
      const url = target?.[1] ?? target?.[2] ?? ''
      if (SCHEME.test(url)) continue
      if (/[\\&]/.test(url)) return true
      this.links.push({ target: copied(url), text: '', start: at, end: at + 2 })
    }
    const angle = text.indexOf('<', from)
    if (angle === -1 || angle >= to) return false
    if (this.#includes(angle, to)) return true
    if (tagsIn(text, angle, to, TABLE_TAG)) return true
    this.labels ||= this.mayHavePanels && tagsIn(text, angle, to, PANEL)
    return this.#targetsMatter(angle, to)
  }

  /** Gathers where attributes lead; `true` where one of them is not as it is written. */
  #targetsMatter(from: number, to: number): boolean {
    const text = this.#text
    for (let sign = text.indexOf('=', from); sign !== -1 && sign < to; sign = text.indexOf('=', sign + 1)) {
      const before = text.slice(Math.max(from, sign - LONGEST_NAME), sign)
      const name = TARGET.exec(before)
      if (!name) continue
      VALUE.lastIndex = sign
      const value = VALUE.exec(text)
      if (!value || VALUE.lastIndex > to) continue
      const target = value[1] ?? value[2] ?? ''
      if (SCHEME.test(target)) continue
      if (target.includes('&')) return true
      const start = sign - (before.length - name.index)
      this.links.push({ target: copied(target), text: '', start, end: start + 1 })
      sign = VALUE.lastIndex - 1
    }
    return false
  }

  /** Gathers inclusions; `true` where one may stand in a comment or in code, so that it would be none. */
  #includes(from: number, to: number): boolean {
    const text = this.#text
    const tag = `<${this.#words.component}`
    for (let at = text.indexOf(tag, from); at !== -1 && at < to; at = text.indexOf(tag, at + 1)) {
      if (isWord(text.charCodeAt(at + tag.length))) continue
      const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
      if (line.includes('`') || isWithin(text, at, '<!--', '-->') || isWithin(text, at, '{/*', '*/}')) return true
      this.inclusions.push(at)
    }
    return false
  }

  /**
   * Whether something is written like `resource.operation` or `resource:operation`, with an operation that is known, whatever
   * marks stand in it.
   */
  idsMatter(from: number, to: number): boolean {
    const text = this.#text
    for (let dot = text.indexOf('.', from); dot !== -1 && dot < to; dot = text.indexOf('.', dot + 1))
      if (this.#idMatters(dot)) return true
    for (let colon = text.indexOf(':', from); colon !== -1 && colon < to; colon = text.indexOf(':', colon + 1))
      if (this.#idMatters(colon) || this.#actionMatters(colon)) return true
    for (let and = text.indexOf('&', from); and !== -1 && and < to; and = text.indexOf('&', and + 1)) {
      ENTITY.lastIndex = and
      if (ENTITY.test(text)) return true
    }
    return false
  }

  /** Whether something is written like `service:Action` around a colon, of a service of AWS. */
  #actionMatters(colon: number): boolean {
    const text = this.#text
    let after = colon + 1
    while (isMarkup(text.charCodeAt(after)) && after - colon < 8) after++
    const c = text.charCodeAt(after)
    // A pattern's star is one of the marks.
    const capital = (c >= 65 && c <= 90) || text.slice(colon, after).includes('*')
    if (!capital && !isWord(c)) return false
    let end = colon
    while (isMarkup(text.charCodeAt(end - 1)) && colon - end < 8) end--
    let start = end
    while (isWord(text.charCodeAt(start - 1)) && end - start < 60) start--
    const service = text.slice(start, end)
    if (!capital && !service.includes('-')) return false
    return SERVICES.has(service.toLowerCase()) || isInvisible(text.charCodeAt(start - 1))
  }

  /** Whether what stands around a dot or colon may be a permission; keeps `a.b` in backticks that is none. */
  #idMatters(dot: number): boolean {
    const text = this.#text
    const after = text.charCodeAt(dot + 1)
    if (!isWord(after) && !isMarkup(after)) return false
    const before = text.charCodeAt(dot - 1)
    if (!isWord(before) && !isMarkup(before)) return false
    let start = dot + 1
    while (isMarkup(text.charCodeAt(start)) && start - dot < 8) start++
    let end = start
    while (isWord(text.charCodeAt(end))) end++
    const isColon = text.charCodeAt(dot) === COLON
    // `a.*`, whatever marks and characters that nobody sees stand around the dot. `a:*` by itself is no permission.
    if (end === start)
      return !isColon && text.slice(dot, start).includes('*') && this.#isBehindWord(dot) && !endsEmphasis(text, dot)
    // A word that something invisible parts may be an operation.
    if (isInvisible(text.charCodeAt(end))) return true
    const operation = text.slice(start, end)
    // A call of a program is none.
    if (this.#words.isOperation(operation) && text.charCodeAt(end) !== PARENTHESIS) return true
    if (
      !isColon &&
      text.charCodeAt(end) === SLASH &&
      /^[A-Z]/.test(operation) &&
      OPERATION.test(text.slice(end, end + 220))
    )
      return true
    if (!isColon && start === dot + 1 && isWord(before)) this.#code(dot, end)
    return false
  }

  /** Whether marks at most stand between a word and an offset. */
  #isBehindWord(offset: number): boolean {
    let at = offset - 1
    while (isMarkup(this.#text.charCodeAt(at)) && offset - at < 8) at--
    return isWord(this.#text.charCodeAt(at))
  }

  /** Keeps `a.b` in backticks: what rules on prose look at. */
  #code(dot: number, end: number): void {
    const text = this.#text
    const close = text.charCodeAt(end) === SPACE ? end + 1 : end
    if (text.charCodeAt(close) !== 96) return
    let start = dot
    while (isWord(text.charCodeAt(start - 1))) start--
    const open = text.charCodeAt(start - 1) === SPACE ? start - 2 : start - 1
    if (text.charCodeAt(open) === 96)
      this.codes.push({ text: copied(text.slice(start, end)), start: open, end: close + 1 })
  }
}

/** Whether an offset may stand in a comment: in one where its marks are no code. */
function isWithin(text: string, offset: number, opener: string, closer: string): boolean {
  const open = text.lastIndexOf(opener, offset)
  if (open === -1) return false
  const close = text.indexOf(closer, open + opener.length)
  return close === -1 || close > offset
}

/** So far before its end a sentence in emphasis is looked for the beginning of. */
const LONGEST_EMPHASIS = 400

/** Whether the stars behind a full stop end the emphasis that as many before it begin: `**Save it.**`, and not `dock.*`. */
function endsEmphasis(text: string, dot: number): boolean {
  let end = dot + 1
  while (text.charCodeAt(end) === STAR) end++
  const stars = end - dot - 1
  if (stars === 0) return false
  const from = Math.max(0, dot - LONGEST_EMPHASIS)
  const before = text.slice(from, dot)
  const last = before.lastIndexOf('*')
  if (last === -1 || before.lastIndexOf('\n\n') > last) return false
  let first = last
  while (before[first - 1] === '*') first--
  // They are as many, and stand right before a word and behind none; and the sentence is more than an id.
  const sentence = before.slice(last + 1)
  // In code they stand for themselves.
  const isSentence = !/^\s/.test(sentence) && /\s/.test(sentence) && sentence.split('`').length % 2 === 1
  return last + 1 - first === stars && /^[\s(>]?$/.test(before[first - 1] ?? '') && isSentence
}

/** Whether one of the tags of a stretch of text is of a kind, given as a sticky expression. */
function tagsIn(text: string, from: number, to: number, kind: RegExp): boolean {
  for (let angle = text.indexOf('<', from); angle !== -1 && angle < to; angle = text.indexOf('<', angle + 1)) {
    if (!isLetter(text.charCodeAt(angle + 1))) continue
    kind.lastIndex = angle
    if (kind.test(text) && kind.lastIndex <= to) return true
  }
  return false
}
