/** A part of what the search box matches by name, where the list is long. */
import type { APIRoute } from 'astro'
import { loadSite } from '../../../lib/dataset.ts'
import { eachVersion } from '../../../lib/paths.ts'
import { searchFiles } from '../../../lib/search-index.ts'

export const getStaticPaths = () =>
  eachVersion((version) =>
    searchFiles(loadSite(), version).files.map((entries, i) => ({ params: { part: `${i}` }, props: { entries } })),
  )

export const GET: APIRoute = ({ props }) => new Response(JSON.stringify(props.entries))
