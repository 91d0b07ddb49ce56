/**
 * The published dataset: the one declaration of its shape. Types are inferred from it, the JSON Schema (2020-12) that
 * is published beside the data is generated from it, and every export is checked against that schema.
 */
import { z } from 'zod'

export const SCHEMA_VERSION = '1.0.0'

const text = (description: string) => z.string().describe(description)

export const sourceSchema = z
  .strictObject({
    path: text('Path of the file, relative to the project, with forward slashes'),
    line: z.int().min(1).describe('1-based line'),
    column: z.int().min(1).describe('1-based column, in UTF-16 code units'),
    via: z
      .array(z.strictObject({ path: z.string(), line: z.int().min(1), column: z.int().min(1) }))
      .optional()
      .describe('For a fact that stands in a partial: the inclusion through which it was read, outermost first'),
  })
  .meta({ id: 'source', description: 'The place that a fact was read from' })

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
  .strictObject({ id: text('Id of the operation, such as `create`'), access: accessSchema })
  .meta({ id: 'operation', description: 'A verb on a resource' })

const resourceSchema = z
  .strictObject({
    id: text('The canonical resource key, such as `clusterProfile`'),
    title: text('Its name for readers'),
    description: z.string().nullable().describe('What the catalogue says of it'),
    aliases: z.array(z.string()).describe('Other spellings of the key or the name'),
    scopes: z.array(z.string()).describe('Scopes in which the catalogue offers it; empty where no catalogue names it'),
    operations: z.array(z.string()).describe('Operations that are listed for it or granted on it'),
    source: sourceSchema,
  })
  .meta({ id: 'resource', description: 'A kind of thing that operations act on' })

const permissionSchema = z
  .strictObject({
    id: text('`resource.operation`, or an id made from the row label where rows are actions'),
    resource: z.string().nullable().describe('Resource key, where the permission has one'),
    operation: z.string().nullable().describe('Operation, where the permission has one'),
    access: accessSchema,
    title: z.string().optional().describe('The label as written, where rows are actions'),
    description: z.string().optional().describe('What the table says of the action, where it does'),
  })
  .meta({ id: 'permission', description: 'An operation on a resource' })

const grantSchema = z
  .strictObject({
    permission: text('Id of the permission'),
    effect: effectSchema,
    note: z.string().nullable().describe("A condition's or footnote's text"),
    source: sourceSchema,
  })
  .meta({ id: 'grant', description: 'One mark or bullet: what it says of one permission' })

const roleSchema = z
  .strictObject({
    id: text('`scope/slug-of-name`'),
    name: text('The name as the block that grants writes it'),
    aliases: z.array(z.string()).describe('Other spellings of the name on the page'),
    scope: text('Id of the scope'),
    group: z.string().nullable().describe('The section that the role stands in'),
    level: z.string().nullable().describe('`admin`, `editor`, `viewer`, or another level of the vocabulary'),
    description: z.string().nullable(),
    permissions: z.array(z.string()).describe('Ids that are granted or conditional, sorted'),
    grants: z.array(grantSchema),
    source: sourceSchema,
  })
  .meta({ id: 'role', description: 'A named set of grants in a scope' })

const catalogueSchema = z
  .strictObject({
    id: text('`scope/slug-of-title`'),
    title: z.string(),
    scope: z.string(),
    permissions: z.array(z.string()),
    source: sourceSchema,
  })
  .meta({ id: 'catalogue', description: 'A list of the permissions that exist or may be used; no role' })

const mappingSchema = z
  .strictObject({
    id: text('The role that asks, as written'),
    description: z.string().nullable(),
    restrictions: z.array(z.string()),
    requires: z.array(z.array(z.string())).describe('All of these, of each inner list one'),
    source: sourceSchema,
  })
  .meta({ id: 'mapping', description: 'A role of one system that asks for roles of another' })

const statementSchema = z
  .strictObject({
    sid: z.string().nullable(),
    effect: z.enum(['Allow', 'Deny']),
    actions: z.array(z.string()),
    notActions: z.array(z.string()),
    resources: z.array(z.string()),
    conditions: z.json().describe('The condition as the document writes it, or null'),
    source: sourceSchema,
  })
  .meta({ id: 'statement', description: 'One statement of a policy' })

const policySchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    provider: text('`aws`, `azure`, `gcp`, `vsphere`, `cloudstack`, …'),
    kind: z.enum(['iam-policy', 'role-definition', 'custom-role', 'privilege-list', 'api-list']),
    variant: z.string().nullable().describe('The product version or edition that the policy is for'),
    permissions: z.array(z.string()).describe('All distinct actions that are allowed, sorted'),
    statements: z.array(statementSchema),
    document: z.json().describe('The parsed document; null where there is none or where it does not parse'),
    lastUpdate: z.string().nullable().describe('ISO date of the “Last Update” line'),
    usedBy: z.array(sourceSchema).describe('Where it is included'),
    source: sourceSchema,
  })
  .meta({ id: 'policy', description: "A cloud provider's permission document" })

export const datasetSchema = z
  .strictObject({
    $schema: z.string(),
    schemaVersion: z.literal(SCHEMA_VERSION),
    name: text('Name of the documentation set'),
    version: text('Version of the documentation'),
    sources: z.array(sourceFileSchema),
    scopes: z.array(scopeSchema),
    operations: z.array(operationSchema),
    resources: z.array(resourceSchema),
    permissions: z.array(permissionSchema),
    roles: z.array(roleSchema),
    catalogues: z.array(catalogueSchema),
    mappings: z.array(mappingSchema),
    policies: z.array(policySchema),
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
