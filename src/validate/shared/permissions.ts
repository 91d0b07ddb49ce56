/** What a version's catalogue offers and what its blocks use, as the rules about permissions look at it. */
import { comparePlaces } from '../../diagnostic.ts'
import type { Model } from '../../model/model.ts'
import { offeredOperations } from '../../model/resources.ts'
import type { Evidence } from '../../parse/claim.ts'
import type { Reading } from '../../parse/read.ts'
import { accessOf, resourceKey } from '../../parse/words/vocabulary.ts'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import type { RuleInput } from '../rule.ts'

/** Orders evidence by path, line and column: the first is the first use. */
export function compareEvidence(a: Evidence, b: Evidence): number {
  return comparePlaces(a.span, b.span)
}

/** Gives a scope's title by its id; of a scope without one, the id. */
export function scopeTitles({ dataset }: Model): (id: string) => string {
  const titles = new Map(dataset.scopes.map(({ id, title }) => [id, title]))
  return (id) => titles.get(id) ?? id
}

/** The operations that the catalogue's tables and lists offer, by canonical key; a key without any is not in it. */
export function offeredBy({ model, reading }: Pick<RuleInput, 'model' | 'reading'>): Offered {
  return offered(model, reading)
}

type Offered = ReadonlyMap<string, ReadonlySet<string>>

const offered = remembered(
  ({ resources }: Model, reading: Reading): Offered => offeredOperations(reading.claims, resources),
)

/**
 * Finds the model's key of a resource by any spelling of it, its letters' case aside, or by another name that the config gives
 * it; what no claim names is its own key.
 */
export const resourceKeys = remembered(({ resources }: Model): ((written: string) => string) => {
  const keys = new Map(
    resources.flatMap(({ key, spellings, aliases }) =>
      [...aliases, ...spellings, key].map((name) => [name.toLowerCase(), key] as const),
    ),
  )
  return (written) => keys.get(written.toLowerCase()) ?? written
})

export interface CataloguedKeys {
  /** The model's key, by any name of the key; `null` where the catalogue has no such key. */
  byKey(written: string): string | null
  /** The same, or by the name of a component, which rows of a table are labelled with (“API Key”). */
  byLabel(written: string): string | null
}

/** Finds the catalogue's key for a resource as a block writes it. */
export const cataloguedKeys = remembered((model: Model): CataloguedKeys => {
  const keyOf = resourceKeys(model)
  const keys = new Set(model.catalogueRows.map(({ key }) => keyOf(key)))
  const labels = new Map(
    model.catalogueRows.map(({ title, key }) => [resourceKey(title).toLowerCase(), keyOf(key)] as const),
  )
  const byKey = (written: string) => {
    const key = keyOf(written)
    return keys.has(key) ? key : null
  }
  return { byKey, byLabel: (written) => byKey(written) ?? labels.get(written.toLowerCase()) ?? null }
})

export interface OperationWords {
  /** Operations that a catalogue names. */
  catalogued: ReadonlySet<string>
  /** The same in lower case. */
  cataloguedLower: ReadonlySet<string>
  /** In how many blocks each operation stands. */
  blocks: ReadonlyMap<string, number>
}

/** Every operation that the version writes. */
export function operationWords({ reading }: Pick<RuleInput, 'reading'>): OperationWords {
  return words(reading)
}

const words = remembered((reading: Reading): OperationWords => {
  const catalogued = new Set<string>()
  const blocks = new Map<string, number>()
  for (const { claims } of reading.blocks) {
    const here = new Set<string>()
    for (const claim of claims) {
      if (claim.kind === 'operation') catalogued.add(claim.operation)
      else if (claim.kind === 'resource') for (const operation of claim.operations) catalogued.add(operation)
      if (claim.kind === 'grant' || claim.kind === 'catalogue' || claim.kind === 'operation-of-role')
        here.add(claim.operation)
    }
    for (const operation of here) blocks.set(operation, (blocks.get(operation) ?? 0) + 1)
  }
  return { catalogued, cataloguedLower: new Set([...catalogued].map((word) => word.toLowerCase())), blocks }
})

/** As many blocks as nobody repeats a slip in. */
const ESTABLISHED = 3

/** Whether an operation is a word of the vocabulary, of a catalogue, or in use; its letters' case aside. */
export function isKnownOperation(operation: string, words: OperationWords, settings: Settings): boolean {
  if (operation === '*' || accessOf(operation, settings) !== null) return true
  if ((words.blocks.get(operation) ?? 0) >= ESTABLISHED) return true
  return words.cataloguedLower.has(operation.toLowerCase())
}
