import type { Span } from '../../diagnostic.ts'
import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'duplicate-sid',
  category: 'policies',
  severity: 'error',
  summary: 'Two statements of one policy with the same Sid',
  docs: `
AWS refuses a policy in which two statements have one \`Sid\`. It comes of a statement that was copied to make another; what the
copy kept besides its \`Sid\` is worth a look.

Statements without a \`Sid\`, or with an empty one, are fine. Two policies may have statements of one \`Sid\`, even in one code block.

**To fix it**, give the second statement a \`Sid\` of its own. **Accept it** only in pages of versions that are no longer edited.
`,
  examples: [
    {
      name: 'a copied statement',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Sid": "Nodes", "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"},\n    {"Sid": "Nodes", "Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*"}\n  ]\n}\n```\n',
      expect: ['8:13'],
    },
    {
      name: 'a Sid each, and none',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Sid": "Run", "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"},\n    {"Sid": "Stop", "Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*"},\n    {"Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*"}\n  ]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const { id, claims } of model.policies) {
      for (const claim of claims) {
        const first = new Map<string, Span>()
        for (const { sid, parts } of claim.statements) {
          if (sid === null || parts.sid === null) continue
          const known = first.get(sid)
          if (known) {
            report({
              message: `The \`Sid\` "${sid}" stands at line ${known.line} already: AWS refuses the policy. Give each statement its own.`,
              span: parts.sid,
              subject: id,
              ids: [sid],
              related: [{ ...placeOf(known), note: 'the first statement with this `Sid`' }],
            })
          } else first.set(sid, parts.sid)
        }
      }
    }
  },
})
