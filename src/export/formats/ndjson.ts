import type { Dataset } from '../../model/dataset.ts'
import { toJsonLine } from '../../text.ts'
import { defineFormat } from '../format.ts'

/** A JSON value a line, after https://github.com/ndjson/ndjson-spec: for `jq`, `DuckDB`, BigQuery and log pipelines. */
export default defineFormat({
  id: 'ndjson',
  summary: 'Grants and roles as JSON, one a line',
  files(dataset) {
    return [
      {
        name: 'grants.ndjson',
        title: 'Grants, one a line',
        description: 'One JSON object for each grant: role, permission, effect, note, and its place.',
        content: grantsOf(dataset).map(toJsonLine).join(''),
      },
      {
        name: 'roles.ndjson',
        title: 'Roles, one a line',
        description: 'One JSON object for each role, as the dataset has it.',
        content: dataset.roles.map(toJsonLine).join(''),
      },
    ]
  },
})

function grantsOf({ roles, permissions }: Dataset) {
  const known = new Map(permissions.map((permission) => [permission.id, permission]))
  return roles.flatMap((role) =>
    role.grants.map(({ permission, effect, note, source }) => {
      const { resource = null, operation = null, access = null } = known.get(permission) ?? {}
      const { id, name, scope, group, level } = role
      return { role: id, name, scope, group, level, permission, resource, operation, access, effect, note, source }
    }),
  )
}
