/** Permissions as such, whoever has them; the actions of a cloud belong to its policies. */
import type { Dataset, Permission } from '../model/dataset.ts'
import type { Change, Thing } from './change.ts'
import { fieldChanges, head } from './make.ts'

/** @param rename gives a permission of the older dataset the id that it has in the newer one */
export function permissionChanges(before: Dataset, after: Dataset, rename: (permission: string) => string): Change[] {
  const [oldThing, newThing] = [thingsOf(before), thingsOf(after)]
  const olds = new Map(before.permissions.map((permission) => [rename(permission.id), permission]))
  const news = new Map(after.permissions.map((permission) => [permission.id, permission]))
  const changes: Change[] = []
  for (const [id, permission] of news) {
    const old = olds.get(id)
    if (old) {
      const fields = fieldChanges(words(old), words(permission))
      const sides = { before: oldThing(old), after: newThing(permission) }
      if (fields.length > 0) changes.push({ ...head('permission', 'text', sides), fields })
    } else changes.push(head('permission', 'added', { before: null, after: newThing(permission) }))
  }
  for (const [id, permission] of olds) {
    if (!news.has(id)) changes.push(head('permission', 'removed', { before: oldThing(permission), after: null }))
  }
  return changes
}

function words({ access, title, description }: Permission) {
  return { access, title, description }
}

/** A permission stands where its resource does. */
function thingsOf(data: Dataset): (permission: Permission) => Thing {
  const sources = new Map(data.resources.map((resource) => [resource.id, resource.source]))
  return ({ id, resource, title }) => ({ id, name: title ?? id, source: sources.get(resource ?? '') ?? null })
}
