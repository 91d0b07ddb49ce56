/** What changed from one dataset to another, and what is no change. */
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import { compareText } from '../src/diagnostic.ts'
import { bumpOf, nextVersion } from '../src/diff/bump.ts'
import { type Change, KINDS, mirrored, SEVERITIES, SUBJECTS } from '../src/diff/change.ts'
import { CONDITIONS, condition } from '../src/diff/condition.ts'
import { applyDelta, makeDelta } from '../src/diff/delta.ts'
import { diffDatasets } from '../src/diff/diff.ts'
import { diffDocument, diffJsonSchema } from '../src/diff/document.ts'
import { diffVersions } from '../src/diff/versions.ts'
import { patternCovers } from '../src/diff/wildcard.ts'
import type { Dataset, Effect, Policy, Role } from '../src/model/dataset.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseText, analyseTexts, readFolder } from './support/analysis.ts'
import { ROOT, saySkipped, shared, sharedFolder } from './support/shared.ts'

const SOURCE = { path: 'page.mdx', line: 1, column: 1 }
const empty = analyseTexts({}).model.dataset
const palette = resolveSettings(config)
const latest = analyse(readFolder(join(ROOT, 'content', 'latest')), palette, 'latest').model.dataset
const v3 = analyse(readFolder(join(ROOT, 'content', 'v3')), palette, 'v3').model.dataset

/** A page of roles: `Dock Admin: dock.get dock.list` for each line. */
function roles(...lines: string[]): Dataset {
  return { ...empty, roles: lines.map(roleOf) }
}

function roleOf(line: string): Role {
  const [name = '', permissions = ''] = line.split(': ')
  return role(name, permissions.split(' ').filter(Boolean))
}

/** `dock.get` is granted, `-dock.get` denied, `?dock.get` conditional. */
function role(name: string, marks: readonly string[], more: Partial<Role> = {}): Role {
  const grants = marks.map((mark) => {
    const effect: Effect = mark.startsWith('-') ? 'denied' : mark.startsWith('?') ? 'conditional' : 'granted'
    const permission = mark.replace(/^[-?]/, '')
    return { permission, effect, note: effect === 'conditional' ? 'on Mondays' : null, source: SOURCE }
  })
  const held = grants.filter(({ effect }) => effect !== 'denied').map(({ permission }) => permission)
  const scope = more.scope ?? 'harbour'
  return {
    id: `${scope}/${name.toLowerCase().replaceAll(' ', '-')}`,
    name,
    aliases: [],
    scope,
    group: null,
    level: /(?:admin|editor|viewer)$/i.exec(name)?.[0].toLowerCase() ?? null,
    description: null,
    permissions: [...new Set(held)].sort(compareText),
    grants,
    source: SOURCE,
    ...more,
  }
}

type Draft = { effect?: 'Allow' | 'Deny'; actions?: string[]; notActions?: string[]; on?: string[]; when?: unknown }

function policies(...drafts: [title: string, ...Draft[]][]): Dataset {
  return { ...empty, policies: drafts.map(([title, ...statements]) => policy(title, statements)) }
}

function policy(title: string, statements: Draft[]): Policy {
  const allowed = statements.filter(({ effect }) => effect !== 'Deny').flatMap(({ actions }) => actions ?? [])
  return {
    id: title.toLowerCase().replaceAll(' ', '-'),
    title,
    provider: 'aws',
    kind: 'iam-policy',
    variant: null,
    permissions: [...new Set(allowed)].sort(compareText),
    statements: statements.map(({ effect = 'Allow', actions = [], notActions = [], on = ['*'], when = null }) => ({
      sid: null,
      effect,
      actions,
      notActions,
      resources: on,
      conditions: when as Policy['statements'][number]['conditions'],
      source: SOURCE,
    })),
    document: null,
    lastUpdate: null,
    usedBy: [],
    source: SOURCE,
  }
}

/** Changes as short lines: `role widened dock-admin: +dock.list`. */
function said(changes: readonly Change[]): string[] {
  return changes.map((change) => {
    const ids = [...new Set([change.before?.id, change.after?.id].filter(Boolean))].join(' -> ')
    return `${change.subject} ${change.kind} ${ids}${details(change)}`
  })
}

function details(change: Change): string {
  if ('grants' in change) return `: ${change.grants.map(({ permission }) => permission).join(' ')}`
  if ('actions' in change) return `: ${change.actions.map(({ action, by }) => `${action} (${by})`).join(' ')}`
  if ('fields' in change) return `: ${change.fields.map(({ field }) => field).join(' ')}`
  if ('permissions' in change) return `: ${change.permissions.join(' ')}`
  return ''
}

function diff(before: Dataset, after: Dataset): string[] {
  return said(diffDatasets(before, after))
}

describe('roles', () => {
  it('that gain and lose permissions are widened and narrowed, each with its list', () => {
    expect(diff(roles('Dock Admin: dock.get dock.delete'), roles('Dock Admin: dock.get dock.list dock.move'))).toEqual([
      'role widened harbour/dock-admin: dock.list dock.move',
      'role narrowed harbour/dock-admin: dock.delete',
    ])
  })

  it('that are new or gone say what they hold', () => {
    expect(diff(roles('Dock Admin: dock.get'), roles('Crane Viewer: crane.get crane.list'))).toEqual([
      'role added harbour/crane-viewer: crane.get crane.list',
      'role removed harbour/dock-admin: dock.get',
    ])
  })

  it('with a wildcard that covers more than before are widened, and lose nothing that it covers', () => {
    expect(diff(roles('A: dock.get dock.list crane.get'), roles('A: dock.* crane.get'))).toEqual([
      'role widened harbour/a: dock.*',
    ])
    expect(diff(roles('A: dock.*'), roles('A: dock.get dock.list'))).toEqual(['role narrowed harbour/a: dock.*'])
    expect(diff(roles('A: dock.*'), roles('A: *'))).toEqual(['role widened harbour/a: *'])
    expect(diff(roles('A: dock.* dock.get'), roles('A: dock.*'))).toEqual([])
  })

  it('are narrowed by a denial under a wildcard, and widened when it goes', () => {
    const [open, closed] = [roles('A: dock.*'), roles('A: dock.* -dock.delete')]
    expect(diff(open, closed)).toEqual(['role narrowed harbour/a: dock.delete'])
    expect(diff(closed, open)).toEqual(['role widened harbour/a: dock.delete'])
  })

  it('hold a permission under a condition where one of two rows states one, as questions have it', () => {
    expect(diff(roles('A: dock.get'), roles('A: dock.get ?dock.get'))).toEqual(['role narrowed harbour/a: dock.get'])
    expect(diff(roles('A: dock.get ?dock.*'), roles('A: dock.get'))).toEqual([
      'role widened harbour/a: dock.get',
      'role narrowed harbour/a: dock.*',
    ])
  })

  it('with a wildcard at another place than the end hold what it covers', () => {
    expect(diff(roles('A: dock.get crane.get'), roles('A: *.get'))).toEqual(['role widened harbour/a: *.get'])
  })

  it('that move to another page, or down on theirs, have not changed', () => {
    const there = { path: 'other.mdx', line: 70, column: 1 }
    const moved = role('Dock Admin', ['dock.get', 'dock.list'], { source: there })
    const grants = moved.grants.map((grant) => ({ ...grant, source: there })).toReversed()
    expect(diff(roles('Dock Admin: dock.get dock.list'), { ...empty, roles: [{ ...moved, grants }] })).toEqual([])
  })

  it('are not changed by a denial of what nobody had', () => {
    expect(diff(roles('A: dock.get'), roles('A: dock.get -dock.delete'))).toEqual([])
  })

  it('are narrowed by a new condition, widened when it goes, and conditional where only its words change', () => {
    const free = roles('A: dock.get')
    const bound = roles('A: ?dock.get')
    const other = {
      ...bound,
      roles: bound.roles.map((one) => ({ ...one, grants: one.grants.map((g) => ({ ...g, note: 'at night' })) })),
    }
    expect(diff(free, bound)).toEqual(['role narrowed harbour/a: dock.get'])
    expect(diff(bound, free)).toEqual(['role widened harbour/a: dock.get'])
    expect(diff(bound, other)).toEqual(['role conditional harbour/a: dock.get'])
  })

  it('with another name and the same grants are renamed, once', () => {
    expect(diff(roles('Dock Admin: dock.get dock.list'), roles('Pier Admin: dock.get dock.list'))).toEqual([
      'role renamed harbour/dock-admin -> harbour/pier-admin',
    ])
  })

  it('with a similar name and most of the grants are renamed and say what they gained', () => {
    const before = roles('Docks Editor: dock.get dock.list dock.move')
    expect(diff(before, roles('Dock Editor: dock.get dock.list dock.move dock.paint'))).toEqual([
      'role widened harbour/docks-editor -> harbour/dock-editor: dock.paint',
      'role renamed harbour/docks-editor -> harbour/dock-editor',
    ])
  })

  it('of another level are another role, however alike they are', () => {
    const held = 'dock.get dock.list dock.move dock.paint'
    expect(diff(roles(`Dock Editor: ${held}`), roles(`Dock Viewer: ${held} dock.see`))).toEqual([
      `role removed harbour/dock-editor: ${held}`,
      `role added harbour/dock-viewer: ${held} dock.see`,
    ])
  })

  it('that move to another scope under their name are renamed; under another name they are not', () => {
    const moved = { ...empty, roles: [role('Dock Admin', ['dock.get', 'dock.list'], { scope: 'port' })] }
    const stranger = { ...empty, roles: [role('Port Admin', ['dock.get', 'dock.list'], { scope: 'port' })] }
    const before = roles('Dock Admin: dock.get dock.list')
    expect(diff(before, moved)).toEqual(['role renamed harbour/dock-admin -> port/dock-admin'])
    expect(diff(before, stranger)).toEqual([
      'role removed harbour/dock-admin: dock.get dock.list',
      'role added port/port-admin: dock.get dock.list',
    ])
  })

  it('whose words change say which', () => {
    const before = {
      ...empty,
      roles: [role('A', ['dock.get'], { description: 'Looks.', group: 'Docks', aliases: ['a', 'b'] })],
    }
    const after = {
      ...empty,
      roles: [role('A', ['dock.get'], { description: 'Sees.', group: 'Piers', aliases: ['b', 'a'] })],
    }
    expect(diff(before, after)).toEqual(['role text harbour/a: description group'])
  })
})

describe('resources, permissions, catalogues, mappings', () => {
  const page = (key: string, operations: string) =>
    `## Harbour roles\n\n### Dock Admin\n\n${operations
      .split(' ')
      .map((operation) => `- \`${key}.${operation}\``)
      .join('\n')}\n`
  const read = (text: string) => analyseTexts({ 'page.mdx': text }).model.dataset

  it('a key in another spelling is one rename, and no role gains or loses by it', () => {
    const before = read(page('boat-house', 'get list'))
    expect(before.roles).toHaveLength(1)
    const found = diff(before, read(page('boatHouse', 'get list')))
    expect(found).toContain('resource renamed boat-house -> boatHouse')
    expect(found.filter((line) => /^(?:role|permission)/.test(line))).toEqual([])
  })

  it('an operation more is a permission added', () => {
    expect(diff(read(page('boat', 'get list')), read(page('boat', 'get list paint')))).toEqual([
      'role widened unscoped/dock-admin: boat.paint',
      'permission added boat.paint',
      'operation added paint',
    ])
  })

  it('a permission in another spelling is one rename, and no role gains or loses by it', () => {
    const found = diff(read(page('boat', 'get snapshot-create')), read(page('boat', 'get snapshotCreate')))
    expect(found.filter((line) => !line.startsWith('operation'))).toEqual([
      'permission renamed boat.snapshot-create -> boat.snapshotCreate',
    ])
  })

  it('an action of a table with another heading is renamed, and changes of who holds it are told', () => {
    const table = (heading: string, user: string) =>
      read(
        `## ${heading}\n\n| Action | Admin | User |\n| --- | --- | --- |\n| Rent a boat | ✓ | ${user} |\n| Sink a boat | ✓ | ❌ |\n| Keep a boat | ❌ | ❌ |\n`,
      )
    const before = table('Boats', '❌')
    expect(before.permissions.map(({ id }) => id)).toEqual([
      'boats/keep-a-boat',
      'boats/rent-a-boat',
      'boats/sink-a-boat',
    ])
    expect(diff(before, table('Vessels', '❌')).filter((line) => !/ text /.test(line))).toEqual([
      'permission renamed boats/keep-a-boat -> vessels/keep-a-boat',
      'permission renamed boats/rent-a-boat -> vessels/rent-a-boat',
      'permission renamed boats/sink-a-boat -> vessels/sink-a-boat',
    ])
    expect(diff(before, table('Vessels', '✓')).filter((line) => !/ text /.test(line))).toEqual([
      'role widened unscoped/user: vessels/rent-a-boat',
      'permission renamed boats/keep-a-boat -> vessels/keep-a-boat',
      'permission renamed boats/rent-a-boat -> vessels/rent-a-boat',
      'permission renamed boats/sink-a-boat -> vessels/sink-a-boat',
    ])
  })

  it('scopes, operations and how they are classed do not change in silence', () => {
    const before: Dataset = {
      ...empty,
      scopes: [{ id: 'harbour', title: 'Harbour' }],
      operations: [{ id: 'get', access: 'read' }],
      permissions: [{ id: 'a.get', resource: 'a', operation: 'get', access: 'read' }],
    }
    const after: Dataset = {
      ...before,
      scopes: [
        { id: 'harbour', title: 'Port' },
        { id: 'pier', title: 'Pier' },
      ],
      operations: [{ id: 'get', access: 'write' }],
      permissions: [{ id: 'a.get', resource: 'a', operation: 'get', access: 'write' }],
    }
    expect(diff(before, after)).toEqual([
      'permission text a.get: access',
      'operation text get: access',
      'scope text harbour: title',
      'scope added pier',
    ])
  })

  it('one of two things of one id is told by what it says', () => {
    const list = (...titles: string[]): Dataset => ({
      ...empty,
      catalogues: titles.map((title) => ({ id: 'x', title, scope: 's', permissions: ['a.get'], source: SOURCE })),
    })
    expect(diff(list('A', 'B'), list('B', 'A'))).toEqual([])
    expect(diff(list('A', 'B'), list('B', 'C'))).toEqual(['catalogue text x: title'])
    expect(diff(list('A', 'B'), list('B'))).toEqual(['catalogue removed x: a.get'])
  })

  it('a catalogue that lists more is widened', () => {
    const list = (...permissions: string[]): Dataset => ({
      ...empty,
      catalogues: [{ id: 'harbour/keys', title: 'Keys', scope: 'harbour', permissions, source: SOURCE }],
    })
    expect(diff(list('a.get', 'b.get'), list('b.get', 'c.get'))).toEqual([
      'catalogue widened harbour/keys: c.get',
      'catalogue narrowed harbour/keys: a.get',
    ])
  })

  it('a mapping that asks for less is widened, for more narrowed, for something else conditional', () => {
    const asking = (...requires: string[][]): Dataset => ({
      ...empty,
      mappings: [{ id: 'm', description: null, restrictions: [], requires, source: SOURCE }],
    })
    expect(diff(asking(['A'], ['B']), asking(['A']))).toEqual(['mapping widened m'])
    expect(diff(asking(['A']), asking(['A', 'B']))).toEqual(['mapping widened m'])
    expect(diff(asking(['A', 'B']), asking(['B']))).toEqual(['mapping narrowed m'])
    expect(diff(asking(['A']), asking(['B']))).toEqual(['mapping conditional m'])
    expect(diff(asking(['A', 'B'], ['C']), asking(['C'], ['B', 'A']))).toEqual([])
  })
})

describe('policies', () => {
  const P = 'Dock policy'

  it('say which actions they gain and lose; a statement split in two is no change', () => {
    const before = policies([P, { actions: ['ec2:A', 'ec2:B'] }])
    expect(diff(before, policies([P, { actions: ['ec2:B'] }, { actions: ['ec2:A'] }]))).toEqual([])
    expect(diff(before, policies([P, { actions: ['ec2:B', 'ec2:C'] }]))).toEqual([
      'policy widened dock-policy: ec2:C (action)',
      'policy narrowed dock-policy: ec2:A (action)',
    ])
  })

  it('are widened by a wildcard, by a wider resource, and by a condition that goes', () => {
    expect(diff(policies([P, { actions: ['ec2:Get'] }]), policies([P, { actions: ['ec2:G*'] }]))).toEqual([
      'policy widened dock-policy: ec2:G* (action)',
    ])
    const narrow = policies([P, { actions: ['ec2:Get'], on: ['arn:aws:ec2:*:*:vpc/*'] }])
    expect(diff(narrow, policies([P, { actions: ['ec2:Get'] }]))).toEqual([
      'policy widened dock-policy: ec2:Get (resource)',
    ])
    const bound = policies([P, { actions: ['ec2:Get'], when: { Bool: { x: 'true' } } }])
    expect(diff(bound, policies([P, { actions: ['ec2:Get'] }]))).toEqual([
      'policy widened dock-policy: ec2:Get (condition)',
    ])
    const other = policies([P, { actions: ['ec2:Get'], when: { Bool: { y: 'true' } } }])
    expect(diff(bound, other)).toEqual(['policy conditional dock-policy: ec2:Get (condition)'])
  })

  it('are widened by a denial that goes', () => {
    const allow = { actions: ['ec2:*'] }
    const denied = policies([P, allow, { effect: 'Deny', actions: ['ec2:Delete'] }])
    expect(diff(denied, policies([P, allow]))).toEqual(['policy widened dock-policy: ec2:Delete (action)'])
    expect(diff(policies([P, allow]), denied)).toEqual(['policy narrowed dock-policy: ec2:Delete (action)'])
  })

  it('that allow everything but some actions are widened where the list gets shorter, and cover what it leaves', () => {
    const before = policies([P, { notActions: ['iam:A', 'iam:B'] }])
    expect(diff(before, policies([P, { notActions: ['iam:B', 'iam:A'] }]))).toEqual([])
    expect(diff(before, policies([P, { notActions: ['iam:A'] }]))).toEqual([
      'policy widened dock-policy: all but iam:A (action)',
    ])
    expect(diff(before, policies([P, { notActions: ['iam:*'] }]))).toEqual([
      'policy narrowed dock-policy: all but iam:A, iam:B (action)',
    ])
    expect(diff(before, policies([P, { actions: ['ec2:Run'] }]))).toEqual([
      'policy narrowed dock-policy: all but iam:A, iam:B (action)',
    ])
    expect(diff(before, policies([P, { actions: ['iam:A'] }]))).toEqual([
      'policy widened dock-policy: iam:A (action)',
      'policy narrowed dock-policy: all but iam:A, iam:B (action)',
    ])
  })

  it('that take actions away from what they allow are narrowed by one more', () => {
    const before = policies([P, { actions: ['M/disks/*'] }])
    const after = policies([P, { actions: ['M/disks/*'], notActions: ['M/disks/delete'] }])
    expect(diff(before, after)).toEqual(['policy narrowed dock-policy: M/disks/delete (action)'])
    expect(diff(after, before)).toEqual(['policy widened dock-policy: M/disks/delete (action)'])
  })

  it('whose document binds otherwise are conditional, and reworded where only its name is another', () => {
    const holding = (document: Policy['document']): Dataset => ({
      ...empty,
      policies: [{ ...policy(P, [{ actions: ['M/disks/read'] }]), document }],
    })
    const before = holding({ Name: 'A', Actions: ['M/disks/read'], AssignableScopes: ['/subscriptions/x'] })
    expect(
      diff(before, holding({ AssignableScopes: ['/subscriptions/x'], Name: 'B', Actions: ['M/disks/read'] })),
    ).toEqual(['policy text dock-policy: document Name'])
    expect(diff(before, holding({ Name: 'A', Actions: ['M/disks/read'], AssignableScopes: ['/'] }))).toEqual([
      'policy conditional dock-policy: M/disks/read (condition)',
      'policy text dock-policy: document AssignableScopes',
    ])
  })

  it('that say whom they are for, and have no document, change where that does', () => {
    const granting = (whom: string) =>
      analyseText(`## Docks\n\n\`\`\`sql\nGRANT SELECT ON docks TO ${whom};\n\`\`\`\n`).model.dataset
    expect(diff(granting('crew'), granting('PUBLIC'))).toEqual(['policy conditional docks: SELECT (condition)'])
    expect(diff(granting('crew'), granting('crew, PUBLIC'))).toEqual(['policy widened docks: SELECT (condition)'])
    expect(diff(granting('crew, PUBLIC'), granting('crew'))).toEqual(['policy narrowed docks: SELECT (condition)'])
    expect(diff(granting('crew, PUBLIC'), granting('PUBLIC, crew'))).toEqual([])
  })

  it('that are about all resources but some are conditional where the list changes, whatever else names the same', () => {
    const about = (key: string, value: string) =>
      analyseText(
        `## Dock policy\n\n\`\`\`json\n${JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'ec2:A', [key]: value },
            { Effect: 'Allow', Action: 'ec2:B', Resource: ['arn:x', 'arn:y'] },
          ],
        })}\n\`\`\`\n`,
      ).model.dataset
    expect(diff(about('NotResource', 'arn:x'), about('NotResource', 'arn:y'))).toEqual([
      'policy conditional dock-policy: ec2:A (condition) ec2:B (condition)',
      'policy text dock-policy: document Statement.NotResource',
    ])
    expect(diff(about('Resource', 'arn:x'), about('NotResource', 'arn:x'))).toContain(
      'policy widened dock-policy: ec2:A (resource)',
    )
  })

  it('with another title and mostly the same actions are renamed', () => {
    expect(
      diff(
        policies([P, { actions: ['ec2:A', 'ec2:B', 'ec2:C'] }]),
        policies(['AWS dock policy', { actions: ['ec2:A', 'ec2:B', 'ec2:C', 'ec2:D'] }]),
      ),
    ).toEqual([
      'policy widened dock-policy -> aws-dock-policy: ec2:D (action)',
      'policy renamed dock-policy -> aws-dock-policy',
    ])
  })

  it.each([
    ['ec2:*', 'ec2:Describe*', true],
    ['EC2:de*', 'ec2:DescribeVpcs', true],
    ['ec2:Describe*', 'ec2:*', false],
    ['ec2:?et', 'ec2:Get', true],
    ['ec2:?', 'ec2:*', false],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXcYb', false],
    ['*', '', true],
  ])('the pattern %s covers %s: %s', (pattern, covered, answer) => {
    expect(patternCovers(pattern, covered)).toBe(answer)
  })

  it('a pattern of many wildcards takes no longer than its lengths allow', () => {
    expect(patternCovers(`${'a*'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
  })
})

describe('the two versions of the documentation', () => {
  const changes = diffDatasets(v3, latest)

  it('are one and the same where they are compared with themselves', () => {
    expect(diffDatasets(v3, v3)).toEqual([])
    expect(diffDatasets(latest, latest)).toEqual([])
  })

  it('have the renames that a reader finds', () => {
    const renamed = said(changes).filter((line) => / renamed /.test(line) && !/^catalogue/.test(line))
    expect(renamed).toEqual([
      'role renamed resource/cluster-profile-admin -> resource/resource-cluster-profile-admin',
      'role renamed resource/cluster-profile-editor -> resource/resource-cluster-profile-editor',
      'role renamed resource/cluster-profile-viewer -> resource/resource-cluster-profile-viewer',
      'role renamed tenant/tenants-cluster-group-admin -> tenant/tenant-cluster-group-admin',
      'role renamed tenant/tenants-cluster-group-editor -> tenant/tenant-cluster-group-editor',
      'role renamed tenant/tenants-cluster-group-viewer -> tenant/tenant-cluster-group-viewer',
      'role renamed tenant/tenant-user-admin-role -> tenant/tenant-user-admin',
      'policy renamed control-plane-policy -> aws-control-plane-policy',
      'policy renamed controllers-policy -> aws-controller-policy',
      'policy renamed deployment-policy -> aws-deployment-policy',
      'policy renamed minimum-dynamic-permissions -> aws-dynamic-permissions',
      'policy renamed controllers-eks-policy -> aws-eks-controller-policy',
      'policy renamed nodes-policy -> aws-nodes-policy',
      'policy renamed minimum-static-permissions -> aws-static-permissions',
    ])
  })

  it('differ in each role by exactly the permissions that one of them lists', () => {
    const olds = new Map(v3.roles.map((one) => [one.id, one]))
    const news = new Map(latest.roles.map((one) => [one.id, one]))
    const listed = (kind: Change['kind'], id: string) =>
      changes.flatMap((change) =>
        change.subject === 'role' && change.kind === kind && change.after?.id === id && 'grants' in change
          ? change.grants.map(({ permission }) => permission)
          : [],
      )
    const both = [...news.keys()].filter((id) => olds.has(id))
    expect(both.length).toBeGreaterThan(15)
    for (const id of both) {
      const [before, after] = [new Set(olds.get(id)?.permissions), new Set(news.get(id)?.permissions)]
      expect(listed('widened', id), id).toEqual([...after].filter((permission) => !before.has(permission)))
      expect(listed('narrowed', id), id).toEqual([...before].filter((permission) => !after.has(permission)))
    }
  })
})

describe('whatever the datasets', () => {
  const permission = fc.constantFrom(
    'a.get',
    'a.list',
    'a.*',
    'b.get',
    'b.delete',
    '*',
    '-a.get',
    '?b.get',
    '-b.delete',
  )
  const name = fc.constantFrom('Dock Admin', 'Dock Viewer', 'Docks Admin', 'Crane Editor', 'Pier')
  const someRole = fc
    .tuple(name, fc.uniqueArray(permission, { maxLength: 6 }), fc.constantFrom('harbour', 'port'))
    .map(([title, marks, scope]) => role(title, marks, { scope }))
  const statement = fc.record(
    {
      effect: fc.constantFrom('Allow' as const, 'Deny' as const),
      actions: fc.uniqueArray(fc.constantFrom('s3:Get', 's3:G*', 's3:*', 'ec2:Run'), { minLength: 1 }),
      on: fc.uniqueArray(fc.constantFrom('*', 'arn:x', 'arn:*'), { minLength: 1 }),
      when: fc.constantFrom(null, { a: 1 }, { b: 2 }),
    },
    { requiredKeys: ['actions'] },
  )
  const somePolicy = fc
    .tuple(fc.constantFrom('Dock policy', 'Docks policy', 'Crane policy'), fc.array(statement, { maxLength: 3 }))
    .map(([title, statements]) => policy(title, statements))
  const dataset = fc
    .tuple(
      fc.uniqueArray(someRole, { selector: ({ id }) => id, maxLength: 4 }),
      fc.uniqueArray(somePolicy, { selector: ({ id }) => id, maxLength: 3 }),
    )
    .map(([own, documents]): Dataset => ({ ...empty, roles: own, policies: documents }))

  const asSet = (changes: readonly Change[]) =>
    changes.map((change) => JSON.stringify(change, inOrder)).sort(compareText)
  const inOrder = (_: string, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)))
      : value

  it('nothing changed from a dataset to itself', () => {
    fc.assert(
      fc.property(dataset, (a) => {
        expect(diffDatasets(a, a)).toEqual([])
      }),
    )
  })

  it('the way back is the mirror of the way there: added is removed, widened is narrowed', () => {
    fc.assert(
      fc.property(dataset, dataset, (a, b) => {
        expect(asSet(diffDatasets(b, a))).toEqual(asSet(diffDatasets(a, b).map(mirrored)))
      }),
      { numRuns: 500 },
    )
    expect(asSet(diffDatasets(latest, v3))).toEqual(asSet(diffDatasets(v3, latest).map(mirrored)))
    expect(diffDatasets(v3, latest).map(mirrored).map(mirrored)).toEqual(diffDatasets(v3, latest))
  })

  it('another order and other places are no change', () => {
    const turn = (data: Dataset): Dataset =>
      JSON.parse(
        JSON.stringify(data, (key, value) => {
          if (key === 'source') return { ...value, path: 'elsewhere.mdx', line: value.line + 7 }
          return Array.isArray(value) &&
            ['roles', 'grants', 'policies', 'statements', 'actions', 'requires'].includes(key)
            ? [...value].reverse()
            : value
        }),
      )
    fc.assert(
      fc.property(dataset, (a) => {
        expect(said(diffDatasets(a, turn(a)))).toEqual([])
      }),
    )
    expect(said(diffDatasets(latest, turn(latest)))).toEqual([])
    expect(said(diffDatasets(v3, turn(latest)))).toEqual(said(diffDatasets(v3, latest)))
  })

  it('a page whose roles stand in another order and on other lines has not changed', () => {
    const sections = ['### Dock Admin\n\n- dock.get\n- dock.delete\n', '### Dock Viewer\n\n- dock.get\n- dock.list\n']
    const read = (parts: string[]) => analyseTexts({ 'page.mdx': `## Docks\n\n${parts.join('\n')}` }).model.dataset
    expect(read(sections).roles).toHaveLength(2)
    expect(diff(read(sections), read(['A sentence more.\n', ...sections.toReversed()]))).toEqual([])
  })

  it('a new name with the same grants is one rename and nothing else of the role', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          permission.filter((mark) => /^[ab]/.test(mark)),
          { minLength: 1 },
        ),
        name,
        (marks, old) => {
          const before = { ...empty, roles: [role(old, marks)] }
          const after = { ...empty, roles: [role('Quite Another', marks)] }
          expect(diffDatasets(before, after).filter(({ kind }) => kind !== 'text')).toMatchObject([
            { subject: 'role', kind: 'renamed', similarity: 1 },
          ])
        },
      ),
    )
  })
})

const corpus = (folder: string) =>
  analyse(readFolder(join(sharedFolder(), 'corpus', folder)), resolveSettings(), 'latest').model.dataset

const LISTS = [
  'sources',
  'scopes',
  'operations',
  'resources',
  'permissions',
  'roles',
  'catalogues',
  'mappings',
  'policies',
] as const
const stepOf = {
  list: fc.constantFrom(...LISTS),
  at: fc.nat(),
  how: fc.constantFrom('remove', 'double', 'rename', 'swap', 'reword', 'marks'),
  name: fc.constantFrom('__proto__', 'constructor', 'a', 'Zz', 'tenant/tenant-admin', '', '</details>', '\u202e'),
}
const steps = fc.array(fc.record(stepOf), { maxLength: 12 })
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never

/** A dataset as somebody else might have it: entities changed, taken out, doubled, and lists in another order. */
function mutated(data: Dataset, made: Steps): Dataset {
  const copy = structuredClone(data)
  for (const { list, at, how, name } of made) {
    const entities = copy[list] as unknown as Record<string, unknown>[]
    const place = at % entities.length
    const entity = entities[place]
    if (!entity) continue
    if (how === 'remove') entities.splice(place, 1)
    if (how === 'double') entities.push(structuredClone(entity))
    if (how === 'rename') entity[list === 'sources' ? 'path' : 'id'] = name
    if (how === 'swap') entities.unshift(...entities.splice(place, 1))
    if (how === 'reword' && 'title' in entity) entity.title = name
    if (how === 'marks' && Array.isArray(entity.grants)) entity.grants = entity.grants.slice(1)
  }
  return copy
}

describe('real datasets, changed at will', () => {
  const versions = { latest, v3 }
  const version = fc.constantFrom('latest' as const, 'v3' as const)
  const pair = fc.tuple(version, steps, steps)
  const both = ([name, one, other]: ['latest' | 'v3', Steps, Steps]) =>
    [mutated(versions[name], one), mutated(versions[name], other)] as const

  it('have no change to themselves, and the way back is the mirror', () => {
    fc.assert(
      fc.property(pair, (drawn) => {
        const [a, b] = both(drawn)
        expect(diffDatasets(a, a)).toEqual([])
        expect(makeDelta(a, a)).toEqual({})
        expect(sorted(diffDatasets(b, a))).toEqual(sorted(diffDatasets(a, b).map(mirrored)))
      }),
      { numRuns: 25 },
    )
  })

  it('are made of one another by the delta, after a journey as JSON, to the byte', () => {
    fc.assert(
      fc.property(pair, (drawn) => {
        const [a, b] = both(drawn)
        const delta = JSON.parse(JSON.stringify(makeDelta(a, b)))
        const before = JSON.stringify(a)
        expect(JSON.stringify(applyDelta(a, delta))).toBe(JSON.stringify(b))
        expect(JSON.stringify(a)).toBe(before)
        expect(applyDelta(null, makeDelta(null, b))).toEqual(b)
      }),
      { numRuns: 25 },
    )
    for (const [a, b] of [
      [v3, latest],
      [latest, v3],
    ] as const)
      expect(applyDelta(a, makeDelta(a, b))).toEqual(b)
  })

  it('make documents that fit the published schema', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(diffJsonSchema())
    const side = { operand: 'x', commit: null }
    const fits = (a: Dataset[], b: Dataset[]) => {
      const made = diffDocument({ from: side, to: side, versions: diffVersions(a, b), current: null, date: null })
      expect(validate(JSON.parse(JSON.stringify(made))), JSON.stringify(validate.errors)).toBe(true)
      return made
    }
    expect(fits([latest], [latest])).toMatchObject({
      bump: 'none',
      summary: {},
      versions: [{ changes: [], delta: {} }],
    })
    expect(fits([v3], [latest]).bump).toBe('major')
    fits([v3], [latest, v3])
    fits([latest, v3], [latest])
    fc.assert(
      fc.property(pair, (drawn) => void fits(...(both(drawn).map((one) => [one]) as [Dataset[], Dataset[]]))),
      { numRuns: 10 },
    )
    expect(validate({ formatVersion: '1.0.0' })).toBe(false)
  })
})

/** Changes as texts in an order of their own; keys in order. */
function sorted(changes: readonly Change[]): string[] {
  const inOrder = (_: string, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)))
      : value
  return changes.map((change) => JSON.stringify(change, inOrder)).sort(compareText)
}

describe('versions of the documentation', () => {
  const named = (version: string): Dataset => ({ ...roles('A: dock.get'), version })

  it('are compared by name where there are several, and whatever they are called where there is one', () => {
    const pairsOf = (a: Dataset[], b: Dataset[]) =>
      diffVersions(a, b).map(({ before, after }) => `${before?.version} ${after?.version}`)
    expect(pairsOf([named('a'), named('b')], [named('b'), named('c')])).toEqual(['b b', 'undefined c', 'a undefined'])
    expect(pairsOf([named('a')], [named('b')])).toEqual(['a b'])
    expect(pairsOf([named('a')], [named('b'), named('a')])).toEqual(['undefined b', 'a a'])
  })

  it('that are gone or new count as a whole, without a change for each of their things', () => {
    const [, gone] = diffVersions([named('a'), named('b')], [named('a')])
    expect(gone?.changes).toEqual([])
    const side = { operand: 'x', commit: null }
    const document = (a: Dataset[], b: Dataset[]) =>
      diffDocument({ from: side, to: side, versions: diffVersions(a, b), current: '1.4.2', date: null })
    expect(document([named('a'), named('b')], [named('a')])).toMatchObject({
      bump: 'major',
      nextVersion: '2.0.0',
      summary: { role: { removed: 1 } },
      versions: [{}, { to: null, delta: null }],
    })
    const more = document([named('a')], [named('a'), named('b')])
    expect(more).toMatchObject({ bump: 'minor', nextVersion: '1.5.0', versions: [{}, { from: null }] })
    expect(applyDelta(null, more.versions[1]!.delta!)).toEqual(named('b'))
  })

  it('of the data follow the largest change', () => {
    expect(bumpOf([])).toBe('none')
    expect(bumpOf([{ severity: 'patch' }, { severity: 'major' }, { severity: 'minor' }])).toBe('major')
    const next = (['major', 'minor', 'patch', 'none'] as const).map((bump) => nextVersion('v1.4.2', bump))
    expect(next).toEqual(['2.0.0', '1.5.0', '1.4.3', '1.4.2'])
    expect(nextVersion('2.0.0-rc.1', 'major')).toBe('2.0.0')
    expect(nextVersion('2.1.0-rc.1+x', 'major')).toBe('3.0.0')
    expect(nextVersion('2.1.0-rc.1', 'patch')).toBe('2.1.0')
    for (const wrong of ['1.4', '01.2.3', '1.2.3.4', 'latest', '']) expect(nextVersion(wrong, 'major')).toBeNull()
  })
})

describe('what can be asked for', () => {
  it('is every kind and severity, of every subject or any', () => {
    expect(CONDITIONS).toHaveLength((KINDS.length + SEVERITIES.length + 1) * (SUBJECTS.length + 1))
    const widened = { subject: 'role', kind: 'widened', severity: 'minor' } as const
    const fits = CONDITIONS.filter((text) => condition(text)?.(widened))
    expect(fits).toEqual(['widened', 'minor', 'any', 'role:widened', 'role:minor', 'role:any'])
    expect(condition('role')).toBeNull()
    expect(condition('widened:role')).toBeNull()
  })
})

describe.skipIf(!shared)('two generations of the same pages', () => {
  saySkipped()

  it('mirror one another, and the delta between them is exact', () => {
    const [v4, now] = [corpus('v4'), corpus('latest')]
    expect(sorted(diffDatasets(now, v4))).toEqual(sorted(diffDatasets(v4, now).map(mirrored)))
    expect(JSON.stringify(applyDelta(v4, makeDelta(v4, now)))).toBe(JSON.stringify(now))
    expect(JSON.stringify(applyDelta(now, makeDelta(now, v4)))).toBe(JSON.stringify(v4))
  })
})

describe('who may take a policy', () => {
  const page = (principal: string) =>
    `## Nodes\n\n\`\`\`json\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": ${principal}, "Action": "s3:GetObject", "Resource": "*"}]}\n\`\`\`\n`
  const of = (principal: string) => analyseText(page(principal)).model.dataset

  it('is a condition of it, though the same word says on what', () => {
    const narrow = of('{"AWS": "arn:aws:iam::1:root"}')
    for (const wide of ['"*"', '{"AWS": "*"}', '{"AWS": ["arn:aws:iam::1:root", "*"]}']) {
      const changes = diffDatasets(narrow, of(wide)).filter(({ subject }) => subject === 'policy')
      expect(
        changes.map(({ kind }) => kind),
        wide,
      ).toContain('conditional')
    }
  })
})

describe('a delta from nothing', () => {
  it('names the version of the schema', () => {
    const dataset = analyseText('## Captain\n\n- dock.get\n').model.dataset
    expect(makeDelta(null, dataset).schemaVersion).toBe(dataset.schemaVersion)
  })
})
