/**
 * A documentation set with as many roles as asked for, as files of MDX: scopes and groups, lists and matrices of
 * permissions, a catalogue, cloud policies in partials, roles of a second system, now and then a defect. Nothing in it is random.
 */

/** Roles of one page, the highest first. */
const LEVELS = ['Admin', 'Editor', 'Operator', 'Deployer', 'Auditor', 'Planner', 'Keeper', 'Helper', 'Reader', 'Viewer']
const SCOPES = ['tenant', 'project', 'resource', 'cluster']
/** The most harmless first: a lower level has fewer of them. */
const OPERATIONS = ['get', 'list', 'update', 'create', 'delete']
const COLOURS = [
  'Amber',
  'Azure',
  'Bronze',
  'Coral',
  'Copper',
  'Ebony',
  'Hazel',
  'Indigo',
  'Ivory',
  'Jade',
  'Lilac',
  'Moss',
]
const THINGS = [
  'Anchor',
  'Barge',
  'Crane',
  'Dock',
  'Engine',
  'Ferry',
  'Gate',
  'Harbour',
  'Light',
  'Mooring',
  'Pier',
  'Quay',
  'Rope',
  'Sail',
  'Tug',
  'Wharf',
]
const PLACES = ['North', 'South', 'East', 'West', 'Upper', 'Lower', 'Outer', 'Inner']
/** Every role may read these. */
const SHARED = ['project', 'region']
/** Resources that are a group's own. */
const OWN = 3

export interface LargeSet {
  /** At least this many roles; rounded up to whole pages. */
  roles: number
  /** An older version beside it, in which one role of five lacks a permission and the last page is not there. */
  older?: boolean
}

/** Files by path. The current version stands in `latest/`, the older one in `v1/`; the config names both. */
export function largeSet({ roles, older = false }: LargeSet): Record<string, string> {
  const groups = Math.ceil(roles / LEVELS.length)
  const files: Record<string, string> = { 'rolebook.config.mjs': config(older) }
  for (const [path, text] of version(groups, false)) files[`latest/${path}`] = text
  if (older) for (const [path, text] of version(groups - 1, true)) files[`v1/${path}`] = text
  return files
}

/** A name for each number, no two alike: `Amber Anchor`, …, `North Amber Anchor 2`. */
function nameOf(number: number): string {
  const [colours, things] = [COLOURS.length, THINGS.length]
  const plain = `${COLOURS[number % colours]} ${THINGS[Math.floor(number / colours) % things]}`
  const round = Math.floor(number / (colours * things))
  if (round === 0) return plain
  const turn = Math.floor((round - 1) / PLACES.length)
  return `${PLACES[(round - 1) % PLACES.length]} ${plain}${turn === 0 ? '' : ` ${turn + 1}`}`
}

const keyOf = (name: string) => name.charAt(0).toLowerCase() + name.slice(1).replaceAll(' ', '')
const slugOf = (name: string) => name.toLowerCase().replaceAll(' ', '-')
const titleOf = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function* version(groups: number, isOlder: boolean): Generator<[path: string, text: string]> {
  for (let group = 0; group < groups; group++) {
    const scope = SCOPES[group % SCOPES.length] as string
    yield [`docs/roles/${scope}/${slugOf(nameOf(group))}.mdx`, rolesPage(group, scope, isOlder)]
  }
  const policies = Math.max(2, Math.ceil(groups / 5))
  for (let policy = 0; policy < policies; policy++)
    yield [`partials/permissions/${policyName(policy)}.mdx`, partial(policy)]
  for (let page = 0; page * 10 < policies; page++) {
    const included = Array.from({ length: Math.min(10, policies - page * 10) }, (_, i) => page * 10 + i)
    yield [`docs/clouds/clouds-${page + 1}.mdx`, policiesPage(page, included)]
  }
  yield ['docs/permissions.mdx', catalogue(groups)]
}

/** Permissions of a role: its group's own by its level, the shared ones, and at times one that it should not have. */
function permissionsOf(group: number, level: number, isOlder: boolean): string[] {
  const own = resourcesOf(group).slice(0, level < 6 ? OWN : OWN - 1)
  const operations = OPERATIONS.slice(0, Math.max(2, OPERATIONS.length - Math.floor(level / 2)))
  // The first pages of each scope end in a role that every other role of the scope contains.
  const guest = group < SCOPES.length * 2 && level === LEVELS.length - 1
  const ids = guest ? [] : own.flatMap((name) => operations.map((operation) => `${keyOf(name)}.${operation}`))
  ids.push(...SHARED.flatMap((key) => [`${key}.get`, `${key}.list`]))
  // A defect: a viewer that may delete.
  if (level === 9 && group % 2 === 1) ids.push(`${keyOf(own[0] as string)}.delete`)
  const changed = isOlder && (group + level) % 5 === 0
  return changed ? ids.slice(1).sort() : ids.sort()
}

function resourcesOf(group: number): string[] {
  return Array.from({ length: OWN }, (_, i) => nameOf(group * OWN + i))
}

function rolesPage(group: number, scope: string, isOlder: boolean): string {
  const name = nameOf(group)
  const roles = LEVELS.map((level, i) => ({ name: `${name} ${level}`, ids: permissionsOf(group, i, isOlder), level }))
  const described = roles.map(
    ({ name: role, level }) =>
      `| ${role} | ${level === 'Viewer' ? `Read-only access to all that belongs to ${name}.` : `All that the ${level.toLowerCase()} of ${name} needs for the work of a day.`} |`,
  )
  const blocks =
    group % 2 === 0
      ? roles.map((role) => panel(role.name, role.ids)).join('\n')
      : roles.map((role) => matrix(role.name, role.ids)).join('\n')
  return `---
title: "${name} Roles"
sidebar_label: "${name}"
description: "Who may do what with ${name}."
tags: ["${scope}", "rbac"]
---

These are the roles of the ${scope} scope that are about ${name}. Assign as few of them as will do; a role of the
[catalogue](../../permissions.mdx) can be put together where none of them fits.

## ${name}

| Role Name | Description |
| --- | --- |
${described.join('\n')}

${group % 2 === 0 ? `<Accordion>\n\n${blocks}\n</Accordion>\n` : blocks}`
}

function panel(title: string, ids: readonly string[]): string {
  return `<AccordionPanel title="${title}">\n\n${ids.map((id) => `- ${id}`).join('\n')}\n\n</AccordionPanel>\n`
}

function matrix(title: string, ids: readonly string[]): string {
  const held = new Set(ids)
  const keys = [...new Set(ids.map((id) => id.slice(0, id.indexOf('.'))))]
  const rows = keys.map(
    (key) => `| **${key}** | ${OPERATIONS.map((one) => (held.has(`${key}.${one}`) ? '√' : ' ')).join(' | ')} |`,
  )
  return `### ${title}\n\n| | ${OPERATIONS.map(titleOf).join(' | ')} |\n| --- |${' --- |'.repeat(OPERATIONS.length)}\n${rows.join('\n')}\n`
}

function catalogue(groups: number): string {
  const names = [...SHARED.map(titleOf), ...Array.from({ length: groups * OWN }, (_, i) => nameOf(i))]
  const rows = names.map((name) => `| ${name} | \`${keyOf(name)}\` | ✅ | ✅ | ✅ | All about ${name} |`)
  return `---
title: "Permissions"
description: "The catalogue: components and their keys."
---

## Components and Resource Keys

| Component | Resource Key | Tenant Role Scope | Project Role Scope | Resource Role Scope | Description |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function policyName(policy: number): string {
  return `aws-${slugOf(nameOf(policy))}-policy`
}

/** Actions that AWS has, of several services. */
const ACTIONS = [
  ...['ec2:CreateTags', 'ec2:CreateVolume', 'ec2:DeleteVolume', 'ec2:DescribeImages', 'ec2:DescribeSubnets'],
  ...['ec2:DescribeVpcs', 'ec2:RunInstances', 'ec2:TerminateInstances', 'eks:CreateCluster', 'eks:DeleteCluster'],
  ...['eks:DescribeCluster', 'eks:ListClusters', 'iam:GetRole', 'iam:ListRoles', 's3:CreateBucket', 's3:GetObject'],
  ...['s3:ListBucket', 's3:PutObject', 'sns:Publish', 'sqs:SendMessage', 'kms:DescribeKey', 'kms:ListKeys'],
]

function partial(policy: number): string {
  const actions = Array.from({ length: 12 }, (_, i) => ACTIONS[(policy * 5 + i) % ACTIONS.length] as string).sort()
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: actions, Resource: '*' },
      { Effect: 'Allow', Action: ['ec2:DescribeInstances'], Resource: '*' },
    ],
  }
  return `---
partial_category: permissions
partial_name: ${policyName(policy)}
---

**Last Update**: April 20, 2023

\`\`\`json
${JSON.stringify(document, null, 2)}
\`\`\`
`
}

function policiesPage(page: number, policies: readonly number[]): string {
  const tabs = policies.map((policy) => {
    const name = policyName(policy)
    return `<TabItem label="${nameOf(policy)} Policy" value="${name}">\n\n<PartialsComponent category="permissions" name="${name}" />\n\n</TabItem>\n`
  })
  return `---
title: "Cloud permissions, part ${page + 1}"
description: "What the clouds must allow."
---

Attach these before the first cluster is made.

## Policies

<Tabs>

${tabs.join('\n')}
</Tabs>
`
}

function config(older: boolean): string {
  const versions = [
    { id: 'latest', root: 'latest', title: 'Latest' },
    ...(older ? [{ id: 'v1', root: 'v1', title: 'Version 1' }] : []),
  ]
  const settings = {
    name: 'harbour',
    versions,
    scopes: SCOPES.map((id) => ({ id, title: titleOf(id), pages: [`docs/roles/${id}/**`] })),
    site: {
      title: 'Harbour roles',
      url: 'https://example.com',
      editUrl: 'https://git.example.com/edit/{path}#L{line}',
    },
  }
  return `export default ${JSON.stringify(settings, null, 2)}\n`
}
