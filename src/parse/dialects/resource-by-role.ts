import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { LevelReader } from '../levels.ts'
import { roleAround, rolesIn, saysWhether, surroundingsOfRoles } from '../role-table.ts'
import { INFORMATION, RESOURCE, readShape } from '../shape.ts'
import { speaksOfPermissions } from '../subject.ts'
import { tableFindings, unlabelledRow } from '../table-findings.ts'
import { resourceKey } from '../vocabulary.ts'

/** Rows are resources, columns are roles, and each cell says how much the role may do: `RW`, `read`, `get, list`. */
export default defineDialect({
  id: 'resource-by-role',
  summary:
    'A table whose rows are resources, whose columns are roles, and whose cells are levels of access or operations',
  block: 'table',
  examples: [
    {
      name: 'levels of access',
      mdx: '## Permissions\n\n| Resource | Admin | Viewer |\n| --- | --- | --- |\n| orders | RW | R |\n',
      expect: ['grant: orders.read', 'grant: orders.write', 'grant: orders.read'],
    },
    {
      name: 'operations in lists',
      mdx: '## Permissions\n\n| Resource | Admin | Viewer |\n| --- | --- | --- |\n| orders | get, create | get |\n',
      expect: ['grant: orders.get', 'grant: orders.create', 'grant: orders.get'],
    },
  ],
  score(input) {
    const { header } = input.grid
    if (/\broles?\b/i.test(header[0]?.text ?? '') || !speaksOfPermissions(input)) return 0
    const columns = levelColumns(input)
    if (columns.length === 0) return 0
    const whether = columns.every((column) => isLevelHeading(header[column]?.text ?? ''))
    // One column that is called “Access” or “Operations” belongs to the role of the heading, if there is one.
    if (whether) return columns.length === 1 && roleAround(input) !== null ? 0.6 : 0
    return columns.some((column) => isLevelHeading(header[column]?.text ?? '')) ? 0 : 0.75
  },
  read(input) {
    const columns = levelColumns(input)
    const { header } = input.grid
    const levels = new LevelReader(input, columns)
    const findings: Finding[] = tableFindings(input, columns)
    const claims: Claim[] = []
    const block = surroundingsOfRoles(input)
    const { lines, unlabelled } = readShape(input, columns, RESOURCE)
    for (const row of unlabelled) findings.push(unlabelledRow(input, row, 'resource'))
    for (const { row, label } of lines) {
      const resource = resourceKey(label.text)
      for (const column of columns) {
        const cell = row.cells[column]
        const heading = header[column]
        if (!cell || cell.text === '' || !heading) continue
        const level = levels.read(cell)
        if (level === null || heading.text === '') {
          const where = heading.text === '' ? 'a column without a heading' : `${resource} × ${heading.text}`
          findings.push(unknownMark(input, cell.span, cell.text, where))
          continue
        }
        const around = isLevelHeading(heading.text) ? roleAround(input) : null
        for (const role of around ? [around] : rolesIn(heading, input)) {
          for (const { operation, effect } of level) {
            const fact = { resource, operation, effect, note: null, evidence: input.evidence(cell.span) }
            claims.push({ kind: 'grant', block, role, ...fact })
          }
        }
      }
    }
    return { value: claims, findings }
  },
})

function isLevelHeading(text: string): boolean {
  return saysWhether(text) || /^(?:levels?|access levels?|verbs?|operations?|actions?|permissions?|rights)$/i.test(text)
}

/** Columns whose filled cells are levels for the most part. */
function levelColumns(input: BlockInput): number[] {
  const { header, rows } = input.grid
  const candidates = header.map((_, column) => column).slice(1)
  const levels = new LevelReader(input, candidates)
  return candidates.filter((column) => {
    if (INFORMATION.test(header[column]?.text ?? '')) return false
    const cells = rows.map((row) => row.cells[column]).filter((cell) => cell !== undefined && cell.text !== '')
    const known = cells.filter((cell) => cell && levels.read(cell) !== null)
    const said = cells.filter((cell) => cell && (levels.read(cell) ?? []).some(({ effect }) => effect === 'granted'))
    return known.length > 0 && known.length * 2 > cells.length && (said.length > 0 || levels.speaks)
  })
}
