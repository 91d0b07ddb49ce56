import type { Cell, Row } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { isOfElements } from '../tables/role-table.ts'
import { ATTRIBUTE } from '../tables/shape.ts'
import { raggedRows } from '../tables/table-findings.ts'
import { describesUsers } from '../tables/users.ts'
import { DESCRIPTION_COLUMN, ROLE_COLUMN } from '../words/permission-headings.ts'
import { roleName } from '../words/role-name.ts'

/** A table of role names and what each role is for. */
export default defineDialect({
  id: 'role-description',
  summary: 'A table of role names and descriptions',
  block: 'table',
  examples: [
    {
      name: 'two roles',
      mdx: '| Role Names | Description |\n|---|---|\n|Cluster Admin | Runs clusters |\n|Cluster Viewer | Reads only |\n',
      expect: ['role: Cluster Admin', 'role: Cluster Viewer'],
    },
  ],
  score(input) {
    const { name, description } = columns(input)
    const { header } = input.grid
    // “Enterprise only” says where a role is to be had, and not what it may do.
    if (input.markColumns.some((column) => !ATTRIBUTE.test(header[column]?.text ?? ''))) return 0
    return name === 0 && description > 0 && !isOfElements(input) ? 0.8 : 0
  },
  read(input) {
    const { name, description } = columns(input)
    const claims: Claim[] = []
    const findings = raggedRows(input, [])
    for (const row of input.grid.rows) {
      const cell = row.cells[name]
      if (!cell || cell.text === '') continue
      const astray = isAstray(row, description, input) ? row.cells.findLast(({ text }) => text !== '') : undefined
      if (astray) {
        const message = `This row has no description, and \`${astray.text}\` reads like one. Check that no cell of it is out of place, and none without its pipe.`
        findings.push(unrecognised(input, astray.span, message, ['row', cell.text]))
      }
      claims.push({
        kind: 'role',
        block: input.surroundings,
        name: roleName(cell.text),
        description: row.cells[description]?.text || null,
        evidence: input.evidence(cell.span),
      })
    }
    return { value: claims, findings }
  },
})

/** Whether a row without a description has one elsewhere: behind its name, where it is a cell short, or behind its other cells. */
function isAstray({ cells }: Row, description: number, { grid }: BlockInput): boolean {
  if ((cells[description]?.text ?? '') !== '') return false
  const isLong = (cell: Cell | undefined) => /\s\S+\s/.test(cell?.text ?? '')
  if (cells.length < grid.header.length && isLong(cells[0])) return true
  return cells.some(
    (cell, column) =>
      column > description && isLong(cell) && !grid.rows.some(({ cells: own }) => own !== cells && isLong(own[column])),
  )
}

function columns(input: BlockInput): { name: number; description: number } {
  const header = input.grid.header.map((cell) => cell.text)
  const described = header.findIndex((text) => DESCRIPTION_COLUMN.test(text))
  if (described > 0 && describesUsers(input, described)) return { name: 0, description: described }
  // Beside “Role name”, a second column says what the role is for, whatever it is called; beside “Role”, anything.
  return {
    name: header.findIndex((text) => ROLE_COLUMN.test(text)),
    description: described === -1 && header.length === 2 && /names?$/i.test(header[0] ?? '') ? 1 : described,
  }
}
