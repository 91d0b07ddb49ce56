/** What versions changed, for feed readers. */
import type { APIRoute } from 'astro'
import { changesFeed } from '../lib/atom.ts'
import { loadSite } from '../lib/dataset.ts'

export const GET: APIRoute = () =>
  new Response(changesFeed(loadSite()), { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
