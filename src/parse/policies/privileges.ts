/** The claims that lists and tables of ids make. */
import { placeText } from '../../diagnostic.ts'
import type { Cell } from '../blocks/cells.ts'
import { type Evidence, NO_PARTS, type PolicyClaim, type PolicyStatement, type Written } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { ROLE } from '../tables/shape.ts'
import { providerOf } from './provider.ts'
import type { Listed } from './resources-behind.ts'
import { variantOf } from './variant.ts'

/**
 * Ids that are listed outside of a document: a statement for all of those that are allowed on the same resources. All such blocks
 * of a section are one policy, under the section's name.
 */
export function listPolicy(
  input: BlockInput,
  { provider, policyKind }: Pick<PolicyClaim, 'provider' | 'policyKind'>,
  listed: readonly Listed[],
): PolicyClaim {
  const evidence = input.evidence(input.block.span)
  const groups = Map.groupBy(listed, ({ resources = [] }) => resources.map(({ text }) => text).join('\n'))
  const statements = [...groups.values()].map((group) => statementOf(group, evidence))
  const named = input.surroundings.names[0]?.span
  return {
    kind: 'policy',
    block: input.surroundings,
    provider,
    policyKind,
    title: null,
    variant: variantOf(input),
    section: named ? placeText(named) : '',
    statements: statements.length > 0 ? statements : [statementOf([], evidence)],
    document: null,
    lastUpdate: null,
    evidence,
  }
}

function statementOf(listed: readonly Listed[], evidence: Evidence): PolicyStatement {
  const resources = listed[0]?.resources ?? []
  return {
    sid: null,
    effect: 'Allow',
    actions: listed.map(({ text }) => text),
    notActions: [],
    resources: resources.map(({ text }) => text),
    conditions: null,
    parts: {
      ...NO_PARTS,
      actions: listed.map(({ span }) => span),
      resources: resources.map(({ span }) => span),
    },
    evidence,
  }
}

/** The same policy with a name of its own, which stands where `evidence` says. */
function underTitle(policy: PolicyClaim, title: string, evidence: Evidence): PolicyClaim {
  return { ...policy, title, statements: policy.statements.map((statement) => ({ ...statement, evidence })), evidence }
}

/** The policy that a command makes under a name: one of its own, whatever others its section has. */
export function commandPolicy(
  input: BlockInput,
  kind: Pick<PolicyClaim, 'provider' | 'policyKind'>,
  listed: readonly Written[],
  { title, evidence }: { title: string; evidence: Evidence },
): PolicyClaim {
  const { section: _, ...policy } = listPolicy(input, kind, listed)
  return underTitle(policy, title, evidence)
}

/** Privileges, as both of vSphere's ways of writing them claim them: one policy for a section and a product version. */
export function privilegePolicy(input: BlockInput, listed: readonly Written[], variant: string | null): PolicyClaim {
  const { headings } = input.surroundings
  // A heading that is the version alone names nothing; what it is a version of stands above it.
  const title = (headings.at(-1) === variant ? headings.at(-2) : undefined) ?? headings.at(-1) ?? null
  const parts = { provider: providerOf(input) ?? 'vsphere', policyKind: 'privilege-list' } as const
  return { ...listPolicy(input, parts, listed), title, variant, section: `${title} ${variant}` }
}

/** A row of a table of ids: its cells, and the ids that it lists. */
export interface ListedRow {
  cells: readonly Cell[]
  ids: readonly Listed[]
}

/** The column of a table's roles, which is its first; -1 where it names none. What a role is for is none. */
export function roleColumn({ grid }: BlockInput): number {
  const heading = grid.header[0]?.text ?? ''
  return ROLE.test(heading) && !/\bfor\b/i.test(heading) ? 0 : -1
}

/**
 * The policies of a table of ids: what `policyOf` makes of all of its rows, or, where a column names roles, of the rows of each
 * role, under the role's name.
 */
export function policiesOfRoles(
  input: BlockInput,
  rows: readonly ListedRow[],
  policyOf: (listed: readonly Listed[]) => PolicyClaim,
): PolicyClaim[] {
  const role = roleColumn(input)
  if (role < 0) return [policyOf(rows.flatMap(({ ids }) => ids))]
  let cell: Cell | undefined
  const roles = Map.groupBy(rows, ({ cells }) => {
    // A blank cell goes on with the role above it.
    if (cells[role]?.text) cell = cells[role]
    return cell?.text ?? null
  })
  return [...roles].map(([title, own]) => {
    const policy = policyOf(own.flatMap(({ ids }) => ids))
    const named = own[0]?.cells[role]
    if (title === null || !named) return policy
    return { ...underTitle(policy, title, input.evidence(named.span)), section: `${policy.section}\n${title}` }
  })
}
