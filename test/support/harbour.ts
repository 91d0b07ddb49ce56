/** A small dataset with all that questions may meet: conditions, denials, patterns, one name in two scopes, hostile names. */
import { type Dataset, type Effect, type Grant, type Role, SCHEMA_VERSION } from '../../src/model/dataset.ts'

const at = (line: number) => ({ path: 'docs/roles.mdx', line, column: 3 })

type Said = [permission: string, effect?: Effect, note?: string]

function role(id: string, name: string, line: number, said: readonly Said[]): Role {
  const grants = said
    .map(([permission, effect = 'granted', note = null], i): Grant => {
      return { permission, effect, note, source: at(line + 2 + i) }
    })
    .sort((a, b) => (a.permission < b.permission ? -1 : 1))
  const permissions = [...new Set(grants.flatMap(({ permission, effect }) => (effect === 'denied' ? [] : permission)))]
  const scope = id.slice(0, id.indexOf('/'))
  const level = null
  return { id, name, aliases: [], scope, group: null, level, description: null, permissions, grants, source: at(line) }
}

/** A name that tries what a page may try. */
export const HOSTILE = `Evil\u001b[2J\r\n<script>\${x}\u202e__proto__`

export function harbour(version = 'new'): Dataset {
  const resource = (id: string, title: string, line: number, scopes: string[]) => {
    const operations = ['delete', 'get', 'list']
    return { id, title, description: `All about ${title}`, aliases: [], scopes, operations, source: at(line) }
  }
  return {
    $schema: 'dataset.schema.json',
    schemaVersion: SCHEMA_VERSION,
    name: 'harbour',
    version,
    sources: [],
    scopes: [
      { id: 'port', title: 'Port' },
      { id: 'town', title: 'Town' },
    ],
    operations: [
      { id: 'delete', access: 'write' },
      { id: 'get', access: 'read' },
      { id: 'list', access: 'read' },
    ],
    resources: [resource('dock', 'Dock', 3, ['port']), resource('pierHead', 'Pier Head', 4, ['port', 'town'])],
    permissions: ['dock', 'pierHead'].flatMap((key) =>
      ['delete', 'get', 'list'].map((operation) => {
        const access = operation === 'delete' ? ('write' as const) : ('read' as const)
        return { id: `${key}.${operation}`, resource: key, operation, access }
      }),
    ),
    roles: [
      role('port/admin', 'Admin', 10, [['dock.*'], ['pierHead.*']]),
      role('port/evil', HOSTILE, 20, [['dock.get', 'conditional', HOSTILE]]),
      role('port/keeper', 'Keeper', 30, [['dock.*'], ['dock.delete', 'denied']]),
      role('port/pilot', 'Pilot', 40, [['dock.delete', 'conditional', 'Its own only.'], ['dock.get'], ['dock.list']]),
      role('town/admin', 'Admin', 50, [['pierHead.delete'], ['pierHead.get']]),
    ],
    catalogues: [
      { id: 'port/keys', title: 'Keys', scope: 'port', permissions: ['dock.delete', 'dock.get'], source: at(60) },
    ],
    mappings: [
      {
        id: 'vm-pilot',
        description: 'Flies',
        restrictions: ['Not by night.'],
        requires: [['Pilot', 'Keeper']],
        source: at(70),
      },
    ],
    policies: [
      {
        id: 'aws-crane',
        title: 'CranePolicy',
        provider: 'aws',
        kind: 'iam-policy',
        variant: null,
        permissions: ['ec2:Describe*', 'ec2:RunInstances'],
        statements: [
          {
            sid: 'Lift',
            effect: 'Allow',
            actions: ['ec2:RunInstances', 'ec2:Describe*'],
            notActions: [],
            resources: ['*'],
            conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-1' } },
            source: at(82),
          },
        ],
        document: { Version: '2012-10-17' },
        lastUpdate: '2026-01-02',
        usedBy: [at(90)],
        source: at(80),
      },
    ],
  }
}
