/** Which role of the documentation is which role of the system, within one scope. */
import { nameLikeness, overlap, pairs } from '../diff/pairs.ts'
import type { Role } from '../model/dataset.ts'
import { covers } from '../query/facts.ts'
import { sameName, squeeze } from '../text.ts'
import type { SystemRole } from './system.ts'

export interface RolePair {
  docs: Role
  system: SystemRole
  /** How the two were recognised: by the name, by another spelling that the page has, by what they hold. */
  by: 'name' | 'alias' | 'grants'
  /** From 0 to 1: how much of what they hold is the same; `null` unless they were recognised by that. */
  similarity: number | null
}

interface PairedRoles {
  pairs: RolePair[]
  docsOnly: Role[]
  systemOnly: SystemRole[]
  /** Further roles of the system of a name that it already has. */
  repeated: SystemRole[]
}

/** Pairs by name, without regard to case and spacing; what is left by the page's other spellings, then by what is held. */
export function pairRoles(docs: readonly Role[], system: readonly SystemRole[]): PairedRoles {
  const known = new Map<string, SystemRole>()
  const repeated: SystemRole[] = []
  for (const role of system) {
    const key = keyOf(role.name)
    if (known.has(key)) repeated.push(role)
    else known.set(key, role)
  }
  const found: RolePair[] = []
  const take = (role: Role, spelling: string, by: 'name' | 'alias'): boolean => {
    const match = known.get(keyOf(spelling))
    if (!match) return false
    known.delete(keyOf(spelling))
    found.push({ docs: role, system: match, by, similarity: null })
    return true
  }
  const unnamed = docs.filter((role) => !take(role, role.name, 'name'))
  const left = unnamed.filter((role) => !role.aliases.some((alias) => take(role, alias, 'alias')))
  const alike = pairs<Side>(left.map(docsSide), [...known.values()].map(systemSide), likenessAmong(docs))
  for (const { before, after, similarity } of alike.both) {
    if (before.docs && after.system) found.push({ docs: before.docs, system: after.system, by: 'grants', similarity })
  }
  return {
    pairs: found,
    docsOnly: alike.removed.flatMap(({ docs }) => docs ?? []),
    systemOnly: alike.added.flatMap(({ system }) => system ?? []),
    repeated,
  }
}

/** Whether a pair's names differ by more than spacing. */
export function isRenamed({ docs, system }: RolePair): boolean {
  return squeeze(docs.name) !== squeeze(system.name)
}

function keyOf(name: string): string {
  return squeeze(name).toLowerCase()
}

/** A role of either side. Ids of the two sides never meet: those with one name are paired already. */
interface Side {
  id: string
  name: string
  held: ReadonlySet<string>
  docs: Role | null
  system: SystemRole | null
}

function docsSide(role: Role): Side {
  return { id: `docs/${role.id}`, name: role.name, held: new Set(role.permissions), docs: role, system: null }
}

function systemSide(role: SystemRole): Side {
  return { id: `system/${role.uid}`, name: role.name, held: new Set(role.permissions), docs: null, system: role }
}

/** Grants weigh more than names, as in a diff of two datasets: a name is what a rename changes. */
const LEAST_SCORE = 0.7
const LEAST_OVERLAP = 0.5

/** What holds the same is one role; so is what mostly does under a similar name, but no editor is a renamed viewer. */
function likenessAmong(
  docs: readonly Role[],
): (before: Side, after: Side) => { score: number; similarity: number } | null {
  const levels = new Set(docs.flatMap(({ level }) => level?.toLowerCase() ?? []))
  const levelOf = (name: string) =>
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .find((word) => levels.has(word)) ?? null
  return (before, after) => {
    const shared = overlap(spelledOut(before.held, after.held), spelledOut(after.held, before.held))
    if (shared === null || shared < LEAST_OVERLAP) return null
    const names = nameLikeness(before.name, after.name)
    if (shared === 1) return { score: 2 + names, similarity: 1 }
    const [own, other] = [levelOf(before.name), levelOf(after.name)]
    if (own !== null && other !== null && own !== other) return null
    const score = 0.6 * shared + 0.4 * names
    return score >= LEAST_SCORE ? { score: 1 + score, similarity: shared } : null
  }
}

/** Permissions with each pattern in place of what it covers among those of the other side, so that both can be counted. */
function spelledOut(held: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  const patterns = [...held].filter((id) => id.includes('*'))
  if (patterns.length === 0) return held
  const covered = [...other].filter((id) => patterns.some((pattern) => covers(pattern, id)))
  return new Set([...[...held].filter((id) => !id.includes('*')), ...covered])
}

/** The other scopes that have a role of this name. */
export function scopesOf(name: string, scope: string, roles: readonly { name: string; scope: string }[]): string[] {
  return [
    ...new Set(roles.flatMap((role) => (role.scope !== scope && sameName(role.name, name) ? role.scope : []))),
  ].sort()
}
