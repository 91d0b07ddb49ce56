import type { Finding } from '../../diagnostic.ts'
import type { Written } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { areGcpPermissions, gcpPermissionIn } from './google-permissions.ts'
import { listPolicy } from './privileges.ts'

/**
 * A table of Google Cloud permissions: ids in the first column, words in the others. With columns of marks it is a table of
 * roles, and another dialect's. https://cloud.google.com/iam/docs/permissions-reference
 */
export default defineDialect({
  id: 'gcp-permission-table',
  summary: 'A table of Google Cloud permissions and what they are for',
  block: 'table',
  examples: [
    {
      name: 'two permissions',
      mdx: '## GCP permissions\n\n| Permission | Used for |\n| --- | --- |\n| `compute.disks.create` | Disks |\n| `compute.disks.get` | Disks |\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
  ],
  score(input) {
    if (input.markColumns.length > 0) return 0
    const lines = input.grid.rows.flatMap((row) => row.cells[0]?.lines ?? [])
    return areGcpPermissions(lines, input) ? 0.93 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const actions: Written[] = []
    for (const { cells } of input.grid.rows) {
      const [cell] = cells
      for (const line of cell?.lines ?? []) {
        const permission = gcpPermissionIn(line)
        if (!cell) continue
        if (permission !== null) actions.push({ text: permission, span: cell.span })
        else {
          const message = `\`${line}\` stands among permissions but is not written as \`service.resource.verb\`, so it is not in the model.`
          findings.push(unrecognised(input, cell.span, message, [input.surroundings.names[0]?.text ?? '', line]))
        }
      }
    }
    return { value: [listPolicy(input, { provider: 'gcp', policyKind: 'custom-role' }, actions)], findings }
  },
})
