/** Whether anything around a list says that it is about permissions: lists of the calls of a program are written alike. */

import { remembered } from '../../remembered.ts'
import { type Item, readItems } from '../blocks/list.ts'
import type { BlockInput } from '../dialect.ts'
import { lineAbove } from '../page/outline.ts'
import { ALLOWED, SUBJECT } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { isOperationWord } from '../words/vocabulary.ts'

/**
 * Whether a heading, the page's title, a panel or the sentence above a block speaks of permissions or names a role. True as well
 * where nothing stands around it, as in a partial: it is about what the page that includes it is about.
 */
export const speaksAround = remembered(({ surroundings: { names }, block, settings }: BlockInput): boolean => {
  if (names.length === 0 || block.panels.length > 0) return true
  if (names.some(({ text }) => SUBJECT.test(text) || isRoleLike(text, settings))) return true
  return SUBJECT.test(lineAbove(block)?.text ?? '')
})

/**
 * Whether ids in a list may be permissions: something around it says so, or one ends in an operation as the vocabulary has it
 * (`dock.get`, and not `options.stopEarly`). A list of links is one of contents, unless a heading says more.
 */
export function mayBeMeant(ids: readonly { operation: string }[], input: BlockInput): boolean {
  const { names } = input.surroundings
  const isNamed = () => names.some(({ text }) => ALLOWED.test(text) || isRoleLike(text, input.settings))
  if (areLinks(input) && !isNamed()) return false
  return speaksAround(input) || ids.some(({ operation }) => isOperationWord(operation, input.settings))
}

/** Whether all items of a list are links, with a remark behind them at most. */
export function areLinks({ block }: BlockInput): boolean {
  return readItems(block).every(isLink)
}

function isLink({ node }: Item): boolean {
  const [first] = node.children
  return first?.type === 'paragraph' && first.children[0]?.type === 'link'
}
