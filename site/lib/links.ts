/** Every URL of the site is made here, so a page can't be linked where it doesn't stand. */
import type { Dataset } from '../../src/model/dataset.ts'
import { groupBy } from './collections.ts'
import { readable, slugsOf } from './slug.ts'
import type { Cut } from './version.ts'

export interface RolePlace {
  scope: string
  slug: string
}

export class Links {
  /** Path that the whole site stands under; begins and ends with a slash. */
  readonly base: string
  /** Path that the version's pages stand under. */
  readonly prefix: string
  /** Role id -> its two path segments. */
  readonly roles: ReadonlyMap<string, RolePlace>
  readonly resources: ReadonlyMap<string, string>
  readonly policies: ReadonlyMap<string, string>
  readonly #rules: ReadonlyMap<string, string>
  /** Permission id -> URL with its fragment, for ids of a resource. */
  readonly #permissions = new Map<string, string>()
  /** Permission id -> its anchor on its page. */
  readonly #operations: ReadonlyMap<string, string>
  /** Cloud action -> its anchor on the page of all actions. */
  readonly #actions: ReadonlyMap<string, string>

  /** Which page of an overview something stands on, where it is not the first. */
  cut: Cut = { ofScope: new Map(), ofAction: new Map(), ofPermission: new Map() }

  constructor(version: string | null, data: Dataset, rules: ReadonlyMap<string, string>, base = '/') {
    this.base = base
    this.prefix = version === null ? base : `${base}${version}/`
    this.#rules = rules
    this.roles = roleSlugs(data)
    this.resources = slugsOf(data.resources.map((resource) => resource.id))
    this.policies = slugsOf(data.policies.map((policy) => policy.id))
    this.#actions = slugsOf(
      data.policies.flatMap((policy) => policy.permissions),
      new Set(['']),
    )
    this.#operations = operationAnchors(data)
    for (const permission of data.permissions) {
      if (permission.resource === null || permission.operation === null) continue
      const page = this.resource(permission.resource)
      if (page) this.#permissions.set(permission.id, `${page}#${this.#operations.get(permission.id)}`)
    }
  }

  /** A page of an overview, by its number. */
  page(overview: string, number: number): string {
    return number === 1 ? overview : `${overview}page/${number}/`
  }
  get home(): string {
    return this.prefix
  }
  get rolesIndex(): string {
    return `${this.prefix}roles/`
  }
  get resourcesIndex(): string {
    return `${this.prefix}resources/`
  }
  /** Permissions that are on no resource. */
  get permissionsIndex(): string {
    return `${this.prefix}permissions/`
  }
  /** Every page of the documentation, where they are too many for the sidebar. */
  get pagesIndex(): string {
    return `${this.prefix}pages/`
  }
  /** Roles by resources, for every scope. */
  get access(): string {
    return `${this.prefix}access/`
  }
  /** What this version changed. */
  get changes(): string {
    return `${this.prefix}changes/`
  }
  get changesFeed(): string {
    return this.file('changes.atom')
  }
  get policiesIndex(): string {
    return `${this.prefix}policies/`
  }
  get actionsIndex(): string {
    return `${this.prefix}policies/actions/`
  }
  get whoCan(): string {
    return `${this.prefix}who-can/`
  }
  get compare(): string {
    return `${this.prefix}compare/`
  }
  get smallest(): string {
    return `${this.prefix}smallest/`
  }
  /** The comparison of some roles, by id. */
  compareRoles(ids: readonly string[]): string {
    return `${this.compare}?roles=${ids.map(queryValue).join(',')}`
  }
  /** Who can do what a pattern of permissions names. */
  whoCanDo(pattern: string, scope?: string): string {
    return `${this.whoCan}?p=${queryValue(pattern)}${scope === undefined ? '' : `&scope=${queryValue(scope)}`}`
  }
  /** The smallest role for some permissions, by id. */
  smallestFor(ids: readonly string[]): string {
    return `${this.smallest}?p=${ids.map(queryValue).join(',')}`
  }
  /** What the pages of questions are asked of. */
  get facts(): string {
    return `${this.prefix}facts.json`
  }
  get policyBuilder(): string {
    return `${this.prefix}policies/builder/`
  }
  get quality(): string {
    return `${this.prefix}quality/`
  }
  get rulesIndex(): string {
    return `${this.base}rules/`
  }
  get downloads(): string {
    return `${this.base}data/`
  }
  get searchIndex(): string {
    return `${this.prefix}search-index.json`
  }

  /** A published file, by its path under `data/`. */
  dataFile(path: string): string {
    return `${this.downloads}${path}`
  }
  /** A file at the root of the site. */
  file(path: string): string {
    return `${this.base}${path}`
  }
  role(id: string): string | null {
    const place = this.roles.get(id)
    return place ? `${this.prefix}roles/${place.scope}/${place.slug}/` : null
  }
  resource(id: string): string | null {
    const slug = this.resources.get(id)
    return slug ? `${this.prefix}resources/${slug}/` : null
  }
  policy(id: string): string | null {
    const slug = this.policies.get(id)
    return slug ? `${this.prefix}policies/${slug}/` : null
  }
  /** The document of a policy, as a file. */
  policyFile(id: string): string | null {
    const slug = this.policies.get(id)
    return slug ? `${this.prefix}policies/${slug}.json` : null
  }
  /** The builder with a choice of policies made. */
  policiesTogether(ids: readonly string[]): string {
    return `${this.policyBuilder}?policies=${ids.map(encodeURIComponent).join(',')}`
  }
  /** The merged document of a preset, as a file. */
  presetFile(slug: string): string {
    return `${this.policyBuilder}${slug}.json`
  }
  permission(id: string): string | null {
    const page = this.cut.ofPermission.get(id)
    if (page !== undefined) return `${this.page(this.permissionsIndex, page)}#${this.#operations.get(id)}`
    return this.#permissions.get(id) ?? null
  }
  /** The anchor of a permission on its resource's page, or on the page of those that have none. */
  operationAnchor(id: string): string | null {
    return this.#operations.get(id) ?? null
  }
  actionAnchor(id: string): string | null {
    return this.#actions.get(id) ?? null
  }
  action(id: string): string | null {
    const anchor = this.#actions.get(id)
    return anchor ? `${this.page(this.actionsIndex, this.cut.ofAction.get(id) ?? 1)}#${anchor}` : null
  }
  doc(slug: string): string {
    return `${this.prefix}docs/${slug}/`
  }
  scope(id: string): string {
    return `${this.page(this.rolesIndex, this.cut.ofScope.get(id) ?? 1)}#${scopeAnchor(id)}`
  }
  rule(id: string): string | null {
    const slug = this.#rules.get(id)
    return slug ? `${this.rulesIndex}${slug}/` : null
  }
  ruleSlug(id: string): string {
    return this.#rules.get(id)!
  }
}

/** Anchors of the parts of a resource's page, which no operation may take. */
const RESOURCE_PARTS = new Set(['', '_top', 'by-role', 'changes', 'findings', 'scopes', 'source', 'who-can'])

/** A value in a query, readable: ids keep their slashes and patterns their stars. */
function queryValue(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%2F', '/').replaceAll('%3A', ':')
}

/** `cluster.delete` -> `delete`, one for each operation of a resource. */
function operationAnchors(data: Dataset): Map<string, string> {
  const anchors = new Map<string, string>()
  for (const permissions of groupBy(data.permissions, (permission) => permission.resource ?? '').values()) {
    const slugs = slugsOf(
      permissions.map((permission) => permission.operation ?? permission.id),
      RESOURCE_PARTS,
    )
    for (const { id, operation } of permissions) anchors.set(id, slugs.get(operation ?? id)!)
  }
  return anchors
}

export function scopeAnchor(scope: string): string {
  return `scope-${readable(scope)}`
}

/** A role's id is `scope/slug-of-name`; each part becomes a folder of its own. */
function roleSlugs(data: Dataset): Map<string, RolePlace> {
  const scopes = slugsOf(data.roles.map((role) => role.scope))
  const places = new Map<string, RolePlace>()
  for (const [scope, folder] of scopes) {
    const roles = data.roles.filter((role) => role.scope === scope)
    const tails = new Map(roles.map((role) => [role.id, tail(role.id, scope)]))
    const slugs = slugsOf(tails.values())
    for (const [id, last] of tails) places.set(id, { scope: folder, slug: slugs.get(last)! })
  }
  return places
}

function tail(id: string, scope: string): string {
  return id.startsWith(`${scope}/`) ? id.slice(scope.length + 1) : id
}
