/** Keys and operations that are written in more than one case, and every place that writes them. */
import { compareText, type Span } from '../../diagnostic.ts'
import type { Claim, Evidence } from '../../parse/claim.ts'
import type { Block, Page } from '../../parse/page/page.ts'
import type { ReadBlock, Reading } from '../../parse/read.ts'

export type WordKind = 'resource key' | 'operation'

export interface Spelling {
  text: string
  /** Whether a catalogue writes it so. */
  catalogued: boolean
  /** The blocks that write it, each once. */
  blocks: Map<Block, Evidence>
}

/** Words that differ in case alone, each group sorted by spelling. */
export function variants(reading: Reading): { kind: WordKind; spellings: Spelling[] }[] {
  const kinds: WordKind[] = ['resource key', 'operation']
  return kinds.flatMap((kind) => {
    const groups = new Map<string, Map<string, Spelling>>()
    for (const read of reading.blocks) {
      for (const claim of read.claims) {
        for (const word of wordsOf(claim, kind)) meet(groups, word, read, claim)
      }
    }
    return [...groups.values()]
      .filter((group) => group.size > 1)
      .map((group) => ({ kind, spellings: [...group.values()].sort((a, b) => compareText(a.text, b.text)) }))
  })
}

function wordsOf(claim: Claim, kind: WordKind): readonly string[] {
  const isKey = kind === 'resource key'
  switch (claim.kind) {
    case 'grant':
    case 'catalogue':
      return [isKey ? claim.resource : claim.operation]
    case 'resource':
      return isKey ? [claim.key] : claim.operations
    case 'operation':
    case 'operation-of-role':
      return isKey ? [] : [claim.operation]
    default:
      return []
  }
}

function meet(groups: Map<string, Map<string, Spelling>>, text: string, { block }: ReadBlock, claim: Claim): void {
  const lower = text.toLowerCase()
  const group = groups.get(lower) ?? new Map<string, Spelling>()
  groups.set(lower, group)
  const spelling = group.get(text) ?? { text, catalogued: false, blocks: new Map() }
  group.set(text, spelling)
  if (claim.kind === 'resource' || claim.kind === 'operation') spelling.catalogued = true
  if (!spelling.blocks.has(block) && 'evidence' in claim) spelling.blocks.set(block, claim.evidence)
}

/**
 * Where blocks of a page write a word: as a part of `key.operation`, or as the whole of a cell, bullet or list entry.
 * A word that stands in a sentence of theirs is none of it.
 */
export function placesIn(page: Page, blocks: Iterable<Block>, word: string, kind: WordKind): Span[] {
  const places = new Map<number, Span>()
  const { text } = page.file
  for (const { start, end } of blocks) {
    const block = text.slice(start, end)
    for (let at = block.indexOf(word); at >= 0; at = block.indexOf(word, at + word.length)) {
      const from = start + at
      if (isWritten(text, from, from + word.length, kind)) places.set(from, page.locator.span(from, from + word.length))
    }
  }
  return [...places.entries()].sort((a, b) => a[0] - b[0]).map(([, span]) => span)
}

const IN_WORD = /[\w-]/
const MARKUP = /[`*_ \t]/

function isWritten(text: string, start: number, end: number, kind: WordKind): boolean {
  const [before = '\n', after = '\n'] = [text[start - 1], text[end]]
  if (IN_WORD.test(before) || IN_WORD.test(after)) return false
  if (kind === 'operation' && before === '.') return start > 1 && IN_WORD.test(text[start - 2] as string)
  if (!beginsEntry(text, start)) return false
  return kind === 'resource key' && after === '.' ? /[\w*]/.test(text[end + 1] ?? '') : endsEntry(text, end)
}

/** Whether only markup stands between a place and the edge of its cell, bullet or list entry. */
function beginsEntry(text: string, start: number): boolean {
  let at = start - 1
  // As far as markup reaches; longer is no cell of a real page.
  while (at >= 0 && start - at < 200 && MARKUP.test(text[at] as string)) at--
  return at < 0 || /[|\r\n>,;)+.\-\]]/.test(text[at] as string)
}

function endsEntry(text: string, end: number): boolean {
  let at = end
  while (at < text.length && at - end < 200 && MARKUP.test(text[at] as string)) at++
  return at >= text.length || /[|\r\n<,;:]/.test(text[at] as string)
}
