/** The claims that lists and tables of ids make. */
import { NO_PARTS, type PolicyClaim, type Written } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { providerOf } from './provider.ts'
import { variantOf } from './variant.ts'

/** Ids that are listed outside of a document. All such blocks of a section are one policy, under the section's name. */
export function listPolicy(
  input: BlockInput,
  parts: Pick<PolicyClaim, 'provider' | 'policyKind'>,
  listed: readonly Written[],
): PolicyClaim {
  const evidence = input.evidence(input.block.span)
  const named = input.surroundings.names[0]?.span
  return {
    kind: 'policy',
    block: input.surroundings,
    ...parts,
    title: null,
    variant: variantOf(input),
    section: named ? `${named.path}:${named.line}:${named.column}` : '',
    statements: [
      {
        sid: null,
        effect: 'Allow',
        actions: listed.map(({ text }) => text),
        notActions: [],
        resources: [],
        conditions: null,
        parts: { ...NO_PARTS, actions: listed.map(({ span }) => span) },
        evidence,
      },
    ],
    document: null,
    lastUpdate: null,
    evidence,
  }
}

/** Privileges, as both of vSphere's ways of writing them claim them: one policy for a section and a product version. */
export function privilegePolicy(input: BlockInput, listed: readonly Written[], variant: string | null): PolicyClaim {
  const { headings } = input.surroundings
  // A heading that is the version alone names nothing; what it is a version of stands above it.
  const title = (headings.at(-1) === variant ? headings.at(-2) : undefined) ?? headings.at(-1) ?? null
  const parts = { provider: providerOf(input) ?? 'vsphere', policyKind: 'privilege-list' } as const
  return { ...listPolicy(input, parts, listed), title, variant, section: `${title} ${variant}` }
}
