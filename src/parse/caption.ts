/** Names of roles that stand where a heading or a tab would: a bold line, or a tab that is written in no tag. */
import type { Paragraph } from 'mdast'
import type { Settings } from '../settings/schema.ts'
import { squeeze } from '../text.ts'
import { TABS } from './block-label.ts'
import { isRoleLike } from './role-name.ts'

/** Deeper than any heading: a caption ends at the next one, whichever it is. */
export const CAPTION_DEPTH = 7

/**
 * The name of a role that a paragraph is for what follows it, or `null`. Other bold lines stay text: they name parts of what a
 * role may do as often as roles.
 *
 * @param text of the paragraph, without its marks
 */
export function captionOf({ children }: Paragraph, text: string, settings: Settings): string | null {
  const [first, second, ...more] = children
  const isBold = first?.type === 'strong' && more.length === 0 && (!second || /^\s*:\s*$/.test(textOf(second)))
  const name = isBold ? text.replace(/:$/, '') : (TABS.flatMap((tab) => tab.exec(text)?.[1] ?? [])[0] ?? null)
  return name !== null && isRoleLike(name, settings) ? squeeze(name) : null
}

function textOf(node: Paragraph['children'][number]): string {
  return node.type === 'text' ? node.value : '?'
}
