/** Pages that hold permission facts, and the anchors that a link into one of them finds. */
import { slug } from 'github-slugger'
import { anchorsOf } from '../../parse/page/anchors.ts'
import type { Page } from '../../parse/page/page.ts'
import type { PartialIndex } from '../../parse/page/partials.ts'
import type { ReadBlock, Reading } from '../../parse/read.ts'
import { remembered } from '../../remembered.ts'

/** The pages whose blocks a dialect read, their own or those of a partial that they show; those that pass a test, if any is given. */
export function pagesWithFacts({ blocks, partials }: Reading, test?: (block: ReadBlock) => boolean): Set<Page> {
  const pages = new Set<Page>()
  const partialPages = new Set<Page>()
  for (const read of blocks) {
    if (test && !test(read)) continue
    const { block } = read
    pages.add(block.page)
    if (partials.identityOf(block.page)) partialPages.add(block.page)
  }
  for (const partial of partialPages) for (const site of partials.shownOn(partial)) pages.add(site.page)
  return pages
}

export interface Anchor {
  page: Page
  /** 0-based offset of the heading or tag that has it. */
  offset: number
}

/**
 * The anchors of a page and of the partials that it shows; `null` where they can't all be known: a partial that is not
 * there or is imported, or a heading that is made from props.
 */
export function shownAnchors(page: Page, partials: PartialIndex): Map<string, Anchor> | null {
  const anchors = new Map<string, Anchor>()
  const seen = new Set([page])
  const queue = [page]
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (importsPages(next) || next.headings.some((heading) => /\{props\./.test(heading.text))) return null
    for (const [anchor, offset] of anchorsOf(next))
      if (!anchors.has(anchor)) anchors.set(anchor, { page: next, offset })
    const inclusions = partials.inclusionsIn(next)
    if (inclusions.length < next.includes.length) return null
    for (const { target } of inclusions) {
      if (!target) return null
      if (!seen.has(target)) queue.push(target)
      seen.add(target)
    }
  }
  return anchors
}

/** Whether a page imports another page, whose headings would be its own. */
function importsPages({ file }: Page): boolean {
  return /^import\s[^'"\n]*['"][^'"\n]+\.[mM][dD][xX]?['"]/m.test(file.text)
}

/** Components whose title is an anchor in the sites that know them. */
const WITH_ANCHOR = /^(?:Accordion|Card|Expandable|Step|Tab|Update)$/

export interface NamedPanel {
  name: string
  /** Whether its component makes an anchor of the name. */
  hasAnchor: boolean
  /** 0-based offset of the heading of the section that it stands in; `null` where it stands in none. */
  section: number | null
}

/** The panel of a page whose name would make this anchor if it were a heading; `null` where there is none. */
export function panelOf(page: Page, anchor: string): NamedPanel | null {
  return panelsOf(page).get(anchor) ?? null
}

const panelsOf = remembered((page: Page): ReadonlyMap<string, NamedPanel> => {
  const panels = new Map<string, NamedPanel>()
  for (const block of page.blocks) {
    const section = block.headings.findLast(({ panel }) => panel === null)?.offset ?? null
    for (const { names, element } of block.panels) {
      for (const { kind, text } of names) {
        const anchor = slug(text)
        if (kind !== 'label' || panels.has(anchor)) continue
        panels.set(anchor, { name: text, hasAnchor: WITH_ANCHOR.test(element.name), section })
      }
    }
  }
  return panels
})
