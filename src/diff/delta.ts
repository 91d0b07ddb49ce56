/** What makes the newer dataset of the older one, entity by entity: exact, places and all. */
import * as z from 'zod'
import { compareText } from '../diagnostic.ts'
import { type Dataset, datasetSchema } from '../model/dataset.ts'

const FIELDS = ['$schema', 'schemaVersion', 'name', 'version'] as const
const LISTS = [
  'sources',
  'scopes',
  'operations',
  'resources',
  'permissions',
  'roles',
  'catalogues',
  'mappings',
  'policies',
] as const

type List = (typeof LISTS)[number]
type Entity = Dataset[List][number]

function listDelta<T extends z.ZodType>(list: z.ZodArray<T>) {
  return z
    .strictObject({
      removed: z.array(z.string()).describe('Ids (of `sources`: paths) that are gone'),
      set: list.describe('Entities that are new or changed, whole. They take the place of all that have their ids'),
      order: z
        .array(z.string())
        .optional()
        .describe('Every id in the order of the newer list. Without it, the list is in order of ids, in code units'),
    })
    .optional()
}

const shape = datasetSchema.shape

export const deltaSchema = z
  .strictObject({
    $schema: shape.$schema.optional(),
    schemaVersion: shape.schemaVersion.optional(),
    name: shape.name.optional(),
    version: shape.version.optional(),
    sources: listDelta(shape.sources),
    scopes: listDelta(shape.scopes),
    operations: listDelta(shape.operations),
    resources: listDelta(shape.resources),
    permissions: listDelta(shape.permissions),
    roles: listDelta(shape.roles),
    catalogues: listDelta(shape.catalogues),
    mappings: listDelta(shape.mappings),
    policies: listDelta(shape.policies),
  })
  .meta({
    id: 'delta',
    description: 'What to change in the older dataset to have the newer one; what is not named stays as it is',
  })

export type Delta = z.infer<typeof deltaSchema>

interface ListDelta {
  removed: string[]
  set: Entity[]
  order?: string[]
}

/** @param before `null` for a dataset that has nothing: the delta then holds all of the newer one */
export function makeDelta(before: Dataset | null, after: Dataset): Delta {
  const old = before ?? EMPTY
  const delta: Record<string, unknown> = {}
  for (const field of FIELDS) if (old[field] !== after[field]) delta[field] = after[field]
  for (const list of LISTS) {
    const change = listChange(old[list], after[list])
    if (change) delta[list] = change
  }
  return delta as Delta
}

/** The newer dataset, made of the older one and the delta between them. Neither is changed. */
export function applyDelta(before: Dataset | null, delta: Delta): Dataset {
  const old = before ?? EMPTY
  return Object.fromEntries([
    ...FIELDS.map((field) => [field, delta[field] ?? old[field]]),
    ...LISTS.map((list) => [list, applied(old[list], delta[list] as ListDelta | undefined)]),
  ]) as Dataset
}

/** No dataset has no version of its schema, so a delta from nothing names that too. */
const EMPTY = {
  ...Object.fromEntries(FIELDS.map((field) => [field, ''])),
  ...Object.fromEntries(LISTS.map((list) => [list, []])),
} as unknown as Dataset

/** `null` for the same list. A change of nothing but order that leads to the order of ids is empty, and is there. */
function listChange(before: readonly Entity[], after: readonly Entity[]): ListDelta | null {
  if (JSON.stringify(before) === JSON.stringify(after)) return null
  const [olds, news] = [byId(before), byId(after)]
  const change: ListDelta = {
    removed: [...olds.keys()].filter((id) => !news.has(id)).sort(compareText),
    set: [...news]
      .filter(([id, entities]) => JSON.stringify(olds.get(id)) !== JSON.stringify(entities))
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([, entities]) => entities),
  }
  const order = after.map(idOf)
  const made = applied(before, change).map(idOf)
  if (made.some((id, at) => id !== order[at])) change.order = order
  return change
}

function applied(before: readonly Entity[], change: ListDelta | undefined): Entity[] {
  if (!change) return [...before]
  const entities = byId(before)
  for (const id of change.removed) entities.delete(id)
  for (const [id, own] of byId(change.set)) entities.set(id, own)
  if (!change.order) return [...entities].sort(([a], [b]) => compareText(a, b)).flatMap(([, own]) => own)
  const next = new Map<string, number>()
  return change.order.flatMap((id) => {
    const at = next.get(id) ?? 0
    next.set(id, at + 1)
    return entities.get(id)?.[at] ?? []
  })
}

/** An id may stand in a list more than once, though it should not. */
function byId(entities: readonly Entity[]): Map<string, Entity[]> {
  const map = new Map<string, Entity[]>()
  for (const entity of entities) {
    const others = map.get(idOf(entity))
    if (others) others.push(entity)
    else map.set(idOf(entity), [entity])
  }
  return map
}

function idOf(entity: Entity): string {
  return 'sha256' in entity ? entity.path : entity.id
}
