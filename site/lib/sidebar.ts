/** The sidebar: sections and documentation pages. Never a link per role, so its size doesn't grow with the data. */
import type { DocPage } from '../../src/export/site-input.ts'
import { byText, groupBy } from './collections.ts'
import type { Site } from './dataset.ts'
import { hasAccess } from './heat.ts'
import { inPages } from './paging.ts'
import { familiesOf } from './policy-families.ts'
import type { Version } from './version.ts'
import { permissionsTitle, policyWords } from './words.ts'

export interface SidebarLink {
  label: string
  link: string
}

export interface SidebarGroup {
  label: string
  collapsed?: boolean
  items: SidebarLink[]
}

/** With more documentation pages than this, their groups start closed. */
const OPEN_UP_TO = 12
/** With more than this, the sidebar leads to a page that lists them: every page of the site has a sidebar. */
const MOST_PAGES = 30

export function hasDocIndex(version: Version): boolean {
  return version.pages.length > MOST_PAGES
}

/** What the pages of that list hold; none where the sidebar names all. */
export function docPages(version: Version): DocPage[][] {
  return hasDocIndex(version) ? inPages(sortedPages(version.pages)) : []
}

const made = new WeakMap<Version, (SidebarLink | SidebarGroup)[]>()

/** The same list for every page of a version. */
export function sidebarOf(site: Site, version: Version): (SidebarLink | SidebarGroup)[] {
  let entries = made.get(version)
  if (!entries) {
    entries = withoutBase(entriesOf(site, version), site.identity.base)
    made.set(version, entries)
  }
  return entries
}

function entriesOf(site: Site, version: Version): (SidebarLink | SidebarGroup)[] {
  const { links } = version
  const groups: (SidebarLink | SidebarGroup)[] = [
    { label: 'Overview', link: links.home },
    {
      label: 'Reference',
      items: [
        ...(version.data.roles.length > 0 ? [{ label: 'Roles', link: links.rolesIndex }] : []),
        ...(version.data.resources.length > 0 ? [{ label: 'Resources', link: links.resourcesIndex }] : []),
        ...(version.actionGroups.length > 0
          ? [{ label: permissionsTitle(version), link: links.permissionsIndex }]
          : []),
        ...(hasAccess(version) ? [{ label: 'Access at a glance', link: links.access }] : []),
        ...(version.data.policies.length > 0
          ? [
              { label: policyWords(version).title, link: links.policiesIndex },
              ...(familiesOf(version).offered.length > 0
                ? [{ label: 'Policy builder', link: links.policyBuilder }]
                : []),
            ]
          : []),
      ],
    },
  ]
  if (version.data.roles.length > 0) {
    groups.push({
      label: 'Questions',
      items: [
        { label: 'Who can…?', link: links.whoCan },
        ...(version.data.roles.length > 1 ? [{ label: 'Compare roles', link: links.compare }] : []),
        { label: 'Smallest role', link: links.smallest },
      ],
    })
  }
  groups.push(...docGroups(version))
  groups.push({
    label: 'About the data',
    items: [
      ...(site.versions.length > 1 ? [{ label: 'Changes', link: links.changes }] : []),
      { label: 'Findings', link: links.quality },
      { label: 'Rules', link: links.rulesIndex },
      { label: 'Downloads', link: links.downloads },
    ],
  })
  if (site.versions.length > 1) {
    groups.push({
      label: 'Versions',
      items: site.versions.map((other) => ({
        label: other.current ? `${other.title} (current)` : other.title,
        link: other.links.home,
      })),
    })
  }
  return groups.filter((group) => !('items' in group) || group.items.length > 0)
}

/** Links as Starlight wants them: it puts the site's base before each. */
function withoutBase(entries: (SidebarLink | SidebarGroup)[], base: string): (SidebarLink | SidebarGroup)[] {
  const bare = <T extends SidebarLink>(entry: T): T => ({ ...entry, link: `/${entry.link.slice(base.length)}` })
  return entries.map((entry) => ('items' in entry ? { ...entry, items: entry.items.map(bare) } : bare(entry)))
}

/** Pages by the first folder in which they differ; one group where there are few pages or one folder. */
function docGroups(version: Version): SidebarGroup[] {
  if (hasDocIndex(version))
    return [
      {
        label: 'Documentation',
        items: [{ label: `All ${version.pages.length} pages`, link: version.links.pagesIndex }],
      },
    ]
  const pages = sortedPages(version.pages)
  if (pages.length === 0) return []
  const shared = sharedFolders(pages)
  const parts = (page: DocPage) => page.slug.split('/').slice(shared)
  const first = (page: DocPage) => parts(page)[0] ?? ''
  const folders = new Set(pages.filter((page) => parts(page).length > 1).map(first))
  const groups = groupBy(pages, (page) => (folders.has(first(page)) ? first(page) : ''))
  if (pages.length <= 8 || groups.size === 1) return [{ label: 'Documentation', items: items(version, pages) }]
  return [...groups].map(([folder, list]) => ({
    label: folder === '' ? 'Documentation' : folderTitle(folder),
    collapsed: pages.length > OPEN_UP_TO,
    items: items(version, list),
  }))
}

/** How many folders all pages stand in. */
function sharedFolders(pages: readonly DocPage[]): number {
  const paths = pages.map((page) => page.slug.split('/').slice(0, -1))
  let shared = 0
  while (paths.every((path) => shared < path.length && path[shared] === paths[0]?.[shared])) shared += 1
  return shared
}

/** Links to pages by their sidebar label, by their title where another page of the group has the same label, and with their folder where it has the same title. */
function items(version: Version, pages: DocPage[]): SidebarLink[] {
  const labels = groupBy(pages, (page) => page.sidebarLabel)
  const titles = groupBy(pages, (page) => page.title)
  return pages.map((page) => {
    const shared = page.sidebarLabel === '' || labels.get(page.sidebarLabel)!.length > 1
    const folder = page.slug.split('/').at(-2)
    const twice = shared && titles.get(page.title)!.length > 1 && folder !== undefined
    const label = !shared ? page.sidebarLabel : twice ? `${page.title} (${folderTitle(folder)})` : page.title
    return { label, link: version.links.doc(page.slug) }
  })
}

/** By folder, then by the position that the page's front matter gives, then by path. */
export function sortedPages(pages: readonly DocPage[]): DocPage[] {
  const parents = new Set(pages.map((page) => page.slug.split('/').slice(0, -1).join('/')))
  const folder = (page: DocPage) => (parents.has(page.slug) ? page.slug : page.slug.split('/').slice(0, -1).join('/'))
  const isIndex = (page: DocPage) => (parents.has(page.slug) ? 0 : 1)
  return [...pages].sort(
    (a, b) =>
      byText(folder(a), folder(b)) ||
      isIndex(a) - isIndex(b) ||
      (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER) ||
      byText(a.slug, b.slug),
  )
}

const SMALL_WORDS = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with'])

/** `vm-management` -> `VM Management`: words of two letters that are no small words are abbreviations. */
export function folderTitle(folder: string): string {
  return folder
    .split(/[-_]+/)
    .filter((word) => word !== '')
    .map((word, position) => {
      if (SMALL_WORDS.has(word) && position > 0) return word
      return word.length === 2 && !SMALL_WORDS.has(word) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1)
    })
    .join(' ')
}
