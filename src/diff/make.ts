/** What changes of all subjects have in common. */
import { compareText } from '../diagnostic.ts'
import type { Source } from '../model/dataset.ts'
import {
  type Change,
  type ChangeKind,
  type ChangeSeverity,
  type FieldChange,
  severityOf,
  type Thing,
} from './change.ts'
import type { Pair } from './pairs.ts'

/** The two sides of a change of what is in both datasets. */
export interface Sides {
  before: Thing
  after: Thing
}

/** The head that every change has. */
export function head<S extends string, K extends ChangeKind>(
  subject: S,
  kind: K,
  { before, after }: { before: Thing | null; after: Thing | null },
): { subject: S; kind: K; severity: ChangeSeverity; before: Thing | null; after: Thing | null } {
  return { subject, kind, severity: severityOf(kind), before, after }
}

/** What a change says of a thing on one side. */
export function thing(entity: { id: string; source: Source }, name: string): Thing {
  return { id: entity.id, name, source: entity.source }
}

/** The rename of a pair whose ids differ, and the change of its words beside what the id is made of; either where there is one. */
export function nameChanges<S extends 'role' | 'policy' | 'catalogue' | 'resource' | 'permission'>(
  subject: S,
  sides: Sides,
  pair: Pair<unknown>,
  fields: FieldChange[],
): Change[] {
  const changes: unknown[] = []
  const renamed = pair.similarity !== null
  const others = renamed ? fields.filter(({ field }) => !['name', 'title', 'scope'].includes(field)) : fields
  if (renamed) changes.push({ ...head(subject, 'renamed', sides), similarity: pair.similarity })
  if (others.length > 0) changes.push({ ...head(subject, 'text', sides), fields: others })
  return changes as Change[]
}

/** The fields that differ, in order of name. Lists are compared without regard to order. */
export function fieldChanges(
  before: Record<string, string | readonly string[] | null | undefined>,
  after: Record<string, string | readonly string[] | null | undefined>,
): FieldChange[] {
  return Object.keys(after)
    .sort(compareText)
    .flatMap((field) => {
      const [old, own] = [written(before[field]), written(after[field])]
      return old === own ? [] : [{ field, before: old, after: own }]
    })
}

function written(value: string | readonly string[] | null | undefined): string | null {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null
  return value.length === 0 ? null : [...new Set(value)].sort(compareText).join(', ')
}

/** What the second list has and the first has not, sorted. */
export function gained(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before)
  return [...new Set(after)].filter((item) => !known.has(item)).sort(compareText)
}
