/** The ids of a dataset, by the name of their type in the data package. */
import { compareText } from '../../diagnostic.ts'
import type { Dataset } from '../../model/dataset.ts'

/** Types of ids, and the fields that hold one or a list of them, by the name of the schema's definition. */
const FIELDS = {
  RoleId: ['role.id'],
  PermissionId: ['permission.id', 'role.permissions', 'grant.permission', 'catalogue.permissions'],
  ScopeId: ['scope.id', 'role.scope', 'resource.scopes', 'catalogue.scope'],
  ResourceKey: ['resource.id', 'permission.resource'],
  OperationId: ['operation.id', 'permission.operation', 'resource.operations'],
  PolicyId: ['policy.id'],
} as const

export type IdType = keyof typeof FIELDS

export const ID_TYPES = Object.keys(FIELDS) as IdType[]

const TYPES = new Map(ID_TYPES.flatMap((type) => FIELDS[type].map((field): [string, IdType] => [field, type])))

/** The type of the ids in a field (`role.scope`); `null` for a field that holds none. */
export function idTypeOf(field: string): IdType | null {
  return TYPES.get(field) ?? null
}

/** Every id of each type that stands anywhere in the dataset, in order. */
export function idsOf(dataset: Dataset): Map<IdType, string[]> {
  const { roles, permissions, scopes, resources, operations, catalogues, policies } = dataset
  const ids: Record<IdType, (string | null)[]> = {
    RoleId: roles.map(({ id }) => id),
    PermissionId: permissions.map(({ id }) => id),
    ScopeId: [
      ...scopes.map(({ id }) => id),
      ...[...roles, ...catalogues].map(({ scope }) => scope),
      ...resources.flatMap((resource) => resource.scopes),
    ],
    ResourceKey: [...resources.map(({ id }) => id), ...permissions.map(({ resource }) => resource)],
    OperationId: [
      ...operations.map(({ id }) => id),
      ...permissions.map(({ operation }) => operation),
      ...resources.flatMap((resource) => resource.operations),
    ],
    PolicyId: policies.map(({ id }) => id),
  }
  return new Map(ID_TYPES.map((type) => [type, [...new Set(ids[type].filter((id) => id !== null))].sort(compareText)]))
}
