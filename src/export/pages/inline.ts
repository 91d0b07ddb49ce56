/** Text of a masked page as a reader sees it: line breaks, objects by their text, props, and inclusions in their place. */
import type { Heading, Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import { addAll } from '../../lists.ts'
import { objectText } from '../../parse/markdown/inline.ts'
import type { Include, Page } from '../../parse/page/page.ts'
import { type Props, withProps } from '../../parse/structure/props.ts'
import { LINE_BREAK, OBJECT } from '../../parse/structure/structure.ts'
import type { Wrapper } from './fold.ts'

/**
 * Turns the placeholders of a masked page back into what they stand for. An inclusion in a line, a cell or a bullet
 * becomes a wrapper; a paragraph is parted around a partial that is more than a line, which after a heading follows it.
 *
 * @param isLine whether what an inclusion shows fits into a line
 */
export function restoreInline(root: Root, page: Page, props: Props, isLine: (include: Include) => boolean): void {
  new Restorer(page, props, isLine).restore(root)
}

/** The inclusions of a stretch of a page as blocks, in order. */
export function inclusionsWithin(page: Page, start: number, end: number): Wrapper[] {
  const includes = page.includes.filter((include) => include.start >= start && include.start < end)
  return includes.flatMap((include) => wrapperOf(include, page, false))
}

function wrapperOf(include: Include, page: Page, inline: boolean): Wrapper[] {
  const element = page.structure.elements.find((candidate) => candidate.start === include.start)
  return element ? [{ type: 'wrapper', element, children: [], inline }] : []
}

class Restorer {
  readonly #page: Page
  readonly #props: Props
  readonly #isLine: (include: Include) => boolean
  readonly #includes: ReadonlyMap<number, Include>

  constructor(page: Page, props: Props, isLine: (include: Include) => boolean) {
    this.#page = page
    this.#props = props
    this.#isLine = isLine
    this.#includes = new Map(page.includes.map((include) => [include.start, include]))
  }

  restore(node: Nodes): void {
    if (!('children' in node)) return
    const parent = node as { children: RootContent[] }
    parent.children = parent.children.flatMap((child): RootContent[] => {
      if (child.type === 'text') return this.#parts(child)
      this.restore(child)
      return child.type === 'paragraph' || child.type === 'heading' ? spread(child) : [child]
    })
  }

  /** A text node as its texts, its breaks, and a wrapper for each inclusion in it. */
  #parts(node: Extract<RootContent, { type: 'text' }>): PhrasingContent[] {
    const start = node.position?.start.offset ?? 0
    const source = this.#page.structure.masked.slice(start, node.position?.end.offset ?? start)
    const offsets = node.value.includes(OBJECT)
      ? Array.from(source.matchAll(new RegExp(OBJECT, 'g')), (match) => start + match.index)
      : []
    const parts: PhrasingContent[] = []
    let text = ''
    const end = () => {
      if (text !== '') parts.push({ type: 'text', value: withProps(text, this.#props), position: node.position })
      text = ''
    }
    for (const piece of node.value.split(PLACEHOLDERS)) {
      if (piece === LINE_BREAK) {
        end()
        parts.push({ type: 'break' })
      } else if (piece === OBJECT) {
        const offset = offsets.shift() ?? -1
        const include = this.#includes.get(offset)
        const tag = this.#page.structure.objects.get(offset)
        if (!include) text += tag ? objectText(tag) : ''
        else {
          end()
          addAll(parts, wrapperOf(include, this.#page, this.#isLine(include)))
        }
      } else text += parts.at(-1)?.type === 'break' && text === '' ? piece.trimStart() : piece
    }
    end()
    return parts
  }
}

const PLACEHOLDERS = new RegExp(`(${LINE_BREAK}|${OBJECT})`)

function spread(node: Paragraph | Heading): RootContent[] {
  if (!node.children.some((child) => child.type === 'wrapper')) return [node]
  const filled = node.children.filter((child) => !isBlank(child))
  const [only] = filled
  if (node.type === 'paragraph' && filled.length === 1 && only?.type === 'wrapper') return [{ ...only, inline: false }]
  const blocks = node.children.filter((child) => child.type === 'wrapper' && !child.inline)
  if (blocks.length === 0) return [node]
  if (node.type === 'heading') {
    return [{ ...node, children: node.children.filter((child) => !blocks.includes(child)) }, ...blocks]
  }
  const parts: RootContent[] = []
  let line: PhrasingContent[] = []
  const end = () => {
    if (line.some((child) => !isBlank(child))) parts.push({ type: 'paragraph', children: line })
    line = []
  }
  for (const child of node.children) {
    if (!blocks.includes(child)) {
      line.push(child)
      continue
    }
    end()
    parts.push(child)
  }
  end()
  return parts
}

function isBlank(child: PhrasingContent): boolean {
  return child.type === 'text' && child.value.trim() === ''
}
