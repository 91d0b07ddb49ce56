/**
 * The one tolerant reading of what Markdown itself does not know: comments, JSX and HTML tags, `:::` admonitions.
 *
 * They are found here, kept as a tree of elements, and blanked out of the text that the Markdown parser is given
 * (same length, so that every offset still fits). So a table right under `<TabItem>`, a tag that strict MDX refuses
 * (`<br / >`, `<!-- -->`, an unclosed `<br>`), or `:::` under a table costs no fact.
 */
import type { Element } from './element.ts'
import { ElementTree } from './element-tree.ts'
import { type Fence, FenceReader } from './fences.ts'
import {
  behindByteOrderMark,
  closeOfCodeSpan,
  endOfComment,
  endOfLine,
  indexOfAny,
  isBlank,
  isLetter,
  nextLine,
  runLength,
} from './lines.ts'
import { maskOf } from './mask.ts'
import type { Props } from './props.ts'
import { isDelimiterRow, type Repair, type TableTop, withRepairs } from './repair.ts'
import { BREAKING, SPACERS, scanTag, type Tag, VOID } from './tag.ts'

export interface Structure {
  /** The text with structure blanked; `LINE_BREAK` and `OBJECT` stand where a cell needs to see a tag. */
  masked: string
  /** Elements in document order, parents before children. */
  elements: Element[]
  /** Stretches of comments, in both syntaxes, in order; those in fences and code are none. */
  comments: { start: number; end: number }[]
  /** Tags that stand for something by themselves (`<br>`, `<img>`, icons), by offset. */
  objects: ReadonlyMap<number, Tag>
  /** Elements that are never closed. */
  unclosed: Element[]
  /** Fences that Markdown would read otherwise than their author meant; blanked out of the masked text. */
  brokenFences: Fence[]
  /** Offsets of lines that end whatever stands above them: breaks and headings at the margin. In order. */
  margins: number[]
  /** Tables whose row of hyphens does not fit their header. */
  repairs: Repair[]
  /** What `{props.name}` stands for where a partial is read through an inclusion. */
  props?: Props
}

/** Stands in the masked text where a `<br>` or an item's edge was (private use, U+E000). */
export const LINE_BREAK = '\uE000'
/** The same for an image or icon tag. */
export const OBJECT = '\uE001'

const HEADING = /^#{1,6}[ \t]/
/** A thematic break: ends a paragraph, a list or a table, and is nothing itself. As short as the shortest tag. */
const BREAK = '***'

/** What may begin a tag, a comment or a code span, part a table's cells, or take the meaning of what follows. */
const SPECIAL = /[<`\\{|]/g
/** The same where tables are not looked for. */
const SPECIAL_TO_TAGS = /[<`\\{]/g
const CONTAINER = /^(?:[ \t]|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/

/** Reads a whole file's text from the 0-based offset `bodyStart` on, behind its front matter. No text makes it throw. */
export function readStructure(text: string, bodyStart: number): Structure {
  return new Scanner(text, bodyStart, SPECIAL).scan()
}

/** The elements that `readStructure` finds, and those of them that are never closed, for less. */
export function readElements(text: string, bodyStart: number): Pick<Structure, 'elements' | 'unclosed'> {
  return new Scanner(text, bodyStart, SPECIAL_TO_TAGS).elements()
}

class Scanner {
  readonly text: string
  readonly #bodyStart: number
  readonly #tree = new ElementTree()
  readonly #objects = new Map<number, Tag>()
  /** Stretches to blank, in order, and one-character placeholders at offsets. */
  readonly #blanks: [start: number, end: number][] = []
  readonly #marks = new Map<number, string>()
  readonly #brokenFences: Fence[] = []
  readonly #margins: number[] = []
  readonly #comments: Structure['comments'] = []
  readonly #tables: TableTop[] = []
  #lastBrace: number | undefined
  /** The offset of the first special character that was not passed yet. */
  #special = -1
  readonly #specials: RegExp
  /** Whether a line that holds no special character and does not begin with a letter may be a fence or an admonition. */
  readonly #hasOtherLines: boolean
  readonly #hasReturns: boolean
  readonly #fences: FenceReader

  constructor(text: string, bodyStart: number, specials: RegExp) {
    this.text = text
    this.#specials = specials
    this.#hasOtherLines = specials === SPECIAL || text.includes('~~~') || text.includes(':::')
    this.#hasReturns = text.includes('\r')
    this.#fences = new FenceReader(text)
    // The Markdown parser would drop a byte-order mark, and every offset after it would be wrong.
    this.#bodyStart = behindByteOrderMark(text, bodyStart)
    if (this.#bodyStart > 0) this.#blanks.push([0, this.#bodyStart])
  }

  scan(): Structure {
    const { elements, unclosed } = this.elements()
    return {
      ...withRepairs(maskOf(this.text, this.#blanks, this.#marks), this.#tables),
      comments: this.#comments,
      brokenFences: this.#brokenFences,
      margins: this.#margins,
      elements,
      objects: this.#objects,
      unclosed,
    }
  }

  elements(): Pick<Structure, 'elements' | 'unclosed'> {
    const { text } = this
    let above: [start: number, end: number] | null = null
    for (let position = this.#bodyStart; position < text.length; ) {
      const lineEnd = this.#endOfLine(position)
      if (this.#isPlain(position, lineEnd)) {
        above = null
        position = nextLine(text, lineEnd)
        continue
      }
      const line = text.slice(position, Math.min(lineEnd, position + 4096))
      const inner = line.slice((CONTAINER.exec(line) as RegExpExecArray)[0].length)
      const fence = this.#fences.read(position, line.length - inner.length)
      if (fence) {
        if (fence.problem !== null) {
          this.#blanks.push([fence.start, fence.end])
          this.#brokenFences.push(fence)
        }
        above = null
        position = fence.end
        continue
      }
      if (above && isDelimiterRow(line)) this.#tables.push([...above, position, lineEnd])
      above = line.includes('|') ? [position, lineEnd] : null
      if (HEADING.test(line)) this.#margins.push(position)
      const colons = /^:{3,}/.exec(inner)
      if (colons) {
        this.#admonition(position + line.length - inner.length, lineEnd, colons[0].length)
        position = nextLine(text, lineEnd)
        continue
      }
      position = this.#scanLine(position, lineEnd)
    }
    this.#tree.closeAll(text.length)
    return { elements: this.#tree.elements, unclosed: this.#tree.unclosed.sort((a, b) => a.start - b.start) }
  }

  /** Whether a line begins with a word and holds nothing that is looked for: most lines do. */
  #isPlain(start: number, end: number): boolean {
    if (this.#special < start) this.#special = indexOfAny(this.text, this.#specials, start)
    if (this.#special < end) return false
    return !this.#hasOtherLines || isLetter(this.text.charCodeAt(start))
  }

  #endOfLine(from: number): number {
    if (this.#hasReturns) return endOfLine(this.text, from)
    const end = this.text.indexOf('\n', from)
    return end === -1 ? this.text.length : end
  }

  /** Scans one line for tags, comments and code spans; returns where to go on (a construct may span lines). */
  #scanLine(start: number, end: number): number {
    const { text } = this
    const before = this.#blanks.length
    let position = start
    let words = false
    while (position < end) {
      if (this.#special < position) this.#special = indexOfAny(text, this.#specials, position)
      if (this.#special > position) {
        const next = Math.min(this.#special, end)
        words ||= !isBlank(text, position, next)
        position = next
        continue
      }
      const c = text[position] as string
      if (c === '`') {
        const length = runLength(text, position)
        const closing = closeOfCodeSpan(text, position + length, length)
        words = true
        position = closing === -1 ? position + length : closing
        if (position > end) end = endOfLine(text, position)
      } else if (c === '\\') {
        position += 2
        words = true
      } else if (this.#endOfComment(position) !== -1) {
        const close = this.#endOfComment(position)
        this.#blanks.push([position, close])
        this.#comments.push({ start: position, end: close })
        position = close
        if (position > end) end = endOfLine(text, position)
      } else if (c === '<') {
        const tag = scanTag(text, position)
        if (tag === null) {
          position++
          words = true
          continue
        }
        this.#tag(tag)
        position = tag.end
        if (position > end) end = endOfLine(text, position)
      } else {
        words = true
        position++
      }
    }
    if (!words) this.#tagsAlone(before)
    return nextLine(text, end)
  }

  /** Searched for no more behind the last end that there is: a text may begin thousands of comments and end none. */
  #endOfComment(position: number): number {
    if (this.text[position] !== '{') return endOfComment(this.text, position)
    this.#lastBrace ??= this.text.lastIndexOf('*/}')
    return position < this.#lastBrace ? endOfComment(this.text, position) : -1
  }

  /**
   * A line of tags alone holds no text: spacers (`<br />`) leave it blank, any other tag is a break, so that the lists
   * of two panels stay two and a table ends where its panel does.
   */
  #tagsAlone(from: number): void {
    let broken = false
    for (const [start] of this.#blanks.slice(from)) {
      this.#marks.delete(start)
      const name = /^<\/?([A-Za-z][\w.-]*)/.exec(this.text.slice(start, start + 64))?.[1]
      if (broken || name === undefined || SPACERS.has(name.toLowerCase())) continue
      this.#marks.set(start, BREAK)
      if (start === 0 || this.text[start - 1] === '\n') this.#margins.push(start)
      broken = true
    }
  }

  /** A tag's `<` ends an emphasis behind a colon (`**Docks:**<br>`), as a space does, and a letter does not. */
  #lineBreakAt(start: number): string {
    return /[*_~]/.test(this.text.charAt(start - 1)) ? ` ${LINE_BREAK}` : LINE_BREAK
  }

  #tag(tag: Tag): void {
    this.#blanks.push([tag.start, tag.end])
    const lower = tag.name.toLowerCase()
    if (BREAKING.has(lower)) this.#marks.set(tag.start, this.#lineBreakAt(tag.start))
    if (tag.kind === 'close') {
      this.#tree.close(tag.name, tag.start, tag.end)
      return
    }
    if (tag.kind === 'void' || VOID.has(lower)) {
      if (!BREAKING.has(lower) && lower !== 'hr') {
        this.#objects.set(tag.start, tag)
        this.#marks.set(tag.start, OBJECT)
      }
      if (tag.kind === 'void' && !VOID.has(lower)) this.#tree.leaf(tag.name, tag.attributes, tag.start, tag.end)
      return
    }
    this.#tree.open(tag.name, tag.attributes, tag.start, tag.end)
  }

  /** `:::tip Title` opens, `:::` closes; the number of colons tells nested ones apart. */
  #admonition(start: number, end: number, colons: number): void {
    this.#blanks.push([start, end])
    this.#marks.set(start, BREAK)
    const rest = this.text.slice(start + colons, end).trim()
    const name = ':'.repeat(colons)
    if (rest === '') {
      this.#tree.close(name, start, end)
      return
    }
    const attributes = new Map([['title', { value: rest, start: start + colons, end }]])
    this.#tree.open(name, attributes, start, end)
  }
}
