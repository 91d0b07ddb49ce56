/** What a check found when everything that it looks at was as it is: then nothing need be read again. */
import type { SourceFile } from '../parse/source.ts'
import { isAsSeen, isSeen, type Seen, seenNow } from './seen.ts'
import { Store } from './store.ts'

interface Kept {
  /** When the files were seen, in ms since 1970. */
  at: number
  files: readonly (readonly [path: string, Seen])[]
  report: unknown
}

/** No larger report is kept: reading it would take as long as making it. In characters. */
const LARGEST = 4_000_000

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

  /** What was kept when the files were as they are, as JSON gives it back; `null` where nothing was. */
  async find(): Promise<unknown> {
    const kept = await this.#store.read()
    if (!isKept(kept) || kept.files.length !== this.#files.length) return null
    const isSame = this.#files.every((file, i) => {
      const [path, seen] = kept.files[i] as Kept['files'][number]
      return file.path === path && isAsSeen(file, seen, kept.at)
    })
    return isSame ? kept.report : null
  }

  async keep(report: unknown): Promise<void> {
    if (JSON.stringify(report).length > LARGEST) return
    const files = this.#files.map((file) => [file.path, seenNow(file)] as const)
    await this.#store.write({ at: this.#at, files, report } satisfies Kept)
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('report' in value)) return false
  const { at, files } = value as Partial<Kept>
  const isFile = (file: unknown) => Array.isArray(file) && typeof file[0] === 'string' && isSeen(file[1])
  return typeof at === 'number' && Array.isArray(files) && files.every(isFile)
}
