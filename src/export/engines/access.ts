/**
 * Who may do what, as a policy engine has to be told: no patterns, and for each role and action one decision. All engines
 * are written from this, so that they can't differ in what they allow.
 */
import type { Dataset, Effect, Grant, Permission, Role } from '../../model/dataset.ts'
import { byText, covers, decisive } from '../../query/facts.ts'
import { remembered } from '../../remembered.ts'

export interface Access {
  /** What can be asked for, by id: every permission that is no pattern, and the patterns that cover none of them. */
  readonly actions: readonly Action[]
  /** By id. */
  readonly roles: readonly RoleAccess[]
}

/** A permission; one that only a grant names has no resource and no access. */
export type Action = Pick<Permission, 'id' | 'resource'> & { access: Permission['access'] | null }

export interface RoleAccess {
  role: Role
  /** By action; what the documentation says nothing of has none, which allows nothing. */
  readonly decisions: readonly Decision[]
}

/** What the documentation says of one role and one action: a denial counts before a condition before a grant. */
export type Decision = { action: string; grants: [Grant, ...Grant[]] } & (
  | { effect: Exclude<Effect, 'conditional'> }
  | { effect: 'conditional'; condition: string }
)

/** The condition of a conditional grant that has no note. */
const UNSTATED = 'The documentation states no condition'

/**
 * Spells a dataset out: patterns over the permissions that are known, then one decision for each role and action. Each engine asks
 * for the same.
 */
export const accessOf = remembered((dataset: Dataset): Access => {
  const actions = new Map<string, Action>(dataset.permissions.map((permission) => [permission.id, permission]))
  for (const { grants } of dataset.roles)
    for (const { permission: id } of grants) if (!actions.has(id)) actions.set(id, { id, resource: null, access: null })
  const plain = [...actions.keys()].filter((id) => !id.includes('*'))
  const patterns = [...actions.keys()].filter((id) => id.includes('*'))
  const idle = patterns.filter((pattern) => !plain.some((id) => covers(pattern, id)))
  const ids = [...plain, ...idle].sort(byText)
  const covered = new Map(patterns.map((pattern) => [pattern, ids.filter((id) => covers(pattern, id))]))
  return {
    actions: ids.map((id) => actions.get(id) as Action),
    roles: [...dataset.roles]
      .sort((a, b) => byText(a.id, b.id))
      .map((role) => ({ role, decisions: decisionsOf(role, covered) })),
  }
})

function decisionsOf(role: Role, covered: ReadonlyMap<string, readonly string[]>): Decision[] {
  const stated = new Map<string, Grant[]>()
  for (const grant of role.grants) {
    for (const action of covered.get(grant.permission) ?? [grant.permission]) {
      const before = stated.get(action)
      if (before) before.push(grant)
      else stated.set(action, [grant])
    }
  }
  return [...stated].sort(([a], [b]) => byText(a, b)).map(([action, grants]) => decide(action, grants))
}

function decide(action: string, stated: readonly Grant[]): Decision {
  const effect = decisive(stated.map((grant) => grant.effect)) as Effect
  const grants = stated.filter((grant) => grant.effect === effect) as [Grant, ...Grant[]]
  return effect === 'conditional'
    ? { action, grants, effect, condition: conditionOf(grants) }
    : { action, grants, effect }
}

/** The text that must hold: a condition is named by its own words, so one that is reworded isn't met by who met the old. */
function conditionOf(grants: readonly Grant[]): string {
  return [...new Set(grants.map(({ note }) => (note || UNSTATED).toWellFormed()))].sort(byText).join(' AND ')
}
