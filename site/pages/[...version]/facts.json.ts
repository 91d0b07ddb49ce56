/** What the pages of questions are asked of, for the browser. */
import type { APIRoute } from 'astro'
import { loadSite } from '../../lib/dataset.ts'
import { encodeFacts } from '../../lib/facts-file.ts'
import { perVersion } from '../../lib/paths.ts'

export const getStaticPaths = () => perVersion()

export const GET: APIRoute = ({ props }) =>
  new Response(JSON.stringify(encodeFacts(props.version, loadSite().identity.editUrl)).replaceAll('<', '\\u003c'))
