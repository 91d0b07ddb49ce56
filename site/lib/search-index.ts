/**
 * What the search box matches by name: every role, resource, permission, policy and cloud action of a version, and the
 * rules. Full text is Pagefind's; this list is what makes an exact id the first hit, and `cluster.*` or `*.delete` work at all.
 */

import { groupKey } from './actions.ts'
import type { Site } from './dataset.ts'
import { amountOf } from './gathered.ts'
import { hasAccess } from './heat.ts'
import { familiesOf } from './policy-families.ts'
import { policyName } from './policy-names.ts'
import { MOST_WHOLE, type ShardedNames, shardNames } from './search-shards.ts'
import type { Version } from './version.ts'
import { count, permissionsTitle, policyKind, policyWords, roleKind } from './words.ts'

/**
 * Kind, name, URL, what stands beside it, other names to match, and its scopes and providers (`scope:project`), parted by
 * spaces. A tuple, as there are thousands.
 */
export type SearchEntry = [
  kind: SearchKind,
  name: string,
  url: string,
  detail: string,
  also?: string[],
  facets?: string,
]
export type SearchKind = 'role' | 'resource' | 'permission' | 'policy' | 'action' | 'rule' | 'page'

type Add = (
  kind: SearchKind,
  name: string,
  url: string | null,
  detail: string,
  also?: string[],
  facets?: string[],
) => void

const known = new WeakMap<Version, { index: SearchEntry[] | ShardedNames; files: SearchEntry[][] }>()

/** What is served at the address of the index, and beside it where the list is sent in parts. */
export function searchFiles(
  site: Site,
  version: Version,
): { index: SearchEntry[] | ShardedNames; files: SearchEntry[][] } {
  let made = known.get(version)
  if (!made) {
    const entries = searchIndex(site, version)
    made = entries.length > MOST_WHOLE ? shardNames(entries) : { index: entries, files: [] }
    known.set(version, made)
  }
  return made
}

export function searchIndex(site: Site, version: Version): SearchEntry[] {
  const { links, data } = version
  const entries: SearchEntry[] = []
  const add: Add = (kind, name, url, detail, also = [], facets = []) => {
    if (!url) return
    const others = [...new Set(also)].filter((other) => other !== name)
    const entry: SearchEntry = [kind, name, url, detail]
    if (others.length > 0 || facets.length > 0) entry.push(others)
    if (facets.length > 0) entry.push([...new Set(facets)].join(' '))
    entries.push(entry)
  }
  for (const scope of version.scopes) {
    for (const role of scope.roles) {
      const detail = `${roleKind(version, scope.id)}, ${count(role.permissions.length, 'permission')}`
      add('role', role.name, links.role(role.id), detail, [...role.aliases, role.id], [`scope:${role.scope}`])
    }
  }
  for (const resource of data.resources) {
    const detail = `Resource, ${count(resource.operations.length, 'operation')}`
    const scopes = resource.scopes.map((scope) => `scope:${scope}`)
    add('resource', resource.title, links.resource(resource.id), detail, [resource.id, ...resource.aliases], scopes)
  }
  const headings = new Map(version.actionGroups.map(({ key, title }) => [key, title]))
  for (const permission of version.ownPermissions) {
    const held = (version.grantsOf.get(permission.id) ?? []).filter(({ grant }) => grant.effect !== 'denied')
    const holders = new Set(held.map(({ role }) => role.id))
    const scopes = held.map(({ role }) => `scope:${role.scope}`)
    const url = links.permission(permission.id) ?? roleWith(version, permission.id)
    const said = `${permission.access}, ${count(holders.size, 'role')}`
    const { id, title } = permission
    // An action in words is found and shown by its words.
    if (permission.resource === null && title !== undefined)
      add('permission', title, url, `${headings.get(groupKey(id)) ?? 'Permission'}, ${said}`, [id], scopes)
    else add('permission', id, url, said, title ? [title] : [], scopes)
  }
  for (const policy of data.policies) {
    const detail = `${policyKind(policy)}, ${amountOf(policy)}`
    add(
      'policy',
      policyName(version, policy),
      links.policy(policy.id),
      detail,
      [policy.id],
      [`provider:${policy.provider}`],
    )
  }
  for (const [action, policies] of version.policiesAllowing) {
    const providers = policies.map((policy) => `provider:${policy.provider}`)
    add('action', action, links.action(action), `in ${count(policies.length, 'policy', 'policies')}`, [], providers)
  }
  for (const mapping of data.mappings) {
    const page = version.pages.find(({ path }) => path === mapping.source.path)
    const detail = `Asks for ${mapping.requires.map((roles) => roles.join(' or ')).join(', and ')}`
    add('page', mapping.id, page ? links.doc(page.slug) : null, detail)
  }
  for (const [name, url, detail, also] of toolsOf(site, version)) add('page', name, url, detail, also)
  for (const page of version.pages) add('page', page.title, links.doc(page.slug), 'Documentation page')
  for (const rule of site.rules) add('rule', rule.id, links.rule(rule.id), rule.summary)
  return entries
}

function roleWith(version: Version, permission: string): string | null {
  const holder = version.grantsOf.get(permission)?.[0]
  return holder ? version.links.role(holder.role.id) : null
}

type Tool = [name: string, url: string, detail: string, also?: string[]]

/** Pages that answer questions, by their titles and by what people call them. */
function toolsOf({ roleTemplates, versions }: Site, version: Version): Tool[] {
  const { links, data } = version
  const words = policyWords(version)
  const when = (has: boolean, tool: Tool): Tool[] => (has ? [tool] : [])
  const written = roleTemplates.map(({ title }) => `Custom role as ${title}`)
  return [
    ...when(data.roles.length > 0, ['Who can…?', links.whoCan, 'The roles that may do something', ['Which roles']]),
    ...when(data.roles.length > 1, [
      'Compare roles',
      links.compare,
      'Roles side by side',
      ['Difference between roles'],
    ]),
    ...when(data.roles.length > 0, [
      'Smallest role',
      links.smallest,
      'The smallest role that is enough, or a custom one',
      ['Least privilege', ...written],
    ]),
    ...when(hasAccess(version), [
      'Access at a glance',
      links.access,
      'What roles may do, as a matrix',
      ['Matrix of roles'],
    ]),
    ...when(data.roles.length > 0, [
      'Roles',
      links.rolesIndex,
      version.isScoped ? 'All roles, by scope' : 'All roles, with what they may do',
    ]),
    ...when(data.resources.length > 0, ['Resources', links.resourcesIndex, 'All resources, with their operations']),
    ...when(version.actionGroups.length > 0, [
      permissionsTitle(version),
      links.permissionsIndex,
      'Permissions of no resource, and the roles that have them',
      ['All actions'],
    ]),
    ...when(data.policies.length > 0, [words.title, links.policiesIndex, `All ${words.many}, with what they allow`]),
    ...when(data.policies.length > 0, [
      words.actionsTitle,
      links.actionsIndex,
      `All actions, and the ${words.many} that allow them`,
    ]),
    ...when(familiesOf(version).offered.length > 0, [
      'Policy builder',
      links.policyBuilder,
      `${words.title}, merged into one`,
      ['Merge policies'],
    ]),
    ...when(versions.length > 1, ['Changes', links.changes, 'What changed from version to version', ['What is new']]),
    ['Findings', links.quality, 'What the checks found', ['Quality of the documentation']],
    ['Rules', links.rulesIndex, 'All checks, each with examples'],
    [
      'Downloads',
      links.downloads,
      'The data behind these pages',
      ['Data as JSON', 'Data as CSV', 'Data API', 'npm package', 'SQLite database', 'Schema of the data'],
    ],
  ]
}
