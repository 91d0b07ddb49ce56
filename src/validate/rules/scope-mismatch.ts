import { compareText } from '../../diagnostic.ts'
import type { Evidence, ResourceClaim, Surroundings } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { compareEvidence, resourceKeys, scopeTitles } from '../shared/permissions.ts'

/** A resource that roles of a scope grant on and the catalogue does not offer there. */
interface Mismatch {
  resource: string
  scope: string
  /** The catalogue's rows of the resource, and the first that speaks of the scope. */
  rows: ResourceClaim[]
  row: ResourceClaim
  roles: Set<string>
  first: Evidence
}

export default defineRule({
  id: 'scope-mismatch',
  category: 'catalogue',
  severity: 'warning',
  summary: 'Roles of a scope grant on a resource that the catalogue does not offer in that scope',
  docs: `
A catalogue with a column for each scope says where permissions on a resource can be granted. When a role of another scope
grants on it all the same, one of the two pages is wrong: somebody who builds a role from the catalogue believes that it
can't be done, or somebody who assigns the role expects an access that it does not give.

Only tables that have a mark in a scope's column somewhere speak of that scope, and a resource that any table offers in
the scope is left out. Denied marks are left out. The resources that the same
roles of a scope go beyond it with are reported together, at the first use.

**To fix it**, mark the scope in the catalogue, or remove the grants. **Accept it** where roles of a wide scope hold more
than can be chosen for a role of one's own, and say so in the reason.
`,
  examples: [
    {
      name: 'a tenant’s resource in a project role',
      mdx: '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n',
      files: { 'project.mdx': '---\ntitle: Project Roles\n---\n\n## Project Viewer\n\n- audit.get\n- cluster.get\n' },
      expect: ['7:3'],
    },
    {
      name: 'two resources that the same role goes too far with, and one of another role',
      mdx: '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| User | `user` | ✅ | |\n| Team | `team` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n',
      files: {
        'project.mdx':
          '---\ntitle: Project Roles\n---\n\n## Project Viewer\n\n- audit.get\n- user.get\n\n## Project Admin\n\n- team.get\n',
      },
      expect: ['7:3', '12:3'],
    },
    {
      name: 'a scope that the table has no column for',
      mdx: '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n',
      files: { 'system.mdx': '---\ntitle: System Roles\n---\n\n## Operator\n\n- audit.get\n' },
      expect: [],
    },
    {
      name: 'another table that offers it',
      mdx: '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n\n## More\n\n| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Audit | audit | get | Tenant Project |\n',
      files: { 'project.mdx': '---\ntitle: Project Roles\n---\n\n## Project Viewer\n\n- audit.get\n' },
      expect: [],
    },
  ],
  check({ model }, report) {
    if (model.catalogueRows.length === 0) return
    const spoken = new Map<Surroundings, Set<string>>()
    for (const { block, scopes } of model.catalogueRows) {
      const set = spoken.get(block) ?? new Set<string>()
      for (const scope of scopes) set.add(scope)
      spoken.set(block, set)
    }
    const keyOf = resourceKeys(model)
    const rowsOf = Map.groupBy(model.catalogueRows, (row) => keyOf(row.key))
    const mismatches = new Map<string, Mismatch>()
    for (const role of model.roles) {
      for (const { resource, effect, evidence } of role.grants) {
        if (resource === null || effect === 'denied') continue
        const id = JSON.stringify([role.scope, resource])
        const known = mismatches.get(id)
        const rows = known?.rows ?? rowsOf.get(resource) ?? []
        const row = known?.row ?? rows.find(({ block }) => spoken.get(block)?.has(role.scope))
        if (!row || rows.some(({ scopes }) => scopes.includes(role.scope))) continue
        const mismatch = known ?? { resource, scope: role.scope, row, rows, roles: new Set(), first: evidence }
        mismatch.roles.add(role.name)
        if (compareEvidence(evidence, mismatch.first) < 0) mismatch.first = evidence
        mismatches.set(id, mismatch)
      }
    }
    const title = scopeTitles(model)
    // The same roles of a scope go beyond it for one reason, however many resources it shows in.
    const groups = Map.groupBy(mismatches.values(), ({ scope, roles }) => JSON.stringify([scope, [...roles].sort()]))
    for (const group of groups.values()) {
      const sorted = group.sort((a, b) => compareEvidence(a.first, b.first))
      const [{ scope, roles, resource, first, rows }] = sorted as [Mismatch]
      const resources = sorted.map((mismatch) => mismatch.resource)
      const offered = [...new Set(rows.flatMap((row) => row.scopes))].map(title)
      const what = resources.length === 1 ? '' : ` \`${resource}\``
      const where = offered.length > 0 ? `it does offer${what || ' it'} in ${offered.join(' and ')}` : 'it has no mark'
      report({
        message: `The catalogue does not offer ${fewQuoted(resources, 8)} in ${title(scope)} scope (${where}), but ${plural(roles.size, 'role')} of that scope ${roles.size === 1 ? 'grants' : 'grant'} on ${resources.length === 1 ? 'it' : 'them'}: ${fewQuoted([...roles], 3)}. Mark the scope there, or remove the grants here.`,
        span: first.span,
        subject: resources.length === 1 ? resource : null,
        ids: [scope, ...[...resources].sort(compareText)],
        related: sorted.slice(0, 8).map(({ row }) => {
          return { ...placeOf(row.evidence.span), note: `the catalogue's row of \`${row.key}\`` }
        }),
      })
    }
  },
})
