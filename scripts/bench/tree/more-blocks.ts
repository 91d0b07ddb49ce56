/** Blocks of permission pages: roles and permissions in words, and what clouds write otherwise than in documents of their own. */
import { type Making, table } from './making.ts'

const VERBS = ['Create', 'Delete', 'Move', 'Rename', 'View']

function deeds(making: Making): string[] {
  return VERBS.map((verb, i) => `${verb} ${making.name(60 + i).toLowerCase()} lists`)
}

export function roleList({ words }: Making): string {
  const items = ['Owner', 'Maintainer', 'Guest'].map(
    (role) => `- **${role}**: for the ${words.thing()} of a ${words.thing()}`,
  )
  return `## Roles of Members\n\n${items.join('\n')}`
}

export function actionRoles(making: Making): string {
  const rows = deeds(making).map((deed, i) => [deed, ['Owner', 'Maintainer', 'Guest'].slice(0, 1 + (i % 3)).join(', ')])
  return `## Who May Do What\n\n${table(['Action', 'Allowed roles'], rows)}`
}

export function actionList(making: Making): string {
  const items = deeds(making).map((deed) => `- Can ${deed.toLowerCase()}.`)
  return `## Roles for ${making.name(66)} Lists\n\n### ${making.name(66)} Maintainer\n\n${items.join('\n')}`
}

export function permissionWords(making: Making): string {
  const rows = deeds(making).map((deed) => [deed, `Lets a member do so in each ${making.words.thing()}`])
  return `## ${making.name(70)} Permissions\n\n${table(['Permission', 'Description'], rows)}`
}

export function privilegeWords(making: Making): string {
  const lists = { Datastore: ['Allocate space', 'Browse datastore'], Network: ['Assign network', 'Move network'] }
  const parts = Object.entries(lists).map(([category, names]) => {
    return `### ${category}\n\n${names.map((name) => `- ${name}`).join('\n')}`
  })
  return `## vSphere Privileges of ${making.name(71)}\n\n${parts.join('\n\n')}`
}

export function ramPolicy(making: Making): string {
  const statement = { Effect: 'Allow', Action: ['ecs:RunInstances', 'ecs:DeleteInstance'], Resource: '*' }
  const document = { Version: '1', Statement: [statement] }
  return `## ${making.name(72)} RAM Policy\n\n\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\``
}

/** A statement that is to be added to a policy. */
export function statementAlone(making: Making): string {
  const bucket = making.name(85).toLowerCase()
  const statement = { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::${bucket}/*` }
  return `## ${making.name(85)} in a Bucket\n\n\`\`\`json\n${JSON.stringify(statement, null, 2)}\n\`\`\``
}

export function serverless(making: Making): string {
  const statement = [
    '- Effect: Allow',
    '  Action: [s3:GetObject, s3:ListBucket]',
    `  Resource: "arn:aws:s3:::${making.name(86).toLowerCase()}*"`,
  ]
  const lines = [
    'provider:',
    '  name: aws',
    '  iam:',
    '    role:',
    '      statements:',
    ...statement.map((line) => `        ${line}`),
  ]
  return `## ${making.name(86)} as a Service\n\n\`\`\`yaml\n${lines.join('\n')}\n\`\`\``
}

function statements(making: Making, from: number): string[] {
  return ['instance-family', 'virtual-network-family', 'volume-family'].map(
    (type, i) =>
      `Allow group ${making.name(from + i)} to manage ${type} in compartment ${making.name(from).toLowerCase()}`,
  )
}

export function oracleStatements(making: Making): string {
  return `## Policies of ${making.name(73)}\n\n\`\`\`text\n${statements(making, 73).join('\n')}\n\`\`\``
}

export function oracleList(making: Making): string {
  const items = statements(making, 76).map((statement) => `- \`${statement}\``)
  return `## Policies for ${making.name(76)}\n\n${items.join('\n')}`
}

export function oracleTable(making: Making): string {
  const rows = statements(making, 79).map((statement) => [`\`${statement}\``, `For each ${making.words.thing()}`])
  return `## Policies at ${making.name(79)}\n\n${table(['Policy statement', 'Used for'], rows)}`
}

export function roleCommand(making: Making): string {
  return `## ${making.name(82)} on Proxmox\n\n\`\`\`shell\npveum role add ${making.name(82)} -privs "VM.Audit VM.Clone VM.Config.CPU"\n\`\`\``
}

export function sqlGrants(making: Making): string {
  const name = making.name(84).toLowerCase()
  return `## Privileges of ${making.name(84)}\n\n\`\`\`sql\nGRANT SELECT, INSERT ON ${name}.* TO reader;\nGRANT USAGE ON SCHEMA ${name} TO reader;\n\`\`\``
}

export function kubectl(making: Making): string {
  const name = making.name(83).toLowerCase()
  return `## ${making.name(83)} in the Cluster\n\n\`\`\`shell\nkubectl create role ${name} --verb=get,list --resource=pods,deployments.apps\n\`\`\``
}
