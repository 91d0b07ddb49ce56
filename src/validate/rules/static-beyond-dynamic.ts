import * as z from 'zod'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted } from '../../text.ts'
import { actionsBeyond, LESS, MORE, partnerOf } from '../policies/pairs.ts'
import { headOf } from '../policies/statements.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'static-beyond-dynamic',
  category: 'policies',
  severity: 'warning',
  summary: 'A policy for placement that the reader prepares asks for more than the one that prepares it',
  docs: `
Where a product makes the network itself (dynamic placement), it needs what it needs where the network is there (static
placement), and more. If the static policy has actions that the dynamic one lacks, one of the two was not brought up to date: the
product fails with the one, or readers give away too much with the other.

Policies are pairs when they are of one provider and their ids differ in these two words alone
(\`aws-static-permissions\` and \`aws-dynamic-permissions\`). All that is allowed counts, whatever the resource; a pattern covers what it
fits. Policies with \`NotAction\` are left out.

**To fix it**, add the actions to the dynamic policy, or remove them from the static one. **Accept it** where static placement has a step
of its own, and say in the reason which.
`,
  options: z.strictObject({
    less: z.string().default(LESS).describe('The word in the ids of policies that should ask for less'),
    more: z.string().default(MORE).describe('The word in the ids of policies that may ask for more'),
  }),
  examples: [
    {
      name: 'an action of the static policy alone',
      mdx: '<PartialsComponent category="permissions" name="aws-static" />\n\n<PartialsComponent category="permissions" name="aws-dynamic" />\n',
      files: {
        '_partials/static.mdx':
          '---\npartial_category: permissions\npartial_name: aws-static\n---\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:RunInstances", "iam:GetRole"], "Resource": "*"}]\n}\n```\n',
        '_partials/dynamic.mdx':
          '---\npartial_category: permissions\npartial_name: aws-dynamic\n---\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:*"], "Resource": "*"}]\n}\n```\n',
      },
      expect: ['9:68'],
    },
    {
      name: 'a pattern that covers it',
      mdx: '<PartialsComponent category="permissions" name="aws-static" />\n\n<PartialsComponent category="permissions" name="aws-dynamic" />\n',
      files: {
        '_partials/static.mdx':
          '---\npartial_category: permissions\npartial_name: aws-static\n---\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:RunInstances", "iam:GetRole"], "Resource": "*"}]\n}\n```\n',
        '_partials/dynamic.mdx':
          '---\npartial_category: permissions\npartial_name: aws-dynamic\n---\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:*", "iam:Get*"], "Resource": "*"}]\n}\n```\n',
      },
      expect: [],
    },
  ],
  check({ model, options: { less, more } }, report) {
    const byId = new Map(model.policies.map((policy) => [policy.id, policy]))
    for (const policy of model.policies) {
      const other = partnerOf(policy, less, more, byId)
      if (!other) continue
      const missing = actionsBeyond(policy, other)
      const [first] = missing
      const [claim] = other.claims
      if (!first || !claim) continue
      const names = [...new Set(missing.map(({ action }) => action))]
      report({
        message: `\`${policy.id}\` allows ${fewQuoted(names, 6)}, which \`${other.id}\` lacks. A ${more} policy should allow what the ${less} one does: add ${names.length === 1 ? 'it' : 'them'} there, or remove ${names.length === 1 ? 'it' : 'them'} here.`,
        span: first.span,
        subject: policy.id,
        ids: names,
        related: [{ ...placeOf(headOf(claim)), note: `\`${other.id}\`` }],
      })
    }
  },
})
