/**
 * The static API: the dataset as files that a program can fetch one by one. Lists lead to the files of their entities; no
 * list repeats what those hold.
 *
 * Each index holds the hashes of its lists, each list those of its entities' files: so whoever trusts the index can check
 * every file, and the index stays small however many roles there are.
 */
import { createHash } from 'node:crypto'
import { compareText } from '../../diagnostic.ts'
import { type Dataset, type Role, SCHEMA_VERSION } from '../../model/dataset.ts'
import { allows, effects } from '../../query/facts.ts'
import { conditionsOf } from '../../query/who-can.ts'
import type { Settings } from '../../settings/schema.ts'
import { toJson, toJsonLine } from '../../text.ts'
import type { VersionStep } from '../site-input.ts'
import { slugsOf } from '../slug.ts'
import { openApi } from './openapi.ts'
import { ENDPOINTS, type File, type Shape } from './shapes.ts'

export interface ApiVersion {
  id: string
  title: string
  dataset: Dataset
}

/** Files by path under `api/v1/`, as text. The first version is the current one; the steps are the newest first. */
export function apiFiles(
  versions: readonly ApiVersion[],
  steps: readonly VersionStep[],
  settings: Settings,
): Map<string, string> {
  const slugs = slugsOf(versions.map(({ id }) => id))
  const folders = versions.map(({ id }, i) => (i === 0 ? '' : `versions/${slugs.get(id)}/`))
  const files = new Map<string, string>()
  const indexes: string[] = []
  for (const [i, version] of [...versions.entries()].reverse()) {
    const folder = folders[i] as string
    const made = new VersionFiles(version, steps.slice(i))
    for (const [path, text] of made.files) files.set(folder + path, text)
    const up = folder === '' ? '' : '../../'
    const data = `../../${up}data/${i === 0 ? '' : `${version.id}/`}dataset.json`
    const index: File<'index'> = {
      api: 'v1',
      name: settings.name,
      title: settings.site.title,
      docsVersion: version.id,
      schemaVersion: SCHEMA_VERSION,
      dataVersion: settings.dataPackage.version,
      openapi: `${up}openapi.json`,
      dataset: data,
      counts: made.counts(),
      endpoints: ENDPOINTS.map(({ path, summary, list }) => ({ url: path, summary, list: list && `${list}.json` })),
      versions: versions.map(({ id, title }, j) => ({
        id,
        title,
        current: j === 0,
        url: `${up}${folders[j]}index.json`,
      })),
      files: [...made.lists, ...(i === 0 ? indexes : [])].map((path) => ({
        url: path,
        ...checksum(files.get(folder + path) as string),
      })),
    }
    if (i === 0) {
      const samples = new Map([...made.samples, ['index' as Shape, { slug: null, value: index }]])
      const text = toJson(openApi(settings, samples, slugs.get(versions[1]?.id ?? '') ?? null))
      files.set('openapi.json', text)
      index.files.push({ url: 'openapi.json', ...checksum(text) })
    }
    files.set(`${folder}index.json`, toJson(index))
    indexes.unshift(`${folder}index.json`)
  }
  return files
}

function checksum(text: string): { bytes: number; sha256: string } {
  return { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
}

type RoleLink = Omit<File<'permission'>['roles'][number], 'effect' | 'notes'>

/** The files of one version but its index; paths under its folder. */
class VersionFiles {
  readonly files = new Map<string, string>()
  /** Paths of the lists. */
  readonly lists: string[] = []
  /** The first file of each kind. */
  readonly samples = new Map<Shape, { slug: string | null; value: unknown }>()
  readonly #version: string
  readonly #dataset: Dataset
  readonly #roleLinks: ReadonlyMap<string, RoleLink>

  constructor({ id, dataset }: ApiVersion, steps: readonly VersionStep[]) {
    this.#version = id
    this.#dataset = dataset
    const { roles, resources, permissions, policies } = dataset
    const slugs = slugsOf(roles.map((role) => role.id))
    this.#roleLinks = new Map(
      roles.map((role) => {
        const url = `../roles/${slugs.get(role.id)}.json`
        return [role.id, { id: role.id, url, name: role.name, scope: role.scope }]
      }),
    )
    const held = new Map(roles.map((role) => [role, effects(role)]))
    const holders = new Map(permissions.map((permission) => [permission.id, this.#holders(permission.id, held)]))

    this.#entities('roles', 'role', roles, (role) => ({
      file: { role },
      summary: {
        name: role.name,
        scope: role.scope,
        group: role.group,
        level: role.level,
        description: role.description,
        permissions: role.permissions.length,
      },
    }))
    const permissionSlugs = slugsOf(permissions.map((permission) => permission.id))
    const byResource = Map.groupBy(permissions, (permission) => permission.resource)
    this.#entities('resources', 'resource', resources, (resource) => {
      const own = byResource.get(resource.id) ?? []
      const on = own.map(({ id, operation, access }) => {
        const slug = permissionSlugs.get(id) as string
        return { id, slug, url: `../permissions/${slug}.json`, operation, access }
      })
      const who = this.#resourceHolders(
        own.map((permission) => ({ id: permission.id, of: holders.get(permission.id) ?? [] })),
      )
      const { title, description } = resource
      return {
        file: { resource, permissions: on, roles: who },
        summary: { title, description, permissions: own.length, roles: who.length },
      }
    })
    this.#entities('permissions', 'permission', permissions, (permission) => {
      const who = holders.get(permission.id) ?? []
      const { resource, operation, access, title = null } = permission
      return {
        file: { permission, roles: who },
        summary: { resource, operation, access, title, roles: who.length },
      }
    })
    this.#entities('policies', 'policy', policies, (policy) => {
      const { title, provider, kind, variant, lastUpdate } = policy
      const summary = { title, provider, kind, variant, lastUpdate, permissions: policy.permissions.length }
      return { file: { policy }, summary }
    })
    this.#list('changes', { docsVersion: this.#version, steps: [...steps] })
  }

  counts(): File<'index'>['counts'] {
    const { roles, permissions, resources, policies } = this.#dataset
    const grants = roles.reduce((sum, role) => sum + role.grants.length, 0)
    return {
      roles: roles.length,
      grants,
      permissions: permissions.length,
      resources: resources.length,
      policies: policies.length,
    }
  }

  /** Writes a file for each entity, and the list of them. */
  #entities<L extends 'roles' | 'resources' | 'permissions' | 'policies', E extends Shape, T extends { id: string }>(
    list: L,
    shape: E,
    items: readonly T[],
    of: (item: T) => {
      file: Omit<File<E>, 'docsVersion'>
      summary: Omit<Summary<L>, 'id' | 'slug' | 'url' | 'bytes' | 'sha256'>
    },
  ): void {
    const slugs = slugsOf(items.map(({ id }) => id))
    const summaries = items.map((item) => {
      const { file, summary } = of(item)
      const slug = slugs.get(item.id) as string
      const url = `${list}/${slug}.json`
      const value = { docsVersion: this.#version, ...file }
      const text = toJsonLine(value)
      if (this.files.has(url)) throw new Error(`Two files of the API are called ${url}`)
      this.files.set(url, text)
      if (!this.samples.has(shape)) this.samples.set(shape, { slug, value })
      return { id: item.id, slug, url, ...summary, ...checksum(text) }
    })
    this.#list(list, { docsVersion: this.#version, [list]: summaries } as unknown as File<L>)
  }

  #list<S extends Shape>(shape: S, value: File<S>): void {
    const path = `${shape}.json`
    this.files.set(path, toJsonLine(value))
    this.lists.push(path)
    this.samples.set(shape, { slug: null, value })
  }

  #holders(permission: string, held: ReadonlyMap<Role, ReturnType<typeof effects>>): File<'permission'>['roles'] {
    return [...held].flatMap(([role, effectOf]) => {
      const effect = effectOf(permission)
      if (!allows(effect)) return []
      const notes = effect === 'conditional' ? conditionsOf(role, permission).sort(compareText) : []
      const link = this.#roleLinks.get(role.id) as RoleLink
      return [{ ...link, effect, notes }]
    })
  }

  #resourceHolders(permissions: { id: string; of: File<'permission'>['roles'] }[]): File<'resource'>['roles'] {
    const roles = new Map<string, File<'resource'>['roles'][number]>()
    for (const { id, of } of permissions) {
      for (const { effect, notes: _, ...link } of of) {
        const entry = roles.get(link.id) ?? { ...link, granted: [], conditional: [] }
        entry[effect].push(id)
        roles.set(link.id, entry)
      }
    }
    return [...roles.values()].sort((a, b) => compareText(a.id, b.id))
  }
}

type Summary<L extends 'roles' | 'resources' | 'permissions' | 'policies'> = L extends 'roles'
  ? File<'roles'>['roles'][number]
  : L extends 'resources'
    ? File<'resources'>['resources'][number]
    : L extends 'permissions'
      ? File<'permissions'>['permissions'][number]
      : File<'policies'>['policies'][number]
