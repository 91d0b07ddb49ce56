/**
 * One pass over a page's text that says whether anything in it can be a fact or a finding. Most pages of a documentation
 * hold nothing but prose: they are not parsed. The scan errs on one side only: every page that has a block that a dialect
 * reads or reports, or a finding of the parser, is one that may matter. `test/scan.test.ts` holds that.
 */
import type { Limits } from '../../settings/limits.ts'
import type { Settings } from '../../settings/schema.ts'
import { dialects } from '../dialects.ts'
import { type FrontMatter, readFrontMatter } from '../markdown/front-matter.ts'
import { excessIn } from '../markdown/limits.ts'
import { hasTooManyQuotes, MOST_QUOTES } from '../markdown/quotes.ts'
import type { QuietText } from '../page/quiet.ts'
import { holdsPermissionsInCode } from '../policies/in-code.ts'
import { STATEMENT_ANYWHERE } from '../policies/oci-statements.ts'
import { mayListPrivileges } from '../policies/privilege-categories.ts'
import type { SourceFile } from '../source.ts'
import { containersOf } from '../structure/containers.ts'
import { type Fence, FenceReader } from '../structure/fences.ts'
import { behindByteOrderMark } from '../structure/lines.ts'
import { holdsMarkedRows } from '../unread/marked-lists.ts'
import { listsOwnPermissions } from '../unread/own-fences.ts'
import { mayBeOfRole } from '../unread/strange-lists.ts'
import { isLanguage } from '../words/language.ts'
import { Headings } from './headings.ts'
import { HiddenFences } from './hidden-fences.ts'
import { Introductions } from './introductions.ts'
import { itemMayBeDeed, itemMayBeId, itemMayBeOfRole, itemMayMatter, itemMayNameRole, termMayMatter } from './items.ts'
import { type Line, lineAt, linesBehind } from './line.ts'
import { OpenTable } from './open-table.ts'
import { panelsMatter } from './panels.ts'
import { PlainLines } from './plain-lines.ts'
import { ProseScan } from './prose.ts'
import { codeReaches, isTagsAlone, isTextAbove, leaves, Occurrences, runOf, TAGS, unindented } from './text.ts'
import { type ScanVocabulary, scanVocabulary } from './vocabulary.ts'

const CR = 13
const HASH = 35
const MINUS = 45
const COLON = 58
const LESS = 60
const EQUALS = 61
const BACKTICK = 96
const BRACE = 123
const TILDE = 126
const CALLS = /^[ \t]*[a-z]+[A-Z][A-Za-z\d]*[ \t\r]*$/m
const HEADING = /^#{1,6}(?:[ \t\r]|$)/
/** What a line that is a term begins with: emphasis, code, a link. */
const TERM = new Set([42, 91, 95, BACKTICK])
const UNDERLINE = /^(?:=+|-+)\s*$/

const fenceDialects = dialects.filter(({ block }) => block === 'code')

/**
 * What can be said of a page that holds no block and no finding, or `null` where it may: all of its inline code that is
 * written like a permission, all of its links and all of its inclusions are there, and some that Markdown would not see.
 */
export function scanPage(text: string, settings: Settings): QuietText | null {
  const frontMatter = readFrontMatter(text)
  if (frontMatter.error !== null) return null
  const scan = new PageScan(text, frontMatter, settings)
  const { frontMatterName, frontMatterCategory } = settings.partials
  const isPartial = frontMatter.places.has(frontMatterName) || frontMatter.places.has(frontMatterCategory)
  if (scan.mayMatter()) return null
  const { prose, tables } = scan
  const { codes, links, inclusions } = prose
  return {
    prose: { codes, links, headings: [] },
    inclusions,
    tables,
    frontMatter: isPartial ? frontMatter : null,
  }
}

/** `scanPage` for the files of one version. */
export function scanner(settings: Settings): (file: SourceFile) => QuietText | null {
  // One that is too large is not read, and its page says so.
  const isRead = (file: SourceFile) => file.tooLarge === undefined && file.isUtf8 !== false
  return (file) => (isRead(file) ? scanPage(file.scanned?.() ?? file.text, settings) : null)
}

/** Directives stand in comments, which are found faster than their name. */
function mayHoldDirective(text: string): boolean {
  return (text.includes('<!--') || text.includes('{/*')) && text.includes('rolebook-')
}

class PageScan {
  readonly prose: ProseScan
  readonly #text: string
  readonly #frontMatter: FrontMatter
  readonly #words: ScanVocabulary
  readonly #headings: Headings
  readonly #introductions: Introductions
  readonly #table: OpenTable
  readonly #hiddenFences: HiddenFences
  readonly #limits: Limits
  readonly #fences: FenceReader
  readonly #pipes: Occurrences
  readonly #angles: Occurrences
  readonly #comments: Occurrences
  readonly #plain: PlainLines
  /** Where the next line begins. */
  #position = 0
  /** Where text outside of fences goes on unseen, and where the paragraph began. */
  #unseen = 0
  #paragraph = 0
  /** Where the lines without a blank one between them began: as far as a code span may reach. */
  #lines = 0
  /** Whether a paragraph was long enough to hold too much, and the limits were looked at. */
  #measured: boolean
  /** Lines of quotes: at least as many as there are quotes. */
  #quotes = 0
  /** Whether an item was an id, which matters where what stands around it speaks of permissions. */
  #ids = false

  constructor(text: string, frontMatter: FrontMatter, settings: Settings) {
    this.#text = text
    this.#frontMatter = frontMatter
    this.#fences = new FenceReader(text)
    this.#hiddenFences = new HiddenFences(text)
    this.#limits = settings.limits
    this.#words = scanVocabulary(settings)
    this.prose = new ProseScan(text, this.#words)
    this.#headings = new Headings(this.prose, this.#words)
    this.#introductions = new Introductions(text, frontMatter.end, this.#words)
    this.#table = new OpenTable(this.#headings, this.#introductions, this.#words)
    this.#pipes = new Occurrences(text, '|')
    this.#angles = new Occurrences(text, '<')
    this.#comments = new Occurrences(text, '{/*')
    this.#plain = new PlainLines(text)
    this.#measured = text.length <= settings.limits.inlineMarks
  }

  /** Whether there are tables, or lists, that would matter where what stands around them speaks of permissions. */
  get tables(): boolean {
    return this.#table.wasNamed || this.#ids
  }

  mayMatter(): boolean {
    const text = this.#text
    const { values, end } = this.#frontMatter
    if (text.includes('\0') || mayHoldDirective(text)) return true
    // Policies in words may stand in any line.
    if (STATEMENT_ANYWHERE.test(text) || mayListPrivileges(text)) return true
    if (text.includes('\r') && /\r(?!\n)/.test(text)) return true
    const title = values.get('title') ?? ''
    if (title !== '') this.#headings.enter(title, 0)
    if (this.#walk(behindByteOrderMark(text, end))) return true
    if (!this.prose.labels) return false
    return panelsMatter(text, end, this.#words, { tables: this.tables, spoke: this.#headings.spoke })
  }

  /** Line by line; `true` as soon as something may matter. */
  #walk(start: number): boolean {
    this.#position = start
    this.#unseen = start
    this.#paragraph = start
    this.#lines = start
    while (this.#position < this.#text.length) {
      if (this.#passPlainLines()) continue
      const line = lineAt(this.#text, this.#position)
      if (this.#holdsTooMuch(line) || this.#lineMatters(line)) return true
    }
    return this.#table.end() || this.prose.matters(this.#unseen, this.#text.length)
  }

  /** Passes over lines that hold nothing but words; `false` where there are none, or the limits are to be looked at. */
  #passPlainLines(): boolean {
    if (!this.#table.isNone) return false
    const most = this.#measured ? Number.POSITIVE_INFINITY : this.#limits.inlineMarks
    if (!this.#plain.pass(this.#position, this.#lines, most)) return false
    const { end, paragraph } = this.#plain
    if (paragraph !== this.#lines) this.#paragraph = paragraph
    this.#lines = paragraph
    this.#position = end
    return true
  }

  /** Whether there are more quotes, items or marks than are read. */
  #holdsTooMuch({ start, at, end, quoted }: Line): boolean {
    if (quoted && ++this.#quotes > MOST_QUOTES) return true
    const isLong = !this.#measured && end - this.#lines > this.#limits.inlineMarks
    if (!isLong && at - start <= this.#limits.nesting) return false
    this.#measured = true
    return excessIn(this.#text, this.#limits) !== null || hasTooManyQuotes(this.#text)
  }

  /** Whether a line, and what it ends, may matter; goes on to the next, or behind the fence that it opens. */
  #lineMatters(line: Line): boolean {
    const { start, at, end } = line
    const c = this.#text.charCodeAt(at)
    if (at >= end || c === CR) return this.#blankMatters(line)
    const mayOpen = (c === BACKTICK || c === TILDE) && runOf(this.#text, at, c) >= 3
    const fence = mayOpen ? this.#fences.read(start, at - start) : null
    return fence ? this.#openingMatters(fence, line) : this.#textMatters(line)
  }

  #blankMatters({ start, end, next, item }: Line): boolean {
    if (item || this.#table.end()) return true
    this.#paragraph = next
    // A code span goes on over a quote's blank line.
    if (end === start || this.#text.slice(start, end).trim() === '') this.#lines = next
    this.#position = next
    return false
  }

  #openingMatters(fence: Fence, { start, at, next }: Line): boolean {
    const text = this.#text
    if (fence.problem !== null || this.#table.end()) return true
    if (codeReaches(text, this.#lines, start) || this.prose.matters(this.#unseen, start)) return true
    const content = text.slice(Math.min(next, fence.end), fence.end)
    const indent = at - start
    if (leaves(content, indent) || this.#fenceMatters(fence.lang, unindented(content, indent))) return true
    this.#position = fence.end
    this.#unseen = fence.end
    this.#paragraph = fence.end
    this.#lines = fence.end
    return false
  }

  #textMatters(line: Line): boolean {
    const text = this.#text
    const { start, at, end, next, item } = line
    if (this.#hidesFence(start, end)) return true
    const c = text.charCodeAt(at)
    const tagged = c === LESS || c === BRACE
    if (tagged && this.#behindTagsMatters(at, end)) return true
    const heading = c === HASH && HEADING.test(text.slice(at, Math.min(end, at + 8)))
    const underline = (c === EQUALS || c === MINUS) && !item && UNDERLINE.test(text.slice(at, end))
    if (heading) {
      // A table stands under the headings above it.
      if (this.#table.close()) return true
      const level = runOf(text, at, c)
      this.#headings.enter(text.slice(at + level, end), level)
    } else if (underline) this.#headings.enter(text.slice(this.#paragraph, start), c === EQUALS ? 1 : 2)
    if ((item || TERM.has(c)) && this.#itemMatters(text.slice(at, end), item, next)) return true
    // What a term means.
    if (c === COLON && !text.startsWith('::', at) && this.#headings.ofRoles) return true
    const endsAbove =
      item || heading || (tagged && isTagsAlone(text.slice(at, end))) || (c === COLON && text.startsWith(':::', at))
    if (this.#tableMatters(line, endsAbove)) return true
    if (item) this.#paragraph = start
    else if (endsAbove || underline) this.#paragraph = next
    this.#position = next
    return false
  }

  /** Whether an item's first line, or another line of text, may matter. */
  #itemMatters(text: string, item: boolean, next: number): boolean {
    if (item && itemMayMatter(text, this.#words)) return true
    const isId = item ? itemMayBeId(text) : termMayMatter(text, this.#words)
    this.#ids ||= isId
    const { speak, nameRole, ofRoles } = this.#headings
    const introductions = this.#introductions
    if (isId && (speak || introductions.nameRole || introductions.sayInheritance)) return true
    if (!item) return ofRoles && itemMayNameRole(text, this.#words)
    if (speak && mayBeOfRole(text) && introductions.sayOfRole) return true
    if (speak && itemMayBeOfRole(text, () => linesBehind(this.#text, next), this.#words)) return true
    if (speak && (nameRole || introductions.nameRole) && introductions.sayOnWhat) return true
    const mayBeDeed =
      ((speak || ofRoles) && (nameRole || introductions.nameRole || introductions.sayWhoMay)) ||
      introductions.sayPermissions
    if (mayBeDeed && itemMayBeDeed(text, this.#words)) return true
    return (ofRoles || introductions.sayRoles) && itemMayNameRole(text, this.#words)
  }

  /** Whether a tag or comment on a line goes on behind a fence, which is then none. */
  #hidesFence(start: number, end: number): boolean {
    const angle = this.#angles.from(start)
    if (angle < end && this.#hiddenFences.hides(angle, end)) return true
    const comment = this.#comments.from(start)
    return comment < end && this.#hiddenFences.hides(comment, end)
  }

  /** Gives a line to the table. `endsAbove` says that it is part of nothing that began above it. */
  #tableMatters({ start, end }: Line, endsAbove: boolean): boolean {
    const text = this.#text
    if (this.#table.takesRows && !endsAbove) return this.#table.row(text.slice(start, end))
    if (this.#pipes.from(start) >= end) return this.#table.end()
    return this.#table.pipes(text.slice(start, end), () => isTextAbove(text, this.#paragraph, start))
  }

  /** Whether what stands on a line behind its first tags or comments begins a block: those are blanked before the parse. */
  #behindTagsMatters(at: number, lineEnd: number): boolean {
    const rest = this.#text.slice(at, lineEnd).replace(TAGS, '')
    if (/^(?:`{3}|~{3}|\|)/.test(rest)) return true
    if (HEADING.test(rest)) this.#headings.enter(rest, 7)
    if (this.#headings.ofRoles && /<dt\b/i.test(this.#text.slice(at, lineEnd))) return true
    const { at: inner, item } = containersOf(rest, 0, rest.length)
    return this.#itemMatters(rest.slice(inner), item, lineEnd + 1)
  }

  #fenceMatters(language: string | null, content: string): boolean {
    if (fenceDialects.some((dialect) => dialect.mayRead?.(content, language) ?? true)) return true
    if (holdsPermissionsInCode(content) || holdsMarkedRows(content, this.#words.settings)) return true
    if (listsOwnPermissions(language, content, this.#words.settings)) return true
    if (!isLanguage(language, 'plain')) return false
    return CALLS.test(content) || new ProseScan(content, this.#words).idsMatter(0, content.length)
  }
}
