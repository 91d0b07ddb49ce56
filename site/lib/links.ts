/** Every URL of the site is made here, so a page can't be linked where it doesn't stand. */
import type { Dataset } from '../../src/model/dataset.ts'
import { readable, slugsOf } from './slug.ts'

export interface RolePlace {
  scope: string
  slug: string
}

export class Links {
  readonly prefix: string
  /** Role id -> its two path segments. */
  readonly roles: ReadonlyMap<string, RolePlace>
  readonly resources: ReadonlyMap<string, string>
  readonly policies: ReadonlyMap<string, string>
  readonly #rules: ReadonlyMap<string, string>
  /** Permission id -> URL with its fragment, for ids of a resource. */
  readonly #permissions = new Map<string, string>()
  /** Cloud action -> its anchor on the page of all actions. */
  readonly #actions: ReadonlyMap<string, string>

  constructor(version: string | null, data: Dataset, rules: ReadonlyMap<string, string>) {
    this.prefix = version === null ? '/' : `/${version}/`
    this.#rules = rules
    this.roles = roleSlugs(data)
    this.resources = slugsOf(data.resources.map((resource) => resource.id))
    this.policies = slugsOf(data.policies.map((policy) => policy.id))
    this.#actions = slugsOf(
      data.policies.flatMap((policy) => policy.permissions),
      new Set(['']),
    )
    for (const permission of data.permissions) {
      if (permission.resource === null || permission.operation === null) continue
      const page = this.resource(permission.resource)
      if (page) this.#permissions.set(permission.id, `${page}#${operationAnchor(permission.operation)}`)
    }
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
  get policiesIndex(): string {
    return `${this.prefix}policies/`
  }
  get actionsIndex(): string {
    return `${this.prefix}policies/actions/`
  }
  get quality(): string {
    return `${this.prefix}quality/`
  }
  get searchIndex(): string {
    return `${this.prefix}search-index.json`
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
  permission(id: string): string | null {
    return this.#permissions.get(id) ?? null
  }
  actionAnchor(id: string): string | null {
    return this.#actions.get(id) ?? null
  }
  action(id: string): string | null {
    const anchor = this.#actions.get(id)
    return anchor ? `${this.actionsIndex}#${anchor}` : null
  }
  doc(slug: string): string {
    return `${this.prefix}docs/${slug}/`
  }
  scope(id: string): string {
    return `${this.rolesIndex}#${scopeAnchor(id)}`
  }
  rule(id: string): string | null {
    const slug = this.#rules.get(id)
    return slug ? `/rules/${slug}/` : null
  }
  ruleSlug(id: string): string {
    return this.#rules.get(id)!
  }
}

export function operationAnchor(operation: string): string {
  return readable(operation) || 'operation'
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
