import { heldGrants, type RoleEntity, type RoleGrant } from '../../model/model.ts'
import { defineRule } from '../rule.ts'
import { offeredBy } from '../shared/permissions.ts'
import { shiftedKeys } from '../shared/shifted.ts'

export default defineRule({
  id: 'write-without-read',
  category: 'roles',
  severity: 'warning',
  summary: 'A role can write a resource that it can neither get nor list',
  docs: `
A person who may create or delete something but may not see it can rarely use the permission. In a matrix it usually
means that the marks of one row have slipped into other columns.

Resources on which nobody can be given a read operation (a \`tag\` that has \`update\` alone) are left out, and so are those
that few roles read and most others only write, where no catalogue offers the read operation. Roles that say they only read
are left to \`read-only-role-writes\`, which reports each mark. Where the row's siblings tell which columns are meant,
\`shifted-marks\` reports it instead.

**To fix it**, add the read permission, or move the marks. **Accept it** where the product's role is really like that.
`,
  examples: [
    {
      name: 'slipped marks',
      mdx: '## Cluster Admin\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| cluster | √ | √ | √ | √ |\n| macro | √ | √ |  |  |\n\n## Macro Viewer\n\n- macro.get\n',
      expect: ['6:11'],
    },
    {
      name: 'one role alone reads what the others write',
      mdx: '## Tag Admin\n\n- tag.update\n\n## Tag Editor\n\n- tag.update\n\n## Tag Operator\n\n- tag.update\n\n## Tag Viewer\n\n- tag.export\n',
      expect: [],
    },
    {
      name: 'nobody can read it',
      mdx: '## Tag Editor\n\n- tag.update\n',
      expect: [],
    },
  ],
  check(input, report) {
    const { model, reading } = input
    const shifted = shiftedKeys(model, reading)
    const offered = offeredBy(input)
    const readable = new Map<string, string[]>()
    for (const { resource, operation, access } of model.dataset.permissions) {
      if (resource === null || operation === null || access !== 'read') continue
      const operations = readable.get(resource)
      if (operations) operations.push(operation)
      else readable.set(resource, [operation])
    }
    const blind: { role: RoleEntity; resource: string; grants: RoleGrant[] }[] = []
    const readers = new Map<string, number>()
    for (const role of model.roles) {
      for (const [resource, grants] of Map.groupBy(heldGrants(role), (grant) => grant.resource)) {
        if (resource === null || !readable.has(resource)) continue
        if (grants.some((grant) => grant.access === 'read' || grant.operation === '*'))
          readers.set(resource, (readers.get(resource) ?? 0) + 1)
        else if (!role.readOnly && !shifted.has(`${role.id} ${resource}`)) blind.push({ role, resource, grants })
      }
    }
    for (const [resource, roles] of Map.groupBy(blind, (one) => one.resource)) {
      const reads = readable.get(resource) ?? []
      // What a few roles read and most write alone is no resource that can be read: the few are odd.
      const isOffered = reads.some((operation) => offered.get(resource)?.has(operation))
      if (!isOffered && (readers.get(resource) ?? 0) * 2 < roles.length) continue
      for (const { role, grants } of roles) {
        const [first] = grants as [RoleGrant]
        const operations = grants.map((grant) => `\`${grant.operation}\``).join(', ')
        const missing = reads.map((operation) => `\`${operation}\``).join(' and ')
        report({
          message: `\`${role.name}\` grants ${operations} on \`${resource}\` but none of ${missing}: a resource that can't be seen can hardly be changed. Add a read permission, or check the columns of this row.`,
          span: first.evidence.span,
          subject: role.id,
          ids: [resource],
        })
      }
    }
  },
})
