import { defineRule } from '../rule.ts'
import { shiftedKeys } from '../shared/shifted.ts'

export default defineRule({
  id: 'write-without-read',
  category: 'roles',
  severity: 'warning',
  summary: 'A role can write a resource that it can neither get nor list',
  docs: `
A person who may create or delete something but may not see it can rarely use the permission. In a matrix it usually
means that the marks of one row have slipped into other columns.

Resources on which nobody can be given a read operation (a \`tag\` that has \`update\` alone) are left out, and so are
roles that say they only read: there \`read-only-role-writes\` reports each mark. Where the row's siblings tell which
columns are meant, \`shifted-marks\` reports it instead.

**To fix it**, add the read permission, or move the marks. **Accept it** where the product's role is really like that.
`,
  examples: [
    {
      name: 'slipped marks',
      mdx: '## Cluster Admin\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| cluster | √ | √ | √ | √ |\n| macro | √ | √ |  |  |\n\n## Macro Viewer\n\n- macro.get\n',
      expect: ['6:11'],
    },
    {
      name: 'nobody can read it',
      mdx: '## Tag Editor\n\n- tag.update\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    const shifted = shiftedKeys(model, reading)
    const readable = new Map<string, string[]>()
    for (const { resource, operation, access } of model.dataset.permissions) {
      if (resource === null || operation === null || access !== 'read') continue
      readable.set(resource, [...(readable.get(resource) ?? []), operation])
    }
    for (const role of model.roles) {
      if (role.readOnly) continue
      const held = role.grants.filter((grant) => grant.effect !== 'denied')
      for (const [resource, grants] of Map.groupBy(held, (grant) => grant.resource)) {
        if (resource === null || shifted.has(`${role.id} ${resource}`)) continue
        const reads = readable.get(resource)
        const [first] = grants
        if (!first || !reads || grants.some((grant) => grant.access === 'read' || grant.operation === '*')) continue
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
