/** Documentation pages for the site: their own prose as HTML, and the places where permission views stand. */
import type { ElementContent } from 'hast'
import type { Nodes, Root, RootContent } from 'mdast'
import type { Analysis } from '../../analyse.ts'
import { parsePage } from '../../parse/markdown/markdown.ts'
import type { Block, Include, Page } from '../../parse/page/page.ts'
import { blockWithProps } from '../../parse/page/page-props.ts'
import { NO_PROPS, type Props, withProps } from '../../parse/structure/props.ts'
import type { Settings } from '../../settings/schema.ts'
import { slugify } from '../../text.ts'
import type { DocPage, Segment } from '../site-input.ts'
import { withoutDeadAnchors } from './anchors.ts'
import { foldElements, type Wrapper } from './fold.ts'
import { markdownToHtml } from './html.ts'
import { inclusionsWithin, restoreInline } from './inline.ts'
import { resolveLink, slugOfPage } from './links.ts'
import { markdownOfSegments } from './markdown.ts'
import { Views } from './views.ts'
import { tagTableHtml, wrapperHtml } from './wrappers.ts'

/** A page's segment stands in its HTML as a comment: pages have no comments of their own left. */
const MARKER = /<!--rolebook:(\d+)-->/
/** No page includes so much; partials that include each other twice over would multiply without end. */
const MOST_INCLUDED = 2000

/** Every page of a version that is no partial, in order of path. `prefix` is the path of the version's pages. */
export function renderPages(analysis: Analysis, settings: Settings, prefix: string): DocPage[] {
  const { reading } = analysis
  const pages = reading.pages.filter((page) => reading.partials.identityOf(page) === null)
  const slugs = new Map(pages.map((page) => [page.file.relativePath, slugOfPage(page)]))
  const views = new Views(analysis)
  const rendered = pages.map((page) => {
    const renderer = new PageRenderer(page, analysis, settings, views, (url, from) =>
      resolveLink(url, from, slugs, prefix),
    )
    return renderer.render()
  })
  const segments = withoutDeadAnchors(rendered, (page) => `${prefix}docs/${page.slug}/`)
  return rendered.map((page, i) => {
    const own = segments[i] ?? page.segments
    return { ...page, segments: own, markdown: markdownOfSegments(own) }
  })
}

class PageRenderer {
  readonly #page: Page
  readonly #analysis: Analysis
  readonly #settings: Settings
  readonly #views: Views
  readonly #link: (url: string, from: Page) => string | null
  readonly #segments: Segment[] = []
  readonly #headings: DocPage['headings'] = []
  readonly #anchors = new Map<string, number>()
  /** The partials that are being rendered, outermost first: one that includes itself is left out. */
  readonly #open: Page[] = []
  /** HTML of included partials, each sanitised like the page. */
  readonly #included: string[] = []

  constructor(
    page: Page,
    analysis: Analysis,
    settings: Settings,
    views: Views,
    link: (url: string, from: Page) => string | null,
  ) {
    this.#page = page
    this.#analysis = analysis
    this.#settings = settings
    this.#views = views
    this.#link = link
  }

  render(): DocPage {
    const { frontMatter, file, title } = this.#page
    const position = Number(frontMatter.values.get('sidebar_position'))
    const segments = this.#split(this.#html(this.#page, NO_PROPS))
    return {
      slug: slugOfPage(this.#page),
      path: file.path,
      title: title || slugOfPage(this.#page),
      sidebarLabel: frontMatter.values.get('sidebar_label') || title || slugOfPage(this.#page),
      position: Number.isFinite(position) && frontMatter.values.has('sidebar_position') ? position : null,
      description: frontMatter.values.get('description') ?? null,
      headings: this.#headings,
      segments,
      markdown: [],
    }
  }

  #html(page: Page, props: Props): string {
    this.#open.push(page)
    const root = parsePage(page.structure)
    const headingIds = this.#takeHeadings(root, page, props)
    this.#placeViews(root, page, props)
    restoreInline(root, page, props, (include) => this.#isLine(include, props))
    foldElements(root, page)
    const html = markdownToHtml(root, {
      headingIds,
      link: (url) => this.#link(url, page),
      wrapper: (wrapper, children) => this.#wrapper(wrapper, children, page, props),
    })
    this.#open.pop()
    return html.replace(/<!--included:(\d+)-->/g, (_, index: string) => this.#included[Number(index)] ?? '')
  }

  #takeHeadings(root: Root, page: Page, props: Props): string[] {
    const ids: string[] = []
    const known = new Map(page.headings.map((heading) => [heading.offset, heading]))
    visit(root, (node) => {
      if (node.type !== 'heading') return
      const heading = known.get(node.position?.start.offset ?? -1)
      const text = withProps(heading?.text ?? '', props)
      const slug = slugify(text, 'section')
      const count = this.#anchors.get(slug) ?? 0
      this.#anchors.set(slug, count + 1)
      const anchor = count === 0 ? slug : `${slug}-${count}`
      ids.push(anchor)
      if (heading && heading.panel === null) this.#headings.push({ depth: Math.max(2, node.depth), slug: anchor, text })
      const last = node.children.at(-1)
      if (last?.type === 'text') last.value = last.value.replace(/(?:(?<!\s)\s+)?\{#[^{}]*\}\s*$/, '')
    })
    return ids
  }

  /** Puts a marker where a block stands whose facts the dataset holds. A view is shown once on a page. */
  #placeViews(root: Root, page: Page, props: Props): void {
    const blocks = new Map<number, Block>()
    for (const block of page.blocks) if ('type' in block.node) blocks.set(block.start, block)
    const replace = (parent: { children: RootContent[] }) => {
      parent.children = parent.children.flatMap((node): RootContent[] => {
        const block = blocks.get(node.position?.start.offset ?? -1)
        const view = block && block.kind === node.type ? this.#views.of(block, props) : null
        if (!block || !view) {
          if ('children' in node) replace(node as { children: RootContent[] })
          return [node]
        }
        return [...this.#marker(view), ...inclusionsWithin(page, block.start, block.end)]
      })
    }
    replace(root)
  }

  #marker(view: Segment): RootContent[] {
    const value = this.#place(view)
    return value === null ? [] : [{ type: 'marker', value }]
  }

  #viewMarker(view: Segment): ElementContent[] {
    const value = this.#place(view)
    return value === null ? [] : [{ type: 'comment', value }]
  }

  /** Takes a view into the page; `null` where the page shows it already. */
  #place(view: Segment): string | null {
    const text = JSON.stringify(view)
    if (view.kind !== 'role' && this.#segments.some((segment) => JSON.stringify(segment) === text)) return null
    this.#segments.push(view)
    return `rolebook:${this.#segments.length - 1}`
  }

  #wrapper(wrapper: Wrapper, children: ElementContent[], page: Page, props: Props): ElementContent[] {
    const { element, inline = false } = wrapper
    const table = page.blocks.find((block) => block.node === element)
    if (table) {
      const view = this.#views.of(table, props)
      const within = page.includes.filter(({ start }) => start >= table.start && start < table.end)
      const included = (include: Include) => this.#inclusion(include, props, false)
      return view
        ? [...this.#viewMarker(view), ...within.flatMap(included)]
        : tagTableHtml(blockWithProps(table, props), within, included)
    }
    if (element.name !== this.#settings.partials.component) return wrapperHtml(element, children, page, props)
    const include = page.includes.find(({ start }) => start === element.start)
    // What an inclusion that is never closed seems to hold is the rest of the page.
    return [...(include ? this.#inclusion(include, props, inline) : []), ...children]
  }

  #inclusion(include: Include, outer: Props, inline: boolean): ElementContent[] {
    const found = this.#analysis.reading.partials.resolve(include, outer)
    if (!found || this.#open.includes(found.page) || this.#included.length >= MOST_INCLUDED) return []
    const html = this.#html(found.page, found.props)
    this.#included.push(inline ? html.trim().replace(/^<p>([\s\S]*)<\/p>$/, '$1') : html)
    return [{ type: 'comment', value: `included:${this.#included.length - 1}` }]
  }

  /** Whether an inclusion shows a line of text and nothing else. */
  #isLine(include: Include, props: Props): boolean {
    const page = this.#analysis.reading.partials.resolve(include, props)?.page
    if (!page) return true
    const { children } = parsePage(page.structure)
    return children.length === 1 && children[0]?.type === 'paragraph' && page.includes.length === 0
  }

  #split(html: string): Segment[] {
    return html
      .split(MARKER)
      .map(
        (part, i): Segment => (i % 2 === 0 ? { kind: 'html', html: part } : (this.#segments[Number(part)] as Segment)),
      )
      .filter((segment) => segment.kind !== 'html' || segment.html.trim() !== '')
  }
}

function visit(node: Nodes, each: (node: Nodes) => void): void {
  each(node)
  if ('children' in node) for (const child of node.children) visit(child, each)
}
