/** Partials: fragments that name themselves in their front matter, the places that include them, and how they are read. */
import { compareText, type Span } from '../../diagnostic.ts'
import type { Settings } from '../../settings/schema.ts'
import {
  asksForProps,
  handedProps,
  keyOfProps,
  mentionedProps,
  NO_PROPS,
  type Props,
  withProps,
} from '../structure/props.ts'
import { exactKey, type Identity, identityIn, keyOf } from './identity.ts'
import type { Include, Page } from './page.ts'

export interface InclusionSite {
  page: Page
  include: Include
}

/** An inclusion and the partial that it leads to. */
export interface Inclusion extends InclusionSite {
  identity: Identity
  /** `null` where no partial has the name. */
  target: Page | null
}

/** One reading of a page: the inclusion that leads to it, in which reading of the page around it, and with which props. */
export interface Use {
  page: Page
  props: Props
  /** `null` for a page by itself, and for a partial that nothing includes. */
  include: Include | null
  outer: Use | null
}

/** Deeper than this, and with more sets of props, no real partial is included. */
const DEEPEST = 64
const MOST_USES = 100

/**
 * Which pages are partials, by the names that they give themselves in their front matter; what each inclusion leads to; and with
 * which props each page is read. Nothing is read anew: a `Use` says which reading is wanted.
 */
export class PartialIndex {
  readonly #settings: Settings
  readonly #own = new Map<string, Page>()
  readonly #identities = new Map<Page, Identity>()
  readonly #borrow: (identity: Identity) => Page | null
  readonly #sites = new Map<Page, InclusionSite[]>()
  readonly #siteSpans = new Map<Page, Span[]>()
  readonly #inclusions = new Map<Include, Inclusion[]>()
  readonly #uses = new Map<Page, Map<string, Use>>()
  readonly #wanted = new Map<Page, ReadonlySet<string> | null>()
  readonly #nameless = new Map<Page, boolean>()
  /** Partials whose name another one has, with that one; in order of path. */
  readonly duplicates: { page: Page; first: Page }[] = []
  /** Partials that are included with more sets of props than are read. */
  readonly crowded = new Set<Page>()

  /**
   * @param pages in any order: where two partials have one name, the first by path counts
   * @param borrow finds a partial elsewhere that none of `pages` is
   */
  constructor(pages: readonly Page[], settings: Settings, borrow: (identity: Identity) => Page | null = () => null) {
    this.#settings = settings
    this.#borrow = borrow
    const sorted = sortedByPath(pages)
    for (const page of sorted) {
      const identity = this.identityOf(page)
      if (!identity) continue
      const first = this.#own.get(exactKey(identity))
      if (first) this.duplicates.push({ page, first })
      else this.#own.set(exactKey(identity), page)
    }
    // From the pages inwards, breadth first: a partial is read through its shortest chain, the first by path and place.
    this.#follow(sorted.filter((page) => !this.identityOf(page)))
    for (const page of sorted) if (!this.#uses.has(page)) this.#follow([page])
    for (const [page, sites] of this.#sites) {
      sites.sort(byPlace)
      this.#siteSpans.set(page, spansOf(sites))
    }
  }

  /** A page's identity as a partial, by its front matter alone, or `null`. */
  identityOf(page: Page): Identity | null {
    const known = this.#identities.get(page)
    if (known) return known
    const identity = identityIn(page.frontMatter, this.#settings)
    if (identity) this.#identities.set(page, identity)
    return identity
  }

  /** The partial of a name, to the letter. */
  find(identity: Identity): Page | null {
    return this.#own.get(exactKey(identity)) ?? this.#borrow(identity)
  }

  /** `category/name` of every partial of these pages, sorted. */
  names(): string[] {
    return [...this.#own.values()].map((page) => keyOf(this.identityOf(page) as Identity)).sort(compareText)
  }

  /** Where a partial is included directly, in order of path and place. */
  sitesOf(page: Page): readonly InclusionSite[] {
    return this.#sites.get(page) ?? []
  }

  /** The same as spans. */
  siteSpansOf(page: Page): Span[] {
    return this.#siteSpans.get(page) ?? []
  }

  /** What a page includes, in order; a name that depends on props that nobody gives is left out. */
  inclusionsIn(page: Page): Inclusion[] {
    return page.includes.flatMap((include) => this.#inclusions.get(include) ?? [])
  }

  /** The readings of a page: one, or for a partial one for each set of props, and of names where it has none of its own. */
  usesOf(page: Page): Use[] {
    return [...(this.#uses.get(page)?.values() ?? [])]
  }

  /** What an inclusion leads to in a page that is read with `props`, and the props that it hands on; `null` for nothing. */
  resolve(include: Include, props: Props): { page: Page; props: Props } | null {
    const identity = this.#identityIn(include, props)
    const page = identity && this.find(identity)
    return page ? { page, props: handedProps(include, props, this.#wantedBy(page)) } : null
  }

  /** The pages that a partial is shown on, each with its first inclusion that leads there; in order of path. */
  shownOn(partial: Page): readonly InclusionSite[] {
    const shown = new Map<Page, InclusionSite>()
    const seen = new Set([partial])
    const queue = [partial]
    for (let page = queue.shift(); page; page = queue.shift()) {
      for (const site of this.sitesOf(page)) {
        if (this.identityOf(site.page) === null) {
          if (!shown.has(site.page)) shown.set(site.page, site)
        } else if (!seen.has(site.page)) {
          seen.add(site.page)
          queue.push(site.page)
        }
      }
    }
    return shown.size > 0 ? [...shown.values()].sort(byPlace) : this.sitesOf(partial)
  }

  #follow(pages: readonly Page[]): void {
    const queue: { use: Use; depth: number }[] = []
    for (const page of pages) {
      const use: Use = { page, props: NO_PROPS, include: null, outer: null }
      this.#uses.set(page, new Map([['', use]]))
      queue.push({ use, depth: 0 })
    }
    for (let i = 0; i < queue.length; i++) {
      const { use, depth } = queue[i] as (typeof queue)[number]
      for (const include of use.page.includes) {
        const page = this.#meet(use, include)
        if (!page || depth >= DEEPEST || isInside(use, page)) continue
        const props = handedProps(include, use.props, this.#wantedBy(page))
        const uses = this.#uses.get(page) ?? new Map<string, Use>()
        this.#uses.set(page, uses)
        const key = keyOfProps(props) + (this.#isNameless(page) ? namesAround(include) : '')
        if (uses.has(key)) continue
        if (uses.size >= MOST_USES) {
          this.crowded.add(page)
          continue
        }
        const next: Use = { page, props, include, outer: use }
        uses.set(key, next)
        queue.push({ use: next, depth: depth + 1 })
      }
    }
  }

  /** Notes an inclusion and gives the partial that it leads to. */
  #meet(use: Use, include: Include): Page | null {
    const identity = this.#identityIn(include, use.props)
    if (!identity) return null
    const inclusions = this.#inclusions.get(include) ?? []
    this.#inclusions.set(include, inclusions)
    const known = inclusions.find((other) => exactKey(other.identity) === exactKey(identity))
    if (known) return known.target
    const target = this.find(identity)
    inclusions.push({ page: use.page, include, identity, target })
    if (target) {
      const sites = this.#sites.get(target)
      if (sites) sites.push({ page: use.page, include })
      else this.#sites.set(target, [{ page: use.page, include }])
    }
    return target
  }

  #identityIn(include: Include, props: Props): Identity | null {
    const identity = { category: withProps(include.category, props), name: withProps(include.name, props) }
    return asksForProps(identity.category) || asksForProps(identity.name) ? null : identity
  }

  #wantedBy(page: Page): ReadonlySet<string> | null {
    let wanted = this.#wanted.get(page)
    if (wanted === undefined) {
      wanted = mentionedProps(page.file.text.slice(page.frontMatter.end))
      this.#wanted.set(page, wanted)
    }
    return wanted
  }

  /** Whether a partial holds tables or lists and no name of its own: it says of each role around it what that role holds. */
  #isNameless(page: Page): boolean {
    const known = this.#nameless.get(page)
    if (known !== undefined) return known
    const facts = page.blocks.filter((block) => block.kind !== 'code')
    const nameless = facts.length > 0 && page.headings.length === 0 && facts.every(({ panels }) => panels.length === 0)
    this.#nameless.set(page, nameless)
    return nameless
  }
}

function isInside(use: Use, page: Page): boolean {
  for (let current: Use | null = use; current; current = current.outer) if (current.page === page) return true
  return false
}

/** The inclusions that lead to a reading, outermost first. */
export function chainOf(use: Use): InclusionSite[] {
  const chain: InclusionSite[] = []
  for (let current = use; current.outer && current.include; current = current.outer) {
    chain.unshift({ page: current.outer.page, include: current.include })
  }
  return chain
}

/** A new list, in order of the pages' paths by code units. */
export function sortedByPath(pages: readonly Page[]): Page[] {
  return [...pages].sort((a, b) => compareText(a.file.path, b.file.path))
}

function byPlace(a: InclusionSite, b: InclusionSite): number {
  return compareText(a.page.file.path, b.page.file.path) || a.include.start - b.include.start
}

/** Where each inclusion stands: the place of its tag, 1-based. */
export function spansOf(sites: readonly InclusionSite[]): Span[] {
  return sites.map((site) => site.include.span)
}

function namesAround({ headings, panels }: Include): string {
  return JSON.stringify([
    headings.map((heading) => heading.text),
    panels.map((panel) => panel.names.map((name) => name.text)),
  ])
}
