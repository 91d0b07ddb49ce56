import type { Evidence } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { nearest, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unknown-resource-key',
  category: 'catalogue',
  severity: 'error',
  summary: 'A role grants on a resource key that the catalogue does not name',
  docs: `
The catalogue says which resource keys exist. A key that a role uses and the catalogue lacks is either misspelt (then no
such permission exists, and a custom role made from the page fails) or missing from the catalogue.

Keys are compared to the letter: the product's own programs tell \`virtualCloudconfig\` from \`virtualCloudConfig\`. Each key
is reported once, at its first use. Where the documentation has no catalogue the rule says nothing.

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
      name: 'no catalogue',
      mdx: '## Cluster Admin\n\n- cluster.get\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    if (model.catalogueRows.length === 0) return
    const known = new Set(model.catalogueRows.map((row) => row.key))
    const unknown = new Map<string, { first: Evidence; roles: Set<string> }>()
    for (const role of model.roles) {
      for (const grant of role.grants) {
        const key = grant.writtenResource
        if (key === null || known.has(key)) continue
        const use = unknown.get(key) ?? { first: grant.evidence, roles: new Set() }
        if (before(grant.evidence, use.first)) use.first = grant.evidence
        use.roles.add(role.id)
        unknown.set(key, use)
      }
    }
    for (const [key, { first, roles }] of unknown) {
      const suggestion = nearest(key, known)
      const row = model.catalogueRows.find((candidate) => candidate.key === suggestion)
      const table = (row ?? model.catalogueRows[0])?.evidence.span
      const hint = suggestion === null ? ' Add it to the catalogue, or correct it.' : ` Did you mean \`${suggestion}\`?`
      report({
        message: `The catalogue has no resource key \`${key}\` (used by ${plural(roles.size, 'role')}).${hint}`,
        span: first.span,
        subject: key,
        ids: [],
        related: table
          ? [{ ...placeOf(table), note: row ? `\`${row.key}\` is catalogued here` : 'the catalogue' }]
          : [],
      })
    }
  },
})

function before(a: Evidence, b: Evidence): boolean {
  if (a.span.path !== b.span.path) return a.span.path < b.span.path
  return a.span.line !== b.span.line ? a.span.line < b.span.line : a.span.column < b.span.column
}
