/** Puts the elements that `structure.ts` took out of a page back around its Markdown nodes. */
import type { BlockContent, Nodes, Root, RootContent } from 'mdast'
import type { Position } from 'unist'
import type { Page } from '../../parse/page/page.ts'
import type { Element } from '../../parse/structure/element.ts'

/** A wrapped run of nodes: a panel, an admonition, a group of tabs, an inclusion. */
export interface Wrapper {
  type: 'wrapper'
  element: Element
  children: RootContent[]
  /** Whether it stands in a line of text. */
  inline?: boolean
  position?: Position
}

/** A place in the HTML that is filled in later; becomes a comment, and pages have no comments of their own left. */
export interface Marker {
  type: 'marker'
  value: string
  position?: Position
}

declare module 'mdast' {
  interface RootContentMap {
    wrapper: Wrapper
    marker: Marker
  }
  interface BlockContentMap {
    wrapper: Wrapper
    marker: Marker
  }
  interface PhrasingContentMap {
    wrapper: Wrapper
  }
}

interface TagEvent {
  offset: number
  kind: 'open' | 'close' | 'void'
  element: Element
}

/** Folds a tree in place: every break that stands for tags becomes the opening or closing of a wrapper. */
export function foldElements(root: Root, page: Page): Root {
  new Folder(page).fold(root)
  return root
}

class Folder {
  readonly #text: string
  readonly #events: TagEvent[] = []
  readonly #summaries: Element[]

  constructor(page: Page) {
    this.#text = page.file.text
    for (const element of page.structure.elements) {
      const kind = element.contentStart === element.end ? 'void' : 'open'
      this.#events.push({ offset: element.start, kind, element })
      if (kind === 'open' && element.end > element.contentEnd) {
        this.#events.push({ offset: element.contentEnd, kind: 'close', element })
      }
    }
    this.#events.sort((a, b) => a.offset - b.offset)
    this.#summaries = page.structure.elements.filter((element) => element.name === 'summary')
  }

  fold(parent: Nodes): void {
    if (!('children' in parent)) return
    const frames: { wrapper: Wrapper | null; nodes: Nodes[] }[] = [{ wrapper: null, nodes: [] }]
    const close = (element: Element) => {
      if (!frames.some((frame) => frame.wrapper?.element === element)) return
      for (;;) {
        const frame = frames.pop()
        if (!frame?.wrapper) return
        frame.wrapper.children = frame.nodes as RootContent[]
        frames.at(-1)?.nodes.push(frame.wrapper)
        if (frame.wrapper.element === element) return
      }
    }
    for (const child of parent.children) {
      const events = this.#eventsAt(child)
      if (events === null) {
        this.fold(child)
        frames.at(-1)?.nodes.push(child)
        continue
      }
      for (const { kind, element } of events) {
        const wrapper: Wrapper = { type: 'wrapper', element, children: [] }
        if (kind === 'void') frames.at(-1)?.nodes.push(wrapper)
        else if (kind === 'open') frames.push({ wrapper, nodes: [] })
        else close(element)
      }
    }
    const first = frames[1]?.wrapper
    if (first) close(first.element)
    parent.children = (frames[0]?.nodes ?? []) as BlockContent[]
  }

  /** The tags on the lines of a node that stands for tags alone; `null` for any other node. */
  #eventsAt(node: Nodes): TagEvent[] | null {
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? start
    const isTag = node.type === 'thematicBreak' && /^[<:]/.test(this.#text.slice(start, start + 1))
    const isSummary =
      node.type === 'paragraph' && this.#summaries.some((summary) => summary.start < end && start < summary.end)
    if (!isTag && !isSummary) return null
    const from = this.#text.lastIndexOf('\n', start - 1) + 1
    const newline = this.#text.indexOf('\n', end)
    const to = newline === -1 ? this.#text.length : newline
    return this.#events.filter((event) => event.offset >= from && event.offset < to && event.element.name !== 'summary')
  }
}
