/** Partials: fragments that name themselves in their front matter, and the places that include them. */
import { compareText, type Span } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import type { Include, Page } from './page.ts'

export interface InclusionSite {
  page: Page
  include: Include
}

export class PartialIndex {
  readonly #pages = new Map<string, Page>()
  readonly #sites = new Map<string, InclusionSite[]>()
  readonly #settings: Settings

  /** `pages` in any order: where two partials have one name, the first by path counts. */
  constructor(pages: readonly Page[], settings: Settings) {
    this.#settings = settings
    for (const page of sortedByPath(pages)) {
      const identity = this.identityOf(page)
      if (identity && !this.#pages.has(keyOf(identity))) this.#pages.set(keyOf(identity), page)
      for (const include of page.includes) {
        const key = keyOf(include)
        const sites = this.#sites.get(key)
        if (sites) sites.push({ page, include })
        else this.#sites.set(key, [{ page, include }])
      }
    }
  }

  /** A page's identity as a partial, by its front matter alone, or `null`. */
  identityOf(page: Page): { category: string; name: string } | null {
    const { frontMatterCategory, frontMatterName } = this.#settings.partials
    const name = page.frontMatter.values.get(frontMatterName)
    if (name === undefined) return null
    return { category: page.frontMatter.values.get(frontMatterCategory) ?? '', name }
  }

  find(include: { category: string; name: string }): Page | null {
    return this.#pages.get(keyOf(include)) ?? null
  }

  /** `category/name` of every partial, sorted. */
  names(): string[] {
    return [...this.#pages.keys()].sort(compareText)
  }

  sitesOf(identity: { category: string; name: string }): InclusionSite[] {
    return this.#sites.get(keyOf(identity)) ?? []
  }

  /**
   * The first chain of inclusions that leads from a page to a partial, outermost first; empty for a page, or for a
   * partial that nothing includes. A cycle ends the chain.
   */
  chainTo(page: Page): InclusionSite[] {
    const chain: InclusionSite[] = []
    const seen = new Set<Page>([page])
    for (let current = page; ; ) {
      const identity = this.identityOf(current)
      const site = identity ? this.sitesOf(identity).find((candidate) => !seen.has(candidate.page)) : undefined
      if (!site) return chain
      chain.unshift(site)
      seen.add(site.page)
      current = site.page
    }
  }
}

export function keyOf(identity: { category: string; name: string }): string {
  return `${identity.category}/${identity.name}`
}

export function sortedByPath(pages: readonly Page[]): Page[] {
  return [...pages].sort((a, b) => compareText(a.file.path, b.file.path))
}

export function spansOf(sites: readonly InclusionSite[]): Span[] {
  return sites.map((site) => site.include.span)
}
