import { headOf } from '../policies/statements.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'policy-version',
  category: 'policies',
  severity: 'warning',
  summary: 'An IAM policy without the current Version',
  docs: `
\`Version\` says which policy language a document is written in. Without it AWS takes the language of 2008, in which
policy variables such as \`\${aws:username}\` are plain text and newer elements are refused. The date is no date of the
document: it is \`2012-10-17\` for every current policy.

Looked at are IAM policies, trust policies among them, that could be read as a whole. A \`Version\` that AWS does not know is
an error of \`invalid-policy\`.

**To fix it**, write \`"Version": "2012-10-17"\`. **Accept it** where the page shows an old policy on purpose.
`,
  examples: [
    {
      name: 'without a Version',
      mdx: '## Nodes policy\n\n```json\n{"Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}\n```\n',
      expect: ['3:1'],
    },
    {
      name: 'the old language',
      mdx: '## Nodes policy\n\n```json\n{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}\n```\n',
      expect: ['4:13'],
    },
    {
      name: 'the current language',
      mdx: '## Nodes policy\n\n```json\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}\n```\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const { id, claims } of model.policies) {
      for (const claim of claims) {
        // Of a document that does not parse, what seems to be missing may be there.
        if (claim.policyKind !== 'iam-policy' || claim.document === null) continue
        if (claim.version === null) {
          report({
            message: 'This policy has no `Version`, so AWS reads it as one of 2008. Write `"Version": "2012-10-17"`.',
            span: headOf(claim),
            subject: id,
            ids: [],
          })
        } else if (claim.version?.text === '2008-10-17') {
          report({
            message: '`Version` "2008-10-17" is the old policy language, without variables. Write "2012-10-17".',
            span: claim.version.span,
            subject: id,
            ids: [],
          })
        }
      }
    }
  },
})
