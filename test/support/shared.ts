/** The folder beside the repository that holds the corpus. It is no part of the project, and may not be there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')
const SHARED = join(ROOT, '..', 'shared')

/** Whether the corpus is there. Use with `describe.skipIf(!shared)`, and `saySkipped()` beside it. */
export const shared = existsSync(join(SHARED, 'corpus'))

let said = false

/** Says once that tests of this file are skipped, where the corpus is not there. */
export function saySkipped(): void {
  if (!shared && !said) console.log('skipped: ../shared is not here')
  said = true
}

/** The text of a file of `../shared`. */
export function readShared(path: string): string {
  return readFileSync(join(SHARED, path), 'utf8')
}

export function sharedFolder(): string {
  return SHARED
}

/** Paths under a folder of `../shared`, with forward slashes, sorted; none where it is not there, which is said. */
export function listShared(folder: string): string[] {
  saySkipped()
  if (!shared) return []
  return readdirSync(join(SHARED, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:mdx?|txt)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(SHARED.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}
