/** Documentation sets without a defect, made anew for each seed: names, resources, operations, roles, order and form vary. */
import { randomOf } from '../damage.ts'
import { capital, type Files, one, type Random, type SeededSet, shuffled } from './types.ts'

interface Resource {
  title: string
  key: string
  operations: string[]
  scopes: string[]
}

interface RoleSpec {
  name: string
  description: string
  /** Operations by key. */
  grants: Map<string, string[]>
}

/** Far enough from each other that none is a slip of another. */
const TITLES = [
  ...['Dock', 'Crane', 'Vessel', 'Warehouse', 'Ferry', 'Invoice', 'Cargo Manifest', 'Berth Plan', 'Tide Table'],
  ...['Pilot Boat', 'Harbor Light', 'Customs Form', 'Freight Order', 'Mooring', 'Buoy', 'Transit Pass', 'Repair Yard'],
]
const BASE = ['create', 'delete', 'get', 'list', 'update']
const MORE = ['publish', 'restore', 'backup', 'clone', 'import', 'pause', 'approve']
const SCOPES = ['tenant', 'project', 'resource']

function keyOf(title: string): string {
  const [first = '', ...rest] = title.split(' ')
  return first.toLowerCase() + rest.join('')
}

function pluralOf(title: string): string {
  return /[^aeiou]y$/.test(title) ? `${title.slice(0, -1)}ies` : /(?:s|ch|sh)$/.test(title) ? `${title}es` : `${title}s`
}

function table(header: readonly string[], rows: readonly (readonly string[])[], padded: boolean): string {
  const width = (column: number) => Math.max(3, ...[header, ...rows].map((row) => (row[column] ?? '').length))
  const cell = (text: string, column: number) => (padded ? text.padEnd(width(column)) : text)
  const line = (row: readonly string[]) =>
    `| ${row.map(cell).join(' | ')} |`.replaceAll('|  |', padded ? '|  |' : '|  |')
  const rule = `| ${header.map((_, column) => '-'.repeat(padded ? width(column) : 3)).join(' | ')} |`
  return `${[line(header), rule, ...rows.map(line)].join('\n')}\n`
}

function frontMatter(title: string, random: Random): string {
  const quote = random(2) === 0 ? '"' : ''
  return `---\ntitle: ${quote}${title}${quote}\ndescription: "All about ${title.toLowerCase()}."\n---\n\n`
}

const INTRODUCTIONS = [
  'Each role is described below.',
  'Built-in roles stay as they are.',
  'Choose the smallest role that is enough.',
  'Ask whoever runs the harbor before you change anything here.',
]

/** A set of one of the shapes; the same for the same seed. */
export function seededSet(seed: number): SeededSet {
  const random = randomOf(seed)
  const shape = random(4)
  const parts: Files[] = []
  if (shape !== 3) parts.push(roleSet(random))
  if (shape === 2 || shape === 3) parts.push(policySet(random, shape === 2))
  return { name: `seed ${seed}`, files: Object.assign({}, ...parts) as Files }
}

function roleSet(random: Random): Files {
  const titles = shuffled(TITLES, random).slice(0, 5 + random(3))
  const more = shuffled(MORE, random)
  const resources = titles.map((title, i): Resource => {
    const extra = i < 3 ? more.slice(i * 2, i * 2 + 1 + random(2)) : []
    return { title, key: keyOf(title), operations: shuffled([...BASE, ...extra], random), scopes: [] }
  })
  const scopes = shuffled(SCOPES, random).slice(0, one([1, 1, 2, 2, 3], random))
  const pages = scopes.map((scope, i) => rolePage(scope, resources, i, random))
  for (const resource of resources) {
    resource.scopes = scopes.filter((_, i) => pages[i]?.used.has(resource.key))
    const other = SCOPES.find((scope) => !scopes.includes(scope))
    if (other && (resource.scopes.length === 0 || random(3) === 0)) resource.scopes.push(other)
    if (resource.scopes.length === 0) resource.scopes.push(scopes[0] as string)
  }
  const files: Record<string, string> = { 'docs/permissions.mdx': cataloguePage(resources, random) }
  for (const [i, scope] of scopes.entries()) {
    const page = pages[i] as RolePage
    // The page of a scope that allows a part of all permissions says which.
    const available = scope === 'resource' ? availableList(resources, scope, random) : ''
    files[`docs/${scope}-roles.mdx`] = page.text.replace('<!-- available -->\n', available)
  }
  if (random(2) === 0) files['docs/bindings.mdx'] = mappingPage(pages, random)
  files['docs/guide.mdx'] = guidePage(resources, scopes, pages, random)
  return files
}

interface RolePage {
  text: string
  used: Set<string>
  roles: string[]
  anchors: string[]
}

function rolePage(scope: string, all: readonly Resource[], index: number, random: Random): RolePage {
  const groups = shuffled(all.slice(0, 3), random).slice(0, 1 + random(2))
  const title = `${capital(scope)} Roles`
  const form = one(['tab', 'panel', 'heading'] as const, random)
  const body = one(['matrix', 'list'] as const, random)
  const used = new Set<string>()
  const roles: string[] = []
  const anchors: string[] = []
  const operations = shuffled([...new Set(all.flatMap((resource) => resource.operations))], random)
  const mark = one(['√', '✅', '✓'], random)
  const padded = random(2) === 0
  let text = `${frontMatter(title, random)}${one(INTRODUCTIONS, random)}\n\n<!-- available -->\n## Default ${title}\n\n`
  const prefix = index > 0 ? `${capital(scope)} ` : ''
  for (const subject of groups) {
    const support = shuffled(
      all.filter((resource) => resource !== subject && !groups.includes(resource)),
      random,
    ).slice(0, 2 + random(2))
    for (const resource of [subject, ...support]) used.add(resource.key)
    const specs = rolesAbout(`${prefix}${subject.title}`, subject, support)
    const heading = pluralOf(subject.title)
    anchors.push(slugOf(heading))
    text += `### ${heading}\n\nRoles for people who work with ${heading.toLowerCase()}.\n\n`
    text += `${table(
      ['Role Name', 'Description'],
      specs.map(({ name, description }) => [name, description]),
      padded,
    )}\n`
    roles.push(...specs.map(({ name }) => name))
    const blocks = specs.map((spec) => {
      const content =
        body === 'list'
          ? bulletsOf(spec, random)
          : matrixOf(spec, operations, mark, padded, random(2) === 0 ? '' : 'Resource')
      return { name: spec.name, content }
    })
    if (form === 'heading') {
      anchors.push(...specs.map(({ name }) => slugOf(name)))
      text += blocks.map(({ name, content }) => `#### ${name}\n\n${content}\n`).join('')
    } else if (form === 'tab') {
      const tabs = blocks.map(({ name, content }) => {
        return `<TabItem label="${name}" value="${slugOf(name)}">\n\n${content}\n</TabItem>\n\n`
      })
      text += `<Tabs>\n\n${tabs.join('')}</Tabs>\n\n`
    } else {
      const panels = blocks.map(
        ({ name, content }) => `<AccordionPanel title="${name}">\n\n${content}\n</AccordionPanel>\n\n`,
      )
      text += `<Accordion>\n\n${panels.join('')}</Accordion>\n\n`
    }
  }
  return { text: `${text.trimEnd()}\n`, used, roles, anchors }
}

function rolesAbout(name: string, subject: Resource, support: readonly Resource[]): RoleSpec[] {
  const reads = (resource: Resource) => resource.operations.filter((operation) => ['get', 'list'].includes(operation))
  const grants = (own: readonly string[]) =>
    new Map([
      [subject.key, [...own]],
      ...support.map((resource) => [resource.key, reads(resource)] as [string, string[]]),
    ])
  const changing = subject.operations.filter(
    (operation) => !['create', 'delete', 'clone', 'import'].includes(operation),
  )
  const thing = subject.title.toLowerCase()
  const things = pluralOf(subject.title).toLowerCase()
  return [
    { name: `${name} Admin`, description: `Full control of every ${thing}.`, grants: grants(subject.operations) },
    {
      name: `${name} Editor`,
      description: `Keeps ${things} up to date. Cannot create or delete ${things}.`,
      grants: grants(changing),
    },
    {
      name: `${name} Viewer`,
      description: `Read-only: sees ${things} and nothing else.`,
      grants: grants(reads(subject)),
    },
  ]
}

function bulletsOf({ grants }: RoleSpec, random: Random): string {
  const names = [...grants].flatMap(([key, operations]) => operations.map((operation) => `${key}.${operation}`))
  const tick = random(4) === 0 ? '`' : ''
  return names
    .sort()
    .map((name) => `- ${tick}${name}${tick}\n`)
    .join('')
}

function matrixOf(
  { grants }: RoleSpec,
  operations: readonly string[],
  mark: string,
  padded: boolean,
  corner: string,
): string {
  const rows = [...grants].map(([key, held]) => [
    key,
    ...operations.map((operation) => (held.includes(operation) ? mark : '')),
  ])
  return table([corner, ...operations.map(capital)], rows, padded)
}

function availableList(resources: readonly Resource[], scope: string, random: Random): string {
  const names = resources
    .filter((resource) => resource.scopes.includes(scope))
    .flatMap(({ key, operations }) => operations.map((operation) => `${key}.${operation}`))
  const list = names
    .sort()
    .map((name) => `- ${name}\n`)
    .join('')
  const title = one(['Available Permissions', 'Available Resource Keys'], random)
  return `## ${title}\n\nRoles of your own may hold these.\n\n${list}\n`
}

function cataloguePage(resources: readonly Resource[], random: Random): string {
  const rows = random(2) === 0 ? [...resources].sort((a, b) => (a.title < b.title ? -1 : 1)) : [...resources]
  const padded = random(2) === 0
  const head = `${frontMatter('Permissions', random)}A key and an operation, with a dot between, are a permission.\n\n## Components\n\n`
  if (random(3) === 0) {
    const cells = rows.map(({ title, key, operations, scopes }) => [
      title,
      key,
      operations.join(', '),
      scopes.map(capital).join(' '),
    ])
    return `${head}${table(['Component', 'Resource Key', 'Operations', 'Scope'], cells, padded)}`
  }
  const header = ['Component', 'Resource Key', ...SCOPES.map((scope) => `${capital(scope)} Role Scope`), 'Description']
  const cells = rows.map(({ title, key, scopes }) => [
    title,
    `\`${key}\``,
    ...SCOPES.map((scope) => (scopes.includes(scope) ? '✅' : '')),
    `Work with ${pluralOf(title).toLowerCase()}`,
  ])
  const lists = rows.map(({ title, operations }) => {
    const name = random(2) === 0 ? title : pluralOf(title)
    return { name, text: operations.map((operation) => `- ${operation}\n`).join('') }
  })
  const panels =
    random(3) > 0
      ? `<Accordion>\n\n${lists.map(({ name, text }) => `<AccordionPanel title="${name}">\n\n${text}\n</AccordionPanel>\n\n`).join('')}</Accordion>\n`
      : lists.map(({ name, text }) => `### ${name}\n\n${text}`).join('\n')
  return `${head}${table(header, cells, padded)}\n## Operations\n\nWhat can be done with each component.\n\n${panels}`
}

function mappingPage(pages: readonly RolePage[], random: Random): string {
  const names = shuffled(
    pages.flatMap(({ roles }) => roles),
    random,
  ).slice(0, 3 + random(3))
  const rows = names.map((name, i) => [
    `\`machine-${['admin', 'user', 'viewer', 'guest', 'pilot', 'clerk'][i]}\``,
    name,
  ])
  return `${frontMatter('Bindings', random)}Give a person both roles.\n\n${table(['Cluster Role', 'Product Role'], rows, random(2) === 0)}`
}

function guidePage(
  resources: readonly Resource[],
  scopes: readonly string[],
  pages: readonly RolePage[],
  random: Random,
): string {
  const permission = () => {
    const { key, operations } = one(resources, random)
    return `\`${key}.${one(operations, random)}\``
  }
  const link = () => {
    const at = random(scopes.length)
    const anchor = one(pages[at]?.anchors ?? [], random)
    return `[the roles](./${scopes[at]}-roles.mdx#${anchor})`
  }
  return `${frontMatter('First Steps', random)}## Before You Begin

You need ${permission()} and ${permission()} for this guide.

Look at ${link()} to find out who has them.

## Steps

1. Log in.

2. Ask for ${permission()}, as ${link()} say.

See [what there is](#before-you-begin) once more before you log out.

:::tip[Good to know]

Nobody needs ${permission()} twice.

:::
`
}

export function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(' ', '-')
}

/* ---------------------------------------------------------------------------------------------------------- policies */

/** Actions that exist, in groups that stay together: what is made can be taken away. */
const AWS_GROUPS = [
  ['ec2:AttachVolume', 'ec2:DetachVolume'],
  ['ec2:CreateVolume', 'ec2:DeleteVolume'],
  ['ec2:CreateSecurityGroup', 'ec2:DeleteSecurityGroup'],
  ['ec2:DescribeImages'],
  ['ec2:DescribeInstances'],
  ['ec2:DescribeRegions'],
  ['ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
  ['ec2:RunInstances', 'ec2:TerminateInstances'],
  ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:DeleteLoadBalancer'],
  ['elasticloadbalancing:DescribeLoadBalancers'],
  ['iam:GetRole', 'iam:ListRoles'],
  ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ['ssm:GetParameter'],
  ['autoscaling:DescribeAutoScalingGroups'],
]

function awsActions(random: Random, groups: number): string[] {
  return shuffled(AWS_GROUPS, random).slice(0, groups).flat().sort()
}

interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: unknown
  Action: string | string[]
  Resource?: string | string[]
  Condition?: unknown
}

function awsPolicy(statements: readonly Statement[], random: Random): string {
  const sids = random(2) === 0
  const written = statements.map((statement, i) => (sids ? { Sid: `Part${'ABCDEF'[i]}`, ...statement } : statement))
  return `\`\`\`json\n${JSON.stringify({ Version: '2012-10-17', Statement: written }, null, 2)}\n\`\`\`\n`
}

function statementsWith(actions: readonly string[], random: Random): Statement[] {
  const at = random(3) === 0 && actions.length > 9 ? 5 : actions.length
  const parts = [actions.slice(0, at), actions.slice(at)].filter((part) => part.length > 0)
  const statements: Statement[] = parts.map((part, i) => ({
    Effect: 'Allow',
    Action: [...part],
    Resource: i === 0 ? '*' : ['arn:aws:s3:::harbor-*', 'arn:aws:ssm:*:*:parameter/harbor/*'],
  }))
  if (random(2) === 0) {
    statements.push({
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: ['arn:aws:iam::*:role/harbor-*'],
    })
  }
  if (random(2) === 0) {
    statements.push({
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: ['arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot'],
      Condition: { StringLike: { 'iam:AWSServiceName': 'spot.amazonaws.com' } },
    })
  }
  return statements
}

function partial(name: string, body: string): string {
  return `---\npartial_category: permissions\npartial_name: ${name}\n---\n\n${body}`
}

function policySet(random: Random, few: boolean): Files {
  const files: Record<string, string> = {}
  const sections: string[] = []
  const add = (name: string, title: string, body: string) => {
    files[`partials/${name}.mdx`] = partial(name, body)
    sections.push(
      `## ${title}\n\nThe policy for this.\n\n<PartialsComponent category="permissions" name="${name}" />\n`,
    )
  }
  const word = one(['fleet', 'quay', 'depot'], random)
  const base = awsActions(random, 5 + random(5))
  add(`${word}-static`, 'Static Placement', awsPolicy(statementsWith(base, random), random))
  const wider = [...new Set([...base, ...awsActions(random, 5)])].sort()
  const dynamic: Statement[] = [
    { Effect: 'Allow', Action: wider, Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['iam:PassRole', 'iam:CreateServiceLinkedRole'].sort(),
      Resource: 'arn:aws:iam::*:role/harbor-*',
    },
  ]
  add(`${word}-dynamic`, 'Dynamic Placement', awsPolicy(dynamic, random))
  if (!few || random(2) === 0)
    add(`${word}-nodes`, 'Nodes', awsPolicy(statementsWith(awsActions(random, 6 + random(5)), random), random))
  if (random(2) === 0) {
    const id = `id.example.com/${word}`
    const trust: Statement = {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${id}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${id}:sub`]: 'harbor' } },
    }
    add(`${word}-trust`, 'Trust', awsPolicy([trust], random))
  }
  const others = few ? [random(3)] : shuffled([0, 1, 2], random).slice(0, 1 + random(2))
  if (others.includes(0)) {
    const actions = shuffled(AZURE, random)
      .slice(0, 4 + random(5))
      .sort()
    const role = {
      ...{ Name: `Harbor ${capital(word)}`, IsCustom: true, Description: 'Runs the harbor.', Actions: actions },
      ...{ NotActions: [], AssignableScopes: ['/subscriptions/$SUBSCRIPTION_ID'] },
    }
    add(`${word}-azure`, 'Azure Role', `\`\`\`json\n${JSON.stringify(role, null, 2)}\n\`\`\`\n`)
  }
  if (others.includes(1)) {
    const permissions = shuffled(GOOGLE, random)
      .slice(0, 4 + random(8))
      .sort()
    const role = {
      ...{ title: `Harbor ${capital(word)}`, description: 'Runs the harbor.', stage: 'GA' },
      includedPermissions: permissions,
    }
    add(`${word}-gcp`, 'Google Cloud Role', `\`\`\`json\n${JSON.stringify(role, null, 2)}\n\`\`\`\n`)
  }
  if (others.includes(2)) {
    const names = shuffled(CLOUDSTACK, random)
      .slice(0, 5 + random(6))
      .sort()
    add(`${word}-cloudstack`, 'CloudStack Permissions', `\`\`\`text\n${names.join('\n')}\n\`\`\`\n`)
  }
  const page = one(['cloud', 'clouds'], random)
  files[`docs/${page}.mdx`] =
    `${frontMatter('Cloud Permissions', random)}Apply these before the first deployment.\n\n${shuffled(sections, random).join('\n')}`
  return files
}

const AZURE = [
  'Microsoft.Compute/disks/delete',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/disks/write',
  'Microsoft.Compute/virtualMachines/delete',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Network/loadBalancers/read',
  'Microsoft.Network/loadBalancers/write',
  'Microsoft.Network/virtualNetworks/read',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
  'Microsoft.Storage/storageAccounts/read',
]
const GOOGLE = ['disks', 'firewalls', 'images', 'networks', 'subnetworks'].flatMap((name) =>
  ['create', 'delete', 'get', 'list'].map((verb) => `compute.${name}.${verb}`),
)
const CLOUDSTACK = [
  ...['createNetwork', 'createTags', 'deleteNetwork', 'deployVirtualMachine', 'destroyVirtualMachine', 'listAccounts'],
  ...['listNetworks', 'listTags', 'listTemplates', 'listUsers', 'listVirtualMachines', 'listVolumes', 'listZones'],
  ...['queryAsyncJobResult', 'startVirtualMachine', 'stopVirtualMachine'],
]
