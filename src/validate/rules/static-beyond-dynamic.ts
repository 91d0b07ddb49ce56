import { z } from 'zod'
import type { PolicyEntity } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { actionsOf, headOf, type PlacedAction, quoted, sameAction } from '../policies/statements.ts'
import { covers } from '../policies/wildcard.ts'
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
    less: z.string().default('static').describe('The word in the ids of policies that should ask for less'),
    more: z.string().default('dynamic').describe('The word in the ids of policies that may ask for more'),
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
      const id = withWord(policy.id, less, more)
      const other = id === null ? undefined : byId.get(id)
      if (!other || other.policy.provider !== policy.policy.provider || !isPlain(policy) || !isPlain(other)) continue
      const { provider } = policy.policy
      const given = allowedBy(other).map(({ action }) => action)
      const exact = new Set(given.map((action) => sameAction(provider, action)))
      const patterns = given.filter((action) => action.includes('*'))
      const missing = allowedBy(policy).filter(
        ({ action }) =>
          !exact.has(sameAction(provider, action)) && !patterns.some((pattern) => covers(pattern, action)),
      )
      const [first] = missing
      const [claim] = other.claims
      if (!first || !claim) continue
      const names = [...new Set(missing.map(({ action }) => action))]
      report({
        message: `\`${policy.id}\` allows ${quoted(names)}, which \`${other.id}\` lacks. A ${more} policy should allow what the ${less} one does: add ${names.length === 1 ? 'it' : 'them'} there, or remove ${names.length === 1 ? 'it' : 'them'} here.`,
        span: first.span,
        subject: policy.id,
        ids: names,
        related: [{ ...placeOf(headOf(claim)), note: `\`${other.id}\`` }],
      })
    }
  },
})

/** An id with one word in the place of another; `null` where it does not have the word, or has it twice. */
function withWord(id: string, word: string, other: string): string | null {
  const parts = id.split(/([-/])/)
  const at = parts.indexOf(word)
  return at < 0 || at !== parts.lastIndexOf(word) ? null : parts.with(at, other).join('')
}

function isPlain({ claims }: PolicyEntity): boolean {
  return claims.every(({ statements }) => statements.every(({ notActions }) => notActions.length === 0))
}

function allowedBy({ claims }: PolicyEntity): PlacedAction[] {
  return claims.flatMap(({ statements }) =>
    statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => actionsOf(statement)),
  )
}
