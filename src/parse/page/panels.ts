/** Panels: elements that give what they hold a name. */
import type { Finding, Span } from '../../diagnostic.ts'
import { squeeze } from '../../text.ts'
import { grouped } from '../markdown/limits.ts'
import type { Attribute, Element } from '../structure/element.ts'
import { endOfLine } from '../structure/lines.ts'
import type { Block, Page } from './page.ts'

/** A tab, accordion panel, `<details>`: an element that gives what it holds a name. */
export interface Panel {
  element: Element
  names: PanelName[]
}

export interface PanelName {
  text: string
  /** `label` is what a reader sees; `value` is an id that may be a second spelling. */
  kind: 'label' | 'value'
  span: Span
}

/** Attributes that name a panel to its reader. */
const LABELS: readonly string[] = ['label', 'title', 'tab', 'header', 'summary']
/** Attributes that hold a panel's id. */
const VALUES = ['value', 'key']

/**
 * The attributes that name an element to its reader. A tab of Docusaurus that has no label shows its value:
 * https://docusaurus.io/docs/markdown-features/tabs
 */
export function labelsOf({ name, attributes }: Pick<Element, 'attributes' | 'name'>): Attribute[] {
  const labels = LABELS.flatMap((key) => attributes.get(key) ?? [])
  const value = name === 'TabItem' && labels.length === 0 ? attributes.get('value') : undefined
  return value ? [value] : labels
}

/** The first of their texts; `undefined` where there is none. */
export function labelOf(element: Pick<Element, 'attributes' | 'name'>): string | undefined {
  return labelsOf(element).find(({ value }) => value !== '')?.value
}

/** The names of an element, in order; without a label among them, it is no panel. */
export function panelNames(element: Element, { locator, structure }: Pick<Page, 'locator' | 'structure'>): PanelName[] {
  const names: PanelName[] = []
  const add = (text: string, kind: PanelName['kind'], start: number, end: number) => {
    const name = squeeze(text)
    if (name !== '') names.push({ text: name, kind, span: locator.span(start, end) })
  }
  if (element.name.startsWith(':::')) return names
  const labels = labelsOf(element)
  for (const { value, start, end } of labels) add(value, 'label', start, end)
  const summary = summaryOf(element)
  if (summary) add(structure.masked.slice(...summary), 'label', ...summary)
  for (const key of VALUES) {
    const attribute = element.attributes.get(key)
    if (attribute && !labels.includes(attribute)) add(attribute.value, 'value', attribute.start, attribute.end)
  }
  return names
}

/** As much of the content of a `<summary>`, which nobody may have closed, is a name. */
const LONGEST_SUMMARY = 1000

/** Where the text stands that names a `<details>` to its reader. */
export function summaryOf({ name, children }: Element): [start: number, end: number] | null {
  const summary = name === 'details' ? children.find((child) => child.name === 'summary') : undefined
  if (!summary) return null
  const { contentStart, contentEnd } = summary
  return [contentStart, Math.min(contentEnd, contentStart + LONGEST_SUMMARY)]
}

/** The finding for a block that stands in more panels than are looked at, or `null`. */
export function panelsLeftOut({ page, depth, panels, start }: Block): Finding | null {
  if (depth <= panels.length) return null
  return {
    ruleId: 'input-limit',
    message: `This stands in ${grouped(depth)} panels inside of each other, more than the ${grouped(panels.length)} that \`limits.panels\` allows, so it was read as if the outermost were not there.`,
    span: page.locator.span(start, endOfLine(page.file.text, start)),
    subject: null,
    ids: [page.file.path, 'panels'],
  }
}
