/** Who can do something, and whether one role can. */
import {
  allows,
  byText,
  covers,
  decisive,
  type Effect,
  effects,
  type Facts,
  type GrantFacts,
  type RoleFacts,
  spelledOut,
} from './facts.ts'

export interface Holder<Role extends RoleFacts = RoleFacts> {
  role: Role
  /** Those of the permissions asked for that it holds, in order of id. */
  held: string[]
  /** Those of `held` that it holds under a condition. */
  conditional: string[]
  /** Whether it holds all that was asked for. */
  all: boolean
  /** How many permissions it holds in all, patterns spelt out. */
  size: number
}

/**
 * The roles that hold at least one of the permissions: those that hold more of them first, then the smaller role before
 * the larger, then by id. Nobody holds what is denied to them.
 *
 * @param permissions ids, not patterns: see `permissionsLike`
 * @param scope only roles of this scope
 */
export function whoCan<Role extends RoleFacts>(
  facts: Facts<Role>,
  permissions: readonly string[],
  scope?: string,
): Holder<Role>[] {
  const wanted = [...new Set(permissions)].sort(byText)
  const holders = facts.roles.flatMap((role): Holder<Role>[] => {
    if (scope !== undefined && role.scope !== scope) return []
    const effect = effects(role)
    const held = wanted.filter((permission) => allows(effect(permission)))
    if (held.length === 0) return []
    const conditional = held.filter((permission) => effect(permission) === 'conditional')
    return [{ role, held, conditional, all: held.length === wanted.length, size: spelledOut(facts, role).length }]
  })
  return holders.sort((a, b) => b.held.length - a.held.length || a.size - b.size || byText(a.role.id, b.role.id))
}

export interface Answer {
  /** Granted, or granted under a condition. */
  allowed: boolean
  /** What the documentation says; `null` where it says nothing. */
  effect: Effect | null
  /** The grants that say so, patterns included, in the order of the role; empty for a role without `grants`. */
  grants: GrantFacts[]
}

/**
 * Whether a role may do something, and why: what is not granted is not allowed, and a denial outweighs a grant.
 *
 * @param permission an id, not a pattern
 */
export function can(role: RoleFacts, permission: string): Answer {
  const stated = (role.grants ?? []).filter((grant) => covers(grant.permission, permission))
  const effect = role.grants ? decisive(stated.map((grant) => grant.effect)) : effects(role)(permission)
  return { allowed: allows(effect), effect, grants: stated.filter((grant) => grant.effect === effect) }
}

/**
 * The texts of the conditions under which a role may do something, each once, in the order of its grants. Empty where there
 * is no condition, and where the documentation does not spell it out.
 */
export function conditionsOf(role: RoleFacts, permission: string): string[] {
  const { effect, grants } = can(role, permission)
  return effect === 'conditional' ? [...new Set(grants.flatMap(({ note }) => note ?? []))] : []
}
