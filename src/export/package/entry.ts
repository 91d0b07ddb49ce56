/** The entry module of a version in the data package, its types, and the module that holds its data. */
import type { Dataset } from '../../model/dataset.ts'
import { ID_TYPES, type IdType, idsOf } from './ids.ts'
import { literal } from './literal.ts'
import { datasetTypes } from './types.ts'

/**
 * The data as a module. Importing JSON itself warns in Node 20, asks bundlers for a plugin, and TypeScript for a setting; a
 * module works in all of them. `JSON.parse` of a literal is read faster than an object literal, and keeps a key such as
 * `__proto__` a key.
 */
export function dataModule(dataset: Dataset): string {
  return `export default /* @__PURE__ */ JSON.parse(${literal(JSON.stringify(dataset))})\n`
}

const NAMES = ['can', 'why', 'whoCan', 'permissionsOf', 'compare', 'smallest']

/** @param root path from the module's folder to the package's: empty or `../` */
export function entryModule(root: string): string {
  const [data, query] = ['./dataset.js', `${root || './'}query/index.js`]
  return `import dataset from '${data}'
import { questions } from '${query}'

const asked = /* @__PURE__ */ questions(dataset)

export { dataset }
export const { ${NAMES.join(', ')} } = asked
`
}

const DOCS: Record<IdType, string> = {
  RoleId: 'Ids of the roles.',
  PermissionId: 'Ids of the permissions.',
  ScopeId: 'Ids of the scopes.',
  ResourceKey: 'Resource keys.',
  OperationId: 'Ids of the operations.',
  PolicyId: 'Ids of the cloud policies.',
}

/** The type declarations of the data package's entry: ids as unions, the dataset, and the questions. */
export function entryTypes(dataset: Dataset): string {
  const ids = idsOf(dataset)
  const unions = ID_TYPES.map((type) => `/** ${DOCS[type]} */\nexport type ${type} =${union(ids.get(type) ?? [])}\n`)
  return [...unions, datasetTypes(), QUESTIONS].join('\n')
}

function union(ids: readonly string[]): string {
  if (ids.length === 0) return ' never'
  return ids.map((id) => `\n  | ${literal(id)}`).join('')
}

/** What `query/questions.ts` answers, with the ids of this dataset. A test compiles one against the other. */
const QUESTIONS = `/** A pattern of permissions, in which each \`*\` stands for anything: \`cluster.*\`, \`*.delete\`. */
export type PermissionPattern = \`\${string}*\${string}\`

/** What the documentation says of a role and a permission. */
export interface Answer {
  /** Granted, or granted under a condition. */
  allowed: boolean
  /** \`null\` where the documentation says nothing, which allows nothing. */
  effect: Effect | null
  /** The grants that say so. */
  grants: Grant[]
}

export interface Holder {
  role: Role
  /** Those of the permissions asked for that it holds, in order. */
  held: PermissionId[]
  /** Those of \`held\` that it holds under a condition. */
  conditional: PermissionId[]
  /** Whether it holds all that was asked for. */
  all: boolean
  /** How many permissions it holds in all. */
  size: number
}

export interface Comparison {
  /** Every permission that one of the roles holds or is denied, in order of id. */
  permissions: {
    permission: PermissionId
    /** For each role, in the order given; \`null\` where nothing is said. */
    effects: (Effect | null)[]
    /** Whether the roles differ in it. */
    differs: boolean
  }[]
  /** For each role, how many permissions it holds, and how many of them no other of the roles holds. */
  counts: { held: number; alone: number }[]
  /** How many permissions all the roles hold. */
  common: number
}

export interface Enough {
  /** In order of id. */
  roles: Role[]
  /** What they hold beyond what was asked for. */
  excess: PermissionId[]
  /** What was asked for and is held under a condition only. */
  conditional: PermissionId[]
}

export declare const dataset: Dataset

/**
 * Whether a role holds a permission. Held under a condition counts as held: \`why\` says so, and gives the condition.
 * @throws RangeError for an id that the dataset does not have
 */
export declare function can(role: RoleId, permission: PermissionId): boolean

/**
 * What the documentation says of a role and a permission, and where.
 * @throws RangeError for an id that the dataset does not have
 */
export declare function why(role: RoleId, permission: PermissionId): Answer

/**
 * The roles that hold a permission, or one of those that a pattern names: those that hold more of them first, then the
 * smaller role before the larger.
 * @throws RangeError for an id that the dataset does not have, or a pattern that names nothing
 */
export declare function whoCan(permission: PermissionId | PermissionPattern, options?: { scope?: ScopeId | undefined }): Holder[]

/**
 * All that a role holds, in order of id.
 * @throws RangeError for an id that the dataset does not have
 */
export declare function permissionsOf(role: RoleId): PermissionId[]

/**
 * Roles side by side, permission by permission.
 * @throws RangeError for an id that the dataset does not have
 */
export declare function compare(...roles: RoleId[]): Comparison

/**
 * The roles that together hold all the permissions with the least excess; \`null\` where none do. At most \`most\` of them are
 * combined: 1 by default.
 * @throws RangeError for an id that the dataset does not have
 */
export declare function smallest(
  permissions: readonly (PermissionId | PermissionPattern)[],
  options?: { scope?: ScopeId | undefined; most?: 1 | 2 | 3 | undefined },
): Enough | null
`
