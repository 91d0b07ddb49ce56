/**
 * The published dataset: the one declaration of its shape. Types are inferred from it, the JSON Schema (2020-12) that
 * is published beside the data is generated from it, and every export is checked against that schema.
 */
import * as z from 'zod'
import { SCHEMA_VERSION } from './schema-version.ts'

export { SCHEMA_VERSION }

/** Any JSON value. */
const json = z.json()

const text = (description: string) => z.string().describe(description)
const orNull = (description: string) => z.string().nullable().describe(description)
const texts = (description: string) => z.array(z.string()).describe(description)

const place = {
  path: text('Path of the file, relative to the project, with forward slashes'),
  line: z.int().min(1).describe('1-based line'),
  column: z.int().min(1).describe('1-based column, in UTF-16 code units'),
}

export const sourceSchema = z
  .strictObject({
    ...place,
    via: z
      .array(z.strictObject(place))
      .optional()
      .describe('For a fact that stands in a partial: the inclusion through which it was read, outermost first'),
  })
  .meta({ id: 'source', description: 'The place that a fact was read from' })

const source = (description: string) => sourceSchema.describe(description)

export const accessSchema = z
  .enum(['read', 'write', 'admin'])
  .meta({ id: 'access', description: 'What an operation does to its resource' })

export const effectSchema = z
  .enum(['granted', 'denied', 'conditional'])
  .meta({ id: 'effect', description: 'What a mark says: given, refused, or given under a condition (see `note`)' })

const sourceFileSchema = z
  .strictObject({ path: text('Path relative to the project'), sha256: text('SHA-256 of the file, hexadecimal') })
  .meta({ id: 'sourceFile', description: 'A file that the dataset was read from' })

const scopeSchema = z
  .strictObject({ id: text('Id of the scope, such as `project`'), title: text('Its name for readers') })
  .meta({ id: 'scope', description: 'Where a role applies' })

const operationSchema = z
  .strictObject({
    id: text('Id of the operation, such as `create`'),
    access: accessSchema.describe('What it does to a resource'),
  })
  .meta({ id: 'operation', description: 'A verb on a resource' })

const resourceSchema = z
  .strictObject({
    id: text('The canonical resource key, such as `clusterProfile`'),
    title: text('Its name for readers'),
    description: orNull('What the catalogue says of it'),
    aliases: texts('Other spellings of the key or the name'),
    scopes: texts('Scopes in which the catalogue offers it; empty where no catalogue names it'),
    operations: texts('Operations that are listed for it or granted on it'),
    source: source('Where it was read'),
  })
  .meta({ id: 'resource', description: 'A kind of thing that operations act on' })

const permissionSchema = z
  .strictObject({
    id: text('`resource.operation`, or an id made from the row label where rows are actions'),
    resource: orNull('Resource key, where the permission has one'),
    operation: orNull('Operation, where the permission has one'),
    access: accessSchema.describe('What the operation does to the resource'),
    title: z.string().optional().describe('The label as written, where rows are actions'),
    description: z.string().optional().describe('What the table says of the action, where it does'),
  })
  .meta({ id: 'permission', description: 'An operation on a resource' })

const grantSchema = z
  .strictObject({
    permission: text('Id of the permission'),
    effect: effectSchema.describe('What the mark says'),
    note: orNull("A condition's or footnote's text, or the sentence that takes the permission over from another role"),
    source: source('The mark or bullet, or that sentence'),
  })
  .meta({ id: 'grant', description: 'One mark or bullet: what it says of one permission' })

const roleSchema = z
  .strictObject({
    id: text('`scope/slug-of-name`'),
    name: text('The name as the block that grants writes it'),
    aliases: texts('Other spellings of the name on the page'),
    scope: text('Id of the scope'),
    group: orNull('The section that the role stands in'),
    level: orNull('`admin`, `editor`, `viewer`, or another level of the vocabulary'),
    description: orNull('What the pages say of the role'),
    permissions: texts('Ids that are granted or conditional, sorted'),
    grants: z
      .array(grantSchema)
      .describe(
        'Every mark and bullet of the role, denials included, and what a sentence says that it has of another role',
      ),
    source: source('The block that grants'),
  })
  .meta({ id: 'role', description: 'A named set of grants in a scope' })

const catalogueSchema = z
  .strictObject({
    id: text('`scope/slug-of-title`'),
    title: text('The heading or panel that it stands under'),
    scope: text('Id of the scope'),
    permissions: texts('Ids of the permissions that it lists, sorted'),
    source: source('The list or table'),
  })
  .meta({ id: 'catalogue', description: 'A list of the permissions that exist or may be used; no role' })

const mappingSchema = z
  .strictObject({
    id: text('The role that asks, as written; after the names around it where several ask otherwise under its name'),
    description: orNull('What the table says of the role'),
    restrictions: texts('What the role may not do, as written'),
    requires: z.array(z.array(z.string())).describe('Names of roles: all of these, of each inner list one'),
    source: source('The row'),
  })
  .meta({ id: 'mapping', description: 'A role of one system that asks for roles of another' })

export const statementEffectSchema = z.enum(['Allow', 'Deny'])

const statementSchema = z
  .strictObject({
    sid: orNull('Its own id in the document'),
    effect: statementEffectSchema.describe('Whether it allows or denies'),
    actions: texts('Actions that it names, patterns as written'),
    notActions: texts('Actions that it leaves out: it is about all others'),
    resources: texts('Resources that it is about, as written; empty where it names none, as with `NotResource`'),
    conditions: json.describe('The condition as the document writes it, or null'),
    principals: z
      .array(
        z.strictObject({
          type: text('`AWS`, `Service`, `Federated`, …'),
          name: text('Its name as written; `*` for anybody'),
        }),
      )
      .optional()
      .describe('Whom it is for, where it names somebody: a statement of a trust policy, or of a resource’s policy'),
    source: source('The statement in the document'),
  })
  .meta({ id: 'statement', description: 'One statement of a policy' })

const policySchema = z
  .strictObject({
    id: text('Made from the name of the partial or the heading'),
    title: text('Its name for readers'),
    provider: text('`aws`, `azure`, `gcp`, `vsphere`, `cloudstack`, …'),
    kind: z
      .enum(['iam-policy', 'role-definition', 'custom-role', 'privilege-list', 'api-list'])
      .describe('What the document is to its provider'),
    variant: orNull('The product version or edition that the policy is for'),
    permissions: texts('All distinct actions that are allowed, sorted'),
    statements: z.array(statementSchema).describe('Its statements, in order of the document'),
    document: json.describe('The parsed document; null where there is none or where it does not parse'),
    lastUpdate: orNull('ISO date of the “Last Update” line'),
    usedBy: z.array(sourceSchema).describe('Where it is included'),
    source: source('The document, list or table'),
  })
  .meta({ id: 'policy', description: "A cloud provider's permission document" })

export const datasetSchema = z
  .strictObject({
    $schema: text('Address of the JSON Schema of this file'),
    schemaVersion: z.literal(SCHEMA_VERSION).describe('Version of the shape of this file (semantic versioning)'),
    name: text('Name of the documentation set'),
    version: text('Version of the documentation'),
    sources: z.array(sourceFileSchema).describe('Files that the facts were read from, in order of path'),
    scopes: z.array(scopeSchema).describe('Scopes, in order of id'),
    operations: z.array(operationSchema).describe('Operations, in order of id'),
    resources: z.array(resourceSchema).describe('Resources, in order of id'),
    permissions: z.array(permissionSchema).describe('Permissions that a role or a catalogue names, in order of id'),
    roles: z.array(roleSchema).describe('Roles, in order of id'),
    catalogues: z.array(catalogueSchema).describe('Catalogues, in order of id'),
    mappings: z.array(mappingSchema).describe('Mappings, in order of id'),
    policies: z.array(policySchema).describe('Cloud policies, in order of id'),
  })
  .meta({
    title: 'Rolebook dataset',
    description: 'Who may do what, read from documentation, every fact with its line',
  })

export type Dataset = z.infer<typeof datasetSchema>
export type Source = z.infer<typeof sourceSchema>
export type Access = z.infer<typeof accessSchema>
export type Effect = z.infer<typeof effectSchema>
export type Role = z.infer<typeof roleSchema>
export type Grant = z.infer<typeof grantSchema>
export type Resource = z.infer<typeof resourceSchema>
export type Permission = z.infer<typeof permissionSchema>
export type Catalogue = z.infer<typeof catalogueSchema>
export type Mapping = z.infer<typeof mappingSchema>
export type Policy = z.infer<typeof policySchema>
export type Statement = z.infer<typeof statementSchema>

/** The JSON Schema (2020-12) of the dataset, as published beside it. */
export function datasetJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(datasetSchema, { target: 'draft-2020-12' }) as Record<string, unknown>
}
