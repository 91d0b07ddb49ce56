/** Tables that Markdown refuses because their header and the row of hyphens under it differ in their number of cells. */

/** A row of hyphens: `| --- | :-: |`, at least two cells, or one between pipes. */
const DELIMITER = /^[ \t>]*(?:\|[ \t]*:?-+:?[ \t]*|(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+)(?:\|[ \t]*)?$/

/** More cells are parted from no row, and from no longer one: each costs a look at the whole row. */
const MOST_PARTED = 100
const LONGEST_PARTED = 16_384

export interface Repair {
  /** 0-based offsets of the header row. */
  start: number
  end: number
  headerCells: number
  delimiterCells: number
  /** Whether the row of hyphens could be given the header's number of cells. */
  repaired: boolean
}

/** Whether a line, given without its line break, is the row of hyphens under the header of a table. */
export function isDelimiterRow(line: string): boolean {
  return line.includes('|') && line.includes('-') && DELIMITER.test(line)
}

/** Number of cells of a row: pipes at its ends and escaped pipes do not part cells. */
export function countCells(line: string): number {
  return innerPipes(line).length + 1
}

/** Offsets, in the line, of the pipes that part two cells. */
function innerPipes(line: string): number[] {
  const [first, last] = [line.search(/[^\s>]/), line.trimEnd().length - 1]
  const pipes: number[] = []
  for (let i = first; i <= last; i++) {
    if (line[i] === '\\') i++
    else if (line[i] === '|' && i !== first && i !== last) pipes.push(i)
  }
  return pipes
}

/**
 * A row of hyphens of the same length with another number of cells, or `null` where there is no room. Too many cells are
 * joined at the right, a wide cell is parted.
 */
function withCells(delimiter: string, cells: number): string | null {
  let line = delimiter
  const pipes = innerPipes(line)
  const missing = cells - pipes.length - 1
  if (missing < 0) {
    const from = (pipes[cells - 2] ?? line.indexOf('|')) + 1
    const last = line.lastIndexOf('|')
    const to = last > (pipes.at(-1) as number) ? last : line.trimEnd().length
    return `${line.slice(0, from)}${line.slice(from, to).replace(/\S.*\S/, (text) => '-'.repeat(text.length))}${line.slice(to)}`
  }
  if (missing > 0 && (missing > MOST_PARTED || line.length > LONGEST_PARTED)) return null
  for (let i = 0; i < missing; i++) {
    const widest = [...line.matchAll(/-{3,}/g)].sort((a, b) => b[0].length - a[0].length)[0]
    if (!widest) return null
    const middle = widest.index + Math.floor(widest[0].length / 2)
    line = `${line.slice(0, middle)}|${line.slice(middle + 1)}`
  }
  return line
}

/** A header and a row of hyphens, if they are a table's: where the first line begins and ends, and the second. */
export type TableTop = [start: number, end: number, from: number, to: number]

/** Gives rows of hyphens the number of cells of their headers: Markdown then sees the table that its author meant. */
export function withRepairs(masked: string, tops: readonly TableTop[]): { masked: string; repairs: Repair[] } {
  const repairs: Repair[] = []
  const parts: string[] = []
  let position = 0
  for (const [start, end, from, to] of tops) {
    const headerCells = countCells(masked.slice(start, end))
    const delimiter = masked.slice(from, to)
    const delimiterCells = countCells(delimiter)
    if (headerCells === delimiterCells) continue
    const fitted = headerCells < 2 ? null : withCells(delimiter, headerCells)
    repairs.push({ start, end, headerCells, delimiterCells, repaired: fitted !== null })
    parts.push(masked.slice(position, from), fitted ?? delimiter)
    position = to
  }
  return { masked: parts.length === 0 ? masked : parts.join('') + masked.slice(position), repairs }
}
