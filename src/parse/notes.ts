/** The text of a footnote that a mark points to, wherever writers put it: glued to the table, in a list, under it. */
import type { List } from 'mdast'
import type { Cell, Grid } from './cells.ts'
import { wholeText } from './inline.ts'
import { readItems } from './list.ts'
import { bareSign, beginsWithSign } from './note-signs.ts'
import { outlineOf } from './outline.ts'
import type { Block, Paragraph } from './page.ts'

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
  const begins = beginsWithSign(bare)
  const glued = grid.glued.find((cell) => begins.test(cell.text))
  if (glued) return textAfter(glued.text, begins)
  const rows = grid.rows.filter(({ cells }) => cells.length === 1 || cells.slice(1).every(isBlank))
  const row = rows.find(({ cells }) => begins.test(cells[0]?.text ?? ''))
  if (row) return textAfter(row.cells[0]?.text ?? '', begins)
  const section: Stretch = [block.end, outlineOf(page).headingFrom(block.end)]
  const stretches = near
    ? [section, ...sectionOfNotes(block)]
    : [section, [block.end, Number.POSITIVE_INFINITY] as const]
  for (const [from, to] of stretches) {
    const paragraph = page.paragraphs.find((p) => p.offset >= from && p.offset < to && begins.test(p.text))
    if (paragraph) return [textAfter(paragraph.text, begins), ...listUnder(paragraph, block)].join(' ')
    const item = itemWith(bare, block, from, to)
    if (item !== null) return item
  }
  return null
}

/** Offsets: from one to another, exclusive. */
type Stretch = readonly [from: number, to: number]

/** The nearest section below a block that is called “Notes”. */
function sectionOfNotes({ page, end }: Block): Stretch[] {
  const heading = page.headings.find(({ offset, text }) => offset >= end && /^(?:foot)?notes?:?$/i.test(text))
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

function textAfter(text: string, begins: RegExp): string {
  return text.replace(begins, '')
}

/** The one item of the lists in a stretch that its number, or for a star its bullet, makes the note. */
function itemWith(sign: string, { page }: Block, from: number, to: number): string | null {
  const found: string[] = []
  for (const list of page.blocks) {
    if (list.kind !== 'list' || list.start < from || list.start >= to) continue
    const node = list.node as List
    const bullet = page.file.text[list.start] ?? ''
    for (const item of readItems(list)) {
      const numbered = node.ordered && String((node.start ?? 1) + item.index) === sign
      if (item.text !== '' && (numbered || (!node.ordered && bullet === '*' && sign === '*')))
        found.push(wholeText(item.node, page.structure))
    }
    // A numbered list is the one right below; further down it is something else.
    if (found.length > 0 || node.ordered) break
  }
  return found.length === 1 ? (found[0] as string) : null
}
