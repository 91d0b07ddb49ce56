/** Lines in which nothing is looked for, many at a time. */

const LF = 10
/** Blank lines, and lines that begin with a letter and hold nothing that is looked for line by line. */
export const PLAIN_LINES = /(?:[A-Za-z][^\n\r|<{]*\n|\n){1,64}/y

/**
 * Where the last of the paragraphs of plain lines begins, the first of which began before them; -1 where one of them is longer
 * than some length.
 */
export function lastParagraph(text: string, first: number, start: number, end: number, most: number): number {
  if (start - first > most) return -1
  // Not looked for in the whole text: one that has no blank line would be searched to its end each time.
  const lines = text.slice(start, end)
  let from = lines.charCodeAt(0) === LF ? start + 1 : first
  for (let blank = lines.indexOf('\n\n'); blank !== -1; blank = lines.indexOf('\n\n', blank + 1)) {
    if (start + blank - from > most) return -1
    from = start + blank + 2
  }
  return end - from > most ? -1 : from
}
