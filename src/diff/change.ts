/**
 * What a change is. Every change names the thing before and after: what is new has no before, what is gone has no after.
 * So a change read backwards is the same change with its sides exchanged (`mirrored`), and a test holds that.
 */
import type { Effect, Source } from '../model/dataset.ts'

/**
 * - `renamed`: it has another id, and is the same thing by what it holds and how it is called
 * - `widened`, `narrowed`: more or less can be done with it (a role, a policy), is offered by it (a catalogue), or is needed
 *   less or more for it (a mapping)
 * - `conditional`: the same under other conditions
 * - `text`: names, descriptions, groups, dates; nobody can do more or less
 */
export type ChangeKind = 'added' | 'removed' | 'renamed' | 'widened' | 'narrowed' | 'conditional' | 'text'

/** What a version number owes those who build on the data: an id is gone or holds less; there is more; words alone. */
export type ChangeSeverity = 'major' | 'minor' | 'patch'

/** One side of a change. */
export interface Thing {
  id: string
  name: string
  /** `null` for a permission whose table of actions is not known. */
  source: Source | null
}

/** What a role is said to hold of a permission; `null` where it holds nothing and nothing is said. */
export interface Standing {
  effect: Effect
  note: string | null
}

export interface GrantChange {
  permission: string
  before: Standing | null
  after: Standing | null
}

/** An action of a policy, and what about it changed. */
export interface ActionChange {
  action: string
  /** `action`: whether it is allowed at all; `resource`: on what; `condition`: under which condition. */
  by: 'action' | 'resource' | 'condition'
}

export interface FieldChange {
  field: string
  before: string | null
  after: string | null
}

interface Of<Subject extends string, Kind extends ChangeKind> {
  subject: Subject
  kind: Kind
  severity: ChangeSeverity
  before: Thing | null
  after: Thing | null
}

interface Renamed {
  /** From 0 to 1: how much of what it holds stayed. */
  similarity: number
}

interface Text {
  /** In order of name. */
  fields: FieldChange[]
}

interface Listed {
  /** What was added or is gone, in order. */
  permissions: string[]
}

export type RoleChange =
  | (Of<'role', 'added' | 'removed' | 'widened' | 'narrowed' | 'conditional'> & { grants: GrantChange[] })
  | (Of<'role', 'renamed'> & Renamed)
  | (Of<'role', 'text'> & Text)

export type PolicyChange =
  | (Of<'policy', 'added' | 'removed' | 'widened' | 'narrowed' | 'conditional'> & { actions: ActionChange[] })
  | (Of<'policy', 'renamed'> & Renamed)
  | (Of<'policy', 'text'> & Text)

export type CatalogueChange =
  | (Of<'catalogue', 'added' | 'removed' | 'widened' | 'narrowed'> & Listed)
  | (Of<'catalogue', 'renamed'> & Renamed)
  | (Of<'catalogue', 'text'> & Text)

export type ResourceChange =
  | Of<'resource', 'added' | 'removed'>
  | (Of<'resource', 'renamed'> & Renamed)
  | (Of<'resource', 'text'> & Text)

/** A permission as such, whoever has it. */
export type PermissionChange = Of<'permission', 'added' | 'removed'> | (Of<'permission', 'text'> & Text)

export type MappingChange =
  | (Of<'mapping', 'added' | 'removed' | 'widened' | 'narrowed' | 'conditional'> & {
      /** All of these, of each inner list one. */
      requires: { before: string[][]; after: string[][] }
    })
  | (Of<'mapping', 'text'> & Text)

export type Change = RoleChange | PolicyChange | CatalogueChange | ResourceChange | PermissionChange | MappingChange

export type Subject = Change['subject']

/** In the order in which changes are listed. */
export const SUBJECTS: readonly Subject[] = ['role', 'policy', 'catalogue', 'resource', 'permission', 'mapping']

/** In the order in which the changes of one thing are listed. */
export const KINDS: readonly ChangeKind[] = [
  'widened',
  'narrowed',
  'conditional',
  'added',
  'removed',
  'renamed',
  'text',
]

/** The severity of every change of a kind: it follows from the kind alone. */
export function severityOf(kind: ChangeKind): ChangeSeverity {
  switch (kind) {
    case 'removed':
    case 'renamed':
    case 'narrowed':
      return 'major'
    case 'added':
    case 'widened':
    case 'conditional':
      return 'minor'
    case 'text':
      return 'patch'
  }
}

const BACKWARDS: Record<ChangeKind, ChangeKind> = {
  added: 'removed',
  removed: 'added',
  widened: 'narrowed',
  narrowed: 'widened',
  renamed: 'renamed',
  conditional: 'conditional',
  text: 'text',
}

/** The same change read from the newer side. */
export function mirrored(change: Change): Change {
  const kind = BACKWARDS[change.kind]
  const turned: Record<string, unknown> = { ...change, ...exchanged(change), kind, severity: severityOf(kind) }
  if ('grants' in change) turned.grants = change.grants.map((grant) => ({ ...grant, ...exchanged(grant) }))
  if ('fields' in change) turned.fields = change.fields.map((field) => ({ ...field, ...exchanged(field) }))
  if ('requires' in change) turned.requires = exchanged(change.requires)
  return turned as unknown as Change
}

function exchanged<T>({ before, after }: { before: T; after: T }): { before: T; after: T } {
  return { before: after, after: before }
}
