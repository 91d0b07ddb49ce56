/**
 * Code fences, and where a broken one ends. Markdown gives the rest of the page to a fence that is never closed; its
 * author meant less, and the facts after it must not be lost.
 */

import { firstFrom } from '../../lists.ts'
import { endOfLine, nextLine } from './lines.ts'

export interface Fence {
  /** 0-based offset of the opening fence's first mark. */
  start: number
  /** Offset after the fence: the beginning of the line that follows it. */
  end: number
  /** The info string's first word. */
  lang: string | null
  /** Text inside, without the opening line's indentation; read for broken fences alone. */
  value: string
  /** What is wrong with it, or `null`. */
  problem: 'unclosed' | 'glued' | 'outdented' | null
}

const MARKS = /^(`{3,}|~{3,})([^\n\r]*)$/
/** A line that ends the text around it: a closing tag by itself, or a heading. */
const STRUCTURAL = /^\s*(?:<\/[A-Za-z][\w.-]*\s*>|#{1,6}\s+\S)/

/** A line that begins with marks: it may end a fence above, or say that one was never ended. */
interface MarkLine {
  start: number
  /** Where the line after it begins, or the text's end. */
  next: number
  marks: string
  /** Length of what stands before the marks. */
  indent: number
  kind: 'closing' | 'opening' | 'other'
}

/** Reads the fences of one text, in linear time however many of them are never closed. */
export class FenceReader {
  readonly #text: string
  /** Made when the first fence is met: most texts hold none. */
  #lines: MarkLine[] | undefined
  /** By marks and indentation, what was found last, and from where it was looked for. */
  readonly #ends = new Map<string, { from: number; line: MarkLine | undefined }>()
  #structural: { from: number; at: number } = { from: 0, at: -1 }

  constructor(text: string) {
    this.#text = text
  }

  /**
   * Reads the fence that opens on the line at `lineStart`, `prefix` being the length of what stands before its marks
   * (indentation, `>`, a list's marker); `null` where the line opens none.
   */
  read(lineStart: number, prefix: number): Fence | null {
    const text = this.#text
    const start = lineStart + prefix
    const c = text[start]
    if (c !== '`' && c !== '~') return null
    const firstEnd = endOfLine(text, start)
    const opening = MARKS.exec(text.slice(start, Math.min(firstEnd, start + 1024)))
    if (!opening) return null
    const marks = opening[1] as string
    const info = (opening[2] as string).trim()
    if (marks.startsWith('`') && info.includes('`')) return null
    const contentStart = nextLine(text, firstEnd)
    const found = this.#endOf(contentStart, marks, prefix)
    const lang = /^[\w+#.-]+/.exec(info)?.[0] ?? null
    const value = found.problem === null ? '' : contentOf(text, contentStart, found.contentEnd, prefix)
    return { start, end: found.end, lang, value, problem: found.problem }
  }

  #endOf(from: number, marks: string, indent: number): End {
    const text = this.#text
    const last = this.#lastLine(from, marks, indent)
    const stop = last?.start ?? text.length
    if (last?.kind === 'closing') {
      const glued = this.#gluedEnd(from, stop, marks)
      const structural = glued ? this.#structuralFrom(from) : stop
      // An author who glued the end to the last line meant that, if text goes on before the next fence.
      if (glued && structural < stop && structural > glued.end - 1) return glued
      const outdented = last.indent < indent && indent >= 2
      return { contentEnd: last.start, end: last.next, problem: outdented ? 'outdented' : null }
    }
    const structural = this.#structuralFrom(from)
    const glued = this.#gluedEnd(from, Math.min(stop, structural + 1), marks)
    if (glued) return glued
    const end = Math.min(structural, Math.max(from, stop))
    return { contentEnd: end, end, problem: 'unclosed' }
  }

  /** The line that ends a fence, or that opens another with its marks; `undefined` where nothing does. */
  #lastLine(from: number, marks: string, indent: number): MarkLine | undefined {
    const key = `${indent} ${marks}`
    const known = this.#ends.get(key)
    if (known && known.from <= from && (known.line === undefined || known.line.start >= from)) return known.line
    this.#lines ??= markLinesOf(this.#text)
    const lines = this.#lines
    let line: MarkLine | undefined
    for (let i = firstFrom(lines, from, ({ start }) => start); i < lines.length && !line; i++) {
      const candidate = lines[i] as MarkLine
      if (!candidate.marks.startsWith(marks)) continue
      if (candidate.kind === 'opening' || (candidate.kind === 'closing' && candidate.indent <= indent + 3))
        line = candidate
    }
    this.#ends.set(key, { from, line })
    return line
  }

  /** Where the next line begins that ends the text around it; infinite where none does. */
  #structuralFrom(from: number): number {
    const known = this.#structural
    if (known.from <= from && known.at >= from) return known.at
    const text = this.#text
    let at = Number.POSITIVE_INFINITY
    for (let position = from; position < text.length; ) {
      const lineEnd = endOfLine(text, position)
      if (STRUCTURAL.test(text.slice(position, Math.min(lineEnd, position + LONGEST)))) {
        at = position
        break
      }
      position = nextLine(text, lineEnd)
    }
    this.#structural = { from, at }
    return at
  }

  #gluedEnd(from: number, to: number, marks: string): End | null {
    const text = this.#text
    // Most fences hold no marks at all.
    if (!text.slice(from, endOfLine(text, Math.max(from, to - 1))).includes(marks)) return null
    for (let position = from; position < to && position < text.length; ) {
      const lineEnd = endOfLine(text, position)
      const next = Math.min(text.length, nextLine(text, lineEnd))
      const glued = gluedEnd(text.slice(position, Math.min(lineEnd, position + LONGEST)), position, next, marks)
      if (glued) return glued
      position = next
    }
    return null
  }
}

/** Of a longer line, its beginning is looked at. */
const LONGEST = 4096

interface End {
  contentEnd: number
  end: number
  problem: Fence['problem']
}

/** Every line that begins with three marks or more, behind indentation and quotes. */
function markLinesOf(text: string): MarkLine[] {
  const lines: MarkLine[] = []
  for (const mark of ['```', '~~~']) {
    for (let at = text.indexOf(mark); at !== -1; ) {
      const lineEnd = endOfLine(text, at)
      const line = markLineAt(text, at, lineEnd)
      if (line) lines.push(line)
      at = text.indexOf(mark, lineEnd)
    }
  }
  return lines.sort((a, b) => a.start - b.start)
}

function markLineAt(text: string, at: number, lineEnd: number): MarkLine | null {
  let start = at
  while (start > 0 && at - start < LONGEST && isIndentation(text.charCodeAt(start - 1))) start--
  if (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') return null
  const run = MARKS.exec(text.slice(at, Math.min(lineEnd, start + LONGEST)))
  if (!run) return null
  const rest = (run[2] as string).trim()
  const kind = rest === '' ? 'closing' : /^[A-Za-z{]/.test(rest) ? 'opening' : 'other'
  return {
    start,
    next: Math.min(text.length, nextLine(text, lineEnd)),
    marks: run[1] as string,
    indent: at - start,
    kind,
  }
}

function isIndentation(c: number): boolean {
  return c === 32 || c === 9 || c === 62
}

/** The end of a fence whose closing marks stand at the end of its last line of text: `}` and three backticks. */
function gluedEnd(line: string, position: number, next: number, marks: string): End | null {
  const trimmed = line.trimEnd()
  if (!trimmed.endsWith(marks)) return null
  const before = trimmed.slice(0, trimmed.length - marks.length)
  const mark = marks[0] as string
  if (before.trim() === '' || before.includes(mark)) return null
  return { contentEnd: position + before.length, end: next, problem: 'glued' }
}

function contentOf(text: string, start: number, end: number, indent: number): string {
  const lines = text
    .slice(start, end)
    .replace(/\r?\n$/, '')
    .split('\n')
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join('\n')
}
