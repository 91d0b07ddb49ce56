/** The writers of roles' grants, by the dialects that they write. */
import type { Writer } from './writer.ts'
import lists from './writers/lists.ts'
import marks from './writers/marks.ts'
import permissionTable from './writers/permission-table.ts'
import rolePermissions from './writers/role-permissions.ts'

const WRITERS: readonly Writer[] = [marks, lists, permissionTable, rolePermissions]

/** Ids of the dialects that can be asked for. */
export const ROLE_FORMS: readonly string[] = WRITERS.flatMap(({ dialects }) => dialects)

/** The writer of a dialect; `null` where nothing writes it. */
export function writerOf(dialect: string): Writer | null {
  return WRITERS.find(({ dialects }) => dialects.includes(dialect)) ?? null
}
