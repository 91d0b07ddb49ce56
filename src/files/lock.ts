/** One process at a time in a folder. */
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { uniqueName } from './hash.ts'
import { UsageError } from './usage-error.ts'
import { codeOf } from './write-error.ts'

const NAME = '.rolebook.lock'
/** Milliseconds: how often the holder of a lock says that it is there, and after how long a silence it is not. */
const BEAT = 20_000
const SILENCE = 10 * 60_000
const ATTEMPTS = 5
/** Milliseconds: a lock that was made this moment is not written yet, and names nobody. */
const MOMENT = 25

/**
 * Takes a folder's lock: a file that names the process. One whose process has ended, or that nobody touched for long, is
 * taken over.
 *
 * @returns what gives it back
 * @throws UsageError where another process holds it
 */
export async function lock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, NAME)
  const own = `${JSON.stringify({ process: process.pid, host: hostname(), id: uniqueName() })}\n`
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(path, own, { flag: 'wx' })
      break
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    const holder = await holderOf(path)
    if (holder?.name === NOBODY && !holder.isGone && attempt < ATTEMPTS) {
      await setTimeout(MOMENT)
      continue
    }
    if (holder && (!holder.isGone || attempt === ATTEMPTS || !(await takeAway(path, holder.text)))) {
      throw new UsageError(
        `${folder} is being written by ${holder.name}: wait for it, or remove ${path} if there is none`,
      )
    }
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), BEAT)
  beat.unref()
  return async () => {
    clearInterval(beat)
    if ((await textOf(path)) === own) await rm(path, { force: true })
  }
}

/** The holder whose name can't be read. */
const NOBODY = 'another process'

/** Who holds a lock; `null` where it was given back meanwhile. */
async function holderOf(path: string): Promise<{ text: string; name: string; isGone: boolean } | null> {
  const [text, info] = [await textOf(path), await stat(path).catch(() => null)]
  if (text === null || info === null) return null
  const isSilent = Date.now() - info.mtimeMs > SILENCE
  const named = /^\{"process":(\d{1,10}),"host":"([\w.-]*)"/.exec(text)
  if (!named) return { text, name: NOBODY, isGone: isSilent }
  const [pid, host] = [Number(named[1]), named[2]]
  const isHere = host === hostname()
  const name = `process ${pid}${isHere ? '' : ` on ${host}`}`
  return { text, name, isGone: isSilent || (isHere && !isRunning(pid)) }
}

/** Removes a lock that was found to be left: by a rename, which only one of several succeeds in. */
async function takeAway(path: string, text: string): Promise<boolean> {
  const aside = `${path}.${uniqueName()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    throw error
  }
  const isSame = (await textOf(aside)) === text
  // Another process was faster: what was taken is its new lock.
  if (isSame) await rm(aside, { force: true })
  else await rename(aside, path)
  return isSame
}

/** Whether a process of this number runs, be it somebody else's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}
