import { fewQuoted } from '../../text.ts'
import { levelOf, serviceOf } from '../aws/catalogue.ts'
import { actionsOf, type PlacedAction } from '../policies/statements.ts'
import { covers, isPattern } from '../policies/wildcard.ts'
import { defineRule } from '../rule.ts'

/** What takes back what another verb did. */
const COUNTERPARTS: [verb: string, counterpart: string][] = [
  ['Add', 'Remove'],
  ['Allocate', 'Release'],
  ['Associate', 'Disassociate'],
  ['Attach', 'Detach'],
  ['Authorize', 'Revoke'],
  ['Create', 'Delete'],
  ['Register', 'Deregister'],
]

export default defineRule({
  id: 'unpaired-lifecycle',
  category: 'policies',
  severity: 'info',
  summary: 'A policy that lets something be made and not be taken away',
  docs: `
A product that may create a load balancer and may not delete it leaves load balancers behind when a cluster is deleted, and
somebody pays for them. Often the counterpart was forgotten.

Looked at are the IAM policies of AWS: for ${COUNTERPARTS.map(([verb, counterpart]) => `\`${verb}…\` the counterpart \`${counterpart}…\``).join(', ')}, where the service has it
(\`AttachVolume\` and \`DetachVolume\`). Tags go with what they are on, and roles of services stay by design: they are left out. It is
advice: another policy of the same role may allow the counterpart, or nothing is to be taken away. There is one finding for each policy.

**To fix it**, allow the counterparts. **Accept it** where what is made is meant to stay, or where another policy takes it away.
`,
  examples: [
    {
      name: 'made, and not taken away',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": ["ec2:CreateVolume", "ec2:DeleteVolume", "ec2:AttachVolume"],\n    "Resource": "*"\n  }]\n}\n```\n',
      expect: ['8:56'],
    },
    {
      name: 'taken away by a pattern, and nothing to take away with',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": ["ec2:AttachVolume", "ec2:Detach*", "cloudformation:CreateUploadBucket"],\n    "Resource": "*"\n  }]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const { id, claims } of model.policies) {
      if (claims.some(({ policyKind }) => policyKind !== 'iam-policy')) continue
      const allowed = claims.flatMap(({ statements }) =>
        statements.filter(({ effect }) => effect === 'Allow').flatMap(actionsOf),
      )
      const names = new Set(allowed.map(({ action }) => action.toLowerCase()))
      const patterns = [...names].filter(isPattern)
      const unpaired = new Map<string, PlacedAction>()
      for (const action of allowed) {
        const known = counterpartsOf(action.action)
        const isAllowed = known.some(
          (counterpart) =>
            names.has(counterpart.toLowerCase()) || patterns.some((pattern) => covers(pattern, counterpart)),
        )
        const [counterpart] = known
        if (/:CreateServiceLinkedRole$/i.test(action.action) || levelOf(action.action) === 'Tagging') continue
        if (counterpart !== undefined && !isAllowed && !unpaired.has(counterpart)) unpaired.set(counterpart, action)
      }
      const [first] = unpaired.values()
      if (!first) continue
      const pairs = [...unpaired].map(([counterpart, { action }]) => `${action}\` without \`${counterpart}`)
      report({
        message: `This policy allows ${fewQuoted(pairs, 4)}: what is made with it may stay for ever. Allow the counterparts, if the product takes away what it makes.`,
        span: first.span,
        subject: id,
        ids: [...unpaired.keys()],
      })
    }
  },
})

/** The actions that take back what an action does and that its service has, the likeliest first. */
function counterpartsOf(action: string): string[] {
  const [prefix = '', name = ''] = action.split(':', 2)
  const service = serviceOf(prefix)
  for (const [verb, counterpart] of COUNTERPARTS) {
    const noun = name.slice(verb.length)
    if (!service || !name.startsWith(verb) || !/^[A-Z]/.test(noun)) continue
    const nouns = [noun, noun.replace(/(?:With|To)(?=[A-Z])/, 'From'), `${noun}s`]
    const found = nouns.map((candidate) => service.actions.get(`${counterpart}${candidate}`.toLowerCase())?.name)
    return [...new Set(found.filter((known) => known !== undefined))].map((known) => `${service.prefix}:${known}`)
  }
  return []
}
