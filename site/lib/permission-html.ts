/**
 * Lists of permissions as HTML. The page of a role holds dozens of them with hundreds of links, more than all else on it:
 * as components they took a third of the time that pages take.
 */
import { groupKey } from './actions.ts'
import { groupBy } from './collections.ts'
import type { Version } from './version.ts'
import { escapeHtml, number } from './words.ts'

/** So many stand in one list; the page has several, and each role its own. */
const MOST = 100

/** Permission ids by resource, each a link: folded where there are more than `open`. */
export function permissionList(version: Version, ids: readonly string[], label: string, open: number): string {
  if (ids.length === 0) return ''
  const shown = ids.length > MOST ? ids.slice(0, MOST) : ids
  const groups = groupBy(shown, (id) => version.permissionById.get(id)?.resource ?? `\n${groupKey(id)}`)
  const headings = new Map(version.actionGroups.map(({ key, title }) => [`\n${key}`, title]))
  const items = [...groups].map(([place, list]) => {
    const isHeading = place.startsWith('\n')
    const of = isHeading ? (headings.size > 1 ? (headings.get(place) ?? '') : '') : place
    const said = of === '' ? '' : `<span class="rb-permissions-of">${escapeHtml(of)}</span>`
    return `<li${isHeading ? ' class="rb-words"' : ''}>${said}${list.map((id) => permissionLink(version, id)).join('')}</li>`
  })
  if (shown.length < ids.length) items.push(`<li class="rb-quiet">and ${number(ids.length - shown.length)} more</li>`)
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
