/** The items of a list block: each item's own first line, nested lists apart (they are blocks of their own). */
import type { List, ListItem } from 'mdast'
import type { Span } from '../../diagnostic.ts'
import { firstFrom } from '../../lists.ts'
import { remembered } from '../../remembered.ts'
import { squeeze } from '../../text.ts'
import { inlineText } from '../markdown/inline.ts'
import type { Block } from '../page/page.ts'

export interface Item {
  text: string
  /** Of a task list: whether it is ticked; `null` for an item without a box. */
  checked: boolean | null
  span: Span
  node: ListItem
  /** Its 0-based place in the list, inclusions counted. */
  index: number
}

/** The items of a list block, in order, without inclusions; read once, whichever dialects ask. */
export const readItems = remembered((block: Block): readonly Item[] => {
  const { locator, structure } = block.page
  return (block.node as List).children.flatMap((item, index): Item[] => {
    const paragraph = item.children.find((child) => child.type === 'paragraph')
    const node = paragraph ?? item
    const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0]
    if (isInclusion(block, start, end)) return []
    const text = paragraph ? squeeze(inlineText(paragraph, structure)) : ''
    return [{ checked: item.checked ?? null, text, span: locator.span(start, end), node: item, index }]
  })
})

/** Whether an item's box is empty: in a task list, that says what a role does not have. */
export function isUnticked({ checked }: Pick<Item, 'checked'>): boolean {
  return checked === false
}

/** Whether a stretch is an inclusion and nothing else: what stands there is read in the partial. */
function isInclusion({ page }: Block, start: number, end: number): boolean {
  const { includes, structure } = page
  const include = includes[firstFrom(includes, start, (other) => other.start)]
  return include?.start === start && structure.masked.slice(start + 1, end).trim() === ''
}
