/** Names of roles that stand where a heading or a tab would: a bold line, or a tab that is written in no tag. */
import type { Paragraph } from 'mdast'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { headingName, isNumbered, isRoleLike } from '../words/role-name.ts'
import { TABS } from './block-label.ts'

/** Deeper than any heading: a caption ends at the next one, whichever it is. */
export const CAPTION_DEPTH = 7

/** Whether a heading is a caption. */
export function isCaption({ depth }: { depth: number }): boolean {
  return depth === CAPTION_DEPTH
}

/**
 * The name of a role that a paragraph is for what follows it; `null` where it is none, and empty where it is a tab of another
 * name, or the end of one: the caption above it goes no further. Other bold lines stay text: they name parts of what a role may
 * do as often as roles.
 *
 * @param text of the paragraph, without its marks
 */
function captionOf({ children }: Paragraph, text: string, settings: Settings): string | null {
  if (isBold(children)) return namedRole(nameIn(text), settings)
  const mkdocs = /^={3}/.test(text) ? tabIn(text) : null
  if (mkdocs !== null) return namedRole(mkdocs, settings)
  // Tags of one line and of those around it are one paragraph: `{{% /tab %}}`, `{{% tab "Dock Admin" %}}`.
  if (!/^\{[{%]/.test(text) || text.replace(TEMPLATE_TAG, '').trim() !== '') return null
  const tags = text.match(TEMPLATE_TAG) ?? []
  const last = tags.findLast((tag) => IS_TAB.test(tag))
  if (last === undefined) return null
  return namedRole(tabIn(last) ?? '', settings) ?? ''
}

/** Bold lines that name a part of what a role has, or something beside it, and no other role. */
const PART =
  /\b(?:access|actions?|allowed|capabilit(?:y|ies)|denied|description|examples?|features?|limit(?:s|ations?)|notes?|permissions?|privileges?|responsibilit(?:y|ies)|restrictions?|scopes?|tips?|usage|warnings?)$|^(?:best|can(?:not|['’]t)?|good|how|ideal|important|may|must|see|typical(?:ly)?|use|what|when|where|who|why)\b/i

/** Tells bold lines that are captions, as they are met on the way through a page. */
export class Captions {
  /** How many blocks had been met when the last caption began. */
  #blocks = 0
  /** Whether a bold line stood right below it: those name parts of what its role may do. */
  #inParts = false
  /** Whether the last caption has a number: then its siblings have one, and its parts have none. */
  #isNumbered = false

  /**
   * As `captionOf`; and below a caption and what it is for, the text of a bold line of whatever name: behind “**Admin**” and a list,
   * “**Cashier**” and a list are those of another role.
   *
   * @param blocks how many blocks have been met
   * @param isOpen whether the last caption goes on to here
   */
  read(node: Paragraph, text: string, settings: Settings, { blocks, isOpen }: { blocks: number; isOpen: boolean }) {
    const caption = captionOf(node, text, settings) ?? (isOpen ? this.#sibling(node, text, blocks) : null)
    if (caption === null) return null
    this.#blocks = blocks
    this.#inParts = false
    this.#isNumbered = isNumbered(text)
    return caption
  }

  #sibling({ children }: Paragraph, text: string, blocks: number): string | null {
    if (!isBold(children)) return null
    this.#inParts ||= blocks === this.#blocks
    const name = squeeze(nameIn(text))
    const isPart = this.#isNumbered ? !isNumbered(text) : this.#inParts
    return isPart || PART.test(name) || !/^\p{Lu}[^.,:;!?]{1,40}$/u.test(name) ? null : name
  }
}

function isBold([first, second, ...more]: Paragraph['children']): boolean {
  const rest = second && more.length === 0 ? textOf(second) : ''
  return first?.type === 'strong' && more.length === 0 && /^(?:\([^()]{0,80}\))?\s?:?$/.test(rest.trim())
}

/** “**Mate** (below deck):” is a mate. */
function nameIn(text: string): string {
  return headingName(text.replace(/\s?(?:\([^()]{0,80}\))?\s?:?$/, ''))
}

/** A tag of a template engine, or of Hugo. */
const TEMPLATE_TAG = /\{\{[%<][^{}]*\}\}|\{%[^{}%]*%\}/g
/** One that begins or ends a tab, or a set of them. */
const IS_TAB = /^\{[{%][%<]?-?\s*(?:\/\s*|end)?tabs?\b/

function tabIn(text: string): string | null {
  const bare = /^\{%-?\s*tab\s([^"%={}]+)%\}$/.exec(text)?.[1]
  return bare?.trim().replace(/-$/, '').trim() ?? TABS.flatMap((tab) => tab.exec(text)?.[1] ?? [])[0] ?? null
}

function namedRole(name: string, settings: Settings): string | null {
  return isRoleLike(name, settings) ? squeeze(name) : null
}

function textOf(node: Paragraph['children'][number]): string {
  return node.type === 'text' ? node.value : '?'
}
