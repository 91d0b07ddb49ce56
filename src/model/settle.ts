/** Claims that one block alone could not decide, decided by what the other blocks say. */
import type { Finding, Outcome } from '../diagnostic.ts'
import type { Claim, OperationOfRoleClaim, Surroundings } from '../parse/claim.ts'
import { componentFinder } from '../text.ts'

/**
 * Gives operations of roles their resource: the first of the names around them that another block knows as a resource,
 * a plural allowed (“Docks”). Where there is none, they are in no model, and a finding stands at their table.
 */
export function settleClaims(claims: readonly Claim[]): Outcome<Claim[]> {
  const waiting = claims.filter((claim) => claim.kind === 'operation-of-role')
  if (waiting.length === 0) return { value: [...claims], findings: [] }
  const keyOf = keyFinder(claims)
  const findings = new Map<Surroundings, Finding>()
  const value = claims.flatMap((claim): Claim[] => {
    if (claim.kind !== 'operation-of-role') return [claim]
    const { block, role, operation, effect, note, evidence } = claim
    const resource = resourceOf(claim, keyOf)
    if (resource === null) findings.set(block, unknownResource(claim))
    return resource === null ? [] : [{ kind: 'grant', block, role, resource, operation, effect, note, evidence }]
  })
  return { value, findings: [...findings.values()] }
}

/** Finds the key of a resource that some block names, by key or by title, as written there. */
function keyFinder(claims: readonly Claim[]): (name: string) => string | null {
  return componentFinder(
    claims.flatMap((claim): [name: string, key: string][] => {
      if (claim.kind === 'resource') {
        return [
          [claim.key, claim.key],
          [claim.title, claim.key],
        ]
      }
      return claim.kind === 'grant' || claim.kind === 'catalogue' ? [[claim.resource, claim.resource]] : []
    }),
  )
}

function resourceOf({ resources }: OperationOfRoleClaim, keyOf: (name: string) => string | null): string | null {
  for (const name of resources) {
    const key = keyOf(name)
    if (key !== null) return key
  }
  return null
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
