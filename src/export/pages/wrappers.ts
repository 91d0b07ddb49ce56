/** Elements of a page as HTML: panels as `<details>`, admonitions as asides, anything else as what it holds. */
import type { ElementContent, Element as HastElement } from 'hast'
import type { Span } from '../../diagnostic.ts'
import { type Cell, readGrid } from '../../parse/blocks/cells.ts'
import type { Block, Include, Page } from '../../parse/page/page.ts'
import { labelsOf } from '../../parse/page/panels.ts'
import type { Element } from '../../parse/structure/element.ts'
import { type Props, withProps } from '../../parse/structure/props.ts'
import { slugify, squeeze } from '../../text.ts'

/** Admonitions by the four kinds that the site's theme draws. */
const ASIDES = new Map([
  ['note', 'note'],
  ['info', 'note'],
  ['preview', 'note'],
  ['important', 'note'],
  ['tip', 'tip'],
  ['success', 'tip'],
  ['warning', 'caution'],
  ['caution', 'caution'],
  ['danger', 'danger'],
])

/** A wrapper's HTML; `children` are its contents. */
export function wrapperHtml(element: Element, children: ElementContent[], page: Page, props: Props): ElementContent[] {
  if (element.name.startsWith(':::')) return [aside(element, children)]
  const label = labelOf(element, page, props)
  if (label !== null) return [panel(label, element, children)]
  return children
}

function labelOf(element: Element, page: Page, props: Props): string | null {
  for (const { value } of labelsOf(element)) {
    const label = squeeze(withProps(value, props))
    if (label !== '') return label
  }
  const summary = element.children.find((child) => child.name === 'summary')
  if (element.name !== 'details') return null
  return (
    squeeze(summary ? withProps(page.structure.masked.slice(summary.contentStart, summary.contentEnd), props) : '') ||
    'Details'
  )
}

/** Panels of one group share a name, so that opening one closes the others; the first tab of a group is open. */
function panel(label: string, element: Element, children: ElementContent[]): HastElement {
  const group = element.parent
  const tabs = /tab/i.test(element.name)
  const first = tabs && group !== null && group.children.find((child) => child.name === element.name) === element
  const name = tabs && group !== null && group.start > 0 ? `${slugify(group.name)}-${group.start}` : null
  return h(
    'details',
    { className: [tabs ? 'rb-tab' : 'rb-panel'], ...(first ? { open: true } : {}), ...(name ? { name } : {}) },
    [h('summary', {}, [{ type: 'text', value: label }]), h('div', { className: ['rb-panel-content'] }, children)],
  )
}

function aside(element: Element, children: ElementContent[]): HastElement {
  const [word = 'note', ...rest] = (element.attributes.get('title')?.value ?? '').split(/\s+|(?=\[)/)
  const kind = ASIDES.get(word.toLowerCase()) ?? 'note'
  const own = squeeze(rest.join(' ').replace(/^\[|\]$/g, ''))
  const title = own || word.charAt(0).toUpperCase() + word.slice(1)
  return h('aside', { role: 'note', ariaLabel: title, className: ['starlight-aside', `starlight-aside--${kind}`] }, [
    h('p', { className: ['starlight-aside__title'] }, [{ type: 'text', value: title }]),
    h('div', { className: ['starlight-aside__content'] }, children),
  ])
}

/** A table of tags by the text of its cells, and what the inclusions in them show. */
export function tagTableHtml(
  block: Block,
  includes: readonly Include[],
  included: (include: Include) => ElementContent[],
): ElementContent[] {
  const { header, rows } = readGrid(block)
  const row = (tag: string, cells: readonly Cell[]) =>
    h(
      'tr',
      {},
      cells.map((cell) => {
        const own = includes.filter((include) => isWithin(include.span, cell.span))
        const value = own.reduce((text, include) => text.replace(include.name, ''), cell.text)
        return h(tag, {}, [{ type: 'text', value }, ...own.flatMap(included)])
      }),
    )
  const body = rows.map(({ cells }) => row('td', cells))
  return [h('table', {}, [h('thead', {}, [row('th', header)]), h('tbody', {}, body)])]
}

function isWithin(inner: Span, outer: Span): boolean {
  const starts = inner.line - outer.line || inner.column - outer.column
  const ends = outer.endLine - inner.endLine || outer.endColumn - inner.endColumn
  return starts >= 0 && ends >= 0
}

function h(tagName: string, properties: HastElement['properties'], children: ElementContent[]): HastElement {
  return { type: 'element', tagName, properties, children }
}
