/** What a page says of itself in its head: title, twin, preview, structured data. */
import type { Site } from './dataset.ts'
import { twins } from './twins/twins.ts'
import { escapeHtml } from './words.ts'

interface HeadTag {
  tag: 'title' | 'meta' | 'link' | 'script'
  attrs?: Record<string, string>
  content?: string
}

export interface PageFacts {
  title: string
  kind: string
  /** Path of the page, with the site's base. */
  path: string
  hasTwin: boolean
  /** Title of the version, where the page is one of a version that is not the current one. */
  older: string | null
  jsonLd?: object | undefined
}

/** With more pages than this there is one picture for each kind of page: a picture takes some 8 ms and 14 kB. */
const MOST_PICTURES = 1000

/** A list that is parted: its pages have one heading, and tabs tell them apart. */
const PART_OF_LIST = /\/(?:access|actions|changes|pages|permissions|policies|quality|resources|roles)\/page\/(\d+)\/$/

export function pageHead(site: Site, page: PageFacts): HeadTag[] {
  const { title, path } = page
  // Roles of several scopes have one name, and pages of several versions one title: tabs and lists of results tell them apart.
  const kind = page.kind.endsWith(' role') ? `, ${page.kind}` : ''
  const number = partNumber(path)
  const part = number === undefined ? '' : `, page ${number}`
  const older = page.older === null ? '' : ` (${page.older})`
  return [
    // Starlight writes the title into the head as HTML, and a role's name is anybody's text.
    {
      tag: 'title',
      content: escapeHtml(`${title}${kind}${part}${older}${title === site.title ? '' : ` | ${site.title}`}`),
    },
    ...(page.hasTwin
      ? [{ tag: 'link' as const, attrs: { rel: 'alternate', type: 'text/markdown', href: `${page.path}index.md` } }]
      : []),
    ...(isMissingPage(site, page) ? missingPage(site) : picture(site, page)),
    ...(page.jsonLd
      ? [{ tag: 'script' as const, attrs: { type: 'application/ld+json' }, content: jsonForHtml(page.jsonLd) }]
      : []),
  ]
}

/** What a page says of itself in lists of results, where pages of a list and of versions would all say the same. */
export function ownDescription(about: string, path: string, older: string | null): string {
  const number = partNumber(path)
  return `${older === null ? '' : `${older}: `}${about}${number === undefined ? '' : ` Page ${number}.`}`
}

function partNumber(path: string): string | undefined {
  return PART_OF_LIST.exec(path)?.[1]
}

function isMissingPage({ identity }: Site, { path }: PageFacts): boolean {
  return path === `${identity.base}404/`
}

/** It is shown at every address that is none: it is found nowhere, and its own is that of its file. */
function missingPage({ identity: { url, base } }: Site): HeadTag[] {
  const robots: HeadTag = { tag: 'meta', attrs: { name: 'robots', content: 'noindex' } }
  if (url === null) return [robots]
  return [robots, { tag: 'link', attrs: { rel: 'canonical', href: `${url}${base}404.html` } }]
}

/** Only where it is known where the site will stand: who shows a preview takes absolute addresses alone. */
function picture(site: Site, { title, kind, path }: PageFacts): HeadTag[] {
  const { url, base } = site.identity
  if (url === null || !process.env.ROLEBOOK_SOCIAL_IMAGES) return []
  const single = twins().size <= MOST_PICTURES
  const name = single
    ? path.slice(base.length).replace(/\/$/, '') || 'index'
    : `kinds/${kind.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  const meta = (property: string, content: string): HeadTag => ({ tag: 'meta', attrs: { property, content } })
  return [
    meta('og:image', `${url}${base}social/${name}.png`),
    meta('og:image:width', '1200'),
    meta('og:image:height', '630'),
    meta('og:image:alt', single ? title : site.title),
    meta('rolebook:kind', kind),
  ]
}

/** JSON that may stand in a `<script>`: no `<` of a text can end it. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
