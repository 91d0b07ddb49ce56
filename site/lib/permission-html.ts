/**
 * Lists of permissions as HTML. The page of a role holds dozens of them with hundreds of links, more than all else on it:
 * as components they took a third of the time that pages take.
 */
import { groupBy } from './collections.ts'
import type { Version } from './version.ts'
import { escapeHtml } from './words.ts'

/** Permission ids by resource, each a link: folded where there are more than `open`. */
export function permissionList(version: Version, ids: readonly string[], label: string, open: number): string {
  if (ids.length === 0) return ''
  const groups = groupBy(ids, (id) => version.permissionById.get(id)?.resource ?? '')
  const items = [...groups].map(([resource, list]) => {
    const of = resource === '' ? '' : `<span class="rb-permissions-of">${escapeHtml(resource)}</span>`
    return `<li>${of}${list.map((id) => permissionLink(version, id)).join('')}</li>`
  })
  const [box, title] = ids.length > open ? ['details', 'summary'] : ['div', 'p']
  return `<${box} class="rb-permissions"><${title}>${escapeHtml(label)}</${title}><ul>${items.join('')}</ul></${box}>`
}

const known = new WeakMap<Version, Map<string, string>>()

/** A permission as it stands under its resource. */
function permissionLink(version: Version, id: string): string {
  let links = known.get(version)
  if (!links) {
    links = new Map()
    known.set(version, links)
  }
  let made = links.get(id)
  if (made === undefined) {
    const permission = version.permissionById.get(id)
    const text = escapeHtml((permission?.resource ? permission.operation : permission?.title) ?? id)
    const href = version.links.permission(id)
    made = href === null ? `<span>${text}</span>` : `<a href="${escapeHtml(href)}">${text}</a>`
    links.set(id, made)
  }
  return made
}
