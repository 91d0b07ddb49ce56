/**
 * `facts.json`: the part of a version that questions are asked of, small enough to send to every reader who asks one.
 * Permissions are named by their position in the list. Of many roles it holds the names alone, and says which parts
 * (`facts/0.json`, …) hold the grants on a resource. Written when the site is built, read in the browser.
 */

import type { Effect, Facts, GrantFacts, PermissionFacts, RoleFacts } from '../../src/query/facts.ts'
import { groupKey } from './actions.ts'
import { byText } from './collections.ts'
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
  /** Headings that permissions without a resource stand below, by what the ids begin with, and where they are shown. */
  headings?: { url: string; titles: [key: string, title: string][] }
  /**
   * In order of id. The resource is -1 where there is none; the anchor is there where it is not the operation, and where
   * there is no resource it may begin with a path below `headings.url`.
   */
  permissions: [
    /** 0 for `resource.operation`. */
    id: string | 0,
    resource: number,
    operation: string | null,
    access: number,
    title?: string | null,
    anchor?: string,
  ][]
  roles: RoleTuple[]
  /** Where roles are many; then `roles` is empty. */
  parts?: {
    /** How many roles a part has. */
    size: number
    /** Paths of roles' pages, up to the scope, in the order of `scopes`; where roles stand elsewhere, they say so. */
    folders: string[]
    groups: string[]
    roles: NameTuple[]
    /** For each resource, the parts with a grant on it, each as the difference to the one before. */
    ofResource: number[][]
    /** Parts with a grant on what has no resource, or on a pattern that is not one resource's. */
    others: number[]
  }
}

/** A role without its grants: name, scope, group (-1 for none), and what does not follow from the name. */
type NameTuple = [
  name: string,
  scope: number,
  group: number,
  id?: string | 0,
  url?: string | null | 0,
  ...aliases: string[],
]

export interface RoleTuple {
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
  parts: FactsParts | null
}

/** Which parts a question needs. */
export interface FactsParts {
  size: number
  ofResource: ReadonlyMap<string, readonly number[]>
  others: readonly number[]
  /** Fills the roles of a part with what the part holds. */
  add(part: number, roles: readonly RoleTuple[]): void
}

export interface SitePermission extends PermissionFacts {
  id: string
  resource: string | null
  operation: string | null
  access: (typeof ACCESSES)[number]
  title: string | null
  url: string | null
  /** The heading that it stands below, where it is on no resource. */
  heading: string | null
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

/** With more roles than this, their grants are sent in parts. */
const MOST_WHOLE = 250
const PART = 100

export interface FactsFiles {
  file: FactsFile
  /** In order; none where the file holds all. */
  parts: RoleTuple[][]
}

/** What a version's files hold. Deterministic: it depends on the dataset and its links alone. */
export function encodeFacts(version: Version, edit: string | null, mostWhole = MOST_WHOLE): FactsFiles {
  const file = wholeFacts(version, edit)
  if (file.roles.length <= mostWhole) return { file, parts: [] }
  const { roles } = file
  const parts = Array.from({ length: Math.ceil(roles.length / PART) }, (_, i) => roles.slice(i * PART, (i + 1) * PART))
  const ofResource = file.resources.map((): number[] => [])
  const others: number[] = []
  for (const [i, part] of parts.entries()) {
    const held = new Set(part.flatMap((role) => sums(role.grants, 0)))
    const touched = new Set(
      [...held].map((at) => {
        const [id, resource] = file.permissions[at] as [id: string, resource: number, ...others: unknown[]]
        return id.includes('*') && resource >= 0 && !id.startsWith(`${file.resources[resource]?.[0]}.`) ? -1 : resource
      }),
    )
    for (const resource of touched) (ofResource[resource] ?? others).push(i)
  }
  const groups = [...new Set(roles.flatMap(({ group }) => group ?? []))].sort(byText)
  const groupAt = new Map(groups.map((group, i) => [group, i]))
  const folders = file.scopes.map((_, i) => folderOf(roles.find(({ scope }) => scope === i)?.url ?? ''))
  const names = roles.map((role): NameTuple => {
    const tail = tailOf(role.name)
    const id = role.id === `${file.scopes[role.scope]?.[0]}/${tail}` ? 0 : role.id
    const url = role.url === `${folders[role.scope]}${tail}/` ? 0 : role.url
    const tuple: NameTuple = [role.name, role.scope, groupAt.get(role.group ?? '') ?? -1]
    const aliases = role.aliases ?? []
    if (id !== 0 || url !== 0 || aliases.length > 0) tuple.push(id)
    if (url !== 0 || aliases.length > 0) tuple.push(url)
    tuple.push(...aliases)
    return tuple
  })
  const links = {
    size: PART,
    folders,
    groups,
    roles: names,
    ofResource: ofResource.map((list) => differences(list, 0)),
    others,
  }
  const permissions = file.permissions.map((permission): FactsFile['permissions'][number] => {
    const [id, resource, operation, ...others] = permission
    return id === `${file.resources[resource]?.[0]}.${operation}` ? [0, resource, operation, ...others] : permission
  })
  return { file: { ...file, permissions, roles: [], parts: links }, parts }
}

/** `Cluster Admin` -> `cluster-admin`, as most ids and addresses end. */
function tailOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

/** `/roles/project/cluster-admin/` -> `/roles/project/`. */
function folderOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/', url.length - 2) + 1)
}

function wholeFacts(version: Version, edit: string | null): FactsFile {
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
    ...(version.actionGroups.length > 0
      ? {
          headings: {
            url: links.permissionsIndex,
            titles: version.actionGroups.map(({ key, title }): [string, string] => [key, title]),
          },
        }
      : {}),
    permissions: permissions.map(({ id, resource, operation, access, title }) => {
      const url = links.permission(id)
      const anchor = (resource === null ? url?.slice(links.permissionsIndex.length) : url?.split('#')[1]) ?? null
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
  const headings = new Map(file.headings?.titles)
  const permissions = file.permissions.map(([short, at, operation, access, title, anchor]): SitePermission => {
    const resource = resources[at]
    const id = short === 0 ? `${resource?.id}.${operation}` : short
    const own = resource?.url && operation !== null ? `${resource.url}#${anchor ?? operation}` : null
    const url = resource === undefined && file.headings && anchor ? `${file.headings.url}${anchor}` : own
    return {
      id,
      resource: resource?.id ?? null,
      operation,
      access: ACCESSES[access] ?? 'write',
      title: title ?? null,
      url,
      heading: resource === undefined ? (headings.get(groupKey(id)) ?? null) : null,
    }
  })
  const roles = file.parts
    ? file.parts.roles.map((role) => named(file, role))
    : file.roles.map((role) => emptyRole(file, role))
  const fill = (first: number, tuples: readonly RoleTuple[]) => {
    for (const [i, tuple] of tuples.entries()) {
      const role = roles[first + i]
      if (role) Object.assign(role, heldBy(file, permissions, tuple))
    }
  }
  fill(0, file.roles)
  const parts = file.parts
    ? {
        size: file.parts.size,
        ofResource: new Map(file.parts.ofResource.map((list, i) => [resources[i]?.id ?? '', sums(list, 0)])),
        others: file.parts.others,
        add: (part: number, tuples: readonly RoleTuple[]) => fill(part * (file.parts?.size ?? 0), tuples),
      }
    : null
  const scopes = file.scopes.map(([id, title]) => ({ id, title }))
  return { scopes, edit: file.edit, resources, permissions, roles, parts }
}

function named(file: FactsFile, [name, scope, group, id = 0, url = 0, ...aliases]: NameTuple): SiteRole {
  const { folders = [], groups = [] } = file.parts ?? {}
  const tail = tailOf(name)
  return {
    id: id === 0 ? `${file.scopes[scope]?.[0]}/${tail}` : id,
    name,
    scope: file.scopes[scope]?.[0] ?? '',
    aliases,
    group: groups[group] ?? null,
    url: url === 0 ? `${folders[scope]}${tail}/` : url,
    ...NOTHING,
  }
}

const NOTHING = { description: null, permissions: [], grants: [], source: { path: '', line: 1 } }

function emptyRole(file: FactsFile, role: RoleTuple): SiteRole {
  const { id, name, group, url, aliases = [] } = role
  return { id, name, scope: file.scopes[role.scope]?.[0] ?? '', aliases, group, url, ...NOTHING }
}

/** What a role holds, and where that is written. */
function heldBy(
  file: FactsFile,
  permissions: readonly SitePermission[],
  role: RoleTuple,
): Pick<SiteRole, 'description' | 'permissions' | 'grants' | 'source'> {
  const path = (at: number) => file.paths[at] ?? ''
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
    description: role.description ?? null,
    permissions: [...new Set(held)].sort(),
    grants,
    source: { path: path(role.at[0]), line: role.at[1] },
  }
}

/** The parts that hold every grant on these permissions; ids, not patterns. */
export function partsFor({ parts, permissions }: SiteFacts, ids: readonly string[]): number[] {
  if (parts === null || ids.length === 0) return []
  const wanted = new Set(ids)
  const needed = new Set(parts.others)
  for (const { id, resource } of permissions) {
    if (wanted.has(id) && resource !== null) for (const part of parts.ofResource.get(resource) ?? []) needed.add(part)
  }
  return [...needed].sort((a, b) => a - b)
}

/** The parts that hold all grants of these roles. */
export function partsOf({ parts, roles }: SiteFacts, wanted: readonly SiteRole[]): number[] {
  if (parts === null) return []
  const chosen = new Set(wanted)
  return [...new Set(roles.flatMap((role, i) => (chosen.has(role) ? Math.floor(i / parts.size) : [])))]
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
