/** Claims to the model and its dataset. Pure; the order of files changes nothing. */
import { comparePlaces, compareText, type Outcome, type Span } from '../diagnostic.ts'
import type { Claim, MappingClaim } from '../parse/claim.ts'
import type { Reading } from '../parse/read.ts'
import { siteAddress } from '../settings/address.ts'
import type { Settings } from '../settings/schema.ts'
import { slugify } from '../text.ts'
import { actionAccess, actionId, operationAccess } from './access.ts'
import { type Catalogue, type Dataset, type Mapping, type Permission, type Role, SCHEMA_VERSION } from './dataset.ts'
import { type Model, type ResourceEntity, type RoleEntity, type RoleGrant, sourceOf, UNSCOPED } from './model.ts'
import { buildPolicies } from './policies.ts'
import { type Named, qualifiersOf, withUniqueIds } from './qualified-ids.ts'
import { buildResources, catalogueRows, offeredOperations, ResourceKeys } from './resources.ts'
import { buildRoles } from './roles.ts'
import { settleClaims } from './settle.ts'

/** Builds the model of one version of the documentation. */
export function buildModel(reading: Reading, version: string, settings: Settings): Outcome<Model> {
  const { value: claims, findings } = settleClaims(reading.claims)
  const keys = new ResourceKeys(claims, settings.vocabulary.aliases)
  const resources = buildResources(claims, keys)
  const built = buildRoles(claims, keys, settings)
  for (const finding of built.findings) findings.push(finding)
  const catalogues = buildCatalogues(claims, keys, resources)
  const roles = built.roles.map(toRole)
  const permissions = buildPermissions(claims, keys, resources, settings)
  const policies = buildPolicies(claims.filter((claim) => claim.kind === 'policy'))
  const dataset: Dataset = {
    $schema: settings.site.url ? siteAddress('data/dataset.schema.json', settings.site) : 'dataset.schema.json',
    schemaVersion: SCHEMA_VERSION,
    name: settings.name,
    version,
    sources: sourcesOf(reading),
    scopes: scopesOf(roles, catalogues, resources, settings),
    operations: operationsOf(permissions),
    resources: resources.map((resource) => toResource(resource)),
    permissions,
    roles,
    catalogues,
    mappings: buildMappings(claims),
    policies: policies.map(({ policy }) => policy),
  }
  return { value: { dataset, roles: built.roles, resources, policies, catalogueRows: catalogueRows(claims) }, findings }
}

function toRole(role: RoleEntity): Role {
  const grants = distinctGrants([...role.grants, ...role.inherited])
  const held = grants.filter((grant) => grant.effect !== 'denied').map((grant) => grant.permission)
  const spellings = [
    ...role.spellings.map((name) => name.text),
    ...(role.row ? [role.row, ...role.otherRows] : []).map((row) => row.name),
  ]
  return {
    id: role.id,
    name: role.name,
    aliases: [...new Set(spellings)].filter((text) => text !== role.name).sort(compareText),
    scope: role.scope,
    group: role.group,
    level: role.level,
    description: role.row?.description ?? null,
    permissions: [...new Set(held)].sort(compareText),
    grants: grants.map((grant) => ({
      permission: grant.permission,
      effect: grant.effect,
      note: grant.note,
      source: sourceOf(grant.evidence),
    })),
    source: sourceOf(role.nameEvidence),
  }
}

/** One grant for each permission and effect, the first by place; sorted by permission. */
function distinctGrants(grants: readonly RoleGrant[]): RoleGrant[] {
  const byPlace = [...grants].sort(
    (a, b) =>
      compareText(a.permission, b.permission) ||
      compareText(a.effect, b.effect) ||
      comparePlaces(a.evidence.span, b.evidence.span),
  )
  return byPlace.filter((grant, i) => {
    const previous = byPlace[i - 1]
    return previous?.permission !== grant.permission || previous.effect !== grant.effect
  })
}

function toResource(resource: ResourceEntity): Dataset['resources'][number] {
  const { rows, key } = resource
  const [row] = rows
  return {
    id: key,
    title: row?.title ?? key,
    description: row?.description ?? null,
    aliases: resource.spellings.filter((spelling) => spelling !== key),
    scopes: scopesOfRows(rows),
    operations: [...resource.operations].sort(compareText),
    source: sourceOf(resource.evidence),
  }
}

/** The scopes in which any of a resource's rows offers it, sorted. */
function scopesOfRows(rows: ResourceEntity['rows']): string[] {
  return [...new Set(rows.flatMap(({ scopes }) => scopes))].sort(compareText)
}

function buildPermissions(
  claims: readonly Claim[],
  keys: ResourceKeys,
  resources: ResourceEntity[],
  settings: Settings,
): Permission[] {
  const permissions = new Map<string, Permission>()
  for (const { key, operations } of resources) {
    for (const operation of operations) {
      const id = `${keys.canonical(key)}.${operation}`
      permissions.set(id, { id, resource: key, operation, access: operationAccess(operation, settings) })
    }
  }
  for (const claim of claims) {
    if (claim.kind !== 'action' && claim.kind !== 'listed-action') continue
    const id = actionId(claim)
    if (permissions.has(id)) continue
    const access = actionAccess(claim.action, settings)
    const described = claim.description === null ? {} : { description: claim.description }
    permissions.set(id, { id, resource: null, operation: null, access, title: claim.action, ...described })
  }
  return [...permissions.values()].sort((a, b) => compareText(a.id, b.id))
}

function operationsOf(permissions: readonly Permission[]): Dataset['operations'] {
  const operations = new Map<string, Dataset['operations'][number]>()
  for (const { operation, access } of permissions)
    if (operation !== null) operations.set(operation, { id: operation, access })
  return [...operations.values()].sort((a, b) => compareText(a.id, b.id))
}

/** Lists that belong to no role; and for each scope, what the catalogue's table and operation lists offer together. */
function buildCatalogues(claims: readonly Claim[], keys: ResourceKeys, resources: ResourceEntity[]): Catalogue[] {
  const catalogues = new Map<string, Catalogue>()
  const slugs = new Map<string, string>()
  const catalogueOf = (scope: string, title: string, { evidence }: Claim['block']): Catalogue => {
    const slug = slugs.get(title) ?? slugify(title)
    slugs.set(title, slug)
    const id = `${scope}/${slug}`
    const catalogue = catalogues.get(id) ?? { id, title, scope, permissions: [], source: sourceOf(evidence) }
    catalogues.set(id, catalogue)
    return catalogue
  }
  const offered = offeredOperations(claims, resources)
  for (const claim of claims) {
    if (claim.kind === 'catalogue') {
      const permission = `${keys.canonical(claim.resource)}.${claim.operation}`
      catalogueOf(claim.block.scope ?? UNSCOPED, claim.title, claim.block).permissions.push(permission)
    } else if (claim.kind === 'resource') {
      const key = keys.canonical(claim.key)
      const title = claim.block.names[0]?.text ?? 'Catalogue'
      const operations = offered.get(key)
      if (!operations) continue
      for (const scope of claim.scopes) {
        const { permissions } = catalogueOf(scope, title, claim.block)
        for (const operation of operations) permissions.push(`${key}.${operation}`)
      }
    }
  }
  return [...catalogues.values()]
    .map((catalogue) => ({ ...catalogue, permissions: [...new Set(catalogue.permissions)].sort(compareText) }))
    .sort((a, b) => compareText(a.id, b.id))
}

/** Roles that ask for roles; what several tables say of one in the same words is one mapping, at the first place. */
function buildMappings(claims: readonly Claim[]): Mapping[] {
  const mappings = new Map<string, Named & { claim: MappingClaim }>()
  for (const claim of claims) {
    if (claim.kind !== 'mapping') continue
    const said = JSON.stringify([claim.name, claim.description, claim.restrictions, claim.requires])
    if (!mappings.has(said)) mappings.set(said, { id: claim.name, qualifiers: qualifiersOf(claim), claim })
  }
  return withUniqueIds([...mappings.values()])
    .map(({ id, claim: { description, restrictions, requires, evidence } }) => {
      return { id, description, restrictions, requires, source: sourceOf(evidence) }
    })
    .sort((a, b) => compareText(a.id, b.id))
}

/** The scopes that something is in, in order of id. */
function scopesOf(
  roles: readonly Role[],
  catalogues: readonly Catalogue[],
  resources: readonly ResourceEntity[],
  settings: Settings,
) {
  const used = new Set([
    ...roles.map((role) => role.scope),
    ...catalogues.map((catalogue) => catalogue.scope),
    ...resources.flatMap(({ rows }) => scopesOfRows(rows)),
  ])
  return [...used].sort(compareText).map((id) => ({
    id,
    title: settings.scopes.find((scope) => scope.id === id)?.title ?? (id === UNSCOPED ? 'Unscoped' : id),
  }))
}

/** The files that gave a fact, or through which a fact was read. */
function sourcesOf(reading: Reading): Dataset['sources'] {
  const used = new Set<string>()
  // All claims of a partial share one list of its sites.
  const sites = new Set<readonly Span[]>()
  for (const claim of reading.claims) {
    const { evidence, usedBy } = claim.block
    for (const span of [evidence.span, ...evidence.via]) used.add(span.path)
    sites.add(usedBy)
  }
  for (const spans of sites) for (const span of spans) used.add(span.path)
  return reading.pages
    .filter((page) => used.has(page.file.path))
    .map((page) => ({ path: page.file.path, sha256: page.file.sha256 }))
    .sort((a, b) => compareText(a.path, b.path))
}
