/** Legends: lists and paragraphs beside a table that say what its marks mean. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { outlineOf } from '../page/outline.ts'
import type { Block, Heading, Page } from '../page/page.ts'
import { knownMarks, normalMark } from '../words/known-marks.ts'
import { accessOf, wordsOf } from '../words/vocabulary.ts'
import type { Cell, Grid } from './cells.ts'
import { readItems } from './list.ts'

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

/** What some texts say of marks: of each mark the first that counts, and the offset of the list or paragraph. */
type Explained = ReadonlyMap<string, { entry: LegendEntry; offset: number }>

/** What a stretch of a page says: its lists before its paragraphs. */
interface Said {
  lists: Explained
  paragraphs: Explained
}

/**
 * Reads the legend of a table: what stands glued to it, then between the tables or headings under and over it, then above it
 * in the sections that it stands in, then what the page calls its legend. Only marks that the table holds count.
 */
export function readLegend(block: Block, grid: Grid, settings: Settings): Legend {
  const legend = new Map<string, LegendEntry>()
  const held = marksOf(grid)
  if (held.size === 0) return legend
  const { page } = block
  const [from, to] = outlineOf(page).around(block)
  const take = (explained: Explained, before = Number.POSITIVE_INFINITY) => {
    const marks = held.size < explained.size ? held : explained.keys()
    for (const mark of marks) {
      const found = explained.get(mark)
      if (found && found.offset < before && held.has(mark) && !legend.has(mark)) legend.set(mark, found.entry)
    }
  }
  const takeAll = (said: readonly Said[], before?: number) => {
    for (const { lists } of said) take(lists, before)
    for (const { paragraphs } of said) take(paragraphs, before)
  }
  const glued = grid.glued.map(({ text }) => ({ text, offset: 0 }))
  take(explainedBy(glued, settings))
  takeAll([saidIn(page, block.end, to, settings)])
  takeAll([saidIn(page, from, block.start, settings)])
  const known = knownOf(page, settings)
  takeAll([null, ...block.headings].map(known.under), from)
  for (const said of known.named()) takeAll([said])
  return legend
}

/** What may stand for a mark: the short texts of cells, whole and without a note's sign, and the letters of `RW`. */
function marksOf(grid: Grid): ReadonlySet<string> {
  // A table holds a few marks many times.
  const texts = new Set<string>()
  for (const { cells } of grid.rows)
    for (let column = 1; column < cells.length; column++) texts.add((cells[column] as Cell).text)
  const held = new Set<string>()
  for (const text of texts) {
    const mark = normalMark(text)
    if (mark === '' || mark.length > 24) continue
    held.add(mark)
    if (/^[a-z]{2,5}$/.test(mark)) for (const letter of mark) held.add(letter)
    for (const part of mark.split(/[\s,/()]+/)) if (part !== '') held.add(part)
  }
  return held
}

function explainedBy(texts: readonly { text: string; offset: number }[], settings: Settings): Explained {
  const explained = new Map<string, { entry: LegendEntry; offset: number }>()
  for (const { text, offset } of texts) {
    for (const { mark, words, apart } of entriesIn(text)) {
      if (explained.has(mark)) continue
      const entry = entryOf(words, settings)
      if (counts(entry, apart, knownMarks(settings).get(mark))) explained.set(mark, { entry, offset })
    }
  }
  return explained
}

function saidIn(page: Page, from: number, to: number, settings: Settings): Said {
  const outline = outlineOf(page)
  const items = outline
    .listsIn(from, to)
    .flatMap((list) => readItems(list).map(({ text }) => ({ text, offset: list.start })))
  return { lists: explainedBy(items, settings), paragraphs: explainedBy(outline.paragraphsIn(from, to), settings) }
}

/** What a page says of marks for all of its tables, read once. */
interface Known {
  /** Right under a heading, and not in its subsections; `null` for what stands before the first. */
  under(heading: Heading | null): Said
  /** Under headings such as “Legend”. */
  named(): readonly Said[]
}

/** The beginning of a longer heading: “Symbols used on this page”. */
const OPENS_LEGEND = /^(?:legend|key to|symbols?|notation)\b/i
const LEGEND = /\b(?:legend|key|keys to|symbols?|notation)\b/i

const knownOf = remembered((page: Page, settings: Settings): Known => {
  const read = new Map<Heading | null, Said>()
  const under = (heading: Heading | null): Said => {
    const outline = outlineOf(page)
    const [from, to] = heading ? outline.sectionOf(heading) : [0, outline.headingFrom(0)]
    const said = read.get(heading) ?? saidIn(page, from, to, settings)
    read.set(heading, said)
    return said
  }
  const isLegend = ({ text }: Heading) => {
    const words = wordsOf(text).length
    return words <= 4 ? LEGEND.test(text) : words <= 8 && OPENS_LEGEND.test(text)
  }
  let named: Said[] | undefined
  return {
    under,
    named() {
      named ??= page.headings.filter(isLegend).map(under)
      return named
    },
  }
})

const ENTRY =
  /^[“"'(]?(:[\w+-]+:|\S{1,24}?)[”"')]?(\s*(?:=|→|⇒|:(?!\S))\s*|\s+(?:[–—-]|means|is|stands for)\s+|\s+)(\S.*)$/u

/** `✅ allowed`, `X = granted`, `R: read, W: write`: each mark, with the words that explain it. */
function entriesIn(text: string): { mark: string; words: string; apart: boolean }[] {
  const entries: { mark: string; words: string; apart: boolean }[] = []
  const body = text.replace(/^(?:legend|key|symbols?)\s*:\s*/i, '')
  for (const part of body.split(/\s*[,;|·]\s+|\.\s+|\s{2,}|\n/)) {
    const [, sign = '', separator = '', words = ''] = ENTRY.exec(part) ?? []
    const mark = normalMark(sign)
    if (mark === '' || /^(?:[*†‡§]+|\d+)$/.test(mark)) continue
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
  const text = words.replace(/(?<![\s.])[\s.]+$/, '')
  return { meaning: meaningOf(text), text, operations: operationsIn(text, settings) }
}

function meaningOf(text: string): LegendEntry['meaning'] {
  if (NOT_APPLICABLE.test(text)) return 'not-applicable'
  const condition = CONDITIONAL.test(text)
  if (DENIED.test(text)) return condition ? 'unclear' : 'denied'
  if (condition) return 'conditional'
  return GRANTED.test(text) ? 'granted' : 'unclear'
}

/** Whether a note takes something away: “authors only”, “not on weekends”; one that says who can as well does not. */
export function restricts(note: string): boolean {
  const said = note.replace(/\beven (?:if|when|though|without)\b[^.;]*/gi, '')
  return CONDITIONAL.test(said) || DENIED.test(said)
}

/** Operations in words that name nothing else: “read”, “create and delete”, “Read only”. */
function operationsIn(text: string, settings: Settings): string[] {
  const words = wordsOf(text).filter((word) => !/^(?:and|or|only|access|permissions?|rights?|the|can|may)$/.test(word))
  const known = words.filter((word) => accessOf(word, settings) !== null)
  return known.length > 0 && known.length === words.length ? known : []
}
