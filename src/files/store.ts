/**
 * What one run leaves for the next: JSON files under `node_modules/.cache/rolebook`. Each is kept per code of Rolebook and per
 * what its owner says that it depends on, so that neither a changed config nor an update can meet what another wrote.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { replaceFile } from './atomic.ts'
import { sha256 } from './hash.ts'

/** So many files of one kind are kept beside the one in use. */
const KEPT = 8
const NAME = /^[0-9a-f]{32}\.json$/

/** One file of the store. */
export class Store {
  readonly #folder: string
  readonly #name: string

  private constructor(folder: string, name: string) {
    this.#folder = folder
    this.#name = name
  }

  /**
   * The store beside the nearest `node_modules` at or above a folder; `null` where there is none: none is made.
   *
   * @param kind a folder's name
   * @param key what its content depends on
   */
  static open(base: string, kind: string, key: unknown): Store | null {
    const modules = nearestModules(base)
    if (modules === null) return null
    const name = `${sha256(JSON.stringify([codeState(), base, key])).slice(0, 32)}.json`
    return new Store(join(modules, '.cache', 'rolebook', kind), name)
  }

  /** What was written last; `null` where there is nothing, or nothing that can be read. */
  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(this.#folder, this.#name), 'utf8'))
    } catch {
      return null
    }
  }

  /** A store that cannot be written costs the next run time, nothing else. */
  async write(value: unknown): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true })
      await replaceFile(join(this.#folder, this.#name), JSON.stringify(value), null, false)
      await this.#prune()
    } catch {
      // The next run finds out again what this one did.
    }
  }

  async #prune(): Promise<void> {
    const others = (await readdir(this.#folder)).filter((name) => NAME.test(name) && name !== this.#name)
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
