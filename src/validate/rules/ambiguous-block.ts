import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'ambiguous-block',
  category: 'structure',
  severity: 'warning',
  summary: 'A block can be read in two ways, or belongs to one of several roles',
  docs: `
Two dialects fit a block equally well, or a section's role table names several roles and nothing tells which of them a
block without a heading of its own belongs to.

**To fix it**, give the block a heading or a panel with the role's name, or write the table's headings out. **Accept it**
where the message names the dialect that you mean.
`,
  examples: [
    {
      name: 'two roles and one matrix',
      mdx: '## Cluster\n\n| Role Name | Description |\n| --- | --- |\n| Cluster Admin | All |\n| Cluster Viewer | Reads |\n\n- cluster.get\n',
      expect: ['8:1'],
    },
    {
      name: 'a heading for the list',
      mdx: '## Cluster\n\n| Role Name | Description |\n| --- | --- |\n| Cluster Admin | All |\n| Cluster Viewer | Reads |\n\n### Cluster Viewer\n\n- cluster.get\n',
      expect: [],
    },
  ],
})
