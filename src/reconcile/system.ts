/** The built-in roles and the permissions of a running system: from what its API answers, and to and from a file. */
import * as z from 'zod'
import { compareText } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import { issueText } from '../settings/issue.ts'

export interface SystemRole {
  uid: string
  name: string
  scope: string
  /** Another scope that the role says it is of, where it names two. */
  otherScope: string | null
  /** Sorted and unique; one may be a pattern, such as `cluster.*`. */
  permissions: string[]
}

export interface System {
  /** Where it was read: an address. */
  origin: string
  /** Built-in roles, in order of scope, name and uid. */
  roles: SystemRole[]
  /** How many roles of other types there were. */
  others: number
  /** What may be granted, by scope, sorted and unique; `null` for a scope that was asked for and is not known. */
  permissions: Map<string, string[] | null>
}

const strings = z
  .array(z.string())
  .nullable()
  .transform((list) => unique(list ?? []))

/** Only what is compared; whatever else an item holds is left aside. */
const roleItem = z.object({
  metadata: z.object({
    name: z.string().min(1),
    uid: z.string().min(1),
    annotations: z.object({ scope: z.string().optional() }).nullish(),
  }),
  spec: z.object({ permissions: strings, scope: z.string().optional(), type: z.string().min(1) }),
})
/** Of a role that is not built in nothing matters but that. */
const otherItem = z.object({
  metadata: z.object({ uid: z.string().min(1) }),
  spec: z.object({ type: z.string().min(1) }),
})
const permissionItem = z.object({ name: z.string(), permissions: strings, scope: z.string().optional() })

/** What can be made of what was read, or in one line why nothing can. */
export type Made<T> = { value: T } | { problem: string }

/** @param builtInType the `spec.type` of roles that come with the product */
export function systemRoles(items: readonly unknown[], builtInType: string): Made<Pick<System, 'roles' | 'others'>> {
  const roles: SystemRole[] = []
  const uids = new Set<string>()
  for (const [index, item] of items.entries()) {
    const head = otherItem.safeParse(item)
    if (!head.success) return { problem: `role ${index + 1} has another shape than expected: ${issueText(head.error)}` }
    const { uid } = head.data.metadata
    if (uids.has(uid)) {
      return {
        problem: `role ${index + 1} was listed before (uid ${uid}): the pages overlap, or the roles changed meanwhile`,
      }
    }
    uids.add(uid)
    if (head.data.spec.type !== builtInType) continue
    const whole = roleItem.safeParse(item)
    if (!whole.success)
      return { problem: `role ${index + 1} has another shape than expected: ${issueText(whole.error)}` }
    const { metadata, spec } = whole.data
    const [scope, noted] = [spec.scope || null, metadata.annotations?.scope || null]
    if (scope === null && noted === null) return { problem: `role ${index + 1} (${metadata.name}) says no scope` }
    roles.push({
      uid,
      name: metadata.name,
      scope: (scope ?? noted) as string,
      otherScope: scope !== null && noted !== scope ? noted : null,
      permissions: spec.permissions,
    })
  }
  if (roles.length === 0) {
    const all = items.length === 0 ? 'there is none at all' : `of ${items.length} none has it`
    return { problem: `no role of type \`${builtInType}\`: ${all}` }
  }
  return { value: { roles: roles.sort(byPlace), others: items.length - roles.length } }
}

/** What may be granted in a scope. Items of another scope, as of a server that lists all of them, are left out. */
export function systemPermissions(items: readonly unknown[], scope: string): Made<string[]> {
  const found: string[] = []
  for (const [index, item] of items.entries()) {
    const read = permissionItem.safeParse(item)
    if (!read.success)
      return { problem: `permission ${index + 1} has another shape than expected: ${issueText(read.error)}` }
    if ((read.data.scope || scope) === scope) addAll(found, read.data.permissions)
  }
  return { value: unique(found) }
}

const dumpSchema = z.strictObject({
  format: z.literal('rolebook-system'),
  formatVersion: z.literal(1),
  origin: z.string(),
  roles: z
    .array(
      z.strictObject({
        uid: z.string().min(1),
        name: z.string().min(1),
        scope: z.string().min(1),
        otherScope: z.string().nullable(),
        permissions: z.array(z.string()).transform(unique),
      }),
    )
    .min(1),
  others: z.int().min(0),
  permissions: z.array(
    z.strictObject({ scope: z.string(), permissions: z.array(z.string()).transform(unique).nullable() }),
  ),
})

/** A system as JSON can hold it: all of it, in an order that depends on nothing else. */
export function toDump(system: System): unknown {
  const permissions = [...system.permissions].sort(([a], [b]) => compareText(a, b))
  return {
    format: 'rolebook-system',
    formatVersion: 1,
    origin: system.origin,
    roles: system.roles.map(({ uid, name, scope, otherScope, permissions }) => ({
      uid,
      name,
      scope,
      otherScope,
      permissions,
    })),
    others: system.others,
    permissions: permissions.map(([scope, list]) => ({ scope, permissions: list })),
  }
}

/** A system from what `toDump` made of it; says where it is no such thing. */
export function fromDump(value: unknown): Made<System> {
  const read = dumpSchema.safeParse(value)
  if (!read.success) return { problem: issueText(read.error) }
  const { origin, roles, others, permissions } = read.data
  const uids = new Set(roles.map(({ uid }) => uid))
  const scopes = new Map(permissions.map(({ scope, permissions }) => [scope, permissions]))
  if (uids.size < roles.length) return { problem: 'two of its roles have one uid' }
  if (scopes.size < permissions.length) return { problem: 'it lists the permissions of a scope twice' }
  return { value: { origin, roles: roles.sort(byPlace), others, permissions: scopes } }
}

function byPlace(a: SystemRole, b: SystemRole): number {
  return compareText(a.scope, b.scope) || compareText(a.name, b.name) || compareText(a.uid, b.uid)
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)].sort(compareText)
}
