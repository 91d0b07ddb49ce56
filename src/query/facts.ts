/**
 * What questions are asked of: the part of a dataset that says who holds what. A dataset fits as it is; the site and the
 * data package give a smaller one. Nothing under `query/` depends on anything, so that a browser can run it.
 */
import { matches } from './pattern.ts'

export interface Facts<Role extends RoleFacts = RoleFacts> {
  /** All permissions. */
  permissions: readonly PermissionFacts[]
  roles: readonly Role[]
  resources?: readonly { id: string; title?: string; aliases?: readonly string[] }[]
  /** What an unknown permission may be an action of. */
  policies?: readonly { id: string; permissions: readonly string[] }[]
}

export interface PermissionFacts {
  /** `resource.operation`, or another id; never a pattern, unless the documentation itself writes one. */
  id: string
  resource?: string | null
  operation?: string | null
}

export interface RoleFacts {
  /** `scope/slug-of-name`. */
  id: string
  name: string
  scope: string
  aliases?: readonly string[]
  /** Ids that are granted or conditional; one may be a pattern, such as `cluster.*`. */
  permissions: readonly string[]
  /** What the documentation says, with places. Without it, all of `permissions` are granted and nothing is denied. */
  grants?: readonly GrantFacts[]
}

export type Effect = 'granted' | 'denied' | 'conditional'

export interface GrantFacts {
  permission: string
  effect: Effect
  /** A condition's text. */
  note: string | null
  /** Line and column are 1-based. */
  source: { path: string; line: number; column?: number }
}

/** Code-unit order. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether what a role holds covers a permission: it is the same id, or a pattern that fits (`cluster.*`, `*.get`, `*`). */
export function covers(held: string, permission: string): boolean {
  return held === permission || (held.includes('*') && matches(held, permission))
}

/** Of two statements on one permission the more careful counts: a denial before a condition before a grant. */
const CAREFUL: readonly Effect[] = ['denied', 'conditional', 'granted']

/** The most careful of some effects; `null` where there is none. */
export function decisive(effects: Iterable<Effect>): Effect | null {
  const all = new Set(effects)
  return CAREFUL.find((effect) => all.has(effect)) ?? null
}

/**
 * What a role's documentation says of a permission, as a function: make it once for a role, ask it often. Patterns that
 * the role holds count like ids. `null` where the documentation says nothing, which allows nothing.
 */
export function effects(role: RoleFacts): (permission: string) => Effect | null {
  const stated: readonly Pick<GrantFacts, 'permission' | 'effect'>[] =
    role.grants ?? role.permissions.map((permission) => ({ permission, effect: 'granted' }))
  const exact = new Map<string, Effect>()
  const patterns: [pattern: string, effect: Effect][] = []
  for (const { permission, effect } of stated) {
    const before = exact.get(permission)
    exact.set(permission, before === undefined ? effect : (decisive([before, effect]) as Effect))
    if (permission.includes('*')) patterns.push([permission, effect])
  }
  return (permission) => {
    const own = exact.get(permission)
    if (patterns.length === 0) return own ?? null
    const fitting = patterns.filter(([pattern]) => covers(pattern, permission)).map(([, effect]) => effect)
    return decisive(own === undefined ? fitting : [own, ...fitting])
  }
}

/** Whether an effect allows: granted, or granted under a condition. */
export function allows(effect: Effect | null): effect is 'granted' | 'conditional' {
  return effect === 'granted' || effect === 'conditional'
}

/** Whether a role holds a permission, itself or through a pattern, and nothing denies it; a condition counts. */
export function holds(role: RoleFacts, permission: string): boolean {
  return allows(effects(role)(permission))
}

/**
 * Ids without repetition, patterns among them replaced by the permissions that they cover, in no order. A pattern that
 * covers no known permission stays, so that nothing is lost.
 */
export function expand(facts: Facts, ids: readonly string[]): string[] {
  if (!ids.some((id) => id.includes('*'))) return [...new Set(ids)]
  const all = ids.flatMap((id) => {
    if (!id.includes('*')) return [id]
    const covered = facts.permissions.flatMap((known) =>
      !known.id.includes('*') && covers(id, known.id) ? known.id : [],
    )
    return covered.length > 0 ? covered : [id]
  })
  return [...new Set(all)]
}

/** All that a role holds, in order of id: patterns are spelt out (see `expand`), denied permissions are left out. */
export function spelledOut(facts: Facts, role: RoleFacts): string[] {
  const effect = effects(role)
  return expand(facts, role.permissions)
    .filter((id) => allows(effect(id)))
    .sort(byText)
}
