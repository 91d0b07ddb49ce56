/** What a model says, places aside: a repair that changes it is undone. */
import { compareText } from '../diagnostic.ts'
import type { Dataset } from '../model/dataset.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Where facts stand, and what is not said by them. */
const PLACES = new Set(['source', 'sources', 'usedBy'])
/** What goes by spelling, which the fix of a finding may change: `snapshotget` is no known operation, `snapshotGet` reads. */
const SPELLINGS = new Set(['access', 'aliases', 'title'])

/** All that a dataset says, as one text that can be compared; the order of its lists is none of it. */
export function factsOf(dataset: Dataset): string {
  return JSON.stringify(canonical(dataset as unknown as Json, (text) => text, PLACES, false))
}

/**
 * The same without what the fix of a finding may change: the case of letters, spellings, and how often a thing is said.
 */
export function looseFactsOf(dataset: Dataset): string {
  const leftOut = new Set([...PLACES, ...SPELLINGS])
  return JSON.stringify(canonical(dataset as unknown as Json, (text) => text.toLowerCase(), leftOut, true))
}

function canonical(value: Json, fold: (text: string) => string, leftOut: ReadonlySet<string>, once: boolean): Json {
  if (typeof value === 'string') return fold(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = value.map((item) => JSON.stringify(canonical(item, fold, leftOut, once)))
    return (once ? [...new Set(items)] : items).sort()
  }
  const entries = Object.entries(value).filter(([key]) => !leftOut.has(key))
  return Object.fromEntries(
    entries
      .map(([key, item]): [string, Json] => [key, canonical(item, fold, leftOut, once)])
      .sort(([a], [b]) => compareText(a, b)),
  )
}
