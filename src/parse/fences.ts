/**
 * Code fences, and where a broken one ends. Markdown gives the rest of the page to a fence that is never closed; its
 * author meant less, and the facts after it must not be lost.
 */
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

/**
 * Reads the fence that opens on the line at `lineStart`, `prefix` being the length of what stands before its marks
 * (indentation, `>`, a list's marker); `null` where the line opens none.
 */
export function readFence(text: string, lineStart: number, prefix: number): Fence | null {
  const start = lineStart + prefix
  const firstEnd = endOfLine(text, start)
  const opening = MARKS.exec(text.slice(start, Math.min(firstEnd, start + 1024)))
  if (!opening) return null
  const marks = opening[1] as string
  const info = (opening[2] as string).trim()
  if (marks.startsWith('`') && info.includes('`')) return null
  const contentStart = nextLine(text, firstEnd)
  const found = findEnd(text, contentStart, marks, prefix)
  const lang = /^[\w+#.-]+/.exec(info)?.[0] ?? null
  const value = found.problem === null ? '' : contentOf(text, contentStart, found.contentEnd, prefix)
  return { start, end: found.end, lang, value, problem: found.problem }
}

interface End {
  contentEnd: number
  end: number
  problem: Fence['problem']
}

function findEnd(text: string, from: number, marks: string, indent: number): End {
  let glued: End | null = null
  let structural: number | null = null
  let position = from
  for (; position < text.length; ) {
    const lineEnd = endOfLine(text, position)
    const line = text.slice(position, Math.min(lineEnd, position + 4096))
    const next = Math.min(text.length, nextLine(text, lineEnd))
    const inner = line.replace(/^[ \t>]*/, '')
    const run = MARKS.exec(inner)
    if (run?.[1]?.startsWith(marks)) {
      const own = line.length - inner.length
      const rest = (run[2] as string).trim()
      if (rest === '' && own <= indent + 3) {
        // An author who glued the end to the last line meant that, if text goes on before the next fence.
        if (glued && structural !== null && structural > glued.end - 1) return glued
        return { contentEnd: position, end: next, problem: own < indent && indent >= 2 ? 'outdented' : null }
      }
      if (/^[A-Za-z{]/.test(rest)) break
    }
    if (glued === null && structural === null) glued = gluedEnd(line, position, next, marks)
    if (structural === null && STRUCTURAL.test(line)) structural = position
    position = next
  }
  if (glued) return glued
  const end = structural ?? position
  return { contentEnd: end, end, problem: 'unclosed' }
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
