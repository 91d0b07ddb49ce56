/** Roles by resources: for each scope, the highest access of every role to every resource that one of them has. */
import type { Access, Role } from '../../src/model/dataset.ts'
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

export interface HeatMap {
  /** Keys of resources, in order; `null` for permissions that have none, last. */
  columns: (string | null)[]
  groups: { title: string | null; rows: HeatRow[] }[]
  roles: number
}

export function heatMap(version: Version, scope: ScopeRoles): HeatMap {
  const byRole = new Map(scope.roles.map((role) => [role.id, cellsOf(version, role)]))
  const touched = new Set([...byRole.values()].flatMap((cells) => [...cells.keys()]))
  const columns = [...touched].sort((a, b) => (a === null ? 1 : b === null ? -1 : byText(a, b)))
  return {
    columns,
    groups: scope.groups.map(({ title, roles }) => ({
      title,
      rows: roles.map((role) => ({
        role,
        cells: columns.map((column) => byRole.get(role.id)!.get(column) ?? null),
      })),
    })),
    roles: scope.roles.length,
  }
}

function cellsOf(version: Version, role: Role): Map<string | null, HeatCell> {
  const cells = new Map<string | null, HeatCell>()
  for (const id of role.permissions) {
    const permission = version.permissionById.get(id)
    const access = permission?.access ?? 'write'
    const key = permission?.resource ?? null
    const cell = cells.get(key)
    if (cell) {
      cell.operations++
      if (ACCESS.indexOf(access) > ACCESS.indexOf(cell.access)) cell.access = access
    } else cells.set(key, { access, operations: 1 })
  }
  return cells
}
