/** The dataset as flat tables: each column declared once, for the rows and for the Table Schema beside them. */
import { accessSchema, type Dataset, effectSchema, type Grant, type Policy, type Role } from '../model/dataset.ts'
import type { CsvValue } from './csv-text.ts'

/** A field after https://datapackage.org/standard/table-schema/, and what stands in it. */
export interface Column<Row> {
  name: string
  type: 'string' | 'integer' | 'boolean' | 'array'
  description: string
  constraints?: { required?: true; unique?: true; minimum?: number; enum?: readonly string[]; pattern?: string }
  of(row: Row): CsvValue
}

export interface Table {
  /** Name of the file without its ending, and of the resource in the data package. */
  name: string
  title: string
  description: string
  columns: readonly Omit<Column<never>, 'of'>[]
  /** Absent where a table's rows are what pages write, which may be the same twice. */
  primaryKey?: readonly string[]
  foreignKeys?: readonly { field: string; table: string }[]
  /** Rows in the order of the dataset, values in the order of the columns. */
  rows(dataset: Dataset): CsvValue[][]
}

/** Gives the columns their type of row, and hides it from whoever writes the table. */
function defineTable<Row>(
  table: Omit<Table, 'rows' | 'columns'> & { columns: readonly Column<Row>[]; list(dataset: Dataset): Row[] },
): Table {
  const { list, columns, ...rest } = table
  return { ...rest, columns, rows: (dataset) => list(dataset).map((row) => columns.map((column) => column.of(row))) }
}

const required = { required: true } as const
const text = <Row>(name: string, description: string, of: (row: Row) => string | null): Column<Row> => ({
  ...{ name, type: 'string', description, of },
})
/** A text that is never empty. */
const key = <Row>(name: string, description: string, of: (row: Row) => string): Column<Row> => ({
  ...{ name, type: 'string', description, constraints: required, of },
})
const choice = <Row>(
  name: string,
  description: string,
  values: readonly string[],
  of: (row: Row) => string | null,
): Column<Row> => ({ name, type: 'string', description, constraints: { enum: values }, of })
const count = <Row>(name: string, description: string, of: (row: Row) => number): Column<Row> => ({
  ...{ name, type: 'integer', description, constraints: { ...required, minimum: 0 }, of },
})
const yes = <Row>(name: string, description: string, of: (row: Row) => boolean): Column<Row> => ({
  ...{ name, type: 'boolean', description, constraints: required, of },
})

/** Where a row was read. */
function place<Row>(source: (row: Row) => Grant['source']): Column<Row>[] {
  const number = (name: 'line' | 'column', description: string): Column<Row> => ({
    ...{ name, type: 'integer', description, constraints: { ...required, minimum: 1 } },
    of: (row) => source(row)[name],
  })
  return [
    key('path', 'File that it was read from', (row) => source(row).path),
    number('line', '1-based line'),
    number('column', '1-based column, in UTF-16 code units'),
  ]
}

/** What `roles` and `grants` say of a role alike. */
function roleColumns<Row>(role: (row: Row) => Role): Column<Row>[] {
  return [
    key('role_id', 'Id of the role: `scope/slug-of-name`', (row) => role(row).id),
    key('role_name', 'Its name as the documentation writes it', (row) => role(row).name),
    key('scope', 'Id of the scope that it applies in', (row) => role(row).scope),
    text('group', 'Section that it stands in', (row) => role(row).group),
    text('level', '`admin`, `editor`, `viewer`, or another level', (row) => role(row).level),
  ]
}

const withEffect = (role: Role, effect: Grant['effect']) => role.grants.filter((grant) => grant.effect === effect)

const roles = defineTable<Role>({
  name: 'roles',
  title: 'Roles',
  description: 'One row for each role: its scope, level and description, and how much it grants.',
  primaryKey: ['role_id'],
  columns: [
    ...roleColumns<Role>((role) => role),
    text('description', 'What the documentation says of it', (role) => role.description),
    {
      name: 'aliases',
      type: 'array',
      description: 'Other spellings of its name, as a JSON array',
      of: (role) => JSON.stringify(role.aliases),
    },
    count('permissions', 'Permissions that are granted or conditional', (role) => role.permissions.length),
    count('granted', 'Grants without a condition', (role) => withEffect(role, 'granted').length),
    count('conditional', 'Grants under a condition', (role) => withEffect(role, 'conditional').length),
    count('denied', 'Permissions that are refused in so many words', (role) => withEffect(role, 'denied').length),
    ...place<Role>((role) => role.source),
  ],
  list: (dataset) => dataset.roles,
})

interface GrantRow {
  role: Role
  grant: Grant
  permission: Dataset['permissions'][number] | undefined
}

const grants = defineTable<GrantRow>({
  name: 'grants',
  title: 'Grants',
  description: 'One row for each grant: role, permission, access, effect, and the line it was read from.',
  foreignKeys: [{ field: 'role_id', table: 'roles' }],
  columns: [
    ...roleColumns<GrantRow>(({ role }) => role),
    key('permission', 'Id of the permission', ({ grant }) => grant.permission),
    text(
      'resource',
      'Key of the resource, where the permission has one',
      ({ permission }) => permission?.resource ?? null,
    ),
    text('operation', 'Operation, where the permission has one', ({ permission }) => permission?.operation ?? null),
    choice('access', 'What the operation does', accessSchema.options, ({ permission }) => permission?.access ?? null),
    choice('effect', 'What the mark says', effectSchema.options, ({ grant }) => grant.effect),
    text('note', 'Text of a condition or a footnote', ({ grant }) => grant.note),
    ...place<GrantRow>(({ grant }) => grant.source),
  ],
  list(dataset) {
    const permissions = new Map(dataset.permissions.map((permission) => [permission.id, permission]))
    return dataset.roles.flatMap((role) =>
      role.grants.map((grant) => ({ role, grant, permission: permissions.get(grant.permission) })),
    )
  },
})

const policies = defineTable<Policy>({
  name: 'policies',
  title: 'Cloud policies',
  description: 'One row for each permission document of a cloud provider: what it is, and how much it allows.',
  primaryKey: ['policy_id'],
  columns: [
    key('policy_id', 'Id of the policy', (policy) => policy.id),
    text('title', 'Its title', (policy) => policy.title),
    key('provider', '`aws`, `azure`, `gcp`, `vsphere`, …', (policy) => policy.provider),
    key('kind', 'What it is for its provider: `iam-policy`, `role-definition`, …', (policy) => policy.kind),
    text('variant', 'Product version or edition that it is for', (policy) => policy.variant),
    count('statements', 'Statements that it has', (policy) => policy.statements.length),
    count('permissions', 'Distinct actions that it allows', (policy) => policy.permissions.length),
    yes('has_document', 'Whether it is a document that parses', (policy) => policy.document !== null),
    {
      ...text<Policy>('last_update', 'Date of its “Last Update” line', (policy) => policy.lastUpdate),
      constraints: { pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}' },
    },
    count('used_by', 'Places that include it', (policy) => policy.usedBy.length),
    ...place<Policy>((policy) => policy.source),
  ],
  list: (dataset) => dataset.policies,
})

const policyPermissions = defineTable<{ policy: Policy; action: string }>({
  name: 'policy-permissions',
  title: 'Actions of cloud policies',
  description: 'One row for each action that a cloud policy allows: which policies allow `ec2:RunInstances`.',
  primaryKey: ['policy_id', 'action'],
  foreignKeys: [{ field: 'policy_id', table: 'policies' }],
  columns: [
    key('policy_id', 'Id of the policy', ({ policy }) => policy.id),
    key('provider', '`aws`, `azure`, `gcp`, `vsphere`, …', ({ policy }) => policy.provider),
    key('action', 'Action, as the document writes it; may be a pattern', ({ action }) => action),
  ],
  list: (dataset) => dataset.policies.flatMap((policy) => policy.permissions.map((action) => ({ policy, action }))),
})

export const tables: readonly Table[] = [roles, grants, policies, policyPermissions]
