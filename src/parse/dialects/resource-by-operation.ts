import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { MarkReader, noteText } from '../marks.ts'
import { accessOf, operationId, resourceKey } from '../vocabulary.ts'

/** A matrix for one role: rows are resources, columns are operations. The role's name stands around the table. */
export default defineDialect({
  id: 'resource-by-operation',
  summary: 'A matrix whose rows are resources and whose columns are operations, for one role',
  block: 'table',
  examples: [
    {
      name: 'a matrix with ticks',
      mdx: '## Project Viewer\n\n|  | **Create** | **Get** |\n| --- | --- | --- |\n| **cluster** |  | √ |\n',
      expect: ['grant: cluster.get'],
    },
  ],
  score(input) {
    const columns = operationColumns(input)
    const { header, rows } = input.grid
    // Rows of roles: the columns say operations, but nothing says on what.
    if (/\broles?\b/i.test(header[0]?.text ?? '')) return 0
    if (rows.length === 0 || columns.length === 0 || columns.length * 5 < (header.length - 1) * 3) return 0
    // A word such as “Export” may be a column of anything; a single known operation is not enough without marks.
    return columns.length > 1 || input.markColumns.length > 0 ? 0.9 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const claims: Claim[] = [{ kind: 'grant-block', block: input.surroundings }]
    const { header, rows } = input.grid
    const columns = header.map((_, i) => i).slice(1)
    const marks = new MarkReader(input.settings, input.grid, columns)
    for (const row of rows) {
      const label = row.cells[0]
      if (!label || label.text === '') {
        if (row.cells.some((cell) => cell.text !== ''))
          findings.push(unknownMark(input, row.span, '', 'a row without a resource'))
        continue
      }
      const resource = resourceKey(label.text)
      row.cells.forEach((cell, column) => {
        if (column === 0) return
        const mark = marks.read(cell)
        if (mark.kind === 'blank') return
        const title = header[column]?.text ?? ''
        if (mark.kind === 'unknown' || title === '') {
          findings.push(
            unknownMark(
              input,
              cell.span,
              cell.text,
              title === '' ? 'a column without a heading' : `${resource} × ${title}`,
            ),
          )
          return
        }
        claims.push({
          kind: 'grant',
          block: input.surroundings,
          resource,
          operation: operationId(title),
          effect: mark.kind,
          note: mark.note === null ? null : noteText(mark.note, input.block),
          evidence: input.evidence(cell.span),
        })
      })
    }
    return { value: claims, findings }
  },
})

function operationColumns(input: BlockInput): number[] {
  const columns: number[] = []
  input.grid.header.forEach((cell, column) => {
    if (column > 0 && /^[A-Za-z][A-Za-z -]*$/.test(cell.text) && accessOf(operationId(cell.text), input.settings))
      columns.push(column)
  })
  return columns
}
