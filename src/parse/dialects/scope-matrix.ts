import { compareText, type Finding } from '../../diagnostic.ts'
import type { Cell } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { scopeInText } from '../page/scope.ts'
import { hiddenCharacters, raggedRows } from '../tables/table-findings.ts'
import { operationId } from '../words/vocabulary.ts'

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
    const findings: Finding[] = [...raggedRows(input, []), ...hiddenCharacters(input, [key])]
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
        scopes: scopesIn(row.cells[scope], cell.text, input, findings),
        operations: list(row.cells[operations]?.lines ?? []).map(operationId),
        evidence: input.evidence(cell.span),
      })
    }
    return { value: claims, findings }
  },
})

function list(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(/(?:(?<!\s)\s+)?[,;]\s*/)).filter((item) => item !== '')
}

function scopesIn(cell: Cell | undefined, key: string, input: BlockInput, findings: Finding[]): string[] {
  const scopes = new Set<string>()
  for (const word of (cell?.text ?? '').split(/[\s,;/&]+/)) {
    if (word === '' || word.toLowerCase() === 'and') continue
    const scope = scopeInText(word, input.settings, true)
    if (scope !== null) scopes.add(scope)
    else if (cell) {
      const message = `\`${word}\` is no scope that the config knows, so \`${key}\` is not catalogued for it. Correct it, or add it to \`scopes\`.`
      findings.push(unrecognised(input, cell.span, message, [key, word]))
    }
  }
  return [...scopes].sort(compareText)
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
