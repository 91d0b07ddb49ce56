/**
 * `node scripts/bench/tree.ts --out DIR [--files N] [--roles N] [--config FILE]`: a made documentation tree, the same bytes each
 * time. About two files in a hundred hold permission blocks, of every dialect; the others are what a product's docs are made of.
 *
 * The proportions were measured on 18 published pages of a product's docs (200 KB), all of which are about permissions, which is why
 * they have more tables and accordions, and less running text with fences and inline code, than the rest of a repository. Those are
 * made rarer here, and these more common, as in task pages:
 *
 *                                       measured   made
 *   average size                         11.1 KB   9.7 KB
 *   pages with a table                      66 %     44 %
 *   pages with tabs                         16 %     15 %
 *   pages with a code fence                 22 %     60 %
 *   pages with an admonition                61 %     58 %
 *   pages with an ordered list              38 %     50 %
 *   pages with a bullet list                83 %     89 %
 *   pages with an image                     16 %     17 %
 *   pages with a comment                     5 %      6 %
 *   pages that include a partial            22 %     19 %
 *   headings for each 10 KB                  8.4     10.1
 *   links for each 10 KB                     7.5     10.6
 *   spans of inline code for each 10 KB      6.4     16.0
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ordinaryPage, snippet } from './tree/ordinary-page.ts'
import { PERMISSION_KINDS, permissionPage } from './tree/permission-page.ts'
import { Random } from './tree/random.ts'
import { rolePages } from './tree/role-page.ts'

export interface MadeFile {
  /** Relative, with slashes. */
  path: string
  text: string
}

export interface TreeOptions {
  /** How many files of the ordinary kind and of permission pages together. */
  files: number
  /** So many roles more, on pages beside them. */
  roles?: number
  seed?: number
}

export const DEFAULT_FILES = 2000
const PER_FOLDER = 50

/** How many of so many files hold permission blocks: two in a hundred, and enough for every dialect. */
export function permissionFiles(files: number): number {
  return Math.min(files, Math.max(PERMISSION_KINDS, Math.round(files / 50)))
}

/** The files of a tree, one after the other: a large tree need not fit into memory. */
export function* makeTree({ files, roles = 0, seed = 20_240_601 }: TreeOptions): Generator<MadeFile> {
  const permissions = permissionFiles(files)
  const partials = Math.max(1, Math.min(Math.floor(files / 100), 40))
  const ordinary = Math.max(0, files - permissions - partials)
  const addressOf = (i: number) => `/part-${Math.floor(i / PER_FOLDER)}/page-${i}`
  for (let i = 0; i < permissions; i++)
    yield { path: `docs/access/permissions-${i}.mdx`, text: permissionPage(new Random(seed ^ (i * 7919 + 1)), i) }
  for (let i = 0; i < partials; i++)
    yield {
      path: `_partials/snippets/snippet-${i}.mdx`,
      text: snippet(new Random(seed ^ (i * 104_729 + 2)), `snippet-${i}`),
    }
  for (let i = 0; i < ordinary; i++) {
    const random = new Random(seed ^ (i * 15_485_863 + 3))
    const page = () => addressOf(random.int(0, ordinary - 1))
    const partial = () => `snippet-${random.int(0, partials - 1)}`
    yield { path: `docs${addressOf(i)}.mdx`, text: ordinaryPage(random, { page, partial }) }
  }
  yield* rolePages(roles)
}

/** Writes files into a folder, and gives how many bytes they are. */
export function writeTree(folder: string, files: Iterable<MadeFile>): { files: number; bytes: number } {
  const known = new Set<string>()
  const written = { files: 0, bytes: 0 }
  for (const { path, text } of files) {
    const target = join(folder, path)
    const parent = dirname(target)
    if (!known.has(parent)) mkdirSync(parent, { recursive: true })
    known.add(parent)
    writeFileSync(target, text)
    written.files++
    written.bytes += Buffer.byteLength(text)
  }
  return written
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      files: { type: 'string', default: String(DEFAULT_FILES) },
      roles: { type: 'string', default: '0' },
      config: { type: 'string' },
    },
  })
  if (values.out === undefined) throw new Error('Say where to: --out DIR')
  const written = writeTree(values.out, makeTree({ files: Number(values.files), roles: Number(values.roles) }))
  if (values.config !== undefined) copyFileSync(values.config, join(values.out, basename(values.config)))
  console.log(`${written.files} files, ${(written.bytes / 1e6).toFixed(1)} MB`)
}
