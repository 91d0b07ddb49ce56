/** What the pages of questions are asked of, for the browser. */
import type { APIRoute } from 'astro'
import { factsFiles, factsJson } from '../../lib/facts-of.ts'
import { perVersion } from '../../lib/paths.ts'

export const getStaticPaths = () => perVersion()

export const GET: APIRoute = ({ props }) => new Response(factsJson(factsFiles(props.version).file))
