import type { Fix, Span } from '../../diagnostic.ts'
import { placeOf } from '../../parse/source.ts'
import { removalOf, Texts } from '../policies/lines.ts'
import { listsOf, sameAction, statementsOf } from '../policies/statements.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'duplicate-action',
  category: 'policies',
  severity: 'warning',
  summary: 'A statement or a list that names an action twice',
  docs: `
The second time grants nothing more. It is often what is left of two lists that were put together, or stands in place of an
action that was meant: then the policy lacks that one.

Actions are compared within one statement of a document, one list and one table, for AWS and Azure without regard to case. Two
statements may name an action: their resources and conditions differ. Tables of privileges may name one under two headings.

**To fix it**, remove the second one; where it stands on a line of its own, the fix does. **Accept it** where the list is taken
over from elsewhere and should stay as it is there.
`,
  examples: [
    {
      name: 'twice in one statement',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": [\n      "ec2:CreateTags",\n      "ec2:RunInstances",\n      "ec2:createTags"\n    ],\n    "Resource": "*"\n  }]\n}\n```\n',
      expect: ['11:7'],
    },
    {
      name: 'twice in a list of API names',
      mdx: '## CloudStack permissions\n\n```text\ncreateNetwork\nlistZones\ncreateNetwork\nlistUsers\n```\n',
      expect: ['6:1'],
    },
    {
      name: 'on two resources',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::one/*"},\n    {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::two/*"}\n  ]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    const texts = new Texts(reading.pages)
    for (const { policy, claim, statement } of statementsOf(model)) {
      for (const list of listsOf(statement)) {
        const first = new Map<string, Span>()
        let before: Span | null = null
        for (const { action, span } of list) {
          const key = sameAction(claim.provider, action)
          const known = first.get(key)
          if (known) {
            const edit = before && removalOf(texts, before, span)
            const fix: Fix | null = edit ? { description: `Remove the second \`${action}\``, edits: [edit] } : null
            report({
              message: `\`${action}\` is listed already, at line ${known.line}. Remove one of the two, or write the action that was meant.`,
              span,
              subject: policy.id,
              ids: [action],
              related: [{ ...placeOf(known), note: 'listed here first' }],
              fix,
            })
          } else first.set(key, span)
          before = span
        }
      }
    }
  },
})
