import { UNSCOPED } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { sameName } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { roleTables } from '../shared/listings.ts'
import { compareEvidence } from '../shared/permissions.ts'
import { repeatedRoles } from '../shared/repeated-roles.ts'
import { nameKey } from '../shared/role-names.ts'

export default defineRule({
  id: 'duplicate-role',
  category: 'roles',
  severity: 'warning',
  summary: 'A page gives one role twice, or two roles have names that differ in punctuation or a plural alone',
  docs: `
Two panels with the same name are one role to Rolebook, with the permissions of both. If the second panel was copied and
its name forgotten, that role is published with more than it has. Two names that differ in a hyphen or a plural
(\`Dock Admin\`, \`Docks-Admin\`) are two roles to a program and one to a reader.

Panels and headings of the same name on one page count, where both hold permissions and stand in the same section, or where
at least half of the smaller one's permissions are in both. Several blocks in one panel are one list in parts. Panels
inside different tabs (a tab for each version), partials, and the columns of tables are left out, and so are pages: the
same role on two pages is what \`conflicting-grants\` compares.

**To fix it**, give each role its own name, and bring the parts of one role together. **Accept it** where the role is
shown twice on purpose.
`,
  examples: [
    {
      name: 'a copied panel',
      mdx: '## Docks\n\n<AccordionPanel title="Dock Admin">\n\n- dock.create\n\n</AccordionPanel>\n<AccordionPanel title="Dock Admin">\n\n- dock.get\n\n</AccordionPanel>\n',
      expect: ['8:24'],
    },
    {
      name: 'a plural',
      mdx: '## Dock Admin\n\n- dock.create\n\n## Docks Admin\n\n- dock.get\n',
      expect: ['5:1'],
    },
    {
      name: 'one role for each version',
      mdx: '<TabItem label="Version 1">\n<AccordionPanel title="Dock Admin">\n\n- dock.create\n\n</AccordionPanel>\n</TabItem>\n<TabItem label="Version 2">\n<AccordionPanel title="Dock Admin">\n\n- dock.create\n- dock.get\n\n</AccordionPanel>\n</TabItem>\n',
      expect: [],
    },
    {
      name: 'two tables for one role',
      mdx: '## Dock Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | √ | √ |\n\nAnd its cranes:\n\n|  | Create | Get |\n| --- | --- | --- |\n| crane | √ | √ |\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    const tables = roleTables(model, reading)
    for (const { role, part, first } of repeatedRoles(model, reading)) {
      const table = tables.find(({ section, bare }) => bare.length > 0 && part.sections.includes(section))
      const left = table?.bare.map((row) => `\`${row.name}\``).join(', ')
      const hint = left ? ` Is one of them ${left} of the role table, to which no block grants?` : ''
      report({
        message: `\`${role.name}\` has its permissions twice on this page, and both lists are published as one role.${hint} Correct the name of one, or bring the lists together.`,
        span: part.name.span,
        subject: role.id,
        ids: ['name', part.name.span.path],
        related: [{ ...placeOf(first.name.span), note: 'the same role here' }],
      })
    }
    const families = Map.groupBy(model.roles, (role) => JSON.stringify([role.scope, nameKey(role.name)]))
    for (const family of families.values()) {
      const [first, ...others] = [...family].sort((a, b) => compareEvidence(a.nameEvidence, b.nameEvidence))
      for (const other of others) {
        if (!first || nameKey(other.name) === '' || sameName(first.name, other.name)) continue
        if (first.grants.length === 0 || other.grants.length === 0) continue
        const samePage = first.nameEvidence.span.path === other.nameEvidence.span.path
        if (!samePage && other.scope === UNSCOPED) continue
        report({
          message: `\`${other.name}\` and \`${first.name}\` are two roles whose names differ in punctuation or a plural alone. Use one name if one role is meant.`,
          span: other.nameEvidence.span,
          subject: other.id,
          ids: ['spelling', first.id],
          related: [{ ...placeOf(first.nameEvidence.span), note: `\`${first.name}\` here` }],
        })
      }
    }
  },
})
