import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'
import { roleTables } from '../shared/listings.ts'

export default defineRule({
  id: 'undocumented-role',
  category: 'roles',
  severity: 'warning',
  summary: "A block grants to a role that the section's role table does not list",
  docs: `
A role table tells the reader which roles there are and what they are for. A role with permissions and no row in it is
overlooked, or its panel has been given another role's name.

Looked at are sections with a role table that lists most of the roles whose permissions stand in the section. A role whose
name is another one than its row's, and that could be paired with it, is a name mismatch (\`role-name-mismatch\`), not an
undocumented role. A role that another section's table describes is reported only where a row of this section's table is
left without permissions: then the panel very probably has the wrong name.

**To fix it**, add a row for the role, or correct the name of the panel. **Accept it** where the role is left out of the
table on purpose.
`,
  examples: [
    {
      name: 'a panel that the table does not know',
      mdx: '## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Admin | Runs docks |\n| Dock Viewer | Sees docks |\n\n### Dock Admin\n\n- dock.create\n\n### Dock Viewer\n\n- dock.get\n\n### Dock Inspector\n\n- dock.get\n- dock.list\n',
      expect: ['16:1'],
    },
    {
      name: 'a panel whose name is another one than its row',
      mdx: '## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Admin | Runs docks |\n| Dock Viewer | Sees docks |\n\n### Dock Admin\n\n- dock.create\n\n### Dock Inspector\n\n- dock.get\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    for (const { rows, listed, unlisted, bare } of roleTables(model, reading)) {
      if (listed.size <= unlisted.length) continue
      for (const { role, block } of unlisted) {
        if (role.row !== null && bare.length === 0) continue
        const name = block.names.find((candidate) => candidate.text.trim() === role.name)
        const left = bare.map((row) => `\`${row.name}\``)
        const hint =
          left.length > 0
            ? ` The table also lists ${left.join(', ')}, to which no block grants: is one of them meant?`
            : ''
        const table = rows[0]?.block.evidence.span
        report({
          message: `The role table of this section does not list \`${role.name}\`, which has permissions here.${hint} Add a row for it, or correct the name.`,
          span: name?.span ?? role.nameEvidence.span,
          subject: role.id,
          ids: rows.map((row) => row.name),
          related: table ? [{ ...placeOf(table), note: 'the role table of this section' }] : [],
        })
      }
    }
  },
})
