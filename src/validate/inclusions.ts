/** A finding in a partial concerns every page that shows it: those pages stand beside it as related places. */
import type { Finding, Related } from '../diagnostic.ts'
import { keyOf } from '../parse/page/identity.ts'
import type { InclusionSite, PartialIndex } from '../parse/page/partials.ts'
import type { Reading } from '../parse/read.ts'

/** So many pages are named; the rest are counted. */
const NAMED = 5

/** Findings with the places at which their partials are included; those of pages as they are. */
export function withInclusions(findings: readonly Finding[], { pages, partials }: Reading): Finding[] {
  const byPath = new Map(pages.map((page) => [page.file.path, page]))
  const places = new Map<string, Related[]>()
  return findings.map((finding) => {
    const { path } = finding.span
    const page = byPath.get(path)
    if (!page || !partials.identityOf(page)) return finding
    const included = places.get(path) ?? relatedOf(partials.shownOn(page), page, partials)
    places.set(path, included)
    return included.length === 0 ? finding : { ...finding, related: [...(finding.related ?? []), ...included] }
  })
}

function relatedOf(sites: readonly InclusionSite[], partial: InclusionSite['page'], partials: PartialIndex): Related[] {
  const direct = new Set(partials.sitesOf(partial).map((site) => site.include))
  return sites.slice(0, NAMED + 1).map(({ page, include }, i) => {
    const { path, line, column } = { ...include.span, path: page.file.path }
    const through = direct.has(include) ? '' : ` through \`${keyOf(include)}\``
    const note = i < NAMED ? `included here${through}` : `and ${sites.length - NAMED} more`
    return { path, line, column, note }
  })
}
