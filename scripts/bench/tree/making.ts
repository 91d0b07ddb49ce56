/** What blocks of permission pages are made with. */
import type { Random } from './random.ts'
import type { Words } from './words.ts'

/** What a block of a page is made with. */
export interface Making {
  words: Words
  random: Random
  /** Names of this page alone. */
  name: (i: number) => string
}

/** A table in Markdown. */
export function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}
