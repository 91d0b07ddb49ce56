/** Two sets of datasets, compared version of the documentation by version. */
import type { Dataset } from '../model/dataset.ts'
import { type Change, type ChangeKind, KINDS, SUBJECTS, type Subject, severityOf } from './change.ts'
import { diffDatasets } from './diff.ts'

/** One version of the documentation on both sides; `null` where a side has none. */
export interface VersionDiff {
  before: Dataset | null
  after: Dataset | null
  /** Empty where one side has no such version: then all that the other holds is new or gone. */
  changes: Change[]
}

/**
 * Pairs datasets by the version of the documentation, in the newer order, then what is gone in the older one. Where each
 * side has one, they are compared whatever they are called.
 */
export function diffVersions(before: readonly Dataset[], after: readonly Dataset[]): VersionDiff[] {
  const [old, own] = [before[0], after[0]]
  if (old && own && before.length === 1 && after.length === 1) return [versionDiff(old, own)]
  const olds = new Map(before.map((dataset) => [dataset.version, dataset]))
  const news = new Set(after.map(({ version }) => version))
  return [
    ...after.map((dataset) => versionDiff(olds.get(dataset.version) ?? null, dataset)),
    ...before.filter(({ version }) => !news.has(version)).map((dataset) => versionDiff(dataset, null)),
  ]
}

function versionDiff(before: Dataset | null, after: Dataset | null): VersionDiff {
  return { before, after, changes: before && after ? diffDatasets(before, after) : [] }
}

/** How many changes there are, by subject and kind: what is none is left out. */
export type Counts = Partial<Record<Subject, Partial<Record<ChangeKind, number>>>>

/** The counts of a version; of one that is new or gone, of all that it holds. */
export function countsOf({ before, after, changes }: VersionDiff): Counts {
  if (before && after) return counted(changes)
  const data = (after ?? before) as Dataset
  const kind = after ? 'added' : 'removed'
  const all: [Subject, number][] = [
    ['role', data.roles.length],
    ['policy', data.policies.length],
    ['catalogue', data.catalogues.length],
    ['resource', data.resources.length],
    ['permission', data.permissions.length],
    ['mapping', data.mappings.length],
    ['operation', data.operations.length],
    ['scope', data.scopes.length],
  ]
  return Object.fromEntries(
    all.filter(([, count]) => count > 0).map(([subject, count]) => [subject, { [kind]: count }]),
  )
}

function counted(changes: readonly Change[]): Counts {
  const counts: Counts = {}
  for (const { subject, kind } of changes) {
    const own = counts[subject] ?? {}
    own[kind] = (own[kind] ?? 0) + 1
    counts[subject] = own
  }
  return counts
}

/** Several counts as one, in order of subject and kind. */
export function total(all: readonly Counts[]): Counts {
  const sum: Counts = {}
  for (const subject of SUBJECTS) {
    for (const kind of KINDS) {
      const count = all.reduce((so, counts) => so + (counts[subject]?.[kind] ?? 0), 0)
      if (count > 0) sum[subject] = { ...sum[subject], [kind]: count }
    }
  }
  return sum
}

/** What is counted, one by one. */
export function kindsIn(
  counts: Counts,
): { subject: Subject; kind: ChangeKind; severity: ReturnType<typeof severityOf> }[] {
  return SUBJECTS.flatMap((subject) =>
    KINDS.flatMap((kind) => (counts[subject]?.[kind] ? [{ subject, kind, severity: severityOf(kind) }] : [])),
  )
}
