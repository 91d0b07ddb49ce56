/** The Markdown twin of every page. */
import type { APIRoute } from 'astro'
import { loadSite } from '../lib/dataset.ts'
import { twins } from '../lib/twins/twins.ts'

export const getStaticPaths = () => {
  const { base } = loadSite().identity
  return [...twins().values()].map((twin) => ({
    params: { twin: `${twin.page.slice(base.length)}index` },
    props: { twin },
  }))
}

export const GET: APIRoute = ({ props }) => new Response(props.twin.write())
