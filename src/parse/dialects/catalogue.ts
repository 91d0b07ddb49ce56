import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark, unrecognised } from '../finding.ts'
import { scopeInText } from '../page/scope.ts'
import { tableFindings, unlabelledRow } from '../tables/table-findings.ts'

/** A table of components, their resource keys, and the scopes in which permissions on them can be granted. */
export default defineDialect({
  id: 'catalogue',
  summary: 'A table of components, resource keys and the scopes that offer them',
  block: 'table',
  examples: [
    {
      name: 'two scopes',
      mdx: '| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Audit | `audit` | ✅ | |\n',
      expect: ['resource: audit (tenant)'],
    },
  ],
  score(input) {
    const { key, scopes } = columns(input)
    const named = /^resource keys?$/i.test(input.grid.header[key]?.text ?? '')
    return key >= 0 &&
      (named ? input.markColumns.length > 0 : scopes.some(({ column }) => input.markColumns.includes(column)))
      ? 0.95
      : 0
  },
  read(input) {
    const claims: Claim[] = []
    const { key, title, description, scopes } = columns(input)
    const data = [key, ...scopes.map((scope) => scope.column)]
    const findings: Finding[] = tableFindings(input, data)
    for (const column of input.markColumns) {
      const head = input.grid.header[column]
      if (!head || scopes.some((scope) => scope.column === column)) continue
      const message = `This column holds marks, and \`${head.text}\` names no scope that the config knows, so they are not in the model.`
      findings.push(unrecognised(input, head.span, message, [head.text]))
    }
    for (const row of input.grid.rows) {
      const cell = row.cells[key]
      if (!cell || cell.text === '') {
        const filled = row.cells.some(({ text }, column) => column !== title && column !== description && text !== '')
        if (filled && !row.wide) findings.push(unlabelledRow(input, row, 'resource key'))
        continue
      }
      const offered: string[] = []
      for (const { column, scope } of scopes) {
        const mark = input.marks.read(row.cells[column])
        if (mark.kind === 'granted' || mark.kind === 'conditional') offered.push(scope)
        const span = row.cells[column]?.span ?? cell.span
        if (mark.kind === 'unknown') findings.push(unknownMark(input, span, mark.text, `${cell.text} × ${scope}`))
      }
      claims.push({
        kind: 'resource',
        block: input.surroundings,
        title: row.cells[title]?.text || cell.text,
        key: cell.text,
        description: row.cells[description]?.text || null,
        scopes: offered,
        operations: [],
        evidence: input.evidence(cell.span),
      })
    }
    return { value: claims, findings }
  },
})

function columns(input: BlockInput) {
  const header = input.grid.header.map((cell) => cell.text)
  const key = header.findIndex((text) => /^(?:resource )?keys?$/i.test(text))
  const scopes: { column: number; scope: string }[] = []
  header.forEach((text, column) => {
    const scope = column === key ? null : scopeInText(text, input.settings, true)
    if (scope !== null) scopes.push({ column, scope })
  })
  return {
    key,
    scopes,
    title: header.findIndex((text, column) => column !== key && /^(?:component|resource|name|title)s?$/i.test(text)),
    description: header.findIndex((text) => /^(?:description|usage)$/i.test(text)),
  }
}
