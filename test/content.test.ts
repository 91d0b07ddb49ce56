/** The documentation in `content/`: whole sets against the line reader, and against the corpus where that is there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import { main } from '../src/cli/main.ts'
import { bareTerminal } from '../src/cli/terminal.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { grantsByRole, placesOf, readFolder } from './support/analysis.ts'
import {
  codeUnits,
  readActions,
  readCatalogue,
  readOperations,
  readPolicies,
  readPrivilegeLists,
  readPrivileges,
  readRoles,
  readScopeMatrix,
} from './support/line-reader.ts'
import { listShared, ROOT, readShared, saySkipped, shared } from './support/shared.ts'

const settings = resolveSettings(config)

function version(id: string) {
  const files = readFolder(join(ROOT, 'content', id), `content/${id}/`)
  return { files, analysis: analyse(files, settings, id) }
}

const versions = { latest: version('latest'), v3: version('v3') }

function text(path: string): string {
  return readFileSync(join(ROOT, 'content', path), 'utf8')
}

/** The roles that one page names, as the model has them. */
function rolesOfPage(id: 'latest' | 'v3', path: string) {
  const { dataset } = versions[id].analysis.model
  return { ...dataset, roles: dataset.roles.filter((role) => role.source.path === `content/${path}`) }
}

const ROLE_PAGES: ['latest' | 'v3', page: string, scope: string, roles: number, grants: number][] = [
  ['latest', 'project-roles', 'project', 30, 786],
  ['latest', 'tenant-roles', 'tenant', 10, 434],
  ['latest', 'resource-roles', 'resource', 6, 142],
  ['v3', 'project-roles', 'project', 14, 322],
  ['v3', 'tenant-roles', 'tenant', 10, 286],
]

describe('roles of content/', () => {
  it.each(ROLE_PAGES)('%s %s: every grant that its lines hold, in scope %s', (id, page, scope, roles, grants) => {
    const path = `${id}/docs/user-management/${page}.mdx`
    const lines = readRoles(text(path)).roles
    const model = rolesOfPage(id, path)
    const canonical = (permission: string) => {
      const [key = '', operation = ''] = permission.split('.')
      return `${model.resources.find((resource) => resource.aliases.includes(key))?.id ?? key}.${operation}`
    }
    const expected = lines.map((role) => [
      role.name,
      role.grants.map((g) => `${canonical(g.permission)} @${g.line}:${g.column}`).sort(codeUnits),
    ])
    expect([lines.length, lines.reduce((sum, role) => sum + role.grants.length, 0)]).toEqual([roles, grants])
    expect(grantsByRole(model)).toEqual(Object.fromEntries(expected))
    expect(new Set(model.roles.map((role) => role.scope))).toEqual(new Set([scope]))
    expect(model.roles.map((role) => role.description).filter((text) => text === null)).toEqual([])
  })

  it('resource roles of version 3 are described, and nothing is granted to them', () => {
    const model = rolesOfPage('v3', 'v3/docs/user-management/resource-roles.mdx')
    const described = readRoles(text('v3/docs/user-management/resource-roles.mdx')).described
    expect(model.roles.map((role) => role.name).sort(codeUnits)).toEqual(
      described.map((row) => row.name).sort(codeUnits),
    )
    expect(model.roles.flatMap((role) => role.grants)).toEqual([])
  })

  it('system roles have what the ticks and crosses of their table say', () => {
    const path = 'latest/docs/system-management/account-management.mdx'
    const model = rolesOfPage('latest', path)
    const titles = new Map(model.permissions.map((permission) => [permission.id, permission.title]))
    const effects = model.roles.map((role) => [
      role.name,
      Object.fromEntries(role.grants.map((grant) => [titles.get(grant.permission), grant.effect === 'granted'])),
    ])
    const expected = [...readActions(text(path))].map(([role, actions]) => [role, Object.fromEntries(actions)])
    expect(expected).toHaveLength(3)
    expect(Object.fromEntries(effects)).toEqual(Object.fromEntries(expected))
    expect(new Set(model.roles.map((role) => role.scope))).toEqual(new Set(['system']))
  })

  it('has no role but those of these pages', () => {
    expect(versions.latest.analysis.model.dataset.roles).toHaveLength(30 + 10 + 6 + 3)
    expect(versions.v3.analysis.model.dataset.roles).toHaveLength(14 + 10 + 6)
  })
})

describe('catalogue of content/latest', () => {
  const { dataset } = versions.latest.analysis.model
  const page = text('latest/docs/user-management/permissions.mdx')
  const keyOf = (key: string) => dataset.resources.find((r) => r.id === key || r.aliases.includes(key))

  it('has each of its rows: key, title and scopes', () => {
    const rows = readCatalogue(page)
    expect(rows).toHaveLength(27)
    for (const row of rows) {
      const resource = keyOf(row.key)
      expect({ title: resource?.title, scopes: resource?.scopes }, row.key).toEqual({
        title: row.title,
        scopes: row.scopes,
      })
    }
  })

  it('has the operations that each component lists', () => {
    const rows = readCatalogue(page)
    const operations = readOperations(page)
    expect(operations.size).toBe(27)
    for (const [component, listed] of operations) {
      const row = rows.find(({ title }) => title === component || `${title}s` === component)
      const resource = keyOf(row?.key ?? '')
      expect(resource, component).toBeDefined()
      for (const operation of listed) expect(resource?.operations, component).toContain(operation)
    }
  })

  it('offers in each scope what the ticks and the lists say together', () => {
    const rows = readCatalogue(page)
    const operations = readOperations(page)
    for (const scope of ['tenant', 'project', 'resource']) {
      const expected = rows
        .filter((row) => row.scopes.includes(scope))
        .flatMap((row) =>
          (operations.get(row.title) ?? operations.get(`${row.title}s`) ?? []).map(
            (operation) => `${keyOf(row.key)?.id}.${operation}`,
          ),
        )
      const catalogue = dataset.catalogues.find((c) => c.id === `${scope}/components-and-resource-keys`)
      expect(catalogue?.permissions, scope).toEqual(expected.sort(codeUnits))
    }
  })

  it('knows the 25 permissions that custom resource roles may use', () => {
    const [listed] = readRoles(text('latest/docs/user-management/resource-roles.mdx')).catalogues
    const catalogue = dataset.catalogues.find((candidate) => candidate.id === 'resource/available-resource-keys')
    expect(catalogue?.permissions).toHaveLength(25)
    expect(catalogue?.permissions).toEqual([...(listed?.permissions ?? [])].sort(codeUnits))
  })
})

describe('the scope matrix of content/v3', () => {
  const { dataset } = versions.v3.analysis.model
  const rows = readScopeMatrix(text('v3/docs/user-management/index.mdx'))

  it('has each of its rows: title, key, operations and scopes', () => {
    expect(rows).toHaveLength(18)
    for (const row of rows) {
      const resource = dataset.resources.find((candidate) => candidate.id === row.key)
      expect({ title: resource?.title, scopes: resource?.scopes }, row.key).toEqual({
        title: row.title,
        scopes: row.scopes,
      })
      for (const operation of row.operations) expect(resource?.operations, row.key).toContain(operation)
    }
  })

  it('offers in each scope what the rows list', () => {
    for (const scope of ['tenant', 'project']) {
      const expected = rows
        .filter((row) => row.scopes.includes(scope))
        .flatMap((row) => row.operations.map((operation) => `${row.key}.${operation}`))
      const [catalogue, ...others] = dataset.catalogues.filter((candidate) => candidate.scope === scope)
      expect(others).toEqual([])
      expect(catalogue?.permissions).toEqual(expected.sort(codeUnits))
    }
  })
})

describe('mappings of content/latest', () => {
  it('says which Palette roles each cluster role asks for', () => {
    const { mappings } = versions.latest.analysis.model.dataset
    expect(Object.fromEntries(mappings.map((mapping) => [mapping.id, mapping.requires]))).toEqual({
      'spectro-vm-admin': [
        ['Cluster Admin', 'Cluster Editor'],
        ['Cluster Profile Admin', 'Cluster Profile Editor'],
        ['Virtual Machine Admin'],
      ],
      'spectro-vm-power-user': [['Cluster Viewer'], ['Virtual Machine Power User']],
      'spectro-vm-user': [['Cluster Viewer'], ['Virtual Machine User']],
      'spectro-vm-viewer': [['Cluster Viewer'], ['Virtual Machine Viewer']],
    })
    expect(mappings.map((mapping) => mapping.restrictions.length)).toEqual([0, 2, 3, 1])
  })

  it('asks for roles that exist', () => {
    const { mappings, roles } = versions.latest.analysis.model.dataset
    const names = new Set(roles.map((role) => role.name))
    expect(mappings.flatMap((mapping) => mapping.requires.flat()).filter((name) => !names.has(name))).toEqual([])
  })
})

describe('policies of content/', () => {
  const folder = join(ROOT, 'content/latest/partials/permissions')
  const names = readdirSync(folder).map((name) => name.replace(/\.mdx$/, ''))
  const { policies } = versions.latest.analysis.model.dataset

  it('has a policy for each partial', () => {
    expect(names.length).toBeGreaterThan(18)
    const ids = new Set(policies.map((policy) => policy.id.split('/')[0]))
    expect(names.filter((name) => !ids.has(name))).toEqual([])
  })

  it.each(names.filter((name) => name !== 'vsphere-permissions'))('%s has the actions that its lines list', (name) => {
    const policy = policies.find((candidate) => candidate.id === name)
    expect(policy?.permissions).toEqual(readPolicies(text(`latest/partials/permissions/${name}.mdx`))[0]?.actions)
    expect(policy?.usedBy.length).toBeGreaterThan(0)
  })

  it('vSphere privileges are those of each tab, and the raw ids', () => {
    const page = text('latest/partials/permissions/vsphere-permissions.mdx')
    for (const { section, tab, privileges } of readPrivileges(page)) {
      const policy = policies.find((candidate) => candidate.title === `${section} (${tab})`)
      expect(policy?.permissions, `${section} ${tab}`).toEqual(privileges)
    }
    for (const { section, privileges } of readPrivilegeLists(page)) {
      const policy = policies.find((candidate) => candidate.title === `${section} (API)`)
      expect(policy?.permissions, section).toEqual(privileges)
    }
  })

  it('version 3 has the policies of its page at their fences, and the broken one is reported', () => {
    const page = 'v3/docs/clusters/aws/required-iam-policies.mdx'
    const found = versions.v3.analysis.model.dataset.policies
      .map((policy) => ({ line: policy.source.line, actions: policy.permissions }))
      .sort((a, b) => a.line - b.line)
    expect(found).toEqual(readPolicies(text(page)))
    const lines = text(page).split('\n')
    const [missing] = placesOf(versions.v3.analysis.diagnostics, 'invalid-policy')
    const line = lines.findIndex((row) => /"[^"]*""/.test(row))
    expect(missing).toBe(`${line + 1}:${(lines[line] as string).indexOf('""') + 2}`)
  })
})

saySkipped()
describe.skipIf(!shared)('content/ against the corpus', () => {
  const rbac = 'corpus/latest/docs/docs-content/user-management/palette-rbac'
  const pairs: [page: string, corpus: string][] = [
    ['latest/docs/user-management/project-roles.mdx', `${rbac}/project-scope-roles-permissions.md`],
    ['latest/docs/user-management/tenant-roles.mdx', `${rbac}/tenant-scope-roles-permissions.md`],
    ['latest/docs/user-management/resource-roles.mdx', `${rbac}/resource-scope-roles-permissions.md`],
    ['v3/docs/user-management/project-roles.mdx', 'seeds/004_87c54f8da24e2d30.txt'],
    [
      'v3/docs/user-management/tenant-roles.mdx',
      'corpus/gatsby/content/docs/08-user-management/2-palette-rbac/1-tenant-scope-roles-permissions.md',
    ],
  ]
  const sets = (source: string) =>
    Object.fromEntries(
      readRoles(source).roles.map((role) => [role.name, role.grants.map((g) => g.permission).sort(codeUnits)]),
    )

  it.each(pairs)('%s grants, role by role, what %s grants', (page, corpus) => {
    expect(sets(text(page))).toEqual(sets(readShared(corpus)))
  })

  it.each(pairs)('%s describes the roles that %s describes', (page, corpus) => {
    const described = (source: string) => readRoles(source).described.map((row) => row.name)
    expect(described(text(page)).sort(codeUnits)).toEqual(described(readShared(corpus)).sort(codeUnits))
  })

  it('has the rows and operations of the catalogue', () => {
    const ours = text('latest/docs/user-management/permissions.mdx')
    const theirs = readShared(`${rbac}/permissions.md`)
    expect(readCatalogue(ours)).toEqual(readCatalogue(theirs))
    expect([...readOperations(ours)]).toEqual([...readOperations(theirs)])
  })

  it('has the rows of the scope matrix, which the original writes as a table that is none', () => {
    const ours = readScopeMatrix(text('v3/docs/user-management/index.mdx'))
    expect(ours).toEqual(readScopeMatrix(readShared(`${rbac}/palette-rbac.md`)))
  })

  it('has the ticks and crosses of the system roles', () => {
    const theirs = readShared(
      'corpus/latest/docs/docs-content/enterprise-version/system-management/account-management/account-management.md',
    )
    const ticks = (source: string) =>
      [...readActions(source)].map(([role, actions]) => [role, [...actions.values()]] as const)
    expect(ticks(text('latest/docs/system-management/account-management.mdx'))).toEqual(ticks(theirs))
  })

  const partials = listShared('corpus/latest/_partials/permissions')

  it.each(partials)('has the action sets of %s', (path) => {
    const name = (path.split('/').at(-1) as string).replace(/^_/, '')
    const ours = text(`latest/partials/permissions/${name}`)
    const theirs = readShared(path)
    const actions = (source: string) => readPolicies(source).map((policy) => policy.actions)
    expect(actions(ours)).toEqual(actions(theirs))
    expect(readPrivileges(ours)).toEqual(readPrivileges(theirs))
    expect(readPrivilegeLists(ours)).toEqual(readPrivilegeLists(theirs))
    const updated = (source: string) => /^\*\*Last [Uu]pdated?\*\*:?\s*(.*)$/m.exec(source)?.[1]
    expect(updated(ours)).toBe(updated(theirs))
  })
})

describe('the project checks itself', () => {
  it('rolebook check ends with 0: what the baseline accepts is all that there is', async () => {
    const out: string[] = []
    const write = (chunk: string) => void out.push(chunk)
    const code = await main(['check'], bareTerminal({ cwd: ROOT, out: write, err: write }))
    expect(code, out.join('')).toBe(0)
  })
})
