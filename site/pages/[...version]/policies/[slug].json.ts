/** The document of a policy as a file to download; only for policies that have one. */
import type { APIRoute } from 'astro'
import { eachVersion } from '../../../lib/paths.ts'

export const getStaticPaths = () =>
  eachVersion((version) =>
    version.data.policies
      .filter((policy) => policy.document !== null)
      .map((policy) => ({ params: { slug: version.links.policies.get(policy.id)! }, props: { policy } })),
  )

export const GET: APIRoute = ({ props }) => new Response(`${JSON.stringify(props.policy.document, null, 2)}\n`)
