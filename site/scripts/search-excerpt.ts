/** What Pagefind shows of a page: its words, those of the query marked. */

/** Letters that a word must share with one of the query, from the first on. */
const SHARED = 3

/**
 * Whether an excerpt shows a word of the query. Of a word that no page has, Pagefind takes away letters from the end until
 * some page has the rest: for “xyzzy” every “x”.
 */
export function isAbout(query: string, excerpt: string): boolean {
  const asked = query.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const marked = parts(excerpt).flatMap(({ text, marked }) => (marked ? [text.toLowerCase().replace(EDGES, '')] : []))
  const isRest = (word: string) =>
    /^[a-z\d]+$/.test(word) &&
    word.length < SHARED &&
    !asked.includes(word) &&
    asked.some((whole) => whole.startsWith(word))
  return marked.length === 0 || !marked.every(isRest)
}

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu

/** Pagefind's excerpt is HTML with `<mark>`; it is read as text, so nothing in it can act. */
export function parts(html: string): { text: string; marked: boolean }[] {
  return html.split(/(<mark>.*?<\/mark>)/s).map((part) => {
    const marked = part.startsWith('<mark>')
    return { text: plain(marked ? part.slice(6, -7) : part), marked }
  })
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

function plain(html: string): string {
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
}
