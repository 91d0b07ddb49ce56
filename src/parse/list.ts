/** The items of a list block: each item's own first line, nested lists apart (they are blocks of their own). */
import type { List } from 'mdast'
import type { Span } from '../diagnostic.ts'
import { squeeze } from '../text.ts'
import { inlineText } from './inline.ts'
import type { Block } from './page.ts'

export interface Item {
  text: string
  /** Of a task list: whether it is ticked; `null` for an item without a box. */
  checked: boolean | null
  span: Span
}

export function readItems(block: Block): Item[] {
  const { locator, structure } = block.page
  return (block.node as List).children.map((item) => {
    const paragraph = item.children.find((child) => child.type === 'paragraph')
    const node = paragraph ?? item
    return {
      checked: item.checked ?? null,
      text: paragraph ? squeeze(inlineText(paragraph, structure)) : '',
      span: locator.span(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0),
    }
  })
}
