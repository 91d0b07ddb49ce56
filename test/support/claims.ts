/** Claims as the `expect` of a dialect's examples writes them: `kind: text`. */
import type { Claim } from '../../src/parse/claim.ts'
import { codeUnits } from './line-reader.ts'

/** One line for a claim, or `null` for what only says that a block is there. */
export function describeClaim(claim: Claim): string | null {
  switch (claim.kind) {
    case 'grant-block':
    case 'listed-action':
      return null
    case 'grant':
    case 'catalogue':
      return `${claim.kind}: ${claim.resource}.${claim.operation}`
    case 'action':
      return `action: ${claim.action} (${claim.role.text})`
    case 'operation-of-role':
      return `operation: ${claim.resources[0]} ${claim.operation} (${claim.role.text})`
    case 'role':
      return `role: ${claim.name}`
    case 'inheritance':
      return `inheritance: ${[claim.role?.text ?? claim.subject ?? '', claim.from, claim.also ?? ''].filter((name) => name !== '').join(' < ')}`
    case 'resource':
      return [`resource: ${claim.key} (${claim.scopes.join(', ')})`, ...claim.operations].join(' ')
    case 'operation':
      return `operation: ${claim.component} ${claim.operation}`
    case 'mapping':
      return `mapping: ${claim.name} -> ${claim.requires.map((names) => names.join(' | ')).join(', ')}`
    case 'policy': {
      const actions = claim.statements.flatMap((statement) => statement.actions)
      return `policy: ${[...new Set(actions)].sort(codeUnits).join(', ')}`
    }
  }
}
