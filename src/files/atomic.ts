/**
 * Writing whole or not at all: a reader, and whoever comes after a crash, meets the old or the new, never a part. What is
 * new is made beside what is there and takes its place by a rename; what a killed process left is removed by the next one.
 */
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { uniqueName } from './hash.ts'
import { isRunning, lock } from './lock.ts'
import { contains } from './paths.ts'
import { UsageError } from './usage-error.ts'
import { codeOf, writeError } from './write-error.ts'

export type Content = string | Uint8Array

/**
 * Replaces one file, or makes it; its folder must be there. The mode of a file that is there stays. What is no file, such
 * as `/dev/stdout` or a pipe, is written to as it is. A link is followed only within its own folder.
 *
 * @param shown the path as an error names it
 * @throws UsageError where it can't be written; then everything is as it was
 */
export async function writeWhole(path: string, content: Content, shown = path): Promise<void> {
  try {
    const info = await stat(path).catch(missing)
    if (/^\/(?:dev|proc)\//.test(resolve(path)) || (info && !info.isFile() && !info.isDirectory())) {
      return await writeFile(path, content)
    }
    await replaceFile(await followed(path, shown), content, info ? info.mode & 0o7777 : null)
  } catch (error) {
    throw writeError(error, shown)
  }
}

/** The file to replace: where a link leads to another file under its folder, that file. */
async function followed(path: string, shown: string): Promise<string> {
  const isLink = (await lstat(path).catch(missing))?.isSymbolicLink() === true
  const real = isLink ? await realpath(path).catch(missing) : null
  if (real === null) return path
  if (contains(await realpath(dirname(path)), real)) return real
  throw new UsageError(`${shown} is a link that leads out of its folder: remove it, or write to where it leads`)
}

/**
 * Replaces a file that is no link by way of a temporary file beside it, which is on the disk before it is renamed.
 *
 * @param mode permissions of the new file; `null` for what the process gives new files
 * @param sync whether a crash of the whole machine is guarded against too; a cache needs no such thing
 */
export async function replaceFile(path: string, content: Content, mode: number | null, sync = true): Promise<void> {
  const temporary = await staged(dirname(path), content, mode, sync)
  try {
    await rename(temporary, path)
  } catch (error) {
    await discard(temporary)
    throw error
  }
}

/** Writes a temporary file in a folder, and gives its path. */
async function staged(folder: string, content: Content, mode: number | null, sync: boolean): Promise<string> {
  await removeLeftovers(folder)
  const temporary = join(folder, `${ownName()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', mode ?? 0o666)
    try {
      await handle.writeFile(content)
      // What the process takes away from new files is not taken from one that was there.
      if (mode !== null) await handle.chmod(mode)
      if (sync) await handle.sync()
    } finally {
      await handle.close()
    }
    return temporary
  } catch (error) {
    await discard(temporary)
    throw error
  }
}

/**
 * Replaces or makes files under a folder (paths with forward slashes, relative to it): first all of them beside their
 * places, then by renames alone, so that a full disk changes nothing. A link in a file's place is replaced; one in a
 * folder's place is followed only within the folder.
 */
export async function writeAll(folder: string, files: ReadonlyMap<string, Content>): Promise<void> {
  const temporaries: [temporary: string, path: string][] = []
  const made: string[] = []
  const makeFolder = async (path: string) => {
    const first = await mkdir(path, { recursive: true })
    for (let one = path; first !== undefined && contains(first, one); one = dirname(one)) made.push(one)
  }
  try {
    await makeFolder(folder)
    const top = await realpath(folder)
    for (const parent of new Set([...files.keys()].map((name) => dirname(join(folder, ...name.split('/')))))) {
      await makeFolder(parent)
      if (!contains(top, await realpath(parent)))
        throw new UsageError(`${parent} is a link that leads out of ${folder}`)
    }
    const queue = [...files]
    const write = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const path = join(folder, ...next[0].split('/'))
        temporaries.push([await staged(dirname(path), next[1], null, true), path])
      }
    }
    const results = await Promise.allSettled(Array.from({ length: WRITERS }, write))
    const failed = results.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    for (const [temporary, path] of temporaries) await rename(temporary, path)
  } catch (error) {
    await Promise.all(temporaries.map(([temporary]) => discard(temporary)))
    // Only what is empty again goes, the innermost first.
    for (const path of made.sort((a, b) => b.length - a.length)) await rmdir(path).catch(() => {})
    throw writeError(error, folder)
  }
}

/** So many files are written at once. */
const WRITERS = 8

/**
 * Makes folders or files under `out` anew, all together: `make` fills a folder beside them, whose entries then take the
 * places of those of the same names. Where it throws, or the process is killed before, the last good ones stay. Only one
 * process at a time does this in one folder; another one gets a UsageError.
 */
export async function remake(out: string, make: (stage: string) => Promise<void>): Promise<void> {
  let release = async () => {}
  try {
    await mkdir(out, { recursive: true })
    release = await lock(out)
    await removeLeftovers(out, true)
    const stage = join(out, ownName())
    try {
      await mkdir(stage)
      await make(stage)
      await swap(stage, out)
    } finally {
      await discard(stage)
    }
  } catch (error) {
    throw writeError(error, out)
  } finally {
    await release()
  }
}

/**
 * Puts all entries of a folder in place of those under `out`; those go to a folder of their own, and from there away. Where one
 * can't be put in its place, all are as they were.
 */
async function swap(stage: string, out: string): Promise<void> {
  const aside = `${stage}.old`
  await mkdir(aside)
  const put: string[] = []
  try {
    for (const name of (await readdir(stage)).sort()) {
      const place = join(out, name)
      await rename(place, join(aside, name)).catch(missing)
      try {
        await rename(join(stage, name), place)
      } catch (error) {
        await rename(join(aside, name), place).catch(missing)
        throw error
      }
      put.push(name)
    }
  } catch (error) {
    for (const name of put.reverse()) {
      await rename(join(out, name), join(stage, name))
      await rename(join(aside, name), join(out, name)).catch(missing)
    }
    await discard(aside)
    throw error
  }
  await discard(aside)
}

/** Folders that were looked through by this process. */
const lookedThrough = new Set<string>()

/** Removes what killed processes left in a folder, and puts back what they had taken out of its place. */
async function removeLeftovers(folder: string, again = false): Promise<void> {
  if (lookedThrough.has(folder) && !again) return
  lookedThrough.add(folder)
  const names = (await readdir(folder).catch(missing)) ?? []
  const left = names.filter((name) => {
    const pid = OWN_NAME.exec(name)?.[1]
    return pid !== undefined && !isRunning(Number(pid))
  })
  for (const name of left.filter((one) => one.endsWith('.old'))) {
    for (const entry of await readdir(join(folder, name))) {
      const place = join(folder, entry)
      if (!(await lstat(place).catch(missing))) await rename(join(folder, name, entry), place)
    }
  }
  for (const name of left) await discard(join(folder, name))
}

const OWN_NAME = /^\.rolebook-(\d{1,10})-[0-9a-f-]{36}(?:\.tmp|\.old)?$/

function ownName(): string {
  return `.rolebook-${process.pid}-${uniqueName()}`
}

async function discard(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {})
}

/** `null` for what is not there; any other error is thrown. */
function missing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}
