import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { type Cell, filledCells } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { isPlainLevel, LevelReader } from '../tables/levels.ts'
import { clashes, headingOf } from '../tables/resource-clashes.ts'
import { roleAround, rolesIn, saysWhether, surroundingsOfRoles } from '../tables/role-table.ts'
import { INFORMATION, RESOURCE, readShape } from '../tables/shape.ts'
import { tableFindings, unlabelledRow, wordColumns } from '../tables/table-findings.ts'
import { speaksOfPermissions } from '../unread/subject.ts'
import { OF_ROLES } from '../words/permission-headings.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { resourceKey } from '../words/vocabulary.ts'

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
    if (OF_ROLES.test(header[0]?.text ?? '') || !speaksOfPermissions(input)) return 0
    const columns = levelColumns(input)
    // Dashes alone are no levels.
    if (columns.length === 0 || !new LevelReader(input, columns).speaks) return 0
    // Operations before columns of marks are what the rows are about.
    const isOfRows = (column: number) => isLevelHeading(header[column]?.text ?? '', input)
    if (input.markColumns.some((column) => !columns.includes(column)) && columns.every(isOfRows)) return 0
    const whether = columns.every(isOfRows)
    // One column that is called “Access” or “Operations” belongs to the role of the heading, if there is one.
    if (whether) return columns.length === 1 && roleAround(input) !== null ? 0.6 : 0
    return columns.some(isOfRows) ? 0 : 0.75
  },
  read(input) {
    const columns = levelColumns(input)
    const { header } = input.grid
    const levels = new LevelReader(input, columns)
    const findings: Finding[] = tableFindings(input, columns)
    const claims: Claim[] = []
    const block = surroundingsOfRoles(input)
    const { lines, unlabelled } = readShape(input, columns, RESOURCE)
    const ofRole =
      columns.every((column) => isLevelHeading(header[column]?.text ?? '', input)) && roleAround(input) !== null
    for (const row of unlabelled) findings.push(unlabelledRow(input, row, 'resource'))
    addAll(findings, wordColumns(input, columns, RESOURCE, 'levels'))
    for (const { row, label } of lines) {
      const resources = resourcesIn(label.text, input, ofRole)
      for (const column of columns) {
        const cell = row.cells[column]
        const heading = header[column]
        if (!cell || cell.text === '' || !heading) continue
        const level = levels.read(cell)
        if (level === null || heading.text === '') {
          const where = heading.text === '' ? 'a column without a heading' : `${resources.join(', ')} × ${heading.text}`
          findings.push(level === null ? noLevel(input, cell, where) : unknownMark(input, cell.span, cell.text, where))
          continue
        }
        const around = isLevelHeading(heading.text, input) ? roleAround(input) : null
        for (const role of around ? [around] : rolesIn(heading, input)) {
          for (const resource of resources) {
            for (const given of level)
              claims.push({ kind: 'grant', block, role, resource, ...given, evidence: input.evidence(cell.span) })
          }
        }
      }
    }
    return { value: claims, findings }
  },
})

/**
 * The resources of a row: `pods, nodes` are two; “Pods, nodes and all else” is one. Where the heading of a table names its role,
 * another level under another heading is that of another role.
 */
function resourcesIn(label: string, { block }: BlockInput, ofRole: boolean): string[] {
  if (!ofRole && clashes(label, block)) return [resourceKey(`${headingOf(block)} ${label}`)]
  const names = label.split(/,\s*/)
  return names.every((name) => /^[\w./*-]+$/.test(name)) ? names : [resourceKey(label)]
}

function noLevel(input: BlockInput, { text, span }: Cell, where: string): Finding {
  const message = `\`${text}\` (${where}) is no level of access, so this cell is not in the model. Write a level (\`R\`, \`RW\`, \`None\`), say in a legend what it stands for, or add it to \`vocabulary.levelsOfAccess\` in the config.`
  return { ...unknownMark(input, span, text, where), message }
}

/** Whether a heading says what is held, and not by whom: “Actions”, “Implied permissions”; “Guest permissions” says both. */
function isLevelHeading(text: string, { settings }: BlockInput): boolean {
  if (saysWhether(text)) return true
  const [ending] =
    /(?:^|\s)(?:access levels?|levels?|verbs?|operations?|actions?|permissions?|privileges?|rights)$/i.exec(text) ?? []
  if (ending === undefined) return false
  const rest = text.slice(0, -ending.length)
  return rest === '' || !isRoleTitle(rest, settings)
}

/**
 * Columns whose filled cells are levels for the most part. Where some are written as `RW` and `R`, which are nothing else,
 * and outnumber the table's marks, half are enough, and of several roles each column counts, whatever else it holds.
 */
function levelColumns(input: BlockInput): number[] {
  const { header } = input.grid
  const { settings, marks } = input
  const isOfRole = (column: number) => isRoleTitle(header[column]?.text ?? '', settings)
  const candidates = header.map((_, column) => column).slice(1)
  const levels = new LevelReader(input, candidates)
  const filled = (column: number) => filledCells(input.grid, column)
  const cells = candidates.flatMap(filled)
  const plain = cells.filter((cell) => isPlainLevel(cell.text) && levels.read(cell) !== null)
  const ticks = cells.filter((cell) => marks.read(cell).kind === 'granted')
  const ofLevels = plain.length >= Math.max(2, ticks.length)
  const ofRoles = ofLevels && candidates.filter(isOfRole).length > 1
  const found = candidates.filter((column) => {
    if (INFORMATION.test(header[column]?.text ?? '')) return false
    const here = filled(column)
    const known = here.filter((cell) => levels.read(cell) !== null)
    const said = known.some((cell) => levels.read(cell)?.some(({ effect }) => effect === 'granted'))
    if (known.length > 0 && known.length * 2 > here.length) return said || levels.speaks
    const enough = known.length * 2 === here.length || (ofRoles && isOfRole(column))
    return said && ofLevels && enough && here.some(({ text }) => isPlainLevel(text))
  })
  // What stands in the column of one more role is no level, and must not be lost.
  const roles = found.filter(isOfRole).length
  if (roles < (ofRoles ? 1 : 2)) return found
  return candidates.filter((column) => found.includes(column) || isOfRole(column))
}
