import type { Evidence } from '../../parse/claim.ts'
import type { Reading } from '../../parse/read.ts'
import { placeOf } from '../../parse/source.ts'
import { plural, suggester } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { cataloguedKeys, compareEvidence } from '../shared/permissions.ts'

export default defineRule({
  id: 'unknown-resource-key',
  category: 'catalogue',
  severity: 'error',
  summary: 'A role grants on a resource key that the catalogue does not name',
  docs: `
The catalogue says which resource keys exist. A key that a role uses and the catalogue lacks is either misspelt (then no
such permission exists, and a custom role made from the page fails) or missing from the catalogue.

Each key is reported once, at its first use. A key that differs from a catalogued one in the case of its letters alone is
\`key-casing\`. A table whose rows are labelled with the catalogue's component names ("API Key") names no unknown keys.
Where the documentation has no catalogue the rule says nothing.

**To fix it**, correct the key, or add it to the catalogue. **Accept it** where the product uses a key that is not to be
documented.
`,
  examples: [
    {
      name: 'a misspelt key',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Profile | `clusterProfile` | ✅ |\n\n## Cluster Admin\n\n- clusterProfil.get\n- clusterProfile.list\n',
      expect: ['7:3'],
    },
    {
      name: 'the name of a component in place of its key',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Registry | `packRegistry` | ✅ |\n\n## Cluster Admin\n\n- registry.get\n',
      expect: ['7:3'],
    },
    {
      name: 'no catalogue',
      mdx: '## Cluster Admin\n\n- cluster.get\n',
      expect: [],
    },
    {
      name: 'another case',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Profile | `clusterProfile` | ✅ |\n\n## Cluster Admin\n\n- clusterprofile.get\n',
      expect: [],
    },
    {
      name: 'another name that the config gives the key',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Registry | `packRegistry` | ✅ |\n\n## Cluster Admin\n\n- registry.get\n',
      config: { vocabulary: { aliases: { packRegistry: ['registry'] } } },
      expect: [],
    },
    {
      name: 'rows labelled with the names of components',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| API Key | `apiKey` | ✅ |\n| Pack Registry | `registry` | ✅ |\n\n## Cluster Admin\n\n| | Get | List |\n| --- | --- | --- |\n| API Key | √ | √ |\n| Pack Registry | √ | √ |\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    if (model.catalogueRows.length === 0) return
    const catalogued = cataloguedKeys(model)
    const inLists = keysInLists(reading)
    // Where there are several tables, nobody but the writer knows which one is kept.
    const tables = [...Map.groupBy(model.catalogueRows, (row) => row.block).values()].flatMap((rows) =>
      rows.slice(0, 1),
    )
    const unknown = new Map<string, { first: Evidence; roles: Set<string> }>()
    for (const role of model.roles) {
      for (const grant of role.grants) {
        const key = grant.writtenResource
        if (key === null || key === '*' || catalogued.byKey(key) !== null) continue
        if (!inLists.has(key) && catalogued.byLabel(key) !== null) continue
        const use = unknown.get(key) ?? { first: grant.evidence, roles: new Set() }
        if (compareEvidence(grant.evidence, use.first) < 0) use.first = grant.evidence
        use.roles.add(role.id)
        unknown.set(key, use)
      }
    }
    if (unknown.size === 0) return
    const rowOf = new Map(model.catalogueRows.toReversed().map((row) => [row.key, row]))
    const suggest = suggester(rowOf.keys())
    for (const [key, { first, roles }] of unknown) {
      const suggestion = suggest(key)
      const row = suggestion === null ? null : rowOf.get(suggestion)
      const hint = suggestion === null ? ' Add it to the catalogue, or correct it.' : ` Did you mean \`${suggestion}\`?`
      report({
        message: `The catalogue has no resource key \`${key}\` (used by ${plural(roles.size, 'role')}).${hint}`,
        span: first.span,
        subject: key,
        ids: [],
        related: row
          ? [{ ...placeOf(row.evidence.span), note: `\`${row.key}\` is catalogued here` }]
          : tables.slice(0, 5).map(({ evidence }) => ({ ...placeOf(evidence.span), note: 'the catalogue' })),
      })
    }
  },
})

/** Resources that a list or a document grants on: keys beyond doubt, where a table's row may have a label. */
function keysInLists({ blocks }: Reading): Set<string> {
  const lists = blocks.filter(({ block }) => block.kind !== 'table')
  return new Set(
    lists.flatMap(({ claims }) => claims.flatMap((claim) => (claim.kind === 'grant' ? [claim.resource] : []))),
  )
}
