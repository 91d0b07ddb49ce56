/** Waiting for files to change. */
import { type FSWatcher, watch } from 'node:fs'
import { UsageError } from './usage-error.ts'
import { codeOf, reasonOf } from './write-error.ts'

/** A file or folder that is looked at. */
export interface Watched {
  path: string
  /** Whether folders under it are looked at, too. */
  recursive: boolean
}

/** Changes that come so many milliseconds after one another are one. */
const SETTLE = 80
/** What is looked at: pages, and the files that say how to read them. */
const RELEVANT = /\.(?:mdx?|markdown)$|(?:^|[\\/])rolebook\.[\w.]+$/i
const IGNORED = /(?:^|[\\/])(?:node_modules|\.git|dist)(?:[\\/]|$)/

/**
 * Yields once for each burst of changes to pages or configs, until the signal is given. Throws a UsageError where the
 * system does not watch: it has a limit.
 */
export async function* watchFiles(watched: readonly Watched[], signal: AbortSignal): AsyncGenerator<void> {
  let wake: () => void = () => {}
  let failed: unknown = null
  let timer: NodeJS.Timeout | undefined
  let due = false
  const watchers: FSWatcher[] = []
  const fail = (error: unknown) => {
    failed = error
    wake()
  }
  const look = ({ path, recursive }: Watched) =>
    watch(path, { recursive }, (_event, name) => {
      if (name !== null && (IGNORED.test(name) || !RELEVANT.test(name))) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        due = true
        wake()
      }, SETTLE)
    }).on('error', fail)
  const stop = () => wake()
  signal.addEventListener('abort', stop)
  try {
    for (const one of watched) watchers.push(look(one))
    while (!signal.aborted) {
      if (failed !== null) throw failed
      if (due) {
        due = false
        yield
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } catch (error) {
    const reason = whyUnwatched(error)
    throw reason === null ? error : new UsageError(`Can't watch for changes: ${reason}`)
  } finally {
    signal.removeEventListener('abort', stop)
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}

/** Linux says that the disk is full where it is the table of what is watched. */
export function whyUnwatched(error: unknown): string | null {
  const code = codeOf(error)
  if (code !== 'ENOSPC' && code !== 'EMFILE') return reasonOf(error)
  return `the system watches as many files as it may (${code}); on Linux, raise fs.inotify.max_user_watches or max_user_instances`
}
