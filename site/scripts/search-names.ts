/** The names that a query is matched with: the whole list of a version, or of a long one the parts that the query needs. */
import type { SearchEntry } from '../lib/search-index.ts'
import { nearShards, type ShardedNames, shardsFor } from '../lib/search-shards.ts'

export interface FoundNames {
  entries: SearchEntry[]
  /** Whether all that the query names is among them. */
  complete: boolean
}

/** What can't be loaded is asked for again with the next query. */
export class Names {
  readonly #url: string | null
  #index: Promise<SearchEntry[] | ShardedNames> | undefined
  readonly #files = new Map<number, Promise<SearchEntry[]>>()

  /** Address of the list, or of the manifest in its place, whose parts stand in a folder of the same name. */
  constructor(url: string | null) {
    this.#url = url
  }

  /** Begins to load what every query needs. */
  open(): void {
    this.#load().catch(() => undefined)
  }

  async of(query: string): Promise<FoundNames> {
    try {
      const index = await this.#load()
      if (Array.isArray(index)) return { entries: index, complete: true }
      const { files, complete } = shardsFor(index, query)
      const lists = await Promise.all(files.map((file) => this.#file(file)))
      const byKey = new Map(lists.flat().map((entry) => [JSON.stringify(entry.slice(0, 3)), entry]))
      return { entries: [...byKey.values()], complete }
    } catch {
      return { entries: [], complete: true }
    }
  }

  /** Names among which a query that names nothing may have been meant: of a long list, those that begin as its words do. */
  async near(query: string): Promise<SearchEntry[]> {
    try {
      const index = await this.#load()
      if (Array.isArray(index)) return index
      return (await Promise.all(nearShards(index, query).map((file) => this.#file(file)))).flat()
    } catch {
      return []
    }
  }

  #load(): Promise<SearchEntry[] | ShardedNames> {
    if (this.#url === null) return Promise.resolve([])
    this.#index ??= json<SearchEntry[] | ShardedNames>(this.#url)
    this.#index.catch(() => {
      this.#index = undefined
    })
    return this.#index
  }

  #file(position: number): Promise<SearchEntry[]> {
    let file = this.#files.get(position)
    if (!file) {
      file = json<SearchEntry[]>(`${(this.#url ?? '').replace(/\.json$/, '')}/${position}.json`)
      this.#files.set(position, file)
      file.catch(() => this.#files.delete(position))
    }
    return file
  }
}

async function json<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return answer.json() as Promise<T>
}
