/** The line that a finding stands in, with a marker under it; for a cell, its table's header above. */
import type { Span } from '../diagnostic.ts'
import { printable } from './printable.ts'

/** Width of the stretch of a long line that is shown. */
const WIDTH = 96

/** Rows of text without indentation: `12 | source`, `   |   ^^`. Columns are those of the source, tabs as one. */
export function codeFrame(text: string, span: Span): string[] {
  const of = linesOf(text)
  const { lines } = of
  const line = lines[span.line - 1]
  if (line === undefined) return []
  const header = /^[\s>]*\|/.test(line) ? headerAbove(of, span.line - 1) : null
  const shown = [...(header === null ? [] : [header]), span.line - 1]
  const gutter = String(span.line).length
  const from = windowStart(line, span.column)
  const rows = shown.map((index) => `${String(index + 1).padStart(gutter)} | ${cut(lines[index] as string, from)}`)
  const end = span.endLine === span.line ? span.endColumn : line.length + 1
  const width = Math.max(1, Math.min(end, from + WIDTH + 1) - span.column)
  const lead = from > 0 ? 1 : 0
  rows.push(`${' '.repeat(gutter)} | ${' '.repeat(lead + span.column - 1 - from)}${'^'.repeat(width)}`)
  return rows
}

interface Lines {
  text: string
  lines: string[]
  /** What `headerAbove` has found, by 0-based index of a line. */
  headers: Map<number, number | null>
}

let last: Lines = { text: '', lines: [''], headers: new Map() }

/** A text's lines. Findings come file by file, so the last text is remembered: no file is split once for each. */
function linesOf(text: string): Lines {
  if (text !== last.text) last = { text, lines: text.split(/\r\n|\n|\r/), headers: new Map() }
  return last
}

/** 0-based index of the header of the pipe table that a line stands in, or `null`. */
function headerAbove({ lines, headers }: Lines, index: number): number | null {
  let header: number | null = null
  let i = index
  for (; i > 0; i--) {
    const known = headers.get(i)
    if (known !== undefined) {
      header = known
      break
    }
    const row = lines[i] as string
    if (!row.includes('|')) break
    if (/^[\s>|:-]*$/.test(row) && row.includes('-')) {
      header = i - 1
      break
    }
  }
  for (let below = index; below >= Math.max(i, 1); below--) headers.set(below, header)
  return header
}

function windowStart(line: string, column: number): number {
  return line.length <= WIDTH || column <= WIDTH - 16 ? 0 : column - Math.floor(WIDTH / 2)
}

function cut(line: string, from: number): string {
  const end = from + WIDTH
  return printable(`${from > 0 ? '…' : ''}${line.slice(from, end)}${line.length > end ? '…' : ''}`)
}
