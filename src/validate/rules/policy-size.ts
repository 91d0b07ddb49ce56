import * as z from 'zod'
import { AWS_LIMITS, AWS_WORDS, awsSizeOf, GCP_BYTES, GCP_PERMISSIONS, gcpSizeOf } from '../policies/limits.ts'
import { headOf } from '../policies/statements.ts'
import { defineRule } from '../rule.ts'

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
        const size = awsSizeOf(claim)
        const role = gcpSizeOf(claim)
        if (size !== null && size > AWS_LIMITS[kind]) {
          report({
            message: `This policy has ${size} characters without white space, and AWS takes ${AWS_LIMITS[kind]} for ${AWS_WORDS[kind]}. Part it, or use patterns.`,
            span: headOf(claim),
            subject: id,
            ids: ['characters'],
          })
        } else if (role !== null && (role.permissions > GCP_PERMISSIONS || role.bytes > GCP_BYTES)) {
          const [count, limit] =
            role.permissions > GCP_PERMISSIONS
              ? [`${role.permissions} permissions`, `${GCP_PERMISSIONS}`]
              : [`${role.bytes} bytes of permission names`, `${GCP_BYTES}`]
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
