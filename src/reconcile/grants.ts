/** What the grants of one role say, in the documentation and in the system. */
import { compareText } from '../diagnostic.ts'
import type { Grant } from '../model/dataset.ts'
import { allows, covers, effects } from '../query/facts.ts'
import { type Disagreement, disagreement } from './disagreement.ts'
import type { RolePair } from './roles.ts'

export interface GrantCounts {
  /** Permissions of one role each of which either side says something. */
  compared: number
  /** Those that the documentation grants under a condition; a system knows no conditions, so that it holds or does not. */
  conditional: number
  /** Those that the documentation denies. */
  denied: number
}

interface ComparedGrants extends GrantCounts {
  disagreements: Disagreement[]
}

/**
 * Compares each permission that either side names; a pattern of either side counts for what it covers among the known
 * permissions, else as it is written. Granted and conditional agree with what the system grants, denied with what it does
 * not grant.
 *
 * @param known all permissions of the scope, of both sides
 */
export function compareGrants(pair: RolePair, scope: string, known: readonly string[]): ComparedGrants {
  const { docs, system } = pair
  const head = { role: { id: docs.id, name: docs.name }, systemRole: system.name }
  if (docs.grants.length === 0) {
    const hint = `the system grants ${system.permissions.length}`
    const none = disagreement('grants-not-listed', scope, { ...head, source: docs.source, hint })
    return { compared: 0, conditional: 0, denied: 0, disagreements: system.permissions.length === 0 ? [] : [none] }
  }
  const said = effects(docs)
  const exact = new Set(system.permissions)
  const patterns = system.permissions.filter(isPattern)
  const held = (id: string) => exact.has(id) || patterns.some((pattern) => covers(pattern, id))
  const named = [...docs.grants.map(({ permission }) => permission), ...system.permissions]
  const result: ComparedGrants = { compared: 0, conditional: 0, denied: 0, disagreements: [] }
  for (const permission of spelledOut(named, known)) {
    const effect = said(permission)
    result.compared++
    if (effect === 'conditional') result.conditional++
    if (effect === 'denied') result.denied++
    const isHeld = held(permission)
    if (allows(effect) === isHeld && effect !== null) continue
    if (effect === null) {
      if (isHeld) {
        const rest = { ...head, permission, source: docs.source }
        result.disagreements.push(disagreement('grant-only-in-system', scope, rest))
      }
      continue
    }
    const grant = deciding(docs.grants, permission, effect)
    const kind = allows(effect) ? 'grant-only-in-docs' : 'grant-denied-in-docs'
    const rest = { ...head, permission, effect, note: grant?.note ?? null, source: grant?.source ?? docs.source }
    result.disagreements.push(disagreement(kind, scope, rest))
  }
  return result
}

/** The grant that says the effect: of the permission itself before a pattern. */
function deciding(grants: readonly Grant[], permission: string, effect: Grant['effect']): Grant | undefined {
  const fitting = grants.filter((grant) => grant.effect === effect && covers(grant.permission, permission))
  return fitting.find((grant) => grant.permission === permission) ?? fitting[0]
}

/** Whether a permission stands for several: `cluster.*`. */
export function isPattern(permission: string): boolean {
  return permission.includes('*')
}

/** Permissions without repetition, in order; a pattern as what it covers, and as itself where that is nothing. */
export function spelledOut(permissions: readonly string[], known: readonly string[]): string[] {
  const all = new Set<string>()
  for (const permission of new Set(permissions)) {
    const covered = isPattern(permission) ? known.filter((id) => !isPattern(id) && covers(permission, id)) : []
    for (const id of covered.length > 0 ? covered : [permission]) all.add(id)
  }
  return [...all].sort(compareText)
}
