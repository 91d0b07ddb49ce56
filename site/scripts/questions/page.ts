/** What the pages of questions have in common: elements, the facts, the state in the address. */

import { groupBy } from '../../lib/collections.ts'
import { editAddress } from '../../lib/edit.ts'
import {
  decodeFacts,
  type FactsFile,
  partsFor,
  partsOf,
  type RoleTuple,
  type SiteFacts,
  type SitePermission,
  type SiteRole,
} from '../../lib/facts-file.ts'
import { UNSCOPED } from '../../lib/scopes.ts'

type Child = Node | string | null | false

/** An element. Text is always text: nothing here takes HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | null> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== null) made.setAttribute(name, value)
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== false))
  return made
}

/** The element that a page of questions must have. */
export function part<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector)
  if (!found) throw new Error(`The page has no ${selector}`)
  return found
}

/** Says it once, in the page's own status line. */
const NOT_LOADED = 'The data could not be loaded. Reload the page to try again.'

/** Fetches the grants that a question needs, where roles are too many to be sent at once. */
export class Grants {
  readonly #root: HTMLElement
  readonly #facts: SiteFacts
  readonly #loaded = new Map<number, Promise<void>>()
  readonly #done = new Set<number>()
  #turn = 0

  constructor(root: HTMLElement, facts: SiteFacts) {
    this.#root = root
    this.#facts = facts
  }

  /** Runs when all grants on these permissions are there: now, or later unless something else is asked meanwhile. */
  on(permissions: readonly string[], run: () => void): void {
    this.#when(partsFor(this.#facts, permissions), run)
  }

  /** The same for all grants of these roles. */
  of(roles: readonly SiteRole[], run: () => void): void {
    this.#when(partsOf(this.#facts, roles), run)
  }

  #when(parts: readonly number[], run: () => void): void {
    const turn = ++this.#turn
    const missing = parts.filter((part) => !this.#done.has(part))
    if (missing.length === 0) {
      run()
      return
    }
    const status = part(this.#root, '[role="status"].rb-status')
    status.textContent = 'Loading…'
    Promise.all(missing.map((one) => this.#load(one))).then(
      () => {
        if (turn === this.#turn) run()
      },
      () => {
        if (turn === this.#turn) status.textContent = NOT_LOADED
      },
    )
  }

  #load(position: number): Promise<void> {
    let loading = this.#loaded.get(position)
    if (!loading) {
      const url = (this.#root.dataset.facts ?? '').replace(/\.json$/, `/${position}.json`)
      loading = json<RoleTuple[]>(url).then((roles) => {
        this.#facts.parts?.add(position, roles)
        this.#done.add(position)
      })
      this.#loaded.set(position, loading)
      loading.catch(() => this.#loaded.delete(position))
    }
    return loading
  }
}

async function json<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return answer.json() as Promise<T>
}

/**
 * Loads the facts that an element names and runs the page on them. Where they can't be loaded, the page says so and stays
 * what it is without a script.
 */
export function withFacts(root: HTMLElement, run: (facts: SiteFacts, grants: Grants) => void): void {
  json<FactsFile>(root.dataset.facts ?? '')
    .then(decodeFacts)
    .then(
      (facts) => run(facts, new Grants(root, facts)),
      () => {
        part(root, '[role="status"]').textContent = NOT_LOADED
      },
    )
}

/** A value in a query, readable: commas, slashes, colons and stars stay. */
function plain(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(/%2C|%2F|%3A/g, decodeURIComponent)
}

/** The address of this page or another with a query; what is empty is left out. */
export function address(values: Record<string, string>, path = location.pathname): string {
  const pairs = Object.entries(values).flatMap(([key, value]) => (value === '' ? [] : `${key}=${plain(value)}`))
  return path + (pairs.length > 0 ? `?${pairs.join('&')}` : '')
}

/** Writes the state into the address: as a step to go back to, or in place of the last one. */
export function remember(values: Record<string, string>, how: 'push' | 'replace'): void {
  const next = address(values)
  if (next === location.pathname + location.search) return
  if (how === 'push') history.pushState(null, '', next)
  else history.replaceState(null, '', next)
}

/** A parameter of the address that lists values, by commas or by repetition. A value that `isWhole` is never parted. */
export function listed(name: string, isWhole: (value: string) => boolean = () => false): string[] {
  const values = new URLSearchParams(location.search)
    .getAll(name)
    .flatMap((value) => (isWhole(value) ? [value] : value.split(',')))
    .map((value) => value.trim())
  return [...new Set(values)].filter((value) => value !== '')
}

export function code(text: string): HTMLElement {
  return h('code', {}, text)
}

export function roleLink(role: SiteRole): HTMLElement {
  return role.url === null ? h('span', {}, role.name) : h('a', { href: role.url }, role.name)
}

/** A permission by its id; by its words, where it is an action that has them. */
export function permissionName(facts: SiteFacts, id: string): HTMLElement {
  const permission = facts.permissions.find((candidate) => candidate.id === id)
  return permission?.resource === null && permission.title !== null ? h('q', {}, permission.title) : code(id)
}

/** The same in a sentence that is text alone. */
export function quoted(facts: SiteFacts, id: string): string {
  const name = permissionName(facts, id)
  return name.localName === 'q' ? `“${name.textContent}”` : id
}

export function permissionLink(facts: SiteFacts, id: string): HTMLElement {
  const url = facts.permissions.find((permission) => permission.id === id)?.url
  const name = permissionName(facts, id)
  return url ? h('a', { href: url }, name) : name
}

/** A place in the source; a link where the site knows where it can be edited. */
export function place(facts: SiteFacts, { path, line }: { path: string; line: number }): HTMLElement {
  const shown = h('code', { class: 'rb-source' }, path, h('span', {}, `:${line}`))
  const href = editAddress(facts.edit, { path, line })
  return href === null ? shown : h('a', { class: 'rb-edit', href, rel: 'noopener' }, shown)
}

export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c`, with each name once. */
export function sentence(texts: readonly string[]): string {
  const all = [...new Set(texts)]
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

/** Whether the documentation names a scope for any role. */
export function isScoped(facts: SiteFacts): boolean {
  return facts.scopes.some(({ id }) => id !== UNSCOPED)
}

export function scopeTitle(facts: SiteFacts, id: string): string {
  return facts.scopes.find((scope) => scope.id === id)?.title ?? id
}

/** A box that says what the page could not do with what it was asked, and what would do. */
export function notice(...children: Child[]): HTMLElement {
  return h('p', { class: 'rb-notice' }, ...children)
}

/** A table in the box that scrolls it sideways. */
export function table(label: string, head: Child[], bodies: Node[], className = ''): HTMLElement {
  const columns = head.map((child) => h('th', { scope: 'col' }, child))
  return h(
    'div',
    { class: 'rb-scroll', role: 'region', 'aria-label': label, tabindex: '0' },
    h(
      'table',
      { class: `rb-table ${className}`.trim() },
      h('caption', { class: 'sr-only' }, label),
      h('thead', {}, h('tr', {}, ...columns)),
      ...bodies,
    ),
  )
}

/** Permissions by resource, then those that are on none by the heading that they stand below. */
export function grouped(
  permissions: readonly SitePermission[],
): { key: string | null; title: string; permissions: SitePermission[] }[] {
  const place = ({ resource, heading }: SitePermission) => (resource === null ? `\n${heading ?? ''}` : resource)
  return [...groupBy(permissions, place)]
    .map(([key, list]) => {
      const { resource = null, heading = null } = list[0] ?? {}
      return { key: resource, title: resource === null ? (heading ?? 'Other actions') : key, permissions: list }
    })
    .sort((a, b) => Number(a.key === null) - Number(b.key === null))
}

/** What a permission is called below its resource or its heading. */
export function shortName({ operation, title, id }: SitePermission): string {
  return operation ?? title ?? id
}

/** Permission ids by resource, in the order of the facts. */
export function byResource(
  facts: SiteFacts,
  ids: readonly string[],
): [title: string, key: string | null, ids: string[]][] {
  const wanted = new Set(ids)
  const known = facts.permissions.filter((permission) => wanted.has(permission.id))
  const unknown = [...wanted].filter((id) => !known.some((permission) => permission.id === id))
  const rows = grouped(known).map(({ title, key, permissions }): [string, string | null, string[]] => {
    const resource = facts.resources.find((candidate) => candidate.id === key)
    return [resource?.title ?? title, key, permissions.map(({ id }) => id)]
  })
  return unknown.length > 0 ? [...rows, ['Other', null, unknown]] : rows
}

/** Permissions as short lines: a resource, and its operations as links. */
export function permissionLines(facts: SiteFacts, ids: readonly string[]): HTMLElement {
  const lines = byResource(facts, ids).map(([title, key, list]) => {
    const items = list.flatMap((id, i) => {
      const permission = facts.permissions.find((candidate) => candidate.id === id)
      const label = permission ? shortName(permission) : id
      const link = permission?.url ? h('a', { href: permission.url }, label) : h('span', {}, label)
      return i === 0 ? [link] : [', ', link]
    })
    return h('div', {}, h('dt', {}, title), h('dd', { class: key === null ? 'rb-words' : null }, ...items))
  })
  return h('dl', { class: 'rb-groups rb-lines' }, ...lines)
}
