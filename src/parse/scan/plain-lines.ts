/** Lines in which nothing is looked for, many at a time. */

const LF = 10
/** Blank lines, and lines that begin with a letter and hold nothing that is looked for line by line. */
export const PLAIN_LINES = /(?:[A-Za-z][^\n\r|<{]*\n|\n){1,64}/y

/**
 * Where the last of the paragraphs of plain lines begins, the first of which began before them; -1 where one of them is longer
 * than some length.
 */
export function lastParagraph(text: string, first: number, start: number, end: number, most: number): number {
  let from = first
  let at = start
  if (text.charCodeAt(start) === LF) {
    if (start - from > most) return -1
    from = start + 1
    at = from
  }
  for (
    let blank = text.indexOf('\n\n', at);
    blank !== -1 && blank + 2 <= end;
    blank = text.indexOf('\n\n', blank + 1)
  ) {
    if (blank - from > most) return -1
    from = blank + 2
  }
  return end - from > most ? -1 : from
}
