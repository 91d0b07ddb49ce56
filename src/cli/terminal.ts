/** What commands may use of the process: so that they can be run in a test as they are. */
export interface Terminal {
  cwd: string
  out: (text: string) => void
  err: (text: string) => void
  /** Whether standard output and standard error may carry colour. */
  color: { out: boolean; err: boolean }
}

/** The terminal of this process. No colour where `NO_COLOR` is set or the stream is no terminal. */
export function processTerminal(): Terminal {
  const plain = (process.env.NO_COLOR ?? '') !== ''
  return {
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    color: { out: !plain && process.stdout.isTTY === true, err: !plain && process.stderr.isTTY === true },
  }
}
