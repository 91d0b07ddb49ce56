/** The merged document of a deployment as a file to download. */
import type { APIRoute } from 'astro'
import { eachVersion } from '../../../../lib/paths.ts'
import { familiesOf, mergeOf } from '../../../../lib/policy-families.ts'

export const getStaticPaths = () =>
  eachVersion((version) =>
    familiesOf(version).offered.flatMap((family) =>
      family.presets.map((preset) => ({ params: { preset: preset.slug }, props: { family, preset } })),
    ),
  )

export const GET: APIRoute = ({ props }) => {
  const { merged } = mergeOf(props.family, props.preset.policies)
  return new Response(`${JSON.stringify(merged.document, null, 2)}\n`)
}
