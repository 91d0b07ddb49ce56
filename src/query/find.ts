/** What a dataset has of a name, whatever kind of thing it is. */

import type { Facts } from './facts.ts'
import { nearest } from './near.ts'
import { rolesLike } from './resolve.ts'
import { patternCovers } from './wildcard.ts'

/** The part of a dataset that things are found in; a dataset fits as it is. */
export interface Things extends Facts {
  permissions: readonly {
    id: string
    resource?: string | null
    operation?: string | null
    title?: string | undefined
  }[]
  scopes: readonly { id: string; title: string }[]
  catalogues: readonly { id: string; title: string; scope: string }[]
  mappings: readonly { id: string }[]
  policies: readonly { id: string; title: string; permissions: readonly string[] }[]
}

export const KINDS = ['role', 'permission', 'resource', 'policy', 'catalogue', 'mapping', 'scope', 'action'] as const
export type Kind = (typeof KINDS)[number]

export interface Found {
  kind: Kind
  /** Id of the thing; of an action of cloud policies, the action as it was asked for. */
  id: string
}

/**
 * All that has a name: by id in its exact spelling, else by id, title, name or alias without regard to case, else as an
 * action that policies allow. Several where things of several kinds or scopes have the name; in the order of `KINDS`.
 *
 * @param scope only roles and catalogues of this scope, and what has none
 */
export function find(things: Things, text: string, scope?: string): Found[] {
  const all = names(things, scope)
  const exact = all.filter(({ id }) => id === text)
  if (exact.length > 0) return exact.map(({ kind, id }) => ({ kind, id }))
  const wanted = text.trim().toLowerCase()
  const roles = new Set(rolesLike(things, text, scope).map(({ id }) => id))
  const alike = all.filter(({ kind, id, names: own }) =>
    kind === 'role' ? roles.has(id) : own.some((name) => name.toLowerCase() === wanted),
  )
  if (alike.length > 0) return alike.map(({ kind, id }) => ({ kind, id }))
  const action = wanted === '' ? [] : policiesAllowing(things, text.trim())
  return action.length > 0 ? [{ kind: 'action', id: text.trim() }] : []
}

/** The policies that allow an action, through a pattern too; cloud providers take actions without regard to case. */
export function policiesAllowing<Policy extends { permissions: readonly string[] }>(
  { policies }: { policies: readonly Policy[] },
  action: string,
): Policy[] {
  const wanted = action.toLowerCase()
  return policies.filter((policy) => policy.permissions.some((held) => patternCovers(held.toLowerCase(), wanted)))
}

/** The name that a text which names nothing was most likely meant to be, or `null`. */
export function meant(things: Things, text: string, scope?: string): string | null {
  const actions = things.policies.flatMap(({ permissions }) => permissions)
  return nearest(text, [...names(things, scope).flatMap((one) => one.names), ...actions])
}

function names(things: Things, scope: string | undefined): (Found & { names: string[] })[] {
  const within = (own: string) => scope === undefined || own === scope
  return [
    ...things.roles.flatMap(({ id, name, aliases = [], scope: own }) =>
      within(own) ? { kind: 'role' as const, id, names: [id, name, ...aliases] } : [],
    ),
    ...things.permissions.map(({ id, title }) => named('permission', id, title)),
    ...(things.resources ?? []).map(({ id, title, aliases = [] }) => named('resource', id, title, ...aliases)),
    ...things.policies.map(({ id, title }) => named('policy', id, title)),
    ...things.catalogues.flatMap(({ id, title, scope: own }) => (within(own) ? named('catalogue', id, title) : [])),
    ...things.mappings.map(({ id }) => named('mapping', id)),
    ...things.scopes.map(({ id, title }) => named('scope', id, title)),
  ]
}

function named(kind: Kind, id: string, ...others: (string | undefined)[]): Found & { names: string[] } {
  return { kind, id, names: [id, ...others.flatMap((name) => name ?? [])] }
}
