import { compareText } from '../../diagnostic.ts'
import { heldGrants, type RoleGrant } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted } from '../../text.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'read-only-role-writes',
  category: 'roles',
  severity: 'error',
  summary: 'A role that says it only reads grants an operation that writes',
  docs: `
A viewer role is given to people who must not change anything. When its table marks Create or Update, either the marks
stand in the wrong columns or the role is not what its name says; whoever relies on the page is misled in both cases. So it is
where such a role takes over what another one has that writes (“Same permissions as Editor”).

A role counts as read-only when its name or its description says so ("Viewer", "read-only", "cannot modify"; the words
are \`vocabulary.readOnly\` in the config). An operation writes when its access in the vocabulary is \`write\` or \`admin\`.
What a viewer does with its own (“Change own password”) is no such operation.

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
      name: 'a viewer that has all that an editor has',
      mdx: '## Dock Editor\n\n- dock.get\n- dock.update\n\n## Dock Viewer\n\nSame permissions as Dock Editor.\n',
      expect: ['8:1'],
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
    {
      name: 'what a viewer does with its own',
      mdx: '# Roles\n\n| Action | Dock Admin | Dock Viewer |\n| --- | --- | --- |\n| Change own password | √ | √ |\n| Delete docks | √ | |\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const role of model.roles) {
      const { readOnly } = role
      if (!readOnly) continue
      const all = heldGrants(role)
      const readable = new Set(all.filter((grant) => grant.access === 'read').map((grant) => grant.resource))
      const why =
        readOnly.from === 'name' ? 'its name says that it only reads' : `its description says “${readOnly.quote}”`
      const base = { subject: role.id, related: [{ ...placeOf(readOnly.span), note: 'said to be read-only here' }] }
      for (const [{ span }, grants] of Map.groupBy(role.inherited.filter(writes), ({ evidence }) => evidence)) {
        const permissions = grants.map(({ permission }) => permission).sort(compareText)
        report({
          ...base,
          message: `\`${role.name}\` takes over ${fewQuoted(permissions, 5)}, which is more than reading, but ${why}. Name the role that it is like, or list what it may read.`,
          span,
          ids: ['inherited', ...permissions],
        })
      }
      for (const grant of role.grants.filter(writes)) {
        const columns =
          grant.resource !== null && !readable.has(grant.resource)
            ? ' It has no read permission on this resource: are the marks in the wrong columns?'
            : ''
        report({
          ...base,
          message: `\`${role.name}\` grants \`${grant.permission}\`, which is ${grant.access === 'admin' ? 'an admin' : 'a write'} operation, but ${why}.${columns}`,
          span: grant.evidence.span,
          ids: [grant.permission],
        })
      }
    }
  },
})

/** An action on what is somebody's own, which those who only read have as well: a password, a booking. */
const OWN = /(?:^|[/-])(?:own|their)-[^/]+$/

function writes({ effect, access, isAccessSaid, resource, permission }: RoleGrant): boolean {
  if (effect === 'denied' || access === 'read' || !isAccessSaid) return false
  return resource !== null || !OWN.test(permission)
}
