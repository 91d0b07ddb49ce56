/**
 * What the search box matches by name: every role, resource, permission, policy and cloud action of a version, and the
 * rules. Full text is Pagefind's; this list is what makes an exact id the first hit, and `cluster.*` or `*.delete` work at all.
 */
import type { Site } from './dataset.ts'
import type { Version } from './version.ts'
import { count, kindTitle, providerTitle } from './words.ts'

/** Kind, name, URL, what stands beside it, other names to match. A tuple, as there are thousands. */
export type SearchEntry = [kind: SearchKind, name: string, url: string, detail: string, also?: string[]]
export type SearchKind = 'role' | 'resource' | 'permission' | 'policy' | 'action' | 'rule' | 'page'

export function searchIndex(site: Site, version: Version): SearchEntry[] {
  const { links, data } = version
  const entries: SearchEntry[] = []
  const add = (kind: SearchKind, name: string, url: string | null, detail: string, also: string[] = []) => {
    if (!url) return
    const others = [...new Set(also)].filter((other) => other !== name)
    entries.push(others.length > 0 ? [kind, name, url, detail, others] : [kind, name, url, detail])
  }
  for (const scope of version.scopes) {
    for (const role of scope.roles) {
      const detail = `${scope.title} role, ${count(role.permissions.length, 'permission')}`
      add('role', role.name, links.role(role.id), detail, [...role.aliases, role.id])
    }
  }
  for (const resource of data.resources) {
    const detail = `Resource, ${count(resource.operations.length, 'operation')}`
    add('resource', resource.title, links.resource(resource.id), detail, [resource.id, ...resource.aliases])
  }
  for (const permission of version.ownPermissions) {
    const holders = new Set(
      (version.grantsOf.get(permission.id) ?? [])
        .filter((held) => held.grant.effect !== 'denied')
        .map((held) => held.role.id),
    )
    const also = permission.title ? [permission.title] : []
    const url = links.permission(permission.id) ?? roleWith(version, permission.id)
    add('permission', permission.id, url, `${permission.access}, ${count(holders.size, 'role')}`, also)
  }
  for (const policy of data.policies) {
    const detail = `${providerTitle(policy.provider)} ${kindTitle(policy.kind)}, ${policy.permissions.length}`
    add('policy', policy.title, links.policy(policy.id), detail, [policy.id])
  }
  for (const [action, policies] of version.policiesAllowing) {
    add('action', action, links.action(action), `in ${count(policies.length, 'policy', 'policies')}`)
  }
  for (const page of version.pages) add('page', page.title, links.doc(page.slug), 'Documentation page')
  for (const rule of site.rules) add('rule', rule.id, links.rule(rule.id), rule.summary)
  return entries
}

function roleWith(version: Version, permission: string): string | null {
  const holder = version.grantsOf.get(permission)?.[0]
  return holder ? version.links.role(holder.role.id) : null
}
