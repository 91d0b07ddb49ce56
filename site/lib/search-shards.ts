/**
 * A list of names that is too long to be sent whole, in parts: a tree over the beginnings of words. A leaf holds every
 * entry that has a word so begun; an inner node holds the best of them, for those who have typed no more than that.
 * Written when the site is built, asked in the browser.
 */
import { askedWords, tokensOf, wordsOf } from '../scripts/search-words.ts'
import { byText } from './collections.ts'
import type { SearchEntry } from './search-index.ts'

/** What stands in place of the list: the nodes, sorted; the entries of the node at `i` are the file `i`. */
export interface ShardedNames {
  total: number
  /** Beginnings of words; one that ends with a space is the whole word. */
  keys: string[]
  /** How many entries have a word so begun. */
  sizes: number[]
  /** Positions of inner nodes, whose files hold the best alone. */
  inner: number[]
}

/** Where a list of names has more entries than this, it is sent in parts. */
export const MOST_WHOLE = 1200
/** Entries of a leaf; a single word that more of them have is a leaf all the same. */
const LEAF = 250
/** The best of an inner node, of each kind. */
const BEST = 30
const END = ' '

/** The manifest and its files. The order of the entries makes no difference to which node holds which. */
export function shardNames(
  entries: readonly SearchEntry[],
  leaf = LEAF,
): { index: ShardedNames; files: SearchEntry[][] } {
  const byToken = new Map<string, number[]>()
  for (const [i, entry] of entries.entries()) {
    for (const token of tokensOfEntry(entry)) {
      const list = byToken.get(token)
      if (list) list.push(i)
      else byToken.set(token, [i])
    }
  }
  const nodes: { key: string; found: number[]; isInner: boolean }[] = []
  const grow = (key: string, tokens: readonly string[]) => {
    const found = union(tokens.map((token) => byToken.get(token) ?? []))
    const isInner = key === '' || found.length > leaf
    nodes.push({ key, found, isInner })
    if (!isInner) return
    const children = new Map<string, string[]>()
    for (const token of tokens) {
      const next = token === key ? END : String.fromCodePoint(token.codePointAt(key.length) as number)
      const list = children.get(next)
      if (list) list.push(token)
      else children.set(next, [token])
    }
    for (const [next, list] of children) {
      if (next === END) nodes.push({ key: key + END, found: byToken.get(key) ?? [], isInner: false })
      else grow(key + next, list)
    }
  }
  grow('', [...byToken.keys()].sort(byText))
  nodes.sort((a, b) => byText(a.key, b.key))
  return {
    index: {
      total: entries.length,
      keys: nodes.map(({ key }) => key),
      sizes: nodes.map(({ found }) => found.length),
      inner: nodes.flatMap(({ isInner }, i) => (isInner ? [i] : [])),
    },
    files: nodes.map(({ key, found, isInner }) => {
      const all = found.map((i) => entries[i] as SearchEntry)
      return isInner ? bestOf(all, key) : all
    }),
  }
}

/** Which files a query needs, and whether they hold all that it names. */
export function shardsFor({ keys, sizes, inner }: ShardedNames, query: string): { files: number[]; complete: boolean } {
  const at = new Map(keys.map((key, i) => [key, i]))
  const isInner = new Set(inner)
  const find = (word: string): { files: number[]; size: number; complete: boolean } | null => {
    for (let end = word.length; end > 0; end--) {
      const i = at.get(word.slice(0, end))
      if (i === undefined) continue
      if (!isInner.has(i)) return { files: [i], size: sizes[i] as number, complete: true }
      // Nothing goes on from here as the word does.
      if (end < word.length) return null
      const whole = at.get(word + END)
      return { files: whole === undefined ? [i] : [i, whole], size: sizes[whole ?? i] as number, complete: false }
    }
    return null
  }
  const found = asked(query).flatMap((forms) => {
    const nodes = forms.flatMap((form) => find(form) ?? [])
    if (nodes.length === 0) return []
    const files = nodes.flatMap((node) => node.files)
    const size = nodes.reduce((sum, node) => sum + node.size, 0)
    return [{ files, size, complete: nodes.every((node) => node.complete) }]
  })
  if (found.length === 0) return { files: [0], complete: false }
  // What has all the words is in the file of each; of three words one may be missing.
  const needed = found.length > 2 ? 2 : 1
  const complete = found.filter((word) => word.complete).sort((a, b) => a.size - b.size)
  const chosen = complete.length >= needed ? complete.slice(0, needed) : found
  return { files: [...new Set(chosen.flatMap(({ files }) => files))], complete: chosen.every((word) => word.complete) }
}

/** The files whose names begin as the words of a query do, as far as any does: where to look for what was meant. */
export function nearShards({ keys }: ShardedNames, query: string): number[] {
  const at = new Map(keys.map((key, i) => [key, i]))
  const files = wordsOf(query).map((word) => {
    for (let end = word.length; end > 0; end--) {
      const i = at.get(word.slice(0, end))
      if (i !== undefined) return i
    }
    return 0
  })
  return [...new Set(files)]
}

/** The words of a query, each in the forms that a name may have it in. */
function asked(query: string): string[][] {
  if (query.includes('*')) {
    // Of a pattern, the words that are there from their beginning.
    return query.split('*').flatMap((run, i) => {
      const words = wordsOf(i === 0 ? run : run.replace(/^[\p{L}\p{N}]+/u, ''))
      return words.map((word) => [word])
    })
  }
  const plain = [...new Set(wordsOf(query))]
  const telling = new Set(askedWords(query).full)
  const typed = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((text) => text !== '')
  return plain.flatMap((word) => {
    // As ids have it, and as it is written: a name may say “remove” where ids say “delete”.
    const meant = askedWords(word).full
    if (!meant.some((one) => telling.has(one))) return []
    return [[...new Set([...meant, word, ...(plain.length === 1 ? typed : [])])]]
  })
}

function tokensOfEntry([, name, , , also = []]: SearchEntry): Set<string> {
  return new Set([name, ...also].flatMap(tokensOf))
}

function union(lists: readonly (readonly number[])[]): number[] {
  return lists.length === 1 ? [...(lists[0] as number[])] : [...new Set(lists.flat())].sort((a, b) => a - b)
}

/** Of each kind those whose name begins so, the shortest first. */
function bestOf(entries: readonly SearchEntry[], key: string): SearchEntry[] {
  const begins = ([, name]: SearchEntry) => (name.toLowerCase().startsWith(key) ? 0 : 1)
  const sorted = [...entries].sort(
    (a, b) => begins(a) - begins(b) || a[1].length - b[1].length || byText(a[1], b[1]) || byText(a[2], b[2]),
  )
  const taken = new Map<string, number>()
  return sorted.filter(([kind]) => {
    const amount = taken.get(kind) ?? 0
    taken.set(kind, amount + 1)
    return amount < BEST
  })
}
