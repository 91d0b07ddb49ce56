import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'ragged-row',
  category: 'structure',
  severity: 'warning',
  summary: 'A row of a permission table has another number of cells than its header',
  docs: `
A cell beyond the header's last belongs to no column: Markdown drops it, and most often a cell before it stands in the
wrong place. A row that breaks off without a pipe, among rows that don't, may have lost a cell in its middle. The cells
that fit are in the model as they stand.

A row may leave out its last cells where they are blank; that is no finding.

**To fix it**, write as many cells as the header has; a pipe that is meant as text is written \`\\|\`. **Accept it** where the
row breaks off on purpose, because its last cells are blank.
`,
  examples: [
    {
      name: 'a cell too many',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | √ | √ | √ |\n',
      expect: ['5:21'],
    },
    {
      name: 'a row that breaks off',
      mdx: '## Cluster Admin\n\n|  | Create | Get | List |\n| --- | --- | --- | --- |\n| cluster | √ | √ | √ |\n| pack | √ | √ | √ |\n| space | √ | √\n',
      expect: ['7:15'],
    },
    {
      name: 'blank cells left out',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | √ |\n',
      expect: [],
    },
  ],
})
