/** The line that a finding stands in, with a marker under it; for a cell, its table's header above. */
import type { Span } from '../diagnostic.ts'
import { printable } from './printable.ts'

/** Width of the stretch of a long line that is shown. */
const WIDTH = 96

/** Rows of text without indentation: `12 | source`, `   |   ^^`. Columns are those of the source, tabs as one. */
export function codeFrame(text: string, span: Span): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  const line = lines[span.line - 1]
  if (line === undefined) return []
  const header = /^[\s>]*\|/.test(line) ? headerAbove(lines, span.line - 1) : null
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

/** 0-based index of the header of the pipe table that a line stands in, or `null`. */
function headerAbove(lines: string[], index: number): number | null {
  for (let i = index; i > 0; i--) {
    const above = lines[i] as string
    if (!above.includes('|')) return null
    if (/^[\s>]*\|?[\s:|-]+\|?\s*$/.test(above) && above.includes('-')) return i - 1 === index ? null : i - 1
  }
  return null
}

function windowStart(line: string, column: number): number {
  return line.length <= WIDTH || column <= WIDTH - 16 ? 0 : column - Math.floor(WIDTH / 2)
}

function cut(line: string, from: number): string {
  const end = from + WIDTH
  return printable(`${from > 0 ? '…' : ''}${line.slice(from, end)}${line.length > end ? '…' : ''}`)
}
