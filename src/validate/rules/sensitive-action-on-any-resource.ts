import * as z from 'zod'
import { fewQuoted } from '../../text.ts'
import { isBounded, isWholeService, SENSITIVE } from '../policies/sensitive.ts'
import { actionsOf, statementsOf } from '../policies/statements.ts'
import { covers } from '../policies/wildcard.ts'
import { defineRule } from '../rule.ts'

const namesOf = (provider: string) => [...(SENSITIVE.get(provider)?.keys() ?? [])]
const [AWS, AZURE] = [namesOf('aws'), namesOf('azure')]

export default defineRule({
  id: 'sensitive-action-on-any-resource',
  category: 'policies',
  severity: 'warning',
  summary: 'Actions that let their holder take more rights, allowed on any resource',
  docs: `
Who may attach any policy to any role, or pass any role to a machine, may do everything in the account, whatever else the policy
says. A policy in documentation is applied by many accounts.

For AWS the actions are those of “AWS IAM Privilege Escalation – Methods and Mitigation” (Rhino Security Labs) that
suffice alone, and \`iam:PassRole\`, with which the others of that list are made: ${AWS.map((action) => `\`${action}\``).join(', ')}. For Azure: ${AZURE.map((action) => `\`${action}\``).join(', ')}.
\`sensitive\` adds others.

Reported are statements that allow them without a condition on \`*\`, on all roles, users, groups or policies of an account,
or on all resources but some (\`NotResource\`). \`*\` and \`iam:*\` as actions are reported by \`wildcard-action\` alone. A role of Azure has no resources:
it is for whatever scope it is assigned at. Custom roles of Google Cloud are not looked at, for the same reason and because it
has no list of that kind.

**To fix it**, name the resources by a prefix, or add a condition such as \`iam:PassedToService\` or a permissions boundary.
**Accept it**, or list the action in \`allow\`, where the product cannot work otherwise, and say so on the page.
`,
  options: z.strictObject({
    allow: z.array(z.string()).default([]).describe('Actions that policies may allow on any resource'),
    sensitive: z.array(z.string()).default([]).describe('More actions that count as sensitive, of any provider'),
  }),
  examples: [
    {
      name: 'any role, without a condition',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": ["ec2:RunInstances", "iam:PassRole", "iam:Attach*"],\n    "Resource": "*"\n  }]\n}\n```\n',
      expect: ['8:36'],
    },
    {
      name: 'with a condition, and on some roles',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}},\n    {"Effect": "Allow", "Action": "iam:AttachRolePolicy", "Resource": "arn:aws:iam::*:role/harbour-*"}\n  ]\n}\n```\n',
      expect: [],
    },
    {
      name: 'all resources but some',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": "iam:PassRole",\n    "NotResource": "arn:aws:iam::*:role/admin"\n  }]\n}\n```\n',
      expect: ['8:15'],
    },
    {
      name: 'a role that assigns roles',
      mdx: '## Deployer\n\n```json\n{"Name": "Deployer", "Actions": ["Microsoft.Compute/disks/read", "Microsoft.Authorization/roleAssignments/write"], "AssignableScopes": ["/subscriptions/x"]}\n```\n',
      expect: ['4:66'],
    },
  ],
  check({ model, options }, report) {
    const allowed = (action: string) => options.allow.some((pattern) => covers(pattern, action))
    const more = new Set(options.sensitive)
    const lists = new Map([
      ['aws', [...new Set([...AWS, ...more])]],
      ['azure', [...new Set([...AZURE, ...more])]],
    ])
    for (const { policy, claim, statement } of statementsOf(model)) {
      if (statement.effect !== 'Allow' || isBounded(statement, claim.provider)) continue
      const sensitive = (lists.get(claim.provider) ?? [...more]).filter((action) => !allowed(action))
      const excepted = (action: string) => statement.notActions.some((pattern) => covers(pattern, action))
      const found = actionsOf(statement).filter(({ action }) => {
        // What is all of a service is another rule's.
        if (isWholeService(action)) return false
        return sensitive.some((candidate) => covers(action, candidate) && !excepted(candidate))
      })
      const [first] = found
      if (!first) continue
      const names = [...new Set(found.map(({ action }) => action))]
      const but = statement.parts.notResources.length > 0 ? ' but those that it leaves out' : ''
      const [where, repair] =
        claim.provider === 'azure'
          ? ['', 'Leave it out, or have the role assigned with a condition.']
          : [` on any resource${but}`, 'Name the resources, or add a condition.']
      report({
        message: `This allows ${fewQuoted(names, 6)}${where} without a condition, with which its holder can take more rights. ${repair}`,
        span: first.span,
        subject: policy.id,
        ids: names,
      })
    }
  },
})
