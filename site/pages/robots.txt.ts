/** Everything may be read. Crawlers ask for this at the root of a host; under a sub-path it is for the host's own. */
import type { APIRoute } from 'astro'
import { loadSite } from '../lib/dataset.ts'

export const GET: APIRoute = () => {
  const { identity, current } = loadSite()
  const sitemap = identity.url === null ? '' : `Sitemap: ${identity.url}${current.links.file('sitemap-index.xml')}\n`
  return new Response(`User-agent: *\nAllow: ${identity.base}\n${sitemap}`)
}
