/** Policies of a partial that is read with several sets of props: one for each text that comes of it. */
import { placeText } from '../diagnostic.ts'
import type { PolicyClaim } from '../parse/claim.ts'
import { keyOfProps } from '../parse/structure/props.ts'
import { slugify } from '../text.ts'

/** A policy's claims, and the words of its props where another reading of the same place says something else. */
export interface PolicyReading {
  group: PolicyClaim[]
  /** Whether the same place gave another one before. */
  again: boolean
  /** For its id, `null` where it is the only one at its place. */
  suffix: string | null
  /** For its title. */
  words: string | null
}

/** One reading for each text: props that change nothing in a policy make no second one. */
export function policyReadings(groups: Iterable<PolicyClaim[]>): PolicyReading[] {
  const places = new Map<string, Map<string, PolicyClaim[]>>()
  for (const group of groups) {
    const { span } = (group[0] as PolicyClaim).evidence
    const place = placeText(span)
    const readings = places.get(place) ?? new Map<string, PolicyClaim[]>()
    places.set(place, readings)
    const text = contentOf(group)
    if (!readings.has(text)) readings.set(text, group)
  }
  return [...places.values()].flatMap((readings) =>
    [...readings.values()].map((group, i): PolicyReading => {
      const values = [...(group[0] as PolicyClaim).block.props.values()]
      if (readings.size === 1 || values.length === 0) return { group, again: i > 0, suffix: null, words: null }
      return { group, again: i > 0, suffix: slugify(values.join(' ')), words: values.join(', ') }
    }),
  )
}

/** What a group is told apart by: its props, besides its place. */
export function readingKey(claim: PolicyClaim): string {
  return keyOfProps(claim.block.props)
}

function contentOf(group: readonly PolicyClaim[]): string {
  return JSON.stringify(
    group.map(({ provider, policyKind, title, variant, statements, document }) => {
      return [
        provider,
        policyKind,
        title,
        variant,
        statements.map(({ evidence, parts, ...statement }) => statement),
        document,
      ]
    }),
  )
}
