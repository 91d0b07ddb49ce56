import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unclosed-fence',
  category: 'structure',
  severity: 'warning',
  summary: 'A code fence that does not end where its author meant',
  docs: `
A fence that is never closed takes the rest of the page for code: readers see tables and headings as text. The same
happens where the closing marks stand at the end of the last line of text, or further left than a list item's text.

Rolebook reads such a fence up to where it was meant to end, so that nothing after it is lost.

**To fix it**, close the fence on a line of its own, aligned with its opening. **Accept it** where all that follows is
meant as code.
`,
  examples: [
    {
      name: 'closing marks glued to the last line',
      mdx: '## Nodes policy\n\n```json\n{"Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}```\n\n## Cluster Viewer\n\n- cluster.get\n',
      expect: ['3:1'],
    },
    {
      name: 'a fence around a fence',
      mdx: '## Cluster Viewer\n\n````md\n```json\n{}\n```\n````\n\n- cluster.get\n',
      expect: [],
    },
  ],
})
