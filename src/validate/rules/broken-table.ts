import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'broken-table',
  category: 'structure',
  severity: 'warning',
  summary: 'A table whose header and delimiter row disagree is no table at all',
  docs: `
Markdown takes lines with pipes for a table only where the header and the row of hyphens have the same number of cells.
Otherwise the page shows the pipes as text. Rolebook reads the table by its header all the same.

**To fix it**, give both rows the same number of cells.
`,
  examples: [
    {
      name: 'one cell too many',
      mdx: '| Role | Get |\n| --- | --- | --- |\n| Admin | √ |\n',
      expect: ['1:1'],
    },
  ],
})
