/** What a mark in a cell says. A blank cell, an unknown mark and a word are three different things. */
import type { Settings } from '../settings/schema.ts'
import type { Cell, Grid } from './cells.ts'
import type { Block } from './page.ts'

export type Mark =
  | { kind: 'blank' }
  | { kind: 'granted' | 'denied'; note: null }
  | { kind: 'conditional'; note: string }
  | { kind: 'unknown'; text: string }

/** A mark with a footnote: `✓*`, `✓ (1)`, `(✓)`, `✓ [^2]`. */
const NOTED = /^\(?\s*(\S+?)\s*\)?\s*(\*+|†|‡|\(\d{1,2}\)|\[\^?[\w-]{1,16}\]|[¹²³⁴⁵⁶⁷⁸⁹])?$/u

/** Reads marks by a table's own habit: `x` is a tick where nothing else ticks, and a cross beside ticks. */
export class MarkReader {
  #granted: ReadonlySet<string>
  #denied: ReadonlySet<string>

  constructor(settings: Settings, grid: Grid, columns: readonly number[]) {
    const known = knownMarks(settings)
    this.#granted = known.granted
    this.#denied = known.denied
    const seen = new Set<string>()
    for (const row of grid.rows) for (const column of columns) seen.add(normal(row.cells[column]?.text ?? ''))
    const ticks = [...seen].some((text) => this.#granted.has(text))
    if (this.#granted.has('x') || this.#denied.has('x')) return
    if (ticks) this.#denied = new Set([...this.#denied, 'x'])
    else this.#granted = new Set([...this.#granted, 'x'])
  }

  read(cell: Pick<Cell, 'text'> | undefined): Mark {
    const text = cell?.text ?? ''
    if (text === '') return { kind: 'blank' }
    const plain = this.#plain(text)
    if (plain) return plain
    const noted = NOTED.exec(text)
    const mark = noted && this.#plain(noted[1] as string)
    if (mark?.kind === 'granted') return { kind: 'conditional', note: noted?.[2] ?? text }
    if (mark?.kind === 'denied') return mark
    return { kind: 'unknown', text }
  }

  #plain(text: string): { kind: 'granted' | 'denied'; note: null } | null {
    const mark = normal(text)
    if (this.#granted.has(mark)) return { kind: 'granted', note: null }
    if (this.#denied.has(mark)) return { kind: 'denied', note: null }
    return null
  }
}

interface KnownMarks {
  granted: ReadonlySet<string>
  denied: ReadonlySet<string>
}

const marksOf = new WeakMap<Settings, KnownMarks>()

function knownMarks(settings: Settings): KnownMarks {
  let known = marksOf.get(settings)
  if (!known) {
    known = { granted: new Set(settings.marks.granted.map(normal)), denied: new Set(settings.marks.denied.map(normal)) }
    marksOf.set(settings, known)
  }
  return known
}

/**
 * The text of the footnote that a mark points to: the definition of `[^1]`, or the paragraph after the table that begins
 * with the same marker (`* Only on weekdays`, `(1) …`). The marker itself where no such text is found.
 */
export function noteText(marker: string, block: Block): string {
  const reference = /^\[\^([^\]]+)\]$/.exec(marker)
  if (reference) return block.page.footnotes.get((reference[1] as string).toLowerCase()) || marker
  const end = block.end
  const note = block.page.paragraphs.find((paragraph) => paragraph.offset >= end && paragraph.text.startsWith(marker))
  const text = note?.text.slice(marker.length).replace(/^[\s:.)*-]+/, '')
  return text || marker
}

/** The columns (0-based, the first left out) in which at least half of the filled cells are marks, and at least one is. */
export function markColumns(grid: Grid, settings: Settings): number[] {
  const columns: number[] = []
  for (let column = 1; column < grid.header.length; column++) {
    const reader = new MarkReader(settings, grid, [column])
    let marks = 0
    let filled = 0
    for (const row of grid.rows) {
      const mark = reader.read(row.cells[column])
      if (mark.kind === 'blank') continue
      filled++
      if (mark.kind !== 'unknown') marks++
    }
    if (marks > 0 && marks * 2 >= filled) columns.push(column)
  }
  return columns
}

/** Case and emoji variation selectors aside. */
function normal(text: string): string {
  return text
    .replace(/[\uFE0E\uFE0F]/g, '')
    .trim()
    .toLowerCase()
}
