import type { Finding } from '../../diagnostic.ts'
import { least } from '../../lists.ts'
import type { Cell } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { catalogueTitle } from '../tables/catalogue-title.ts'
import { columnsAreRoles, rowsAreRoles } from '../tables/columns.ts'
import { isBareOperation, isOperation, roleAround } from '../tables/role-table.ts'
import { RESOURCE, readShape } from '../tables/shape.ts'
import { tableFindings, unlabelledRow } from '../tables/table-findings.ts'
import { isAboutPrograms } from '../unread/subject.ts'
import { OF_ROLES } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { operationId, resourceKey } from '../words/vocabulary.ts'

/** A matrix for one role: rows are resources, columns are operations. The role's name stands around the table. */
export default defineDialect({
  id: 'resource-by-operation',
  summary: 'A matrix of resources and operations, for the one role that stands around it or for none',
  block: 'table',
  examples: [
    {
      name: 'a matrix with ticks',
      mdx: '## Project Viewer\n\n|  | **Create** | **Get** |\n| --- | --- | --- |\n| **cluster** |  | √ |\n',
      expect: ['grant: cluster.get'],
    },
    {
      name: 'operations over resources',
      mdx: '## Project Viewer\n\n|  | cluster | project |\n| --- | --- | --- |\n| Create |  |  |\n| Get | √ | √ |\n',
      expect: ['grant: cluster.get', 'grant: project.get'],
    },
    {
      name: 'what there is, for no role',
      mdx: '## RBAC Model Structure\n\n| Resource | get | create |\n| --- | --- | --- |\n| logs | ✅ | ❌ |\n',
      expect: ['catalogue: logs.get'],
    },
  ],
  score(input) {
    const columns = operationColumns(input)
    const { header, rows } = input.grid
    // Rows of roles: the columns say operations, but nothing says on what.
    const before = header.slice(0, Math.max(1, columns[0] ?? 1))
    if (rows.length === 0 || before.some(({ text }) => OF_ROLES.test(text)) || rowsAreRoles(input)) return 0
    if (isAboutPrograms(input)) return 0
    if (isTransposed(input)) return 0.8
    // Marks where the resources should stand: the table says of one thing what may be done, and not of which.
    if (rows.every(({ cells: [label] }) => label && /^(?:granted|denied)$/.test(input.marks.read(label).kind))) return 0
    if (columns.length === 0 || columns.length * 5 < (header.length - (columns[0] as number)) * 3) return 0
    if (columnsAreRoles(input, least([...columns, ...input.markColumns]))) return 0
    if (holdsWords(input, columns)) return 0
    // A word such as “Export” may be a column of anything; a single known operation is not enough without marks.
    return columns.length > 1 || input.markColumns.length > 0 ? 0.9 : 0
  },
  read(input) {
    const transposed = isTransposed(input)
    const { header } = input.grid
    const first = transposed ? 1 : least([...operationColumns(input), ...input.markColumns])
    const columns = header.map((_, i) => i).slice(first)
    const findings: Finding[] = tableFindings(input, columns)
    const title = catalogueTitle(input)
    const block = input.surroundings
    const claims: Claim[] = title === null ? [{ kind: 'grant-block', block }] : []
    const { lines, unlabelled } = readShape(input, columns, RESOURCE)
    for (const row of unlabelled) findings.push(unlabelledRow(input, row, 'resource'))
    for (const { row, label } of lines) {
      for (const column of columns) {
        const cell = row.cells[column]
        const mark = input.marks.read(cell)
        if (!cell || mark.kind === 'blank' || mark.kind === 'not-applicable') continue
        const heading = header[column]?.text ?? ''
        const key = resourceKey(transposed ? heading : label.text)
        if (mark.kind === 'unknown' || heading === '') {
          const where = heading === '' ? 'a column without a heading' : `${resourceKey(label.text)} × ${heading}`
          findings.push(unknownMark(input, cell.span, cell.text, where))
          continue
        }
        const permission = { resource: key, operation: operationId(transposed ? label.text : heading) }
        const evidence = input.evidence(cell.span)
        if (title === null)
          claims.push({ kind: 'grant', block, ...permission, effect: mark.kind, note: mark.note, evidence })
        else if (mark.kind !== 'denied') claims.push({ kind: 'catalogue', block, title, ...permission, evidence })
      }
    }
    return { value: claims, findings }
  },
})

function operationColumns(input: BlockInput): number[] {
  const columns: number[] = []
  input.grid.header.forEach((cell, column) => {
    if (column > 0 && isOperation(cell.text, input.settings)) columns.push(column)
  })
  return columns
}

/** Whether the cells under operations say in words what each is: a dash among them says that there is no word. */
function holdsWords({ grid, marks }: BlockInput, columns: readonly number[]): boolean {
  const cells = grid.rows.flatMap((row) => columns.flatMap((column) => row.cells[column] ?? []))
  const says = cells.some(
    (cell) => marks.isMark(cell) && !/^\p{Pd}+$/u.test(cell.text) && !isNotApplicable(marks, cell),
  )
  return !says && cells.some((cell) => /\p{L}{3}/u.test(cell.text) && !marks.isMark(cell))
}

function isNotApplicable(marks: BlockInput['marks'], cell: Cell): boolean {
  return marks.read(cell).kind === 'not-applicable'
}

/** Whether operations stand in the rows: only for a role that is named around the table, and columns that name none. */
function isTransposed(input: BlockInput): boolean {
  const { header, rows } = input.grid
  const { settings } = input
  const labels = rows.map((row) => row.cells[0]?.text ?? '')
  const titles = header.slice(1).map((cell) => cell.text)
  return (
    labels.length > 1 &&
    labels.every((label) => isBareOperation(label, settings)) &&
    input.markColumns.length === titles.length &&
    titles.every((title) => title !== '' && !isRoleLike(title, settings) && !isOperation(title, settings)) &&
    roleAround(input) !== null
  )
}
