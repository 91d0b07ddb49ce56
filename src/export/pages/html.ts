/** Markdown nodes to sanitised HTML. Content is untrusted: no raw HTML of a page ever reaches this, and links are checked. */
import type { ElementContent, Element as HastElement, Root as HastRoot, RootContent } from 'hast'
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import type { Root } from 'mdast'
import { type State, toHast } from 'mdast-util-to-hast'
import type { Marker, Wrapper } from './fold.ts'

/** Class names and attributes below are written by this module alone: a page's own tags are not HTML here. */
const SCHEMA: Schema = {
  ...defaultSchema,
  allowComments: true,
  clobber: [],
  attributes: {
    ...defaultSchema.attributes,
    '*': [...(defaultSchema.attributes?.['*'] ?? []), 'className', 'id'],
    details: ['open', 'name'],
    aside: ['ariaLabel', 'role'],
  },
  tagNames: [...(defaultSchema.tagNames ?? []), 'aside'],
}

export interface HtmlOptions {
  /** Turns a wrapper into HTML; `children` are its contents. */
  wrapper: (wrapper: Wrapper, children: ElementContent[]) => ElementContent[]
  /** The address that a link of the page leads to on the site; `null` takes the link off its text. */
  link: (url: string) => string | null
  /** The anchor of each heading, in order. */
  headingIds: string[]
}

/** A page's tree as HTML that is safe to show, whatever the page holds: no script, no style, no address but of the web. */
export function markdownToHtml(root: Root, options: HtmlOptions): string {
  const tree = toHast(root, {
    handlers: {
      wrapper: (state: State, node: Wrapper) => options.wrapper(node, state.all(node as never)),
      marker: (_state: State, node: Marker) => ({ type: 'comment', value: node.value }),
    },
  }) as HastRoot
  const ids = [...options.headingIds]
  visitElements(tree, (element, parent, index) => {
    if (/^h[1-6]$/.test(element.tagName)) {
      const id = ids.shift()
      if (id !== undefined) element.properties.id = id
      if (element.tagName === 'h1') element.tagName = 'h2'
    } else if (element.tagName === 'a') {
      const href = options.link(String(element.properties.href ?? ''))
      if (href === null)
        parent.children.splice(index, 1, {
          type: 'element',
          tagName: 'span',
          properties: {},
          children: element.children,
        })
      else element.properties.href = href
    } else if (element.tagName === 'img') {
      // Images of the documentation are not published with it, and none is fetched from elsewhere.
      parent.children.splice(index, 1, { type: 'text', value: String(element.properties.alt ?? '') })
    }
  })
  return toHtml(sanitize(tree, SCHEMA))
}

type Parent = { children: RootContent[] }

function visitElements(parent: Parent, visit: (element: HastElement, parent: Parent, index: number) => void): void {
  for (let i = 0; i < parent.children.length; i++) {
    const child = parent.children[i]
    if (child?.type !== 'element') continue
    visit(child, parent, i)
    visitElements(child, visit)
  }
}
