import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unclosed-tag',
  category: 'structure',
  severity: 'warning',
  summary: 'A tab or panel that is never closed',
  docs: `
Strict MDX refuses a page with a tag that is not closed; a tolerant reader has to guess where the panel ends. Grants that
follow may be read as those of the wrong role.

Looked at are tags that name what they hold by \`label\`, \`title\` or \`tab\`, and tables of tags. Tags that need no end
(\`<br>\`) are left out.

**To fix it**, close the panel where it ends. **Accept it** where the panel goes on to the end of the page.
`,
  examples: [
    {
      name: 'a tab without an end',
      mdx: '<Tabs>\n<TabItem label="Cluster Viewer">\n\n- cluster.get\n\n<TabItem label="Cluster Admin">\n\n- cluster.create\n\n</TabItem>\n</Tabs>\n',
      expect: ['2:1'],
    },
    {
      name: 'tags that need no end',
      mdx: '<Tabs>\n<TabItem label="Cluster Viewer">\n<br>\n\n- cluster.get\n\n</TabItem>\n</Tabs>\n',
      expect: [],
    },
  ],
})
