/** Roles by resources: for each scope, the highest access of every role to every resource that one of them has. */
import type { Access, Role } from '../../src/model/dataset.ts'
import { groupKey } from './actions.ts'
import { byText } from './collections.ts'
import type { ScopeRoles, Version } from './version.ts'
import { ACCESS } from './words.ts'

export interface HeatCell {
  access: Access
  operations: number
}

export interface HeatRow {
  role: Role
  /** One for each column; `null` where the role has nothing of it. */
  cells: (HeatCell | null)[]
}

/** A resource, or a heading below which permissions stand that are on none. */
export interface HeatColumn {
  title: string
  /** Key of the resource; `null` for a heading. */
  resource: string | null
  href: string | null
}

export interface HeatMap {
  /** Resources in order of their keys, then headings in the order of the pages. */
  columns: HeatColumn[]
  groups: { title: string | null; rows: HeatRow[] }[]
  roles: number
}

/** Whether there is enough to be seen at a glance: roles, and more than one thing that they have access to. */
export function hasAccess({ data, actionGroups }: Version): boolean {
  return data.roles.length > 0 && data.resources.length + actionGroups.length > 1
}

export function heatMap(version: Version, scope: ScopeRoles): HeatMap {
  const byRole = new Map(scope.roles.map((role) => [role.id, cellsOf(version, role)]))
  const touched = new Set([...byRole.values()].flatMap((cells) => [...cells.keys()]))
  const { resourceById, links, actionGroups } = version
  const ofResources = [...touched]
    .filter((key) => !key.startsWith(HEADING))
    .sort(byText)
    .map((key) => ({ key, title: resourceById.get(key)?.title ?? key, resource: key, href: links.resource(key) }))
  const ofHeadings = [...actionGroups, { key: null, title: 'Other actions', permissions: [] }]
    .map(({ key, title, permissions: [first] }) => ({
      key: `${HEADING}${key ?? ''}`,
      title,
      resource: null,
      href: first ? links.permission(first.id) : null,
    }))
    .filter(({ key }, i, all) => touched.has(key) && all.findIndex((other) => other.key === key) === i)
  const columns = [...ofResources, ...ofHeadings]
  return {
    columns: columns.map(({ title, resource, href }) => ({ title, resource, href })),
    groups: scope.groups.map(({ title, roles }) => ({
      title,
      rows: roles.map((role) => ({
        role,
        cells: columns.map(({ key }) => byRole.get(role.id)!.get(key) ?? null),
      })),
    })),
    roles: scope.roles.length,
  }
}

/** Before the key of a heading, which may be that of a resource; no id of a resource has it. */
const HEADING = '\n'

function cellsOf(version: Version, role: Role): Map<string, HeatCell> {
  const headings = new Set(version.actionGroups.map(({ key }) => key))
  const cells = new Map<string, HeatCell>()
  for (const id of role.permissions) {
    const permission = version.permissionById.get(id)
    const access = permission?.access ?? 'write'
    const heading = groupKey(id)
    const key = permission?.resource ?? `${HEADING}${headings.has(heading) ? heading : ''}`
    const cell = cells.get(key)
    if (cell) {
      cell.operations++
      if (ACCESS.indexOf(access) > ACCESS.indexOf(cell.access)) cell.access = access
    } else cells.set(key, { access, operations: 1 })
  }
  return cells
}
