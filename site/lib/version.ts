/** One version of the documentation set, with the look-ups that its pages need. Maps only: an id may be `__proto__`. */
import type { DocPage, PolicyView, PolicyViews, SiteFinding } from '../../src/export/site-input.ts'
import type { Catalogue, Dataset, Grant, Mapping, Permission, Policy, Resource, Role } from '../../src/model/dataset.ts'
import { type ActionGroup, actionGroups } from './actions.ts'
import { byText, groupBy, mapBy } from './collections.ts'
import type { Links } from './links.ts'
import { cutsOf } from './paging.ts'
import { NO_SCOPE, UNSCOPED } from './scopes.ts'

export interface VersionInput {
  id: string
  title: string
  /** Its path segment; null for the current version, which stands at the root. */
  slug: string | null
  data: Dataset
  findings: SiteFinding[]
  pages: DocPage[]
  policyViews: PolicyViews
  links: Links
}

export interface RoleGrant {
  role: Role
  grant: Grant
}

export interface Version extends VersionInput {
  current: boolean
  roleById: ReadonlyMap<string, Role>
  resourceById: ReadonlyMap<string, Resource>
  permissionById: ReadonlyMap<string, Permission>
  policyById: ReadonlyMap<string, Policy>
  policyViewById: ReadonlyMap<string, PolicyView>
  /** Scopes that have roles, in the dataset's order, each with its roles by group. */
  scopes: ScopeRoles[]
  scopeTitle(id: string): string
  /** Permission id -> every mark on it, by scope and name of the role. */
  grantsOf: ReadonlyMap<string, RoleGrant[]>
  findingsOf: ReadonlyMap<string, SiteFinding[]>
  /** A role's name as a mapping writes it, in lower case -> roles so named. */
  rolesNamed: ReadonlyMap<string, Role[]>
  mappingsOf: ReadonlyMap<string, Mapping[]>
  policiesBy: ReadonlyMap<string, Policy[]>
  policiesAllowing: ReadonlyMap<string, Policy[]>
  /** Permissions of roles and catalogues: what is left when a policy's own actions are taken away. */
  ownPermissions: Permission[]
  /** Those of them that are on a resource. */
  permissionsOf: ReadonlyMap<string, Permission[]>
  /** And those that are on none. */
  actionGroups: ActionGroup[]
  /** Whether the documentation names a scope for any of its roles. */
  isScoped: boolean
  /** Whether a catalogue lists a permission. */
  isOffered(catalogue: Catalogue, permission: string): boolean
}

/** Numbers of pages: that a scope begins on, and that an action of a policy or a permission stands on. */
export interface Cut {
  ofScope: ReadonlyMap<string, number>
  ofAction: ReadonlyMap<string, number>
  ofPermission: ReadonlyMap<string, number>
}

export interface ScopeRoles {
  id: string
  title: string
  roles: Role[]
  groups: { title: string | null; roles: Role[] }[]
}

export function versionOf(input: VersionInput): Version {
  const { data } = input
  const scopeTitles = new Map(data.scopes.map((scope) => [scope.id, scope.title]))
  const scopeTitle = (id: string) => (id === UNSCOPED ? NO_SCOPE : titleOf(id, scopeTitles.get(id)))
  const scopes = scopesWithRoles(data, scopeTitle)
  const rolesNamed = namesOf(data.roles)
  const allowed = new Set(data.policies.flatMap((policy) => policy.permissions))
  const named = new Set(data.roles.flatMap((role) => role.grants.map((grant) => grant.permission)))
  const policiesBy = groupBy(data.policies, (policy) => policy.provider)
  const ownPermissions = data.permissions.filter(
    (permission) => permission.resource !== null || named.has(permission.id) || !allowed.has(permission.id),
  )
  const listed = new Map(data.catalogues.map((catalogue) => [catalogue, new Set(catalogue.permissions)]))
  const groups = actionGroups(data, input.pages, ownPermissions)
  input.links.cut = cutsOf(scopes, policiesBy, groups)
  return {
    ...input,
    current: input.slug === null,
    roleById: mapBy(data.roles, (role) => role.id),
    resourceById: mapBy(data.resources, (resource) => resource.id),
    permissionById: mapBy(data.permissions, (permission) => permission.id),
    policyById: mapBy(data.policies, (policy) => policy.id),
    policyViewById: mapBy(input.policyViews.policies, (view) => view.id),
    scopes,
    scopeTitle,
    isScoped: scopes.some(({ id }) => id !== UNSCOPED),
    actionGroups: groups,
    grantsOf: grantsByPermission(scopes),
    findingsOf: groupBy(
      input.findings.filter((finding) => finding.subject !== null),
      (finding) => finding.subject!,
    ),
    rolesNamed,
    mappingsOf: mappingsByRole(data.mappings, rolesNamed),
    policiesBy,
    policiesAllowing: policiesByAction(data.policies),
    ownPermissions,
    permissionsOf: groupBy(
      ownPermissions.filter((permission) => permission.resource !== null),
      (permission) => permission.resource!,
    ),
    isOffered: (catalogue, permission) => listed.get(catalogue)?.has(permission) ?? false,
  }
}

/** The title that the set gives a scope; of one that was found in the pages and has none, its id as a title. */
function titleOf(id: string, title = id): string {
  return title === id ? title.charAt(0).toUpperCase() + title.slice(1) : title
}

function scopesWithRoles(data: Dataset, title: (id: string) => string): ScopeRoles[] {
  const roles = groupBy(data.roles, (role) => role.scope)
  const ids = [...data.scopes.map((scope) => scope.id), ...[...roles.keys()].sort(byText)]
  return [...new Set(ids)].flatMap((id) => {
    const inScope = roles.get(id)
    if (!inScope) return []
    const groups = groupBy(inScope, (role) => role.group ?? '')
    return [
      {
        id,
        title: title(id),
        roles: inScope,
        groups: [...groups]
          // Roles of no group stand below the groups.
          .sort(([a], [b]) => Number(a === '') - Number(b === '') || byText(a, b))
          .map(([group, list]) => ({ title: group || null, roles: list })),
      },
    ]
  })
}

function grantsByPermission(scopes: ScopeRoles[]): Map<string, RoleGrant[]> {
  const grants = new Map<string, RoleGrant[]>()
  for (const role of scopes.flatMap((scope) => scope.roles)) {
    for (const grant of role.grants) {
      const list = grants.get(grant.permission) ?? []
      list.push({ role, grant })
      grants.set(grant.permission, list)
    }
  }
  return grants
}

function namesOf(roles: Role[]): Map<string, Role[]> {
  const named = new Map<string, Role[]>()
  for (const role of roles) {
    for (const name of new Set([role.name, ...role.aliases].map((text) => text.toLowerCase()))) {
      named.set(name, [...(named.get(name) ?? []), role])
    }
  }
  return named
}

function mappingsByRole(mappings: Mapping[], named: ReadonlyMap<string, Role[]>): Map<string, Mapping[]> {
  const byRole = new Map<string, Mapping[]>()
  for (const mapping of mappings) {
    const roles = new Set(mapping.requires.flat().flatMap((name) => named.get(name.toLowerCase()) ?? []))
    for (const role of roles) byRole.set(role.id, [...(byRole.get(role.id) ?? []), mapping])
  }
  return byRole
}

function policiesByAction(policies: Policy[]): Map<string, Policy[]> {
  const byAction = new Map<string, Policy[]>()
  for (const policy of policies) {
    for (const action of policy.permissions) byAction.set(action, [...(byAction.get(action) ?? []), policy])
  }
  return byAction
}
