/** Roles side by side. */
import { allows, byText, type Effect, effects, expand, type Facts, type RoleFacts, spelledOut } from './facts.ts'

export interface ComparedPermission {
  permission: string
  /** For each role, in the order given, what is said of the permission; `null` where nothing is. */
  effects: (Effect | null)[]
  /** Whether the roles differ in it: in what is said, so a condition differs from a grant without one. */
  differs: boolean
}

export interface Comparison {
  /** Every permission that one of the roles holds or is denied, in order of id; patterns are spelt out. */
  permissions: ComparedPermission[]
  /** For each role, in the order given, how many permissions it holds, and how many of them no other of the roles holds. */
  counts: { held: number; alone: number }[]
  /** How many permissions all the roles hold. */
  common: number
}

/** Compares roles permission by permission. One role, or none, differs in nothing. */
export function compare(facts: Facts, roles: readonly RoleFacts[]): Comparison {
  const asked = roles.map(effects)
  const ids = new Set(roles.flatMap((role) => [...spelledOut(facts, role), ...denied(facts, role)]))
  const permissions = [...ids].sort(byText).map((permission): ComparedPermission => {
    const said = asked.map((effect) => effect(permission))
    return { permission, effects: said, differs: said.some((effect) => effect !== said[0]) }
  })
  const counts = roles.map((_, i) => {
    const own = permissions.filter((row) => allows(row.effects[i] ?? null))
    const alone = own.filter((row) => row.effects.every((effect, j) => j === i || !allows(effect)))
    return { held: own.length, alone: alone.length }
  })
  const common = roles.length === 0 ? 0 : permissions.filter((row) => row.effects.every(allows)).length
  return { permissions, counts, common }
}

/** The permissions that are denied to a role, patterns spelt out. */
function denied(facts: Facts, role: RoleFacts): string[] {
  const refusals = (role.grants ?? []).flatMap((grant) => (grant.effect === 'denied' ? grant.permission : []))
  return expand(facts, refusals)
}
