/** Which files hold nothing but prose, and what of it rules look at: such a file is not read again while it is as it was. */
import type { Prose } from '../parse/prose.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { isAsSeen, isSeen, type Seen, seenNow } from './seen.ts'
import { Store } from './store.ts'

type Entry = readonly [seen: Seen, prose: Prose]

/** Files of prose as an earlier run saw them. */
export class Cache {
  readonly #store: Store
  readonly #entries: ReadonlyMap<string, Entry>
  /** When the entries were made. */
  readonly #at: number
  readonly #found = new Map<SourceFile, Prose | null>()

  private constructor(store: Store, { at, entries }: Kept) {
    this.#store = store
    this.#at = at
    this.#entries = new Map(entries)
  }

  /** The cache of a project's pages; `null` where none can be kept. */
  static async open(base: string, settings: Settings, version: string): Promise<Cache | null> {
    const store = Store.open(base, 'pages', [version, settings])
    if (store === null) return null
    const value = await store.read()
    return new Cache(store, isKept(value) ? value : { at: 0, entries: [] })
  }

  /** The prose of a file that held nothing else when it was last as it is. */
  find(file: SourceFile): Prose | null {
    let prose = this.#found.get(file)
    if (prose === undefined) {
      // Looked at before the file is read: what is written in between must not pass for what was read.
      void file.state
      const entry = this.#entries.get(file.path)
      prose = entry && isAsSeen(file, entry[0], this.#at) ? entry[1] : null
      // Made while it is in memory.
      if (prose === null) void file.sha256
      this.#found.set(file, prose)
    }
    return prose
  }

  /**
   * Keeps what was found quiet in place of what was kept of the files that were read; of the others too, where that was all
   * there is.
   *
   * @param at now, in ms since 1970
   */
  async save(
    quiet: ReadonlyMap<SourceFile, Prose>,
    read: readonly SourceFile[],
    complete: boolean,
    at: number,
  ): Promise<void> {
    const paths = new Set(read.map((file) => file.path))
    const others = complete ? [] : [...this.#entries].filter(([path]) => !paths.has(path))
    const known = [...quiet.keys()].filter((file) => this.find(file) !== null).length
    if (known === quiet.size && known + others.length === this.#entries.size) return
    // What is kept of the others was seen when the entries were made: by their content alone, it holds now.
    const kept = others.map(([path, [[, sha256], prose]]): [string, Entry] => [path, [[null, sha256], prose]])
    const found = [...quiet].map(([file, prose]): [string, Entry] => [file.path, [seenNow(file), prose]])
    await this.#store.write({ at, entries: [...kept, ...found] } satisfies Kept)
  }
}

interface Kept {
  at: number
  entries: readonly (readonly [path: string, Entry])[]
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('entries' in value)) return false
  return typeof value.at === 'number' && Array.isArray(value.entries) && value.entries.every(isEntry)
}

function isEntry(value: unknown): value is [string, Entry] {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || !Array.isArray(value[1])) return false
  const [seen, prose] = value[1]
  return isSeen(seen) && Array.isArray(prose?.codes) && Array.isArray(prose?.links)
}
