/** Offsets in a fence's content as places in the file: the parser takes the container's indentation off each line. */
import type { Code } from 'mdast'
import type { Span } from '../../diagnostic.ts'
import type { Block } from '../page/page.ts'
import { endOfLine, nextLine } from '../structure/lines.ts'

interface Line {
  /** Offset of the line in the content. */
  inner: number
  /** Offset in the file of what stands at `inner`: before the line's start where a tab was taken off in part. */
  outer: number
  /** Offsets of the same line in the file, without its line break. */
  start: number
  end: number
}

/** From places in a fence's text, which has lost its indentation and marks of quotation, to those in the file. */
export class FenceOffsets {
  readonly #block: Block
  readonly #lines: Line[] = []

  constructor(block: Block) {
    this.#block = block
    const code = block.node as Code
    const { text } = block.page.file
    let start = lineAfter(text, code.position?.start.offset ?? 0)
    let inner = 0
    for (const [whole, line = ''] of code.value.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
      const end = endOfLine(text, start)
      this.#lines.push({ inner, outer: outerStart(line, text.slice(start, end), start), start, end })
      inner += whole.length
      // A last line without a line break: what matches after it is the empty rest, and no line.
      if (whole === line) break
      start = lineAfter(text, start)
    }
  }

  /** The place in the file of what stands between two 0-based offsets of the fence's text; `end` is exclusive. */
  span(start: number, end: number): Span {
    return this.#block.page.locator.span(this.#outer(start), this.#outer(end))
  }

  /** The line that an offset stands in, trimmed; of a very long one the stretch around the offset. */
  lineAt(offset: number): string {
    const line = this.#lineOf(offset)
    if (!line) return ''
    const { text } = this.#block.page.file
    const outer = this.#outer(offset)
    const from = line.end - line.start > 400 ? Math.max(line.start, outer - 200) : line.start
    return text.slice(from, line.end - from > 400 ? outer + 200 : line.end).trim()
  }

  #outer(offset: number): number {
    const line = this.#lineOf(offset)
    if (!line) return this.#block.start
    return Math.min(line.end, Math.max(line.start, line.outer + (offset - line.inner)))
  }

  #lineOf(offset: number): Line | undefined {
    let low = 0
    let high = this.#lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lines[middle]?.inner ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.#lines[low]
  }
}

/** Where a line of the content would begin in the file: indentation or `>` stand before it, closing marks after it. */
function outerStart(line: string, written: string, start: number): number {
  const text = line.trimStart()
  const at = written.lastIndexOf(text)
  return start + (at === -1 ? written.length : at + text.length) - line.length
}

function lineAfter(text: string, from: number): number {
  return Math.min(text.length, nextLine(text, endOfLine(text, from)))
}
