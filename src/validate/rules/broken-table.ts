import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'broken-table',
  category: 'structure',
  severity: 'warning',
  summary: 'A table whose header and delimiter row disagree is no table at all',
  docs: `
Markdown takes lines with pipes for a table only where the header and the row of hyphens have the same number of cells.
Otherwise the page shows the pipes as text. Rolebook reads the table by its header all the same.

Three other ways to lose rows are reported under this name, and nothing of those rows is in the model: rows with no row of
hyphens under the first, a row that a blank line or a comment parts from its table, and a line right under a table that is a
label and marks, and has no pipes.

**To fix it**, give the header and the hyphens the same number of cells, write the row of hyphens, or join the row to its
table. **Accept it** where the pipes are meant as text; a code fence says so better.
`,
  examples: [
    {
      name: 'one cell too many',
      mdx: '| Role | Get |\n| --- | --- | --- |\n| Admin | √ |\n',
      expect: ['1:1'],
    },
    {
      name: 'a pipe that is text',
      mdx: '| Role | Get \\| List |\n| --- | --- |\n| Admin | √ |\n',
      expect: [],
    },
  ],
})
