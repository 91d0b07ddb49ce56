/** From what somebody types to ids: permissions with wildcards, roles by id or name. */
import { byText, type Facts, type RoleFacts } from './facts.ts'
import { nearest } from './near.ts'
import { matches } from './pattern.ts'

/**
 * The permissions that a text names, in order of id: an id (`cluster.delete`), or a pattern in which `*` stands for
 * anything (`cluster.*`, `*.delete`, `*`). Without regard to case, but an id that is spelt exactly so is taken alone. A
 * resource may be written by its title or an alias. A pattern names patterns among the ids only where it names nothing
 * else. Empty where there is none.
 */
export function permissionsLike(facts: Facts, text: string): string[] {
  const typed = text.trim()
  const ids = facts.permissions.map(({ id }) => id)
  if (!typed.includes('*') && ids.includes(typed)) return [typed]
  const pattern = canonical(facts, typed).toLowerCase()
  const fitting = ids.filter((id) => matches(pattern, id.toLowerCase()))
  const plain = fitting.filter((id) => !id.includes('*'))
  return [...new Set(plain.length > 0 ? plain : fitting)].sort(byText)
}

/** The permission id that a text which names none was most likely meant to be, or `null`. */
export function permissionMeant(facts: Facts, text: string): string | null {
  const pattern = canonical(facts, text.trim())
  const ids = facts.permissions.map(({ id }) => id)
  if (!pattern.includes('*')) return nearest(pattern, ids)
  const resources = facts.permissions.flatMap(({ resource }) => resource ?? [])
  const operations = facts.permissions.flatMap(({ operation }) => operation ?? [])
  const dot = pattern.lastIndexOf('.')
  if (dot === -1) return null
  const [left, right] = [pattern.slice(0, dot), pattern.slice(dot + 1)]
  if (right === '*') return withMeant(nearest(left, resources), (resource) => `${resource}.*`)
  return left === '*' ? withMeant(nearest(right, operations), (operation) => `*.${operation}`) : null
}

function withMeant(meant: string | null, pattern: (meant: string) => string): string | null {
  return meant === null ? null : pattern(meant)
}

/** What a text that is the name of a resource or of an operation, and no more, most likely stands for: all that it has. */
export function allNamed(facts: Facts, text: string): { of: 'resource' | 'operation'; pattern: string } | null {
  const resource = resourceNamed(facts, text)
  if (resource !== null) return { of: 'resource', pattern: `${resource}.*` }
  const wanted = text.trim().toLowerCase()
  const operation = facts.permissions.find((permission) => permission.operation?.toLowerCase() === wanted)?.operation
  return operation ? { of: 'operation', pattern: `*.${operation}` } : null
}

/** The key of the resource that a text names by its key, title or an alias, without regard to case; else `null`. */
function resourceNamed(facts: Facts, text: string): string | null {
  const wanted = text.trim().toLowerCase()
  const named = (facts.resources ?? []).find(({ id, title, aliases = [] }) =>
    [id, ...(title === undefined ? [] : [title]), ...aliases].some((name) => name.toLowerCase() === wanted),
  )
  return named !== undefined && facts.permissions.some(({ resource }) => resource === named.id) ? named.id : null
}

/** The text with its resource's own key, where it is written by its title or an alias. */
function canonical(facts: Facts, text: string): string {
  const dot = text.lastIndexOf('.')
  if (dot === -1) return text
  const written = text.slice(0, dot).toLowerCase()
  const resources = facts.resources ?? []
  if (resources.some(({ id }) => id.toLowerCase() === written)) return text
  const named = resources.find(({ title, aliases = [] }) =>
    [...(title === undefined ? [] : [title]), ...aliases].some((name) => name.toLowerCase() === written),
  )
  return named ? named.id + text.slice(dot) : text
}

/**
 * The roles that a text names, in the order of the facts: by id, else by id without the scope, else by name or alias
 * without regard to case. Several where roles of several scopes have the name; none where it names none.
 */
export function rolesLike<Role extends RoleFacts>(facts: Facts<Role>, text: string, scope?: string): Role[] {
  const roles = scope === undefined ? facts.roles : facts.roles.filter((role) => role.scope === scope)
  const exact = roles.filter((role) => role.id === text)
  if (exact.length > 0) return exact
  const wanted = text.trim().toLowerCase()
  const slug = (id: string) => id.slice(id.indexOf('/') + 1).toLowerCase()
  const bySlug = roles.filter((role) => role.id.toLowerCase() === wanted || slug(role.id) === wanted)
  if (bySlug.length > 0) return bySlug
  return roles.filter((role) => [role.name, ...(role.aliases ?? [])].some((name) => name.toLowerCase() === wanted))
}

/** The role that a text which names none was most likely meant to be, or `null`. */
export function roleMeant<Role extends RoleFacts>(facts: Facts<Role>, text: string): Role | null {
  const spellings = new Map<string, Role>()
  for (const role of [...facts.roles].reverse()) {
    for (const name of [...(role.aliases ?? []), role.name, role.id.slice(role.id.indexOf('/') + 1), role.id])
      spellings.set(name, role)
  }
  const meant = nearest(text, spellings.keys())
  return meant === null ? null : (spellings.get(meant) ?? null)
}
