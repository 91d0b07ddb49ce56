/** Claims that one block alone could not decide, decided by what the other blocks say. */
import type { Finding, Outcome } from '../diagnostic.ts'
import type { Claim, OperationOfRoleClaim, Surroundings } from '../parse/claim.ts'
import { singular } from '../text.ts'

/**
 * Gives operations of roles their resource: the first of the names around them that another block knows as a resource,
 * a plural allowed (“Docks”). Where there is none, they are in no model, and a finding stands at their table.
 */
export function settleClaims(claims: readonly Claim[]): Outcome<Claim[]> {
  const waiting = claims.filter((claim) => claim.kind === 'operation-of-role')
  if (waiting.length === 0) return { value: [...claims], findings: [] }
  const known = knownKeys(claims)
  const findings = new Map<Surroundings, Finding>()
  const value = claims.flatMap((claim): Claim[] => {
    if (claim.kind !== 'operation-of-role') return [claim]
    const { block, role, operation, effect, note, evidence } = claim
    const resource = resourceOf(claim, known)
    if (resource === null) findings.set(block, unknownResource(claim))
    return resource === null ? [] : [{ kind: 'grant', block, role, resource, operation, effect, note, evidence }]
  })
  return { value, findings: [...findings.values()] }
}

/** Resource keys of all blocks that name one, by their letters alone. */
function knownKeys(claims: readonly Claim[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const claim of claims) {
    if (claim.kind === 'resource') {
      keys.set(letters(claim.key), claim.key)
      keys.set(letters(claim.title), claim.key)
    } else if (claim.kind === 'grant' || claim.kind === 'catalogue') keys.set(letters(claim.resource), claim.resource)
  }
  return keys
}

function resourceOf({ resources }: OperationOfRoleClaim, known: ReadonlyMap<string, string>): string | null {
  for (const name of resources) {
    const key = known.get(letters(name)) ?? known.get(singular(letters(name)))
    if (key !== undefined) return key
  }
  return null
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function unknownResource({ block, resources }: OperationOfRoleClaim): Finding {
  const { span } = block.evidence
  const names = resources.map((name) => `\`${name}\``).join(', ')
  return {
    ruleId: 'unrecognised-block',
    message: `Nothing tells on which resource these roles have these operations: no other block knows ${names || 'a resource'} as one, so none of it is in the model. Put the resource's key in the heading, or list it in a catalogue.`,
    span: { ...span, endLine: span.line, endColumn: span.column + 1 },
    subject: null,
    ids: [span.path, 'operations of roles', ...resources],
  }
}
