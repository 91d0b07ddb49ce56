/** Lines of lists that have lost their bullets: right above the list, or glued to the item above them. */
import type { List } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { outlineOf, paragraphAbove } from '../page/outline.ts'
import type { Block, Page, Paragraph } from '../page/page.ts'
import { containersOf } from '../structure/containers.ts'
import { endOfLine, nextLine, startOfLine } from '../structure/lines.ts'
import { permissionsIn } from '../words/vocabulary.ts'

/** Whether a paragraph stands right above a list: what it lacks is a bullet, and that is reported there. */
export function isAboveList(page: Page, { end }: Paragraph): boolean {
  const next = outlineOf(page).blockFrom(end)
  if (next?.kind !== 'list') return false
  return isOneBreak(page.structure.masked.slice(end, next.start))
}

/** The paragraph that stands so above a list; `null` where there is none. */
export function lineRightAbove(list: Block): Paragraph | null {
  const above = paragraphAbove(list)
  return above && !above.inItem && isOneBreak(list.page.structure.masked.slice(above.end, list.start)) ? above : null
}

function isOneBreak(between: string): boolean {
  return between.trim() === '' && (between.match(/\r\n|\n|\r/g) ?? []).length === 1
}

/** 0-based offsets of lines. */
type Stretch = [from: number, to: number]

/**
 * Findings for lines without bullets that are items by what they say: the line above a list, and those behind the first of each item.
 *
 * @param messageOf what is said of a line, or `null` where it is no item
 * @param more where else such lines may stand
 */
export function lostBullets(
  input: BlockInput,
  messageOf: (line: string) => string | null,
  more: readonly Stretch[] = [],
): Finding[] {
  const { file, structure, locator } = input.block.page
  const found: Finding[] = []
  for (const [from, to] of [...looseEnds(input.block), ...more]) {
    for (let at = from; at < to; at = nextLine(file.text, endOfLine(file.text, at))) {
      const written = structure.masked.slice(at, Math.min(to, endOfLine(file.text, at)))
      const line = written.trim()
      const message = messageOf(line)
      if (message === null) continue
      const begin = at + written.search(/\S|$/)
      const span = locator.span(begin, begin + line.length)
      found.push(unrecognised(input, span, message, ['glued', line.slice(0, 80)]))
    }
  }
  return found
}

function looseEnds(list: Block): Stretch[] {
  const { text } = list.page.file
  const above = lineRightAbove(list)
  const stretches: Stretch[] = above ? [[above.offset, above.end]] : []
  const inner = paragraphAbove(list)
  if (inner?.inItem) stretches.push([nextLine(text, endOfLine(text, inner.offset)), inner.end])
  for (const { children } of (list.node as List).children) {
    const { start, end } = (children[0]?.type === 'paragraph' && children[0].position) || {}
    if (start && end && start.line < end.line)
      stretches.push([nextLine(text, endOfLine(text, start.offset ?? 0)), end.offset ?? 0])
  }
  return stretches
}

/** Lines of a list that lost their bullets: they stand where the bullets do, and belong to the item above. */
export function gluedLines({ page, node }: Pick<Block, 'page' | 'node'>): Finding[] {
  if (!('type' in node) || node.type !== 'list') return []
  return node.children.flatMap(({ children: [paragraph] }) => {
    if (paragraph?.type !== 'paragraph' || !paragraph.position) return []
    const { start, end } = paragraph.position
    if (start.line === end.line) return []
    return linesLeftOf(page.file.text, start.offset ?? 0, end.offset ?? 0).map(([from, to]): Finding => {
      return {
        ruleId: 'unrecognised-block',
        message: `This line of the list has no bullet, so it belongs to the item above it. Give it one, or indent it like that item's text.`,
        span: page.locator.span(from, to),
        subject: null,
        ids: [page.file.path, 'glued', page.file.text.slice(from, to)],
      }
    })
  })
}

/** How an item begins, where a sentence that goes on does not: a capital, bold, a box. */
const BEGINS = /^(?:\p{Lu}|\*\*|__|\[[ xX]\]\s)/u

/** The same of a list of sentences, which go on over lines, and of the lists in it. */
export function gluedSentences({ page, node }: Block): Finding[] {
  const { text } = page.file
  const lists = [node as List]
  // More are put behind the one that is looked at.
  for (const list of lists)
    for (const { children } of list.children)
      addAll(
        lists,
        children.filter((child) => child.type === 'list'),
      )
  return lists
    .flatMap((list) => gluedLines({ page, node: list }))
    .filter(({ span }) => BEGINS.test(text.slice(page.locator.offsetOf(span))))
}

/** The short lines of an item's text that begin further left than its first one: one that is indented like it goes on with it. */
function linesLeftOf(text: string, start: number, end: number): [from: number, to: number][] {
  const found: [number, number][] = []
  let lineEnd = endOfLine(text, start)
  // The box of a task is text of its item too.
  const column = columnOf(text, Math.min(start, containersOf(text, startOfLine(text, start), lineEnd).at))
  while (lineEnd < end) {
    const line = nextLine(text, lineEnd)
    lineEnd = Math.min(endOfLine(text, line), end)
    // Only the marks of quotes: `12.` at the beginning of a line that goes on is text.
    const from = line + text.slice(line, lineEnd).search(/[^ \t>]|$/)
    const words = text.slice(from, lineEnd).trimEnd()
    // A long line is prose, but for one that begins with an id.
    const isLong = words.split(/\s+/).length >= 8 && !/^[`"']?[\w-]{1,60}[.:][\w*]/.test(words)
    if (words === '' || isLong || columnOf(text, from) >= column) continue
    found.push([from, from + words.length])
  }
  return found
}

/** How far to the right a character stands: a tab goes on to the next multiple of four. */
function columnOf(text: string, offset: number): number {
  let column = 0
  for (let i = startOfLine(text, offset); i < offset; i++) column += text[i] === '\t' ? 4 - (column % 4) : 1
  return column
}

/** A line right above a list, without a bullet: most likely its first item, or the last one of a list above. */
export function strayLines(list: Block): Finding[] {
  const { page } = list
  const paragraph = lineRightAbove(list)
  if (!paragraph || list.start - paragraph.end > 16) return []
  // A line with a tag is that tag's text: a `<summary>` right above its list.
  const line = page.file.text.slice(page.file.text.lastIndexOf('\n', paragraph.offset) + 1, list.start)
  if (line.includes('<')) return []
  const isPermission = permissionsIn(paragraph.text, 'any').length > 0
  // A bold line is a heading of its list.
  const written = page.file.text.slice(paragraph.offset, paragraph.end).trim()
  if (!isPermission && /^(?:\*\*[^*]+\*\*|__[^_]+__)$/.test(written)) return []
  if (!isPermission && (paragraph.text.split(' ').length > 3 || /[.:!?]$/.test(paragraph.text))) return []
  return [
    {
      ruleId: 'unrecognised-block',
      message: `\`${paragraph.text}\` stands right above a list of permissions without a bullet, so it is not in the model. Give it one, or put a blank line between.`,
      span: paragraph.span,
      subject: null,
      ids: [page.file.path, 'stray', paragraph.text],
    },
  ]
}
