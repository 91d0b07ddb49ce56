/**
 * Claims: what one cell, bullet or document says, as written, with its place, before any canonical spelling.
 * Dialects and policy formats make them; the model is built from them.
 */
import type { Span } from '../diagnostic.ts'
import type { Inheritance } from './words/inheritance.ts'

/** Where a claim stands, and for a partial through which inclusions it was read, outermost first. */
export interface Evidence {
  span: Span
  via: Span[]
}

/** A name that the surroundings of a block offer for what it describes. */
export interface NameCandidate {
  text: string
  kind: 'label' | 'value' | 'heading' | 'section' | 'page'
  span: Span
}

/** What a block's surroundings say of it. */
export interface Surroundings {
  /** Scope id, or `null` where nothing on the page tells it. */
  scope: string | null
  /** Innermost first: panel names, headings inside the panel, then section headings. */
  names: NameCandidate[]
  /** Ids of the sections that it stands in, innermost first; comparable across blocks of one page. */
  sections: string[]
  /** Texts of the headings outside of panels, outermost first. */
  headings: string[]
  /** The partial that holds the block, or `null` for a page. */
  partial: { category: string; name: string } | null
  /** The props that the partial was read with; empty for a page. */
  props: ReadonlyMap<string, string>
  /** Where that partial is included, in order of path and line. */
  usedBy: Span[]
  /** The whole block. */
  evidence: Evidence
}

export type ClaimedEffect = 'granted' | 'denied' | 'conditional'

/** A role's name as a cell writes it. */
export interface WrittenRole {
  text: string
  /** What the cell writes where the page says elsewhere what that is short for. */
  short?: string
  evidence: Evidence
}

/** One permission of a role that the block's surroundings name, or a cell of it. */
export interface GrantClaim {
  kind: 'grant'
  block: Surroundings
  /** The role that a column or row names; absent where the surroundings do. */
  role?: WrittenRole
  resource: string
  operation: string
  /** Of one that is written `dock:get`. */
  separator?: ':'
  effect: ClaimedEffect
  note: string | null
  evidence: Evidence
}

/** A block that grants, met even where it holds no grant: a role with nothing is a fact too. */
export interface GrantBlockClaim {
  kind: 'grant-block'
  block: Surroundings
}

/** One action of a role that a column names. */
export interface ActionClaim {
  kind: 'action'
  block: Surroundings
  role: WrittenRole
  /** Row label as written, and the headings it stands under, outermost first. */
  action: string
  path: string[]
  description: string | null
  /** Of a sentence that says it, and no mark in a row: that a viewer may comment on docks is no slip of a column. */
  inWords?: true
  effect: ClaimedEffect
  note: string | null
  evidence: Evidence
}

/** An action that a table lists, whoever has it, and the roles that it lists: one that has nothing is a fact too. */
export interface ListedActionClaim {
  kind: 'listed-action'
  block: Surroundings
  roles: WrittenRole[]
  action: string
  path: string[]
  description: string | null
  evidence: Evidence
}

/** An operation of a role, on what a heading names: the model knows whether that is a resource. */
export interface OperationOfRoleClaim {
  kind: 'operation-of-role'
  block: Surroundings
  role: WrittenRole
  /** What may be the resource, the most likely first. */
  resources: string[]
  operation: string
  effect: ClaimedEffect
  note: string | null
  evidence: Evidence
}

/** A row of a table of role names and descriptions. */
export interface RoleClaim {
  kind: 'role'
  block: Surroundings
  name: string
  description: string | null
  /** Of a list in running text: it describes the role of its name, and says nothing of what else its section has. */
  inList?: true
  evidence: Evidence
}

/** A sentence that says of a role that it has what another one has. */
export interface InheritanceClaim extends Omit<Inheritance, 'rest'> {
  kind: 'inheritance'
  block: Surroundings
  /** The role that a cell names; absent where the sentence or what surrounds it does. */
  role?: WrittenRole
  /** `false` where it says that something is left out, and not by the ids of permissions. */
  isComplete: boolean
  /** Whether it stands among the permissions of a role, or right above them: there it can mean nothing else. */
  isListed: boolean
  /** Whether what it stands under is called like a role. */
  isUnderRole: boolean
  evidence: Evidence
}

/** A row of a catalogue: a resource, its key, and the scopes that offer it. */
export interface ResourceClaim {
  kind: 'resource'
  block: Surroundings
  title: string
  key: string
  description: string | null
  scopes: string[]
  operations: string[]
  evidence: Evidence
}

/** One operation in a list of what can be done with a component. */
export interface OperationClaim {
  kind: 'operation'
  block: Surroundings
  component: string
  operation: string
  evidence: Evidence
}

/** One permission in a list that belongs to no role. */
export interface CatalogueClaim {
  kind: 'catalogue'
  block: Surroundings
  title: string
  resource: string
  operation: string
  separator?: ':'
  evidence: Evidence
}

/** A role of one system that asks for roles of another. */
export interface MappingClaim {
  kind: 'mapping'
  block: Surroundings
  name: string
  description: string | null
  restrictions: string[]
  /** All of these, of each inner list one; names as written, made whole (`Cluster Admin or Editor`). */
  requires: string[][]
  evidence: Evidence
}

export type PolicyKind = 'iam-policy' | 'role-definition' | 'custom-role' | 'privilege-list' | 'api-list'

/** A text as written, and its place. */
export interface Written {
  text: string
  span: Span
}

/** What only rules look at in a statement: where its parts stand, and the parts that no dataset has. */
export interface StatementParts {
  /** Where each of `actions` stands, in their order; empty where an action has no place of its own. */
  actions: Span[]
  /** As `actions`, of `notActions` and of `resources`. */
  notActions: Span[]
  resources: Span[]
  /** Where what it leaves out of all resources stands (`NotResource`); a statement that has this names no resources. */
  notResources: Span[]
  /** How many of `actions`, and of `notActions`, stand in the first of their lists; Azure has a second one, for data. */
  first: number
  notFirst: number
  sid: Span | null
  principals: WrittenPrincipal[]
  conditions: WrittenCondition[]
}

/** Whom a statement is for: `Federated`, `Service`, `AWS`, …, and the name. */
export interface WrittenPrincipal extends Written {
  type: string
}

/** One value of a condition: `StringEquals`, `iam:PassedToService`, `ec2.amazonaws.com`. */
export interface WrittenCondition extends Written {
  operator: string
  key: string
}

/** The parts of a statement that has no document. */
export const NO_PARTS: StatementParts = {
  actions: [],
  notActions: [],
  resources: [],
  notResources: [],
  first: Number.POSITIVE_INFINITY,
  notFirst: Number.POSITIVE_INFINITY,
  sid: null,
  principals: [],
  conditions: [],
}

export interface PolicyStatement {
  sid: string | null
  effect: 'Allow' | 'Deny'
  actions: string[]
  notActions: string[]
  resources: string[]
  conditions: unknown
  parts: StatementParts
  evidence: Evidence
}

export interface PolicyClaim {
  kind: 'policy'
  block: Surroundings
  provider: string
  policyKind: PolicyKind
  /** The document's own name, where it has one. */
  title: string | null
  variant: string | null
  /** What stands right above it, or on its fence, and tells it from others under its heading. */
  label?: string | null
  /** What the tables and lists that make one policy together have in common; a document has none. */
  section?: string
  statements: PolicyStatement[]
  /** What an IAM policy's `Version` says; `null` where it has none, absent for documents of another kind. */
  version?: Written | null
  /** The document as JSON, or `null` where there is none or where it does not parse. */
  document: unknown
  /** ISO date of the “Last Update” line above it. */
  lastUpdate: string | null
  /** Where that line stands. */
  lastUpdateSpan?: Span | null
  evidence: Evidence
}

export type Claim =
  | GrantClaim
  | GrantBlockClaim
  | ActionClaim
  | ListedActionClaim
  | OperationOfRoleClaim
  | RoleClaim
  | InheritanceClaim
  | ResourceClaim
  | OperationClaim
  | CatalogueClaim
  | MappingClaim
  | PolicyClaim
