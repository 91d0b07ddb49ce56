import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'inferred-mark',
  category: 'structure',
  severity: 'info',
  summary: 'A sign was read as “denied” only because it is the other sign beside ticks',
  docs: `
A table whose cells hold ticks and one other sign that draws nothing (\`O\`, \`0\`, \`·\`), and that leaves no cell blank,
means “no” by that sign. It is read so, and said once for each table, because nobody wrote it down.

**To fix it**, write a legend beside the table (\`O = not allowed\`), use a mark that is known, or add the sign to
\`marks.denied\` in the config.
**Accept it** where the sign means “no” and readers know it.
`,
  examples: [
    {
      name: 'O beside ticks',
      mdx: '| Permission | Admin | Guest |\n| --- | --- | --- |\n| Read logs | ✓ | ✓ |\n| Delete logs | ✓ | O |\n',
      expect: ['4:21'],
    },
    {
      name: 'O with a legend',
      mdx: '| Permission | Admin | Guest |\n| --- | --- | --- |\n| Read logs | ✓ | ✓ |\n| Delete logs | ✓ | O |\n\nO = not allowed\n',
      expect: [],
    },
  ],
})
