/** One file, read: its front matter, its blocks with their context, and the partials that it includes. */
import type { Code, Heading as HeadingNode, List, Nodes, Paragraph as ParagraphNode, Table } from 'mdast'
import type { Finding, Outcome, Span } from '../../diagnostic.ts'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { type FrontMatter, readFrontMatter } from '../markdown/front-matter.ts'
import { inlineText, wholeText } from '../markdown/inline.ts'
import { emptied, excessOf, nestedTooDeeply, tooManyQuotes } from '../markdown/limits.ts'
import { parsePage, TOO_DEEP, TOO_MANY_QUOTES } from '../markdown/markdown.ts'
import { type Prose, readProse } from '../prose.ts'
import { Locator, type SourceFile } from '../source.ts'
import type { Element } from '../structure/element.ts'
import { readStructure, type Structure } from '../structure/structure.ts'
import { endOfTable, isTable } from '../structure/tag-table.ts'
import { type Inheritance, roleInheritanceIn } from '../words/inheritance.ts'
import { ID_IN_BRACKETS } from '../words/role-name.ts'
import { CAPTION_DEPTH, Captions } from './caption.ts'
import { encodingFinding } from './encoding.ts'
import { type IncludeTag, readInclude } from './include.ts'
import { type Panel, panelNames } from './panels.ts'

export interface Heading {
  text: string
  depth: number
  span: Span
  /** 0-based offset; identifies the section that it opens. */
  offset: number
  /** The panel that it stands in, or `null`. */
  panel: Panel | null
}

export interface Context {
  /** Outer to inner. */
  headings: Heading[]
  /** Outer to inner, the outermost left out where there are too many. */
  panels: Panel[]
}

export interface Block extends Context {
  kind: 'table' | 'list' | 'code'
  /** The Markdown node, or the element of a table that is written in tags. */
  node: Table | List | Code | Element
  page: Page
  span: Span
  /** 0-based offsets of the whole block. */
  start: number
  end: number
  /** How many panels it stands in, those that are left out among them. */
  depth: number
}

export interface Paragraph {
  text: string
  span: Span
  /** 0-based offsets. */
  offset: number
  end: number
  /** Whether it is the text of a list's item: what follows in the item is a paragraph of its own. */
  inItem: boolean
}

/** A paragraph that says whose permissions a role takes over. */
export interface InheritingParagraph extends Context, Paragraph, Inheritance {}

export interface Include extends Context, IncludeTag {}

export interface Page {
  file: SourceFile
  frontMatter: FrontMatter
  title: string
  /** Where the title stands, or the page's first character. */
  titleSpan: Span
  structure: Structure
  locator: Locator
  blocks: Block[]
  includes: Include[]
  headings: Heading[]
  /** Footnotes by identifier, lower case. */
  footnotes: Map<string, string>
  /** Paragraph texts with their spans, for lines such as “Last Update” and for footnotes. */
  paragraphs: Paragraph[]
  inheritances: InheritingParagraph[]
  prose: Prose
}

/** Reads one file. Pure; never throws on bad content. */
export function readPage(file: SourceFile, settings: Settings): Outcome<Page> {
  const frontMatter = readFrontMatter(file.text)
  const structure = readStructure(file.text, frontMatter.end)
  const excess = excessOf(file, structure.masked, settings.limits)
  if (excess) return { value: readPage(emptied(file), settings).value, findings: [excess] }
  const findings: Finding[] = []
  const locator = new Locator(file)
  const root = parsePage(structure)
  const start = locator.span(0, 0)
  const page: Page = {
    file,
    frontMatter,
    title: '',
    titleSpan: start,
    structure,
    locator,
    blocks: [],
    includes: [],
    headings: [],
    footnotes: new Map(),
    paragraphs: [],
    inheritances: [],
    prose: readProse(root, structure),
  }
  const garbled = encodingFinding(file)
  if (garbled) findings.push(garbled)
  if (frontMatter.error) {
    findings.push({
      ruleId: 'front-matter',
      message: `The front matter is no valid YAML: ${frontMatter.error.message}. Its keys were read as far as possible.`,
      span: locator.span(frontMatter.error.offset, frontMatter.error.offset + 1),
      subject: null,
      ids: [file.path],
    })
  }
  if (root === TOO_DEEP) findings.push(nestedTooDeeply(page.titleSpan))
  if (root === TOO_MANY_QUOTES) findings.push(tooManyQuotes(page.titleSpan))
  new Walker(page, settings).walk(root)
  const title = frontMatter.values.get('title') ?? page.headings.find((h) => h.depth === 1)?.text
  page.title = squeeze(title ?? '')
  page.titleSpan = titleSpan(page) ?? page.headings[0]?.span ?? start
  return { value: page, findings }
}

function titleSpan(page: Page): Span | null {
  const match = /^title:.*$/m.exec(page.file.text.slice(0, page.frontMatter.end))
  return match ? page.locator.span(match.index, match.index + match[0].length) : null
}

interface Around {
  panel: Panel | null
  headings: Heading[]
}

/** Walks the tree once, in document order, keeping the headings and panels that each block stands under. */
class Walker {
  readonly #page: Page
  readonly #settings: Settings
  readonly #panels = new Map<Element, Panel>()
  readonly #elements: Element[]
  #nextElement = 0
  /** Enclosing elements at the current offset, outer to inner. */
  #chain: Element[] = []
  /** The page, and those of them that name what they hold, each with the headings that stand in it and go on. */
  readonly #around: Around[] = [{ panel: null, headings: [] }]
  readonly #itemTexts = new Set<Nodes>()
  readonly #captions = new Captions()
  /** Offset at which the table of tags that was met last ends. */
  #tableEnd = 0

  constructor(page: Page, settings: Settings) {
    this.#page = page
    this.#settings = settings
    this.#elements = page.structure.elements
    for (const element of this.#elements) {
      const names = panelNames(element, page)
      if (names.some((name) => name.kind === 'label')) this.#panels.set(element, { element, names })
    }
  }

  walk(root: { children: Nodes[] }): void {
    const queue: Nodes[] = [...root.children].reverse()
    while (queue.length > 0) {
      const node = queue.pop() as Nodes
      const offset = node.position?.start.offset ?? 0
      this.#advance(offset)
      switch (node.type) {
        case 'heading':
          this.#heading(node, offset)
          break
        case 'table':
        case 'code':
          this.#block(node.type, node)
          break
        case 'list':
          for (const item of node.children) if (item.children[0]) this.#itemTexts.add(item.children[0])
          this.#block('list', node)
          for (let i = node.children.length - 1; i >= 0; i--) {
            const item = node.children[i]
            if (item) for (let j = item.children.length - 1; j >= 0; j--) queue.push(item.children[j] as Nodes)
          }
          break
        case 'paragraph':
          this.#paragraph(node, offset)
          break
        case 'footnoteDefinition':
          this.#page.footnotes.set(node.identifier, wholeText(node, this.#page.structure))
          break
        case 'blockquote':
          for (let i = node.children.length - 1; i >= 0; i--) queue.push(node.children[i] as Nodes)
          break
        default:
      }
    }
    this.#advance(this.#page.file.text.length)
  }

  /** Moves to an offset: enters and leaves elements, and meets the inclusions on the way. */
  #advance(offset: number): void {
    for (;;) {
      const next = this.#elements[this.#nextElement]
      if (!next || next.start > offset) break
      this.#leave(next.start)
      this.#nextElement++
      if (next.name === this.#settings.partials.component) this.#include(next)
      if (isTable(next)) this.#tagTable(next)
      this.#chain.push(next)
      const panel = this.#panels.get(next)
      if (panel) this.#around.push({ panel, headings: [] })
    }
    this.#leave(offset)
  }

  #leave(offset: number): void {
    while (this.#chain.length > 0) {
      const last = this.#chain[this.#chain.length - 1] as Element
      if (last.end > offset && last.contentStart !== last.end) return
      this.#chain.pop()
      if (this.#panels.has(last)) this.#around.pop()
    }
  }

  #heading(node: HeadingNode, offset: number): void {
    const written = inlineText(node, this.#page.structure).replace(/\{#[^{}]*\}\s*$/, '')
    const text = squeeze(written.replace(ID_IN_BRACKETS, ''))
    if (text !== '') this.#page.headings.push(this.#open(text, node.depth, node, offset))
  }

  /** Begins what a heading, or a caption in its place, stands above. */
  #open(text: string, depth: number, node: Nodes, offset: number): Heading {
    const inner = this.#around.at(-1) as Around
    const heading: Heading = { text, depth, span: this.#span(node), offset, panel: inner.panel }
    // A heading inside a tab never ends the section that the tabs stand in, whatever its depth.
    inner.headings = [...inner.headings.filter((other) => other.depth < depth), heading]
    return heading
  }

  #paragraph(node: ParagraphNode, offset: number): void {
    const text = squeeze(inlineText(node, this.#page.structure))
    if (text === '') return
    const inItem = this.#itemTexts.has(node)
    const paragraph = { text, span: this.#span(node), offset, end: node.position?.end.offset ?? offset, inItem }
    this.#page.paragraphs.push(paragraph)
    const inheritance = roleInheritanceIn(text, this.#settings)
    if (inheritance) this.#page.inheritances.push({ ...paragraph, ...inheritance, ...this.#context() })
    if (inItem || inheritance) return
    const inner = this.#around.at(-1) as Around
    const isOpen = inner.headings.at(-1)?.depth === CAPTION_DEPTH
    const caption = this.#captions.read(node, text, this.#settings, { blocks: this.#page.blocks.length, isOpen })
    if (caption === '') inner.headings = inner.headings.filter(({ depth }) => depth < CAPTION_DEPTH)
    else if (caption !== null) this.#open(caption, CAPTION_DEPTH, node, offset)
  }

  #block(kind: Block['kind'], node: Table | List | Code): void {
    const start = node.position?.start.offset ?? 0
    // What stands in the cells of a table of tags is that table's, not a block of its own.
    if (start < this.#tableEnd) return
    const end = node.position?.end.offset ?? start
    this.#add({ kind, node, span: this.#span(node), start, end })
  }

  #add(block: Pick<Block, 'kind' | 'node' | 'span' | 'start' | 'end'>): void {
    this.#page.blocks.push({ ...block, page: this.#page, depth: this.#around.length - 1, ...this.#context() })
  }

  #tagTable(element: Element): void {
    if (element.start < this.#tableEnd) return
    const { start } = element
    const end = endOfTable(element, this.#page.structure.unclosed)
    this.#tableEnd = end
    const span = this.#page.locator.span(start, end)
    this.#add({ kind: 'table', node: element, span, start, end })
  }

  #include(element: Element): void {
    const { file, locator, includes } = this.#page
    const include = readInclude(element, file.text, locator, this.#settings)
    if (include) includes.push({ ...include, ...this.#context() })
  }

  #context(): Context {
    const most = this.#settings.limits.panels
    const around = this.#around
    const near =
      around.length <= most ? around : [...around.slice(0, 1), ...around.slice(Math.max(1, around.length - most))]
    return { headings: near.flatMap(({ headings }) => headings), panels: near.flatMap(({ panel }) => panel ?? []) }
  }

  #span(node: Nodes): Span {
    return this.#page.locator.span(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
  }
}
