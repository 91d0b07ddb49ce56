import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { filledCells } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { rowsAreRoles, saysWhoMay } from '../tables/columns.ts'
import { isBareOperation, pathOf, rolesIn, saysAction, surroundingsOfRoles } from '../tables/role-table.ts'
import { INFORMATION, ROLE, readShape } from '../tables/shape.ts'
import { tableFindings, unlabelledRow, wordColumns } from '../tables/table-findings.ts'
import { saysSo } from '../tables/users.ts'
import { speaksOfPermissions } from '../unread/subject.ts'
import { saysDeed } from '../words/deeds.ts'
import { DESCRIPTION_COLUMN, OF_ROLES, USER_COLUMN } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { operationId, resourceKey } from '../words/vocabulary.ts'

/**
 * Rows are roles, columns are actions (“Create projects”), or bare operations (“Create”) on what the heading or caption
 * names; whether that is a resource, the model knows.
 */
export default defineDialect({
  id: 'role-by-action',
  summary: 'A table whose rows are roles and whose columns are actions or operations',
  block: 'table',
  examples: [
    {
      name: 'actions',
      mdx: '## Permissions\n\n| Role | Create projects | Delete logs |\n| --- | --- | --- |\n| Admin | ✓ | ✓ |\n| Guest | ✓ |  |\n',
      expect: ['action: Create projects (Admin)', 'action: Delete logs (Admin)', 'action: Create projects (Guest)'],
    },
  ],
  score(input) {
    const { header } = input.grid
    const columns = actionColumns(input)
    if (columns.length === 0) return 0
    const labels = filledCells(input.grid, 0).map(({ text }) => text)
    const titles = columns.map((column) => header[column]?.text ?? '')
    const ofUsers = USER_COLUMN.test(header[0]?.text ?? '') && saysSo(input)
    if (!speaksOfPermissions(input) && !ofUsers && !saysWhoMay(input, labels, titles)) return 0
    const actions = titles.filter((title) => saysAction(title, input.settings) || saysDeed(title, input))
    if (actions.length * 2 <= titles.length) return 0
    const roles = labels.filter((label) => isRoleLike(label, input.settings))
    const verbs = labels.filter((label) => saysAction(label, input.settings))
    if (verbs.length * 2 > labels.length) return 0
    if (ofUsers || OF_ROLES.test(header[0]?.text ?? '')) return 0.75
    if (rowsAreRoles(input)) return 0.6
    return roles.length * 2 > labels.length && titles.some((title) => !isBareOperation(title, input.settings)) ? 0.6 : 0
  },
  read(input) {
    const columns = actionColumns(input)
    const { header, caption } = input.grid
    const findings: Finding[] = tableFindings(input, columns)
    const claims: Claim[] = []
    const block = surroundingsOfRoles(input)
    const bare = columns.every((column) => isBareOperation(header[column]?.text ?? '', input.settings))
    const names = [caption?.text ?? '', ...block.names.map((name) => name.text)].filter((text) => text !== '')
    const { lines, unlabelled } = readShape(input, columns, ROLE)
    for (const row of unlabelled) findings.push(unlabelledRow(input, row, 'role'))
    const described = header.findIndex(({ text }) => DESCRIPTION_COLUMN.test(text))
    const read = described === -1 ? columns : [...columns, described]
    addAll(findings, wordColumns(input, read, ROLE, 'marks', 'an action'))
    if (!bare) {
      const roles = lines.flatMap(({ label }) => rolesIn(label, input))
      for (const column of columns) {
        const heading = header[column]
        if (!heading || heading.text === '') continue
        const about = { block, roles, action: heading.text, path: pathOf(input), description: null }
        claims.push({ kind: 'listed-action', ...about, evidence: input.evidence(heading.span) })
      }
    }
    for (const { row, label, path } of lines) {
      const description = row.cells[described]?.text ?? ''
      for (const { text, evidence } of description === '' ? [] : rolesIn(label, input))
        claims.push({ kind: 'role', block, name: text, description, evidence })
      for (const column of columns) {
        const cell = row.cells[column]
        const mark = input.marks.read(cell)
        const title = header[column]?.text ?? ''
        if (!cell || mark.kind === 'blank' || mark.kind === 'not-applicable') continue
        if (mark.kind === 'unknown' || title === '') {
          const where = title === '' ? 'a column without a heading' : `${label.text} × ${title}`
          findings.push(unknownMark(input, cell.span, cell.text, where))
          continue
        }
        const fact = { effect: mark.kind, note: mark.note, evidence: input.evidence(cell.span) }
        for (const role of rolesIn(label, input)) {
          if (bare) {
            const resources = [...path, ...names].map(resourceKey)
            claims.push({ kind: 'operation-of-role', block, role, resources, operation: operationId(title), ...fact })
          } else {
            claims.push({ kind: 'action', block, role, action: title, path: pathOf(input), description: null, ...fact })
          }
        }
      }
    }
    return { value: claims, findings }
  },
})

function actionColumns(input: BlockInput): number[] {
  const { header } = input.grid
  const candidates = header.map((_, column) => column).slice(1)
  return candidates.filter((column) => {
    const title = header[column]?.text ?? ''
    if (INFORMATION.test(title)) return false
    const cells = filledCells(input.grid, column)
    if (cells.some((cell) => input.marks.isMark(cell))) return true
    // Two marks in one cell are none that could be read; they must not be lost with their column.
    return (
      saysAction(title, input.settings) && cells.length > 0 && cells.every(({ text }) => !/[\p{L}\p{N}]/u.test(text))
    )
  })
}
