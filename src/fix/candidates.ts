/** What one step of a run would change: fixes of findings or the repairs of one kind, fitted together. */
import type { Diagnostic, Fix } from '../diagnostic.ts'
import { LineIndex } from '../text.ts'
import { replaced, type Stretch, stretchesOf, Taken } from './edits.ts'

export interface Candidate {
  path: string
  /** Of the rule or the repair. */
  id: string
  /** Of the finding that it mends; `null` for a repair of form. */
  fingerprint: string | null
  stretches: Stretch[]
}

export interface Proposal {
  id: string
  fix: Fix
  diagnostic: Diagnostic | null
}

/** Proposals that can be made together, first come first served; each of one file that may be written. */
export function candidatesOf(proposals: readonly Proposal[], texts: ReadonlyMap<string, string>): Candidate[] {
  const lines = new Map<string, LineIndex>()
  const taken = new Map<string, Taken>()
  return proposals.flatMap(({ id, fix, diagnostic }): Candidate[] => {
    const path = fix.edits[0]?.path
    const text = path === undefined ? undefined : texts.get(path)
    if (path === undefined || text === undefined || fix.edits.some((edit) => edit.path !== path)) return []
    const index = lines.get(path) ?? new LineIndex(text)
    lines.set(path, index)
    const stretches = stretchesOf(fix.edits, index, text.length)
    if (!stretches || stretches.every(({ start, end, text: next }) => text.slice(start, end) === next)) return []
    const here = taken.get(path) ?? new Taken()
    taken.set(path, here)
    return here.take(stretches) ? [{ path, id, fingerprint: diagnostic?.fingerprint ?? null, stretches }] : []
  })
}

/** The texts with candidates made: only of the files that they change. */
export function madeOf(candidates: readonly Candidate[], texts: ReadonlyMap<string, string>): Map<string, string> {
  const made = new Map<string, string>()
  for (const [path, here] of Map.groupBy(candidates, (candidate) => candidate.path)) {
    const stretches = here
      .flatMap((candidate) => candidate.stretches)
      .sort((a, b) => a.start - b.start || a.end - b.end)
    made.set(path, replaced(texts.get(path) as string, stretches))
  }
  return made
}

/** How often to try before what is left is refused unseen: each try analyses the pages once more. */
const MOST_TRIES = 64

export interface Refused {
  candidate: Candidate
  /** What it would do: “would change what the page says”. */
  why: string
}

/**
 * The most of these that do no harm: all at once if they don't, else halves, down to the one that does.
 *
 * @param harmOf what candidates do that they must not when they are made together; `null` for nothing
 */
export function harmlessOf(
  candidates: readonly Candidate[],
  harmOf: (chosen: readonly Candidate[]) => string | null,
): { chosen: Candidate[]; refused: Refused[] } {
  const refused: Refused[] = []
  let tries = 0
  const pick = (base: readonly Candidate[], more: readonly Candidate[]): readonly Candidate[] => {
    if (more.length === 0) return base
    let why: string | null = 'stands among many that do harm'
    if (tries++ < MOST_TRIES) {
      why = harmOf([...base, ...more])
      if (why === null) return [...base, ...more]
      if (more.length > 1) {
        const half = more.length >> 1
        return pick(pick(base, more.slice(0, half)), more.slice(half))
      }
    }
    for (const candidate of more) refused.push({ candidate, why })
    return base
  }
  return { chosen: [...pick([], candidates)], refused }
}
