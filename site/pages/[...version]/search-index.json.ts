/** What the search box matches by name: the list, or where it is long, what its parts are. */
import type { APIRoute } from 'astro'
import { loadSite } from '../../lib/dataset.ts'
import { perVersion } from '../../lib/paths.ts'
import { searchFiles } from '../../lib/search-index.ts'

export const getStaticPaths = () => perVersion()

export const GET: APIRoute = ({ props }) => new Response(JSON.stringify(searchFiles(loadSite(), props.version).index))
