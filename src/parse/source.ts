/** A source file in memory, and the words for places in it. */
import type { Place, Span } from '../diagnostic.ts'
import { LineIndex } from '../text.ts'

export interface SourceFile {
  /** Relative to the project, forward slashes. */
  path: string
  /** Path relative to the root that it was found under; scope globs match against it. */
  relativePath: string
  text: string
  /** SHA-256 of the file's bytes, hexadecimal; of a file that is too large, of nothing. */
  sha256: string
  /** Size in bytes of a file that is larger than the settings' limit: its text is empty. */
  tooLarge?: number | undefined
  /** `false` where its bytes are no UTF-8: U+FFFD stands for what could not be read. */
  isUtf8?: boolean
  /** What tells, without reading the file, that it is as it was; `null` or left out where nothing does. */
  state?: string | null
  /** Says that its text is not asked for soon: it need not be kept in memory. */
  release?(): void
  /** The text, for a look whose outcome says all that it depends on: it does not count as asked for. */
  scanned?(): string
  /** Whether its text was asked for. */
  readonly asked?: boolean
}

/** Gives spans of one file from 0-based offsets. */
export class Locator {
  readonly path: string
  readonly #file: { text: string }
  /** Made when it is first asked: most pages have no place that anybody asks for. */
  #index: LineIndex | undefined

  constructor(file: { path: string; text: string }) {
    this.path = file.path
    this.#file = file
  }

  get #lines(): LineIndex {
    this.#index ??= new LineIndex(this.#file.text)
    return this.#index
  }

  /** The span from a 0-based offset to another (exclusive). */
  span(start: number, end: number): Span {
    const from = this.#lines.at(this.#beforeLineEnd(start))
    const to = this.#lines.at(this.#beforeLineEnd(Math.max(start, end)))
    return { path: this.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  }

  /** The 0-based offset at which a 1-based line begins. */
  startOfLine(line: number): number {
    return this.#lines.start(line)
  }

  /** The 0-based offset of a place, which is where a span of the file begins. */
  offsetOf({ line, column }: Pick<Place, 'line' | 'column'>): number {
    return this.startOfLine(line) + column - 1
  }

  /** Between CR and LF is no place of any editor: it is the end of the line. */
  #beforeLineEnd(offset: number): number {
    const { text } = this.#file
    return text[offset] === '\n' && text[offset - 1] === '\r' ? offset - 1 : offset
  }
}

/** A span's beginning. */
export function placeOf(span: Span): Place {
  return { path: span.path, line: span.line, column: span.column }
}
