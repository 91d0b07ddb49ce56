/** What changed from one dataset to another. Where something stands, and in which order, is no change. */
import { compareText } from '../diagnostic.ts'
import type { Dataset } from '../model/dataset.ts'
import { catalogueChanges } from './catalogues.ts'
import { type Change, KINDS, SUBJECTS } from './change.ts'
import { mappingChanges } from './mappings.ts'
import type { Paired } from './pairs.ts'
import { pairPermissions, permissionChanges } from './permissions.ts'
import { policyChanges } from './policies.ts'
import { pairResources, resourceChanges } from './resources.ts'
import { roleChanges } from './roles.ts'
import { vocabularyChanges } from './vocabulary.ts'

/**
 * Every change that takes the older dataset to the newer one, in order of subject, id and kind. The same change read from
 * the newer side is `mirrored`: `diffDatasets(b, a)` holds the mirrors of `diffDatasets(a, b)`.
 */
export function diffDatasets(before: Dataset, after: Dataset): Change[] {
  const resources = pairResources(before.resources, after.resources)
  const byKey = renamer(resources)
  const permissions = pairPermissions(before, after, byKey)
  const renamed = new Map(permissions.both.map((pair) => [pair.before.permission.id, pair.after.id]))
  const rename = (permission: string) => renamed.get(permission) ?? byKey(permission)
  const changes = [
    ...roleChanges(before.roles, after.roles, rename),
    ...policyChanges(before.policies, after.policies),
    ...catalogueChanges(before.catalogues, after.catalogues, rename),
    ...resourceChanges(resources, before, after),
    ...permissionChanges(permissions, before, after),
    ...mappingChanges(before.mappings, after.mappings),
    ...vocabularyChanges(before, after),
  ]
  return changes.sort(
    (a, b) =>
      SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject) ||
      compareText(idOf(a), idOf(b)) ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  )
}

/** The id that the thing has now, or had at last. */
export function idOf({ before, after }: Change): string {
  return (after ?? before)?.id ?? ''
}

/** Turns a permission of the older dataset into its id of today, where its resource has another key. */
function renamer({ both }: Paired<{ id: string }>): (permission: string) => string {
  const keys = new Map(
    both.filter(({ similarity }) => similarity !== null).map(({ before, after }) => [before.id, after.id]),
  )
  return (permission) => {
    // A key may hold dots itself, so the operation is what follows the last one.
    const dot = permission.lastIndexOf('.')
    const key = dot < 0 ? undefined : keys.get(permission.slice(0, dot))
    return key === undefined ? permission : key + permission.slice(dot)
  }
}
