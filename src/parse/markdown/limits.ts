/**
 * What of a page is never given to a Markdown parser, because its work grows with the square of it: very long lines,
 * containers inside containers, and thousands of marks of emphasis or brackets in one paragraph. One pass over the text.
 */
import type { Finding, Span } from '../../diagnostic.ts'
import type { Limits } from '../../settings/limits.ts'
import { Locator, type SourceFile } from '../source.ts'
import { containersOf } from '../structure/containers.ts'
import { FenceReader } from '../structure/fences.ts'
import { endOfLine, nextLine } from '../structure/lines.ts'
import { countCells, isDelimiterRow } from '../structure/repair.ts'
import { MOST_LAZY_LINES, MOST_QUOTES } from './quotes.ts'

/** A limit that a text passes. */
export interface Excess {
  limit: PageLimit
  /** How much there is of it, at least. */
  found: number
  /** 0-based offset at which the line begins. */
  offset: number
}

/** The first limit that a text passes, or `null`. Linear, and no more than a look at the length of a short one. */
export function excessIn(text: string, limits: Limits): Excess | null {
  if (text.length <= Math.min(limits.lineLength, limits.nesting, limits.inlineMarks)) return null
  const fences = new FenceReader(text)
  let marks = 0
  /** The line above, where it is the first of its paragraph and may be a table's header: its cells. */
  let header: number | null = null
  /** The quotes that it stands in. */
  let quotes = ''
  let isFirst = true
  let inTable = false
  for (let position = 0; position < text.length; ) {
    const lineEnd = endOfLine(text, position)
    const next = nextLine(text, lineEnd)
    if (lineEnd - position > limits.lineLength)
      return { limit: 'lineLength', found: lineEnd - position, offset: position }
    const { at, depth } = containersOf(text, position, lineEnd)
    if (depth > limits.nesting) return { limit: 'nesting', found: depth, offset: position }
    const fence = isFenceMark(text, at) ? fences.read(position, at - position) : null
    const long = fence && longLine(text, position, fence.end, limits.lineLength)
    if (long) return long
    if (fence || at >= lineEnd || text.charCodeAt(at) === HASH || isBreak(text, at, lineEnd)) {
      marks = 0
      isFirst = true
      inTable = false
      header = null
      position = fence ? Math.max(fence.end, next) : next
      continue
    }
    if (isBullet(text, position)) {
      marks = 0
      isFirst = true
    }
    const { own, pipes } = countMarks(text, at, lineEnd)
    const around = depth === 0 ? '' : text.slice(position, at).replace(/[ \t]/g, '')
    // A table's cells are each read by themselves: its rows don't add up, once it is one beyond doubt.
    inTable &&= pipes && around === quotes
    if (inTable) marks = own
    else {
      marks += own
      const line = pipes ? text.slice(position, lineEnd) : ''
      if (header !== null && pipes && around === quotes && isDelimiterRow(line)) inTable = countCells(line) === header
      header = isFirst && pipes && /^>*$/.test(around) ? countCells(line) : null
      if (!inTable) quotes = around
    }
    if (marks > limits.inlineMarks) return { limit: 'inlineMarks', found: marks, offset: position }
    isFirst = false
    position = next
  }
  return null
}

const HASH = 35

/** A line of three or more of one mark alone: a thematic break, or what stands for a line of tags. */
function isBreak(text: string, at: number, lineEnd: number): boolean {
  const c = text.charCodeAt(at)
  if (c !== 42 && c !== 95) return false
  let count = 0
  for (let i = at; i < lineEnd; i++) {
    const other = text.charCodeAt(i)
    if (other === c) count++
    else if (other !== 32 && other !== 9) return false
  }
  return count >= 3
}

/** Whether a line begins an item that no paragraph above can go on with. */
function isBullet(text: string, position: number): boolean {
  return /^ {0,3}[-*+][ \t]+\S/.test(text.slice(position, position + 16))
}

function longLine(text: string, from: number, to: number, most: number): Excess | null {
  for (let position = from; position < to; ) {
    const lineEnd = endOfLine(text, position)
    if (lineEnd - position > most) return { limit: 'lineLength', found: lineEnd - position, offset: position }
    position = nextLine(text, lineEnd)
  }
  return null
}

function isFenceMark(text: string, at: number): boolean {
  const c = text.charCodeAt(at)
  return (c === 96 || c === 126) && text.charCodeAt(at + 1) === c && text.charCodeAt(at + 2) === c
}

/** How many `*`, `_`, `~` and `[` stand in a stretch, and whether it has a pipe. */
function countMarks(text: string, from: number, to: number): { own: number; pipes: boolean } {
  let own = 0
  let pipes = false
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    if (c === 42 || c === 95 || c === 126 || c === 91) own++
    else if (c === 124) pipes = true
  }
  return { own, pipes }
}

/** What keeps a whole page out of the model. */
type PageLimit = Exclude<keyof Limits, 'panels'>

const WHAT: Record<PageLimit, (found: string, most: string) => string> = {
  fileBytes: (found, most) => `This file has ${found} bytes, more than the ${most}`,
  lineLength: (found, most) => `This line has ${found} characters, more than the ${most}`,
  nesting: (found, most) => `This line begins ${found} quotes and lists inside of each other, more than the ${most}`,
  inlineMarks: (found, most) =>
    `This paragraph holds at least ${found} marks of emphasis and brackets, more than the ${most}`,
}

/** The finding for a file that passes a limit, or `null`. */
export function excessOf(file: SourceFile, masked: string, limits: Limits): Finding | null {
  const { tooLarge } = file
  const excess: Excess | null =
    tooLarge === undefined ? excessIn(masked, limits) : { limit: 'fileBytes', found: tooLarge, offset: 0 }
  if (!excess) return null
  const { limit, found, offset } = excess
  return {
    ruleId: 'input-limit',
    message: `${WHAT[limit](grouped(found), grouped(limits[limit]))} that \`limits.${limit}\` allows, so nothing of this page is in the model.`,
    span: new Locator(file).span(offset, offset),
    subject: null,
    ids: [file.path, limit],
  }
}

/** A page that the parser cannot read at all. */
export function nestedTooDeeply(span: Span): Finding {
  const message = 'Quotes or lists are nested too deeply to be read, so nothing of this page is in the model.'
  return { ruleId: 'unrecognised-block', message, span, subject: null, ids: [span.path, 'nesting'] }
}

/** A page that the parser would take a square of its length for. */
export function tooManyQuotes(span: Span): Finding {
  const message = `This page has more than ${MOST_QUOTES} quotes, or more than ${MOST_LAZY_LINES} lines that go on with one quote or item without its mark, and something that only the slower parser reads, so nothing of it is in the model. Split it.`
  return { ruleId: 'input-limit', message, span, subject: null, ids: [span.path, 'quotes'] }
}

/** A file as if there were nothing in it. */
export function emptied({ path, relativePath, sha256 }: SourceFile): SourceFile {
  return { path, relativePath, text: '', sha256 }
}

/** 20000000 as `20,000,000`, in every locale. */
export function grouped(number: number): string {
  const digits = String(number)
  const groups: string[] = []
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end))
  return groups.join(',')
}
