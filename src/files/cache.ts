/**
 * The cache of `check`, under `node_modules/.cache/rolebook`: which files hold nothing but prose, by their content. It is
 * kept per settings and per code of Rolebook, so that neither a changed config nor an update can meet what another wrote.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Prose } from '../parse/prose.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { replaceFile } from './atomic.ts'

type Entry = [sha256: string, prose: Prose]

/** So many files of other settings are kept beside the one in use. */
const KEPT = 8

export class Cache {
  readonly #folder: string
  readonly #name: string
  readonly #entries: Map<string, Entry>

  private constructor(folder: string, name: string, entries: Map<string, Entry>) {
    this.#folder = folder
    this.#name = name
    this.#entries = entries
  }

  /** The cache beside the nearest `node_modules` at or above a folder; `null` where there is none: none is made. */
  static async open(base: string, settings: Settings, version: string): Promise<Cache | null> {
    const modules = nearestModules(base)
    if (modules === null) return null
    const folder = join(modules, '.cache', 'rolebook')
    const key = JSON.stringify([version, codeState(), base, settings])
    const name = `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`
    return new Cache(folder, name, await readEntries(join(folder, name)))
  }

  /** The prose of a file that held nothing else when it last had this content. */
  find(file: SourceFile): Prose | null {
    const entry = this.#entries.get(file.path)
    return entry && entry[0] === file.sha256 ? entry[1] : null
  }

  /**
   * Keeps what was found quiet in place of what was kept of the files that were read; of the others too, where that was all
   * there is. A cache that cannot be written costs time, nothing else.
   */
  async save(quiet: ReadonlyMap<SourceFile, Prose>, read: readonly SourceFile[], complete: boolean): Promise<void> {
    const seen = new Set(read.map((file) => file.path))
    const others = complete ? [] : [...this.#entries].filter(([path]) => !seen.has(path))
    const known = [...quiet.keys()].filter((file) => this.find(file) !== null).length
    if (known === quiet.size && known + others.length === this.#entries.size) return
    const found = [...quiet].map(([{ path, sha256 }, prose]): [string, Entry] => [path, [sha256, prose]])
    const entries = [...others, ...found]
    try {
      await mkdir(this.#folder, { recursive: true })
      await replaceFile(join(this.#folder, this.#name), JSON.stringify(entries), null, false)
      await this.#prune()
    } catch {
      // The next run parses again what this one parsed.
    }
  }

  async #prune(): Promise<void> {
    const others = (await readdir(this.#folder)).filter(
      (name) => /^[0-9a-f]{32}\.json$/.test(name) && name !== this.#name,
    )
    const byAge = others.map((name) => ({ name, time: statSync(join(this.#folder, name)).mtimeMs }))
    byAge.sort((a, b) => b.time - a.time)
    for (const { name } of byAge.slice(KEPT)) await rm(join(this.#folder, name), { force: true })
  }
}

function nearestModules(base: string): string | null {
  for (let folder = base; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) return modules
    if (dirname(folder) === folder) return null
  }
}

/** What is on the disk of Rolebook's own code, where it runs from its sources: a working copy counts as another version. */
function codeState(): string {
  if (!import.meta.url.endsWith('.ts')) return ''
  const root = dirname(import.meta.dirname)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(path)
      return `${path.slice(root.length)}:${size}:${mtimeMs}`
    })
    .sort()
    .join('\n')
}

async function readEntries(path: string): Promise<Map<string, Entry>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return Array.isArray(value) && value.every(isEntry) ? new Map(value) : new Map()
  } catch {
    return new Map()
  }
}

function isEntry(value: unknown): value is [string, Entry] {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || !Array.isArray(value[1])) return false
  const [sha256, prose] = value[1]
  return typeof sha256 === 'string' && Array.isArray(prose?.codes) && Array.isArray(prose?.links)
}
