/**
 * How a page says in its head where it stands in other versions. The current version is the one to find: a page of an
 * older version that exists there too names it as canonical. One that exists no more stays findable under its own address,
 * because nothing else tells of it; its text says which version it is of.
 */
import type { Site } from './dataset.ts'
import type { Elsewhere } from './page.ts'
import type { Version } from './version.ts'

interface HeadLink {
  tag: 'link'
  attrs: Record<string, string>
}

export function versionHead(site: Site, version: Version, elsewhere: readonly Elsewhere[]): HeadLink[] {
  const absolute = (href: string) => `${site.identity.url ?? ''}${href}`
  const current = elsewhere.find((other) => other.current)
  const links: HeadLink[] = []
  if (!version.current && current?.href) {
    links.push({ tag: 'link', attrs: { rel: 'canonical', href: absolute(current.href) } })
  }
  for (const { href, title } of elsewhere) {
    if (href) links.push({ tag: 'link', attrs: { rel: 'alternate', type: 'text/html', title, href: absolute(href) } })
  }
  if (site.steps.length > 0) {
    const attrs = { rel: 'alternate', type: 'application/atom+xml', title: `Changes of ${site.title}` }
    links.push({ tag: 'link', attrs: { ...attrs, href: version.links.changesFeed } })
  }
  return links
}
