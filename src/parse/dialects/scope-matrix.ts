import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { scopeInText } from '../scope.ts'
import { operationId } from '../vocabulary.ts'

/** A catalogue whose operations and scopes stand as lists in cells. */
export default defineDialect({
  id: 'scope-matrix',
  summary: 'A table of resource keys with lists of operations and scopes in cells',
  block: 'table',
  examples: [
    {
      name: 'two scopes',
      mdx: '| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Audit | audit | get, list | Tenant Project |\n',
      expect: ['resource: audit (project, tenant) get list'],
    },
  ],
  score(input) {
    const { key, operations } = columns(input)
    return key >= 0 && operations >= 0 && input.markColumns.length === 0 ? 0.9 : 0
  },
  read(input) {
    const { key, title, operations, scope, description } = columns(input)
    const claims: Claim[] = []
    for (const row of input.grid.rows) {
      const cell = row.cells[key]
      if (!cell || cell.text === '') continue
      claims.push({
        kind: 'resource',
        block: input.surroundings,
        title: row.cells[title]?.text || cell.text,
        key: cell.text,
        description: row.cells[description]?.text || null,
        scopes: scopesIn(row.cells[scope]?.text ?? '', input),
        operations: list(row.cells[operations]?.lines ?? []).map(operationId),
        evidence: input.evidence(cell.span),
      })
    }
    return { value: claims, findings: [] }
  },
})

function list(lines: string[]): string[] {
  return lines.flatMap((line) => line.split(/\s*[,;]\s*/)).filter((item) => item !== '')
}

function scopesIn(text: string, input: BlockInput): string[] {
  const scopes = text.split(/[\s,;/]+/).map((word) => scopeInText(word, input.settings, true))
  return [...new Set(scopes.filter((scope) => scope !== null))].sort()
}

function columns(input: BlockInput) {
  const header = input.grid.header.map((cell) => cell.text)
  const find = (pattern: RegExp) => header.findIndex((text) => pattern.test(text))
  return {
    key: find(/^(?:resource )?keys?$/i),
    title: find(/^(?:component|resource|name|title)s?$/i),
    operations: find(/^(?:operation|action|verb)s?$/i),
    scope: find(/^(?:role )?scopes?$/i),
    description: find(/^(?:description|usage)$/i),
  }
}
