/** Permissions as such, whoever has them; the actions of a cloud belong to its policies. */
import type { Dataset, Permission } from '../model/dataset.ts'
import { sameName, squeeze } from '../text.ts'
import type { Change, Thing } from './change.ts'
import { fieldChanges, head, nameChanges } from './make.ts'
import { type Likeness, overlap, type Paired, pairs } from './pairs.ts'
import { letters } from './resources.ts'

/** A permission under the id that it has in the newer dataset by its resource's key, and as it was. */
interface Known {
  id: string
  permission: Permission
}

export type PairedPermissions = Paired<Known>

/**
 * Which permission of the older dataset is which of the newer one. An id is the same in another spelling; an action of a
 * table is the same under the same label where the table is called otherwise and mostly the same roles, or none, hold it.
 *
 * @param rename gives a permission of the older dataset the id that its resource's new key gives it
 */
export function pairPermissions(
  before: Dataset,
  after: Dataset,
  rename: (permission: string) => string,
): PairedPermissions {
  const olds = before.permissions.map((permission) => ({ id: rename(permission.id), permission }))
  const news = after.permissions.map((permission) => ({ id: permission.id, permission }))
  const [held, holds] = [holdersIn(before), holdersIn(after)]
  const spelling = new Map([...olds, ...news].map((known) => [known, known.id.split('.').map(letters).join('.')]))
  const likeness: Likeness<Known> = (old, own) => {
    const isSpeltOtherwise = spelling.get(old) === spelling.get(own)
    const { title } = old.permission
    const isSameLabel = title !== undefined && sameName(title, own.permission.title ?? '')
    if (!isSpeltOtherwise && !isSameLabel) return null
    const similarity = overlap(held(old.permission.id), holds(own.id))
    if (isSpeltOtherwise) return { score: 2, similarity: similarity ?? 1 }
    // An action that nobody may take, before and after, has its label alone to go by.
    if (similarity === null) return { score: 0, similarity: 1 }
    return similarity >= LEAST_OVERLAP ? { score: similarity, similarity } : null
  }
  return pairs(olds, news, likeness)
}

const LEAST_OVERLAP = 0.5

/** The roles that a permission is granted to, by name: where a table has another title, so may its roles' ids. */
function holdersIn({ roles }: Dataset): (permission: string) => ReadonlySet<string> {
  const holders = new Map<string, Set<string>>()
  for (const { name, permissions } of roles) {
    for (const permission of permissions) {
      const known = holders.get(permission) ?? new Set()
      holders.set(permission, known.add(squeeze(name).toLowerCase()))
    }
  }
  return (permission) => holders.get(permission) ?? new Set()
}

/** Changes of permissions: added, removed, and of those that are on both sides their words, access and ids. */
export function permissionChanges(
  { both, added, removed }: PairedPermissions,
  before: Dataset,
  after: Dataset,
): Change[] {
  const [oldThing, newThing] = [thingsOf(before), thingsOf(after)]
  return [
    ...both.flatMap((pair) => {
      const [old, own] = [pair.before.permission, pair.after.permission]
      const fields = fieldChanges(words(old), words(own))
      // With another id, the names that it is made of are other ones as well.
      const told = old.id === own.id ? fields : fields.filter(({ field }) => !['resource', 'operation'].includes(field))
      return nameChanges('permission', { before: oldThing(old), after: newThing(own) }, pair, told)
    }),
    ...added.map(({ permission }) => head('permission', 'added', { before: null, after: newThing(permission) })),
    ...removed.map(({ permission }) => head('permission', 'removed', { before: oldThing(permission), after: null })),
  ]
}

function words({ access, title, description, resource, operation }: Permission) {
  return { access, title, description, resource, operation }
}

/** A permission stands where its resource does. */
function thingsOf(data: Dataset): (permission: Permission) => Thing {
  const sources = new Map(data.resources.map((resource) => [resource.id, resource.source]))
  return ({ id, resource, title }) => ({ id, name: title ?? id, source: sources.get(resource ?? '') ?? null })
}
