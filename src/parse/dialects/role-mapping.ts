import type { Cell } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { raggedRows } from '../tables/table-findings.ts'

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
    {
      name: 'roles that ask for nothing',
      mdx: '| Cloud role | Stack role |\n| --- | --- |\n| Captain | keeper |\n| Cook | none |\n| Guest | N/A |\n',
      expect: ['mapping: Captain -> keeper', 'mapping: Cook -> ', 'mapping: Guest -> '],
    },
  ],
  score(input) {
    const { requires } = columns(input)
    const { rows } = input.grid
    // A dash or “N/A” asks for nothing; any other mark says that the columns are roles to which something is granted.
    const marked = input.markColumns.some((column) =>
      rows.some(({ cells }) => input.marks.isMark(cells[column]) && !NOTHING.test(cells[column]?.text ?? '')),
    )
    return requires.length > 0 && !marked ? 0.9 : 0
  },
  read(input) {
    const { requires, restrictions, description } = columns(input)
    const claims: Claim[] = []
    for (const row of input.grid.rows) {
      const cell = row.cells[0]
      if (!cell || cell.text === '') continue
      const asked = requires.flatMap((column) => itemsOf(row.cells[column])).map(conditionally)
      const conditions = asked.flatMap(({ condition, text }) => (condition === null ? [] : [`${text} ${condition}`]))
      claims.push({
        kind: 'mapping',
        block: input.surroundings,
        name: cell.text,
        description: row.cells[description]?.text || null,
        restrictions: [...itemsOf(row.cells[restrictions]), ...conditions],
        requires: asked.flatMap(({ text }) => each(text)).map((item) => alternatives(item, input)),
        evidence: input.evidence(cell.span),
      })
    }
    return { value: claims, findings: raggedRows(input, []) }
  },
})

const NOTHING = /^(?:none|no|n\/a|\p{Pd})\.?$/iu

function itemsOf(cell: Cell | undefined): string[] {
  return (cell?.items ?? []).filter((item) => !NOTHING.test(item))
}

/** `dock-admin if docks are enabled` is a role and a condition. */
function conditionally(item: string): { text: string; condition: string | null } {
  const at = item.search(/(?<!\s)\s+\(?(?:if|when|unless|provided)\s/i)
  return at < 1 ? { text: item, condition: null } : { text: item.slice(0, at), condition: item.slice(at).trim() }
}

/** `view, helpdesk` asks for both; `Dock Admin, Editor or Viewer` for one of them. */
function each(item: string): string[] {
  return /\sor\s|\//i.test(item) ? [item] : item.split(/,\s+/)
}

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
  const isRole = (text: string) => /\broles?(?: bindings?)?$/i.test(text)
  return {
    requires: isRole(header[0] ?? '') ? header.flatMap((text, i) => (i > 0 && isRole(text) ? [i] : [])) : [],
    restrictions: header.findIndex((text) => /^(?:restriction|limitation)s?$/i.test(text)),
    description: header.findIndex((text) => /^description$/i.test(text)),
  }
}
