/** Files as a run left them for the next: whether one is still what it was. */
import type { SourceFile } from '../parse/source.ts'

/** A file's state, and the SHA-256 of its bytes. */
export type Seen = readonly [state: string | null, sha256: string]

/** A file as it is now: reads it for its hash. */
export function seenNow(file: SourceFile): Seen {
  return [file.state ?? null, file.sha256]
}

/**
 * Whether a file is as it was seen: by its state, without reading it, where that says enough; else by its content, so that a
 * fresh checkout meets what was kept of another.
 *
 * @param at when it was seen, in ms since 1970
 */
export function isAsSeen(file: SourceFile, [state, sha256]: Seen, at: number): boolean {
  return (state !== null && file.state === state && isSettled(state, at)) || file.sha256 === sha256
}

/** A file that was written this long (ms) before it was seen may have been written again at once, with the same times. */
const RACE = 2000

function isSettled(state: string, at: number): boolean {
  const [, modified = at, changed = at] = state.split(' ').map(Number)
  return Math.max(modified, changed) < at - RACE
}

/** Whether a value that was read from a store is a `Seen`. */
export function isSeen(value: unknown): value is Seen {
  if (!Array.isArray(value)) return false
  const [state, sha256] = value
  return (state === null || typeof state === 'string') && typeof sha256 === 'string'
}
