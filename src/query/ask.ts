/**
 * From what somebody types to what is meant, or to a sentence that says why nothing is: one place for the command line and
 * for assistants. Messages hold what was typed, cut but otherwise as it is: who prints them takes care of control characters.
 */
import type { Facts, RoleFacts } from './facts.ts'
import { byText } from './facts.ts'
import { policiesAllowing } from './find.ts'
import { nearest } from './near.ts'
import { allNamed, permissionMeant, permissionsLike, roleMeant, rolesLike } from './resolve.ts'

/** Nothing has the name, or several things have. */
export class NameError extends Error {
  override name = 'NameError'
}

/** No name is longer, so nothing longer is looked for: a pattern of a megabyte costs nothing. */
const LONGEST = 1000
const SHOWN = 80
/** A message names no more policies than these. */
const MOST_POLICIES = 5

/** The ids of all the permissions that texts name, in order of id: see `permissionsLike`. */
export function permissionsNamed(facts: Facts, texts: readonly string[]): string[] {
  const ids = texts.flatMap((text) => {
    const found = text.length > LONGEST ? [] : permissionsLike(facts, text)
    if (found.length === 0) throw new NameError(unknownPermission(facts, text))
    return found
  })
  return [...new Set(ids)].sort(byText)
}

function unknownPermission(facts: Facts, text: string): string {
  const unknown = `unknown permission ${shortened(text)}`
  if (text.length > LONGEST) return unknown
  const allowing = policiesAllowing({ policies: namingActions(facts) }, text.trim()).map(({ id }) => id)
  if (allowing.length > 0) return `${unknown}: it is none of a role, but an action that ${policiesNamed(allowing)}`
  const all = allNamed(facts, text)
  if (all?.of === 'resource') return `${unknown}: that is a resource, ${all.pattern} names all of its permissions`
  if (all?.of === 'operation') return `${unknown}: that is an operation, ${all.pattern} names it on all resources`
  return `${unknown}${didYouMean(permissionMeant(facts, text))}`
}

/** The policies without `*`, which allows whatever somebody mistypes. */
function namingActions({ policies = [] }: Facts): { id: string; permissions: string[] }[] {
  return policies.map(({ id, permissions }) => ({ id, permissions: permissions.filter((held) => !/^\*+$/.test(held)) }))
}

function policiesNamed(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_POLICIES).join(', ')
  const more = ids.length > MOST_POLICIES ? ` and ${ids.length - MOST_POLICIES} more` : ''
  return ids.length === 1 ? `the policy ${shown} allows` : `the policies ${shown}${more} allow`
}

/** The one role that a text names by id or name: see `rolesLike`. */
export function roleNamed<Role extends RoleFacts>(facts: Facts<Role>, text: string, scope?: string): Role {
  const found = rolesNamed(facts, text, scope)
  if (found.length === 1) return found[0] as Role
  const ids = found.map(({ id }) => id).join(', ')
  throw new NameError(`${shortened(text)} names ${found.length} roles: ${ids}; give the id, or the scope`)
}

/** The roles that a text names: several where roles of several scopes have the name. */
export function rolesNamed<Role extends RoleFacts>(facts: Facts<Role>, text: string, scope?: string): Role[] {
  if (text.length > LONGEST) throw new NameError(`unknown role ${shortened(text)}`)
  const found = rolesLike(facts, text, scope)
  if (found.length > 0) return found
  const elsewhere = scope === undefined ? [] : rolesLike(facts, text)
  if (elsewhere.length > 0) {
    const ids = elsewhere.map(({ id }) => id).join(', ')
    throw new NameError(`no role ${shortened(text)} in scope ${scope}: there is ${ids}`)
  }
  const meant = roleMeant(facts, text)
  throw new NameError(`unknown role ${shortened(text)}${didYouMean(meant && `${meant.name} (${meant.id})`)}`)
}

/** The id of the scope that a text names by id or title. */
export function scopeNamed(scopes: readonly { id: string; title: string }[], text: string): string {
  const wanted = text.trim().toLowerCase()
  const found = scopes.find(({ id }) => id === text) ?? scopes.find(({ id, title }) => isOne(wanted, [id, title]))
  if (found) return found.id
  const ids = scopes.map(({ id }) => id)
  const meant = nearest(text, ids)
  throw new NameError(
    `unknown scope ${shortened(text)}${meant === null ? `: there is ${ids.join(', ') || 'none'}` : didYouMean(meant)}`,
  )
}

function isOne(wanted: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === wanted)
}

/** `, did you mean x?`, or nothing. */
export function didYouMean(meant: string | null): string {
  return meant === null ? '' : `, did you mean ${meant}?`
}

/** A text for a message: all of it, or its beginning. */
export function shortened(text: string): string {
  if (text.trim() === '') return '“”'
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN).toWellFormed()}…`
}
