/** Claims to resources: one entity for each key, whatever its spelling, with what catalogues say of it. */
import { compareText } from '../diagnostic.ts'
import type { Claim, ResourceClaim } from '../parse/claim.ts'
import { componentFinder } from '../text.ts'
import type { ResourceEntity } from './model.ts'

/**
 * The canonical spelling of each resource key. Keys that differ in case alone are one resource; its key is the spelling
 * that most grants use (then the first in code-unit order), the catalogue's where nothing grants on it. What the config
 * calls an alias of a key is that key.
 */
export class ResourceKeys {
  readonly #canonical = new Map<string, string>()
  readonly #spellings = new Map<string, Set<string>>()
  readonly #keysByAlias = new Map<string, string>()
  readonly #aliases = new Map<string, readonly string[]>()

  /** @param aliases other names by key, as `vocabulary.aliases` has them */
  constructor(claims: readonly Claim[], aliases: Record<string, readonly string[]> = {}) {
    for (const [key, names] of Object.entries(aliases)) {
      for (const name of [key, ...names]) this.#keysByAlias.set(name.toLowerCase(), key)
      this.#aliases.set(key.toLowerCase(), names)
    }
    const counts = new Map<string, Map<string, number>>()
    const count = (key: string, weight: number) => {
      const lower = this.#lower(key)
      const spellings = counts.get(lower) ?? new Map<string, number>()
      spellings.set(key, (spellings.get(key) ?? 0) + weight)
      counts.set(lower, spellings)
    }
    for (const claim of claims) {
      if (claim.kind === 'grant') count(claim.resource, 1)
      else if (claim.kind === 'catalogue') count(claim.resource, 1e-3)
      else if (claim.kind === 'resource') count(claim.key, 1e-6)
    }
    for (const [lower, spellings] of counts) {
      const [first] = [...spellings].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])) as [[string, number]]
      this.#canonical.set(lower, this.#keysByAlias.get(lower) ?? first[0])
      this.#spellings.set(lower, new Set(spellings.keys()))
    }
  }

  canonical(key: string): string {
    return this.#canonical.get(this.#lower(key)) ?? key
  }

  #lower(key: string): string {
    return (this.#keysByAlias.get(key.toLowerCase()) ?? key).toLowerCase()
  }

  /** All spellings of a key, sorted. */
  spellings(key: string): string[] {
    return [...(this.#spellings.get(this.#lower(key)) ?? [key])].sort(compareText)
  }

  /** Its other names by the config, in its order. */
  aliases(key: string): readonly string[] {
    return this.#aliases.get(this.#lower(key)) ?? []
  }
}

/** The resources that catalogues list and grants name, in the order of their keys. */
export function buildResources(claims: readonly Claim[], keys: ResourceKeys): ResourceEntity[] {
  const resources = new Map<string, ResourceEntity>()
  const entity = (written: string, claim: Claim & { evidence: ResourceEntity['evidence'] }): ResourceEntity => {
    const key = keys.canonical(written)
    const known = resources.get(key)
    if (known) return known
    const made: ResourceEntity = {
      key,
      spellings: keys.spellings(key),
      aliases: keys.aliases(key),
      rows: [],
      operations: new Set(),
      evidence: claim.evidence,
    }
    resources.set(key, made)
    return made
  }
  for (const claim of claims) {
    if (claim.kind !== 'resource') continue
    const resource = entity(claim.key, claim)
    resource.rows.push(claim)
    for (const operation of claim.operations) resource.operations.add(operation)
  }
  for (const claim of claims) {
    if (claim.kind === 'grant' || claim.kind === 'catalogue')
      entity(claim.resource, claim).operations.add(claim.operation)
  }
  // A list of operations may stand before what names its resource.
  const componentOf = resourceFinder(resources.values())
  for (const claim of claims)
    if (claim.kind === 'operation') componentOf(claim.component)?.operations.add(claim.operation)
  return [...resources.values()].sort((a, b) => compareText(a.key, b.key))
}

/**
 * Finds the resource that an operation list's title means: by its key, however it is spelt, or by a title of the catalogue, a
 * plural allowed (“API Keys”). Of several it is one that the catalogue has, then the first by key. The finder is good for
 * as long as the resources are these.
 */
export function resourceFinder(resources: Iterable<ResourceEntity>): (component: string) => ResourceEntity | null {
  const catalogued = ({ rows }: ResourceEntity) => Number(rows.length > 0)
  const sorted = [...resources].sort((a, b) => catalogued(b) - catalogued(a) || compareText(a.key, b.key))
  return componentFinder(
    sorted.flatMap((resource) => {
      const { key, spellings, aliases, rows } = resource
      const names = [key, ...spellings, ...aliases, ...rows.map(({ title }) => title)]
      return names.map((name) => [name, resource] as const)
    }),
  )
}

/** What the catalogue's own table and lists offer, by key: the operations of each, without what roles grant. */
export function offeredOperations(
  claims: readonly Claim[],
  resources: readonly ResourceEntity[],
): Map<string, Set<string>> {
  const offered = new Map<string, Set<string>>()
  const add = (key: string, operation: string) => {
    const operations = offered.get(key) ?? new Set<string>()
    operations.add(operation)
    offered.set(key, operations)
  }
  const componentOf = resourceFinder(resources)
  const bySpelling = new Map<string, ResourceEntity>()
  for (const resource of resources)
    for (const spelling of resource.spellings) if (!bySpelling.has(spelling)) bySpelling.set(spelling, resource)
  for (const claim of claims) {
    if (claim.kind === 'operation') {
      const resource = componentOf(claim.component)
      if (resource) add(resource.key, claim.operation)
    } else if (claim.kind === 'resource') {
      const key = bySpelling.get(claim.key)?.key ?? claim.key
      for (const operation of claim.operations) add(key, operation)
    }
  }
  return offered
}

/** The rows of catalogue tables, by the claim's place. */
export function catalogueRows(claims: readonly Claim[]): ResourceClaim[] {
  return claims.filter((claim) => claim.kind === 'resource')
}
