/** What is mutated: the pages of `content/`, of the fixtures, and of the corpus beside the repository where it is there. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const FOLDERS = ['content', 'test/fixtures', '../shared/corpus', '../shared/seeds']

/** Texts in order of path. Which they are decides what a seed means. */
export function readPages(folders: readonly string[] = FOLDERS): string[] {
  return folders.flatMap((folder) => {
    const cwd = join(ROOT, folder)
    const found = globSync('**/*.{md,mdx}', { cwd }).map((path) => path.replaceAll('\\', '/'))
    return found.sort().map((path) => readFileSync(join(cwd, path), 'utf8'))
  })
}
