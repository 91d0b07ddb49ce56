/** Where the parts of a page stand: found by their offsets, so that no block asks all of the page. */
import { firstFrom } from '../../lists.ts'
import { remembered } from '../../remembered.ts'
import type { Block, Heading, Page, Paragraph } from './page.ts'

/** Those that begin in a stretch: at or behind `from`, before `to`. */
function startingIn<T>(sorted: readonly T[], from: number, to: number, startOf: (thing: T) => number): T[] {
  return sorted.slice(firstFrom(sorted, from, startOf), firstFrom(sorted, to, startOf))
}

/** The paragraph right above a block, with nothing between them; a list within an item has the item's. */
export function paragraphAbove(block: Block): Paragraph | null {
  const above = lastParagraphBefore(block)
  const { page, start } = block
  return above && page.structure.masked.slice(above.end, start).trim() === '' ? above : null
}

/** The last paragraph before a block in its section, with no other block between them; `null` where it is an item's, or there is none. */
export function introductionOf({ page, start, headings }: Block): Paragraph | null {
  const outline = outlineOf(page)
  const from = Math.max(outline.endBefore(start), headings.at(-1)?.offset ?? 0)
  const above = outline.paragraphsIn(from, start).at(-1)
  return above && !above.inItem ? above : null
}

/** The paragraph that introduces a block, be it an item's right above it: tags may stand between them. */
export function lineAbove(block: Block): Paragraph | null {
  return paragraphAbove(block) ?? introductionOf(block) ?? behindTags(block)
}

/** The list that a block follows right behind an item, with nothing but tags between: they have parted it from that item. */
export function listBehindTags(block: Block): Block | null {
  const above = behindTags(block)
  if (!above?.inItem) return null
  const list = outlineOf(block.page).listBefore(above.offset)
  return list && above.end <= list.end ? list : null
}

function lastParagraphBefore({ page: { paragraphs }, start }: Block): Paragraph | undefined {
  return paragraphs[firstFrom(paragraphs, start + 1, ({ end }) => end) - 1]
}

function behindTags(block: Block): Paragraph | null {
  const above = lastParagraphBefore(block)
  const { page, start } = block
  if (!above || start - above.end > MOST_TAGS) return null
  const between = page.file.text.slice(above.end, start)
  return between.replace(/<[^<>]*>/g, '').trim() === '' ? above : null
}

/** So much may stand there. */
const MOST_TAGS = 200

/**
 * What introduces a list, up to its colon: of a line right above it that lost its bullet, be it the last of the paragraph, what stands
 * above that. `null` where nothing ends in a colon.
 */
export function colonAbove(list: Block): { text: string; paragraph: Paragraph } | null {
  const paragraph = lineAbove(list)
  if (!paragraph || paragraph.text.endsWith(':')) return paragraph && { text: paragraph.text, paragraph }
  const { file, paragraphs, structure } = list.page
  const written = file.text.slice(paragraph.offset, paragraph.end)
  if (/:[ \t]*(?:\r\n|\n|\r)[^\r\n]*$/.test(written))
    return { text: paragraph.text.slice(0, paragraph.text.lastIndexOf(': ') + 1), paragraph }
  const before = paragraphs[firstFrom(paragraphs, paragraph.offset, offsetOf) - 1]
  if (!before?.text.endsWith(':') || structure.masked.slice(before.end, paragraph.offset).trim() !== '') return null
  const isRightAbove = !/\n\s*\n/.test(structure.masked.slice(paragraph.end, list.start))
  return isRightAbove ? { text: before.text, paragraph: before } : null
}

/** Offsets are 0-based; a stretch goes from an offset to another, exclusive. */
export interface Outline {
  /** Where the page's nearest heading or table before a block ends, and where the nearest after it begins. */
  around(block: Block): [from: number, to: number]
  /** Where the nearest heading at or behind an offset begins; infinite where there is none. */
  headingFrom(offset: number): number
  /** From a heading to the next one of any depth. */
  sectionOf(heading: Heading): [from: number, to: number]
  /** The table that an offset stands in, or the last that ends at or before it. */
  tableBy(offset: number): Block | undefined
  /** Whether an offset stands in a table or in a list. */
  isInTableOrList(offset: number): boolean
  /** Where the last block ends that ends at or before an offset; 0 where none does. */
  endBefore(offset: number): number
  /** The first block that begins at or behind an offset. */
  blockFrom(offset: number): Block | undefined
  /** The last list that begins before an offset. */
  listBefore(offset: number): Block | undefined
  blocksIn(from: number, to: number): Block[]
  listsIn(from: number, to: number): Block[]
  paragraphsIn(from: number, to: number): Paragraph[]
}

/** Without those that stand in another, such as a table of tags in a cell: what is left ends in the order in which it begins. */
function outermost(sorted: readonly Block[]): Block[] {
  const kept: Block[] = []
  for (const block of sorted) if (block.start >= (kept.at(-1)?.end ?? 0)) kept.push(block)
  return kept
}

/** The stretches that blocks cover, in order; those of blocks that overlap are one. */
function covered(sorted: readonly Block[]): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = []
  for (const { start, end } of sorted) {
    const last = stretches.at(-1)
    if (last && start < last.end) last.end = Math.max(last.end, end)
    else stretches.push({ start, end })
  }
  return stretches
}

const startOf = ({ start }: { start: number }) => start
const offsetOf = ({ offset }: { offset: number }) => offset

/** A page's outline, made when it is first asked for: the page must have been read to its end. */
export const outlineOf = remembered(({ blocks, headings, paragraphs }: Page): Outline => {
  // A broken fence stands behind the list that it is in.
  const sorted = blocks.toSorted((a, b) => a.start - b.start)
  const tables = outermost(sorted.filter(({ kind }) => kind === 'table'))
  const lists = sorted.filter(({ kind }) => kind === 'list')
  const tableBy = (offset: number) => tables[firstFrom(tables, offset + 1, startOf) - 1]
  const stretches = covered(sorted.filter(({ kind }) => kind !== 'code'))
  const headingFrom = (offset: number) =>
    headings[firstFrom(headings, offset, offsetOf)]?.offset ?? Number.POSITIVE_INFINITY
  return {
    headingFrom,
    tableBy,
    isInTableOrList: (offset) => offset < (stretches[firstFrom(stretches, offset + 1, startOf) - 1]?.end ?? 0),
    around({ start, end, page: { file } }) {
      const heading = headings[firstFrom(headings, start + 1, offsetOf) - 1]
      const before = firstFrom(tables, start, startOf) - 1
      const above = [tables[before], tables[before - 1]].find((table) => table && table.end <= start)
      const below = tables[firstFrom(tables, end, startOf)]
      return [
        Math.max(0, heading?.offset ?? 0, above?.end ?? 0),
        Math.min(file.text.length, headingFrom(end), below?.start ?? Number.POSITIVE_INFINITY),
      ]
    },
    sectionOf: ({ offset }) => [offset, headingFrom(offset + 1)],
    endBefore(offset) {
      for (let i = firstFrom(sorted, offset, startOf) - 1; i >= 0; i--) {
        const { end } = sorted[i] as Block
        if (end <= offset) return end
      }
      return 0
    },
    listBefore: (offset) => lists[firstFrom(lists, offset, startOf) - 1],
    blockFrom: (offset) => sorted[firstFrom(sorted, offset, startOf)],
    blocksIn: (from, to) => startingIn(sorted, from, to, startOf),
    listsIn: (from, to) => startingIn(lists, from, to, startOf),
    paragraphsIn: (from, to) => startingIn(paragraphs, from, to, offsetOf),
  }
})
