import type { Finding } from '../../diagnostic.ts'
import type { Written } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { isUnticked, readItems } from '../list.ts'
import { areGcpPermissions, gcpPermissionIn } from './google-permissions.ts'
import { listPolicy } from './privileges.ts'

/** Bullets of Google Cloud permissions. https://cloud.google.com/iam/docs/permissions-reference */
export default defineDialect({
  id: 'gcp-permission-list',
  summary: 'A list of Google Cloud permissions (`service.resource.verb`)',
  block: 'list',
  examples: [
    {
      name: 'two permissions',
      mdx: '## GCP permissions\n\n- `compute.disks.create`\n- `compute.disks.get`: reads one\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
  ],
  score(input) {
    const lines = readItems(input.block).map((item) => item.text)
    return areGcpPermissions(lines, input) ? 0.92 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const actions: Written[] = []
    for (const item of readItems(input.block)) {
      const permission = gcpPermissionIn(item.text)
      if (permission !== null && !isUnticked(item)) actions.push({ text: permission, span: item.span })
      if (permission !== null) continue
      const message = `\`${item.text}\` stands in a list of permissions but is not written as \`service.resource.verb\`, so it is not in the model.`
      findings.push(unrecognised(input, item.span, message, [input.surroundings.names[0]?.text ?? '', item.text]))
    }
    return { value: [listPolicy(input, { provider: 'gcp', policyKind: 'custom-role' }, actions)], findings }
  },
})
