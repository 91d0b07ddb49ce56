/**
 * `facts.json`: the part of a version that questions are asked of, small enough to send to every reader who asks one.
 * Permissions are named by their position in the list. Written when the site is built, read in the browser.
 */
import type { Effect, Facts, GrantFacts, PermissionFacts, RoleFacts } from '../../src/query/facts.ts'
import type { Version } from './version.ts'

const ACCESSES = ['read', 'write', 'admin'] as const
const EFFECTS = ['granted', 'conditional', 'denied'] as const

export interface FactsFile {
  /** Scopes that have roles, in the order of the site. */
  scopes: [id: string, title: string][]
  /** Where a line can be edited, with `{path}` and `{line}` in it. */
  edit: string | null
  paths: string[]
  resources: [id: string, title: string, url: string | null, ...aliases: string[]][]
  /** In order of id. The resource is -1 where there is none; the anchor is there where it is not the operation. */
  permissions: [
    id: string,
    resource: number,
    operation: string | null,
    access: number,
    title?: string | null,
    anchor?: string,
  ][]
  roles: RoleTuple[]
}

interface RoleTuple {
  id: string
  name: string
  /** Position in `scopes`. */
  scope: number
  group: string | null
  url: string | null
  aliases?: string[]
  description?: string
  /** Path and line that the role was read from. */
  at: [path: number, line: number]
  /** For each grant its permission, as the difference to the one before. */
  grants: number[]
  /** For each grant its line, as the difference to the one before; the first to the role's own. */
  lines: number[]
  /** Path of grants that are not on the role's own, by position. */
  elsewhere?: [grant: number, path: number][]
  /** Grants that are conditional, denied or annotated, by position. */
  marks?: [grant: number, effect: number, note: string | null][]
}

export interface SiteFacts extends Facts<SiteRole> {
  permissions: SitePermission[]
  roles: SiteRole[]
  resources: SiteResource[]
  scopes: { id: string; title: string }[]
  edit: string | null
}

export interface SitePermission extends PermissionFacts {
  id: string
  resource: string | null
  operation: string | null
  access: (typeof ACCESSES)[number]
  title: string | null
  url: string | null
}

export interface SiteResource {
  id: string
  title: string
  aliases: string[]
  url: string | null
}

export interface SiteRole extends RoleFacts {
  aliases: string[]
  group: string | null
  description: string | null
  url: string | null
  grants: GrantFacts[]
  source: { path: string; line: number }
}

/** What a version's file holds. Deterministic: it depends on the dataset and its links alone. */
export function encodeFacts(version: Version, edit: string | null): FactsFile {
  const { data, links } = version
  const permissions = version.ownPermissions
  const position = new Map(permissions.map(({ id }, i) => [id, i]))
  const resources = new Map(data.resources.map(({ id }, i) => [id, i]))
  const paths = [
    ...new Set(
      data.roles.flatMap((role) => [role.source, ...role.grants.map((grant) => grant.source)]).map(({ path }) => path),
    ),
  ].sort()
  const pathAt = new Map(paths.map((path, i) => [path, i]))
  return {
    scopes: version.scopes.map(({ id, title }) => [id, title]),
    edit,
    paths,
    resources: data.resources.map((resource) => [
      resource.id,
      resource.title,
      links.resource(resource.id),
      ...resource.aliases,
    ]),
    permissions: permissions.map(({ id, resource, operation, access, title }) => {
      const anchor = links.permission(id)?.split('#')[1] ?? null
      const tuple: FactsFile['permissions'][number] = [
        id,
        resources.get(resource ?? '') ?? -1,
        operation,
        ACCESSES.indexOf(access),
      ]
      if (anchor !== null && anchor !== operation) tuple.push(title ?? null, anchor)
      else if (title !== undefined) tuple.push(title)
      return tuple
    }),
    roles: version.scopes.flatMap((scope, i) =>
      scope.roles.map((role): RoleTuple => {
        const known = role.grants.filter((grant) => position.has(grant.permission))
        const own = pathAt.get(role.source.path) as number
        const elsewhere = known.flatMap((grant, at): [number, number][] =>
          grant.source.path === role.source.path ? [] : [[at, pathAt.get(grant.source.path) as number]],
        )
        const marks = known.flatMap((grant, at): [number, number, string | null][] =>
          grant.effect === 'granted' && grant.note === null ? [] : [[at, EFFECTS.indexOf(grant.effect), grant.note]],
        )
        return {
          id: role.id,
          name: role.name,
          scope: i,
          group: role.group,
          url: links.role(role.id),
          ...(role.aliases.length > 0 ? { aliases: role.aliases } : {}),
          ...(role.description === null ? {} : { description: role.description }),
          at: [own, role.source.line],
          grants: differences(
            known.map((grant) => position.get(grant.permission) as number),
            0,
          ),
          lines: differences(
            known.map((grant) => grant.source.line),
            role.source.line,
          ),
          ...(elsewhere.length > 0 ? { elsewhere } : {}),
          ...(marks.length > 0 ? { marks } : {}),
        }
      }),
    ),
  }
}

/** The facts that a file holds. */
export function decodeFacts(file: FactsFile): SiteFacts {
  const resources = file.resources.map(([id, title, url, ...aliases]) => ({ id, title, url, aliases }))
  const permissions = file.permissions.map(([id, at, operation, access, title, anchor]): SitePermission => {
    const resource = resources[at]
    const url = resource?.url && operation !== null ? `${resource.url}#${anchor ?? operation}` : null
    return {
      id,
      resource: resource?.id ?? null,
      operation,
      access: ACCESSES[access] ?? 'write',
      title: title ?? null,
      url,
    }
  })
  const path = (at: number) => file.paths[at] ?? ''
  const roles = file.roles.map((role): SiteRole => {
    const lines = sums(role.lines, role.at[1])
    const elsewhere = new Map(role.elsewhere)
    const marks = new Map(
      (role.marks ?? []).map(([at, effect, note]) => [at, { effect: EFFECTS[effect] as Effect, note }]),
    )
    const grants = sums(role.grants, 0).map((permission, i): GrantFacts => {
      const { effect = 'granted', note = null } = marks.get(i) ?? {}
      const source = { path: path(elsewhere.get(i) ?? role.at[0]), line: lines[i] ?? role.at[1] }
      return { permission: permissions[permission]?.id ?? '', effect, note, source }
    })
    const held = grants.flatMap((grant) => (grant.effect === 'denied' ? [] : grant.permission))
    return {
      id: role.id,
      name: role.name,
      scope: file.scopes[role.scope]?.[0] ?? '',
      aliases: role.aliases ?? [],
      group: role.group,
      description: role.description ?? null,
      url: role.url,
      permissions: [...new Set(held)].sort(),
      grants,
      source: { path: path(role.at[0]), line: role.at[1] },
    }
  })
  return { scopes: file.scopes.map(([id, title]) => ({ id, title })), edit: file.edit, resources, permissions, roles }
}

function differences(values: readonly number[], before: number): number[] {
  return values.map((value, i) => value - (i === 0 ? before : (values[i - 1] as number)))
}

function sums(values: readonly number[], before: number): number[] {
  let sum = before
  return values.map((value) => {
    sum += value
    return sum
  })
}
