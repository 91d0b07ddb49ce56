import { sep } from 'node:path'
import type { UsageError } from '../files/usage-error.ts'
import { codeOf, reasonOf } from '../files/write-error.ts'
import { printable } from '../report/printable.ts'

/** What commands may use of the process: so that they can be run in a test as they are. */
export interface Terminal {
  cwd: string
  out: (text: string) => void
  err: (text: string) => void
  /** Whether standard output and standard error may carry colour. */
  color: { out: boolean; err: boolean }
  env: Readonly<Record<string, string | undefined>>
  /** Whether standard error is a terminal, where progress may be shown. */
  interactive: boolean
  /** All of standard input. */
  input: () => Promise<Buffer>
  /** Ends what would go on for ever, such as `--watch`. */
  signal: AbortSignal
}

/**
 * The terminal of this process. No colour where `NO_COLOR` is set or the stream is no terminal. Who closes the other end,
 * as `| head` does, has read enough: what is written after that goes nowhere, and what would go on for ever ends.
 *
 * @param failed is told in one line why standard output can't be written, on a full disk say
 */
export function processTerminal(failed: (message: string) => void): Terminal {
  const ending = new AbortController()
  process.stdout.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') ending.abort()
    else failed(`standard output can't be written: ${reasonOf(error) ?? error.message}`)
  })
  // There is no third place to say it in.
  process.stderr.on('error', () => {})
  const plain = (process.env.NO_COLOR ?? '') !== ''
  return {
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    color: { out: !plain && process.stdout.isTTY === true, err: !plain && process.stderr.isTTY === true },
    env: process.env,
    interactive: process.stderr.isTTY === true,
    input: readInput,
    signal: ending.signal,
  }
}

/** When output is made, as reproducible builds say it; `null` where they do not. https://reproducible-builds.org/specs/source-date-epoch/ */
export function sourceDate({ env }: Terminal): Date | null {
  const epoch = env.SOURCE_DATE_EPOCH ?? ''
  // Of more digits a year has more than four.
  return /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : null
}

/** Today, `YYYY-MM-DD` in UTC; the day of `SOURCE_DATE_EPOCH` where that is given. */
export function todayOf(terminal: Terminal): string {
  return (sourceDate(terminal) ?? new Date()).toISOString().slice(0, 10)
}

/** What is said of wrong usage: paths as they are written from here, and nothing in it that drives the terminal. */
export function usageText({ message }: UsageError, { cwd }: Terminal): string {
  const lines = message.replaceAll(cwd + sep, '').split('\n')
  return `rolebook: ${lines.map(printable).join('\n')}\n`
}

async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

/** A terminal that shows nothing and has nothing, but for what is given: for scripts and tests. */
export function bareTerminal(given: Partial<Terminal>): Terminal {
  return {
    cwd: '.',
    out: () => {},
    err: () => {},
    color: { out: false, err: false },
    env: {},
    interactive: false,
    input: async () => Buffer.alloc(0),
    signal: new AbortController().signal,
    ...given,
  }
}
