/** Roles whose permissions stand twice on one page, under one name. */

import { pointText } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import type { Model, RoleEntity, RoleGrant } from '../../model/model.ts'
import type { NameCandidate, Surroundings } from '../../parse/claim.ts'
import type { Reading } from '../../parse/read.ts'
import { remembered } from '../../remembered.ts'
import { sameName } from '../../text.ts'
import { blocksOfEvidence, listingsOf } from './listings.ts'

/** A panel or heading that names the role, with the blocks in it. */
export interface Part {
  name: NameCandidate
  /** Labels of the panels around it, the role's own left out. */
  around: string
  section: string
  /** Ids of the sections that its first block stands in. */
  sections: readonly string[]
  permissions: Set<string>
}

/** So many panels of one name are compared with each other. */
const MOST = 100

export interface RepeatedRole {
  role: RoleEntity
  part: Part
  /** The part that was there before. */
  first: Part
}

/** One entry for a role and a page: the first part that repeats another. */
export const repeatedRoles = remembered((model: Model, reading: Reading): readonly RepeatedRole[] => {
  const repeated: RepeatedRole[] = []
  for (const [role, blocks] of listingsOf(model, reading)) {
    if (blocks.length < 2) continue
    const own = blocks.filter((block) => block.partial === null)
    if (own.length < 2) continue
    const blockOf = blocksOfEvidence(reading)
    const grants = Map.groupBy(role.grants, (grant) => blockOf.get(grant.evidence))
    for (const places of Map.groupBy(own, (block) => block.evidence.span.path).values()) {
      const parts = partsOf(role, places, grants).slice(0, MOST)
      const entries = parts.flatMap((part, i) => {
        const first = parts.slice(0, i).find((other) => areOne(other, part))
        return first ? [{ role, part, first }] : []
      })
      addAll(repeated, entries.slice(0, 1))
    }
  }
  return repeated
})

function partsOf(
  role: RoleEntity,
  blocks: readonly Surroundings[],
  grants: ReadonlyMap<Surroundings | undefined, readonly RoleGrant[]>,
): Part[] {
  const parts = new Map<string, Part>()
  for (const block of blocks) {
    const names = block.names.filter((candidate) => sameName(candidate.text, role.name))
    // A panel may hold its name again as a heading, over some of its blocks.
    const name = names.find((candidate) => candidate.kind === 'label') ?? names[0]
    if (!name) continue
    const place = pointText(name.span)
    const part: Part = parts.get(place) ?? {
      name,
      around: aroundOf(role, block),
      section: sectionOf(block, name),
      sections: block.sections,
      permissions: new Set(),
    }
    for (const grant of grants.get(block) ?? []) part.permissions.add(grant.permission)
    parts.set(place, part)
  }
  return [...parts.values()].filter((part) => part.permissions.size > 0)
}

function aroundOf(role: RoleEntity, block: Surroundings): string {
  const labels = block.names.filter((name) => name.kind === 'label' && !sameName(name.text, role.name))
  return JSON.stringify(labels.map((name) => name.text))
}

/** The section around the role's name: where a heading names the role, the one that this heading stands in. */
function sectionOf(block: Surroundings, name: NameCandidate): string {
  if (name.kind !== 'section') return block.sections[0] ?? ''
  const headings = block.names.filter((candidate) => candidate.kind === 'section')
  return block.sections[headings.indexOf(name) + 1] ?? ''
}

function areOne(a: Part, b: Part): boolean {
  if (a.around !== b.around) return false
  if (a.section === b.section) return true
  const common = [...a.permissions].filter((permission) => b.permissions.has(permission)).length
  return common * 2 >= Math.min(a.permissions.size, b.permissions.size)
}
