/** Edits of lists that have one item a line. */
import type { Edit, Span } from '../../diagnostic.ts'
import { LineIndex } from '../../text.ts'

/** What stands between two items on lines of their own: a comma, a line break, a bullet. */
const BETWEEN = /^,?[ \t]*\r?\n[ \t]*(?:[-*+][ \t]+)?$/

/** The texts of files as edits need them; lines are counted once for each file. */
export class Texts {
  readonly #files: ReadonlyMap<string, { text: string }>
  readonly #lines = new Map<string, LineIndex>()

  constructor(pages: readonly { file: { path: string; text: string } }[]) {
    this.#files = new Map(pages.map(({ file }) => [file.path, file]))
  }

  /** The text from one place of a file to another, both 1-based; empty where they stand the other way round. */
  between(path: string, from: { line: number; column: number }, to: { line: number; column: number }): string {
    const text = this.#files.get(path)?.text ?? ''
    const lines = this.#lines.get(path) ?? new LineIndex(text)
    this.#lines.set(path, lines)
    return text.slice(lines.start(from.line) + from.column - 1, lines.start(to.line) + to.column - 1)
  }

  of({ path, line, column, endLine, endColumn }: Span): string {
    return this.between(path, { line, column }, { line: endLine, column: endColumn })
  }

  /** What stands between two spans of a file. */
  gap(before: Span, after: Span): string {
    return this.between(before.path, { line: before.endLine, column: before.endColumn }, after)
  }

  /** What follows a span on its line. */
  rest({ path, endLine, endColumn }: Span): string {
    return this.between(path, { line: endLine, column: endColumn }, { line: endLine + 1, column: 1 })
  }
}

/**
 * The edit that removes an item of a list together with its line, or `null` where it shares its line, or where a comment or
 * something else stands between it and the item before. The separator before it goes; the one after it stays.
 *
 * @param before the item before it
 */
export function removalOf(texts: Texts, before: Span, item: Span): Edit | null {
  if (before.path !== item.path || item.line !== item.endLine) return null
  if (!BETWEEN.test(texts.gap(before, item)) || !/^,?[ \t]*(?:\r\n|\n|\r)?$/.test(texts.rest(item))) return null
  return { ...item, line: before.endLine, column: before.endColumn, text: '' }
}

/**
 * The edits that bring items into an order, each in the place of another, so that commas and indentation stay; `null` where
 * anything but commas, white space and bullets stands between the items.
 *
 * @param items in the order in which they stand
 * @param sorted the same items in the order in which they should
 */
export function reorderOf(texts: Texts, items: readonly Span[], sorted: readonly Span[]): Edit[] | null {
  const parted = items.every((item, i) => {
    const next = items[i + 1]
    return item.line === item.endLine && (!next || /^[\s,*+-]+$/.test(texts.gap(item, next)))
  })
  if (!parted || new Set(items.map(({ path }) => path)).size !== 1) return null
  return items.flatMap((item, i) => {
    const place = sorted[i] as Span
    return place === item ? [] : [{ ...item, text: texts.of(place) }]
  })
}
