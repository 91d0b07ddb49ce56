/** What stands in running text: inline code, links, and the anchors that links lead to. */
import Slugger from 'github-slugger'
import type { Nodes } from 'mdast'
import type { Page } from './page/page.ts'
import { LINE_BREAK, OBJECT } from './structure/structure.ts'

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
export function readProse(root: { children: Nodes[] }, structure: Page['structure']): Prose {
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

/**
 * The anchors that a link into a page can lead to, each with the place of its heading or tag (0-based offset): a heading's
 * own id (`{#id}`, or `id` in a comment: Docusaurus knows both), else its slug as github-slugger makes it for GitHub,
 * Docusaurus and Astro, and the `id` of a tag and the `name` of an `<a>`. Where sites differ (what a badge in a heading adds, a
 * hyphen at the end, which Astro removes), each of their anchors is one.
 */
export function anchorsOf(page: Page): Map<string, number> {
  const [sluggers, anchors] = [[new Slugger(), new Slugger()], new Map<string, number>()]
  const texts = new Map(page.prose.headings.map((heading) => [heading.offset, heading.text]))
  const add = (anchor: string, offset: number) => {
    if (!anchors.has(anchor)) anchors.set(anchor, offset)
  }
  for (const { offset, text } of page.headings) {
    const line = page.file.text.slice(offset, offset + 4096).split(/[\r\n]/, 1)[0] ?? ''
    const custom = /\{(?:\/\*)? ?#([^{}\s*]+) ?(?:\*\/)?\}\s*$/.exec(line)?.[1]
    if (custom !== undefined) add(custom, offset)
    const written = (texts.get(offset) ?? text).replace(/\{#[^{}]*\}\s*$/, '').trimStart()
    for (const [i, slugger] of sluggers.entries()) {
      const slug = slugger.slug(i === 0 ? text : written)
      add(slug, offset)
      add(slug.replace(/-$/, ''), offset)
    }
  }
  for (const { name, attributes, start } of [...page.structure.elements, ...page.structure.objects.values()]) {
    // A component's name is none: `<PartialsComponent name="…">`.
    for (const key of name === 'a' ? ['id', 'name'] : ['id']) {
      const value = attributes.get(key)?.value
      if (value) add(value, start)
    }
  }
  return anchors
}
