/** A git revision as a tree of files: read from git's objects, so nothing is checked out and nothing is left behind. */
import { spawn } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { compareText } from '../diagnostic.ts'
import { gitOutput, whyNoRepository } from './git.ts'
import { contains } from './paths.ts'
import { included, type Tree } from './tree.ts'
import { UsageError } from './usage-error.ts'

export interface Revision extends Tree {
  /** The commit's full hash. */
  commit: string
  /** When it was committed, as ISO 8601 in UTC. */
  date: string
}

/** The commit that a revision names, or `null` where there is none, or no repository. */
export async function commitOf(cwd: string, revision: string): Promise<string | null> {
  if (revision === '' || revision.startsWith('-')) return null
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  return gitOutput(cwd, args).then(
    (text) => text.trim(),
    () => null,
  )
}

/** The commit at which two revisions parted, or `null` where they have none in common. */
export async function mergeBase(cwd: string, a: string, b: string): Promise<string | null> {
  return gitOutput(cwd, ['merge-base', a, b]).then(
    (text) => text.trim(),
    () => null,
  )
}

/** What more of a shallow clone's history takes. */
export const DEEPEN =
  'this clone is shallow. Fetch the history (`git fetch --unshallow`; with actions/checkout, `fetch-depth: 0`)'

/** Whether a clone lacks a part of its history; `false` where there is no repository. */
export async function isShallow(cwd: string): Promise<boolean> {
  return gitOutput(cwd, ['rev-parse', '--is-shallow-repository']).then(
    (text) => text.trim() === 'true',
    () => false,
  )
}

/** What to say of an operand that names nothing. */
export async function unknownRevision(cwd: string, operand: string): Promise<UsageError> {
  return new UsageError(`Neither a file, nor a folder, nor a git revision: ${operand}${await whyUnknown(cwd)}`)
}

/** Why a revision is not known, to be put behind its name; empty where it may just be misspelt. */
export async function whyUnknown(cwd: string): Promise<string> {
  try {
    await gitOutput(cwd, ['rev-parse', '--git-dir'])
  } catch (error) {
    return ` (${whyNoRepository(error)})`
  }
  if (await isShallow(cwd)) return `: ${DEEPEN}`
  return (await commitOf(cwd, 'HEAD')) === null ? ' (nothing is committed in this repository yet)' : ''
}

/** Opens a revision of the repository around a folder; `null` where there is none of that name. */
export async function openRevision(cwd: string, revision: string): Promise<Revision | null> {
  const commit = await commitOf(cwd, revision)
  if (commit === null) return null
  const top = await topAsWritten(cwd)
  const blobs = await filesOf(top, commit)
  const seconds = Number((await gitOutput(top, ['show', '--no-patch', '--format=%ct', commit])).trim())
  const contents = new Map<string, Uint8Array>()
  return {
    commit,
    date: new Date(seconds * 1000).toISOString(),
    async kindOf(absolute) {
      const blob = blobs.get(absolute)
      if (blob !== undefined) {
        const [bytes] = contents.has(absolute) ? [] : await readBlobs([blob])
        if (bytes) contents.set(absolute, bytes)
        return 'file'
      }
      for (const path of blobs.keys()) if (contains(absolute, path)) return 'folder'
      return null
    },
    async filesUnder(folder, settings) {
      const found = included(blobs.keys(), folder, settings).sort(compareText)
      const missing = found.filter((path) => !contents.has(path))
      const read = await readBlobs(missing.map((path) => blobs.get(path) as Blob))
      missing.forEach((path, i) => {
        contents.set(path, read[i] as Uint8Array)
      })
      return found
    },
    read(absolute) {
      const bytes = contents.get(absolute)
      if (!bytes) throw new Error(`Not in ${revision}: ${absolute}`)
      return bytes
    },
    state: () => null,
  }
}

/** An object of the repository whose top folder is named. */
interface Blob {
  top: string
  hash: string
}

/**
 * The files of a commit by absolute path, those of its submodules as they are recorded with it; of one whose commit is not
 * here, such as one that is not checked out, there are none. Symbolic links are not followed.
 */
async function filesOf(top: string, commit: string): Promise<Map<string, Blob>> {
  const found = new Map<string, Blob>()
  const listing = await gitOutput(top, ['ls-tree', '-r', '-z', '--full-tree', commit])
  for (const line of listing.split('\0')) {
    const [, kind, hash = '', path = ''] = /^(100\d{3} blob|160000 commit) ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? []
    if (kind === undefined) continue
    const absolute = join(top, path)
    if (kind.endsWith('blob')) found.set(absolute, { top, hash })
    else if ((await commitOf(absolute, hash)) !== null)
      for (const [inner, blob] of await filesOf(absolute, hash)) found.set(inner, blob)
  }
  return found
}

/** The repository's top folder, written as the working directory is where that is reached by a link. */
async function topAsWritten(cwd: string): Promise<string> {
  const up = (await gitOutput(cwd, ['rev-parse', '--show-cdup'])).trim()
  const real = (await gitOutput(cwd, ['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, '')
  const written = join(cwd, up)
  return (await realpath(written)) === (await realpath(real)) ? written.replace(/(^.|[^\\/])[\\/]+$/, '$1') : real
}

/** Output of git beyond this is refused: 512 MB. */
const MOST = 512 * 1024 * 1024

/** The bytes of objects, in order. */
async function readBlobs(blobs: readonly Blob[]): Promise<Uint8Array[]> {
  const read = new Map<string, Uint8Array>()
  for (const [top, own] of Map.groupBy(blobs, (blob) => blob.top)) {
    const hashes = own.map(({ hash }) => hash)
    for (const [i, bytes] of (await readFrom(top, hashes)).entries()) read.set(hashes[i] as string, bytes)
  }
  return blobs.map(({ hash }) => read.get(hash) as Uint8Array)
}

/** The bytes of objects of one repository, in order, by one process. */
async function readFrom(top: string, hashes: readonly string[]): Promise<Uint8Array[]> {
  const output = await batch(top, `${hashes.join('\n')}\n`)
  const blobs: Uint8Array[] = []
  let at = 0
  for (const hash of hashes) {
    const end = output.indexOf(10, at)
    const match = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, end))
    if (!match) throw new UsageError(`git can't read ${hash}: the clone may be incomplete`)
    const size = Number(match[1])
    blobs.push(output.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
  return blobs
}

function batch(top: string, input: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['cat-file', '--batch'], { cwd: top, stdio: ['pipe', 'pipe', 'ignore'] })
    const parts: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      parts.push(part)
      if (size > MOST) child.kill()
    })
    child.on('error', reject)
    child.stdin.on('error', () => {})
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts))
      else reject(new UsageError('git could not give the files of that revision'))
    })
    child.stdin.end(input)
  })
}
