/** Edits on text: where they stand, whether they get along, and what they make of it. */
import type { Edit } from '../diagnostic.ts'
import { firstFrom } from '../lists.ts'
import { LineIndex } from '../text.ts'

/** An edit by 0-based offsets, the end exclusive. */
export interface Stretch {
  start: number
  end: number
  text: string
}

/** Where edits of one text stand in it, in order; `null` where one is no stretch of it, or two overlap. */
export function stretchesOf(edits: readonly Edit[], lines: LineIndex, length: number): Stretch[] | null {
  const stretches = edits.map(({ line, column, endLine, endColumn, text }): Stretch => {
    return { start: lines.start(line) + column - 1, end: lines.start(endLine) + endColumn - 1, text }
  })
  stretches.sort((a, b) => a.start - b.start || a.end - b.end)
  const wrong = stretches.some(
    ({ start, end }, i) =>
      !(start >= 0 && end >= start && end <= length) || (i > 0 && touch(stretches[i - 1] as Stretch, { start, end })),
  )
  return wrong ? null : stretches
}

/** Whether two stretches, the first of which begins first, want the same text, or the same place. */
function touch(first: Pick<Stretch, 'start' | 'end'>, second: Pick<Stretch, 'start' | 'end'>): boolean {
  return second.start < first.end || second.start === first.start
}

/** Stretches of one text that were taken, and whether more fit between them. */
export class Taken {
  readonly #stretches: Stretch[] = []

  get all(): readonly Stretch[] {
    return this.#stretches
  }

  /** Takes all of these, of which none overlaps another, if none overlaps one that was taken before; else none. */
  take(more: readonly Stretch[]): boolean {
    const fits = more.every((stretch) => {
      const at = this.#placeOf(stretch)
      const [before, after] = [this.#stretches[at - 1], this.#stretches[at]]
      return !(before && touch(before, stretch)) && !(after && touch(stretch, after))
    })
    if (fits) for (const stretch of more) this.#stretches.splice(this.#placeOf(stretch), 0, stretch)
    return fits
  }

  /** Before which of the taken stretches one belongs. */
  #placeOf({ start }: Stretch): number {
    return firstFrom(this.#stretches, start, (stretch) => stretch.start)
  }
}

/** The text with stretches replaced: in order, none overlapping another. */
export function replaced(text: string, stretches: readonly Stretch[]): string {
  const parts: string[] = []
  let position = 0
  for (const stretch of stretches) {
    parts.push(text.slice(position, stretch.start), stretch.text)
    position = stretch.end
  }
  parts.push(text.slice(position))
  return parts.join('')
}

/** The text with edits made, as the `fix` of a diagnostic gives them; `null` where they overlap or stand outside of it. */
export function applyEdits(text: string, edits: readonly Edit[]): string | null {
  const stretches = stretchesOf(edits, new LineIndex(text), text.length)
  return stretches && replaced(text, stretches)
}
