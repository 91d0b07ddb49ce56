/** The marks of quotes and items that a line begins with. */

const TAB = 9
const CR = 13
const SPACE = 32
const QUOTE = 62

export interface Containers {
  /** The offset where the line's own text begins. */
  at: number
  /** How many quotes and items may begin before it. */
  depth: number
  quoted: boolean
  item: boolean
}

/** What a line begins with, from an offset in a text to its line's end. */
export function containersOf(text: string, from: number, lineEnd: number): Containers {
  let at = from
  let depth = 0
  let quoted = false
  let item = false
  while (at < lineEnd) {
    const c = text.charCodeAt(at)
    if (c === SPACE || c === TAB) {
      at++
      continue
    }
    const length = c === QUOTE ? 1 : markerLength(text, at, lineEnd)
    if (length === 0) break
    if (c === QUOTE) quoted = true
    else item = true
    depth++
    at += length
  }
  return { at, depth, quoted, item }
}

/** The length of a list's marker at an offset, 0 for none. */
function markerLength(text: string, at: number, lineEnd: number): number {
  const c = text.charCodeAt(at)
  let end = at + 1
  if (isDigit(c)) {
    while (end - at < 9 && isDigit(text.charCodeAt(end))) end++
    const mark = text.charCodeAt(end)
    if (mark !== 46 && mark !== 41) return 0
    end++
  } else if (c !== 45 && c !== 42 && c !== 43) return 0
  const after = text.charCodeAt(end)
  return end >= lineEnd || after === SPACE || after === TAB || after === CR ? end - at : 0
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}
