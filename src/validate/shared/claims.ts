/** Claims by their kind: most rules look at one kind, and grants are a hundred times as many as the others. */
import type { Claim } from '../../parse/claim.ts'
import type { Reading } from '../../parse/read.ts'
import { remembered } from '../../remembered.ts'

const byKind = remembered(({ claims }: Reading) => Map.groupBy(claims, ({ kind }) => kind))

/** The claims of one kind, in order of place. */
export function claimsOf<Kind extends Claim['kind']>(
  reading: Reading,
  kind: Kind,
): readonly Extract<Claim, { kind: Kind }>[] {
  return (byKind(reading).get(kind) ?? []) as Extract<Claim, { kind: Kind }>[]
}
