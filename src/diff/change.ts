/**
 * What a change is. Every change names the thing before and after: what is new has no before, what is gone has no after.
 * So a change read backwards is the same change with its sides exchanged (`mirrored`), and a test holds that.
 */
import * as z from 'zod'
import { effectSchema, sourceSchema } from '../model/dataset.ts'

/** In the order in which changes are listed. */
export const SUBJECTS = [
  'role',
  'policy',
  'catalogue',
  'resource',
  'permission',
  'mapping',
  'operation',
  'scope',
] as const

/**
 * In the order in which the changes of one thing are listed.
 *
 * - `widened`, `narrowed`: more or less can be done with it (a role, a policy), is offered by it (a catalogue), or is needed
 *   less or more for it (a mapping)
 * - `conditional`: the same under other conditions
 * - `renamed`: it has another id, and is the same thing by what it holds and how it is called
 * - `text`: names, descriptions, groups, dates, how an operation is classed; nobody can do more or less
 */
export const KINDS = ['widened', 'narrowed', 'conditional', 'added', 'removed', 'renamed', 'text'] as const

/** The largest first. */
export const SEVERITIES = ['major', 'minor', 'patch'] as const

const thingSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    source: sourceSchema
      .nullable()
      .describe('Null for what stands in no one place: a permission, an operation, a scope'),
  })
  .meta({ id: 'changedThing', description: 'One side of a change' })

const standingSchema = z
  .strictObject({ effect: effectSchema, note: z.string().nullable() })
  .nullable()
  .meta({ id: 'standing', description: 'What a role is said to hold of a permission; null where nothing is said' })

const grantChangeSchema = z
  .strictObject({ permission: z.string(), before: standingSchema, after: standingSchema })
  .meta({ id: 'grantChange' })

const actionChangeSchema = z
  .strictObject({
    action: z.string(),
    by: z
      .enum(['action', 'resource', 'condition'])
      .describe('Whether it is allowed at all, on what, or under which condition'),
  })
  .meta({ id: 'actionChange', description: 'An action of a policy, and what about it changed' })

const fieldChangeSchema = z
  .strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })
  .meta({ id: 'fieldChange' })

const side = thingSchema.nullable()
const severity = z.enum(SEVERITIES)

/** The fields that every change has. */
function of<const S extends string, const K extends ChangeKind>(subject: S, ...kinds: K[]) {
  return { subject: z.literal(subject), kind: z.enum(kinds), severity, before: side, after: side }
}

const similarity = z.number().min(0).max(1).describe('How much of what it holds stayed')
const fields = z.array(fieldChangeSchema).describe('In order of name')
const permissions = z.array(z.string()).describe('What was added or is gone, in order')
const grants = z.array(grantChangeSchema).describe('In order of permission')
const actions = z.array(actionChangeSchema).describe('In order of action')
const demand = z.array(z.array(z.string())).describe('All of these, of each inner list one')

const roleChangeSchema = z.union([
  z.strictObject({ ...of('role', 'added', 'removed', 'widened', 'narrowed', 'conditional'), grants }),
  z.strictObject({ ...of('role', 'renamed'), similarity }),
  z.strictObject({ ...of('role', 'text'), fields }),
])
const policyChangeSchema = z.union([
  z.strictObject({ ...of('policy', 'added', 'removed', 'widened', 'narrowed', 'conditional'), actions }),
  z.strictObject({ ...of('policy', 'renamed'), similarity }),
  z.strictObject({ ...of('policy', 'text'), fields }),
])
const catalogueChangeSchema = z.union([
  z.strictObject({ ...of('catalogue', 'added', 'removed', 'widened', 'narrowed'), permissions }),
  z.strictObject({ ...of('catalogue', 'renamed'), similarity }),
  z.strictObject({ ...of('catalogue', 'text'), fields }),
])
const resourceChangeSchema = z.union([
  z.strictObject(of('resource', 'added', 'removed')),
  z.strictObject({ ...of('resource', 'renamed'), similarity }),
  z.strictObject({ ...of('resource', 'text'), fields }),
])
const permissionChangeSchema = z.union([
  z.strictObject(of('permission', 'added', 'removed')),
  z.strictObject({ ...of('permission', 'renamed'), similarity }),
  z.strictObject({ ...of('permission', 'text'), fields }),
])
const mappingChangeSchema = z.union([
  z.strictObject({
    ...of('mapping', 'added', 'removed', 'widened', 'narrowed', 'conditional'),
    requires: z.strictObject({ before: demand, after: demand }),
  }),
  z.strictObject({ ...of('mapping', 'text'), fields }),
])
const operationChangeSchema = z.union([
  z.strictObject(of('operation', 'added', 'removed')),
  z.strictObject({ ...of('operation', 'text'), fields }),
])
const scopeChangeSchema = z.union([
  z.strictObject(of('scope', 'added', 'removed')),
  z.strictObject({ ...of('scope', 'text'), fields }),
])

export const changeSchema = z
  .union([
    roleChangeSchema,
    policyChangeSchema,
    catalogueChangeSchema,
    resourceChangeSchema,
    permissionChangeSchema,
    mappingChangeSchema,
    operationChangeSchema,
    scopeChangeSchema,
  ])
  .meta({ id: 'change', description: 'What is new has no `before`, what is gone has no `after`' })

export type ChangeKind = (typeof KINDS)[number]

/** What a version number owes those who build on the data: an id is gone or holds less; there is more; words alone. */
export type ChangeSeverity = (typeof SEVERITIES)[number]

export type Thing = z.infer<typeof thingSchema>
export type Standing = NonNullable<z.infer<typeof standingSchema>>
export type GrantChange = z.infer<typeof grantChangeSchema>
export type ActionChange = z.infer<typeof actionChangeSchema>
export type FieldChange = z.infer<typeof fieldChangeSchema>

export type RoleChange = z.infer<typeof roleChangeSchema>
export type PolicyChange = z.infer<typeof policyChangeSchema>
export type CatalogueChange = z.infer<typeof catalogueChangeSchema>

export type Change = z.infer<typeof changeSchema>
export type Subject = (typeof SUBJECTS)[number]

/** The severity of every change of a kind: it follows from the kind alone. */
export function severityOf(kind: ChangeKind): ChangeSeverity {
  switch (kind) {
    case 'removed':
    case 'renamed':
    case 'narrowed':
      return 'major'
    case 'added':
    case 'widened':
    case 'conditional':
      return 'minor'
    case 'text':
      return 'patch'
  }
}

const BACKWARDS: Record<ChangeKind, ChangeKind> = {
  added: 'removed',
  removed: 'added',
  widened: 'narrowed',
  narrowed: 'widened',
  renamed: 'renamed',
  conditional: 'conditional',
  text: 'text',
}

/** The same change read from the newer side. */
export function mirrored(change: Change): Change {
  const kind = BACKWARDS[change.kind]
  const turned: Record<string, unknown> = { ...change, ...exchanged(change), kind, severity: severityOf(kind) }
  if ('grants' in change) turned.grants = change.grants.map((grant) => ({ ...grant, ...exchanged(grant) }))
  if ('fields' in change) turned.fields = change.fields.map((field) => ({ ...field, ...exchanged(field) }))
  if ('requires' in change) turned.requires = exchanged(change.requires)
  return turned as unknown as Change
}

function exchanged<T>({ before, after }: { before: T; after: T }): { before: T; after: T } {
  return { before: after, after: before }
}
