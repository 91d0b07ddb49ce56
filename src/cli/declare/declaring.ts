/** What the files beside this one have in common. They hold names, options and help; a command's code is loaded when it runs. */
import { type Command, InvalidArgumentError } from 'commander'
import { UsageError } from '../../files/usage-error.ts'
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

/**
 * Adds `--format` and `--output` to a command, each repeatable and in pairs.
 *
 * @returns the pairs in the order given, filled when the command line is read; `null` for standard output
 */
export function formatOptions(command: Command, formats: string): { format: string; file: string | null }[] {
  const outputs: { format: string; file: string | null }[] = []
  command
    .option('--format <id>', `${formats}; repeatable`, (id) => void outputs.push({ format: id, file: null }))
    .option('--output <file>', 'write the format before it to a file; repeatable', (file) => {
      const last = outputs.at(-1)
      if (!last || last.file !== null) throw new UsageError('Put a --format before each --output')
      last.file = somePath(file)
    })
  return outputs
}

/** An option's value as a path: an empty one is a variable that nobody set, and would mean the working directory. */
export function somePath(value: string): string {
  if (value === '') throw new InvalidArgumentError('Give a path: this one is empty.')
  return value
}

/** An option's value as a whole number of 0 or more; throws what commander tells the user where it is none. */
export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Give a whole number.')
  return Number(value)
}
