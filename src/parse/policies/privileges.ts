/** The claim that both ways of writing vSphere privileges make. */
import type { PolicyClaim } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { providerOf } from './provider.ts'

export function privilegePolicy(input: BlockInput, actions: string[], variant: string | null): PolicyClaim {
  const evidence = input.evidence(input.block.span)
  return {
    kind: 'policy',
    block: input.surroundings,
    provider: providerOf(input) ?? 'vsphere',
    policyKind: 'privilege-list',
    title: input.surroundings.headings.at(-1) ?? null,
    variant,
    statements: [{ sid: null, effect: 'Allow', actions, notActions: [], resources: [], conditions: null, evidence }],
    document: null,
    lastUpdate: null,
    evidence,
  }
}
