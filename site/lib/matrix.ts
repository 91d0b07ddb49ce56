/** Tables of marks: rows of anything, columns of operations, one mark a cell. Built here, drawn by `Matrix.astro`. */
import type { Access, Effect, Permission, Role } from '../../src/model/dataset.ts'
import { isMadeFrom } from './actions.ts'
import { byText, groupBy } from './collections.ts'
import type { Version } from './version.ts'
import { ACCESS } from './words.ts'

export interface Mark {
  /** `none` is not granted; `absent` says that the row's resource has no such operation. */
  effect: Effect | 'none' | 'absent'
  note: string | null
}

export interface MatrixColumn {
  operation: string
  access: Access
}

export interface MatrixRow {
  label: string
  /** The canonical id, where the label isn't it. */
  key: string | null
  href: string | null
  marks: Mark[]
  /** Marks on operations that have no column of their own. */
  others: { operation: string; access: Access; href: string | null; mark: Mark }[]
}

export interface MatrixModel {
  columns: MatrixColumn[]
  hasOthers: boolean
  groups: { title: string | null; rows: MatrixRow[] }[]
}

/** With more operations than this, those that only one row has move into a last column. */
const MOST_COLUMNS = 12

const USUAL_ORDER = ['get', 'list', 'create', 'update', 'delete', 'import', 'publish', 'backup', 'restore']

export interface MatrixNote {
  /** The marks that it belongs to: `dock, get, list; pier, get`. */
  where: string
  effect: Mark['effect']
  note: string
}

/** How many rows a note names: a sentence may speak for all of a role. */
const MOST_NAMED = 6

/** The notes of a table's marks, each once for what it says, in the order of the first marks that they belong to. */
export function notesOf({ columns, groups }: MatrixModel): MatrixNote[] {
  const notes = new Map<string, { effect: Mark['effect']; note: string; rows: Map<MatrixRow, string[]> }>()
  for (const row of groups.flatMap(({ rows }) => rows)) {
    const marks = [...row.marks.map((mark, i) => ({ mark, operation: columns[i]?.operation ?? '' })), ...row.others]
    for (const { mark, operation } of marks) {
      if (!mark.note) continue
      const key = JSON.stringify([mark.effect, mark.note])
      const known = notes.get(key) ?? { effect: mark.effect, note: mark.note, rows: new Map() }
      notes.set(key, known)
      known.rows.set(row, [...(known.rows.get(row) ?? []), operation])
    }
  }
  return Array.from(notes.values(), ({ effect, note, rows }) => {
    const named = Array.from(rows, ([{ label }, operations]) => [label, ...operations].join(', '))
    const more = named.length - MOST_NAMED
    const where = more > 0 ? [...named.slice(0, MOST_NAMED), `and ${more} more`] : named
    return { where: where.join('; '), effect, note }
  })
}

/** What a role may do, by resource. Permissions without a resource are actions: see `actionsOf`. */
export function roleMatrix(version: Version, role: Role): MatrixModel | null {
  const touched = new Map<string, Map<string, Mark>>()
  for (const grant of role.grants) {
    const permission = version.permissionById.get(grant.permission)
    if (!permission || permission.resource === null || permission.operation === null) continue
    const row = touched.get(permission.resource) ?? new Map<string, Mark>()
    row.set(permission.operation, strongest(row.get(permission.operation), { effect: grant.effect, note: grant.note }))
    touched.set(permission.resource, row)
  }
  if (touched.size === 0) return null
  const rows = [...touched].sort(([a], [b]) => byText(a, b))
  const operations = columnsFor(
    version,
    rows.map(([resource, marks]) => ({
      marked: [...marks.keys()],
      possible: version.resourceById.get(resource)?.operations ?? [],
    })),
  )
  const access = accessOf(version)
  return {
    columns: operations.columns.map((operation) => ({ operation, access: access(operation) })),
    hasOthers: rows.some(([, marks]) => [...marks.keys()].some((operation) => !operations.shown.has(operation))),
    groups: [
      {
        title: null,
        rows: rows.map(([id, marks]) => {
          const resource = version.resourceById.get(id)
          const possible = new Set(resource?.operations ?? [])
          return {
            label: resource?.title ?? id,
            key: id,
            href: version.links.resource(id),
            marks: operations.columns.map(
              (operation) =>
                marks.get(operation) ?? { effect: possible.has(operation) ? 'none' : 'absent', note: null },
            ),
            others: [...marks]
              .filter(([operation]) => !operations.shown.has(operation))
              .sort(([a], [b]) => byText(a, b))
              .map(([operation, mark]) => ({
                operation,
                access: access(operation),
                href: version.links.permission(`${id}.${operation}`),
                mark,
              })),
          }
        }),
      },
    ],
  }
}

/** What every role that touches a resource may do with it, by scope. */
export function resourceMatrix(version: Version, permissions: Permission[]): MatrixModel | null {
  const usable = permissions.filter((permission) => permission.operation !== null)
  const columns = sortOperations(
    version,
    usable.map((permission) => permission.operation!),
  )
  const access = accessOf(version)
  const cell = new Map<string, Map<string, Mark>>()
  for (const permission of usable) {
    for (const { role, grant } of version.grantsOf.get(permission.id) ?? []) {
      const row = cell.get(role.id) ?? new Map<string, Mark>()
      row.set(
        permission.operation!,
        strongest(row.get(permission.operation!), { effect: grant.effect, note: grant.note }),
      )
      cell.set(role.id, row)
    }
  }
  const groups = version.scopes.flatMap((scope) => {
    const rows = scope.roles
      .filter((role) => cell.has(role.id))
      .map((role) => ({
        label: role.name,
        key: null,
        href: version.links.role(role.id),
        marks: columns.map((operation): Mark => cell.get(role.id)!.get(operation) ?? { effect: 'none', note: null }),
        others: [],
      }))
    return rows.length > 0 ? [{ title: version.isScoped ? scope.title : null, rows }] : []
  })
  if (groups.length === 0) return null
  return { columns: columns.map((operation) => ({ operation, access: access(operation) })), hasOthers: false, groups }
}

export interface ActionRow {
  id: string
  /** Whether the id says more than the title. */
  isTelling: boolean
  title: string
  href: string | null
  description: string | null
  access: Access
  mark: Mark
}

/** What a role says of each permission. */
export function marksOf(role: Role): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const { permission, effect, note } of role.grants)
    marks.set(permission, strongest(marks.get(permission), { effect, note }))
  return marks
}

/** The permissions of a role that have no resource, by the headings that they stand below: rows of a table of actions. */
export function actionsOf(version: Version, role: Role): { title: string; rows: ActionRow[] }[] {
  const rows = role.grants.flatMap((grant): ActionRow[] => {
    const permission = version.permissionById.get(grant.permission)
    if (permission && permission.resource !== null && permission.operation !== null) return []
    const title = permission?.title ?? grant.permission
    return [
      {
        id: grant.permission,
        isTelling: title !== grant.permission && !isMadeFrom(grant.permission, title),
        title,
        href: version.links.permission(grant.permission),
        description: permission?.description ?? null,
        access: permission?.access ?? 'write',
        mark: { effect: grant.effect, note: grant.note },
      },
    ]
  })
  const byId = groupBy(rows, ({ id }) => id)
  const groups = version.actionGroups.map(({ title, permissions }) => ({
    title,
    rows: permissions.flatMap(({ id }) => byId.get(id) ?? []),
  }))
  const known = new Set(groups.flatMap((group) => group.rows))
  groups.push({ title: 'Other actions', rows: rows.filter((row) => !known.has(row)) })
  return groups.filter((group) => group.rows.length > 0)
}

export interface Split {
  read: number
  write: number
  admin: number
  total: number
}

/** How many of these permissions read, write and administer. */
export function accessSplit(version: Version, permissions: readonly string[]): Split {
  const split: Split = { read: 0, write: 0, admin: 0, total: permissions.length }
  for (const id of permissions) split[version.permissionById.get(id)?.access ?? 'write'] += 1
  return split
}

/** Operations in reading order: by access, then the usual verbs, then by name. */
export function sortOperations(version: Version, operations: Iterable<string>): string[] {
  const access = accessOf(version)
  return inOrder([...operations]).sort((a, b) => ACCESS.indexOf(access(a)) - ACCESS.indexOf(access(b)))
}

function accessOf(version: Version): (operation: string) => Access {
  const known = new Map(version.data.operations.map((operation) => [operation.id, operation.access]))
  return (operation) => known.get(operation) ?? 'write'
}

/**
 * The operations that get a column: those that a row marks, and those that several rows could. Where that is too many,
 * what a single row marks moves into the last column.
 */
function columnsFor(
  version: Version,
  rows: { marked: string[]; possible: string[] }[],
): { columns: string[]; shown: Set<string> } {
  const users = new Map<string, number>()
  const marked = new Set(rows.flatMap((row) => row.marked))
  for (const row of rows) {
    for (const operation of new Set([...row.marked, ...row.possible]))
      users.set(operation, (users.get(operation) ?? 0) + 1)
  }
  const several = rows.length > 1 ? 2 : 1
  let columns = [...users.keys()].filter((operation) => marked.has(operation) || users.get(operation)! >= several)
  if (columns.length > MOST_COLUMNS && rows.length > 1) {
    columns = columns.filter((operation) => users.get(operation)! > 1)
    if (columns.length > MOST_COLUMNS) {
      columns = columns.sort((a, b) => users.get(b)! - users.get(a)! || byText(a, b)).slice(0, MOST_COLUMNS)
    }
  }
  return { columns: sortOperations(version, columns), shown: new Set(columns) }
}

function inOrder(operations: string[]): string[] {
  const rank = (operation: string) => {
    const position = USUAL_ORDER.indexOf(operation)
    return position < 0 ? USUAL_ORDER.length : position
  }
  return [...new Set(operations)].sort((a, b) => rank(a) - rank(b) || byText(a, b))
}

const STRENGTH: Record<Mark['effect'], number> = { denied: 4, conditional: 3, granted: 2, none: 1, absent: 0 }

/** Where a page says two things of one permission, the more careful one is shown. */
function strongest(a: Mark | undefined, b: Mark): Mark {
  return a && STRENGTH[a.effect] >= STRENGTH[b.effect] ? a : b
}

/** Runs of columns that share an access, for the header's first row. */
export function columnRuns(columns: MatrixColumn[]): { access: Access; span: number }[] {
  const runs: { access: Access; span: number }[] = []
  for (const { access } of columns) {
    const last = runs.at(-1)
    if (last && last.access === access) last.span += 1
    else runs.push({ access, span: 1 })
  }
  return runs
}
