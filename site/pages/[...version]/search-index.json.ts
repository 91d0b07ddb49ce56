/** What the search box matches by name. */
import type { APIRoute } from 'astro'
import { loadSite } from '../../lib/dataset.ts'
import { perVersion } from '../../lib/paths.ts'
import { searchIndex } from '../../lib/search-index.ts'

export const getStaticPaths = () => perVersion()

export const GET: APIRoute = ({ props }) => new Response(JSON.stringify(searchIndex(loadSite(), props.version)))
