import * as z from 'zod'
import { compareText } from '../../diagnostic.ts'
import type { RoleEntity, RoleGrant } from '../../model/model.ts'
import type { CatalogueClaim } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { wordsOf } from '../../parse/words/vocabulary.ts'
import { fewQuoted, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { claimsOf } from '../shared/claims.ts'
import { cataloguedKeys, compareEvidence, resourceKeys } from '../shared/permissions.ts'

export default defineRule({
  id: 'exceeds-available',
  category: 'catalogue',
  severity: 'warning',
  summary: "A role holds permissions that its scope's list of available permissions lacks",
  docs: `
Some scopes allow only a part of all permissions, and their page lists that part ("Available Resource Keys"). A role of the
scope that holds others contradicts the list: readers can't tell whether they may use these permissions or not.

A list counts when its title has one of the words of the option \`titles\` and it belongs to no role. It is compared with
the roles of its scope that stand on the same page, and with a role elsewhere when it has at least half of what the role
holds. A role is reported once, with all that the list lacks.

**To fix it**, add the permissions to the list, or remove them from the role. **Accept it** where the list is about roles of
one's own and the product's roles may hold more; better say so on the page.
`,
  options: z.strictObject({
    titles: z
      .array(z.string())
      .default(['available', 'allowed', 'permitted', 'supported'])
      .describe('Words in the title of a list that says which permissions a scope allows'),
  }),
  examples: [
    {
      name: 'more than is available',
      mdx: '---\ntitle: Resource Roles\n---\n\n## Available Permissions\n\n- cluster.get\n- cluster.list\n\n## Cluster Admin\n\n- cluster.get\n- cluster.list\n- cluster.delete\n- macro.get\n',
      expect: ['10:1'],
    },
    {
      name: 'all of it available',
      mdx: '---\ntitle: Resource Roles\n---\n\n## Available Permissions\n\n- cluster.*\n- macro.get\n\n## Cluster Admin\n\n- cluster.get\n- cluster.delete\n- macro.get\n',
      expect: [],
    },
    {
      name: 'a list of examples',
      mdx: '---\ntitle: Resource Roles\n---\n\n## Permissions\n\n- cluster.get\n- cluster.list\n\n## Cluster Admin\n\n- cluster.get\n- cluster.delete\n',
      expect: [],
    },
    {
      name: 'a role of another scope',
      mdx: '---\ntitle: Resource Roles\n---\n\n## Available Permissions\n\n- cluster.get\n- cluster.list\n',
      files: { 'tenant.mdx': '---\ntitle: Tenant Roles\n---\n\n## Tenant Admin\n\n- cluster.get\n- cluster.delete\n' },
      expect: [],
    },
  ],
  check({ model, reading, options }, report) {
    const titles = new Set(options.titles.map((word) => word.toLowerCase()))
    const claims = claimsOf(reading, 'catalogue').filter((claim): claim is Scoped => {
      return claim.block.scope !== null && wordsOf(claim.title).some((word) => titles.has(word))
    })
    const keys = cataloguedKeys(model)
    const keyOf = resourceKeys(model)
    const idOf = (resource: string, operation: string) => {
      return `${keys.byLabel(resource) ?? keyOf(resource)}.${operation.toLowerCase()}`
    }
    for (const [scope, list] of Map.groupBy(claims, (claim) => claim.block.scope)) {
      const available = new Set(list.map((claim) => idOf(claim.resource, claim.operation)))
      const pages = new Set(list.map((claim) => claim.block.evidence.span.path))
      const [first] = [...list].sort((a, b) => compareEvidence(a.evidence, b.evidence)) as [CatalogueClaim]
      for (const role of model.roles) {
        if (role.scope !== scope) continue
        const held = distinct(role)
        const beyond = held.filter(({ resource, operation }) => {
          return !available.has(idOf(resource, operation)) && !available.has(idOf(resource, '*'))
        })
        const here = role.blocks.some((block) => pages.has(block.evidence.span.path))
        if (beyond.length === 0 || beyond.length === held.length) continue
        if (!here && beyond.length * 2 > held.length) continue
        report({
          message: `\`${role.name}\` holds ${plural(beyond.length, 'permission')} that “${first.title}” does not list: ${fewQuoted(
            beyond.map(({ permission }) => permission),
            3,
          )}. Add them to the list, or remove them from the role.`,
          span: role.nameEvidence.span,
          subject: role.id,
          // What the role gains later is not accepted with what it has today.
          ids: [first.title, ...beyond.map(({ permission }) => permission).sort(compareText)],
          related: [
            { ...placeOf(first.block.evidence.span), note: `the list of ${plural(available.size, 'permission')}` },
            ...beyond.slice(0, 3).map(({ permission, evidence }) => {
              return { ...placeOf(evidence.span), note: `\`${permission}\` is granted here` }
            }),
          ],
        })
      }
    }
  },
})

type Scoped = CatalogueClaim & { block: { scope: string } }

/** What a role holds, each permission once, in order of place. */
function distinct(role: RoleEntity) {
  const byId = new Map<string, RoleGrant & { resource: string; operation: string }>()
  for (const grant of [...role.grants].sort((a, b) => compareEvidence(a.evidence, b.evidence))) {
    const { resource, operation, permission, effect } = grant
    if (effect !== 'denied' && resource !== null && operation !== null && !byId.has(permission))
      byId.set(permission, { ...grant, resource, operation })
  }
  return [...byId.values()]
}
