/** What stands in running text: inline code, links, and the anchors that links lead to. */
import Slugger from 'github-slugger'
import type { Nodes } from 'mdast'
import type { Page } from './page.ts'

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

export interface Prose {
  codes: InlineCode[]
  /** Markdown links, and tags with `href`, `to` or `url`; in order. */
  links: Link[]
}

const TARGETS = ['href', 'to', 'url']

/** Collects inline code and links from a page's tree. */
export function readProse(root: { children: Nodes[] }, structure: Page['structure']): Prose {
  const codes: InlineCode[] = []
  const links: Link[] = []
  const queue: Nodes[] = [...root.children].reverse()
  for (let node = queue.pop(); node; node = queue.pop()) {
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? start
    if (node.type === 'inlineCode') codes.push({ text: node.value, start, end })
    else if (node.type === 'link') links.push({ target: node.url, text: textOf(node), start, end })
    if ('children' in node) for (let i = node.children.length - 1; i >= 0; i--) queue.push(node.children[i] as Nodes)
  }
  const tags = [...structure.elements, ...structure.objects.values()]
  for (const { attributes, start, end } of tags) {
    for (const key of TARGETS) {
      const attribute = attributes.get(key)
      if (attribute) links.push({ target: attribute.value, text: attributes.get('text')?.value ?? '', start, end })
    }
  }
  return { codes, links: links.sort((a, b) => a.start - b.start) }
}

function textOf(top: Nodes): string {
  const parts: string[] = []
  const queue: Nodes[] = [top]
  for (let node = queue.pop(); node; node = queue.pop()) {
    if ('value' in node) parts.push(node.value)
    if ('children' in node) for (let i = node.children.length - 1; i >= 0; i--) queue.push(node.children[i] as Nodes)
  }
  return parts.join('')
}

/**
 * The anchors that a link into a page can lead to: `{#id}` of a heading, else the heading's slug as GitHub, Docusaurus and
 * Astro make it, and the `id` and `name` attributes of tags.
 */
export function anchorsOf(page: Page): Set<string> {
  const slugger = new Slugger()
  const anchors = new Set<string>()
  for (const heading of page.headings) {
    const line = page.file.text.slice(heading.offset, heading.offset + 4096).split(/[\r\n]/, 1)[0] ?? ''
    const custom = /\{#([^}\s]+)\}\s*$/.exec(line)?.[1]
    anchors.add(custom ?? slugger.slug(heading.text))
  }
  for (const { attributes } of [...page.structure.elements, ...page.structure.objects.values()]) {
    for (const key of ['id', 'name']) {
      const value = attributes.get(key)?.value
      if (value) anchors.add(value)
    }
  }
  return anchors
}
