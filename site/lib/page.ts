/** What a page tells the frame around it: header, search, title and footer. */
import type { Site } from './dataset.ts'
import type { Version } from './version.ts'

export interface Crumb {
  label: string
  href?: string | null
}

export interface PageContext {
  site: Site
  version: Version
  /** Kind of thing that the page shows, for search results: “Role”, “Resource”. */
  kind: string
  crumbs: Crumb[]
  /** False for pages that belong to no version, such as the rules. */
  versioned: boolean
  /** Address of the page's Markdown twin; `null` where it has none. */
  twin: string | null
  /** The same page in the other versions; null where it doesn't exist there. */
  elsewhere: Elsewhere[]
}

/** The same page in another version. */
export interface Elsewhere {
  /** Id of the version. */
  version: string
  title: string
  /** `null` where the other version has no such page. */
  href: string | null
  current: boolean
  /** Where to go instead. */
  index: { href: string; title: string }
}

/** The optional `[...version]` of a route: nothing for the current version. */
export function versionParam(version: Version): string | undefined {
  return version.slug ?? undefined
}
