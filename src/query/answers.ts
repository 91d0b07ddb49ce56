/** Answers as plain JSON: alike on the command line (`--json`) and for assistants. */
import { byText, type Effect, type Facts, type GrantFacts, type RoleFacts, spelledOut } from './facts.ts'
import { type Enough, SmallestRoles } from './smallest.ts'
import { can, type Holder, whoCan } from './who-can.ts'

export interface RoleAnswer {
  id: string
  name: string
  scope: string
  /** How many permissions it holds, patterns spelt out; those under a condition count. */
  size: number
}

/** What is said of a role and a permission. */
export interface PermissionAnswer {
  permission: string
  /** `null` where nothing is said, which allows nothing. */
  effect: Effect | null
  /** The grants that say so: `permission` in them is the id or the pattern as the page has it. */
  grants: GrantFacts[]
}

export interface HolderAnswer extends RoleAnswer {
  /** Whether it holds all that was asked for. */
  all: boolean
  /** What it holds of what was asked for. */
  permissions: PermissionAnswer[]
}

/** A role, with the number of its permissions. */
export function roleAnswer(facts: Facts, role: RoleFacts): RoleAnswer {
  return { id: role.id, name: role.name, scope: role.scope, size: spelledOut(facts, role).length }
}

/** What is said of a role and a permission, which is an id. */
export function permissionAnswer(role: RoleFacts, permission: string): PermissionAnswer {
  const { effect, grants } = can(role, permission)
  return { permission, effect, grants }
}

/** A role that holds something of what was asked for. */
export function holderAnswer({ role, held, all, size }: Holder): HolderAnswer {
  const permissions = held.map((permission) => permissionAnswer(role, permission))
  return { id: role.id, name: role.name, scope: role.scope, size, all, permissions }
}

/** A set of roles that is enough. */
export interface EnoughAnswer<Role extends RoleFacts = RoleFacts> extends Enough<Role> {
  /** How many more permissions it holds beyond what was asked for than the first answer does. */
  more: number
}

/** So many other single roles that are enough are named. */
const OTHERS = 5

/**
 * The smallest set of up to `most` roles that is enough, and after it what else was in question: the smallest of fewer
 * roles, and other single roles, those with the least excess first. Empty where nothing is enough.
 */
export function enough<Role extends RoleFacts>(
  facts: Facts<Role>,
  wanted: readonly string[],
  { scope, most }: { scope?: string | undefined; most: number },
): EnoughAnswer<Role>[] {
  const search = new SmallestRoles(facts, scope)
  const best = search.find(wanted, most)
  if (best === null) return []
  const found = new Map([[keyOf(best), best]])
  const add = (one: Enough<Role> | null) => {
    if (one !== null && !found.has(keyOf(one))) found.set(keyOf(one), one)
  }
  for (let fewer = 1; fewer < most; fewer++) add(search.find(wanted, fewer))
  const asked = new Set(wanted)
  const singles = whoCan(facts, wanted, scope).filter(({ all }) => all)
  for (const { role, conditional } of singles.slice(0, OTHERS + 1)) {
    if (found.size > OTHERS) break
    add({ roles: [role], excess: spelledOut(facts, role).filter((id) => !asked.has(id)), conditional })
  }
  return [...found.values()]
    .map((one) => ({ ...one, more: one.excess.length - best.excess.length }))
    .sort((a, b) => Number(b.roles === best.roles) - Number(a.roles === best.roles) || compareEnough(a, b))
}

function keyOf({ roles }: Enough): string {
  return JSON.stringify(roles.map(({ id }) => id))
}

function compareEnough(a: Enough, b: Enough): number {
  return a.excess.length - b.excess.length || a.roles.length - b.roles.length || byText(keyOf(a), keyOf(b))
}
