import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'read-only-role-writes',
  category: 'roles',
  severity: 'error',
  summary: 'A role that says it only reads grants an operation that writes',
  docs: `
A viewer role is given to people who must not change anything. When its table marks Create or Update, either the marks
stand in the wrong columns or the role is not what its name says; whoever relies on the page is misled in both cases.

A role counts as read-only when its name or its description says so ("Viewer", "read-only", "cannot modify"; the words
are \`vocabulary.readOnly\` in the config). An operation writes when its access in the vocabulary is \`write\` or \`admin\`.

**To fix it**, move the marks to the columns they belong in, or correct the name or the description.
**Accept it** only where the product really behaves that way, and say so in the reason.
`,
  examples: [
    {
      name: 'a viewer marked Create',
      mdx: '## Cluster Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | √ | √ |\n',
      expect: ['5:13'],
    },
    {
      name: 'a viewer that reads',
      mdx: '## Cluster Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster |  | √ |\n',
      expect: [],
    },
    {
      name: 'a row without a verb',
      mdx: '# Roles\n\n| Action | Dock Admin | Dock Viewer |\n| --- | --- | --- |\n| Members | √ | √ |\n| Delete docks | √ | |\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const role of model.roles) {
      const { readOnly } = role
      if (!readOnly) continue
      const readable = new Set(role.grants.filter((grant) => grant.access === 'read').map((grant) => grant.resource))
      for (const grant of role.grants) {
        if (grant.effect === 'denied' || grant.access === 'read' || !grant.isAccessSaid) continue
        const columns =
          grant.resource !== null && !readable.has(grant.resource)
            ? ' It has no read permission on this resource: are the marks in the wrong columns?'
            : ''
        const why =
          readOnly.from === 'name' ? 'its name says that it only reads' : `its description says “${readOnly.quote}”`
        report({
          message: `\`${role.name}\` grants \`${grant.permission}\`, which is ${grant.access === 'admin' ? 'an admin' : 'a write'} operation, but ${why}.${columns}`,
          span: grant.evidence.span,
          subject: role.id,
          ids: [grant.permission],
          related: [{ ...placeOf(readOnly.span), note: 'said to be read-only here' }],
        })
      }
    }
  },
})
