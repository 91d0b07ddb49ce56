import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'invalid-policy',
  category: 'policies',
  severity: 'error',
  summary: 'A cloud policy that its provider would refuse',
  docs: `
People copy policies from documentation and apply them as they are. A missing comma, a statement without \`Effect\`, an
action that is no action: the provider refuses the document, and the reader is left to find out why.

Positions are those of the error itself. JSON is read on past an error as far as possible, so the actions of a broken
policy are in the dataset; its \`document\` is \`null\`.

**To fix it**, correct the document. **Accept it** only in pages of versions that are no longer edited.
`,
  examples: [
    {
      name: 'a missing comma',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": ["ec2:RunInstances" "ec2:StopInstances"],\n    "Resource": "*"\n  }]\n}\n```\n',
      expect: ['8:35'],
    },
    {
      name: 'a statement without Effect',
      mdx: '## Nodes policy\n\n```json\n{"Statement": [{"Action": "ec2:RunInstances", "Resource": "*"}]}\n```\n',
      expect: ['4:16'],
    },
    {
      name: 'a command in a json fence',
      mdx: '## Roles\n\n```json\naz role assignment create --assignee $ASSIGNEE\n```\n',
      expect: [],
    },
  ],
})
