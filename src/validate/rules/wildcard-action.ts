import * as z from 'zod'
import { actionsOf, statementsOf } from '../policies/statements.ts'
import { covers, isPattern } from '../policies/wildcard.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'wildcard-action',
  category: 'policies',
  severity: 'warning',
  summary: 'A policy that allows all actions of a service, or all actions there are',
  docs: `
Readers give away what the policy asks for. \`ec2:*\` gives everything that the service can do, and everything that it will be able
to do: each new action of the service is given at once, to everybody who has ever applied the page.

Looked at is what is allowed: \`*\` and \`service:*\` of AWS, \`*\` and \`Provider/*\` of Azure, \`*\` over all resources of Kubernetes,
\`ALL PRIVILEGES\` on a whole server of databases: of a database of its own, a program may need them all. Patterns for a part of a service (\`ec2:Describe*\`) are fine, unless \`prefixes\` asks for them.
Google Cloud's custom roles take no patterns.

**To fix it**, list the actions that are needed. **Accept it**, or list the pattern in \`allow\`, where the product needs the whole service.
`,
  options: z.strictObject({
    allow: z.array(z.string()).default([]).describe('Patterns that policies may hold, such as `logs:*`'),
    prefixes: z.boolean().default(false).describe('Whether patterns for a part of a service are reported as well'),
  }),
  examples: [
    {
      name: 'a whole service',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:Describe*", "s3:*"], "Resource": "*"}]\n}\n```\n',
      expect: ['6:65'],
    },
    {
      name: 'a whole provider',
      mdx: '## Reader\n\n```json\n{"Name": "Reader", "Actions": ["Microsoft.Compute/*", "Microsoft.Compute/disks/*"], "AssignableScopes": ["/subscriptions/x"]}\n```\n',
      expect: ['4:32'],
    },
    {
      name: 'patterns for a part as well',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": ["ec2:Describe*", "s3:*"], "Resource": "*"}]\n}\n```\n',
      config: { rules: { 'wildcard-action': ['warning', { prefixes: true, allow: ['s3:*'] }] } },
      expect: ['6:48'],
    },
    {
      name: 'all privileges on all databases, and on one',
      mdx: '## Docks\n\n```sql\nGRANT ALL ON *.* TO docker;\nGRANT ALL ON harbour.* TO pilot;\nREVOKE ALL ON *.* FROM guests;\n```\n',
      expect: ['4:7'],
    },
    {
      name: 'all actions denied',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model, options }, report) {
    for (const { policy, claim, statement } of statementsOf(model)) {
      if (statement.effect !== 'Allow') continue
      for (const { action, span } of actionsOf(statement)) {
        const what = extentOf(claim.provider, action, statement.resources)
        if (what === null && !(options.prefixes && isPattern(action))) continue
        if (options.allow.some((pattern) => covers(pattern, action))) continue
        report({
          message: `\`${action}\` allows ${what ?? 'all actions that it fits'}, those that the provider will add as well. List the actions that are needed.`,
          span,
          subject: policy.id,
          ids: [action],
        })
      }
    }
  },
})

/** What stands for all databases of a server in statements of SQL. */
const WHOLE_SERVER = /^(?:\*\.\*|account|server)(?= |$)/i

/** What an action that is nothing but a wildcard allows; `null` for every other. */
function extentOf(provider: string, action: string, resources: readonly string[]): string | null {
  if (/^\*(?::\*)?$/.test(action) || (provider === 'kubernetes' && action === '*/*:*')) return 'all actions there are'
  if (provider === 'sql')
    return action === 'ALL PRIVILEGES' && resources.some((on) => WHOLE_SERVER.test(on))
      ? 'all privileges there are'
      : null
  const whole = /^([A-Za-z\d-]+):\*+$/.exec(action) ?? /^([A-Za-z\d]+(?:\.[A-Za-z\d]+)+)\/\*$/.exec(action)
  return whole && (provider === 'aws' || provider === 'azure') ? `all actions of \`${whole[1]}\`` : null
}
