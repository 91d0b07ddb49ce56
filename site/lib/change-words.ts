/** Words for changes. */
import type { ChangeKind, FieldChange, Standing, Subject } from '../../src/diff/change.ts'

/** Widened privileges first: that is what a reviewer looks for. */
export const KIND_ORDER: readonly ChangeKind[] = [
  'widened',
  'added',
  'narrowed',
  'removed',
  'conditional',
  'renamed',
  'text',
]

export const KIND_TITLE: Record<ChangeKind, string> = {
  widened: 'Widened',
  added: 'Added',
  narrowed: 'Narrowed',
  removed: 'Removed',
  conditional: 'Condition',
  renamed: 'Renamed',
  text: 'Wording',
}

export const SUBJECT_ORDER: readonly Subject[] = [
  'role',
  'policy',
  'catalogue',
  'resource',
  'permission',
  'mapping',
  'operation',
  'scope',
]

export const SUBJECT_TITLE: Record<Subject, string> = {
  role: 'Roles',
  policy: 'Cloud policies',
  catalogue: 'Catalogues',
  resource: 'Resources',
  permission: 'Permissions',
  mapping: 'Required roles',
  operation: 'Operations',
  scope: 'Scopes',
}

const FIELDS = new Map([
  ['lastUpdate', 'last update'],
  ['sids', 'statement ids'],
])

export function fieldTitle({ field }: FieldChange): string {
  return FIELDS.get(field) ?? field
}

/** `granted`, `conditional: only by day`, `not granted`. */
export function standingWords(standing: Standing | null): string {
  if (standing === null) return 'not granted'
  return standing.note ? `${standing.effect}: ${standing.note}` : standing.effect
}
