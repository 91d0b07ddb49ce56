/** Which entries a query names, best first. Pure, so that it can be tested without a browser. */
import type { SearchEntry, SearchKind } from '../lib/search-index.ts'

const KIND_ORDER: SearchKind[] = ['role', 'resource', 'permission', 'policy', 'action', 'page', 'rule']

export function matchEntries(entries: readonly SearchEntry[], query: string): SearchEntry[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const score = wanted.includes('*') ? wildcard(wanted) : ranked(wanted)
  return entries
    .flatMap((entry) => {
      const rank = score(entry)
      return rank === null ? [] : [{ entry, rank }]
    })
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        KIND_ORDER.indexOf(a.entry[0]) - KIND_ORDER.indexOf(b.entry[0]) ||
        a.entry[1].length - b.entry[1].length ||
        (a.entry[1] < b.entry[1] ? -1 : a.entry[1] > b.entry[1] ? 1 : 0),
    )
    .map(({ entry }) => entry)
}

type Score = (entry: SearchEntry) => number | null

function names(entry: SearchEntry): string[] {
  return [entry[1], ...(entry[4] ?? [])].map((name) => name.toLowerCase())
}

function wildcard(wanted: string): Score {
  const pattern = new RegExp(`^${wanted.split('*').map(escaped).join('.*')}$`)
  return (entry) => (names(entry).some((name) => pattern.test(name)) ? 0 : null)
}

/** Exact, then prefix, then the start of a word, then all words somewhere; the name before its other spellings. */
function ranked(wanted: string): Score {
  const words = wanted.split(/\s+/)
  const wordStart = new RegExp(`(^|[^a-z0-9])${escaped(wanted)}`)
  return (entry) => {
    const all = names(entry)
    let best: number | null = null
    all.forEach((name, position) => {
      const rank = rankOf(name)
      if (rank === null) return
      const placed = rank * 2 + (position > 0 ? 1 : 0)
      if (best === null || placed < best) best = placed
    })
    if (best !== null) return best
    const text = `${entry[0]} ${all.join(' ')} ${entry[3].toLowerCase()}`
    return words.every((word) => text.includes(word)) ? 8 : null
  }
  function rankOf(name: string): number | null {
    if (name === wanted) return 0
    if (name.startsWith(wanted)) return 1
    if (wordStart.test(name)) return 2
    return wanted.length > 1 && name.includes(wanted) ? 3 : null
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
