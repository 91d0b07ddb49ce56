import * as z from 'zod'
import { nearest } from '../../text.ts'
import { prefixes, serviceOf, servicesWith } from '../aws/catalogue.ts'
import { awsActions } from '../policies/aws-actions.ts'
import { isPattern } from '../policies/wildcard.ts'
import { defineRule } from '../rule.ts'

/** An action that more services have than this says nothing of which one was meant. */
const MOST_SERVICES = 3

export default defineRule({
  id: 'unknown-service',
  category: 'policies',
  severity: 'error',
  summary: 'An action of an AWS service that does not exist',
  docs: `
The part of an action before the colon is its service's prefix, and it is often not what people call the service:
\`elasticloadbalancing\`, not \`elb\`; \`logs\`, not \`cloudwatchlogs\`. AWS takes the policy, and the statement grants nothing.

Prefixes are compared with a catalogue of AWS services that is part of Rolebook; its date stands in the docs of
\`unknown-action\`. A prefix is reported once for each policy, at its first use.

**To fix it**, write the service's prefix. **Accept it**, or list the prefix in \`allow\`, where the policy is for another product
that took over AWS's notation.
`,
  options: z.strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe('Prefixes that exist although AWS has no such service, such as `admin` of MinIO'),
  }),
  examples: [
    {
      name: 'what people call a service',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:RunInstances", "elb:CreateLoadBalancer"], "Resource": "*"}]\n}\n```\n',
      expect: ['6:68'],
    },
    {
      name: 'a service that exists',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": "elasticloadbalancing:CreateLoadBalancer", "Resource": "*"}]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model, options }, report) {
    const said = new Set<string>()
    const allowed = new Set(options.allow.map((prefix) => prefix.toLowerCase()))
    for (const { policy, span, prefix, name } of awsActions(model)) {
      const key = `${policy.id}\0${span.path}\0${prefix.toLowerCase()}`
      if (serviceOf(prefix) || allowed.has(prefix.toLowerCase()) || said.has(key)) continue
      said.add(key)
      report({
        message: `AWS has no service \`${prefix}\`, so \`${prefix}:${name}\` grants nothing. ${hint(prefix, name)}`,
        span,
        subject: policy.id,
        ids: [prefix],
      })
    }
  },
})

/** A slip in the prefix, else the services that have the action. */
function hint(prefix: string, name: string): string {
  const near = nearest(prefix, prefixes())
  const owners = isPattern(name) ? [] : servicesWith(name)
  const meant = near !== null && (owners.length === 0 || owners.includes(near)) ? [near] : owners
  if (meant.length === 0 || meant.length > MOST_SERVICES) return 'Write the prefix of the service.'
  return `Did you mean ${meant.map((service) => `\`${service}:${name}\``).join(' or ')}?`
}
