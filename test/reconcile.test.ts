/** The documentation against a running system: over HTTP as it pages and fails, and what the comparison says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../src/cli/main.ts'
import { bareTerminal } from '../src/cli/terminal.ts'
import { HttpClient, rootAddress } from '../src/files/http.ts'
import type { Dataset, Role } from '../src/model/dataset.ts'
import { KINDS } from '../src/reconcile/disagreement.ts'
import { reconcile } from '../src/reconcile/reconcile.ts'
import { fromDump, systemPermissions, systemRoles } from '../src/reconcile/system.ts'
import { type Run, Workspace } from './support/cli.ts'
import {
  answer,
  KEY,
  type LiveOptions,
  type LiveServer,
  type LiveState,
  liveRole,
  liveServer,
  pageOf,
  stateOf,
  type Twist,
} from './support/live-server.ts'
import { ROOT } from './support/shared.ts'

const SCOPES = ['project', 'resource', 'tenant']
let docs: Dataset
let workspace: Workspace
const servers: LiveServer[] = []

beforeAll(async () => {
  let text = ''
  const out = (part: string) => {
    text += part
  }
  await main(['extract', '--docs-version', 'latest'], bareTerminal({ cwd: ROOT, out }))
  docs = JSON.parse(text)
  workspace = new Workspace({ 'dataset.json': text })
}, 60_000)

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

afterAll(() => workspace.remove())

async function serve(state: LiveState, options: LiveOptions = {}): Promise<LiveServer> {
  const server = await liveServer(state, options)
  servers.push(server)
  return server
}

/** Runs the command with a key in the environment, and holds that it is shown nowhere. */
async function run(...argv: string[]): Promise<Run> {
  const result = await workspace.runWith({ env: { LIVE_KEY: KEY } }, 'reconcile', '--data', 'dataset.json', ...argv)
  expect(result.out + result.err).not.toContain(KEY)
  return result
}

async function runOn(
  state: LiveState,
  options: LiveOptions = {},
  ...argv: string[]
): Promise<Run & { server: LiveServer }> {
  const server = await serve(state, options)
  return { ...(await run('--url', server.url, '--api-key-env', 'LIVE_KEY', ...argv)), server }
}

/** What a server says that answers one of its paths in its own way. */
async function runTwisted(path: string, twist: Twist, ...argv: string[]): Promise<Run & { server: LiveServer }> {
  const own: Twist = (request, response, count) =>
    (request.url ?? '').startsWith(path) && twist(request, response, count)
  return runOn(stateOf(docs, SCOPES), { twist: own }, ...argv)
}

function roleIn(state: LiveState, name: string) {
  const role = state.roles.find(({ metadata }) => metadata.name === name)
  if (!role) throw new Error(`No role ${name}`)
  return role
}

function docsRole(id: string): Role {
  return docs.roles.find((role) => role.id === id) as Role
}

/** The error in one line, without the server's port. */
function line({ code, out, err }: Run): string {
  expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 })
  return err.trim().replace(/http:\/\/(?:127\.0\.0\.1|localhost):\d+/g, '<url>')
}

describe('a system that is as the documentation says', () => {
  it.each(['offset', 'continue'] as const)(
    'agrees, paged by %s, and the counts say what was compared',
    async (paging) => {
      const { code, out, err, server } = await runOn(stateOf(docs, SCOPES), { paging })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out.replace(server.url, '<url>')).toMatchSnapshot()
      const compared = docs.roles.filter(({ scope }) => SCOPES.includes(scope))
      const grants = compared.reduce(
        (sum, role) => sum + new Set(role.grants.map(({ permission }) => permission)).size,
        0,
      )
      expect(out).toContain(`${compared.length} roles and ${grants} grants compared`)
      expect(compared.length).toBeGreaterThan(40)
      expect(grants).toBeGreaterThan(1000)
    },
  )

  it('is read in pages of at most 50, each once, with the key in every request', async () => {
    const state = stateOf(docs, SCOPES)
    for (let i = 0; i < 130; i++)
      state.roles.splice(i, 0, liveRole(`Custom ${i}`, 'project', ['x.y'], `custom-${i}`, 'user'))
    const byOffset = await runOn(state)
    const byToken = await runOn(state, { paging: 'continue' })
    expect([byOffset.code, byToken.code]).toEqual([0, 0])
    expect(byOffset.out).toContain('(130 roles that are not built in left out)')
    const pages = ({ seen }: LiveServer) => seen.filter(({ url }) => url.startsWith('/v1/roles')).map(({ url }) => url)
    expect(pages(byOffset.server)).toEqual([0, 50, 100, 150].map((offset) => `/v1/roles?limit=50&offset=${offset}`))
    expect(pages(byToken.server)).toEqual([
      '/v1/roles?limit=50&offset=0',
      ...[50, 100, 150].map((offset) => `/v1/roles?limit=50&continue=token-${offset}`),
    ])
    expect(new Set(byOffset.server.seen.map(({ key }) => key))).toEqual(new Set([KEY]))
  })

  it('needs no count and no list metadata: then an empty page is the end', async () => {
    const state = stateOf(docs, SCOPES)
    const twist: Twist = (request, response) => {
      const { items } = pageOf(state.roles, new URL(request.url ?? '', 'http://x').searchParams, 'offset')
      answer(response, 200, { items })
      return true
    }
    const { code, server } = await runTwisted('/v1/roles', twist)
    expect(code).toBe(0)
    expect(server.seen.filter(({ url }) => url.startsWith('/v1/roles'))).toHaveLength(2)
  })

  it('is asked for the permissions of every scope, and one that it does not know is said to be left out', async () => {
    const { out, server } = await runOn(stateOf(docs, SCOPES))
    const asked = server.seen.filter(({ url }) => url.startsWith('/v1/permissions')).map(({ url }) => url)
    expect(asked).toEqual(['project', 'resource', 'system', 'tenant'].map((scope) => `/v1/permissions?scope=${scope}`))
    expect(out).toContain('Not compared: system (3 roles in the docs, 0 in the system): the system does not serve it.')
    expect(out).toContain('In agreement, as far as compared')
  })

  it('gives one JSON document with the counts', async () => {
    const { code, out, server } = await runOn(stateOf(docs, SCOPES), {}, '--json')
    const result = JSON.parse(out)
    expect(code).toBe(0)
    expect(Object.keys(result)).toEqual([
      'docs',
      'system',
      'agreement',
      'compared',
      'scopes',
      'notCompared',
      'disagreements',
    ])
    expect(result).toMatchObject({
      docs: { name: 'palette', version: 'latest' },
      system: { origin: server.url, otherRoles: 0 },
      agreement: true,
      compared: { scopes: SCOPES, conditional: 0, denied: 0 },
      disagreements: [],
    })
  })

  it('is read through redirects that stay on its origin', async () => {
    const { code } = await runTwisted('/v1/roles?', (request, response) => {
      if (request.url?.includes('moved')) return false
      answer(response, 307, '', { location: `${request.url}&moved=1` })
      return true
    })
    expect(code).toBe(0)
  })

  it('may stand under a path', async () => {
    const state = stateOf(docs, SCOPES)
    const server = await serve(state, {
      twist: (request) => {
        request.url = (request.url ?? '').replace('/api/v1', '/v1')
        return false
      },
    })
    const { code } = await run('--url', `${server.url}/api/`, '--api-key-env', 'LIVE_KEY')
    expect(code).toBe(0)
    expect(server.seen[0]?.url).toBe('/api/v1/roles?limit=50&offset=0')
  })
})

describe('one thing that differs', () => {
  const at = (id: string, permission?: string) => {
    const role = docsRole(id)
    const grant = role.grants.find((one) => one.permission === permission)
    const { path, line: number } = (grant ?? role).source
    return `${path}:${number}`
  }
  const cases: [name: string, change: (state: LiveState) => void, expected: () => string[]][] = [
    [
      'a grant that the system does not make',
      (state) => {
        const { spec } = roleIn(state, 'Cluster Admin')
        spec.permissions = spec.permissions.filter((id) => id !== 'cluster.delete')
      },
      () => [
        `${at('project/cluster-admin', 'cluster.delete')}  Cluster Admin: the docs grant cluster.delete, the system does not`,
      ],
    ],
    [
      'a grant that the docs do not name',
      (state) => void roleIn(state, 'Project Viewer').spec.permissions.push('cluster.delete'),
      () => [`${at('project/project-viewer')}  Project Viewer: the system grants cluster.delete, the docs do not`],
    ],
    [
      'a role that the system does not have',
      (state) => void state.roles.splice(state.roles.indexOf(roleIn(state, 'Tenant Role Admin')), 1),
      () => [`${at('tenant/tenant-role-admin')}  Tenant Role Admin: the system has no such built-in role`],
    ],
    [
      'a role that is the customer’s own in the system',
      (state) => {
        roleIn(state, 'Tenant Role Admin').spec.type = 'user'
      },
      () => [`${at('tenant/tenant-role-admin')}  Tenant Role Admin: the system has no such built-in role`],
    ],
    [
      'a role that the docs do not have',
      (state) => void state.roles.push(liveRole('Spectator', 'tenant', ['audit.get'], 'new')),
      () => ['in no page  Spectator: a built-in role of the system that the docs do not have'],
    ],
    [
      'a role with another name',
      (state) => {
        roleIn(state, 'Virtual Machine Power User').metadata.name = 'VM Power User'
      },
      () => [
        `${at('project/virtual-machine-power-user')}  Virtual Machine Power User: the system calls it VM Power User; 100 % of what they hold is the same`,
      ],
    ],
    [
      'a role by another spelling of the page',
      (state) => {
        roleIn(state, 'Workspace Operator').metadata.name = 'Workspace Editor'
      },
      () => [
        `${at('project/workspace-operator')}  Workspace Operator: the system calls it Workspace Editor; a spelling that the page has as well`,
      ],
    ],
    [
      'the case of a name',
      (state) => {
        roleIn(state, 'Tenant Admin').metadata.name = 'Tenant admin'
      },
      () => [
        `${at('tenant/tenant-admin')}  Tenant Admin: the system calls it Tenant admin; the letters differ in case`,
      ],
    ],
    [
      'a role that moved to another scope',
      (state) => {
        const role = roleIn(state, 'Tenant Viewer')
        role.spec.scope = 'resource'
        role.metadata.annotations.scope = 'resource'
      },
      () => [
        'in no page  Tenant Viewer: a built-in role of the system that the docs do not have; the docs have it in `tenant`',
        `${at('tenant/tenant-viewer')}  Tenant Viewer: the system has no such built-in role; the system has it in \`resource\``,
      ],
    ],
    [
      'a role that says two scopes',
      (state) => {
        roleIn(state, 'Tenant Viewer').metadata.annotations.scope = 'project'
      },
      () => [
        `${at('tenant/tenant-viewer')}  Tenant Viewer: the system says two scopes of it; the other is \`project\``,
      ],
    ],
    [
      'a role that the system has twice',
      (state) => void state.roles.push(liveRole('Cluster Admin', 'project', [], 'zz')),
      () => ['in no page  Cluster Admin: the system has a second role of this name, which was not compared; uid zz'],
    ],
    [
      'a permission that the system spells otherwise',
      (state) => {
        for (const item of state.permissions.get('project') ?? []) {
          item.permissions = item.permissions.map((id) =>
            id === 'clusterProfile.publish' ? 'clusterProfile.publlish' : id,
          )
        }
      },
      () => [
        `${firstIn('project', 'clusterProfile.publish')}  clusterProfile.publish: a permission that the system does not know here; did it mean \`clusterProfile.publlish\`?`,
        'in no page  clusterProfile.publlish: a permission of the system that the docs do not name here',
      ],
    ],
    [
      'a scope without a list of permissions',
      (state) => void state.permissions.set('resource', []),
      () => ['in no page  the system lists no permissions here, though it has roles'],
    ],
  ]
  const firstIn = (scope: string, permission: string) => {
    const grant = docs.roles
      .filter((role) => role.scope === scope)
      .flatMap(({ grants }) => grants)
      .find((one) => one.permission === permission)
    return `${grant?.source.path}:${grant?.source.line}`
  }

  it.each(cases)('%s is found, with its line, and nothing else is', async (_, change, expected) => {
    const state = stateOf(docs, SCOPES)
    change(state)
    const { code, out } = await runOn(state)
    expect(
      out
        .split('\n')
        .filter((row) => row.startsWith('  '))
        .map((row) => row.slice(2)),
    ).toEqual(expected())
    expect(out).toContain(`\n${expected().length} disagreement`)
    expect(code).toBe(1)
  })

  it('is in the JSON with its kind, role, permission and place', async () => {
    const state = stateOf(docs, SCOPES)
    const { spec } = roleIn(state, 'Cluster Admin')
    spec.permissions = spec.permissions.filter((id) => id !== 'cluster.delete')
    const { out } = await runOn(state, {}, '--json')
    const { agreement, disagreements } = JSON.parse(out)
    expect(agreement).toBe(false)
    expect(disagreements).toEqual([
      {
        kind: 'grant-only-in-docs',
        scope: 'project',
        role: { id: 'project/cluster-admin', name: 'Cluster Admin' },
        systemRole: 'Cluster Admin',
        permission: 'cluster.delete',
        effect: 'granted',
        note: null,
        source: docsRole('project/cluster-admin').grants.find(({ permission }) => permission === 'cluster.delete')
          ?.source,
        hint: null,
      },
    ])
  })

  it('is never lost among the scopes: each removed grant of each role is found', () => {
    let removed = 0
    for (const [index, role] of docs.roles.filter(({ scope }) => SCOPES.includes(scope)).entries()) {
      const state = stateOf(docs, SCOPES)
      const live = state.roles.find((one) => one.metadata.name === role.name && one.spec.scope === role.scope)
      const gone = live?.spec.permissions.splice(index % live.spec.permissions.length, 1)
      const { disagreements } = compare(docs, state)
      expect(disagreements.map(({ kind, role: own, permission }) => [kind, own?.id, permission])).toEqual([
        ['grant-only-in-docs', role.id, gone?.[0]],
      ])
      removed++
    }
    expect(removed).toBeGreaterThan(40)
  })
})

/** The pure comparison, without a server. */
function compare(dataset: Dataset, state: LiveState, scopes: string[] | null = null) {
  const roles = systemRoles(state.roles, 'system')
  if ('problem' in roles) throw new Error(roles.problem)
  const permissions = new Map(
    [...state.permissions].map(([scope, items]) => {
      const list = systemPermissions(items, scope)
      return [scope, 'value' in list ? list.value : null] as const
    }),
  )
  return reconcile(dataset, { origin: 'x', ...roles.value, permissions }, scopes)
}

/** A dataset of one role, `project/r`, and a system that has it too. */
function one(
  grants: [permission: string, effect: 'granted' | 'denied' | 'conditional', note?: string][],
  held: string[],
  known: string[],
) {
  const source = { path: 'a.md', line: 1, column: 1 }
  const role: Role = {
    ...{ id: 'project/r', name: 'R', aliases: [], scope: 'project', group: null, level: null, description: null },
    permissions: grants.filter(([, effect]) => effect !== 'denied').map(([permission]) => permission),
    grants: grants.map(([permission, effect, note = null], index) => ({
      permission,
      effect,
      note,
      source: { ...source, line: index + 2 },
    })),
    source,
  }
  const dataset: Dataset = { ...docs, roles: [role], catalogues: [] }
  const state: LiveState = {
    roles: [liveRole('R', 'project', held, 'r')],
    permissions: new Map([['project', [{ name: 'all', permissions: known, scope: 'project' }]]]),
  }
  const { disagreements, scopes } = compare(dataset, state)
  return {
    found: disagreements.map(({ kind, permission, source: place }) => `${kind} ${permission} ${place?.line ?? '-'}`),
    counts: scopes[0]?.grants,
  }
}

describe('what the documentation grants', () => {
  it('under a condition agrees with a grant, and not with its lack; the condition itself is counted', () => {
    const known = ['a.get', 'a.set']
    expect(
      one(
        [
          ['a.get', 'conditional', 'own only'],
          ['a.set', 'granted'],
        ],
        known,
        known,
      ),
    ).toEqual({
      found: [],
      counts: { compared: 2, conditional: 1, denied: 0 },
    })
    expect(
      one(
        [
          ['a.get', 'conditional', 'own only'],
          ['a.set', 'granted'],
        ],
        ['a.set'],
        known,
      ).found,
    ).toEqual(['grant-only-in-docs a.get 2'])
  })

  it('and what it denies disagrees with a grant of the system', () => {
    const known = ['a.get', 'a.set']
    expect(
      one(
        [
          ['a.get', 'granted'],
          ['a.set', 'denied'],
        ],
        ['a.get'],
        known,
      ),
    ).toEqual({
      found: [],
      counts: { compared: 2, conditional: 0, denied: 1 },
    })
    expect(
      one(
        [
          ['a.get', 'granted'],
          ['a.set', 'denied'],
        ],
        known,
        known,
      ).found,
    ).toEqual(['grant-denied-in-docs a.set 3'])
  })

  it('by a pattern is each permission that the pattern covers, of either side', () => {
    const known = ['a.get', 'a.set', 'b.get']
    expect(one([['a.*', 'granted']], ['a.get', 'a.set'], ['a.get', 'a.set']).found).toEqual([])
    expect(one([['a.*', 'granted']], ['a.get'], ['a.get', 'a.set']).found).toEqual(['grant-only-in-docs a.set 2'])
    expect(
      one(
        [
          ['a.get', 'granted'],
          ['a.set', 'granted'],
          ['b.get', 'granted'],
        ],
        ['*'],
        known,
      ).found,
    ).toEqual([])
    expect(
      one(
        [
          ['a.get', 'granted'],
          ['b.get', 'granted'],
        ],
        ['a.*', 'b.get'],
        known,
      ).found,
    ).toEqual(['grant-only-in-system a.set 1', 'permission-only-in-system a.set -'])
    expect(
      one(
        [
          ['c.*', 'granted'],
          ['b.get', 'granted'],
        ],
        ['b.get'],
        ['b.get'],
      ).found,
    ).toEqual(['grant-only-in-docs c.* 2'])
  })

  it('nothing of to a role that the system gives something is one disagreement', () => {
    const { found } = one([], ['a.get', 'a.set'], ['a.get', 'a.set'])
    expect(found.filter((text) => !text.startsWith('permission'))).toEqual(['grants-not-listed null 1'])
  })

  it('to a viewer is not taken for what it grants to an editor, however alike they are', () => {
    const shared = ['a.get', 'a.list', 'b.get', 'b.list', 'c.get', 'c.list']
    const state = stateOf(docs, [])
    const editor = docsRole('project/project-cluster-group-editor')
    const dataset: Dataset = {
      ...docs,
      catalogues: [],
      roles: [
        {
          ...editor,
          level: 'editor',
          grants: shared.map((permission) => ({ permission, effect: 'granted', note: null, source: editor.source })),
          permissions: shared,
        },
        { ...docsRole('project/project-viewer'), level: 'viewer' },
      ],
    }
    state.roles = [
      liveRole('Project Cluster Group Viewer', 'project', shared.slice(1), 'v'),
      liveRole('Project Viewer', 'project', docsRole('project/project-viewer').permissions, 'p'),
    ]
    const kinds = compare(dataset, state).disagreements.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.startsWith('role'))).toEqual(['role-only-in-docs', 'role-only-in-system'])
  })
})

describe('a system that can not be read', () => {
  const respond =
    (status: number, body: unknown = {}, headers: Record<string, string> = {}): Twist =>
    (_, response) => {
      answer(response, status, body, headers)
      return true
    }
  const first = { items: [], listmeta: { count: 0, continue: '' } }
  const cases: [name: string, path: string, twist: Twist][] = [
    ['no roles at all', '/v1/roles', respond(200, first)],
    [
      'no built-in role',
      '/v1/roles',
      respond(200, { items: [liveRole('A', 'project', [], 'a', 'user')], listmeta: { count: 1 } }),
    ],
    [
      'fewer roles than it says',
      '/v1/roles',
      (request, response) => {
        const { searchParams } = new URL(request.url ?? '', 'http://x')
        const items = searchParams.get('offset') === '0' ? [liveRole('A', 'project', [], 'a')] : []
        return respond(200, { items, listmeta: { count: 49 } })(request, response, 0)
      },
    ],
    [
      'fewer roles than it says, by token',
      '/v1/roles',
      respond(200, { items: [liveRole('A', 'project', [], 'a')], listmeta: { count: 3, continue: 'x' } }),
    ],
    [
      'more roles than it says',
      '/v1/roles',
      respond(200, {
        items: [liveRole('A', 'project', [], 'a'), liveRole('B', 'project', [], 'b')],
        listmeta: { count: 1 },
      }),
    ],
    [
      'an end that a token announces too early',
      '/v1/roles',
      (request, response) => {
        const isFirst = !request.url?.includes('continue')
        const items = [liveRole(isFirst ? 'A' : 'B', 'project', [], isFirst ? 'a' : 'b')]
        return respond(200, { items, listmeta: { count: 5, continue: isFirst ? 'next' : '' } })(request, response, 0)
      },
    ],
    [
      'the first page for every offset',
      '/v1/roles',
      respond(200, { items: [liveRole('A', 'project', [], 'a')], listmeta: { count: 2 } }),
    ],
    [
      'tokens without end',
      '/v1/roles',
      (request, response, count) =>
        respond(200, { items: [liveRole('A', 'project', [], `a${count}`)], listmeta: { count: 9, continue: 'same' } })(
          request,
          response,
          count,
        ),
    ],
    [
      'one role on two pages',
      '/v1/roles',
      (request, response) => {
        const isFirst = request.url?.includes('offset=0')
        const items = isFirst
          ? [liveRole('A', 'project', [], 'a'), liveRole('B', 'project', [], 'b')]
          : [liveRole('B', 'project', [], 'b')]
        return respond(200, { items, listmeta: { count: 3 } })(request, response, 0)
      },
    ],
    ['a page that is cut off', '/v1/roles', respond(200, '{"items":[{"metadata"')],
    [
      'a page of HTML',
      '/v1/roles',
      respond(200, '<!doctype html><p>Sign in', { 'content-type': 'text/html; charset=utf-8' }),
    ],
    [
      'a page that is no UTF-8',
      '/v1/roles',
      (_, response) => {
        response.end(Buffer.from([0x7b, 0xff, 0x7d]))
        return true
      },
    ],
    ['a bare array of roles', '/v1/roles', respond(200, [])],
    ['items that are no list', '/v1/roles', respond(200, { items: {} })],
    ['a count that is none', '/v1/roles', respond(200, { items: [], listmeta: { count: -1 } })],
    [
      'a role without permissions',
      '/v1/roles',
      respond(200, {
        items: [{ metadata: { name: 'A', uid: 'a' }, spec: { scope: 'project', type: 'system' } }],
        listmeta: { count: 1 },
      }),
    ],
    ['a role of another shape', '/v1/roles', respond(200, { items: ['A'], listmeta: { count: 1 } })],
    [
      'a role without type',
      '/v1/roles',
      respond(200, {
        items: [{ metadata: { name: 'A', uid: 'a' }, spec: { permissions: [] } }],
        listmeta: { count: 1 },
      }),
    ],
    [
      'a role without scope',
      '/v1/roles',
      respond(200, {
        items: [{ metadata: { name: 'A\x1b[2J', uid: 'a' }, spec: { permissions: [], type: 'system' } }],
        listmeta: { count: 1 },
      }),
    ],
    ['permissions that are no array', '/v1/permissions', respond(200, { items: [] })],
    ['a permission of another shape', '/v1/permissions', respond(200, [{ name: 'A', permissions: 'x' }])],
    ['a scope of its own roles that it does not know', '/v1/permissions', respond(422)],
    ['400', '/v1/roles', respond(400)],
    ['401', '/v1/roles', respond(401)],
    ['403', '/v1/permissions', respond(403)],
    ['404', '/v1/roles', respond(404)],
    ['a long wait before the next request', '/v1/roles', respond(429, {}, { 'retry-after': '3600' })],
    [
      'a redirect to another origin',
      '/v1/roles',
      respond(302, '', { location: 'https://elsewhere.example/v1/roles?a=1' }),
    ],
    ['a redirect to another port', '/v1/roles', respond(302, '', { location: 'http://127.0.0.1:9/v1/roles' })],
    ['a redirect in a circle', '/v1/roles', respond(302, '', { location: '/v1/roles' })],
    ['a redirect to nowhere', '/v1/roles', respond(302)],
    [
      'a connection that breaks',
      '/v1/roles',
      (request) => {
        request.socket.destroy()
        return true
      },
    ],
    [
      'an answer that breaks off',
      '/v1/roles',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{')
        setTimeout(() => response.destroy(), 20)
        return true
      },
    ],
    [
      'more than can be meant',
      '/v1/roles',
      (_, response) => {
        response.writeHead(200)
        const part = Buffer.alloc(1024 * 1024, 0x20)
        const more = () => {
          while (!response.destroyed && response.write(part));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
        return true
      },
    ],
    [
      'more roles than can be meant',
      '/v1/roles',
      respond(200, { items: [liveRole('A', 'project', [], 'a')], listmeta: { count: 1e9 } }),
    ],
  ]

  it.each(cases)('because of %s: one clear line, exit 2', async (_, path, twist) => {
    expect(line(await runTwisted(path, twist))).toMatchSnapshot()
  })

  it('because it hangs: given up after the time allowed', async () => {
    expect(line(await runTwisted('/v1/roles', () => true, '--timeout', '1'))).toBe(
      'rolebook: <url>/v1/roles gave no whole answer within 1 s; --timeout SECONDS allows more',
    )
  })

  it('because it drips: the time allowed is for the whole answer', async () => {
    const drip: Twist = (_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(timer))
      return true
    }
    expect(line(await runTwisted('/v1/roles', drip, '--timeout', '1'))).toContain('gave no whole answer within 1 s')
  })

  it('because nothing listens', async () => {
    const server = await liveServer(stateOf(docs, []))
    await server.close()
    const result = await run('--url', server.url, '--api-key-env', 'LIVE_KEY')
    expect(line(result)).toBe("rolebook: <url>/v1/roles can't be read: nothing listens there (ECONNREFUSED)")
  })

  it('because it speaks no TLS', async () => {
    const server = await serve(stateOf(docs, []))
    const result = await run('--url', server.url.replace('http:', 'https:'), '--api-key-env', 'LIVE_KEY')
    expect(line(result)).toMatch(/can't be read: it speaks no TLS that fits \(\w+\)$/)
  })

  it('at present: 429 twice and a fault once, then an answer', async () => {
    const answers = [429, 429, 503]
    const { code, server } = await runTwisted('/v1/roles', (_, response) => {
      const status = answers.shift()
      if (status === undefined) return false
      answer(response, status, {}, { 'retry-after': status === 503 ? new Date(0).toUTCString() : '0' })
      return true
    })
    expect(code).toBe(0)
    expect(server.seen.filter(({ url }) => url.startsWith('/v1/roles'))).toHaveLength(4)
  })
})

describe('a client that is told to wait', () => {
  const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT')
  /** What it waits for, in milliseconds, and what comes of it. */
  async function waits(answers: [status: number, retryAfter?: string][]) {
    const waited: number[] = []
    const queue = [...answers]
    const client = new HttpClient(new URL('https://api.example.com'), {
      header: { name: 'ApiKey', value: KEY },
      timeout: 1000,
      signal: new AbortController().signal,
      now: () => NOW,
      wait: async (milliseconds) => void waited.push(milliseconds),
      fetch: async () => {
        const [status, retryAfter] = queue.shift() ?? [200]
        return new Response(status === 200 ? '{}' : null, {
          status,
          headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
        })
      },
    })
    const end = await client.get('/x', {}).then(
      ({ status }) => String(status),
      (error: Error) => error.message,
    )
    return { waited, end }
  }

  it('waits for the seconds or until the date, and for more each time where it is told neither', async () => {
    expect(
      await waits([
        [429, '7'],
        [429, 'Wed, 21 Oct 2026 07:28:05 GMT'],
        [429, 'Wed, 21 Oct 2015 07:28:00 GMT'],
      ]),
    ).toEqual({
      waited: [7000, 5000, 0],
      end: '200',
    })
    expect(await waits([[429], [429, 'soon'], [429, '-3']])).toEqual({ waited: [1000, 2000, 4000], end: '200' })
    expect(await waits([[503, '2'], [500]])).toEqual({ waited: [2000, 2000], end: '200' })
  })

  it('gives up after a few times, after long waits, and before a wait that is too long', async () => {
    const busy = Array.from({ length: 9 }, (): [number, string] => [429, '1'])
    expect((await waits(busy)).waited).toHaveLength(5)
    expect((await waits(busy)).end).toContain('still answers 429, too many requests, after 5 retries')
    expect(await waits(Array.from({ length: 9 }, () => [429, '59']))).toMatchObject({ waited: [59000, 59000, 59000] })
    expect(await waits([[429, '61']])).toMatchObject({ waited: [], end: expect.stringContaining('asks to wait 61 s') })
    expect((await waits([[502], [502], [502]])).end).toContain('fails with 502 after 2 retries')
  })

  it('shows of an error only its code, whatever the message repeats', async () => {
    const client = new HttpClient(new URL('https://api.example.com'), {
      header: { name: 'ApiKey', value: KEY },
      timeout: 1000,
      signal: new AbortController().signal,
      fetch: async () => {
        throw new TypeError(`fetch failed with ${KEY}`, {
          cause: Object.assign(new Error(KEY), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
        })
      },
    })
    await expect(client.get('/x', {})).rejects.toThrow(
      /^https:\/\/api.example.com\/x can't be read: its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); NODE_EXTRA_CA_CERTS/,
    )
  })
})

describe('an address', () => {
  it.each([
    'api.example.com',
    'ftp://api.example.com',
    'file:///etc/passwd',
    'https://me:secret@api.example.com',
    'https://api.example.com/?token=secret',
    'https://api.example.com/#secret',
    'http://api.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
  ])('%s is refused, and what is secret in it not repeated', (text) => {
    expect(() => rootAddress(text, false)).toThrow(/^(?!.*secret)/)
  })

  it('without encryption is for this machine, or for who says so', () => {
    for (const host of ['localhost:80', '127.0.0.1', '127.1.2.3:8080', '[::1]:8080']) {
      expect(rootAddress(`http://${host}`, false).protocol).toBe('http:')
    }
    expect(rootAddress('http://api.example.com', true).host).toBe('api.example.com')
    expect(rootAddress('https://api.example.com/base', false).pathname).toBe('/base')
  })
})

describe('the key', () => {
  const withKey = (env: Record<string, string>, name = 'LIVE_KEY', url = 'http://localhost:9') =>
    workspace.runWith({ env }, 'reconcile', '--data', 'dataset.json', '--url', url, '--api-key-env', name)

  it('must be in the variable that is named', async () => {
    expect((await withKey({})).err).toBe('rolebook: The environment variable LIVE_KEY is not set, or is empty\n')
    expect((await withKey({ LIVE_KEY: ' \n' })).err).toContain('LIVE_KEY is not set, or is empty')
    const broken = await withKey({ LIVE_KEY: 'abc\ndef-secret' })
    expect(broken).toMatchObject({ code: 2, out: '' })
    expect(broken.err).toBe(
      'rolebook: The environment variable LIVE_KEY holds characters that no key has: spaces, line breaks or accented letters\n',
    )
  })

  it('is not repeated to who gives it in place of a name', async () => {
    for (const name of [KEY, '9f8e7d6c5b4a', 'a1b2c3d4e5f6', '__proto__', 'constructor']) {
      const { code, err } = await withKey({}, name)
      expect(code).toBe(2)
      if (/\d/.test(name)) expect(err).not.toContain(name)
    }
  })

  it('is sent without what stands around it', async () => {
    const server = await serve(stateOf(docs, SCOPES))
    expect((await withKey({ LIVE_KEY: `${KEY}\n` }, 'LIVE_KEY', server.url)).code).toBe(0)
  })

  it('is concealed where the system sends it back, in text, JSON, errors and dumps', async () => {
    const state = stateOf(docs, SCOPES)
    state.roles.push(liveRole(`Role ${KEY}`, 'project', [`x.${KEY}`], KEY))
    const { out } = await runOn(state, {}, '--dump', 'echo.json')
    expect(out).toContain('Role [key]: a built-in role')
    expect((await runOn(state, {}, '--json')).out).toContain('Role [key]')
    expect(readFileSync(join(workspace.folder, 'echo.json'), 'utf8')).toContain('"name": "Role [key]"')
    expect(readFileSync(join(workspace.folder, 'echo.json'), 'utf8')).not.toContain(KEY)
    state.roles.push(liveRole('Again', 'project', [], KEY))
    expect((await runOn(state)).err).toContain('(uid [key])')
  })

  it('does not go where a redirect leads to', async () => {
    const other = await serve(stateOf(docs, SCOPES))
    const { err } = await runTwisted('/v1/', (request, response) => {
      answer(response, 308, '', { location: `${other.url}${request.url}` })
      return true
    })
    expect(err).toContain('the key was not sent there')
    expect(other.seen).toEqual([])
  })
})

describe('a dump', () => {
  it('stands in for the system: the same outcome, without network', async () => {
    const state = stateOf(docs, SCOPES)
    roleIn(state, 'Project Viewer').spec.permissions.push('cluster.delete')
    const live = await runOn(state, {}, '--dump', 'dump.json')
    await servers[0]?.close()
    const offline = await run('--from', 'dump.json')
    expect(offline).toEqual({ code: 1, out: live.out, err: '' })
    expect((await run('--from', 'dump.json', '--json')).code).toBe(1)
  })

  it('depends on what the system has, not on how it pages or sorts', async () => {
    const state = stateOf(docs, SCOPES)
    const url = async (options: LiveOptions, from: LiveState) => {
      const server = await serve(from, options)
      await run('--url', server.url, '--api-key-env', 'LIVE_KEY', '--dump', 'some.json')
      return readFileSync(join(workspace.folder, 'some.json'), 'utf8').replace(server.url, '<url>')
    }
    const text = await url({}, state)
    const shuffled: LiveState = {
      roles: state.roles
        .toReversed()
        .map((role) => ({ ...role, spec: { ...role.spec, permissions: role.spec.permissions.toReversed() } })),
      permissions: new Map([...state.permissions].reverse().map(([scope, items]) => [scope, items.toReversed()])),
    }
    expect(await url({ paging: 'continue' }, shuffled)).toBe(text)
    expect(text).not.toContain(KEY)
    expect(text).not.toMatch(/\d{4}-\d\d-\d\d/)
  })

  it('says why it can not be used', async () => {
    workspace.write({
      'broken.json': '{"format":',
      'other.json': '{"schemaVersion":"1.0.0"}',
      'none.json': JSON.stringify({
        format: 'rolebook-system',
        formatVersion: 1,
        origin: 'x',
        roles: [],
        others: 0,
        permissions: [],
      }),
    })
    for (const file of ['missing.json', 'broken.json', 'other.json', 'none.json', '.']) {
      expect(line(await run('--from', file))).toMatchSnapshot()
    }
    const role = { uid: 'a', name: 'A', scope: 'project', otherScope: null, permissions: [] }
    const twice = fromDump({
      format: 'rolebook-system',
      formatVersion: 1,
      origin: 'x',
      roles: [role, role],
      others: 0,
      permissions: [],
    })
    expect(twice).toEqual({ problem: 'two of its roles have one uid' })
  })

  it('that can not be written is an error', async () => {
    const server = await serve(stateOf(docs, SCOPES))
    const result = await run('--url', server.url, '--api-key-env', 'LIVE_KEY', '--dump', 'no/such/folder.json')
    expect(line(result)).toContain("no/such/folder.json can't be written: its folder is not there (ENOENT)")
  })
})

describe('the command line', () => {
  it.each([
    [[]],
    [['--url', 'https://api.example.com']],
    [['--from', 'a.json', '--url', 'https://api.example.com']],
    [['--from', 'a.json', '--dump', 'b.json']],
    [['--from', 'a.json', '--api-key-env', 'LIVE_KEY']],
    [['--url', 'https://api.example.com', '--api-key-env', 'LIVE_KEY', '--timeout', '0']],
    [['--url', 'http://api.example.com', '--api-key-env', 'LIVE_KEY']],
  ])('%j says what is wrong', async (argv) => {
    expect(line(await run(...argv))).toMatchSnapshot()
  })

  it('--scope compares those alone, and a scope of which there is nothing is no agreement', async () => {
    const state = stateOf(docs, SCOPES)
    const { code, out, server } = await runOn(state, {}, '--scope', 'tenant')
    expect(code).toBe(0)
    expect(out).toMatch(/^In agreement, as far as compared: 10 roles .* in 1 scope \(tenant\)\.$/m)
    expect(out).toContain('Not compared: project (30 roles in the docs, 30 in the system)')
    expect(server.seen.filter(({ url }) => url.includes('scope='))).toHaveLength(1)
    expect(line(await runOn(state, {}, '--scope', 'cluster'))).toContain(
      '/v1/permissions for `cluster` answers 422: it knows no such scope',
    )
    await runOn(state, {}, '--dump', 'all.json')
    expect(line(await run('--from', 'all.json', '--scope', 'cluster'))).toContain('Nothing was read of scope `cluster`')
  })

  it('is no agreement where the two have no scope in common', async () => {
    const state = stateOf(docs, [])
    state.roles.push(liveRole('A', 'planet', ['a.get'], 'a'))
    state.permissions.set('planet', [])
    expect(line(await runOn(state))).toContain('names no role in a scope that the system serves')
  })

  it('escapes what would drive a terminal', async () => {
    const state = stateOf(docs, SCOPES)
    state.roles.push(liveRole('Evil \x1b]0;x\x07\nIn agreement', 'project', ['a\x9b.get'], 'e'))
    state.permissions.get('project')?.push({ name: 'e', permissions: ['a\x9b.get'], scope: 'project' })
    const { out } = await runOn(state)
    expect(out).toContain('Evil \\x1b]0;x\\x07\\x0aIn agreement: a built-in role')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/)
    const json = (await runOn(state, {}, '--json')).out
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(json.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/)
  })

  it('reads pages with the config of the folder: its scopes, and its way to the API', async () => {
    const server = await serve(
      { roles: [liveRole('Viewer', 'shop', ['order.get'], 'v', 'builtin')], permissions: new Map() },
      {
        twist: (request, response) => {
          if (request.headers['x-token'] !== KEY) answer(response, 401, {})
          else if (request.url === '/api/roles?limit=10&offset=0') {
            answer(response, 200, {
              items: [liveRole('Viewer', 'shop', ['order.get'], 'v', 'builtin')],
              listmeta: { count: 1 },
            })
          } else if (request.url === '/api/rights?in=shop')
            answer(response, 200, [{ name: 'Order', permissions: ['order.get'], scope: 'shop' }])
          else answer(response, 404, {})
          return true
        },
      },
    )
    const shop = new Workspace({
      'rolebook.config.json': JSON.stringify({
        scopes: [{ id: 'shop', title: 'Shop', pages: ['**'] }],
        liveSystem: {
          rolesPath: '/api/roles',
          permissionsPath: '/api/rights',
          scopeParameter: 'in',
          header: 'X-Token',
          pageSize: 10,
          builtInType: 'builtin',
          scopes: ['shop'],
        },
      }),
      'roles.md': '# Roles\n\n## Viewer\n\n| | Get |\n| --- | --- |\n| **order** | ✓ |\n',
    })
    const argv = ['reconcile', '--url', server.url, '--api-key-env', 'LIVE_KEY']
    const { code, out, err } = await shop.runWith({ env: { LIVE_KEY: KEY } }, ...argv)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('In agreement: 1 role and 1 grant compared, 1 permission known to both, in 1 scope (shop).')
    shop.remove()
  })

  it('has words for every kind of disagreement', () => {
    const source = readFileSync(join(ROOT, 'src/cli/reconcile-text.ts'), 'utf8')
    for (const kind of Object.keys(KINDS)) expect(source).toContain(`case '${kind}':`)
  })
})

describe('a permission that a catalogue alone names', () => {
  it('is placed at the row of its resource, or at the list where it has none there', () => {
    const place = (line: number, path = 'docs/keys.mdx') => ({ path, line, column: 1 })
    const resource = (id: string, source: ReturnType<typeof place>) => {
      return { id, title: id, description: null, aliases: [], scopes: ['project'], operations: ['get'], source }
    }
    const listed = ['a.get', 'b.get', 'c.get', 'd.get']
    const dataset: Dataset = {
      ...docs,
      roles: [],
      resources: [resource('a', place(30)), resource('b', place(3)), resource('c', place(40, 'docs/other.mdx'))],
      permissions: listed.map((id) => ({ id, resource: id[0] as string, operation: 'get', access: 'read' })),
      catalogues: [{ id: 'keys', title: 'Keys', scope: 'project', permissions: listed, source: place(20) }],
    }
    const state: LiveState = {
      roles: [liveRole('R', 'project', [], 'r')],
      permissions: new Map([['project', [{ name: 'all', permissions: ['x.get'], scope: 'project' }]]]),
    }
    const found = compare(dataset, state).disagreements.filter(({ kind }) => kind === 'permission-only-in-docs')
    expect(found.map(({ permission, source }) => [permission, source?.line])).toEqual([
      ['a.get', 30],
      ['b.get', 20],
      ['c.get', 20],
      ['d.get', 20],
    ])
  })
})
