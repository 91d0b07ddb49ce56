/** The documentation against a running system: what was compared, what was not, and what they disagree on. */
import { compareText } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type { Dataset, Role, Source } from '../model/dataset.ts'
import { covers } from '../query/facts.ts'
import { nearest } from '../query/near.ts'
import { compareDisagreements, type Disagreement, disagreement } from './disagreement.ts'
import { compareGrants, type GrantCounts, isPattern, spelledOut } from './grants.ts'
import { isRenamed, pairRoles, type RolePair, scopesOf } from './roles.ts'
import type { System, SystemRole } from './system.ts'

export interface ComparedScope {
  id: string
  roles: { docs: number; system: number; both: number }
  /** Of the roles that both have. */
  grants: GrantCounts
  /** Those that are named or listed in this scope. */
  permissions: { docs: number; system: number; both: number }
}

interface SkippedScope {
  id: string
  docsRoles: number
  systemRoles: number
  reason: string
}

export interface Reconciliation {
  /** Nothing is disagreed on. What was left out says nothing either way. */
  agreement: boolean
  /** In order of id. */
  scopes: ComparedScope[]
  /** Scopes of either side that were not compared. */
  notCompared: SkippedScope[]
  /** In order of scope; roles first, then grants, then permissions. */
  disagreements: Disagreement[]
}

/**
 * Compares scope by scope.
 *
 * @param scopes the scopes to compare; `null` for all those of the documentation or the system that the system has
 *   built-in roles or permissions of
 */
export function reconcile(docs: Dataset, system: System, scopes: readonly string[] | null): Reconciliation {
  const inDocs = [...new Set([...docs.roles, ...docs.catalogues].map(({ scope }) => scope))]
  const inSystem = [...system.roles.map(({ scope }) => scope), ...system.permissions.keys()]
  const all = [...new Set([...inDocs, ...inSystem, ...(scopes ?? [])])].sort(compareText)
  const isCompared = (scope: string) => (scopes ? scopes.includes(scope) : isServed(system, scope))
  const compared = all.filter(isCompared).map((scope) => compareScope(scope, docs, system))
  const disagreements = compared.flatMap((scope) => scope.disagreements).sort(compareDisagreements)
  const notCompared = all.flatMap((id): SkippedScope[] => {
    const docsRoles = docs.roles.filter(({ scope }) => scope === id).length
    const systemRoles = system.roles.filter(({ scope }) => scope === id).length
    if (isCompared(id) || (docsRoles === 0 && systemRoles === 0 && !inDocs.includes(id))) return []
    return [
      {
        id,
        docsRoles,
        systemRoles,
        reason: scopes ? 'it is not among those to compare' : 'the system does not serve it',
      },
    ]
  })
  return {
    agreement: disagreements.length === 0,
    scopes: compared.map(({ disagreements: _, ...scope }) => scope),
    notCompared,
    disagreements,
  }
}

/** Whether a system has built-in roles of a scope, or permissions that may be granted in it. */
function isServed(system: System, scope: string): boolean {
  return system.roles.some((role) => role.scope === scope) || (system.permissions.get(scope) ?? []).length > 0
}

function compareScope(id: string, docs: Dataset, system: System): ComparedScope & { disagreements: Disagreement[] } {
  const roles = {
    docs: docs.roles.filter(({ scope }) => scope === id),
    system: system.roles.filter(({ scope }) => scope === id),
  }
  const paired = pairRoles(roles.docs, roles.system)
  const named = namedIn(id, docs)
  const listed = system.permissions.get(id) ?? []
  const known = [...new Set([...named.keys(), ...listed])].sort(compareText)
  const grants: GrantCounts = { compared: 0, conditional: 0, denied: 0 }
  const disagreements: Disagreement[] = []
  for (const pair of paired.pairs) {
    if (isRenamed(pair)) disagreements.push(renamed(pair, id))
    const compared = compareGrants(pair, id, known)
    grants.compared += compared.compared
    grants.conditional += compared.conditional
    grants.denied += compared.denied
    addAll(disagreements, compared.disagreements)
  }
  for (const role of paired.docsOnly) {
    const hint = elsewhere(scopesOf(role.name, id, system.roles), 'the system')
    const head = { role: { id: role.id, name: role.name }, source: role.source, hint }
    disagreements.push(disagreement('role-only-in-docs', id, head))
  }
  for (const { name } of paired.systemOnly) {
    const hint = elsewhere(scopesOf(name, id, docs.roles), 'the docs')
    disagreements.push(disagreement('role-only-in-system', id, { systemRole: name, hint }))
  }
  for (const { name, uid } of paired.repeated) {
    disagreements.push(disagreement('role-repeated', id, { systemRole: name, hint: `uid ${uid}` }))
  }
  for (const role of roles.system) {
    if (role.otherScope === null) continue
    const source = paired.pairs.find((pair) => pair.system === role)?.docs.source ?? null
    const hint = `the other is \`${role.otherScope}\``
    disagreements.push(disagreement('role-of-two-scopes', id, { systemRole: role.name, source, hint }))
  }
  const permissions = comparePermissions(id, named, listed, docs, roles.system)
  return {
    id,
    roles: { docs: roles.docs.length, system: roles.system.length, both: paired.pairs.length },
    grants,
    permissions: { docs: named.size, system: listed.length, both: permissions.both },
    disagreements: [...disagreements, ...permissions.disagreements],
  }
}

function renamed({ docs, system, by, similarity }: RolePair, scope: string): Disagreement {
  const why = {
    name: 'the letters differ in case',
    alias: 'a spelling that the page has as well',
    grants: `${Math.floor((similarity ?? 0) * 100)} % of what they hold is the same`,
  }
  const role = { id: docs.id, name: docs.name }
  return disagreement('role-renamed', scope, { role, systemRole: system.name, source: docs.source, hint: why[by] })
}

/** The permissions that the documentation names in a scope, each with the first place; patterns are none. */
function namedIn(scope: string, { roles, catalogues, permissions, resources }: Dataset): Map<string, Source> {
  const named = new Map<string, Source>()
  const add = (permission: string, source: Source) => {
    if (!isPattern(permission) && !named.has(permission)) named.set(permission, source)
  }
  const own = <T extends { scope: string }>(things: readonly T[]) => things.filter((thing) => thing.scope === scope)
  for (const role of own(roles)) for (const grant of role.grants) add(grant.permission, grant.source)
  const rows = new Map(resources.map(({ id, source }) => [id, source]))
  const resourceOf = new Map(permissions.map(({ id, resource }) => [id, resource]))
  for (const { permissions: listed, source } of own(catalogues)) {
    for (const permission of listed) {
      // The row of its resource says more than where the list begins.
      const row = rows.get(resourceOf.get(permission) ?? '')
      add(permission, row && row.path === source.path && row.line > source.line ? row : source)
    }
  }
  return named
}

function comparePermissions(
  scope: string,
  named: ReadonlyMap<string, Source>,
  listed: readonly string[],
  docs: Dataset,
  systemRoles: readonly SystemRole[],
): { both: number; disagreements: Disagreement[] } {
  if (listed.length === 0 && systemRoles.length > 0) {
    return { both: 0, disagreements: [disagreement('permissions-not-listed', scope, {})] }
  }
  const inSystem = new Set(spelledOut(listed, [...named.keys()]))
  const covered = patternsOf(docs.roles, scope)
  const docsOnly = [...named].filter(([permission]) => !inSystem.has(permission))
  const systemOnly = [...inSystem].filter((permission) => !named.has(permission) && !covered(permission))
  const said = (permission: string, candidates: Iterable<string>) => {
    const meant = nearest(permission, candidates)
    return meant === null ? null : `did it mean \`${meant}\`?`
  }
  const elsewhereInDocs = (permission: string) =>
    docs.roles.flatMap((role) => (role.scope !== scope && role.permissions.includes(permission) ? role.scope : []))
  return {
    both: [...inSystem].filter((permission) => named.has(permission)).length,
    disagreements: [
      ...docsOnly.map(([permission, source]) =>
        disagreement('permission-only-in-docs', scope, { permission, source, hint: said(permission, systemOnly) }),
      ),
      ...systemOnly.map((permission) => {
        const hint = elsewhere(elsewhereInDocs(permission), 'the docs')
        return disagreement('permission-only-in-system', scope, { permission, hint })
      }),
    ],
  }
}

/** Whether a pattern that a role of the scope is granted covers a permission, which names it after a fashion. */
function patternsOf(roles: readonly Role[], scope: string): (permission: string) => boolean {
  const patterns = roles.flatMap((role) => (role.scope === scope ? role.permissions.filter(isPattern) : []))
  return (permission) => patterns.some((pattern) => covers(pattern, permission))
}

function elsewhere(scopes: readonly string[], whose: string): string | null {
  const others = [...new Set(scopes)].sort(compareText).map((scope) => `\`${scope}\``)
  return others.length === 0 ? null : `${whose} ${whose === 'the docs' ? 'have' : 'has'} it in ${others.join(', ')}`
}
