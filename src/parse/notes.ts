/** The text of a footnote that a mark points to, wherever writers put it: glued to the table, in a list, under it. */
import type { List } from 'mdast'
import type { Cell, Grid } from './cells.ts'
import { readItems } from './list.ts'
import { outlineOf } from './outline.ts'
import type { Block } from './page.ts'

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * The text of the note with a sign (`[^1]`, `(1)`, `¹`, `*`), or `null` where none is found: the definition of `[^1]`;
 * else what begins with the same sign, right under the table, then in its section, then further down the page.
 */
export function noteText(sign: string, block: Block, grid: Grid): string | null {
  const { page } = block
  const reference = /^\[\^([^\]]+)\]$/.exec(sign)
  if (reference) return page.footnotes.get((reference[1] as string).toLowerCase()) || null
  const bare = bareSign(sign)
  const begins = startsWith(bare)
  const glued = grid.glued.find((cell) => begins.test(cell.text))
  if (glued) return textAfter(glued.text, begins)
  const rows = grid.rows.filter(({ cells }) => cells.length === 1 || cells.slice(1).every(isBlank))
  const row = rows.find(({ cells }) => begins.test(cells[0]?.text ?? ''))
  if (row) return textAfter(row.cells[0]?.text ?? '', begins)
  const sectionEnd = outlineOf(page).headingFrom(block.end)
  for (const limit of [sectionEnd, Number.POSITIVE_INFINITY]) {
    const paragraph = page.paragraphs.find((p) => p.offset >= block.end && p.offset < limit && begins.test(p.text))
    if (paragraph) return textAfter(paragraph.text, begins)
    const item = itemWith(bare, block, limit)
    if (item !== null) return item
  }
  return null
}

function isBlank(cell: Cell): boolean {
  return cell.text === ''
}

/** `(1)`, `[1]` and `¹` are one sign; `**` is another than `*`. */
function bareSign(sign: string): string {
  const inner = sign.replace(/^[([]\^?|[)\]]$/g, '')
  return inner.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(RAISED.indexOf(digit)))
}

/** What a note's text begins with: its sign, bare or in brackets, and no more of it. */
function startsWith(sign: string): RegExp {
  const literal = sign.replace(/[*+?^$.()[\]|\\]/g, '\\$&')
  if (/^\d+$/.test(sign)) {
    const raised = [...sign].map((digit) => RAISED[Number(digit)]).join('')
    return new RegExp(
      `^(?:[([]${literal}[)\\]]|${literal}[.):]|${raised}|${literal}(?=\\s+\\p{Lu}))[\\s:.–—-]*(?=\\S)`,
      'u',
    )
  }
  if (/^[a-z]$/i.test(sign)) return new RegExp(`^(?:[([]${literal}[)\\]]|${literal}[.):])[\\s:.–—-]*(?=\\S)`, 'iu')
  return new RegExp(`^\\\\?${literal}(?![*†‡§])[\\s:.)–—-]*(?=\\S)`, 'u')
}

function textAfter(text: string, begins: RegExp): string {
  return text.replace(begins, '')
}

/** The one item of the lists below that its number, or for a star its bullet, makes the note. */
function itemWith(sign: string, block: Block, limit: number): string | null {
  const { page } = block
  const found: string[] = []
  for (const list of page.blocks) {
    if (list.kind !== 'list' || list.start < block.end || list.start >= limit) continue
    const node = list.node as List
    const bullet = page.file.text[list.start] ?? ''
    readItems(list).forEach((item, i) => {
      const numbered = node.ordered && String((node.start ?? 1) + i) === sign
      if (item.text !== '' && (numbered || (!node.ordered && bullet === '*' && sign === '*'))) found.push(item.text)
    })
    // A numbered list is the one right below; further down it is something else.
    if (found.length > 0 || node.ordered) break
  }
  return found.length === 1 ? (found[0] as string) : null
}
