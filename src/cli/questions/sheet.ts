import { squeeze } from '../../text.ts'
import type { Printer } from './printer.ts'

/** What is shown of one thing. */
export interface Shown {
  json: Record<string, unknown>
  text: (print: Printer) => void
}

/** The first line: what it is, its id, and its name where that says more. */
export function title(print: Printer, kind: string, id: string, name?: string): void {
  print.line(print.paint('dim', `${kind} `), print.paint('bold', id), name && name !== id ? `  ${name}` : '')
}

/** Facts that are known, a line each. */
export function facts(print: Printer, rows: readonly (readonly [string, string | null | undefined])[]): void {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  print.table(known.map(([name, value]) => [print.paint('dim', name), squeeze(value as string)]))
}

/** A list, an item a line, the first after a word. */
export function lines(print: Printer, word: string, list: readonly string[]): void {
  for (const [i, item] of list.entries())
    print.line('    ', print.paint('dim', word === '' ? '' : i === 0 ? `${word} ` : ' '.repeat(word.length + 1)), item)
}
