/** What documentation and a running system can disagree on. */
import { compareText } from '../diagnostic.ts'
import type { Effect, Source } from '../model/dataset.ts'

/** Every kind of disagreement, and what it says; in the order in which those of one scope are listed. */
export const KINDS = {
  'role-only-in-docs': 'a role that the system does not have',
  'role-only-in-system': 'a built-in role that the docs do not have',
  'role-renamed': 'a role that goes by another name in the system',
  'role-repeated': 'a role that the system has twice; its grants are compared with the first',
  'role-of-two-scopes': 'a role of which the system says two scopes; it is compared in the first',
  'grants-not-listed': 'a role of which the docs list no grants, and the system has some',
  'grant-only-in-docs': 'a grant, conditional or not, that the system does not make',
  'grant-denied-in-docs': 'a grant of the system that the docs deny',
  'grant-only-in-system': 'a grant of the system that the docs do not name',
  'permission-only-in-docs': 'a permission that the system does not know in this scope',
  'permission-only-in-system': 'a permission that the docs do not name in this scope',
  'permissions-not-listed': 'a scope of which the system lists no permissions, though it has roles there',
} as const

export type Kind = keyof typeof KINDS

export interface Disagreement {
  kind: Kind
  scope: string
  /** The role of the documentation; `null` where it has none, or where the matter is not one role's. */
  role: { id: string; name: string } | null
  /** The name of the system's role. */
  systemRole: string | null
  permission: string | null
  /** What the documentation says of the permission; `null` where it says nothing. */
  effect: Effect | null
  /** A condition's or footnote's text. */
  note: string | null
  /** The place in the documentation: of the grant, else of the role; `null` where the documentation has neither. */
  source: Source | null
  /** What else helps to see why: the name that was likely meant, the other scope that has it. */
  hint: string | null
}

/** One disagreement: what is not given is `null`. */
export function disagreement(kind: Kind, scope: string, rest: Partial<Disagreement>): Disagreement {
  const nothing = { role: null, systemRole: null, permission: null, effect: null, note: null, source: null, hint: null }
  return { kind, scope, ...nothing, ...rest }
}

const ORDER = Object.keys(KINDS)

/** Roles before permissions; of one kind by role and permission. */
export function compareDisagreements(a: Disagreement, b: Disagreement): number {
  const group = ({ kind }: Disagreement) => (kind.startsWith('permission') ? 2 : kind.startsWith('grant') ? 1 : 0)
  return (
    compareText(a.scope, b.scope) ||
    group(a) - group(b) ||
    compareText(nameOf(a), nameOf(b)) ||
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    compareText(a.permission ?? '', b.permission ?? '')
  )
}

function nameOf({ role, systemRole }: Disagreement): string {
  return role?.name ?? systemRole ?? ''
}
