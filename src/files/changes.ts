/** What git says has changed: which files, which of their lines, and what the index holds. */
import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { gitOutput as git, gitBytes, whyNoRepository } from './git.ts'
import { posix } from './paths.ts'
import { commitOf, mergeBase, whyUnknown } from './revision.ts'
import type { Content } from './tree.ts'
import { UsageError } from './usage-error.ts'

/** The repository's top folder, as the file system spells it. */
async function topOf(folder: string): Promise<string> {
  try {
    return await realpath((await git(folder, ['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, ''))
  } catch (error) {
    throw new UsageError(`This needs git's history: ${whyNoRepository(error)}`)
  }
}

async function hasCommit(folder: string): Promise<boolean> {
  return git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).then(
    () => true,
    () => false,
  )
}

function paths(top: string, output: string): string[] {
  return output
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => join(top, path))
}

/** Absolute paths. */
export interface Changes {
  changed: Set<string>
  removed: Set<string>
}

/**
 * The files that differ from a commit, those that git does not know yet included.
 *
 * @param since a revision: what has changed since it was branched off; without one, what is not committed
 */
export async function changedFiles(folder: string, since?: string): Promise<Changes> {
  const top = await topOf(folder)
  const isFirst = since === undefined && !(await hasCommit(top))
  return differing(top, isFirst ? null : await baseOf(top, since))
}

/** What differs from a commit, `null` for all that there is; in submodules, from the commit that is recorded with it. */
async function differing(top: string, base: string | null): Promise<Changes> {
  const untracked = paths(top, await git(top, ['ls-files', '--others', '--exclude-standard', '-z']))
  const known =
    base === null
      ? { changed: new Set(paths(top, await git(top, ['ls-files', '-z']))), removed: new Set<string>() }
      : changesOf(top, await git(top, ['diff', ...STATUS, base, '--']))
  for (const path of untracked) known.changed.add(path)
  for (const path of [...known.changed].filter((path) => existsSync(join(path, '.git')))) {
    const entry = base === null ? '' : await git(top, ['ls-tree', base, '--', posix(relative(top, path))])
    const commit = /^160000 commit ([0-9a-f]+)/.exec(entry)?.[1] ?? ''
    const inside = await differing(path, await commitOf(path, commit))
    for (const inner of inside.changed) known.changed.add(inner)
    for (const inner of inside.removed) known.removed.add(inner)
  }
  return known
}

const STATUS = ['--name-status', '--no-renames', '-z']

/** Reads `M\0path\0D\0path\0`. */
function changesOf(top: string, output: string): Changes {
  const found: Changes = { changed: new Set(), removed: new Set() }
  const fields = output.split('\0')
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const path = join(top, fields[i + 1] as string)
    if (fields[i] === 'D') found.removed.add(path)
    else found.changed.add(path)
  }
  return found
}

/** The commit that changes are counted from. */
async function baseOf(top: string, since: string | undefined): Promise<string> {
  if (since === undefined) return 'HEAD'
  const commit = await commitOf(top, since)
  if (commit === null) throw new UsageError(`No such revision: ${since}${await whyUnknown(top)}`)
  return (await mergeBase(top, commit, 'HEAD')) ?? commit
}

/** For each changed file, by absolute path, its lines (1-based) that were added or changed; see `changedFiles`. */
export async function changedLines(folder: string, since?: string): Promise<Map<string, Set<number>>> {
  const top = await topOf(folder)
  if (!(await hasCommit(top))) return new Map()
  const base = await baseOf(top, since)
  const args = ['diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-renames', '--diff-filter=d', base, '--']
  return linesOf(await git(top, args), top)
}

/** Reads `+++ b/path` and `@@ -a,b +c,d @@` of a diff without context. */
function linesOf(diff: string, top: string): Map<string, Set<number>> {
  const changed = new Map<string, Set<number>>()
  let lines = new Set<number>()
  for (const line of diff.split('\n')) {
    if (line.startsWith('+++ b/')) {
      lines = new Set()
      changed.set(join(top, line.slice(6).replace(/\t$/, '')), lines)
    } else if (line.startsWith('@@ ')) {
      const match = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line)
      const first = Number(match?.[1] ?? 0)
      const count = Math.min(Number(match?.[2] ?? 1), 1_000_000)
      for (let i = 0; i < count; i++) lines.add(first + i)
    }
  }
  return changed
}

/** What the next commit changes. */
export interface Staged extends Changes {
  /** By absolute path, what the index holds where the disk has another; `null` for a file that it does not hold. */
  contents: Map<string, Content>
}

/** What the next commit would hold: the index, not the disk. */
export async function stagedFiles(folder: string): Promise<Staged> {
  const top = await topOf(folder)
  const changes = (await hasCommit(top))
    ? changesOf(top, await git(top, ['diff', '--cached', ...STATUS, 'HEAD', '--']))
    : { changed: new Set(paths(top, await git(top, ['ls-files', '-z']))), removed: new Set<string>() }
  const differing = paths(top, await git(top, ['diff', '--name-only', '--no-renames', '-z', '--']))
  const untracked = paths(top, await git(top, ['ls-files', '--others', '--exclude-standard', '-z']))
  const contents = new Map<string, Content>(untracked.map((path) => [path, null]))
  // Most of what differs is no page: only what is read is asked of git.
  for (const path of differing) contents.set(path, () => indexed(top, posix(relative(top, path))))
  return { ...changes, contents }
}

/** What the index holds of a file, by its path in the repository. */
function indexed(top: string, path: string): Uint8Array {
  const bytes = gitBytes(top, ['show', `:${path}`])
  if (!bytes) throw new UsageError(`git's index has no one version of ${path}: settle its conflicts first`)
  return bytes
}
