/** How a block writes names and marks, so that what is new in it is written alike. */

import type { Dataset, Effect } from '../model/dataset.ts'
import type { Cell } from '../parse/blocks/cells.ts'
import type { ReadBlock } from '../parse/read.ts'
import { operationId, wordsOf } from '../parse/words/vocabulary.ts'
import { sameName } from '../text.ts'
import { type Dress, dressed, dressOf, escapeText } from './escape.ts'
import type { WriterContext } from './writer.ts'

/** The item that stands most often, of several the first. */
export function mostOften<T>(items: Iterable<T>): T | undefined {
  const counts = new Map<T, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** The source of a cell, without padding. */
export function sourceOfCell(block: ReadBlock, cell: Cell): string {
  const { start, end } = offsetsOfCell(block, cell)
  return block.block.page.file.text.slice(start, end)
}

/** 0-based offsets of a cell in its page. */
export function offsetsOfCell({ block }: ReadBlock, { span }: Cell): { start: number; end: number } {
  const { locator } = block.page
  return {
    start: locator.offsetOf(span),
    end: locator.offsetOf({ line: span.endLine, column: span.endColumn }),
  }
}

/** How labels are written: what dresses them, and how their text comes of an id. */
export interface LabelHabit {
  dress: Dress
  spelling: 'id' | 'title' | 'words'
}

/** The habit of labels, given with the ids that they stand for. */
export function labelHabit(
  labels: readonly { source: string; text: string; id: string }[],
  data: Dataset,
): LabelHabit | null {
  const filled = labels.filter(({ text }) => text !== '')
  if (filled.length === 0) return null
  const titles = new Map(data.resources.map(({ id, title }) => [id, title]))
  const spelling = mostOften(
    filled.map(({ text, id }) => (text === id ? 'id' : sameName(titles.get(id) ?? '', text) ? 'title' : 'words')),
  )
  return { dress: mostOften(filled.map(({ source }) => dressOf(source))) ?? '', spelling: spelling ?? 'id' }
}

/** A resource as a label. */
export function resourceLabel(id: string, habit: LabelHabit, data: Dataset): string {
  if (habit.spelling !== 'title') return dressed(id, habit.dress, true)
  return dressed(data.resources.find((resource) => resource.id === id)?.title ?? id, habit.dress, true)
}

/** An operation as a heading: `Snapshot Create`, `snapshotCreate`. */
export function operationLabel(id: string, habit: LabelHabit): string {
  const words = id.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(' ')
  const title = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  const plain = habit.spelling === 'id' || operationId(title) !== id || wordsOf(title).length === 0
  return dressed(plain ? id : title, habit.dress, true)
}

/** How facts are written as marks. */
export interface MarkHabit {
  granted: string
  denied: string
  /** What stands where nothing is said. */
  absent: string
  /** Sources of cells that say something under a condition or with a note, by effect and note. */
  noted: ReadonlyMap<string, string>
}

function noteKey(effect: Effect, note: string | null): string {
  return JSON.stringify([effect, note])
}

/** The marks of a table's own, then of the examples, then of the config; options count before all. */
export function markHabit(blocks: readonly ReadBlock[], { options, settings }: WriterContext): MarkHabit {
  const noted = new Map<string, string>()
  const found: Record<'granted' | 'denied', string | undefined> = { granted: undefined, denied: undefined }
  let absent: string | undefined
  for (const block of blocks) {
    const { grid, marks, markColumns } = block.input
    const sources: Record<string, string[]> = { granted: [], denied: [], 'not-applicable': [], blank: [] }
    for (const row of grid.rows) {
      for (const column of markColumns) {
        const cell = row.cells[column]
        const mark = marks.read(cell)
        if (!cell || mark.kind === 'unknown') continue
        const source = sourceOfCell(block, cell)
        if ('note' in mark && mark.note !== null) {
          const key = noteKey(mark.kind as Effect, mark.note)
          if (!noted.has(key)) noted.set(key, source)
        } else sources[mark.kind]?.push(source)
      }
    }
    found.granted ??= mostOften(sources.granted ?? [])
    found.denied ??= mostOften(sources.denied ?? [])
    const dashes = sources['not-applicable'] ?? []
    absent ??= dashes.length > 0 && (sources.blank ?? []).length === 0 ? mostOften(dashes) : ''
  }
  return {
    granted: options.granted ?? found.granted ?? (settings.marks.granted[0] as string),
    denied: options.denied ?? found.denied ?? (settings.marks.denied[0] as string),
    absent: absent ?? '',
    noted,
  }
}

/** A cell for what is said of one permission; `null` where marks can't say it. */
export function markFor(effect: Effect, note: string | null, habit: MarkHabit): string | null {
  if (effect === 'granted') return habit.granted
  if (effect === 'denied' && note === null) return habit.denied
  const known = habit.noted.get(noteKey(effect, note))
  if (known !== undefined) return known
  // A condition in words beside its mark has no brackets in it, and at least one word.
  if (note === null || !/^[^()]*\p{L}{2}[^()]*$/u.test(note)) return null
  return `${effect === 'denied' ? habit.denied : habit.granted} (${escapeText(note)})`
}
