/** Roles side by side: what each may do, by resource, with only the differences by choice. */

import { type ComparedPermission, type Comparison, compare } from '../../../src/query/compare.ts'
import type { Effect } from '../../../src/query/facts.ts'
import { roleMeant, rolesLike } from '../../../src/query/resolve.ts'
import { can } from '../../../src/query/who-can.ts'
import type { SiteFacts, SiteRole } from '../../lib/facts-file.ts'
import {
  address,
  byResource,
  code,
  count,
  type Grants,
  h,
  isScoped,
  listed,
  notice,
  part,
  permissionName,
  remember,
  roleLink,
  scopeTitle,
  shortName,
  withFacts,
} from './page.ts'

const MOST = 6
/** How many roles a field offers at once. */
const OFFERED = 40
const GLYPHS = { granted: '✓', conditional: '◐', denied: '✕', none: '·' } as const
const WORDS = { granted: 'granted', conditional: 'conditional', denied: 'denied', none: 'not granted' } as const

const root = document.querySelector<HTMLElement>('[data-rb-compare]')
if (root) withFacts(root, (facts, grants) => new ComparePage(root, facts, grants).start())

class ComparePage {
  readonly #facts: SiteFacts
  readonly #grants: Grants
  readonly #form: HTMLFormElement
  /** A field to type into, where roles are too many for a list. */
  readonly #add: HTMLSelectElement | HTMLInputElement
  readonly #only: HTMLInputElement
  readonly #chosen: HTMLElement
  readonly #status: HTMLElement
  readonly #answer: HTMLElement
  readonly #start: Node[]
  #roles: SiteRole[] = []
  #unknown: string[] = []

  constructor(root: HTMLElement, facts: SiteFacts, grants: Grants) {
    this.#facts = facts
    this.#grants = grants
    this.#form = part(root, 'form')
    this.#add = part(root, '[name="roles"]')
    this.#only = part(root, '[name="only"]')
    this.#chosen = part(root, '.rb-chosen')
    this.#status = part(root, '[role="status"]')
    this.#answer = part(root, '.rb-answer')
    this.#start = [...this.#answer.childNodes]
  }

  start() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      const typed = this.#add.value.trim()
      const role = this.#facts.roles.find(({ id }) => id === typed) ?? rolesLike(this.#facts, typed)[0]
      if (typed === '' || (role && this.#roles.includes(role))) return this.#add.focus()
      if (role) this.#roles.push(role)
      this.#unknown = role ? [] : [typed]
      this.#show('push')
      if (this.#roles.length < MOST) this.#add.focus()
    })
    if (this.#add instanceof HTMLInputElement) this.#add.addEventListener('input', () => this.#offer())
    this.#only.addEventListener('change', () => this.#show('push'))
    this.#chosen.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (button) this.#remove(button.value)
    })
    addEventListener('popstate', () => this.#read())
    this.#read()
  }

  /** Offers the roles whose names have what is typed. */
  #offer() {
    const typed = this.#add.value.trim().toLowerCase()
    const found = this.#facts.roles.filter(
      ({ id, name }) => name.toLowerCase().includes(typed) || id.toLowerCase().includes(typed),
    )
    part(this.#form, 'datalist').replaceChildren(
      ...found.slice(0, OFFERED).map((role) => {
        return h('option', { value: role.id, label: `${role.name}${this.#inScope(role.scope)}` })
      }),
    )
  }

  #read() {
    const isId = (value: string) => this.#facts.roles.some(({ id }) => id === value)
    const found = listed('roles', isId).map((text) => ({ text, roles: rolesLike(this.#facts, text) }))
    this.#roles = [...new Set(found.flatMap(({ roles }) => roles))].slice(0, MOST)
    this.#unknown = found.filter(({ roles }) => roles.length === 0).map(({ text }) => text)
    this.#only.checked = new URLSearchParams(location.search).get('only') === 'differences'
    this.#show('replace')
  }

  /** Takes a role away; the keyboard stays where it was, on the next one or on the list of roles to add. */
  #remove(id: string) {
    const at = this.#roles.findIndex((role) => role.id === id)
    this.#roles.splice(at, 1)
    this.#show('push')
    const buttons = this.#chosen.querySelectorAll('button')
    ;(buttons[Math.min(at, buttons.length - 1)] ?? this.#add).focus()
  }

  #show(how: 'push' | 'replace') {
    const roles = [...this.#roles]
    // A name in the address that is nobody's stays there until something is chosen, so that it can be mended.
    remember(
      {
        roles: [...roles.map(({ id }) => id), ...this.#unknown].join(','),
        only: this.#only.checked ? 'differences' : '',
      },
      how,
    )
    this.#chosen.replaceChildren(...roles.map((role) => this.#chip(role)))
    const options = this.#add instanceof HTMLSelectElement ? [...this.#add.options] : []
    for (const option of options) option.disabled = roles.some(({ id }) => id === option.value)
    this.#add.value = ''
    const isFull = roles.length >= MOST
    part<HTMLButtonElement>(this.#form, 'button[type="submit"]').disabled = isFull
    this.#add.disabled = isFull
    this.#grants.of(roles.length < 2 ? [] : roles, () => this.#render(roles))
  }

  #render(roles: readonly SiteRole[]) {
    const problems = this.#unknown.map((text) => this.#notFound(text))
    if (roles.length < 2) {
      this.#status.textContent =
        roles.length === 1 ? `${roles[0]?.name} is chosen. Add another role to compare it with.` : ''
      this.#answer.replaceChildren(...problems, ...this.#start)
      return
    }
    const compared = compare(this.#facts, roles)
    const differing = compared.permissions.filter((row) => row.differs)
    this.#status.textContent = `${count(compared.permissions.length, 'permission')}: ${compared.common} in ${roles.length === 2 ? 'both' : `all ${roles.length} roles`}, ${differing.length} in which they differ.`
    const rows = this.#only.checked ? differing : compared.permissions
    this.#answer.replaceChildren(
      ...problems,
      rows.length > 0
        ? this.#table(compared, rows)
        : notice(
            compared.permissions.length === 0
              ? 'None of these roles has a permission.'
              : 'These roles do not differ: the documentation gives them the same permissions.',
          ),
      ...this.#notes(rows),
    )
  }

  #chip(role: SiteRole): HTMLElement {
    const scope = isScoped(this.#facts) && h('span', { class: 'rb-quiet' }, scopeTitle(this.#facts, role.scope))
    const label = `Remove ${role.name}${this.#inScope(role.scope)}`
    const remove = h('button', { type: 'button', value: role.id, 'aria-label': label }, '×')
    return h('li', { class: 'rb-chip' }, h('span', {}, role.name, ' ', scope), remove)
  }

  /** ` (Project)`; nothing where the documentation names no scope. */
  #inScope(scope: string): string {
    return isScoped(this.#facts) ? ` (${scopeTitle(this.#facts, scope)})` : ''
  }

  #notFound(text: string): HTMLElement {
    const meant = roleMeant(this.#facts, text)
    if (!meant) return notice('No role is called ', code(text), '.')
    const others = this.#unknown.filter((other) => other !== text)
    const roles = [...this.#roles.map(({ id }) => id), meant.id, ...others].join(',')
    const href = address({ roles, only: this.#only.checked ? 'differences' : '' })
    return notice(
      'No role is called ',
      code(text),
      '. Did you mean ',
      h('a', { href }, meant.name),
      `${this.#inScope(meant.scope)}?`,
    )
  }

  #table({ counts }: Comparison, rows: readonly ComparedPermission[]): HTMLElement {
    const row = new Map(rows.map((one) => [one.permission, one]))
    const heads = this.#roles.map((role, i) => {
      const { held = 0, alone = 0 } = counts[i] ?? {}
      const also = `${held} in all, ${alone} only here`
      return h(
        'th',
        { scope: 'col', class: 'rb-role-column' },
        roleLink(role),
        isScoped(this.#facts) && h('span', { class: 'rb-note' }, scopeTitle(this.#facts, role.scope)),
        h('span', { class: 'rb-note' }, also),
      )
    })
    const bodies = byResource(
      this.#facts,
      rows.map(({ permission }) => permission),
    ).map(([title, key, ids]) =>
      h(
        'tbody',
        {},
        h(
          'tr',
          { class: 'rb-group' },
          h(
            'th',
            { scope: 'rowgroup', colspan: String(this.#roles.length + 1) },
            h('span', {}, title, key === null || key === title ? null : h('code', {}, key)),
          ),
        ),
        ...ids.map((id) => this.#row(id, row.get(id) as ComparedPermission)),
      ),
    )
    return h(
      'div',
      { class: 'rb-scroll rb-tall', role: 'region', 'aria-label': 'Roles side by side', tabindex: '0' },
      h(
        'table',
        { class: 'rb-table rb-compared' },
        h('caption', { class: 'sr-only' }, `Permissions of ${this.#roles.map(({ name }) => name).join(', ')}`),
        h(
          'thead',
          {},
          h('tr', {}, h('th', { scope: 'col' }, this.#facts.resources.length > 0 ? 'Operation' : 'Action'), ...heads),
        ),
        ...bodies,
      ),
    )
  }

  #row(id: string, { effects, differs }: ComparedPermission): HTMLElement {
    const permission = this.#facts.permissions.find((candidate) => candidate.id === id)
    const label = permission ? shortName(permission) : id
    const words = permission?.resource === null && permission.title !== null
    const head = permission?.url ? h('a', { href: permission.url }, label) : label
    return h(
      'tr',
      { class: differs ? 'rb-differs' : null, 'data-permission': id },
      h('th', { scope: 'row', class: words ? 'rb-words' : null }, head),
      ...effects.map((effect, i) =>
        h('td', { class: 'rb-cell' }, ...this.#mark(effect, id, this.#roles[i] as SiteRole)),
      ),
    )
  }

  #mark(effect: Effect | null, id: string, role: SiteRole): Node[] {
    const kind = effect ?? 'none'
    const note = effect === null ? undefined : can(role, id).grants.find((grant) => grant.note)?.note
    return [
      h('span', { class: `rb-mark rb-mark-${kind}`, 'aria-hidden': 'true', title: note ?? null }, GLYPHS[kind]),
      h('span', { class: 'sr-only' }, WORDS[kind], note ? `: ${note}` : ''),
    ]
  }

  /** The conditions in words, for those who can't point at a mark. */
  #notes(rows: readonly ComparedPermission[]): Node[] {
    const items = rows.flatMap(({ permission, effects }) =>
      effects.flatMap((effect, i) => {
        const role = this.#roles[i] as SiteRole
        const note = effect === null ? null : can(role, permission).grants.find((grant) => grant.note)?.note
        return note
          ? [
              h(
                'li',
                {},
                h('strong', {}, role.name),
                ' ',
                permissionName(this.#facts, permission),
                ' ',
                h('span', { class: `rb-tag rb-tag-${effect}` }, effect as string),
                ` ${note}`,
              ),
            ]
          : []
      }),
    )
    return items.length > 0 ? [h('ul', { class: 'rb-notes' }, ...items)] : []
  }
}
