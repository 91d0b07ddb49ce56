/** The text of a footnote that a mark points to, wherever writers put it: glued to the table, in a list, under it. */
import type { List } from 'mdast'
import { firstFrom } from '../../lists.ts'
import { remembered } from '../../remembered.ts'
import { wholeText } from '../markdown/inline.ts'
import { outlineOf } from '../page/outline.ts'
import type { Block, Heading, Page, Paragraph } from '../page/page.ts'
import type { Cell, Grid } from './cells.ts'
import { type Item, readItems } from './list.ts'
import { bareSign, beginsWithSign, LINE_SIGN, withoutRaised } from './note-signs.ts'

/**
 * The text of the note with a sign (`[^1]`, `(1)`, `¹`, `*`), or `null` where none is found: the definition of `[^1]`;
 * else what begins with the same sign, right under the table, then in its section, then further down the page.
 *
 * @param near whether the page is searched no further than the table's section and one that is called “Notes”: for signs
 *   that may be none
 */
export function noteText(sign: string, block: Block, grid: Grid, near = false): string | null {
  const { page } = block
  const reference = /^\[\^([^\]]+)\]$/.exec(sign)
  if (reference) return page.footnotes.get((reference[1] as string).toLowerCase()) || null
  const bare = bareSign(sign)
  const [under] = notesUnder(grid).with(bare)
  if (under) return textAfter(under.text, bare)
  const notes = notesOf(page)
  const signed = notes.paragraphs.with(bare)
  const section: Stretch = [block.end, outlineOf(page).headingFrom(block.end)]
  const further = near ? sectionOfNotes(notes, block) : [[block.end, Number.POSITIVE_INFINITY] as const]
  for (const [from, to] of [section, ...further]) {
    const paragraph = signed[firstFrom(signed, from, ({ offset }) => offset)]
    if (paragraph && paragraph.offset < to)
      return [textAfter(paragraph.text, bare), ...listUnder(paragraph, block)].join(' ')
    const item = itemWith(bare, notes, from, to)
    if (item !== null) return item
  }
  return null
}

/** Offsets: from one to another, exclusive. */
type Stretch = readonly [from: number, to: number]

/** Texts by the sign that they begin with: of thousands of signs, none asks all of the texts. */
class SignedTexts<T extends { text: string }> {
  readonly #texts: readonly T[]
  readonly #byLength = new Map<number, Map<string, T[]>>()
  readonly #bySign = new Map<string, T[]>()

  constructor(texts: readonly T[]) {
    this.#texts = texts
  }

  /** Those that begin with a bare sign, in order. */
  with(sign: string): readonly T[] {
    let found = this.#bySign.get(sign)
    if (!found) {
      const begins = beginsWithSign(sign)
      found = (this.#ofLength(sign.length).get(keyOf(sign, sign.length)) ?? []).filter(({ text }) => begins.test(text))
      this.#bySign.set(sign, found)
    }
    return found
  }

  /** By as many of their first characters, brackets and the like aside. */
  #ofLength(length: number): Map<string, T[]> {
    const known = this.#byLength.get(length) ?? Map.groupBy(this.#texts, ({ text }) => keyOf(text, length))
    this.#byLength.set(length, known)
    return known
  }
}

/** What texts that begin with a sign have in common with it: letters that stand alone may differ in case. */
function keyOf(text: string, length: number): string {
  const key = withoutRaised(text.slice(0, length + 1).replace(/^[([\\]/, '')).slice(0, length)
  return length === 1 ? key.toLowerCase() : key
}

/** What is glued to a table, then its rows that hold nothing but a label. */
const notesUnder = remembered((grid: Grid): SignedTexts<Cell> => {
  const rows = grid.rows.filter(({ cells }) => cells.length === 1 || cells.slice(1).every(isBlank))
  return new SignedTexts([...grid.glued, ...rows.flatMap(({ cells }) => cells[0] ?? [])])
})

/** Where the notes of a page may stand, in order. */
interface Notes {
  page: Page
  paragraphs: SignedTexts<Paragraph>
  /** Headings that say “Notes”. */
  headings: Heading[]
  numbered: Block[]
  /** The numbered lists and those whose bullets are stars, each with its one item, which a star may stand for. */
  starred: { start: number; item: Item | null }[]
}

const notesOf = remembered((page: Page): Notes => {
  const lists = outlineOf(page).listsIn(0, Number.POSITIVE_INFINITY)
  return {
    page,
    paragraphs: new SignedTexts(page.paragraphs.flatMap((paragraph) => notesIn(paragraph, page))),
    headings: page.headings.filter(({ text }) => /^(?:foot)?notes?:?$/i.test(text)),
    numbered: lists.filter(isNumbered),
    starred: lists.flatMap((list) => {
      if (isNumbered(list)) return [{ start: list.start, item: null }]
      const items = page.file.text[list.start] === '*' ? readItems(list).filter(({ text }) => text !== '') : []
      return items.length > 0 ? [{ start: list.start, item: items.length === 1 ? (items[0] as Item) : null }] : []
    }),
  }
})

/** The sign that a line of a paragraph begins with, as it is written. */
const SIGN_OF_LINE = new RegExp(String.raw`^\s*(${LINE_SIGN})`, 'u')

const RAISED_IN_TAGS = /^\s*<sup>\s?(\d{1,2})\s?<\/sup>\s?([\p{L}\p{N}]+)/u

/** A paragraph; where lines of it begin with signs, each of them: two notes below one another are one paragraph. */
function notesIn(paragraph: Paragraph, { file }: Page): Paragraph[] {
  const [, ...lines] = file.text.slice(paragraph.offset, paragraph.end).split(/\n|<br ?\/?>/i)
  const notes: Paragraph[] = []
  let rest = paragraph.text
  for (const line of lines) {
    const [, number, word] = RAISED_IN_TAGS.exec(line) ?? []
    const sign = number ? `${number} ${word}` : SIGN_OF_LINE.exec(line)?.[1]?.replaceAll('\\', '')
    const at = sign === undefined ? -1 : rest.indexOf(` ${sign}`)
    if (at === -1) continue
    notes.push({ ...paragraph, text: rest.slice(0, at) })
    rest = rest.slice(at + 1)
  }
  return [...notes, { ...paragraph, text: rest }]
}

function isNumbered({ node }: Block): boolean {
  return (node as List).ordered === true
}

/** The nearest section below a block that is called “Notes”. */
function sectionOfNotes({ headings }: Notes, { page, end }: Block): Stretch[] {
  const heading = headings[firstFrom(headings, end, ({ offset }) => offset)]
  return heading ? [outlineOf(page).sectionOf(heading)] : []
}

/** What a paragraph introduces that ends in a colon: the items of the list right below it. */
function listUnder({ text, end }: Paragraph, { page }: Block): string[] {
  const below = text.endsWith(':') ? outlineOf(page).blockFrom(end) : undefined
  if (below?.kind !== 'list' || page.structure.masked.slice(end, below.start).trim() !== '') return []
  return readItems(below).map(({ node }) => wholeText(node, page.structure))
}

function isBlank(cell: Cell): boolean {
  return cell.text === ''
}

function textAfter(text: string, sign: string): string {
  return text.replace(beginsWithSign(sign), '')
}

/** The one item of the lists in a stretch that its number, or for a star its bullet, makes the note. */
function itemWith(sign: string, { page, numbered, starred }: Notes, from: number, to: number): string | null {
  const startOf = ({ start }: { start: number }) => start
  const textOf = (item: Item | null | undefined) =>
    item && item.text !== '' ? wholeText(item.node, page.structure) : null
  // A numbered list is the one right below; further down it is something else.
  if (sign === '*') {
    const list = starred[firstFrom(starred, from, startOf)]
    return list && list.start < to ? textOf(list.item) : null
  }
  const list = numbered[firstFrom(numbered, from, startOf)]
  // `01` is no number of an item.
  if (!list || list.start >= to || String(Number(sign)) !== sign) return null
  const index = Number(sign) - ((list.node as List).start ?? 1)
  const items = readItems(list)
  const item = items[firstFrom(items, index, (one) => one.index)]
  return item?.index === index ? textOf(item) : null
}
