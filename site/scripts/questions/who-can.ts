/** “Who can…?”: the roles that hold what is asked for, by scope, smallest first. */

import { effects } from '../../../src/query/facts.ts'
import { allNamed, permissionMeant, permissionsLike } from '../../../src/query/resolve.ts'
import { can, type Holder, whoCan } from '../../../src/query/who-can.ts'
import { byText } from '../../lib/collections.ts'
import type { SiteFacts, SiteRole } from '../../lib/facts-file.ts'
import { scopeRoles } from '../../lib/scopes.ts'
import { usualVerb } from '../search-words.ts'
import { permissionsInWords, permissionsSaid } from './meant.ts'
import {
  address,
  code,
  count,
  type Grants,
  h,
  isScoped,
  listed,
  notice,
  part,
  permissionLink,
  permissionName,
  place,
  quoted,
  remember,
  roleLink,
  scopeTitle,
  sentence,
  table,
  withFacts,
} from './page.ts'

/** With more permissions than this, the field offers patterns alone. */
const MOST_OFFERED = 3000
/** Rows of a table that stand there at first. */
const SHOWN = 100
/** How many roles may be compared; of more, so many are offered. */
const MOST_COMPARED = 6
const SMALLEST = 3

const root = document.querySelector<HTMLElement>('[data-rb-who-can]')
if (root) withFacts(root, (facts, grants) => new WhoCanPage(root, facts, grants).start())

class WhoCanPage {
  readonly #root: HTMLElement
  readonly #facts: SiteFacts
  readonly #grants: Grants
  readonly #form: HTMLFormElement
  readonly #operation: HTMLSelectElement
  /** A field to type into, where resources are too many for a list. */
  readonly #resource: HTMLSelectElement | HTMLInputElement
  readonly #scope: HTMLSelectElement
  readonly #pattern: HTMLInputElement
  readonly #status: HTMLElement
  readonly #answer: HTMLElement
  /** What the page shows before anything is asked. */
  readonly #start: Node[]
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(root: HTMLElement, facts: SiteFacts, grants: Grants) {
    this.#root = root
    this.#facts = facts
    this.#grants = grants
    this.#form = part(root, 'form')
    this.#operation = part(root, '[name="o"]')
    this.#resource = part(root, '[name="r"]')
    this.#scope = part(root, '[name="scope"]')
    this.#pattern = part(root, '[name="p"]')
    this.#status = part(root, '[role="status"]')
    this.#answer = part(root, '.rb-answer')
    this.#start = [...this.#answer.childNodes]
  }

  start() {
    const patterns = this.#facts.resources.map(({ id }) => `${id}.*`)
    const ids = this.#facts.permissions.map((one) => (one.resource === null && one.title ? one.title : one.id))
    part(this.#form, 'datalist').replaceChildren(
      ...(ids.length > MOST_OFFERED ? patterns : [...patterns, ...ids])
        .sort(byText)
        .map((value) => h('option', { value })),
    )
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#ask('push')
    })
    for (const select of [this.#operation, this.#resource]) {
      select.addEventListener('change', () => {
        this.#pattern.value = this.#chosen()
        this.#ask('push')
      })
    }
    this.#scope.addEventListener('change', () => this.#ask('push'))
    this.#pattern.addEventListener('input', () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#ask('replace'), 300)
    })
    addEventListener('popstate', () => this.#read())
    // Who was ahead of the facts typed or chose something already.
    const ahead = location.search === '' ? this.#pattern.value || this.#chosen() : ''
    if (ahead === '') return this.#read()
    this.#pattern.value = ahead
    this.#ask('replace')
  }

  /** The operation and the resource that are chosen, as a pattern. */
  #chosen(): string {
    const [operation, resource] = [this.#operation.value || '*', this.#resource.value || '*']
    return operation === '*' && resource === '*' ? '' : `${resource}.${operation}`
  }

  /** Takes the question from the address, whichever way it is written there. */
  #read() {
    const query = new URLSearchParams(location.search)
    const isName = (value: string) =>
      this.#facts.permissions.some(({ id }) => id === value) || this.#called(value).length > 0
    const [operation, resource] = [query.get('o') ?? '', query.get('r') ?? '']
    const composed = operation || resource ? [`${resource || '*'}.${operation || '*'}`] : []
    const patterns = listed('p', isName)
    this.#pattern.value = (patterns.length > 0 ? patterns : composed).join(', ')
    this.#scope.value = query.get('scope') ?? ''
    const unknown = this.#scope.selectedIndex === -1
    if (unknown) this.#scope.value = ''
    this.#ask('replace', unknown ? (query.get('scope') ?? '') : null)
  }

  #ask(how: 'push' | 'replace', unknownScope: string | null = null) {
    clearTimeout(this.#timer)
    const typed = this.#pattern.value.trim()
    const patterns = this.#patterns(typed)
    const scope = this.#scope.value
    remember({ p: patterns.join(','), scope }, how)
    this.#select(patterns)
    if (patterns.length === 0) {
      this.#grants.on([], () => {
        this.#answer.replaceChildren(...this.#start)
        this.#status.textContent = ''
      })
      return
    }
    const found = patterns.map((text) => ({ text, ids: this.#named(text) }))
    const ids = [...new Set(found.flatMap((one) => one.ids))].sort(byText)
    const problems = found.filter((one) => one.ids.length === 0).map(({ text }) => this.#unknown(text))
    if (unknownScope !== null) problems.unshift(this.#unknownScope(unknownScope))
    if (ids.length === 0) {
      this.#status.textContent = 'No permission has that name.'
      this.#answer.replaceChildren(...problems)
      return
    }
    this.#grants.on(ids, () => this.#answer.replaceChildren(...problems, ...this.#roles(ids, scope)))
  }

  /** What is typed, parted by commas; by spaces as well, where every word names something. */
  #patterns(typed: string): string[] {
    const isOne = this.#facts.permissions.some(({ id }) => id === typed) || this.#called(typed).length > 0
    const parts = isOne ? [typed] : typed.split(',')
    const patterns = parts.flatMap((part) => {
      const words = part.split(/\s+/).filter((word) => word !== '')
      const known = (text: string) => this.#named(text).length > 0
      return !known(part) && words.every(known) ? words : [part.trim()]
    })
    return [...new Set(patterns)].filter((text) => text !== '')
  }

  /** The permissions that a text names: by id or pattern, or by the words that they are called by. */
  #named(text: string): string[] {
    const like = permissionsLike(this.#facts, text)
    if (like.length > 0) return like
    const called = this.#called(text)
    return called.length > 0 ? called : permissionsSaid(this.#facts, text)
  }

  #called(text: string): string[] {
    const wanted = text.trim().toLowerCase()
    return this.#facts.permissions.flatMap(({ id, title }) => (title?.toLowerCase() === wanted ? [id] : []))
  }

  /** Both choices follow what is typed, where it is an operation on a resource. */
  #select(patterns: readonly string[]) {
    const only = patterns.length === 1 ? (patterns[0] as string) : ''
    const dot = only.lastIndexOf('.')
    const [resource, operation] = dot === -1 ? ['', ''] : [only.slice(0, dot), only.slice(dot + 1)]
    for (const [select, value] of [
      [this.#resource, resource],
      [this.#operation, operation],
    ] as const) {
      select.value = value === '*' ? '' : value
      if (select instanceof HTMLSelectElement && select.selectedIndex === -1) select.value = ''
    }
  }

  #unknown(text: string): HTMLElement {
    const all = allNamed(this.#facts, text) ?? allNamed(this.#facts, usualVerb(text.trim().toLowerCase()))
    const likely = all?.pattern ?? permissionMeant(this.#facts, text)
    const meant = likely === null ? permissionsInWords(this.#facts, text) : [likely]
    const resource = this.#facts.resources.find(({ id }) => text.startsWith(`${id}.`))
    const operations = this.#facts.permissions.filter((one) => resource && one.resource === resource.id)
    const scope = this.#scope.value
    return notice(
      'No permission is called ',
      code(text),
      '.',
      ...meant.flatMap((id, i) => [
        i === 0 ? ' Did you mean ' : i === meant.length - 1 ? ' or ' : ', ',
        h('a', { href: address({ p: id, scope }) }, permissionName(this.#facts, id)),
      ]),
      meant.length > 0 && '?',
      ...(resource && operations.length > 0
        ? [` ${resource.title} has ${sentence(operations.map((one) => one.operation ?? one.id))}.`]
        : []),
      // A cloud's action, a role, a page: what is no permission may be something else.
      meant.length === 0 &&
        h('button', { type: 'button', class: 'rb-button', 'data-rb-search': text }, `Search everything for “${text}”`),
    )
  }

  #unknownScope(text: string): HTMLElement {
    return notice(
      'No scope is called ',
      code(text),
      `, so all are shown: ${sentence(this.#facts.scopes.map(({ title }) => title))}.`,
    )
  }

  #roles(ids: readonly string[], scope: string): Node[] {
    const what = ids.length === 1 ? quoted(this.#facts, ids[0] as string) : `any of ${count(ids.length, 'permission')}`
    const holders = whoCan(this.#facts, ids, scope || undefined)
    const inScope = scope === '' ? '' : ` in ${scopeTitle(this.#facts, scope)}`
    const all = holders.filter((holder) => holder.all).length
    const more = ids.length > 1 && holders.length > 0 ? `, ${all === 0 ? 'none' : all} of them all ${ids.length}` : ''
    this.#status.textContent = `${holders.length === 0 ? 'No role' : count(holders.length, 'role')}${inScope} ${holders.length === 1 ? 'has' : holders.length === 0 ? 'has' : 'have'} ${what}${more}.`
    const shown = this.#facts.scopes.flatMap(({ id, title }) => {
      const here = holders.filter((holder) => holder.role.scope === id)
      return here.length === 0
        ? []
        : [
            ...(isScoped(this.#facts)
              ? [h('h3', {}, title, ' ', h('span', { class: 'rb-count' }, String(here.length)))]
              : []),
            ...this.#table(scopeRoles({ id, title }, isScoped(this.#facts)), here, ids),
          ]
    })
    return [
      this.#asked(ids),
      ...this.#next(holders, ids.length > 1),
      ...(shown.length > 0 ? shown : [this.#nobody(ids, scope)]),
      ...this.#denied(ids, scope),
    ]
  }

  /** Where to go on from the answer. */
  #next(holders: readonly Holder<SiteRole>[], several: boolean): HTMLElement[] {
    const { compare = '', smallest = '' } = this.#root.dataset
    const all = holders.length <= MOST_COMPARED
    const roles = (all ? holders : holders.slice(0, SMALLEST)).map(({ role }) => role.id)
    if (roles.length === 0) return []
    // What is asked in words goes on by its ids.
    const asked = this.#patterns(this.#pattern.value.trim())
    const p = asked
      .flatMap((text) => (permissionsLike(this.#facts, text).length > 0 ? [text] : this.#named(text)))
      .join(',')
    const some = several ? `the ${roles.length} that have most of this` : `the ${roles.length} smallest of them`
    const said = `Compare ${all ? `these ${roles.length} roles` : some}`
    const enough = h(
      'a',
      { href: address({ p, scope: this.#scope.value }, smallest) },
      'Find the smallest role for this',
    )
    const beside = roles.length > 1 && h('a', { href: address({ roles: roles.join(',') }, compare) }, said)
    return [h('p', { class: 'rb-next' }, enough, beside)]
  }

  /** What a pattern stands for. */
  #asked(ids: readonly string[]): HTMLElement {
    if (ids.length === 1) {
      const permission = this.#facts.permissions.find(({ id }) => id === ids[0])
      const access = permission?.access ?? 'write'
      return h(
        'p',
        { class: 'rb-asked' },
        permissionLink(this.#facts, ids[0] as string),
        h('span', { class: `rb-tag rb-tag-${access}` }, access),
        permission?.title && permission.resource !== null
          ? h('span', { class: 'rb-note' }, permission.title)
          : permission?.title
            ? code(permission.id)
            : null,
      )
    }
    const items = ids.map((id) => h('li', {}, permissionLink(this.#facts, id)))
    return h(
      'details',
      { class: 'rb-details' },
      h('summary', {}, count(ids.length, 'permission')),
      h('ul', { class: 'rb-line rb-inside' }, ...items),
    )
  }

  /** The first rows of the table, and a button for the others. */
  #table(title: string, holders: readonly Holder<SiteRole>[], ids: readonly string[]): HTMLElement[] {
    const several = ids.length > 1
    const conditions = holders.some((holder) => holder.conditional.length > 0)
    const row = ({ role, held, conditional, size }: Holder<SiteRole>) => {
      const grant = several ? undefined : can(role, ids[0] as string).grants[0]
      return h(
        'tr',
        {},
        h(
          'th',
          { scope: 'row' },
          roleLink(role),
          role.group && role.group !== role.name ? h('span', { class: 'rb-note' }, role.group) : null,
        ),
        h('td', { class: 'rb-number' }, String(size)),
        several && h('td', {}, held.length === ids.length ? `all ${ids.length}` : `${held.length} of ${ids.length}`),
        conditions && h('td', {}, ...conditional.flatMap((id) => this.#condition(role, id, several))),
        h('td', {}, place(this.#facts, grant?.source ?? role.source)),
      )
    }
    const head = ['Role', 'Permissions in all', several && 'Of these', conditions && 'Condition', 'Source'].filter(
      (text) => text !== false,
    )
    const body = h('tbody', {}, ...holders.slice(0, SHOWN).map(row))
    const made = table(
      several ? `${title}, those with more of these first` : `${title}, smallest first`,
      head,
      [body],
      'rb-holders',
    )
    if (holders.length <= SHOWN) return [made]
    const more = h('button', { type: 'button', class: 'rb-button' }, `Show ${holders.length - SHOWN} more`)
    more.addEventListener('click', () => {
      body.append(...holders.slice(SHOWN).map(row))
      more.remove()
      body.rows[SHOWN]?.querySelector('a')?.focus()
    })
    return [made, more]
  }

  #condition(role: SiteRole, id: string, several: boolean): Node[] {
    const notes = can(role, id).grants.flatMap((grant) => grant.note ?? [])
    return [
      h(
        'div',
        {},
        h('span', { class: 'rb-tag rb-tag-conditional' }, 'conditional'),
        ' ',
        several ? permissionName(this.#facts, id) : '',
        several ? ' ' : '',
        sentence(notes),
      ),
    ]
  }

  #nobody(ids: readonly string[], scope: string): HTMLElement {
    const elsewhere = scope === '' ? [] : whoCan(this.#facts, ids)
    if (elsewhere.length === 0) return notice('The documentation gives this to no role.')
    const scopes = sentence(
      this.#facts.scopes.filter(({ id }) => elsewhere.some(({ role }) => role.scope === id)).map(({ title }) => title),
    )
    const p = this.#pattern.value.trim()
    return notice(
      `${count(elsewhere.length, 'role')} elsewhere: ${scopes}. `,
      h('a', { href: address({ p }) }, 'Show all scopes'),
    )
  }

  #denied(ids: readonly string[], scope: string): Node[] {
    const items = this.#facts.roles
      .filter((role) => scope === '' || role.scope === scope)
      .flatMap((role) => {
        const effect = effects(role)
        const refused = ids.filter((id) => effect(id) === 'denied')
        if (refused.length === 0) return []
        const notes = refused.flatMap((id) => can(role, id).grants.flatMap((grant) => grant.note ?? []))
        const which = ids.length === 1 ? '' : ` (${count(refused.length, 'permission')})`
        return [h('li', {}, roleLink(role), which, notes.length > 0 ? `: ${sentence(notes)}` : '')]
      })
    return items.length === 0 ? [] : [h('h3', {}, 'Denied to'), h('ul', { class: 'rb-line' }, ...items)]
  }
}
