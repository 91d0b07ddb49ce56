/** Builds the site of a made set beside a site of Starlight alone that has the same pages. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeBareSite } from '../tree/bare-site.ts'
import { rolePages } from '../tree/role-page.ts'
import { writeTree } from '../tree.ts'
import { type Measured, measure, type Rounds } from './processes.ts'

export interface SiteSize {
  roles: number
  pages: number
  own: Measured
  bare: Measured
  /** HTML of all pages, in bytes. */
  ownHtml: number
  bareHtml: number
}

/**
 * @param rolebook the arguments of a command line of Rolebook
 * @param scratch where the set and its site are written; the bare site stands under `root`, where Node finds Starlight
 */
export function measureSite(
  roles: number,
  { root, scratch, rolebook, rounds }: { root: string; scratch: string; rolebook: string[]; rounds: Rounds },
): SiteSize {
  const folder = join(scratch, `site-${roles}`)
  const built = join(folder, 'out', 'site')
  writeTree(join(folder, 'docs'), rolePages(roles))
  const own = {
    id: 'site',
    what: '`rolebook build`',
    argv: [...rolebook, 'build', 'docs', '--no-gate', '--out', 'out'],
    cwd: folder,
  }
  // Once before, for the pages.
  measure([own], { ...rounds, runs: 1, warmUp: false })
  mkdirSync(join(root, 'dist'), { recursive: true })
  const bareFolder = mkdtempSync(join(root, 'dist', 'bench-bare-'))
  try {
    const pages = writeBareSite(built, bareFolder)
    const bare = {
      id: 'bare',
      what: 'Starlight alone',
      argv: [process.execPath, join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build', '--silent'],
      cwd: bareFolder,
      // Ours begins with no cache as well.
      before: () => {
        for (const name of ['.astro', 'dist', 'node_modules'])
          rmSync(join(bareFolder, name), { recursive: true, force: true })
      },
    }
    const [first, second] = measure([own, bare], { ...rounds, warmUp: false }) as [Measured, Measured]
    return {
      roles,
      pages,
      own: first,
      bare: second,
      ownHtml: htmlIn(built),
      bareHtml: htmlIn(join(bareFolder, 'dist')),
    }
  } finally {
    rmSync(bareFolder, { recursive: true, force: true })
  }
}

function htmlIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))
  return files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)
}
