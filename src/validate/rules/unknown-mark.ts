import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unknown-mark',
  category: 'structure',
  severity: 'warning',
  summary: 'A cell of a permission table holds neither a known mark nor nothing',
  docs: `
A blank cell says that a role lacks a permission. A cell with something in it that is no known mark says nothing that a
program may rely on, so it is left out of the model and reported.

A mark is known by the config, by a legend beside the table (\`X = granted\`), or by the other marks of its table: \`x\` is a
cross beside ticks. A word among marks says more than a mark can; where it is a condition, it belongs in a footnote.

A row of marks that doesn't say of what is reported here as well.

**To fix it**, write a mark that is known, explain it in a legend, or add it to \`marks.granted\` or \`marks.denied\` in the
config. **Accept it** where the words say something that is neither: the cell stays out of the model.
`,
  examples: [
    {
      name: 'a question mark',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | ? | √ |\n',
      expect: ['5:13'],
    },
    {
      name: 'a mark that a legend explains',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | ◐ | √ |\n\n◐ = granted\n',
      expect: [],
    },
  ],
})
