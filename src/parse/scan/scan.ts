/**
 * One pass over a page's text that says whether anything in it can be a fact or a finding. Most pages of a documentation
 * hold nothing but prose: they are not parsed. The scan errs on one side only: every page that has a block that a dialect
 * reads or reports, or a finding of the parser, is one that may matter. `test/scan.test.ts` holds that.
 */
import type { Limits } from '../../settings/limits.ts'
import type { Settings } from '../../settings/schema.ts'
import { containersOf } from '../containers.ts'
import { dialects } from '../dialects.ts'
import { FenceReader } from '../fences.ts'
import { isPlainLanguage } from '../language.ts'
import { excessIn } from '../limits.ts'
import { isLetter } from '../lines.ts'
import { holdsMarkedRows } from '../marked-lists.ts'
import { listsOwnPermissions } from '../own-fences.ts'
import { LABELS } from '../panels.ts'
import { type PlainFrontMatter, plainFrontMatter } from '../plain-front-matter.ts'
import { holdsPermissionsInCode } from '../policies/in-code.ts'
import { mayStateAnywhere } from '../policies/oci-statements.ts'
import { mayListPrivileges } from '../policies/privilege-categories.ts'
import type { QuietText } from '../quiet.ts'
import { hasTooManyQuotes, MOST_QUOTES } from '../quotes.ts'
import { isDelimiterRow } from '../repair.ts'
import type { SourceFile } from '../source.ts'
import { readElements } from '../structure.ts'
import { HiddenFences } from './hidden-fences.ts'
import { itemMayBeNamed, itemMayMatter, termMayMatter } from './items.ts'
import { lastParagraph, PLAIN_LINES } from './plain-lines.ts'
import { ProseScan } from './prose.ts'
import { mayNotFit, tableMayMatter } from './tables.ts'
import { cleanedName, codeReaches, found, isTagsAlone, isTextAbove, leaves, runOf, TAGS } from './text.ts'
import { type ScanVocabulary, scanVocabulary } from './vocabulary.ts'

const CR = 13

const CALLS = /^[ \t]*[a-z]+[A-Z][A-Za-z\d]*[ \t\r]*$/m
const HEADING = /^#{1,6}(?:[ \t\r]|$)/
/** Of a longer name, which is prose, its end is looked at. */
const LONGEST_NAME = 1000
/** What Markdown takes for a heading or an item, and not for the header of a table, whatever follows it. */
const NO_HEADER = /^[ \t>]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t])/
/** White space that parts nothing in Markdown: it is a cell's text, though nobody sees it. */
const ODD_SPACE = /[^\S \t\r]/
const ROW = /^[\s>]*\|.*\|/

const fenceDialects = dialects.filter(({ block }) => block === 'code')

/**
 * What can be said of a page that holds no block and no finding, or `null` where it may: all of its inline code that is
 * written like a permission, all of its links and all of its inclusions are there, and some that Markdown would not see.
 */
export function scanPage(text: string, settings: Settings): QuietText | null {
  const frontMatter = plainFrontMatter(text)
  if (frontMatter === null) return null
  const scan = new PageScan(text, settings)
  if (scan.mayMatter(frontMatter)) return null
  const { prose, tables } = scan
  const { codes, links, inclusions } = prose
  const { frontMatterName, frontMatterCategory } = settings.partials
  const isPartial = frontMatter.places.has(frontMatterName) || frontMatter.places.has(frontMatterCategory)
  return {
    prose: { codes, links, headings: [] },
    inclusions,
    tables,
    frontMatter: isPartial ? { ...frontMatter, error: null } : null,
  }
}

/** `scanPage` for the files of one version. */
export function scanner(settings: Settings): (file: SourceFile) => QuietText | null {
  // One that is too large is not read, and its page says so.
  return (file) => {
    if (file.tooLarge !== undefined || file.isUtf8 === false) return null
    return scanPage(file.scanned?.() ?? file.text, settings)
  }
}

/** A table's header and the lines under its row of hyphens, as they are. */
interface Table {
  header: string
  rows: string[]
  /** Whether one of its rows has no pipe. */
  glued: boolean
}

class PageScan {
  readonly prose: ProseScan
  /** Whether there are tables, or lists, that would matter where what stands around them speaks of permissions. */
  tables = false
  readonly #text: string
  readonly #words: ScanVocabulary
  /** The headings that stand around what is read, the page's title first (depth 0). */
  readonly #names: { depth: number; name: string; cleaned: string }[] = []
  readonly #hiddenFences: HiddenFences
  readonly #limits: Limits
  readonly #fences: FenceReader

  constructor(text: string, settings: Settings) {
    this.#text = text
    this.#fences = new FenceReader(text)
    this.#hiddenFences = new HiddenFences(text)
    this.#limits = settings.limits
    this.#words = scanVocabulary(settings)
    this.prose = new ProseScan(text, this.#words)
  }

  mayMatter({ values, end }: PlainFrontMatter): boolean {
    const text = this.#text
    if (text.includes('\0') || text.includes('rolebook-') || mayStateAnywhere(text) || mayListPrivileges(text))
      return true
    if (text.includes('\r') && /\r(?!\n)/.test(text)) return true
    const title = values.get('title') ?? ''
    if (title !== '') this.#named(title, 0)
    return this.#walk(end) || (this.prose.labels && this.#panelsMatter(end))
  }

  /** Enters a heading. Where there may be panels, a heading in one ends none that stands outside of it. */
  #named(written: string, level: number): void {
    const name = written.slice(-LONGEST_NAME)
    const cleaned = cleanedName(name)
    // An empty heading is none.
    if (cleaned === '') return
    // The first of the highest is the page's title, where the front matter gives none.
    const depth = level === 1 && !this.#names.some((other) => other.depth === 0) ? 0 : level
    if (!this.prose.mayHavePanels) {
      while (depth > 0 && (this.#names.at(-1)?.depth ?? 0) >= depth) this.#names.pop()
    }
    this.#names.push({ depth, name, cleaned })
  }

  /** Whether a heading around what is read speaks of permissions. */
  #speaks(): boolean {
    return this.#names.some(({ name, cleaned }) => name.includes('&') || this.#words.speaks(cleaned))
  }

  /** Line by line; `true` as soon as something may matter. */
  #walk(start: number): boolean {
    const text = this.#text
    let position = start
    /** Where text outside of fences goes on unseen, and where the paragraph began. */
    let unseen = start
    let paragraph = start
    /** Where the lines without a blank one between them began: as far as a code span may reach. */
    let lines = start
    let pipe = -2
    let angle = -2
    let brace = -2
    let above: string | null = null
    /** Whether a paragraph was long enough to hold too much, and the limits were looked at. */
    let measured = text.length <= this.#limits.inlineMarks
    /** Lines of quotes: at least as many as there are quotes. */
    let quotes = 0
    let table: Table | null = null
    const closed = () => {
      const matters = table === null ? 'no' : tableMayMatter(table.header, table.rows, this.#words)
      table = null
      this.tables ||= matters === 'named'
      return matters === 'yes' || (matters === 'named' && this.#speaks())
    }
    while (position < text.length) {
      if (table === null && above === null) {
        PLAIN_LINES.lastIndex = position
        if (PLAIN_LINES.test(text)) {
          const end = PLAIN_LINES.lastIndex
          const last = lastParagraph(text, lines, position, end, measured ? end : this.#limits.inlineMarks)
          if (last !== -1) {
            if (last !== lines) paragraph = last
            lines = last
            position = end
            continue
          }
        }
      }
      let lineEnd = text.indexOf('\n', position)
      if (lineEnd === -1) lineEnd = text.length
      const next = lineEnd + 1
      let at = position
      let item = false
      let quoted = false
      if (!isLetter(text.charCodeAt(position))) ({ at, item, quoted } = containersOf(text, position, lineEnd))
      if (quoted && ++quotes > MOST_QUOTES) return true
      const c = text.charCodeAt(at)
      if (at - position > this.#limits.nesting || (!measured && lineEnd - lines > this.#limits.inlineMarks)) {
        if (excessIn(text, this.#limits) || hasTooManyQuotes(text)) return true
        measured = true
      }
      if (at >= lineEnd || c === CR) {
        if (item || closed() || (above !== null && ROW.test(above))) return true
        above = null
        paragraph = next
        // A code span goes on over a quote's blank line.
        if (lineEnd === position || text.slice(position, lineEnd).trim() === '') lines = next
        position = next
        continue
      }
      if ((c === 96 || c === 126) && text.charCodeAt(at + 1) === c && text.charCodeAt(at + 2) === c) {
        const fence = this.#fences.read(position, at - position)
        if (fence) {
          if (fence.problem !== null || closed() || (above !== null && ROW.test(above))) return true
          if (codeReaches(text, lines, position) || this.prose.matters(unseen, position)) return true
          const content = text.slice(Math.min(next, fence.end), fence.end)
          if (leaves(content, at - position) || this.#fenceMatters(fence.lang, content)) return true
          position = fence.end
          unseen = position
          paragraph = position
          lines = position
          above = null
          continue
        }
      }
      if (angle < position) angle = found(text, '<', position)
      if (brace < position) brace = found(text, '{/*', position)
      if (
        (angle < lineEnd && this.#hiddenFences.hides(angle, lineEnd)) ||
        (brace < lineEnd && this.#hiddenFences.hides(brace, lineEnd))
      )
        return true
      if ((c === 60 || c === 123) && this.#behindTagsMatters(at, lineEnd)) return true
      const heading = c === 35 && HEADING.test(text.slice(at, Math.min(lineEnd, at + 8)))
      const underline = (c === 61 || c === 45) && !item && /^(?:=+|-+)\s*$/.test(text.slice(at, lineEnd))
      if (heading && closed()) return true
      if (heading) this.#named(text.slice(at, lineEnd), runOf(text, at, c))
      else if (underline) this.#named(text.slice(paragraph, position), c === 61 ? 1 : 2)
      if ((item ? itemMayMatter : termMayMatter)(text.slice(at, lineEnd), this.#words)) return true
      if (item && itemMayBeNamed(text.slice(at, lineEnd), this.#words)) {
        if (this.#speaks()) return true
        this.tables = true
      }
      if (pipe < position) pipe = found(text, '|', position)
      const tags = (c === 60 || c === 123) && isTagsAlone(text.slice(at, lineEnd))
      const ends = item || heading || tags || (c === 58 && text.startsWith(':::', at))
      if (table !== null && !ends) {
        const row = text.slice(position, lineEnd)
        if (tears(table, row)) return true
        ;(table as Table).rows.push(row)
        ;(table as Table).glued ||= !row.includes('|')
      } else if (pipe < lineEnd) {
        const raw = text.slice(position, lineEnd)
        const line = raw.trimEnd()
        if (closed() || ODD_SPACE.test(raw)) return true
        if (above !== null && isDelimiterRow(line)) {
          if (mayNotFit(above, line) || NO_HEADER.test(above)) return true
          table = { header: above, rows: [], glued: false }
          above = null
        } else {
          // A row that no row of hyphens follows is none of a table.
          if (above !== null && ROW.test(above)) return true
          if (isTextAbove(text, paragraph, position) && ROW.test(line)) return true
          above = line
        }
      } else {
        if (closed() || (above !== null && ROW.test(above))) return true
        above = null
      }
      if (item) paragraph = position
      else if (ends || underline) paragraph = next
      position = next
    }
    if (closed() || (above !== null && ROW.test(above))) return true
    return this.prose.matters(unseen, text.length)
  }

  /** Whether what stands on a line behind its first tags or comments begins a block: those are blanked before the parse. */
  #behindTagsMatters(at: number, lineEnd: number): boolean {
    const rest = this.#text.slice(at, lineEnd).replace(TAGS, '')
    if (/^(?:`{3}|~{3}|\|)/.test(rest)) return true
    if (HEADING.test(rest)) this.#named(rest, 7)
    const { at: inner, item } = containersOf(rest, 0, rest.length)
    return (item ? itemMayMatter : termMayMatter)(rest.slice(inner), this.#words)
  }

  #fenceMatters(language: string | null, content: string): boolean {
    if (fenceDialects.some((dialect) => dialect.mayRead?.(content, language) ?? true)) return true
    if (holdsPermissionsInCode(content) || holdsMarkedRows(content, this.#words.settings)) return true
    if (listsOwnPermissions(language, content, this.#words.settings)) return true
    if (!isPlainLanguage(language)) return false
    return CALLS.test(content) || new ProseScan(content, this.#words).idsMatter(0, content.length)
  }

  /** Whether a named panel is never closed, or its name makes a table around matter. */
  #panelsMatter(bodyStart: number): boolean {
    const { elements, unclosed } = readElements(this.#text, bodyStart)
    const speaks = (value: string) => value.includes('&') || this.#words.speaks(cleanedName(value))
    if (this.tables && elements.some(({ attributes }) => [...attributes.values()].some(({ value }) => speaks(value))))
      return true
    const named = ({ name, attributes }: (typeof elements)[number]) =>
      name === 'details' || LABELS.some((key) => attributes.has(key))
    return unclosed.some(named)
  }
}

/** Whether a row may end its table before the next blank line, so that rows after it are none of any. */
function tears({ header, glued }: Table, row: string): boolean {
  if (!row.includes('|')) return false
  if (glued || isDelimiterRow(row.trimEnd())) return true
  return row.search(/[^ \t]/) < header.search(/[^ \t]/)
}
