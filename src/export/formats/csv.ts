import type { Dataset } from '../../model/dataset.ts'
import { defineFormat } from '../format.ts'

const COLUMNS = [
  'role_id',
  'role_name',
  'scope',
  'group',
  'level',
  'permission',
  'resource',
  'operation',
  'access',
  'effect',
  'note',
  'path',
  'line',
  'column',
]

/** Grants as CSV after RFC 4180: a header row, CRLF, UTF-8 without a byte-order mark. */
export default defineFormat({
  id: 'csv',
  summary: 'One row per grant, as CSV',
  files(dataset) {
    const rows = [COLUMNS, ...grantRows(dataset)]
    const content = rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
    const description = 'One row for each grant: role, permission, access, effect, and the line it was read from.'
    return [{ name: 'grants.csv', title: 'Grants', description, content }]
  },
})

function grantRows(dataset: Dataset): (string | number | null)[][] {
  const permissions = new Map(dataset.permissions.map((permission) => [permission.id, permission]))
  return dataset.roles.flatMap((role) =>
    role.grants.map((grant) => {
      const permission = permissions.get(grant.permission)
      const { path, line, column } = grant.source
      const what = [
        grant.permission,
        permission?.resource ?? null,
        permission?.operation ?? null,
        permission?.access ?? null,
      ]
      return [
        role.id,
        role.name,
        role.scope,
        role.group,
        role.level,
        ...what,
        grant.effect,
        grant.note,
        path,
        line,
        column,
      ]
    }),
  )
}

/**
 * A value as a CSV field. One that a spreadsheet would run as a formula gets an apostrophe before it:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function field(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
