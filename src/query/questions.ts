/**
 * The questions of a dataset as functions of ids: what the data package exports. An id that the dataset does not have is a
 * RangeError that says which one was most likely meant; nobody should take a slip of the pen for “nobody can”.
 */
import { type Comparison, compare } from './compare.ts'
import { type Facts, type RoleFacts, spelledOut } from './facts.ts'
import { nearest } from './near.ts'
import { permissionMeant, permissionsLike } from './resolve.ts'
import { type Enough, smallest } from './smallest.ts'
import { type Answer, can, type Holder, whoCan } from './who-can.ts'

export interface Questions<Role extends RoleFacts = RoleFacts> {
  /** Whether a role holds a permission; under a condition counts as held (see `why`). */
  can(role: string, permission: string): boolean
  /** What the documentation says of a role and a permission, and where. */
  why(role: string, permission: string): Answer
  /** The roles that hold a permission, or one of those that a pattern (`cluster.*`) names. */
  whoCan(permission: string, options?: { scope?: string | undefined }): Holder<Role>[]
  /** All that a role holds, in order of id; patterns are spelt out. */
  permissionsOf(role: string): string[]
  compare(...roles: string[]): Comparison
  /** The one to three roles that together hold all the permissions with the least excess; `null` where there are none. */
  smallest(
    permissions: readonly string[],
    options?: { scope?: string | undefined; most?: number | undefined },
  ): Enough<Role> | null
}

/** @param facts a dataset, as published; of its scopes those without roles are known as well */
export function questions<Role extends RoleFacts>(
  facts: Facts<Role> & { scopes?: readonly { id: string }[] },
): Questions<Role> {
  const roles = new Map(facts.roles.map((role) => [role.id, role]))
  const permissions = new Set(facts.permissions.map(({ id }) => id))
  const scopes = new Set([...(facts.scopes ?? []).map(({ id }) => id), ...facts.roles.map(({ scope }) => scope)])

  const roleOf = (id: string): Role => {
    const role = roles.get(id)
    if (role === undefined) throw unknown('role', id, nearest(String(id), roles.keys()))
    return role
  }
  const permissionOf = (id: string): string => {
    if (!permissions.has(id)) throw unknown('permission', id, permissionMeant(facts, String(id)))
    return id
  }
  const scopeOf = (id: string | undefined): string | undefined => {
    if (id !== undefined && !scopes.has(id)) throw unknown('scope', id, nearest(String(id), scopes))
    return id
  }
  const named = (text: string): string[] => {
    if (permissions.has(text) || !String(text).includes('*')) return [permissionOf(text)]
    const ids = permissionsLike(facts, text)
    if (ids.length === 0) throw unknown('permission', text, permissionMeant(facts, text))
    return ids
  }

  return {
    can: (role, permission) => can(roleOf(role), permissionOf(permission)).allowed,
    why: (role, permission) => can(roleOf(role), permissionOf(permission)),
    whoCan: (permission, { scope } = {}) => whoCan(facts, named(permission), scopeOf(scope)),
    permissionsOf: (role) => spelledOut(facts, roleOf(role)),
    compare: (...ids) => compare(facts, ids.map(roleOf)),
    smallest(wanted, { scope, most = 1 } = {}) {
      if (most !== 1 && most !== 2 && most !== 3)
        throw new RangeError(`most is ${most}: 1, 2 or 3 roles can be combined`)
      return smallest(facts, wanted.flatMap(named), { scope: scopeOf(scope), most })
    },
  }
}

function unknown(what: string, id: string, meant: string | null): RangeError {
  const hint = meant === null ? '' : `, did you mean ${JSON.stringify(meant)}?`
  return new RangeError(`unknown ${what} ${JSON.stringify(id)}${hint}`)
}
