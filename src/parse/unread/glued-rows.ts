/** Lines right under a table that lost their pipes: `ship ✓ ✓`. Markdown takes each for a row of one cell. */
import type { Finding } from '../../diagnostic.ts'
import type { Cell } from '../blocks/cells.ts'
import type { BlockInput } from '../dialect.ts'

/** Findings at the lines under a table of marks that are a label and the marks of at least two of its columns. */
export function gluedRows(input: BlockInput): Finding[] {
  const { grid, markColumns, block, surroundings } = input
  if (markColumns.length === 0) return []
  return grid.glued
    .filter((cell) => isRow(cell, input))
    .map(({ text, span }) => {
      const message = `This line stands right under the table and has no pipes, so its marks belong to no column and are not in the model. Write it as a row, or put a blank line above it.`
      const ids = [block.page.file.path, surroundings.names[0]?.text ?? '', text]
      return { ruleId: 'broken-table', message, span, subject: null, ids }
    })
}

/** Whether a line is words and then marks; a legend (`✓ = allowed`) has signs before its words, or among them. */
function isRow({ mark }: Cell, { grid, marks, markColumns }: BlockInput): boolean {
  const words = mark.split(/\s+/)
  if (words.length > 30) return false
  const isMark = (text: string) => /[^\p{L}\p{N}]/u.test(text) && marks.read({ text }).kind !== 'unknown'
  const first = words.findIndex(isMark)
  const signs = first === -1 ? [] : words.slice(first)
  if (first < 1 || !signs.every(isMark) || signs.length >= grid.header.length) return false
  // “Granted ✓”
  if (marks.read({ text: words.slice(0, first).join(' ') }).kind !== 'unknown') return false
  return !/[:=–—-]$/.test(words[first - 1] ?? '') && signs.length >= Math.min(2, markColumns.length)
}
