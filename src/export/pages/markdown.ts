/** A rendered page as Markdown again, for the twin of its page: what readers of the HTML see, and no tags. */
import type { ElementContent, Element as HastElement, Root as HastRoot, Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { type State, toMdast } from 'hast-util-to-mdast'
import type { BlockContent, Root, RootContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import type { MarkdownPart, Segment } from '../site-input.ts'

/** Stands in the Markdown where a view is written by the site; a page's own text has no such characters. */
const PLACE = /\uE000(\d+)\uE000/

/** Markdown and, between it, the positions of the segments that are views. */
export function markdownOfSegments(segments: readonly Segment[]): MarkdownPart[] {
  const html = segments
    .map((segment, i) => (segment.kind === 'html' ? segment.html.replace(/\uE000/g, '') : `<p>\uE000${i}\uE000</p>`))
    .join('')
  const text = markdownOfHtml(html)
  return text
    .split(PLACE)
    .map((part, i): MarkdownPart => (i % 2 === 0 ? part.trim() : Number(part)))
    .filter((part) => part !== '')
}

/** Sanitised HTML as Markdown: panels and tabs become paragraphs in bold, admonitions become quotes. */
export function markdownOfHtml(html: string): string {
  const tree = fromHtml(html, { fragment: true }) as HastRoot
  const root = toMdast(tree as Nodes, {
    handlers: { details: panel, aside, section: (state: State, node: HastElement) => blocks(state, node.children) },
  }) as Root
  return toMarkdown(root, {
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    bullet: '-',
    emphasis: '_',
    fences: true,
    rule: '-',
  })
}

function blocks(state: State, children: ElementContent[]): BlockContent[] {
  return state.toFlow(state.all({ type: 'element', tagName: 'div', properties: {}, children })) as BlockContent[]
}

function textOf(node: ElementContent): string {
  if (node.type === 'text') return node.value
  return node.type === 'element' ? node.children.map(textOf).join('') : ''
}

function panel(state: State, node: HastElement): RootContent[] {
  const summary = node.children.find((child) => child.type === 'element' && child.tagName === 'summary')
  const rest = node.children.filter((child) => child !== summary)
  const label = summary ? textOf(summary).trim() : ''
  return [...(label === '' ? [] : [bold(label)]), ...blocks(state, rest)]
}

function aside(state: State, node: HastElement): RootContent[] {
  const [title, ...rest] = node.children.filter((child) => child.type === 'element')
  if (!title) return []
  return [{ type: 'blockquote', children: [bold(textOf(title).trim()), ...blocks(state, rest)] }]
}

function bold(text: string): BlockContent {
  return { type: 'paragraph', children: [{ type: 'strong', children: [{ type: 'text', value: text }] }] }
}
