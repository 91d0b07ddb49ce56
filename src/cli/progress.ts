/** Progress of long work, on standard error, in a terminal only. */
import type { Terminal } from './terminal.ts'

/** Nothing is shown before so many milliseconds, and no oftener than each tenth of a second. */
const LONG = 500
const OFTEN = 100

export interface Progress {
  step: (done: number, total: number) => void
  /** Wipes the line. */
  end: () => void
}

/** Counts files on one line that is written over and over; nothing where standard error is no terminal. */
export function progressOn(terminal: Terminal): Progress {
  if (!terminal.interactive) return { step: () => {}, end: () => {} }
  const begun = performance.now()
  let last = begun + LONG - OFTEN
  let written = false
  return {
    step(done, total) {
      const now = performance.now()
      if (now - last < OFTEN) return
      last = now
      written = true
      terminal.err(`\r${done} of ${total} files`)
    },
    end() {
      if (written) terminal.err('\r\u001B[K')
    },
  }
}
