/** Legends: lists and paragraphs beside a table that say what its marks mean. */
import type { Settings } from '../settings/schema.ts'
import type { Grid } from './cells.ts'
import { knownMarks, normalMark } from './known-marks.ts'
import { readItems } from './list.ts'
import type { Block, Page } from './page.ts'
import { accessOf, wordsOf } from './vocabulary.ts'

export interface LegendEntry {
  /** `unclear` where the legend names a mark and its words tell neither. */
  meaning: 'granted' | 'denied' | 'not-applicable' | 'conditional' | 'unclear'
  /** The legend's words. */
  text: string
  /** Operations that the words name (“R: read”); empty for a mark that is no level of access. */
  operations: string[]
}

/** By mark, in lower case without variation selectors. */
export type Legend = ReadonlyMap<string, LegendEntry>

/**
 * Reads the legend of a table: what stands glued to it, then between the tables or headings under and over it, then above it
 * in the sections that it stands in, then what the page calls its legend. Only marks that the table holds count.
 */
export function readLegend(block: Block, grid: Grid, settings: Settings): Legend {
  const legend = new Map<string, LegendEntry>()
  const held = marksOf(grid)
  if (held.size === 0) return legend
  const { page } = block
  const [from, to] = surroundings(block)
  const isAround = sectionsAround(block)
  const texts = [
    ...grid.glued.map((cell) => cell.text),
    ...textsOf(page, (offset) => offset >= block.end && offset < to),
    ...textsOf(page, (offset) => offset >= from && offset < block.start),
    ...textsOf(page, (offset) => offset < from && isAround(offset)),
    ...namedLegend(page),
  ]
  for (const text of texts) {
    for (const { mark, words, apart } of entriesIn(text, held)) {
      const entry = entryOf(words, settings)
      if (!legend.has(mark) && counts(entry, apart, knownMarks(settings).get(mark))) legend.set(mark, entry)
    }
  }
  return legend
}

/** What may stand for a mark: the short texts of cells, whole and without a note's sign, and the letters of `RW`. */
function marksOf(grid: Grid): ReadonlySet<string> {
  const held = new Set<string>()
  for (const row of grid.rows) {
    for (const cell of row.cells.slice(1)) {
      const mark = normalMark(cell.text)
      if (mark === '' || mark.length > 24) continue
      held.add(mark)
      if (/^[a-z]{2,5}$/.test(mark)) for (const letter of mark) held.add(letter)
      for (const part of mark.split(/[\s,/()]+/)) if (part !== '') held.add(part)
    }
  }
  return held
}

/** From the heading or table before a table to the heading or table after it. */
function surroundings(block: Block): [from: number, to: number] {
  const { page } = block
  let [from, to] = [0, page.file.text.length]
  const edges = [
    ...page.headings.map((heading) => [heading.offset, heading.offset] as const),
    ...page.blocks.filter((other) => other.kind === 'table').map((other) => [other.start, other.end] as const),
  ]
  for (const [start, end] of edges) {
    if (end <= block.start) from = Math.max(from, end)
    if (start >= block.end) to = Math.min(to, start)
  }
  return [from, to]
}

/** What stands right under the headings of a block, and before the first: not in their other subsections. */
function sectionsAround({ page, headings }: Block): (offset: number) => boolean {
  const ranges: [start: number, end: number][] = [[0, page.headings[0]?.offset ?? Number.POSITIVE_INFINITY]]
  page.headings.forEach((heading, i) => {
    const end = page.headings[i + 1]?.offset ?? Number.POSITIVE_INFINITY
    if (headings.includes(heading)) ranges.push([heading.offset, end])
  })
  return (offset) => ranges.some(([start, end]) => offset >= start && offset < end)
}

function textsOf(page: Page, wanted: (offset: number) => boolean): string[] {
  const lists = page.blocks.filter((list) => list.kind === 'list' && wanted(list.start))
  const items = lists.flatMap((list) => readItems(list).map((item) => item.text))
  return [...items, ...page.paragraphs.filter((p) => wanted(p.offset)).map((p) => p.text)]
}

const LEGEND = /\b(?:legend|key|keys to|symbols?|notation)\b/i

/** What stands under a heading such as “Legend”. */
function namedLegend(page: Page): string[] {
  return page.headings.flatMap((heading, i) => {
    if (!LEGEND.test(heading.text) || wordsOf(heading.text).length > 4) return []
    const end = page.headings[i + 1]?.offset ?? Number.POSITIVE_INFINITY
    return textsOf(page, (offset) => offset > heading.offset && offset < end)
  })
}

const ENTRY =
  /^[“"'(]?(:[\w+-]+:|\S{1,24}?)[”"')]?(\s*(?:=|→|⇒|:(?!\S))\s*|\s+(?:[–—-]|means|is|stands for)\s+|\s+)(\S.*)$/u

/** `✅ allowed`, `X = granted`, `R: read, W: write`: each mark that the table holds, with the words that explain it. */
function entriesIn(text: string, held: ReadonlySet<string>): { mark: string; words: string; apart: boolean }[] {
  const entries: { mark: string; words: string; apart: boolean }[] = []
  const body = text.replace(/^(?:legend|key|symbols?)\s*:\s*/i, '')
  for (const part of body.split(/\s*[,;|·]\s+|\.\s+|\s{2,}|\n/)) {
    const [, sign = '', separator = '', words = ''] = ENTRY.exec(part) ?? []
    const mark = normalMark(sign)
    if (!held.has(mark) || /^(?:[*†‡§]+|\d+)$/.test(mark)) continue
    const apart = separator.trim() !== ''
    // A word needs more than a space between it and what it means: “No user may …” explains nothing.
    if (/[\p{L}\p{N}]/u.test(mark) && !/^:.*:$/.test(mark) && !apart) continue
    entries.push({ mark, words, apart })
  }
  return entries
}

/** A known mark keeps its meaning unless the legend says another in so many words: “✅ Do not …” is no legend. */
function counts({ meaning }: LegendEntry, apart: boolean, known: string | undefined): boolean {
  if (known === undefined || meaning === known) return true
  return meaning !== 'unclear' && (apart || known === 'not-applicable')
}

const NOT_APPLICABLE =
  /\b(?:not? applicable|n\/?a|not relevant|irrelevant|does not apply|doesn't apply|not available for)\b/i
const DENIED =
  /\b(?:no|not|cannot|can't|doesn't|don't|isn't|never|without|den(?:y|ied)|forbidden|prohibited|refused|disallowed|unavailable|unsupported|disabled|lacks?|none)\b/i
const CONDITIONAL =
  /\b(?:partial(?:ly)?|condition(?:al(?:ly)?|s)?|limited|restricted|only|if|when|unless|except|own|depend(?:s|ing)|optional(?:ly)?|some|certain|configurable|requires?|with restrictions)\b/i
const GRANTED =
  /\b(?:grant(?:s|ed)?|allow(?:s|ed)?|permit(?:s|ted)?|permissions?|yes|can|may|has|have|full|access|enabled|available|included|supported|able)\b/i

function entryOf(words: string, settings: Settings): LegendEntry {
  const text = words.replace(/[\s.]+$/, '')
  return { meaning: meaningOf(text), text, operations: operationsIn(text, settings) }
}

function meaningOf(text: string): LegendEntry['meaning'] {
  if (NOT_APPLICABLE.test(text)) return 'not-applicable'
  const condition = CONDITIONAL.test(text)
  if (DENIED.test(text)) return condition ? 'unclear' : 'denied'
  if (condition) return 'conditional'
  return GRANTED.test(text) ? 'granted' : 'unclear'
}

/** Operations in words that name nothing else: “read”, “create and delete”, “Read only”. */
function operationsIn(text: string, settings: Settings): string[] {
  const words = wordsOf(text).filter((word) => !/^(?:and|or|only|access|permissions?|rights?|the|can|may)$/.test(word))
  const known = words.filter((word) => accessOf(word, settings) !== null)
  return known.length > 0 && known.length === words.length ? known : []
}
