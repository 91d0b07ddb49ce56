/** What stands in running text: inline code, links, and the texts of headings. */
import type { Nodes } from 'mdast'
import { LINE_BREAK, OBJECT, type Structure } from './structure/structure.ts'

/** Inline code anywhere in a page: in sentences, headings, list items and cells. */
export interface InlineCode {
  text: string
  /** 0-based offsets of the whole span, its backticks included. */
  start: number
  end: number
}

export interface Link {
  /** As written: `./roles.mdx#cluster-admin`, `#top`, `https://…`. */
  target: string
  text: string
  /** 0-based offsets of the whole link or tag. */
  start: number
  end: number
}

export interface HeadingText {
  /** 0-based. */
  offset: number
  /** Spaces as written, without what icons and badges say: what sites make the heading's slug of. */
  text: string
}

/** Plain data: it is kept as JSON between runs. */
export interface Prose {
  codes: InlineCode[]
  /** Markdown links, and tags with `href`, `to` or `url`; in order. */
  links: Link[]
  /** Headings, for their anchors. */
  headings: HeadingText[]
}

const TARGETS = ['href', 'to', 'url']

/** Collects inline code and links from a page's tree. */
export function readProse(root: { children: Nodes[] }, structure: Structure): Prose {
  const codes: InlineCode[] = []
  const links: Link[] = []
  const headings: HeadingText[] = []
  const queue: Nodes[] = [...root.children].reverse()
  for (let node = queue.pop(); node; node = queue.pop()) {
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? start
    if (node.type === 'inlineCode') codes.push({ text: node.value, start, end })
    else if (node.type === 'link') links.push({ target: node.url, text: textOf(node), start, end })
    else if (node.type === 'heading')
      headings.push({ offset: start, text: textOf(node).replaceAll(OBJECT, '').replaceAll(LINE_BREAK, '') })
    if ('children' in node) for (let i = node.children.length - 1; i >= 0; i--) queue.push(node.children[i] as Nodes)
  }
  const tags = [...structure.elements, ...structure.objects.values()]
  for (const { attributes, start, end } of tags) {
    for (const key of TARGETS) {
      const attribute = attributes.get(key)
      if (attribute) links.push({ target: attribute.value, text: attributes.get('text')?.value ?? '', start, end })
    }
  }
  return { codes, links: links.sort((a, b) => a.start - b.start), headings }
}

function textOf(top: Nodes): string {
  const parts: string[] = []
  const queue: Nodes[] = [top]
  for (let node = queue.pop(); node; node = queue.pop()) {
    if ('value' in node) parts.push(node.value)
    else if ('alt' in node && node.alt) parts.push(node.alt)
    if ('children' in node) for (let i = node.children.length - 1; i >= 0; i--) queue.push(node.children[i] as Nodes)
  }
  return parts.join('')
}
