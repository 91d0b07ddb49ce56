import { defineRule } from '../rule.ts'
import { roleTables } from '../shared/listings.ts'
import { repeatedRoles } from '../shared/repeated-roles.ts'

export default defineRule({
  id: 'role-without-permissions',
  category: 'roles',
  severity: 'warning',
  summary: 'A role table describes a role to which no block grants anything',
  docs: `
A reader who finds a role in the table looks for its permissions. Where the other roles of the table have theirs on the
page and one has none, its panel is missing or has another name.

Looked at are role tables of which at least one role has a block in the section. A role that has its permissions on
another page is not reported, nor is a role whose block is there and holds nothing. Where the section also has a role that
the table does not list, \`undocumented-role\` names both; where it has one role twice, \`duplicate-role\` does.

**To fix it**, add the role's permissions, or take it out of the table. **Accept it** where the role really has none.
`,
  examples: [
    {
      name: 'a role whose panel is missing',
      mdx: '## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Admin | Runs docks |\n| Dock Editor | Changes docks |\n| Dock Viewer | Sees docks |\n\n### Dock Admin\n\n- dock.create\n\n### Dock Viewer\n\n- dock.get\n',
      expect: ['6:3'],
    },
    {
      name: 'a table of roles alone',
      mdx: '## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Admin | Runs docks |\n| Dock Viewer | Sees docks |\n',
      expect: [],
    },
    {
      name: 'permissions on another page',
      mdx: '# Tenant Roles\n\n| Role Name | Description |\n| --- | --- |\n| Dock Admin | Runs docks |\n| Dock Viewer | Sees docks |\n\n## Dock Admin\n\n- dock.create\n',
      files: { 'viewer.mdx': '# Tenant Viewers\n\n## Dock Viewer\n\n- dock.get\n' },
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    const roles = new Map(model.roles.map((role) => [role.row, role]))
    const repeated = repeatedRoles(model, reading)
    for (const { section, listed, unlisted, bare } of roleTables(model, reading)) {
      if (listed.size === 0) continue
      if (bare.length === 1 && repeated.some(({ part }) => part.sections.includes(section))) continue
      // As many names as rows that do not fit: `undocumented-role` says so, with these rows.
      if (unlisted.length > 0 && listed.size > unlisted.length) continue
      for (const row of bare) {
        const role = roles.get(row)
        report({
          message: `The role table lists \`${row.name}\`, but no block grants anything to it. Add its permissions, or remove it from the table.`,
          span: row.evidence.span,
          subject: role?.id ?? null,
          ids: [row.name],
        })
      }
    }
  },
})
