import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'invalid-directive',
  category: 'linter',
  severity: 'error',
  summary: 'A directive that names no rule, a rule that does not exist, or no reason',
  docs: `
A comment accepts findings where they stand: \`<!-- rolebook-disable-next-line RULE -- reason -->\`, or the same in MDX's
braces. The directives are

- \`rolebook-disable-line\`: the line that the comment stands in;
- \`rolebook-disable-next-line\`: the next line that is not blank;
- \`rolebook-disable-next-block\`: the next table, list or code fence;
- \`rolebook-disable\` up to \`rolebook-enable\`, or to the end of the page;
- \`rolebook-disable-file\`: the whole page.

Several rules are parted by commas. The reason stands after two hyphens; without one the directive accepts nothing, because
whoever reads the page next year has to know why.

**To fix it**, write the rule's id and the reason.
`,
  examples: [
    {
      name: 'no reason, and a rule that does not exist',
      mdx: '<!-- rolebook-disable-file unknown-mark -->\n\n<!-- rolebook-disable-file unknown-marks -- explained below -->\n\n## Cluster Admin\n\n- cluster.get\n',
      expect: ['1:1', '3:28'],
    },
    {
      name: 'a rule and a reason',
      mdx: '## Cluster Viewer\n\n{/* rolebook-disable-next-line read-only-role-writes -- by design */}\n\n- cluster.create\n- cluster.get\n',
      expect: [],
    },
  ],
})
