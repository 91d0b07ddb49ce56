/** Resources: what there is to act on, whatever its key. */
import type { Dataset, Resource } from '../model/dataset.ts'
import type { Change } from './change.ts'
import { fieldChanges, head, nameChanges, thing } from './make.ts'
import { overlap, type Paired, pairs } from './pairs.ts'

/**
 * Which resource of the older dataset is which of the newer one. A key is the same in another spelling, or where one side
 * knows it by the other's key; who may act on it is no sign, as many resources are granted alike.
 */
export function pairResources(before: readonly Resource[], after: readonly Resource[]): Paired<Resource> {
  return pairs(before, after, (old, own) => {
    const similarity = overlap(new Set(old.operations), new Set(own.operations)) ?? 1
    if (letters(old.id) === letters(own.id)) return { score: 2, similarity }
    return knows(own, old.id) || knows(old, own.id) ? { score: 1, similarity } : null
  })
}

function knows(resource: Resource, key: string): boolean {
  return resource.aliases.some((alias) => letters(alias) === letters(key))
}

/** `cluster-profile` and `clusterProfile` alike; a key without a letter stays as it is. */
export function letters(key: string): string {
  return key.toLowerCase().replace(/[\s_.-]+/g, '') || key
}

/** Operations that are permissions are compared as those. */
export function resourceChanges(
  { both, added, removed }: Paired<Resource>,
  before: Pick<Dataset, 'permissions'>,
  after: Pick<Dataset, 'permissions'>,
): Change[] {
  const [oldWords, newWords] = [wordsIn(before), wordsIn(after)]
  return [
    ...both.flatMap((pair) => {
      const sides = { before: thing(pair.before, pair.before.title), after: thing(pair.after, pair.after.title) }
      return nameChanges('resource', sides, pair, fieldChanges(oldWords(pair.before), newWords(pair.after)))
    }),
    ...added.map((resource) => head('resource', 'added', { before: null, after: thing(resource, resource.title) })),
    ...removed.map((resource) => head('resource', 'removed', { before: thing(resource, resource.title), after: null })),
  ]
}

function wordsIn({ permissions }: Pick<Dataset, 'permissions'>) {
  const ids = new Set(permissions.map(({ id }) => id))
  return ({ id, title, description, aliases, scopes, operations }: Resource) => ({
    title,
    description,
    aliases,
    scopes,
    operations: operations.filter((operation) => !ids.has(`${id}.${operation}`)),
  })
}
