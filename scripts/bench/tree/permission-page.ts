/** Pages that hold permission blocks, in every dialect that Rolebook reads. All names are made. */
import { type Making, table } from './making.ts'
import {
  actionList,
  actionRoles,
  kubectl,
  oracleList,
  oracleStatements,
  oracleTable,
  permissionWords,
  privilegeWords,
  ramPolicy,
  roleCommand,
  roleList,
  serverless,
  sqlGrants,
  statementAlone,
} from './more-blocks.ts'
import type { Random } from './random.ts'
import { capital, Words } from './words.ts'

const OPERATIONS = ['create', 'delete', 'get', 'list', 'update', 'import', 'export', 'backup', 'restore']
const KEYS = ['anchor', 'berth', 'buoy', 'cargo', 'crane', 'crew', 'dock', 'ferry', 'harbour', 'hull', 'jetty', 'keel']
const MORE_KEYS = [
  'lighthouse',
  'manifest',
  'mast',
  'mooring',
  'pilot',
  'quay',
  'rudder',
  'sail',
  'tide',
  'tug',
  'wharf',
  'yard',
]

/** Resource keys that every permission page draws from, as the pages of one product do. */
export const RESOURCES: readonly string[] = [...KEYS, ...MORE_KEYS, ...KEYS.map((key) => `${key}Plan`)]

const LEVELS = ['Admin', 'Editor', 'Viewer'] as const
const READS = ['get', 'list']

/** A name that no other number has: `Balore`, `Nidume`, … */
export function madeName(number: number): string {
  const syllables = ['ba', 'lo', 're', 'ni', 'du', 'me', 'ka', 'so', 'vi', 'ta', 'po', 'ze', 'ru', 'fa', 'ge', 'mo']
  let name = ''
  let left = number
  for (let i = 0; i < 3 || left > 0; i++) {
    name += syllables[(left + 5 * i) % 16]
    left = Math.floor(left / 16)
  }
  return capital(name)
}

/** The parts of each kind of page: the dialects that one page holds together, and how each is written. */
const KINDS: Record<string, (making: Making) => string>[] = [
  { 'role-description': roleDescriptions, 'resource-by-operation': matrices },
  { 'permission-list': panels, 'operation-list': operationPanels, catalogue, 'scope-matrix': scopeMatrix },
  {
    'action-by-role': actionsByRole,
    'role-by-action': rolesByAction,
    'resource-by-role': resourcesByRole,
    'role-permissions': rolePermissions,
    'permission-table': permissionTable,
    'resource-verbs': resourceVerbs,
    'role-mapping': mapping,
  },
  {
    'aws-iam-policy': awsPolicy,
    'azure-role-definition': azureRole,
    'gcp-custom-role': gcpRole,
    'cloud-permission-list': gcpList,
    'cloud-permission-table': gcpTable,
    'cloud-permission-fence': gcpFence,
    'kubernetes-role': kubernetesRole,
  },
  {
    'openstack-policy': openstack,
    'api-list': apiList,
    'api-bullets': apiBullets,
    'privilege-list': privilegeList,
    'privilege-table': privilegeTable,
    'privilege-words': privilegeWords,
  },
  {
    'role-list': roleList,
    'action-roles': actionRoles,
    'permission-words': permissionWords,
    'action-list': actionList,
  },
  {
    'alibaba-ram-policy': ramPolicy,
    'oci-policy': oracleStatements,
    'oci-policy-list': oracleList,
    'oci-policy-table': oracleTable,
    'role-command': roleCommand,
    'kubectl-role': kubectl,
    'aws-statements': statementAlone,
    'serverless-statements': serverless,
    'sql-grant': sqlGrants,
  },
]

/** So many pages hold every dialect. */
export const PERMISSION_KINDS = KINDS.length

/** Permission page number `number`: its kind goes round, and so do its names. */
export function permissionPage(random: Random, number: number): string {
  const words = new Words(random)
  const making: Making = { words, random, name: (i) => madeName(number * 100 + i) }
  const parts = Object.values(KINDS[number % KINDS.length] as (typeof KINDS)[number])
  const title = `${making.name(0)} Roles and Permissions`
  const head = `---\ntitle: "${title}"\ndescription: "${words.sentence().replaceAll(/[`*_]/g, '')}"\nsidebar_position: ${number}\n---`
  const blocks = parts.flatMap((part) => [part(making), words.paragraph(1, 3)])
  return `${[head, words.paragraph(2, 4), ...blocks, '## Next Steps', words.paragraph(1, 2)].join('\n\n')}\n`
}

/** Some resources, each once, in order of the catalogue. */
function resources({ random }: Making, low: number, high: number): string[] {
  const wanted = random.int(low, high)
  const from = random.int(0, RESOURCES.length - 1)
  return Array.from({ length: wanted }, (_, i) => RESOURCES[(from + i) % RESOURCES.length] as string).sort()
}

function operationsOf(level: (typeof LEVELS)[number]): string[] {
  return { Viewer: READS, Editor: ['create', 'get', 'list', 'update'], Admin: OPERATIONS }[level]
}

function roleDescriptions(making: Making): string {
  const rows = LEVELS.flatMap((level) =>
    [1, 2].map((i) => [`${making.name(i)} ${level}`, `For people who look after every ${making.words.thing()}.`]),
  )
  return `## Project Roles\n\n${table(['Role Names', 'Description'], rows)}`
}

function matrices(making: Making): string {
  const columns = OPERATIONS.slice(0, 7)
  const keys = resources(making, 10, 24)
  const tabs = LEVELS.flatMap((level) =>
    [1, 2].map((i) => {
      const held = operationsOf(level)
      const rows = keys.map((key) => [
        `**${key}**`,
        ...columns.map((operation) => (held.includes(operation) ? '√' : '')),
      ])
      const matrix = table(['', ...columns.map((operation) => `**${capital(operation)}**`)], rows)
      return `<TabItem label="${making.name(i)} ${level}" value="${making.name(i)}-${level}">\n\n${matrix}\n\n</TabItem>`
    }),
  )
  return `## Project Permissions\n\n<Tabs>\n\n${tabs.join('\n\n')}\n\n</Tabs>`
}

function panels(making: Making): string {
  const keys = resources(making, 8, 16)
  const list = LEVELS.map((level) => {
    const held = operationsOf(level)
    const items = keys.flatMap((key) => held.map((operation) => `- ${key}.${operation}`))
    return `<AccordionPanel title="${making.name(3)} ${level}">\n\n${items.join('\n')}\n\n</AccordionPanel>`
  })
  return `## Tenant Roles\n\n<Accordion>\n\n${list.join('\n\n')}\n\n</Accordion>`
}

function operationPanels(): string {
  const list = RESOURCES.map(
    (key) =>
      `<AccordionPanel title="${capital(key)}">\n\n${OPERATIONS.map((operation) => `- ${operation}`).join('\n')}\n\n</AccordionPanel>`,
  )
  return `## Operations\n\n<Accordion>\n\n${list.join('\n\n')}\n\n</Accordion>`
}

function catalogue(): string {
  const header = ['Component', 'Resource Key', 'Tenant Role Scope', 'Project Role Scope']
  return `## Resource Keys\n\n${table(
    header,
    RESOURCES.map((key) => [capital(key), `\`${key}\``, '✅', '✅']),
  )}`
}

function scopeMatrix(): string {
  const header = ['Component', 'Resource Key', 'Operations', 'Scope']
  return `## Scopes\n\n${table(
    header,
    RESOURCES.map((key) => [capital(key), key, OPERATIONS.join(', '), 'Tenant Project']),
  )}`
}

function resourceVerbs(making: Making): string {
  const rows = resources(making, 3, 6).map((key) => ['(empty)', key, READS.join(', ')])
  return `## ${making.name(60)} Viewer\n\n${table(['API Group', 'Resources', 'Verbs'], rows)}`
}

/** Pairs of a verb and a made thing: no two actions of a page are alike. */
function actions(making: Making, low: number, high: number): string[] {
  return making.random.list(
    low,
    high,
    (i) => `${capital(OPERATIONS[i % 5] as string)} ${making.name(10 + i).toLowerCase()} lists`,
  )
}

const ROLES = ['Owner', 'Maintainer', 'Reporter', 'Guest']

function actionsByRole(making: Making): string {
  const rows = actions(making, 8, 24).map((action, i) => [
    action,
    ...ROLES.map((_, column) => (column <= i % 4 ? ':white_check_mark:' : ':x:')),
  ])
  return `## Permissions of Members\n\n${table(['Permission', ...ROLES], rows)}`
}

function rolesByAction(making: Making): string {
  const columns = ['View', 'Create', 'Delete'].map((verb) => `${verb} ${making.name(40).toLowerCase()} records`)
  const rows = ROLES.map((role, i) => [role, ...columns.map((_, column) => (column < 4 - i ? '✓' : ''))])
  return `## Permissions for Records\n\n${table(['Role', ...columns], rows)}`
}

function resourcesByRole(making: Making): string {
  const roles = LEVELS.map((level) => `${making.name(4)} ${level}`)
  const rows = resources(making, 6, 12).map((key) => [
    key,
    'create, get, list, update',
    'get, list, update',
    'get, list',
  ])
  return `## Permissions on Resources\n\n${table(['Resource', ...roles], rows)}`
}

function rolePermissions(making: Making): string {
  const keys = resources(making, 2, 4)
  const rows = LEVELS.map((level) => {
    const held = operationsOf(level)
    const ids = keys.flatMap((key) => held.map((operation) => `${key}.${operation}`))
    return [`${making.name(5)} ${level}`, ids.join(', ')]
  })
  return `## Roles in Short\n\n${table(['Role', 'Permissions'], rows)}`
}

function permissionTable(making: Making): string {
  const rows = resources(making, 5, 10).flatMap((key) =>
    READS.map((operation) => [`${key}.${operation}`, `Reads ${operation === 'get' ? 'one' : 'all'} of them`]),
  )
  return `## ${making.name(6)} Viewer\n\n${table(['Permission', 'Description'], rows)}`
}

function mapping(making: Making): string {
  const rows = LEVELS.map((level) => [
    `\`${making.name(7).toLowerCase()}-${level.toLowerCase()}\``,
    '- No cloning.<br />- No deleting.',
    `${making.name(4)} Admin or<br />Editor`,
  ])
  return `## Roles for Machines\n\n${table(['Machine Role', 'Restrictions', 'Product Role'], rows)}`
}

const EC2 = [
  'AttachVolume',
  'CreateSubnet',
  'CreateTags',
  'DeleteSubnet',
  'DeleteTags',
  'DetachVolume',
  'DescribeImages',
  'DescribeSubnets',
  'RunInstances',
  'TerminateInstances',
]

function awsPolicy(making: Making): string {
  const statement = (sid: string) => ({
    Sid: sid,
    Effect: 'Allow',
    Action: EC2.map((action) => `ec2:${action}`),
    Resource: [`arn:aws:ec2:*:*:instance/${sid.toLowerCase()}-*`],
  })
  const document = { Version: '2012-10-17', Statement: making.random.list(2, 5, (i) => statement(making.name(50 + i))) }
  return `## ${making.name(8)} Nodes Policy\n\n\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\``
}

function azureRole(making: Making): string {
  const actions = ['disks', 'snapshots', 'images', 'virtualMachines'].flatMap((kind) =>
    ['delete', 'read', 'write'].map((verb) => `Microsoft.Compute/${kind}/${verb}`),
  )
  const role = {
    Name: `${making.name(9)} Operator`,
    IsCustom: true,
    Actions: actions,
    AssignableScopes: ['/subscriptions/made-up'],
  }
  return `## ${making.name(9)} Operator\n\n\`\`\`json\n${JSON.stringify(role, null, 2)}\n\`\`\``
}

const GOOGLE = ['disks', 'images', 'networks', 'subnetworks'].flatMap((kind) =>
  ['create', 'delete', 'get', 'list'].map((verb) => `compute.${kind}.${verb}`),
)

function gcpRole(making: Making): string {
  const role = { title: `${making.name(10)} Deployer`, stage: 'GA', includedPermissions: GOOGLE }
  return `## ${making.name(10)} Deployer\n\n\`\`\`json\n${JSON.stringify(role, null, 2)}\n\`\`\``
}

function gcpList(making: Making): string {
  return `## GCP Permissions for ${making.name(11)}\n\n${GOOGLE.map((id) => `- \`${id}\``).join('\n')}`
}

function gcpFence(making: Making): string {
  return `## GCP Permissions at ${making.name(13)}\n\n\`\`\`text\n${GOOGLE.join('\n')}\n\`\`\``
}

function gcpTable(making: Making): string {
  const rows = GOOGLE.map((id) => [`\`${id}\``, `The ${making.words.thing()} of each ${making.words.thing()}`])
  return `## GCP Permissions of ${making.name(12)}\n\n${table(['Permission', 'Used for'], rows)}`
}

function kubernetesRole(making: Making): string {
  const name = making.name(13).toLowerCase()
  return `## ${making.name(13)} Pods

\`\`\`yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}-reader
rules:
  - apiGroups: [""]
    resources: ["pods", "services"]
    verbs: ["get", "list", "watch"]
  - apiGroups: ["apps"]
    resources: ["deployments"]
    verbs: ["get", "list", "update"]
\`\`\``
}

function openstack(making: Making): string {
  const targets = ['servers:create', 'servers:delete', 'servers:index', 'servers:show', 'os-keypairs:create']
  const lines = targets.map((target) => `"os_compute_api:${target}": "rule:admin_or_owner"`)
  return `## OpenStack Permissions for ${making.name(14)}\n\n\`\`\`yaml\n"admin_or_owner": "is_admin:True or project_id:%(project_id)s"\n${lines.join('\n')}\n\`\`\``
}

const CALLS = [
  'createNetwork',
  'deleteNetwork',
  'deployVirtualMachine',
  'listNetworks',
  'listTemplates',
  'listUsers',
  'listZones',
  'updateNetwork',
]

function apiList(making: Making): string {
  return `## CloudStack Permissions for ${making.name(15)}\n\n\`\`\`text\n${CALLS.join('\n')}\n\`\`\``
}

function apiBullets(making: Making): string {
  const items = CALLS.map((call) => `- \`${call}\`: for each ${making.words.thing()}`)
  return `## CloudStack Permissions of ${making.name(16)}\n\n${items.join('\n')}`
}

const PRIVILEGES: Record<string, string[]> = {
  Host: ['Config.Storage', 'Inventory.EditCluster', 'Local.CreateVM'],
  Network: ['Assign', 'Config', 'Move'],
  VirtualMachine: ['Config.AddNewDisk', 'Interact.PowerOn', 'Inventory.Create', 'Provisioning.Clone'],
}

function privilegeList(making: Making): string {
  const ids = Object.entries(PRIVILEGES).flatMap(([category, names]) =>
    names.map((name) => `- \`${category}.${name}\``),
  )
  return `## vSphere Privileges for ${making.name(17)}\n\n${ids.join('\n')}`
}

function privilegeTable(making: Making): string {
  const rows = Object.entries(PRIVILEGES).map(([category, names]) => [
    `**${category}**`,
    names.map((name) => name.replaceAll('.', ': ')).join('<br />'),
  ])
  const panels = ['7.0', '8.0'].map(
    (version) =>
      `<TabItem label="${version}.x" value="${version}.x">\n\n${table(['**Category**', '**Privileges**'], rows)}\n\n</TabItem>`,
  )
  return `## vSphere Role of ${making.name(18)}\n\n<Tabs>\n\n${panels.join('\n\n')}\n\n</Tabs>`
}
