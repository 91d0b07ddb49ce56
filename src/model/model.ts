/** The model: entities with the evidence that rules need, and the dataset that is published from them. */
import type { Span } from '../diagnostic.ts'
import type {
  ClaimedEffect,
  Evidence,
  NameCandidate,
  PolicyClaim,
  ResourceClaim,
  RoleClaim,
  Surroundings,
} from '../parse/claim.ts'
import type { Access, Dataset, Policy, Source } from './dataset.ts'

/** The scope of what no scope is said of. */
export const UNSCOPED = 'unscoped'

export interface RoleGrant {
  permission: string
  /** Canonical key and operation; `null` where the permission is an action's label. */
  resource: string | null
  operation: string | null
  /** The resource as the cell or bullet's row writes it. */
  writtenResource: string | null
  effect: ClaimedEffect
  note: string | null
  access: Access
  /** Whether a word that is known says so: what is called “Members” counts as writing, and may be read alone. */
  isAccessSaid: boolean
  evidence: Evidence
}

export interface RoleEntity {
  id: string
  name: string
  nameEvidence: Evidence
  scope: string
  group: string | null
  level: string | null
  /** The row of the role table that describes it, exact or paired by elimination. */
  row: RoleClaim | null
  /** Rows of other sections' tables that do. */
  otherRows: readonly RoleClaim[]
  /** Every spelling of its name that its own panel, tab or heading shows. */
  spellings: NameCandidate[]
  /** Why it counts as read-only: its name's or description's words and their place; `null` where it doesn't. */
  readOnly: { from: 'name' | 'description'; quote: string; span: Span } | null
  /** What marks and bullets of its own say. */
  grants: RoleGrant[]
  /** What it takes over from other roles, at the place of the sentence that says so; none of its own is among them. */
  inherited: RoleGrant[]
  /** The ids of the roles that it takes them over from, by what says so. */
  inheritsFrom: { id: string; except: boolean; evidence: Evidence }[]
  blocks: Surroundings[]
}

export interface ResourceEntity {
  key: string
  /** The key as claims write it, other names of it included. */
  spellings: string[]
  /** Its other names by the config, whether any claim writes them or not. */
  aliases: readonly string[]
  /** What tables of the catalogue say of it; the first row describes it. */
  rows: ResourceClaim[]
  operations: Set<string>
  evidence: Evidence
}

/** A policy as it is published, and the claims that it was made of, with the places of their parts. */
export interface PolicyEntity {
  id: string
  policy: Policy
  claims: PolicyClaim[]
}

export interface Model {
  dataset: Dataset
  /** By id. */
  roles: RoleEntity[]
  resources: ResourceEntity[]
  /** By id. */
  policies: PolicyEntity[]
  /** Keys as the catalogue's tables write them, with their rows; empty where there is no catalogue. */
  catalogueRows: ResourceClaim[]
}

/** The grants that a role has, its own and those that it takes over, without those that are denied. */
export function heldGrants({ grants, inherited }: Pick<RoleEntity, 'grants' | 'inherited'>): RoleGrant[] {
  return [...grants, ...inherited].filter(({ effect }) => effect !== 'denied')
}

/** Where evidence stands, as the dataset writes it. */
export function sourceOf(evidence: Evidence): Source {
  const { path, line, column } = evidence.span
  const via = evidence.via.map((span) => ({ path: span.path, line: span.line, column: span.column }))
  return via.length > 0 ? { path, line, column, via } : { path, line, column }
}
