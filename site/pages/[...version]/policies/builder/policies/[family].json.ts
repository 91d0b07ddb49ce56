/** All policies of a family that the page of the builder has no room for. */
import type { APIRoute } from 'astro'
import { allChoices, longFamilies, nameOf } from '../../../../../components/policies/choices.ts'
import { eachVersion } from '../../../../../lib/paths.ts'

export const getStaticPaths = () =>
  eachVersion((version) =>
    longFamilies(version).map((family) => ({ params: { family: nameOf(family) }, props: { family } })),
  )

export const GET: APIRoute = ({ props }) => new Response(JSON.stringify(allChoices(props.version, props.family)))
