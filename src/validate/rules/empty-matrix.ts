import { defineRule } from '../rule.ts'
import { blockIds, inputOf, ownBlocks, roleOf } from '../shared/tables.ts'

export default defineRule({
  id: 'empty-matrix',
  category: 'structure',
  severity: 'warning',
  summary: 'A matrix of permissions holds no mark',
  docs: `
A table whose cells are all blank says of every permission that its role does not have it. Nobody draws up a table to say
that: the marks were lost in a conversion, or the table is a form that was never filled in. Readers can't tell which.

Looked at are matrices of resources and operations that belong to one role. A table with a single mark, and one that
denies (\`✗\`) what it doesn't grant, is complete. A role's blank column beside the columns of other roles is left out: such
a table says of some role now and then that it has nothing. A role that no block grants to is reported by
\`role-without-permissions\`, which leaves out the roles of this rule.

**To fix it**, write the marks, or remove the table and say in a sentence that the role has none. **Accept it** where the
blank table is what you mean to say.
`,
  examples: [
    {
      name: 'a matrix without marks',
      mdx: '## Cluster Viewer\n\n| Resource | Create | Get |\n| --- | --- | --- |\n| cluster |  |  |\n| pack |  |  |\n',
      expect: ['3:1'],
    },
    {
      name: 'a single mark',
      mdx: '## Cluster Viewer\n\n| Resource | Create | Get |\n| --- | --- | --- |\n| cluster |  |  |\n| pack |  | ✓ |\n',
      expect: [],
    },
    {
      name: 'nothing but denials',
      mdx: '## Guest\n\n| Resource | Create | Get |\n| --- | --- | --- |\n| cluster | ✗ | ✗ |\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    for (const read of ownBlocks(reading)) {
      if (read.dialect !== 'resource-by-operation') continue
      const input = inputOf(read)
      const [first] = input.grid.header
      const last = input.grid.header.at(-1)
      if (!first || !last || input.grid.rows.length === 0) continue
      // Only the labels may say something: a column with anything in it was read, or was reported.
      const said = input.grid.rows.some((row) => row.cells.slice(1).some(({ text }) => text !== ''))
      if (said) continue
      const name = input.surroundings.names[0]?.text
      const whose = name ? ` of \`${name}\`` : ''
      const { line, column } = input.block.span
      report({
        message: `This table${whose} holds no mark, so it grants nothing. Write its marks, or remove the table.`,
        span: { path: first.span.path, line, column, endLine: last.span.endLine, endColumn: last.span.endColumn },
        subject: roleOf(read, model),
        ids: blockIds(read),
      })
    }
  },
})
