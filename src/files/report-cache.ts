/**
 * What a check found when everything that it looks at was as it is: then nothing need be read again. A page of prose may have
 * changed, where what it says to others has not and nothing was found in it.
 */
import type { SourceFile } from '../parse/source.ts'
import { sha256 } from './hash.ts'
import { isAsSeen, isSeen, type Seen, seenNow } from './seen.ts'
import { Store } from './store.ts'

interface Kept {
  /** When the files were seen, in ms since 1970. */
  at: number
  files: readonly KeptFile[]
  report: unknown
}

/** The gist, hashed, is that of a page that holds nothing but prose: see `gistOf`. */
type KeptFile = readonly [path: string, seen: Seen, gist?: string]

/** More pages that have changed are as well checked anew. */
const MOST_CHANGED = 50

/** No larger report is kept: reading it would take as long as making it. In characters. */
const LARGEST = 4_000_000

/** The reports of one way to check a set of files. */
export class ReportCache {
  readonly #store: Store
  readonly #files: readonly SourceFile[]
  readonly #at: number

  private constructor(store: Store, files: readonly SourceFile[], at: number) {
    this.#store = store
    this.#files = files
    this.#at = at
  }

  /**
   * The cache of one way to check a set of files; `null` where none can be kept.
   *
   * @param key what the report depends on beside the files
   * @param at now, in ms since 1970, before any of the files is read
   */
  static open(base: string, key: unknown, files: readonly SourceFile[], at: number): ReportCache | null {
    const store = Store.open(base, 'reports', key)
    return store && new ReportCache(store, files, at)
  }

  /**
   * What was kept when the files were as they are, as JSON gives it back; `null` where nothing was.
   *
   * @param gistOf the gist of a file, by its index, as it is now; `null` where it may hold more than prose
   */
  async find(gistOf: (index: number) => Promise<string | null>): Promise<unknown> {
    const kept = await this.#store.read()
    if (!isKept(kept) || kept.files.length !== this.#files.length) return null
    const changed: number[] = []
    for (const [i, file] of this.#files.entries()) {
      const [path, seen, gist] = kept.files[i] as KeptFile
      if (file.path !== path) return null
      if (isAsSeen(file, seen, kept.at)) continue
      if (gist === undefined || changed.push(i) > MOST_CHANGED) return null
    }
    for (const i of changed) {
      const gist = await gistOf(i)
      if (gist === null || sha256(gist) !== kept.files[i]?.[2]) return null
    }
    if (changed.length > 0) await this.#keepAs(kept, changed)
    return kept.report
  }

  /** Keeps the same report for the files as they are, of which some have changed. */
  async #keepAs({ files, report }: Kept, changed: readonly number[]): Promise<void> {
    const now = this.#files.map((file, i): KeptFile => {
      const [path, [, hash], gist] = files[i] as KeptFile
      const seen: Seen = [file.state ?? null, changed.includes(i) ? file.sha256 : hash]
      return gist === undefined ? [path, seen] : [path, seen, gist]
    })
    await this.#store.write({ at: this.#at, files: now, report } satisfies Kept)
  }

  /** @param gistOf the gist of a file that holds nothing but prose, and in which nothing was found; `null` of any other */
  async keep(report: unknown, gistOf: (file: SourceFile) => string | null): Promise<void> {
    if (JSON.stringify(report).length > LARGEST) return
    const files = this.#files.map((file): KeptFile => {
      const gist = gistOf(file)
      return gist === null ? [file.path, seenNow(file)] : [file.path, seenNow(file), sha256(gist)]
    })
    await this.#store.write({ at: this.#at, files, report } satisfies Kept)
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('report' in value)) return false
  const { at, files } = value as Partial<Kept>
  const isFile = (file: unknown) =>
    Array.isArray(file) &&
    typeof file[0] === 'string' &&
    isSeen(file[1]) &&
    (file[2] === undefined || typeof file[2] === 'string')
  return typeof at === 'number' && Array.isArray(files) && files.every(isFile)
}
