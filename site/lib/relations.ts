/** How roles stand to each other: above and below in their group, around and inside each other in their scope. */
import type { Role } from '../../src/model/dataset.ts'
import { byText, groupBy } from './collections.ts'
import type { Version } from './version.ts'

/** What a role holds, wildcards taken at their word. */
interface Holdings {
  permissions: readonly string[]
  holds(permission: string): boolean
}

const known = new WeakMap<Role, Holdings>()

function holdingsOf(role: Role): Holdings {
  let holdings = known.get(role)
  if (!holdings) {
    const own = new Set(role.permissions)
    const wild = role.permissions.filter((id) => id === '*' || id.endsWith('.*')).map((id) => id.slice(0, -1))
    holdings = {
      permissions: role.permissions,
      holds: (permission) =>
        own.has(permission) || wild.some((prefix) => prefix === '*.' || permission.startsWith(prefix)),
    }
    known.set(role, holdings)
  }
  return holdings
}

export interface Compared {
  role: Role
  /** What the other role holds beyond this one, and lacks of it; in order. */
  adds: string[]
  lacks: string[]
}

/** Another role as seen from this one. */
export function compared(role: Role, other: Role): Compared {
  const [own, theirs] = [holdingsOf(role), holdingsOf(other)]
  return {
    role: other,
    adds: theirs.permissions.filter((id) => !own.holds(id)),
    lacks: own.permissions.filter((id) => !theirs.holds(id)),
  }
}

const byScope = new WeakMap<Version, ReadonlyMap<string, Role[]>>()

function inScope(version: Version, scope: string): readonly Role[] {
  let roles = byScope.get(version)
  if (!roles) {
    roles = groupBy(version.data.roles, (role) => role.scope)
    byScope.set(version, roles)
  }
  return roles.get(scope) ?? []
}

/** Whether each of two roles has something that the other lacks, before all of it is listed: of most pairs the first few say so. */
function isApart(role: Role, other: Role): boolean {
  const [own, theirs] = [holdingsOf(role), holdingsOf(other)]
  return own.permissions.some((id) => !theirs.holds(id)) && theirs.permissions.some((id) => !own.holds(id))
}

/** Levels from the highest; one that is not named here stands in the middle. */
const LEVELS = ['owner', 'admin', 'maintainer', 'editor', '', 'user', 'viewer', 'guest']

function rank({ level }: Role): number {
  const position = LEVELS.indexOf(level ?? '')
  return position < 0 ? LEVELS.indexOf('') : position
}

const ladders = new WeakMap<Version, Map<string, Role[]>>()

/** The roles of a role's group in its scope, itself among them: by level, then the one that holds more first. */
export function ladderOf(version: Version, role: Role): readonly Role[] {
  if (role.group === null) return [role]
  const made = ladders.get(version) ?? new Map<string, Role[]>()
  ladders.set(version, made)
  const key = JSON.stringify([role.scope, role.group])
  let ladder = made.get(key)
  if (!ladder) {
    ladder = inScope(version, role.scope)
      .filter((other) => other.group === role.group)
      .sort((a, b) => rank(a) - rank(b) || b.permissions.length - a.permissions.length || byText(a.id, b.id))
    made.set(key, ladder)
  }
  return ladder
}

export interface Containment {
  /** Roles that hold all that this one does and more, the nearest first. */
  containing: Compared[]
  /** Roles that hold a part of it and nothing else, the nearest first. */
  contained: Compared[]
  same: Compared[]
}

/** Roles of the same scope around a role and inside of it. A role that holds nothing is inside of none. */
export function containmentOf(version: Version, role: Role): Containment {
  const around: Containment = { containing: [], contained: [], same: [] }
  if (role.permissions.length === 0) return around
  for (const other of inScope(version, role.scope)) {
    if (other.id === role.id || other.permissions.length === 0 || isApart(role, other)) continue
    const pair = compared(role, other)
    if (pair.adds.length > 0 && pair.lacks.length > 0) continue
    const list = pair.adds.length > 0 ? around.containing : pair.lacks.length > 0 ? around.contained : around.same
    list.push(pair)
  }
  const nearest = (a: Compared, b: Compared) =>
    a.adds.length + a.lacks.length - b.adds.length - b.lacks.length || byText(a.role.id, b.role.id)
  around.containing.sort(nearest)
  around.contained.sort(nearest)
  around.same.sort(nearest)
  return around
}
