/** Overviews that are too long for one page: the first stands at the overview's own address, the others below it. */

import type { ActionGroup } from './actions.ts'
import { groupBy } from './collections.ts'
import { byService } from './services.ts'
import type { Cut, ScopeRoles, Version } from './version.ts'

/** Rows of a page of an overview. */
export const ROWS = 200
/** Roles of a page of access at a glance, where a row has a cell for every resource. */
const HEAT_ROWS = 120
const FINDINGS = 300
/** An action's row is short. */
const ACTION_ROWS = 1000
/** A permission's row has a cell for every role. */
const PERMISSION_ROWS = 100
/** With more of anything than this, a page that is no overview names some and leads to the rest. */
export const SOME = 40

/** Lists of at most `size`, in order; at least one, which may be empty. */
export function inPages<T>(items: readonly T[], size = ROWS): T[][] {
  const pages = Math.max(1, Math.ceil(items.length / size))
  return Array.from({ length: pages }, (_, i) => items.slice(i * size, (i + 1) * size))
}

/** Roles by scope and group, in pages. */
export function rolePages(scopes: readonly ScopeRoles[], size = ROWS): ScopeRoles[][] {
  const rows = scopes.flatMap((scope) =>
    scope.groups.flatMap((group) => group.roles.map((role) => ({ scope, group, role }))),
  )
  return inPages(rows, size).map((page) => {
    const cut: ScopeRoles[] = []
    for (const { scope, group, role } of page) {
      if (cut.at(-1)?.id !== scope.id) cut.push({ ...scope, roles: [], groups: [] })
      const here = cut.at(-1) as ScopeRoles
      if (here.groups.at(-1)?.title !== group.title) here.groups.push({ title: group.title, roles: [] })
      here.groups.at(-1)?.roles.push(role)
      here.roles.push(role)
    }
    // A scope that is whole keeps its roles in their own order.
    return cut.map(
      (scope) => scopes.find(({ id, roles }) => id === scope.id && roles.length === scope.roles.length) ?? scope,
    )
  })
}

/** All actions of the policies, by provider and service: the order of their overview. */
function actionRows(policiesBy: Version['policiesBy']): { provider: string; service: string; action: string }[] {
  return [...policiesBy].flatMap(([provider, policies]) =>
    byService([...new Set(policies.flatMap((policy) => policy.permissions))]).flatMap(({ service, actions }) =>
      actions.map((action) => ({ provider, service, action })),
    ),
  )
}

/** Where each overview is cut. Made once for a version, as every page asks it for addresses. */
export function cutsOf(
  scopes: readonly ScopeRoles[],
  policiesBy: Version['policiesBy'],
  groups: readonly ActionGroup[],
): Cut {
  const ofScope = new Map<string, number>()
  for (const [i, page] of rolePages(scopes).entries()) {
    for (const { id } of page) if (!ofScope.has(id)) ofScope.set(id, i + 1)
  }
  const ofAction = new Map<string, number>()
  for (const [i, page] of actionPages(policiesBy).entries()) {
    for (const { action } of page) if (!ofAction.has(action)) ofAction.set(action, i + 1)
  }
  const ofPermission = new Map<string, number>()
  for (const [i, page] of permissionPages(groups).entries())
    for (const { permissions } of page) for (const { id } of permissions) ofPermission.set(id, i + 1)
  return { ofScope, ofAction, ofPermission }
}

/** Permissions that are on no resource, by their headings, in pages. */
export function permissionPages(groups: readonly ActionGroup[]): ActionGroup[][] {
  const rows = groups.flatMap((group) => group.permissions.map((permission) => ({ group, permission })))
  return inPages(rows, PERMISSION_ROWS).map((page) =>
    [...groupBy(page, ({ group }) => group.key).values()].map((list) => ({
      ...(list[0]?.group as ActionGroup),
      permissions: list.map(({ permission }) => permission),
    })),
  )
}

export const actionPages = (policiesBy: Version['policiesBy']) => inPages(actionRows(policiesBy), ACTION_ROWS)
export const heatPages = (version: Version) => rolePages(version.scopes, HEAT_ROWS)
export const policyPages = (version: Version) => inPages([...version.policiesBy.values()].flat())
export const findingPages = <T>(findings: readonly T[]) => inPages(findings, FINDINGS)

/** With more roles than this, no page but an overview names all of them. */
const MOST_NAMED = 250
/** With more permissions or resources than this, no page has a choice of all of them. */
const MOST_CHOICES = 600
const MOST_RESOURCES = 100

export const namesAllRoles = (version: Version) => version.data.roles.length <= MOST_NAMED
export const offersAllResources = (version: Version) =>
  version.data.resources.length <= MOST_RESOURCES && version.ownPermissions.length <= MOST_CHOICES
