import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { raggedRows } from '../table-findings.ts'

/** Roles of one system, each with the roles of another that it asks for. */
export default defineDialect({
  id: 'role-mapping',
  summary: 'A table of roles and of the roles of another system that they ask for',
  block: 'table',
  examples: [
    {
      name: 'alternatives and restrictions',
      mdx: '| Cluster Role | Restrictions | Palette Role |\n| --- | --- | --- |\n| `vm-user` | - No cloning.<br />- No deleting. | Cluster Admin or<br />Editor |\n',
      expect: ['mapping: vm-user -> Cluster Admin | Cluster Editor'],
    },
  ],
  score(input) {
    const { requires } = columns(input)
    return requires > 0 && input.markColumns.length === 0 ? 0.9 : 0
  },
  read(input) {
    const { requires, restrictions, description } = columns(input)
    const claims: Claim[] = []
    for (const row of input.grid.rows) {
      const cell = row.cells[0]
      if (!cell || cell.text === '') continue
      claims.push({
        kind: 'mapping',
        block: input.surroundings,
        name: cell.text,
        description: row.cells[description]?.text || null,
        restrictions: (row.cells[restrictions]?.items ?? []).filter((item) => !/^(?:none|n\/a|-)\.?$/i.test(item)),
        requires: (row.cells[requires]?.items ?? []).map((item) => alternatives(item, input)),
        evidence: input.evidence(cell.span),
      })
    }
    return { value: claims, findings: raggedRows(input, []) }
  },
})

/** `Cluster Profile Admin or Editor` gives `Cluster Profile Admin`, `Cluster Profile Editor`. */
function alternatives(item: string, input: BlockInput): string[] {
  const [first = '', ...others] = item.split(/(?<!\s)\s+or\s+|(?:(?<!\s)\s+)?\/\s*/i).map((part) => part.trim())
  const levels = new Set(Object.values(input.settings.vocabulary.levels).flat())
  const stem = first.split(' ').slice(0, -1).join(' ')
  return [
    first,
    ...others.map((other) => (stem !== '' && levels.has(other.toLowerCase()) ? `${stem} ${other}` : other)),
  ]
}

function columns(input: BlockInput) {
  const header = input.grid.header.map((cell) => cell.text)
  const isRole = (text: string) => /\broles?$/i.test(text)
  return {
    requires: isRole(header[0] ?? '') ? header.findIndex((text, column) => column > 0 && isRole(text)) : -1,
    restrictions: header.findIndex((text) => /^(?:restriction|limitation)s?$/i.test(text)),
    description: header.findIndex((text) => /^description$/i.test(text)),
  }
}
