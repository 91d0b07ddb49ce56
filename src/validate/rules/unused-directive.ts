import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unused-directive',
  category: 'linter',
  severity: 'warning',
  summary: 'A directive that accepts nothing',
  docs: `
A directive that outlives its finding will hide the next one that comes to stand there. A directive for a rule that the
config switches off is let be.

**To fix it**, remove the directive, or move it to where its finding stands now.
`,
  examples: [
    {
      name: 'nothing to accept',
      mdx: '<!-- rolebook-disable-file unknown-mark -- explained below -->\n\n## Cluster Admin\n\n- cluster.get\n',
      expect: ['1:28'],
    },
    {
      name: 'a mark that it accepts',
      mdx: '<!-- rolebook-disable-file unknown-mark -- explained below -->\n\n## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | ? | √ |\n',
      expect: [],
    },
  ],
})
