import { z } from 'zod'
import type { PolicyClaim } from '../../parse/claim.ts'
import { headOf } from '../policies/statements.ts'
import { defineRule } from '../rule.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const AWS_LIMITS = { managed: 6144, role: 10_240, group: 5120, user: 2048 }
const AWS_WORDS = {
  managed: 'a managed policy',
  role: 'the inline policies of a role',
  group: 'the inline policies of a group',
  user: 'the inline policies of a user',
}
/** https://cloud.google.com/iam/quotas */
const GCP_PERMISSIONS = 3000
const GCP_BYTES = 64 * 1024

export default defineRule({
  id: 'policy-size',
  category: 'policies',
  severity: 'warning',
  summary: 'A policy that is larger than its provider takes',
  docs: `
Clouds refuse a policy that is too large, and the reader meets the limit with the finished document in the clipboard. AWS counts
the characters of a document without white space: ${AWS_LIMITS.managed} for a managed policy, ${AWS_LIMITS.role} for all inline policies of a role together, ${AWS_LIMITS.group} for those
of a group, ${AWS_LIMITS.user} for those of a user. Google Cloud takes ${GCP_PERMISSIONS} permissions in a custom role, and 64 KB of names, title and description.

Looked at are IAM policies that can be attached (those with a \`Principal\` have limits of their own) and custom roles of Google
Cloud. Azure says no limit for the actions of a role.

**To fix it**, part the policy in two, or put a pattern in the place of many actions. **Accept it** where the page tells readers to use
the document in parts.
`,
  options: z.strictObject({
    kind: z
      .enum(['managed', 'role', 'group', 'user'])
      .default('managed')
      .describe('What the IAM policies of these pages are made into: a managed policy, or an inline one'),
  }),
  examples: [
    {
      name: 'too large for what it is made into',
      mdx: `## Nodes policy\n\n\`\`\`json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": [${Array.from({ length: 100 }, (_, i) => `"ec2:DescribeInstances${'s'.repeat(i % 9)}"`).join(', ')}], "Resource": "*"}]\n}\n\`\`\`\n`,
      config: { rules: { 'policy-size': ['warning', { kind: 'user' }] } },
      expect: ['3:1'],
    },
    {
      name: 'the same as a managed policy',
      mdx: `## Nodes policy\n\n\`\`\`json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": [${Array.from({ length: 100 }, (_, i) => `"ec2:DescribeInstances${'s'.repeat(i % 9)}"`).join(', ')}], "Resource": "*"}]\n}\n\`\`\`\n`,
      expect: [],
    },
  ],
  check({ model, options: { kind } }, report) {
    for (const { id, claims } of model.policies) {
      for (const claim of claims) {
        if (claim.policyKind === 'iam-policy' && isAttached(claim)) {
          const size = JSON.stringify(claim.document).length
          if (size <= AWS_LIMITS[kind]) continue
          report({
            message: `This policy has ${size} characters without white space, and AWS takes ${AWS_LIMITS[kind]} for ${AWS_WORDS[kind]}. Part it, or use patterns.`,
            span: headOf(claim),
            subject: id,
            ids: ['characters'],
          })
        } else if (claim.policyKind === 'custom-role') {
          const permissions = new Set(claim.statements.flatMap((statement) => statement.actions))
          const bytes = [...permissions].reduce((sum, permission) => sum + permission.length, 0)
          if (permissions.size <= GCP_PERMISSIONS && bytes <= GCP_BYTES) continue
          const [count, limit] =
            permissions.size > GCP_PERMISSIONS
              ? [`${permissions.size} permissions`, `${GCP_PERMISSIONS}`]
              : [`${bytes} bytes of permission names`, `${GCP_BYTES}`]
          report({
            message: `This role has ${count}, and Google Cloud takes ${limit} in a custom role. Part it.`,
            span: headOf(claim),
            subject: id,
            ids: ['permissions'],
          })
        }
      }
    }
  },
})

function isAttached({ document, statements }: PolicyClaim): boolean {
  return document !== null && statements.every(({ parts }) => parts.principals.length === 0)
}
