/** Catalogues: what is offered to grant. */

import { addAll } from '../lists.ts'
import type { Catalogue } from '../model/dataset.ts'
import type { CatalogueChange, Change } from './change.ts'
import { fieldChanges, gained, head, nameChanges, thing } from './make.ts'
import { type Likeness, nameLikeness, overlap, pairs } from './pairs.ts'

/** @param rename gives a permission of the older dataset the id that it has in the newer one */
export function catalogueChanges(
  before: readonly Catalogue[],
  after: readonly Catalogue[],
  rename: (permission: string) => string,
): Change[] {
  const renamed = before.map((catalogue) => ({ ...catalogue, permissions: catalogue.permissions.map(rename) }))
  const { both, added, removed } = pairs<Catalogue>(renamed, after, catalogueLikeness)
  const changes: Change[] = []
  for (const pair of both) {
    const sides = { before: thing(pair.before, pair.before.title), after: thing(pair.after, pair.after.title) }
    const lists = {
      widened: gained(pair.before.permissions, pair.after.permissions),
      narrowed: gained(pair.after.permissions, pair.before.permissions),
    }
    for (const kind of ['widened', 'narrowed'] as const) {
      const permissions = lists[kind]
      if (permissions.length > 0)
        changes.push({ ...head('catalogue', kind, sides), permissions } satisfies CatalogueChange)
    }
    const fields = fieldChanges(words(pair.before), words(pair.after))
    addAll(changes, nameChanges('catalogue', sides, pair, fields))
  }
  for (const catalogue of added) {
    const side = { before: null, after: thing(catalogue, catalogue.title) }
    changes.push({ ...head('catalogue', 'added', side), permissions: gained([], catalogue.permissions) })
  }
  for (const catalogue of removed) {
    const side = { before: thing(catalogue, catalogue.title), after: null }
    changes.push({ ...head('catalogue', 'removed', side), permissions: gained([], catalogue.permissions) })
  }
  return changes
}

function words({ title, scope }: Catalogue) {
  return { title, scope }
}

const catalogueLikeness: Likeness<Catalogue> = (before, after) => {
  const shared = overlap(new Set(before.permissions), new Set(after.permissions))
  if (before.scope !== after.scope || shared === null || shared < 0.5) return null
  return { score: shared + nameLikeness(before.title, after.title), similarity: shared }
}
