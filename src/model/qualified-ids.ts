/** Ids of things that may share a name: with the names around them, as far as it takes to tell them apart. */
import type { Evidence, Surroundings } from '../parse/claim.ts'
import { slugify } from '../text.ts'
import { uniqueIds } from './unique-ids.ts'

export interface Named {
  id: string
  /** What can stand before the id where others have the same: the names around it, innermost first, then its page. */
  qualifiers: string[]
}

/** Names around a thing that an id may take up; headings have six levels, and tabs hold tabs. */
const MOST_QUALIFIERS = 9

/** What can stand before the id of what a claim says. The last one is always the page, however many names stand around. */
export function qualifiersOf({ block, evidence }: { block: Surroundings; evidence: Evidence }): string[] {
  const names = block.names.filter(({ kind }) => kind !== 'value' && kind !== 'page')
  const slugs = names.slice(0, MOST_QUALIFIERS).map(({ text }) => slugify(text))
  while (slugs.length < MOST_QUALIFIERS) slugs.push('')
  return [...slugs, slugify(evidence.span.path.replace(/\.[^./]+$/, ''))]
}

/**
 * The same things with ids of which no two are alike. An id that one thing alone has stays as it is; those of several get
 * qualifiers before them as far as these differ, and what is alike to the end is numbered.
 */
export function withUniqueIds<T extends Named>(things: readonly T[]): T[] {
  const apart = distinct(things, 0)
  const ids = uniqueIds(apart.map(({ id }) => id))
  return apart.map((thing, i) => ({ ...thing, id: ids[i] as string }))
}

function distinct<T extends Named>(things: readonly T[], level: number): T[] {
  return partition(things, ({ id }) => id).flatMap((alike) => {
    if (alike.length === 1 || alike.every(({ qualifiers }) => level >= qualifiers.length)) return alike
    const parts = partition(alike, ({ qualifiers }) => qualifiers[level] ?? '')
    if (parts.length === 1) return distinct(alike, level + 1)
    const qualified = alike.map((thing) => {
      const qualifier = thing.qualifiers[level] ?? ''
      return qualifier === '' ? thing : { ...thing, id: `${qualifier}/${thing.id}` }
    })
    return distinct(qualified, level + 1)
  })
}

function partition<T>(things: readonly T[], keyOf: (thing: T) => string): T[][] {
  return [...Map.groupBy(things, keyOf).values()]
}
