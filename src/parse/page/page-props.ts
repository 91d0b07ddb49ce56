/** Pages and props: a page's blocks with props filled in, and where a page asks for them. */
import type { Nodes } from 'mdast'
import type { Span } from '../../diagnostic.ts'
import { remembered } from '../../remembered.ts'
import { parsePage } from '../markdown/markdown.ts'
import { type Asked, expressionsIn, mentionsIn, type Props, withProps } from '../structure/props.ts'
import type { Block, Page } from './page.ts'

/** A block as it reads with props: the same nodes and places, with a structure that fills props into their text. */
export function blockWithProps(block: Block, props: Props): Block {
  if (props.size === 0) return block
  return { ...block, page: pagesWith(props)(block.page) }
}

/** What gives pages as they read with some props, each made once. */
const pagesWith = remembered((props: Props) => {
  const filled = (text: string) => withProps(text, props)
  return remembered((page: Page): Page => {
    return {
      ...page,
      structure: { ...page.structure, props },
      footnotes: new Map([...page.footnotes].map(([id, text]) => [id, filled(text)])),
      paragraphs: page.paragraphs.map((paragraph) => ({ ...paragraph, text: filled(paragraph.text) })),
    }
  })
})

export interface PropReference {
  /** As written, braces included. */
  text: string
  /** The prop's name, or `null` for an expression that is computed. */
  name: string | null
  span: Span
}

/** Where a page's text and tags ask for props, in order. Code asks for nothing: MDX leaves it as it is. */
export function propReferences(page: Page): PropReference[] {
  const { structure, file, locator } = page
  if (!file.text.slice(page.frontMatter.end).includes('props')) return []
  const found: Asked<string | null>[] = []
  const add = (asked: readonly Asked<string | null>[], start: number) => {
    for (const { text, name, at } of asked) found.push({ text, name, at: start + at })
  }
  const visit = (node: Nodes) => {
    if (node.type === 'text') {
      const start = node.position?.start.offset ?? 0
      add(expressionsIn(structure.masked.slice(start, node.position?.end.offset ?? start)), start)
    }
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(parsePage(structure))
  for (const { start, contentStart } of structure.elements) add(mentionsIn(file.text.slice(start, contentStart)), start)
  found.sort((a, b) => a.at - b.at)
  return found.map(({ text, name, at }) => ({ text, name, span: locator.span(at, at + text.length) }))
}
