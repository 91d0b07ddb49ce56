/** The static API: every file against the description, every address, every hash; and hostile ids. */
import { createHash } from 'node:crypto'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import { apiFiles } from '../src/export/api/build.ts'
import { ENDPOINTS, type File } from '../src/export/api/shapes.ts'
import { siteFiles } from '../src/export/site-files.ts'
import type { VersionStep } from '../src/export/site-input.ts'
import { headersFile } from '../src/files/headers.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { whoCan } from '../src/query/who-can.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import type { Config } from '../src/settings/schema.ts'
import { analyseText, readFolder } from './support/analysis.ts'
import { ROOT, readShared, saySkipped, shared } from './support/shared.ts'
import { headerRules } from './support/static-host.ts'

saySkipped()

interface OpenApi {
  servers: { url: string }[]
  paths: Record<string, { get: Operation }>
  components: { schemas: Record<string, unknown> }
}
interface Operation {
  operationId: string
  parameters?: { name: string; example: string }[]
  responses: { '200': { content: { 'application/json': { schema: { $ref: string }; example?: unknown } } } }
}

const settings = resolveSettings(config)
let current: Dataset
let older: Dataset
let steps: VersionStep[]
let files: Map<string, string>

function api(extra: Config = {}): Map<string, string> {
  const versions = [
    { id: 'latest', title: 'Latest', dataset: current },
    { id: 'v3', title: 'Version 3', dataset: older },
  ]
  return apiFiles(versions, steps, resolveSettings({ ...config, ...extra }))
}

function apiOf(dataset: Dataset): Map<string, string> {
  return apiFiles([{ id: 'latest', title: 'Latest', dataset }], [], resolveSettings())
}

function json<T>(path: string, of: ReadonlyMap<string, string> = files): T {
  const text = of.get(path)
  if (text === undefined) throw new Error(`There is no ${path}`)
  return JSON.parse(text) as T
}

beforeAll(() => {
  const read = (id: string) =>
    analyse(readFolder(`${ROOT}/content/${id}`, `content/${id}/`), settings, id, { fallback: [] })
  const analyses = ['latest', 'v3'].map((id) => ({
    version: { id, root: '', title: id },
    analysis: read(id),
    open: [],
    accepted: [],
  }))
  current = (analyses[0] as (typeof analyses)[number]).analysis.model.dataset
  older = (analyses[1] as (typeof analyses)[number]).analysis.model.dataset
  steps = JSON.parse(siteFiles(analyses, [], settings).get('changes.json') as string)
  files = api()
})

/** Every address in a value, whatever it is called by. */
function addresses(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addresses)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    ['url', 'openapi', 'list'].includes(key) && typeof part === 'string' ? part : addresses(part),
  )
}

/** What is wrong with the API's own addresses and hashes. */
function faults(of: ReadonlyMap<string, string>): string[] {
  const wrong: string[] = []
  const reached = new Set(['index.json'])
  const hashed = new Set(['index.json'])
  for (const [path, text] of of) {
    if (path === 'openapi.json') continue
    const value = JSON.parse(text) as Record<string, { url: string; bytes?: number; sha256?: string }[]>
    for (const address of addresses(value)) {
      if (address.includes('{slug}')) continue
      const target = new URL(address, `http://site/api/v1/${path}`).pathname.replace('/api/v1/', '')
      reached.add(target)
      if (!of.has(target)) wrong.push(`${path} leads to ${target}`)
    }
    for (const entry of Object.values(value).filter(Array.isArray).flat()) {
      if (entry?.sha256 === undefined) continue
      const target = new URL(entry.url, `http://site/api/v1/${path}`).pathname.replace('/api/v1/', '')
      hashed.add(target)
      const held = of.get(target) ?? ''
      if (createHash('sha256').update(held).digest('hex') !== entry.sha256) wrong.push(`${path}: hash of ${target}`)
      if (Buffer.byteLength(held) !== entry.bytes) wrong.push(`${path}: size of ${target}`)
    }
  }
  for (const path of of.keys()) {
    if (!reached.has(path)) wrong.push(`nothing leads to ${path}`)
    if (!hashed.has(path)) wrong.push(`nothing has the hash of ${path}`)
  }
  return wrong
}

/** What does not fit the description, file by file; every file must be of an operation. */
function misfits(of: ReadonlyMap<string, string>): string[] {
  const description = json<OpenApi>('openapi.json', of)
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false })
  ajv.addVocabulary(['example', 'components'])
  ajv.addSchema({ $id: 'openapi', components: description.components })
  const operations = Object.entries(description.paths).map(([path, { get }]) => ({
    pattern: new RegExp(
      `^${path
        .slice(1)
        .replaceAll('.', '\\.')
        .replace(/\{\w+\}/g, '[^/]+')}$`,
    ),
    check: ajv.getSchema(`openapi${get.responses['200'].content['application/json'].schema.$ref}`),
  }))
  return [...of].flatMap(([path, text]) => {
    if (path === 'openapi.json') return []
    const fitting = operations.filter(({ pattern }) => pattern.test(path))
    if (fitting.length !== 1) return [`${path}: ${fitting.length} operations`]
    const check = fitting[0]?.check
    if (!check) return [`${path}: no schema`]
    return check(JSON.parse(text)) ? [] : [`${path}: ${JSON.stringify(check.errors?.slice(0, 2))}`]
  })
}

describe('the description', () => {
  it('is OpenAPI 3.1 that a validator accepts', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(json('openapi.json'))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('has an operation for every file, and every file fits the schema of its operation', () => {
    expect(files.size).toBeGreaterThan(400)
    expect(misfits(files)).toEqual([])
  })

  it('refuses a file that lacks something, has something more, or is of another kind', () => {
    const role = json<File<'role'>>('roles/project-cluster-admin.json')
    const { name: _, ...nameless } = role.role
    for (const wrong of [{ ...role, role: nameless }, { ...role, more: 1 }, json('roles.json')]) {
      const damaged = new Map(files).set('roles/project-cluster-admin.json', JSON.stringify(wrong))
      expect(misfits(damaged)).toEqual([expect.stringMatching(/^roles\/project-cluster-admin\.json: /)])
    }
  })

  it('has an example of each kind of file, which fits too, and examples of slugs that are there', () => {
    const { paths, components } = json<OpenApi>('openapi.json')
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false })
    ajv.addVocabulary(['components'])
    ajv.addSchema({ $id: 'openapi', components })
    const ids = new Set<string>()
    let examples = 0
    for (const [path, { get }] of Object.entries(paths)) {
      ids.add(get.operationId)
      const { schema, example } = get.responses['200'].content['application/json']
      const filled = (get.parameters ?? []).reduce(
        (text, { name, example }) => text.replace(`{${name}}`, example),
        path,
      )
      // Slugs of the current version's entities need not be those of an older one.
      if (!path.includes('/versions/')) expect(files.has(filled.slice(1)), filled).toBe(true)
      if (example === undefined) continue
      examples++
      const check = ajv.getSchema(`openapi${schema.$ref}`)
      expect(check?.(example), `${path} ${JSON.stringify(check?.errors)}`).toBe(true)
    }
    expect(examples).toBe(ENDPOINTS.length)
    expect(ids.size).toBe(2 * ENDPOINTS.length)
  })

  it('names the address that the config gives the site', () => {
    const server = (extra: Config) => json<OpenApi>('openapi.json', api(extra)).servers[0]?.url
    expect(server({})).toBe('/api/v1')
    expect(server({ site: { base: '/docs/roles/' } })).toBe('/docs/roles/api/v1')
    expect(server({ site: { url: 'https://docs.example.com/', base: '/docs/roles/' } })).toBe(
      'https://docs.example.com/docs/roles/api/v1',
    )
  })
})

describe('the files', () => {
  it('lead to each other without a dead end, with the right sizes and hashes', () => {
    expect(faults(files)).toEqual([])
  })

  it('are told of, where a byte of one is another', () => {
    const path = 'permissions/cluster-delete.json'
    const damaged = new Map(files).set(path, (files.get(path) as string).replace('granted', 'grunted'))
    expect(faults(damaged)).toEqual([`permissions.json: hash of ${path}`])
  })

  it('are the same wherever the site stands, but for the description', () => {
    const elsewhere = api({ site: { ...config.site, url: 'https://docs.example.com', base: '/docs/roles/' } })
    const differing = [...files].filter(([path, text]) => elsewhere.get(path) !== text).map(([path]) => path)
    // The index has the hash of the description, which says where the site stands.
    expect(differing).toEqual(['openapi.json', 'index.json'])
    expect([...api()]).toEqual([...files])
  })

  it('of the index count what is there, and name every kind of file and every version', () => {
    const index = json<File<'index'>>('index.json')
    expect(index.counts).toEqual({
      roles: current.roles.length,
      grants: current.roles.reduce((sum, role) => sum + role.grants.length, 0),
      permissions: current.permissions.length,
      resources: current.resources.length,
      policies: current.policies.length,
    })
    expect(index.endpoints.map(({ url }) => url)).toEqual(ENDPOINTS.map(({ path }) => path))
    expect(index.versions).toEqual([
      { id: 'latest', title: 'Latest', current: true, url: 'index.json' },
      { id: 'v3', title: 'Version 3', current: false, url: 'versions/v3/index.json' },
    ])
    const inside = json<File<'index'>>('versions/v3/index.json')
    expect(inside.versions.map(({ url }) => url)).toEqual(['../../index.json', '../../versions/v3/index.json'])
    expect([index.dataset, inside.dataset]).toEqual(['../../data/dataset.json', '../../../../data/v3/dataset.json'])
  })

  it('of entities hold the entity as the dataset has it', () => {
    for (const [dataset, folder] of [
      [current, ''],
      [older, 'versions/v3/'],
    ] as const) {
      for (const [list, one] of [
        ['roles', 'role'],
        ['resources', 'resource'],
        ['permissions', 'permission'],
        ['policies', 'policy'],
      ] as const) {
        const entries = json<Record<string, { id: string; url: string }[]>>(`${folder}${list}.json`)[list] ?? []
        expect(entries.map(({ id }) => id)).toEqual(dataset[list].map(({ id }) => id))
        const held = entries.map(({ url }) => json<Record<string, unknown>>(`${folder}${url}`)[one])
        expect(held).toEqual(dataset[list])
      }
    }
  })

  it('of permissions answer as `who-can` does, for every permission', () => {
    for (const [dataset, folder] of [
      [current, ''],
      [older, 'versions/v3/'],
    ] as const) {
      for (const { id, url, roles: said } of json<File<'permissions'>>(`${folder}permissions.json`).permissions) {
        const { roles } = json<File<'permission'>>(`${folder}${url}`)
        const holders = whoCan(dataset, [id]).map(
          ({ role, conditional }) => `${role.id} ${conditional.length === 1 ? 'conditional' : 'granted'}`,
        )
        expect(roles.map((role) => `${role.id} ${role.effect}`)).toEqual(holders.sort())
        expect(said).toBe(roles.length)
      }
    }
  })

  it('of resources say who holds what, as the permissions do', () => {
    for (const { id, url } of json<File<'resources'>>('resources.json').resources) {
      const { permissions, roles } = json<File<'resource'>>(url)
      expect(permissions.map((permission) => permission.id)).toEqual(
        current.permissions.filter(({ resource }) => resource === id).map((permission) => permission.id),
      )
      const expected = permissions.flatMap((permission) =>
        whoCan(current, [permission.id]).map(({ role }) => `${role.id} ${permission.id}`),
      )
      const said = roles.flatMap((role) => [...role.granted, ...role.conditional].map((held) => `${role.id} ${held}`))
      expect(said.sort()).toEqual(expected.sort())
    }
  })

  it('of changes are the steps of the site, and those up to each version', () => {
    expect(steps.length).toBe(1)
    expect(steps[0]?.changes.length).toBeGreaterThan(10)
    expect(json<File<'changes'>>('changes.json').steps).toEqual(steps)
    expect(json<File<'changes'>>('versions/v3/changes.json').steps).toEqual([])
  })

  it('give the conditions of what is held under one', () => {
    const page = '## Captain\n\n| | Get | List |\n| --- | --- | --- |\n| dock | √ (1) | √ |\n\n(1) By day only.\n'
    const { dataset } = analyseText(page).model
    const made = apiOf(dataset)
    const [first] = json<File<'permission'>>('permissions/dock-get.json', made).roles
    expect(first).toMatchObject({ name: 'Captain', effect: 'conditional' })
    expect(first?.notes).toHaveLength(1)
    expect(json<File<'resource'>>('resources/dock.json', made).roles[0]).toMatchObject({
      granted: ['dock.list'],
      conditional: ['dock.get'],
    })
  })

  it('stay small: none repeats what another holds, so all together are a small multiple of the dataset', () => {
    const total = [...files].reduce((sum, [, text]) => sum + text.length, 0)
    const dataset = JSON.stringify(current).length + JSON.stringify(older).length
    expect(total).toBeLessThan(3 * dataset)
    // Where there are twenty times as many roles, the index is as long as before.
    const roles = Array.from({ length: 20 }, (_, i) =>
      current.roles.map((role) => ({ ...role, id: `${role.id}-${i}` })),
    ).flat()
    const many = apiOf({ ...current, roles })
    expect(many.size).toBeGreaterThan(1000)
    expect((many.get('index.json') as string).length).toBeLessThan(4000)
    expect((many.get('roles.json') as string).length / roles.length).toBeLessThan(500)
  })

  it.skipIf(!shared)('of the corpus fit the description as well', () => {
    const text = readShared(
      'corpus/latest/docs/docs-content/user-management/palette-rbac/project-scope-roles-permissions.md',
    )
    const made = apiOf(analyseText(text).model.dataset)
    expect(made.size).toBeGreaterThan(50)
    expect(misfits(made)).toEqual([])
    expect(faults(made)).toEqual([])
  })
})

describe('hostile ids', () => {
  const role = { aliases: [], scope: 'project', group: null, level: null, description: null, grants: [] }
  const source = { path: 'a.mdx', line: 1, column: 1 }
  const withRoles = (ids: readonly string[]): Dataset => ({
    ...analyseText('Text.\n').model.dataset,
    roles: ids.map((id) => ({ ...role, id, name: id, permissions: [], source })),
  })
  const NASTY = [
    // The last is what the hash makes of the first.
    ...['foo/', 'foo.', 'foo-14fe48f0'],
    ...[
      '..',
      '../../etc/passwd',
      'a/b',
      'A/b',
      'a-b',
      'con',
      'NUL.json',
      'COM1',
      '',
      ' ',
      'index',
      '__proto__',
      'constructor',
    ],
    ...[
      'x'.repeat(500),
      'ünïcode',
      '日本',
      '\u202Eevil',
      '\ud800',
      'a?b#c',
      'a%2fb',
      'a\\b',
      'a\nb',
      '{slug}',
      '<script>',
    ],
  ]

  it('get files that every system takes, one each, and are found by their list', () => {
    const made = apiOf(withRoles(NASTY))
    const names = [...made.keys()].filter((path) => path.startsWith('roles/'))
    expect(names).toHaveLength(NASTY.length)
    for (const name of names) expect(name).toMatch(/^roles\/[A-Za-z0-9_][A-Za-z0-9_-]{0,90}\.json$/)
    expect(names.filter((name) => /\/(?:con|prn|aux|nul|com\d|lpt\d|index)\.json$/i.test(name))).toEqual([])
    expect(faults(made)).toEqual([])
    expect(misfits(made)).toEqual([])
  })

  it('never share a file, case aside, whatever they are', () => {
    const ids = fc.uniqueArray(fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...NASTY)), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(ids, (list) => {
        const names = [...apiOf(withRoles(list)).keys()].filter((path) => path.startsWith('roles/'))
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(list.length)
      }),
    )
  })

  it('are escaped, so that no file drives the terminal that shows it', () => {
    const made = apiOf(withRoles(NASTY))
    for (const [path, text] of made) expect(text, path).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E]/u)
  })

  it('of versions are folders that can be, whatever the case', () => {
    const { dataset } = analyseText('## Captain\n\n- dock.get\n').model
    const ids = ['new', 'V3', 'v3', 'con']
    const made = apiFiles(
      ids.map((id) => ({ id, title: id, dataset })),
      [],
      resolveSettings(),
    )
    const folders = [...made.keys()].flatMap((path) => /^versions\/([^/]+)\/index\.json$/.exec(path)?.[1] ?? [])
    expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(3)
    expect(folders).not.toContain('con')
    expect(faults(made)).toEqual([])
    expect(misfits(made)).toEqual([])
  })
})

describe('the headers of the host', () => {
  it('let any page fetch the API and the data, and ask for them anew each time', () => {
    const rules = headerRules(headersFile('/docs/roles/', "default-src 'none'"))
    const of = (path: string) =>
      new Map(rules.filter(({ pattern }) => pattern.test(path)).flatMap(({ headers }) => headers))
    for (const path of ['/docs/roles/api/v1/roles/a.json', '/docs/roles/data/dataset.json']) {
      expect(of(path).get('access-control-allow-origin')).toBe('*')
      expect(of(path).get('cache-control')).toBe('public, max-age=0, must-revalidate')
      expect(of(path).get('x-content-type-options')).toBe('nosniff')
    }
    expect(of('/docs/roles/roles/').has('access-control-allow-origin')).toBe(false)
  })
})
