/** What the search box finds by name, over the whole dataset: the list that the built site serves, matched as the site does. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SearchEntry } from '../site/lib/search-index.ts'
import { nearShards, shardNames, shardsFor } from '../site/lib/search-shards.ts'
import { isAbout } from '../site/scripts/search-excerpt.ts'
import { matchEntries } from '../site/scripts/search-match.ts'
import { mended } from '../site/scripts/search-near.ts'
import { askedWords, wordsOf } from '../site/scripts/search-words.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { DIST, ensureSite, SITE } from './support/built-site.ts'

const VERSIONS = [
  ['the current version', ''],
  ['version 3', 'v3/'],
] as const

function readSet(prefix: string): { entries: SearchEntry[]; data: Dataset } {
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  return {
    entries: json(join(SITE, prefix, 'search-index.json')),
    data: json(join(DIST, 'data', prefix, 'dataset.json')),
  }
}

beforeAll(() => ensureSite())

describe.each(VERSIONS)('typing a name or an id in full, in %s, gives its own page first', (_name, prefix) => {
  /** Queries whose first result is not the one that it should be. */
  function missed(queries: readonly string[], isOwn: (entry: SearchEntry, query: string) => boolean): string[] {
    const { entries } = readSet(prefix)
    return [...new Set(queries)].filter((query) => {
      const [first] = matchEntries(entries, query)
      return !first || !isOwn(first, query)
    })
  }

  it('for every role, by name and by id', () => {
    const { roles } = readSet(prefix).data
    const names = roles.map((role) => role.name)
    expect(missed(names, ([kind, name], query) => kind === 'role' && name === query)).toEqual([])
    const ids = roles.map((role) => role.id)
    expect(missed(ids, ([kind, , , , also], query) => kind === 'role' && (also ?? []).includes(query))).toEqual([])
  })

  it('for every resource, by key', () => {
    const keys = readSet(prefix).data.resources.map((resource) => resource.id)
    const isOwn = ([kind, name, , , also = []]: SearchEntry, key: string) =>
      kind === 'resource' && [name, ...also].includes(key)
    expect(missed(keys, isOwn)).toEqual([])
  })

  it('for every permission, at its anchor', () => {
    const { permissions } = readSet(prefix).data
    expect(permissions.length).toBeGreaterThan(50)
    expect(
      missed(
        permissions.map(({ id }) => id),
        ([kind, name, url, , also = []], id) =>
          kind === 'permission' && [name, ...also].includes(id) && url.includes('#'),
      ),
    ).toEqual([])
  })

  it('for every policy and every cloud action', () => {
    const { policies } = readSet(prefix).data
    const isPolicy = ([kind, name, , , also = []]: SearchEntry, id: string) =>
      kind === 'policy' && [name, ...also].includes(id)
    expect(
      missed(
        policies.map(({ id }) => id),
        isPolicy,
      ),
    ).toEqual([])
    const actions = policies.flatMap((policy) => policy.permissions)
    expect(
      missed(actions, ([kind, name, url], action) => kind === 'action' && name === action && url.includes('#')),
    ).toEqual([])
  })
})

/** What people type, and what should be among the first three. */
const QUESTIONS: [query: string, expected: string][] = [
  ['delete cluster', 'cluster.delete'],
  ['who can import a cluster', 'cluster.import'],
  ['iam passrole', 'iam:PassRole'],
  ['which roles can read audit logs', 'audit.get'],
  ['remove cluster profile', 'clusterProfile.delete'],
  ['edit workspace', 'workspace.update'],
  ['create api key', 'apiKey.create'],
  ['list users', 'user.list'],
  ['add a user', 'user.create'],
  ['who may delete a project', 'project.delete'],
  ['create projects', 'project.create'],
  ['viewer role', 'Project Viewer'],
  ['project viewer role', 'Project Viewer'],
  ['permissions of project editor', 'Project Editor'],
  ['cluster admin in resource scope', 'Resource Cluster Admin'],
  ['tenant admin', 'Tenant Admin'],
  ['tenant viewer permissions', 'Tenant Viewer'],
  ['virtual machine admin', 'Virtual Machine Admin'],
  ['vm power user', 'spectro-vm-power-user'],
  ['update macros', 'macro.update'],
  ['view cluster groups', 'clusterGroup.get'],
  ['publish cluster profile', 'clusterProfile.publish'],
  ['dns mapping', 'DNS Mapping'],
  ['private gateway', 'Private Gateway'],
  ['cloud accounts', 'cloudaccount'],
  ['app deployment editor', 'App Deployment Editor'],
  ['aws nodes policy', 'PaletteNodesPolicy'],
  ['eks dynamic permissions', 'AWS EKS dynamic permissions'],
  ['cloudstack static', 'CloudStack static permissions'],
  ['vsphere root role', 'Spectro Root Role Privileges (API)'],
  ['run ec2 instances', 'ec2:RunInstances'],
  ['create fargate profile', 'eks:CreateFargateProfile'],
  ['delete load balancer', 'elasticloadbalancing:DeleteLoadBalancer'],
  ['s3 bucket policy', 's3:PutBucketPolicy'],
  ['restart virtual machine', 'virtualMachine.restart'],
  ['vm snapshot restore', 'virtualMachine.snapshotRestore'],
  ['machine delete', 'machine.delete'],
  ['workspace operator', 'Workspace Operator'],
  ['workspace editor', 'Workspace Operator'],
  ['backup workspace', 'workspace.backup'],
  ['custom roles', 'Custom Roles'],
  ['api keys', 'API Keys'],
  ['delete clusters', 'cluster.delete'],
  ['who can remove a cluster', 'cluster.delete'],
  ['upgrade cluster', 'cluster.update'],
  ['reboot vm', 'virtualMachine.restart'],
  ['vm', 'Virtual Machine'],
  ['vm start', 'virtualMachine.start'],
  ['ec2 run', 'ec2:RunInstances'],
  ['read only role', 'read-only-role-writes'],
  ['least privilege', 'Smallest role'],
  ['terraform', 'Smallest role'],
  ['difference between roles', 'Compare roles'],
  ['csv', 'Downloads'],
  ['npm', 'Downloads'],
  ['rules', 'Rules'],
]

/** What people type with a slip of the fingers, and what they meant. */
const SLIPS: [query: string, meant: string][] = [
  ['cluser', 'cluster'],
  ['delete clutser', 'delete cluster'],
  ['delte cluster', 'delete cluster'],
  ['remvoe a cluster', 'remove cluster'],
  ['viewr', 'viewer'],
  ['admn', 'admin'],
  ['vitual machine', 'virtual machine'],
  ['workpsace', 'workspace'],
  ['create projekt', 'create project'],
]

describe('natural questions', () => {
  it(`of ${QUESTIONS.length} find what they should among the first three, two or less excepted`, () => {
    const { entries } = readSet('')
    const missed = QUESTIONS.flatMap(([query, expected]) => {
      const names = matchEntries(entries, query)
        .slice(0, 3)
        .flatMap(([, name, , , also = []]) => [name, ...also])
      return names.includes(expected) ? [] : [`${query}: ${expected} is not among ${names.slice(0, 6).join(', ')}`]
    })
    console.log(`search: ${QUESTIONS.length - missed.length} of ${QUESTIONS.length} questions answered by name`)
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(2)
  })
})

it('a page is in the results for a word that it shows, and not for a letter that the full text has left of one', () => {
  expect(isAbout('xyzzy', 'a legend (<mark>X</mark> = granted), or <mark>"x"</mark>')).toBe(false)
  expect(isAbout('x', 'a legend (<mark>X</mark> = granted)')).toBe(true)
  expect(isAbout('modifying docks', '<mark>Modifies</mark> a dock')).toBe(true)
  expect(isAbout('port xyzzy', 'the <mark>ports</mark>, <mark>x</mark>')).toBe(true)
  expect(isAbout('港湾管理者', '<mark>港湾</mark>')).toBe(true)
  expect(isAbout('dock', 'named in the title alone')).toBe(true)
})

describe('slips of the fingers', () => {
  it.each(SLIPS)('%s was meant to be %s', (query, meant) => {
    expect(mended(readSet('').entries, query)).toBe(meant)
    expect(matchEntries(readSet('').entries, meant)).not.toEqual([])
  })

  it('what names something is left as it is, and what is near nothing too', () => {
    const { entries } = readSet('')
    const names = entries.flatMap(([kind, name, , , also = []]) => (kind === 'action' ? [] : [name, ...also]))
    expect([...new Set(names)].filter((name) => mended(entries, name) !== null)).toEqual([])
    for (const query of [...QUESTIONS.map(([asked]) => asked), 'billing', 'kubeconfig', 'xy', 'q'.repeat(10_000), ''])
      expect(mended(entries, query), query.slice(0, 40)).toBeNull()
  })

  it('are mended in a list that is sent in parts, where a word begins as it should', () => {
    const { entries } = readSet('')
    const { index, files } = shardNames(entries, 100)
    const missed = SLIPS.filter(([query, meant]) => {
      const near = nearShards(index, query).flatMap((file) => files[file] ?? [])
      return mended(near, query) !== meant
    })
    expect(missed).toEqual([])
  })
})

describe('a list that is sent in parts', () => {
  /** What the whole list finds first, asked once. */
  const firsts = new Map<string, SearchEntry | undefined>()

  it.each([20, 100])(
    'of %i entries or less finds first what the whole list finds first, for every name and question',
    (leaf) => {
      const { entries } = readSet('')
      const { index, files } = shardNames(entries, leaf)
      expect(index.keys.length).toBe(files.length)
      expect(index.inner.length).toBeGreaterThan(1)
      const queries = [
        ...QUESTIONS.map(([query]) => query),
        ...entries.flatMap(([, name, , , also = []]) => [name, ...also]),
      ]
      const missed = [...new Set(queries)].filter((query) => {
        const needed = shardsFor(index, query).files.flatMap((file) => files[file] ?? [])
        const [first] = matchEntries([...new Set(needed)], query)
        if (!firsts.has(query)) firsts.set(query, matchEntries(entries, query)[0])
        return first?.[2] !== firsts.get(query)?.[2]
      })
      expect(missed).toEqual([])
    },
  )

  it('has all that a pattern fits where a part is complete, and the best of what a letter begins', () => {
    const { entries } = readSet('')
    const { index, files } = shardNames(entries, 120)
    const found = (query: string) => {
      const { files: needed, complete } = shardsFor(index, query)
      return { complete, names: matchEntries([...new Set(needed.flatMap((file) => files[file] ?? []))], query) }
    }
    expect(found('*.delete').names).toEqual(matchEntries(entries, '*.delete'))
    expect(found('clusterProfile.*').names).toEqual(matchEntries(entries, 'clusterProfile.*'))
    const { complete, names } = found('c')
    expect(complete).toBe(false)
    expect(names[0]).toEqual(matchEntries(entries, 'c')[0])
    expect(found('*').names.length).toBeGreaterThan(100)
    expect(found('zzzz').names).toEqual([])
  })

  it('takes any names and any query', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), text, (names, query) => {
        const entries = names.map((name): SearchEntry => ['role', name, '/', ''])
        const { index, files } = shardNames(entries, 3)
        const { files: needed } = shardsFor(index, query)
        expect(needed.every((file) => files[file] !== undefined)).toBe(true)
      }),
    )
  })
})

describe('a name that is typed otherwise', () => {
  const found = (entries: SearchEntry[], query: string) => matchEntries(entries, query).map(([, name]) => name)

  it('in the plural or as one word comes before names that hold it', () => {
    const entries: SearchEntry[] = [
      ['action', 'harbour.docks.get', '/a/', ''],
      ['permission', 'dock.get', '/p/', ''],
      ['permission', 'menu of DOCKLAB', '/m/', ''],
      ['role', 'Harbour Docker', '/h/', ''],
      ['role', 'DOCK_LAB', '/r/', '', ['unscoped/dock-lab']],
      ['resource', 'Dock', '/d/', '', ['dock']],
    ]
    expect(found(entries, 'docks')[0]).toBe('Dock')
    expect(found(entries, 'docklab')[0]).toBe('DOCK_LAB')
    expect(found(entries, 'harbour dockers')[0]).toBe('Harbour Docker')
  })

  it('is found by the words of an action before those of the heading that it stands under', () => {
    const entries: SearchEntry[] = [
      ['permission', 'Create berths', '/b/', 'Rights of crew members', ['rights-of-crew-members/create-berths']],
      ['permission', 'Create/edit/delete all kinds of members', '/m/', 'Rights', ['rights/create-edit-delete-members']],
    ]
    expect(found(entries, 'add member')).toEqual(['Create/edit/delete all kinds of members', 'Create berths'])
  })
})

describe('patterns, filters and words', () => {
  const entries: SearchEntry[] = [
    ['permission', 'dock.get', '/d/#get', '', [], 'scope:project scope:tenant'],
    ['permission', 'dock.delete', '/d/#delete', '', [], 'scope:tenant'],
    ['role', 'Dock Admin', '/r/', '', ['tenant/dock-admin'], 'scope:tenant'],
    ['policy', 'Dock policy', '/p/', '', [], 'provider:aws'],
    ['page', 'Docks', '/docs/', ''],
  ]
  const found = (...args: [query: string, filter?: Parameters<typeof matchEntries>[2]]) =>
    matchEntries(entries, ...args).map(([, name]) => name)

  it('a pattern matches whole names', () => {
    expect(found('dock.*')).toEqual(['dock.get', 'dock.delete'])
    expect(found('*.delete')).toEqual(['dock.delete'])
    expect(found('*')).toHaveLength(5)
    expect(found('d*k*t')).toEqual(['dock.get'])
  })

  it('a filter keeps what is of its kind or scope, and what has none', () => {
    expect(found('dock', { kind: 'role' })).toEqual(['Dock Admin'])
    expect(found('dock', { facet: 'scope:project' })).toEqual(
      ['Docks', 'dock.get', 'Dock policy'].sort(byOrderOf(found('dock'))),
    )
    expect(found('dock', { facet: 'provider:aws' })).toContain('Dock policy')
    expect(found('dock', { facet: 'provider:gcp' })).not.toContain('Dock policy')
  })

  it('words are parted where names are, and verbs are those of ids', () => {
    expect(wordsOf('clusterProfile.snapshotDelete policies')).toEqual([
      'cluster',
      'profile',
      'snapshot',
      'delete',
      'policy',
    ])
    expect(askedWords('Who can remove the Docks?').telling).toEqual(['delete', 'dock'])
    expect(askedWords('what can users do').full).toEqual(['user'])
  })

  it('no query makes it throw or hang', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => {
        matchEntries(entries, query)
        matchEntries(entries, `${query}*${query}*`)
      }),
    )
    matchEntries(entries, '*'.repeat(5000))
    matchEntries(entries, 'a*'.repeat(5000))
  })

  it('the list is small enough to be fetched when the box is opened', () => {
    const bytes = gzipSync(readFileSync(join(SITE, 'search-index.json'))).length
    console.log(`search: the list of names is ${bytes} bytes gzipped`)
    expect(bytes).toBeLessThan(60_000)
  })
})

function byOrderOf(order: readonly string[]) {
  return (a: string, b: string) => order.indexOf(a) - order.indexOf(b)
}
