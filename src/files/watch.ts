/** Waiting for files to change. */
import { type FSWatcher, watch } from 'node:fs'

/** Changes that come so many milliseconds after one another are one. */
const SETTLE = 80
/** What is looked at: pages, and the files that say how to read them. */
const RELEVANT = /\.(?:mdx?|markdown)$|(?:^|[\\/])rolebook\.[\w.]+$/i
const IGNORED = /(?:^|[\\/])(?:node_modules|\.git|dist)(?:[\\/]|$)/

/** Yields once for each burst of changes to pages or configs under the paths, until the signal is given. */
export async function* watchFiles(paths: readonly string[], signal: AbortSignal): AsyncGenerator<void> {
  let wake: () => void = () => {}
  let timer: NodeJS.Timeout | undefined
  let due = false
  const watchers = paths.map(
    (path): FSWatcher =>
      watch(path, { recursive: true }, (_event, name) => {
        if (name !== null && (IGNORED.test(name) || !RELEVANT.test(name))) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          due = true
          wake()
        }, SETTLE)
      }),
  )
  const stop = () => wake()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      if (due) {
        due = false
        yield
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
