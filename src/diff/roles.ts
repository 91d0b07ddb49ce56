/** Roles: which are new, gone or renamed, and what each holds more or less. */
import { compareText } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type { Role } from '../model/dataset.ts'
import { sameName } from '../text.ts'
import type { Change, RoleChange, Standing } from './change.ts'
import { compareGrants, Holdings } from './grants.ts'
import { fieldChanges, head, nameChanges, thing } from './make.ts'
import { type Likeness, nameLikeness, overlap, pairs } from './pairs.ts'

/**
 * @param rename gives a permission of the older dataset the id that it has in the newer one
 * @returns the changes in order of role
 */
export function roleChanges(
  before: readonly Role[],
  after: readonly Role[],
  rename: (permission: string) => string,
): Change[] {
  const holdings = new Map<Role, Holdings>([
    ...before.map((role): [Role, Holdings] => [role, new Holdings(role, rename)]),
    ...after.map((role): [Role, Holdings] => [role, new Holdings(role)]),
  ])
  const of = (role: Role) => holdings.get(role) as Holdings
  const { both, added, removed } = pairs(before, after, likeness(of))
  const changes: Change[] = []
  for (const pair of both) {
    const sides = { before: thing(pair.before, pair.before.name), after: thing(pair.after, pair.after.name) }
    const compared = compareGrants(of(pair.before), of(pair.after))
    for (const kind of ['widened', 'narrowed', 'conditional'] as const) {
      const grants = compared[kind]
      if (grants.length > 0) changes.push({ ...head('role', kind, sides), grants } satisfies RoleChange)
    }
    addAll(changes, nameChanges('role', sides, pair, fieldChanges(words(pair.before), words(pair.after))))
  }
  for (const role of added) {
    const side = { before: null, after: thing(role, role.name) }
    const grants = standings(of(role)).map(([permission, after]) => ({ permission, before: null, after }))
    changes.push({ ...head('role', 'added', side), grants })
  }
  for (const role of removed) {
    const side = { before: thing(role, role.name), after: null }
    const grants = standings(of(role)).map(([permission, before]) => ({ permission, before, after: null }))
    changes.push({ ...head('role', 'removed', side), grants })
  }
  return changes
}

function words(role: Role) {
  const { name, scope, group, level, description, aliases } = role
  return { name, scope, group, level, description, aliases }
}

/** Everything that a role is said to hold or to be refused, in order of permission. */
function standings(holdings: Holdings): [permission: string, standing: Standing | null][] {
  return [...holdings.named].sort(compareText).map((permission) => [permission, holdings.standing(permission)])
}

/** Grants weigh more than names: a name is what a rename changes. */
const LEAST_SCORE = 0.7
const LEAST_OVERLAP = 0.5
/** Where one side lists no grants there is only the name to go by. */
const LEAST_NAME = 0.8

/**
 * Two roles are one where they hold the same, or mostly the same under a similar name. In another scope the name must be
 * the same: many scopes have alike roles. A viewer is no renamed editor, however alike they are.
 */
function likeness(of: (role: Role) => Holdings): Likeness<Role> {
  return (before, after) => {
    const [held, holds] = [of(before).held, of(after).held]
    const shared = overlap(held, holds)
    const names = nameLikeness(before.name, after.name)
    if (before.scope !== after.scope) {
      if (!sameName(before.name, after.name) || shared === null || shared < LEAST_OVERLAP) return null
      return { score: shared, similarity: shared }
    }
    if (shared === 1) return { score: 2 + names, similarity: 1 }
    if (before.level !== after.level) return null
    if (shared === null || held.size === 0 || holds.size === 0) {
      return names >= LEAST_NAME ? { score: names / 2, similarity: shared ?? 1 } : null
    }
    const score = 0.6 * shared + 0.4 * names
    return shared >= LEAST_OVERLAP && score >= LEAST_SCORE ? { score: 1 + score, similarity: shared } : null
  }
}
