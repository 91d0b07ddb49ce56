/**
 * What each file of the static API holds: the one declaration, from which the builder has its types and the OpenAPI
 * description its schemas. Entities stand in it as the dataset has them.
 *
 * Every `url` is relative to the file that it stands in (RFC 3986), so the API works under any address and from a disk.
 */
import * as z from 'zod'
import { changeSchema } from '../../diff/change.ts'
import { accessSchema, datasetSchema, SCHEMA_VERSION } from '../../model/dataset.ts'

const { roles, resources, permissions, policies } = datasetSchema.shape
const text = (description: string) => z.string().describe(description)
const orNull = (description: string) => z.string().nullable().describe(description)
const count = (description: string) => z.int().min(0).describe(description)

const docsVersion = text('Id of the version of the documentation')

/** What leads to a file of the API. */
const link = {
  id: text('Id in the dataset'),
  slug: text('Name of its file, without the ending'),
  url: text('Address of its file, relative to this one'),
}
/** What tells whether a file is the one that was meant. */
const checked = { bytes: count('Size of the file'), sha256: text('SHA-256 of the file, in hexadecimal digits') }

const countsSchema = z
  .strictObject({
    roles: count('Roles'),
    grants: count('Grants of all roles'),
    permissions: count('Permissions'),
    resources: count('Resources'),
    policies: count('Cloud policies'),
  })
  .meta({ id: 'counts', description: 'How much a version holds' })

const endpointSchema = z
  .strictObject({
    url: text('Relative address; in one with `{slug}`, a slug of the list takes its place'),
    summary: text('What it answers'),
    list: orNull('Relative address of the list that has the slugs; null for an address without `{slug}`'),
  })
  .meta({ id: 'endpoint', description: 'A kind of file' })

const indexSchema = z
  .strictObject({
    api: z.literal('v1').describe('Version of the API: what is said here of a file stays true within it'),
    name: text('Name of the documentation set'),
    title: text('Its name for readers'),
    docsVersion,
    schemaVersion: z.literal(SCHEMA_VERSION).describe('Version of the shape of the entities'),
    dataVersion: text('Version of the data package'),
    openapi: text('Relative address of the OpenAPI description'),
    dataset: text('Relative address of the whole dataset'),
    counts: countsSchema.describe('How much this version holds'),
    endpoints: z.array(endpointSchema).describe('All kinds of files of this version'),
    versions: z
      .array(
        z.strictObject({
          id: text('Id of the version'),
          title: text('Its name for readers'),
          current: z.boolean().describe('Whether it is the current one'),
          url: text('Relative address of its index'),
        }),
      )
      .describe('All versions of the documentation, the current one first'),
    files: z
      .array(z.strictObject({ url: text('Relative address of the file'), ...checked }))
      .describe(
        'The lists, which hold sizes and hashes of the files that they lead to; and the indexes of other versions',
      ),
  })
  .meta({ id: 'index', description: 'Where everything is, how much there is, and hashes to check it by' })

const roleSummary = z
  .strictObject({
    ...link,
    name: text('Name of the role'),
    scope: text('Id of its scope'),
    group: orNull('The section that it stands in'),
    level: orNull('`admin`, `editor`, `viewer`, or another level'),
    description: orNull('What the pages say of it'),
    permissions: count('How many permissions it is granted, patterns counted as one'),
    ...checked,
  })
  .meta({ id: 'roleSummary', description: 'A role in the list' })

const resourceSummary = z
  .strictObject({
    ...link,
    title: text('Its name for readers'),
    description: orNull('What the catalogue says of it'),
    permissions: count('How many permissions there are on it'),
    roles: count('How many roles hold one of them'),
    ...checked,
  })
  .meta({ id: 'resourceSummary', description: 'A resource in the list' })

const permissionSummary = z
  .strictObject({
    ...link,
    resource: orNull('Resource key'),
    operation: orNull('Operation'),
    access: accessSchema.describe('What it does'),
    title: orNull('The label as written, where rows are actions'),
    roles: count('How many roles hold it'),
    ...checked,
  })
  .meta({ id: 'permissionSummary', description: 'A permission in the list' })

const policySummary = z
  .strictObject({
    ...link,
    title: text('Its name for readers'),
    provider: text('`aws`, `azure`, `gcp`, …'),
    kind: text('What the document is to its provider'),
    variant: orNull('The product version or edition that it is for'),
    lastUpdate: orNull('ISO date of the “Last Update” line'),
    permissions: count('How many distinct actions it allows'),
    ...checked,
  })
  .meta({ id: 'policySummary', description: 'A cloud policy in the list' })

const roleLink = { id: link.id, url: link.url, name: text('Name of the role'), scope: text('Id of its scope') }

const holderSchema = z
  .strictObject({
    ...roleLink,
    effect: z.enum(['granted', 'conditional']).describe('Whether under a condition'),
    notes: z.array(z.string()).describe('The conditions, as written'),
  })
  .meta({
    id: 'holder',
    description: 'A role that holds a permission, itself or through a pattern, and is not denied it',
  })

const resourceHolderSchema = z
  .strictObject({
    ...roleLink,
    granted: z.array(z.string()).describe('Ids of permissions on the resource that it holds'),
    conditional: z.array(z.string()).describe('Those that it holds under a condition'),
  })
  .meta({ id: 'resourceHolder', description: 'A role that holds permissions on a resource' })

export const shapes = {
  index: indexSchema,
  roles: z
    .strictObject({ docsVersion, roles: z.array(roleSummary).describe('In order of id') })
    .meta({ id: 'roles', description: 'All roles' }),
  role: z
    .strictObject({ docsVersion, role: roles.element.describe('The role, as the dataset has it') })
    .meta({ id: 'roleFile', description: 'A role and everything that is said of it' }),
  resources: z
    .strictObject({ docsVersion, resources: z.array(resourceSummary).describe('In order of id') })
    .meta({ id: 'resources', description: 'All resources' }),
  resource: z
    .strictObject({
      docsVersion,
      resource: resources.element.describe('The resource, as the dataset has it'),
      permissions: z
        .array(
          z.strictObject({ ...link, operation: orNull('Operation'), access: accessSchema.describe('What it does') }),
        )
        .describe('Permissions on it, in order of id'),
      roles: z.array(resourceHolderSchema).describe('Roles that hold one of them, in order of id'),
    })
    .meta({ id: 'resourceFile', description: 'A resource, and who holds what on it' }),
  permissions: z
    .strictObject({ docsVersion, permissions: z.array(permissionSummary).describe('In order of id') })
    .meta({ id: 'permissions', description: 'All permissions' }),
  permission: z
    .strictObject({
      docsVersion,
      permission: permissions.element.describe('The permission, as the dataset has it'),
      roles: z.array(holderSchema).describe('Roles that hold it, in order of id'),
    })
    .meta({ id: 'permissionFile', description: 'A permission, and who can' }),
  policies: z
    .strictObject({ docsVersion, policies: z.array(policySummary).describe('In order of id') })
    .meta({ id: 'policies', description: 'All cloud policies' }),
  policy: z
    .strictObject({ docsVersion, policy: policies.element.describe('The policy, as the dataset has it') })
    .meta({ id: 'policyFile', description: 'A cloud policy with its statements and its document' }),
  changes: z
    .strictObject({
      docsVersion,
      steps: z
        .array(
          z.strictObject({
            from: text('Id of the older version'),
            to: text('Id of the newer version'),
            changes: z.array(changeSchema).describe('What changed'),
          }),
        )
        .describe('From each version to the one after it, the newest first; none later than this version'),
    })
    .meta({ id: 'changes', description: 'What each version changed' }),
}

export type Shape = keyof typeof shapes
export type File<S extends Shape> = z.infer<(typeof shapes)[S]>

export interface Endpoint {
  shape: Shape
  /** With `{slug}` in it for one file of each entity. */
  path: string
  summary: string
  /** The list that has the slugs. */
  list: Shape | null
}

export const ENDPOINTS: readonly Endpoint[] = [
  { shape: 'index', path: 'index.json', summary: 'Where everything is, counts, and hashes', list: null },
  { shape: 'roles', path: 'roles.json', summary: 'All roles', list: null },
  { shape: 'role', path: 'roles/{slug}.json', summary: 'A role with every grant and its place', list: 'roles' },
  { shape: 'resources', path: 'resources.json', summary: 'All resources', list: null },
  { shape: 'resource', path: 'resources/{slug}.json', summary: 'Who holds what on a resource', list: 'resources' },
  { shape: 'permissions', path: 'permissions.json', summary: 'All permissions', list: null },
  { shape: 'permission', path: 'permissions/{slug}.json', summary: 'Who can', list: 'permissions' },
  { shape: 'policies', path: 'policies.json', summary: 'All cloud policies', list: null },
  { shape: 'policy', path: 'policies/{slug}.json', summary: 'A cloud policy and its document', list: 'policies' },
  { shape: 'changes', path: 'changes.json', summary: 'What each version changed', list: null },
]
