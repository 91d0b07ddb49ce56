/** Where a partial says who it is. */
import type { Span } from '../../diagnostic.ts'
import type { Page } from '../../parse/page/page.ts'
import type { Settings } from '../../settings/schema.ts'

/** The front matter's line with the partial's name, else with its category, else the page's first character. */
export function identitySpan(page: Page, settings: Settings): Span {
  const { frontMatterName, frontMatterCategory } = settings.partials
  const { places } = page.frontMatter
  const place = places.get(frontMatterName) ?? places.get(frontMatterCategory)
  return page.locator.span(place?.start ?? 0, place?.end ?? 0)
}
