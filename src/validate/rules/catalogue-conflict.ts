import { compareText } from '../../diagnostic.ts'
import type { ResourceClaim } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { compareEvidence, resourceKeys, scopeTitles } from '../shared/permissions.ts'

/** A table of the catalogue. */
interface Table {
  rows: ResourceClaim[]
  /** The scopes that it has a mark for in some row. */
  scopes: Set<string>
  /** The scopes that it offers each resource in. */
  offers: Map<string, Set<string>>
}

/** A row without a scope that another table offers its resource in. */
interface Gap {
  resource: string
  row: ResourceClaim
  other: ResourceClaim
}

export default defineRule({
  id: 'catalogue-conflict',
  category: 'catalogue',
  severity: 'warning',
  summary: 'Two tables of the catalogue offer a resource in different scopes',
  docs: `
Where two tables say in which scopes a resource can be granted, readers believe the one that they find. If they disagree, one
of them is wrong, and as roles are checked against both together (see \`scope-mismatch\`), the wrong one hides mistakes.

Compared are the resources that two tables of one version have in common, in the scopes that both tables mark anywhere. Two
tables that disagree on half of these resources or more are about different things, and the rule says nothing. What a table
lacks in one scope is reported together, at its first row.

**To fix it**, mark the scope in the table that lacks it, or remove the mark from the other. **Accept it** where the tables
are meant to differ (what roles hold, and what can be chosen for a role of one's own), and say so in the reason.
`,
  examples: [
    {
      name: 'two tables',
      mdx: '## Resource scopes\n\n| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n| Macro | `macro` | ✅ | ✅ |\n\n## Scopes in short\n\n| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | ✅ |\n| Cluster | `cluster` | ✅ | ✅ |\n| Macro | `macro` | ✅ | ✅ |\n',
      expect: ['5:11'],
    },
    {
      name: 'two resources that the other page lacks',
      mdx: '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | ✅ |\n| Cluster | `cluster` | ✅ | ✅ |\n| Macro | `macro` | ✅ | ✅ |\n| Tag | `tag` | ✅ | ✅ |\n| User | `user` | ✅ | |\n',
      files: {
        'more.mdx':
          '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n| Macro | `macro` | ✅ | |\n| Tag | `tag` | ✅ | ✅ |\n| Team | `team` | ✅ | |\n| User | `user` | ✅ | |\n',
      },
      expect: ['3:11'],
    },
    {
      name: 'a scope that one of them has no column for',
      mdx: '## Resource scopes\n\n| Component | Resource Key | Tenant Role Scope |\n| --- | --- | --- |\n| Audit | `audit` | ✅ |\n| Cluster | `cluster` | ✅ |\n\n## Scopes in short\n\n| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | ✅ |\n| Cluster | `cluster` | ✅ | ✅ |\n',
      expect: [],
    },
    {
      name: 'tables about different things',
      mdx: '## Resource scopes\n\n| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n| Cluster | `cluster` | ✅ | ✅ |\n\n## Scopes in short\n\n| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | ✅ |\n| Cluster | `cluster` | ✅ | ✅ |\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    if (model.catalogueRows.length === 0) return
    const keyOf = resourceKeys(model)
    const tables = tablesOf(model.catalogueRows, keyOf)
    const title = scopeTitles(model)
    for (const table of tables) {
      for (const scope of [...table.scopes].sort(compareText)) {
        const gaps = new Map<string, Gap>()
        for (const other of tables) {
          if (other === table || !other.scopes.has(scope)) continue
          for (const gap of gapsOf(table, other, scope, keyOf)) {
            if (!gaps.has(gap.resource)) gaps.set(gap.resource, gap)
          }
        }
        const sorted = [...gaps.values()].sort((a, b) => compareEvidence(a.row.evidence, b.row.evidence))
        const [first] = sorted
        if (!first) continue
        const resources = sorted.map(({ resource }) => resource)
        const here = first.row.evidence.span.path
        const isHere = sorted.every(({ other }) => other.evidence.span.path === here)
        report({
          message: `This table of the catalogue does not offer ${fewQuoted(resources, 8)} in ${title(scope)} scope, but ${isHere ? 'another table on this page' : 'a table on another page'} does. Mark the scope here, or remove the mark there.`,
          span: first.row.evidence.span,
          subject: resources.length === 1 ? first.resource : null,
          ids: [scope, ...resources.sort(compareText)],
          related: sorted.slice(0, 8).map(({ other }) => {
            return { ...placeOf(other.evidence.span), note: `the row of \`${other.key}\` that offers it` }
          }),
        })
      }
    }
  },
})

/** In order of place; a partial's table is one, however many pages include it. */
function tablesOf(rows: readonly ResourceClaim[], keyOf: (written: string) => string): Table[] {
  const tables = new Map<string, Table>()
  for (const row of [...rows].sort((a, b) => compareEvidence(a.evidence, b.evidence))) {
    const { path, line, column } = row.block.evidence.span
    const place = JSON.stringify([path, line, column])
    const table: Table = tables.get(place) ?? { rows: [], scopes: new Set(), offers: new Map() }
    tables.set(place, table)
    table.rows.push(row)
    const offered = table.offers.get(keyOf(row.key)) ?? new Set<string>()
    table.offers.set(keyOf(row.key), offered)
    for (const scope of row.scopes) {
      table.scopes.add(scope)
      offered.add(scope)
    }
  }
  return [...tables.values()]
}

/** What `other` offers in a scope and `table` has without it; nothing where they disagree on half of what both have. */
function gapsOf(table: Table, other: Table, scope: string, keyOf: (written: string) => string): Gap[] {
  const common = [...table.offers.keys()].filter((resource) => other.offers.has(resource))
  const has = ({ offers }: Table, resource: string) => offers.get(resource)?.has(scope) === true
  const unlike = common.filter((resource) => has(table, resource) !== has(other, resource))
  if (unlike.length * 2 >= common.length) return []
  const rowOf = ({ rows }: Table, resource: string, offering: boolean) =>
    rows.find((row) => keyOf(row.key) === resource && (!offering || row.scopes.includes(scope)))
  return unlike.flatMap((resource) => {
    if (has(table, resource)) return []
    const row = rowOf(table, resource, false)
    const offering = rowOf(other, resource, true)
    return row && offering ? [{ resource, row, other: offering }] : []
  })
}
