/**
 * Markers in comments of a page, between which a part of it is regenerated; HTML's comments, or MDX's in braces:
 *
 *     <!-- rolebook:begin group="Cluster" scope="project" as="action-by-role" -->
 *     …
 *     <!-- rolebook:end -->
 *
 * Each stands on a line of its own, after indentation and `>` alone; what stands between the two lines is the region. In
 * fences and code spans they are text. An attribute is `name="value"`, in single or double quotes; it has no escapes.
 */
import type { Span } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import { readFrontMatter } from '../parse/markdown/front-matter.ts'
import { Locator, type SourceFile } from '../parse/source.ts'
import { endOfLine, nextLine, startOfLine } from '../parse/structure/lines.ts'
import { readStructure } from '../parse/structure/structure.ts'
import { nearest } from '../text.ts'

/** What a page must hold to be looked at. */
export const MARKER = 'rolebook:begin'

const ATTRIBUTES = ['role', 'roles', 'group', 'policy', 'scope', 'as', 'marks', 'columns'] as const

export type AttributeName = (typeof ATTRIBUTES)[number]

export interface Attribute {
  value: string
  /** Where the value stands, without its quotes. */
  span: Span
}

export interface Region {
  /** The whole marker that begins it. */
  span: Span
  attributes: ReadonlyMap<AttributeName, Attribute>
  /** What stands before the marker on its line, and so before every line that is written: white space and `>`. */
  prefix: string
  /** 0-based offsets of the lines between the two markers' lines. */
  start: number
  end: number
  /** The same as 1-based lines; `to` is exclusive. */
  from: number
  to: number
}

/** What is wrong, in one line, and where. */
export interface Problem {
  span: Span
  message: string
}

export interface Regions {
  /** In order; empty where a problem was found. */
  regions: Region[]
  problems: Problem[]
}

interface Begun {
  start: number
  end: number
  attributes: Map<AttributeName, Attribute>
}

/** Finds the regions of a page. Pure; a page without the text `rolebook:begin` costs a search for it. */
export function regionsOf(file: SourceFile): Regions {
  const { text } = file
  if (!text.includes('rolebook:')) return { regions: [], problems: [] }
  const locator = new Locator(file)
  const regions: Region[] = []
  const problems: Problem[] = []
  let open: Begun | null = null
  for (const { start, end } of readStructure(text, readFrontMatter(text).end).comments) {
    const match = /^(?:<!--|\{\/\*)\s*rolebook:([\w-]*)/.exec(text.slice(start, Math.min(end, start + 200)))
    if (!match) continue
    const span = locator.span(start, end)
    const problem = (message: string, at = span) => problems.push({ span: at, message })
    const word = match[1] as string
    if (word !== 'begin' && word !== 'end') {
      const meant = nearest(word, ['begin', 'end']) ?? 'begin'
      problem(`There is no marker \`rolebook:${word}\`. Did you mean \`rolebook:${meant}\`?`)
      continue
    }
    if (!standsAlone(text, start, end)) problem('A marker must stand on a line of its own.')
    const read = attributesIn(text, start + match[0].length, bodyEnd(text, start, end), locator)
    addAll(problems, read.problems)
    if (word === 'begin') {
      if (open) problem(`This region begins inside the one of line ${locator.span(open.start, open.start).line}.`)
      else open = { start, end, attributes: read.attributes }
      continue
    }
    if (read.attributes.size > 0) problem('`rolebook:end` takes no attributes.')
    if (!open) problem('Nothing begins what this `rolebook:end` ends.')
    else regions.push(regionBetween(text, open, start, locator))
    open = null
  }
  if (open) problems.push({ span: locator.span(open.start, open.end), message: 'This region has no `rolebook:end`.' })
  return { regions: problems.length > 0 ? [] : regions, problems }
}

function regionBetween(text: string, begin: Begun, endMarker: number, locator: Locator): Region {
  const start = Math.min(nextLine(text, endOfLine(text, begin.end)), startOfLine(text, endMarker))
  const end = startOfLine(text, endMarker)
  return {
    span: locator.span(begin.start, begin.end),
    attributes: begin.attributes,
    prefix: text.slice(startOfLine(text, begin.start), begin.start),
    start,
    end,
    from: locator.span(start, start).line,
    to: locator.span(end, end).line,
  }
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(startOfLine(text, start), start).replace(/^\uFEFF/, '')
  return /^[ \t>]*$/.test(before) && text.slice(end, endOfLine(text, end)).trim() === ''
}

/** Where a comment's text ends: before `-->` or its MDX counterpart. */
function bodyEnd(text: string, start: number, end: number): number {
  return text.startsWith('-->', end - 3) || (text.startsWith('{', start) && end - start > 5) ? end - 3 : end
}

function attributesIn(text: string, from: number, to: number, locator: Locator) {
  const attributes = new Map<AttributeName, Attribute>()
  const problems: Problem[] = []
  const pattern = /\s*(?:([\w-]+)\s*=\s*(?:"([^"\r\n]*)"|'([^'\r\n]*)')|(\S+))/y
  pattern.lastIndex = from
  while (pattern.lastIndex < to) {
    const match = pattern.exec(text)
    if (!match || pattern.lastIndex > to) break
    const [whole, name, double, single, stray] = match
    const start = match.index + whole.length - whole.trimStart().length
    const span = locator.span(start, pattern.lastIndex)
    if (stray !== undefined) {
      problems.push({ span, message: `Expected \`name="value"\`, not \`${stray.slice(0, 40)}\`.` })
      break
    }
    const known = ATTRIBUTES.find((candidate) => candidate === name)
    const value = double ?? single ?? ''
    if (!known) {
      const meant = nearest(name as string, ATTRIBUTES)
      const hint = meant ? `did you mean \`${meant}\`?` : `expected ${ATTRIBUTES.map((a) => `\`${a}\``).join(', ')}.`
      problems.push({ span, message: `There is no attribute \`${name}\`: ${hint}` })
    } else if (attributes.has(known)) problems.push({ span, message: `\`${known}\` stands here a second time.` })
    else if (value.trim() === '') problems.push({ span, message: `\`${known}\` is empty.` })
    else {
      const at = pattern.lastIndex - 1 - value.length
      attributes.set(known, { value: value.trim(), span: locator.span(at, at + value.length) })
    }
  }
  return { attributes, problems }
}

/** A page with its regions blanked, same length, so that what they hold is no source of what they get. */
export function withoutRegions(text: string, regions: readonly Region[]): string {
  const parts: string[] = []
  let position = 0
  for (const { start, end } of regions) {
    parts.push(text.slice(position, start), text.slice(start, end).replace(/[^\r\n]/g, ' '))
    position = end
  }
  parts.push(text.slice(position))
  return parts.join('')
}
