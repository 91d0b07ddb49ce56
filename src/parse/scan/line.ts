/** The line that the scan stands at, as far as Markdown parts it from its quotes and items. */
import { containersOf } from '../structure/containers.ts'
import { isLetter } from '../structure/lines.ts'

const CR = 13

/** A line, by offsets in the text. */
export interface Line {
  start: number
  /** Where its own text begins, behind the marks of quotes and items. */
  at: number
  /** Where it ends, before its line break. */
  end: number
  next: number
  quoted: boolean
  /** Whether it begins an item. */
  item: boolean
}

/** The line that begins at a 0-based offset. */
export function lineAt(text: string, start: number): Line {
  const found = text.indexOf('\n', start)
  const next = found === -1 ? text.length + 1 : found + 1
  const end = text.charCodeAt(next - 2) === CR && next - 2 >= start ? next - 2 : next - 1
  if (isLetter(text.charCodeAt(start))) return { start, at: start, end, next, quoted: false, item: false }
  const { at, quoted, item } = containersOf(text, start, end)
  return { start, at, end, next, quoted, item }
}

/** So much of what stands behind a line is looked at. */
const LONGEST_BEHIND = 400
/** Before a blank line, or an item. */
const NEXT = /\n(?=[ \t>]{0,80}(?:\r?\n|[-*+][ \t]|\d{1,9}[.)][ \t]))/

/** The lines from an offset on, where one begins, that may go on with the item above them: up to a blank one, or the next item. */
export function linesBehind(text: string, from: number): string {
  const [lines = ''] = text.slice(from - 1, from + LONGEST_BEHIND).split(NEXT, 1)
  return lines
}
