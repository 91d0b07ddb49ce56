import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { MarkReader, noteText } from '../marks.ts'
import { speaksOfPermissions } from '../subject.ts'
import { accessOf, wordsOf } from '../vocabulary.ts'

const ACTION =
  /^(?:permissions?|actions?|capabilit(?:y|ies)|privileges?|tasks?|features?|functions?|abilit(?:y|ies)|operations?|activit(?:y|ies))\b/i

/** Rows are actions, columns are roles: what most products write. */
export default defineDialect({
  id: 'action-by-role',
  summary: 'A table whose rows are actions and whose columns are roles',
  block: 'table',
  examples: [
    {
      name: 'three roles',
      mdx: '| Permission | Admin | Guest |\n| --- | --- | --- |\n| Manage tenants | :white_check_mark: | :x: |\n',
      expect: ['action: Manage tenants (Admin)', 'action: Manage tenants (Guest)'],
    },
  ],
  score(input) {
    const { header, rows } = input.grid
    const roles = roleColumns(input)
    // “Permission” over the rows is enough; under “Task” or “Feature” most cells must be marks.
    const plain = /^(?:permission|privilege)/i.test(header[0]?.text ?? '')
    if (roles.length === 0 || (input.markColumns.length === 0 && !plain)) return 0
    const operations = roles.filter((column) => accessOf(header[column]?.text ?? '', input.settings) !== null)
    const named = ACTION.test(header[0]?.text ?? '')
    if (named) return operations.length * 2 > roles.length ? 0.3 : 0.7
    // Another heading, or none: rows that say what is done (“Create projects”, “can read on Log”), about permissions.
    const labels = rows.map((row) => row.cells[0]?.text ?? '').filter((label) => label !== '')
    const verbs = labels.filter((label) => saysAction(label, input.settings))
    return roles.length > 1 && verbs.length * 2 > labels.length && speaksOfPermissions(input) ? 0.5 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const claims: Claim[] = []
    const { header, rows } = input.grid
    const columns = roleColumns(input)
    const marks = new MarkReader(input.settings, input.grid, columns)
    const descriptionColumn = header.findIndex((cell) => /^(?:description|details|notes?)$/i.test(cell.text))
    for (const row of rows) {
      const action = row.cells[0]?.text ?? ''
      if (action === '') continue
      const description = row.cells[descriptionColumn]?.text || null
      for (const column of columns) {
        const cell = row.cells[column]
        const role = header[column]
        const mark = marks.read(cell)
        if (!cell || !role || role.text === '' || mark.kind === 'blank') continue
        if (mark.kind === 'unknown') {
          findings.push(unknownMark(input, cell.span, cell.text, `${action} × ${role.text}`))
          continue
        }
        claims.push({
          kind: 'action',
          block: input.surroundings,
          role: { text: role.text, evidence: input.evidence(role.span) },
          action,
          path: input.surroundings.headings,
          description,
          effect: mark.kind,
          note: mark.note === null ? null : noteText(mark.note, input.block),
          evidence: input.evidence(cell.span),
        })
      }
    }
    return { value: claims, findings }
  },
})

const INFORMATION = /^(?:description|details?|notes?|comments?|remarks?|scope|api|endpoint)s?$/i

/** The columns that hold a mark at all: one cell that can't be read must not cost the whole role. */
function roleColumns(input: BlockInput): number[] {
  const { header, rows } = input.grid
  const columns = header.map((_, column) => column).slice(1)
  const marks = new MarkReader(input.settings, input.grid, columns)
  return columns.filter((column) => {
    if (INFORMATION.test(header[column]?.text ?? '')) return false
    return rows.some((row) => !['blank', 'unknown'].includes(marks.read(row.cells[column]).kind))
  })
}

function saysAction(label: string, settings: BlockInput['settings']): boolean {
  return wordsOf(label)
    .slice(0, 4)
    .some((word) => accessOf(word, settings) !== null)
}
