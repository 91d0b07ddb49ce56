import { styleText } from 'node:util'
import stringWidth from 'string-width'
import { printable } from '../../report/printable.ts'

type Format = Parameters<typeof styleText>[0]

/** Text with its colours, from which nothing can drive a terminal. */
export class Painted {
  readonly text: string
  readonly width: number

  constructor(text: string, format: Format | null) {
    const safe = printable(text)
    this.text = format === null || safe === '' ? safe : styleText(format, safe, { validateStream: false })
    this.width = stringWidth(safe)
  }
}

export type Cell = string | Painted

/** Collects what a command says. Every string that is given is made safe for a terminal; colour only where it may be. */
export class Printer {
  #text = ''
  #isForPrograms = false
  readonly #color: boolean

  constructor(color: boolean) {
    this.#color = color
  }

  get text(): string {
    return this.#text
  }

  /** Whether any of it is to be read by another program, so that nothing may stand around it. */
  get isForPrograms(): boolean {
    return this.#isForPrograms
  }

  paint(format: Format, text: string): Painted {
    return new Painted(text, this.#color ? format : null)
  }

  /** A line of parts, as they are. */
  line(...parts: Cell[]): void {
    this.#text += `${parts
      .map((part) => painted(part).text)
      .join('')
      .trimEnd()}\n`
  }

  heading(text: string): void {
    this.line(this.paint('bold', text))
  }

  /** Text for another program, with its own lines and tabs; only what would drive a terminal is escaped. */
  verbatim(text: string): void {
    this.#isForPrograms = true
    this.#text += text.replace(/\r(?!\n)|[^\t\r\n]+/g, printable)
  }

  /** Rows in columns, two spaces apart; the last of a row is not padded. */
  table(rows: readonly (readonly Cell[])[], indent = '  '): void {
    const all = rows.map((row) => row.map(painted))
    const widths: number[] = []
    for (const row of all) for (const [i, { width }] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width)
    for (const row of all) {
      const cells = row.map((cell, i) => cell.text + ' '.repeat((widths[i] as number) - cell.width))
      this.#text += `${indent}${cells.join('  ')}`.trimEnd()
      this.#text += '\n'
    }
  }
}

function painted(cell: Cell): Painted {
  return typeof cell === 'string' ? new Painted(cell, null) : cell
}
