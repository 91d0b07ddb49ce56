/** An inclusion as a page writes it: which partial it names, and what it hands to it. */
import type { Span } from '../../diagnostic.ts'
import type { Settings } from '../../settings/schema.ts'
import type { Locator } from '../source.ts'
import type { Element } from '../structure/element.ts'
import { propsOfTag, type WrittenProps } from '../structure/props.ts'
import { scanTag } from '../structure/tag.ts'

export interface IncludeTag {
  category: string
  name: string
  props: WrittenProps
  /** Whether it hands on all props of the page that it stands in: `{...props}`. */
  spread: boolean
  span: Span
  /** 0-based offsets of its tag. */
  start: number
  end: number
}

/** Reads an element that includes a partial; `null` where it names none, or computes the name. */
export function readInclude(
  element: Pick<Element, 'start' | 'contentStart' | 'attributes'>,
  text: string,
  locator: Locator,
  settings: Settings,
): IncludeTag | null {
  const { category, name } = settings.partials
  const { start, contentStart: end, attributes } = element
  const tag = scanTag(text, start)
  const partialName = attributes.get(name)
  if (!tag || !partialName || tag.expressions.has(category)) return null
  return {
    category: attributes.get(category)?.value ?? '',
    name: partialName.value,
    props: propsOfTag(tag, [category, name]),
    spread: /\{\s*\.\.\.\s*props\s*\}/.test(text.slice(start, end)),
    span: locator.span(start, end),
    start,
    end,
  }
}
