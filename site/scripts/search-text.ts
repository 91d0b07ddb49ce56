/** Full text, by Pagefind, whose index stands at `pagefind/` of the built site. */
import { isAbout, parts } from './search-excerpt.ts'

export interface FullText {
  url: string
  title: string
  kind: string
  excerpt: { text: string; marked: boolean }[]
}

interface Found {
  url: string
  excerpt: string
  meta: Record<string, string>
}

interface Pagefind {
  options(options: object): Promise<void>
  search(query: string, options: object): Promise<{ results: { data(): Promise<Found> }[] }>
}

const MOST = 6
let loading: Promise<Pagefind | null> | undefined

async function load(): Promise<Pagefind | null> {
  // The site may stand under a sub-path.
  const path = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}pagefind/pagefind.js`
  try {
    const pagefind: Pagefind = await import(/* @vite-ignore */ path)
    await pagefind.options({ excerptLength: 18, ranking: { metaWeights: { title: 10, kind: 0.5 } } })
    return pagefind
  } catch {
    // In `astro dev` there is no index; names still match.
    return null
  }
}

export interface TextFilter {
  version: string
  /** A kind of entry, or `''` for all; permissions and actions have no page of their own. */
  kind: string
  /** `scope:project`, `provider:aws`, or `''` for all. */
  facet: string
}

/** Kinds of entries that have pages of their own. */
const WITH_PAGES = new Set(['', 'role', 'resource', 'policy', 'page', 'rule'])

/** The best pages for a query, without those that are shown already. */
export async function searchText(
  query: string,
  { version, kind, facet }: TextFilter,
  known: ReadonlySet<string>,
): Promise<FullText[]> {
  if (!WITH_PAGES.has(kind)) return []
  loading ??= load()
  const pagefind = await loading
  if (!pagefind) return []
  const [family = '', ...value] = facet.split(':')
  const filters = {
    version,
    ...(kind === '' ? {} : { kind }),
    ...(family === '' ? {} : { [family]: value.join(':') }),
  }
  const { results } = await pagefind.search(query, { filters })
  const found = await Promise.all(results.slice(0, MOST + known.size).map((result) => result.data()))
  return found
    .filter(({ url, excerpt }) => !known.has(url) && isAbout(query, excerpt))
    .slice(0, MOST)
    .map(({ url, excerpt, meta }) => ({
      url,
      title: meta.title ?? url,
      kind: meta.kind ?? 'Page',
      excerpt: parts(excerpt),
    }))
}
