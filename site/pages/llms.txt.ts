import type { APIRoute } from 'astro'
import { loadSite } from '../lib/dataset.ts'
import { llmsText } from '../lib/twins/llms.ts'

export const GET: APIRoute = () => new Response(llmsText(loadSite()))
