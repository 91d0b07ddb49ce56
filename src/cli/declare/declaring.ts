/** What the files beside this one have in common. They hold names, options and help; a command's code is loaded when it runs. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal.ts'

export interface Declaring {
  program: Command
  terminal: Terminal
  /** Makes of a command's work an action whose result is the exit code. */
  run: (work: () => Promise<number>) => () => Promise<void>
}

/** For options that may be repeated. */
export function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Give a whole number.')
  return Number(value)
}
