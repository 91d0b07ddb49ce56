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
/** Languages whose text has headings, and fences of its own. */
const PROSE = /^\{?\.?(?:adoc|asciidoc|markdown|mdx?)\b/i
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
  /** For each of them, and behind the last, whether each fence from there on has an end of its own. */
  #aligned: boolean[] | undefined
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
    const found = this.#endOf(contentStart, marks, prefix, !PROSE.test(info))
    const lang = /^[\w+#.-]+/.exec(info)?.[0] ?? null
    const value = found.problem === null ? '' : contentOf(text, contentStart, found.contentEnd, prefix)
    return { start, end: found.end, lang, value, problem: found.problem }
  }

  #endOf(from: number, marks: string, indent: number, isCode: boolean): End {
    const text = this.#text
    const last = this.#lastLine(from, marks, indent)
    const stop = last?.start ?? text.length
    if (last?.kind === 'closing') {
      const glued = this.#gluedEnd(from, stop, marks)
      const structural = glued ? this.#structuralFrom(from) : stop
      // An author who glued the end to the last line meant that, if text goes on before the next fence.
      if (glued && structural < stop && structural > glued.end - 1) return glued
      const lost = isCode ? this.#lostEnd(from, last) : null
      if (lost !== null) return { contentEnd: lost, end: lost, problem: 'unclosed' }
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

  /**
   * Where a fence ends whose end is the beginning of the next one; `null` where it does end it. A heading stands in it, or a
   * sentence that introduces what follows; and marks go on from there as they should, and do not where they end this one, or
   * they look like a beginning and an end by the blank lines around them.
   */
  #lostEnd(from: number, last: MarkLine): number | null {
    const text = this.#text
    // Most ends have a blank line below them; what begins has a first line.
    if (isBlankAt(text, last.next)) return null
    const found = LOST.exec(text.slice(from, last.start))
    if (!found) return null
    this.#lines ??= markLinesOf(text)
    this.#aligned ??= alignedFrom(this.#lines)
    const index = firstFrom(this.#lines, last.start, ({ start }) => start)
    const next = this.#lines[index + 1]
    const isMeant = this.#aligned[index] === true && this.#aligned[index + 1] !== true
    const looksSo = next?.kind === 'closing' && isBlankAbove(text, last) && !isBlankAbove(text, next)
    if (!isMeant && !(looksSo && isBlankAt(text, next.next))) return null
    return from + found.index + (found[1] as string).length
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

/** A heading between blank lines, or a sentence right before the end that introduces what follows; with the line ends before it. */
const LOST = /((?:\r?\n){2})(?:#{2,6}[ \t]+[^\s#][^\n]*\n[ \t\r]*\n|\p{Lu}[^\n{}<>=;|]{2,200}:[ \t]*(?:\r?\n){2}$)/u

/** How far the end of a fence is looked for, in lines of marks. */
const MOST_MARKS = 50

function alignedFrom(lines: readonly MarkLine[]): boolean[] {
  const aligned = [...lines.map(() => false), true]
  for (let i = lines.length - 1; i >= 0; i--) {
    const { marks, kind } = lines[i] as MarkLine
    if (kind === 'other') {
      aligned[i] = aligned[i + 1] === true
      continue
    }
    for (let j = i + 1; j < Math.min(lines.length, i + MOST_MARKS); j++) {
      const line = lines[j] as MarkLine
      if (!line.marks.startsWith(marks) || line.kind === 'other') continue
      aligned[i] = line.kind === 'closing' && aligned[j + 1] === true
      break
    }
  }
  return aligned
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

/** Whether nothing but white space stands on the line that begins at an offset. */
function isBlankAt(text: string, lineStart: number): boolean {
  const c = text.charCodeAt(lineStart)
  return c === 10 || c === 13 || text.slice(lineStart, endOfLine(text, lineStart)).trim() === ''
}

function isBlankAbove(text: string, { start }: MarkLine): boolean {
  const before = text.slice(Math.max(0, start - LONGEST), start)
  return before === '' || /\n[ \t\r]*\n$/.test(before)
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
