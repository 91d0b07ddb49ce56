/** The grants of some roles, where roles are many. */
import type { APIRoute } from 'astro'
import { factsFiles, factsJson } from '../../../lib/facts-of.ts'
import { eachVersion } from '../../../lib/paths.ts'

export const getStaticPaths = () =>
  eachVersion((version) =>
    factsFiles(version).parts.map((roles, i) => ({ params: { part: `${i}` }, props: { roles } })),
  )

export const GET: APIRoute = ({ props }) => new Response(factsJson(props.roles))
