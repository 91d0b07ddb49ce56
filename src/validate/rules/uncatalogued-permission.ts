import type { Evidence } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { claimsOf } from '../shared/claims.ts'
import { compareEvidence, isKnownOperation, offeredBy, operationWords, resourceKeys } from '../shared/permissions.ts'

interface Use {
  resource: string
  operation: string
  first: Evidence
  roles: Set<string>
}

export default defineRule({
  id: 'uncatalogued-permission',
  category: 'catalogue',
  severity: 'warning',
  summary: 'A known operation is granted on a resource for which the catalogue does not list it',
  docs: `
The catalogue tells who writes custom roles which operations a resource has. A role that holds another one shows that the
catalogue is not complete, or holds a permission that does not exist.

The key and the operation are both known; it is the pair that the catalogue lacks. An operation that is no known word is
\`unknown-operation\`, and a key that the catalogue lacks is \`unknown-resource-key\`. Lists of permissions that belong to no
role (examples, what may be used) are looked at as well. Resources for which the catalogue lists no operations are left
out. Each permission is reported once, at its first use.

**To fix it**, add the operation to the catalogue, or remove the grant. **Accept it** where the permission is not to be
documented.
`,
  examples: [
    {
      name: 'an operation that the list lacks',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Cluster | `cluster` | ✅ |\n\n<AccordionPanel title="Cluster">\n\n- get\n- list\n\n</AccordionPanel>\n\n## Cluster Admin\n\n- cluster.get\n- cluster.import\n',
      expect: ['15:3'],
    },
    {
      name: 'an example that does not exist',
      mdx: '| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Cluster | cluster | get, list, update | Project |\n\n## Permissions\n\n- `cluster.get`\n- `cluster.edit`\n',
      expect: ['8:3'],
    },
    {
      name: 'a catalogue without operations',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Cluster | `cluster` | ✅ |\n\n## Cluster Admin\n\n- cluster.get\n- cluster.import\n',
      expect: [],
    },
    {
      name: 'all operations at once',
      mdx: '| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Cluster | cluster | get, list, update | Project |\n\n## Cluster Admin\n\n- cluster.*\n',
      expect: [],
    },
  ],
  check(input, report) {
    const { model, reading, settings } = input
    const offered = offeredBy(input)
    if (offered.size === 0) return
    const words = operationWords(input)
    const uses = new Map<string, Use>()
    const meet = (resource: string, operation: string, evidence: Evidence, role: string | null) => {
      const list = offered.get(resource)
      if (!list || has(list, operation) || !isKnownOperation(operation, words, settings)) return
      const id = `${resource}.${operation}`
      const use = uses.get(id) ?? { resource, operation, first: evidence, roles: new Set() }
      if (compareEvidence(evidence, use.first) < 0) use.first = evidence
      if (role !== null) use.roles.add(role)
      uses.set(id, use)
    }
    for (const role of model.roles) {
      for (const { resource, operation, effect, evidence } of role.grants)
        if (resource !== null && operation !== null && effect !== 'denied')
          meet(resource, operation, evidence, role.name)
    }
    const keyOf = resourceKeys(model)
    for (const { resource, operation, evidence } of claimsOf(reading, 'catalogue'))
      meet(keyOf(resource), operation, evidence, null)
    if (uses.size === 0) return
    const rowsOf = Map.groupBy(model.catalogueRows, ({ key }) => keyOf(key))
    for (const [id, { resource, operation, first, roles }] of uses) {
      const rows = rowsOf.get(resource) ?? []
      const by = roles.size > 0 ? `granted by ${plural(roles.size, 'role')}` : 'listed here'
      report({
        message: `The catalogue does not list \`${operation}\` for \`${resource}\` (${by}); it lists ${fewQuoted([...(offered.get(resource) ?? [])], 8)}. Add it there, or correct it here.`,
        span: first.span,
        subject: id,
        ids: [],
        related: rows.slice(0, 5).map(({ key, evidence }) => ({
          ...placeOf(evidence.span),
          note: `\`${key}\` is catalogued here`,
        })),
      })
    }
  },
})

/** Whether a list has an operation; its letters' case aside, which `key-casing` looks at. */
function has(list: ReadonlySet<string>, operation: string): boolean {
  if (operation === '*' || list.has('*') || list.has(operation)) return true
  const lower = operation.toLowerCase()
  return [...list].some((other) => other.toLowerCase() === lower)
}
