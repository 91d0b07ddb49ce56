import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { MarkReader } from '../marks.ts'
import { accessOf } from '../vocabulary.ts'

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
    const { header } = input.grid
    const roles = input.markColumns
    if (roles.length === 0 || !ACTION.test(header[0]?.text ?? '')) return 0
    const operations = roles.filter((column) => accessOf(header[column]?.text ?? '', input.settings) !== null)
    return operations.length * 2 > roles.length ? 0.3 : 0.7
  },
  read(input) {
    const findings: Finding[] = []
    const claims: Claim[] = []
    const { header, rows } = input.grid
    const columns = input.markColumns
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
          note: mark.note,
          evidence: input.evidence(cell.span),
        })
      }
    }
    return { value: claims, findings }
  },
})
