/** “Smallest role”: the role that is enough with the least beyond, or a role of exactly what is ticked. */

import type { OfferedTemplate } from '../../../src/export/role-text.ts'
import { permissionMeant, permissionsLike } from '../../../src/query/resolve.ts'
import { type Enough, smallest, unheld } from '../../../src/query/smallest.ts'
import { byText } from '../../lib/collections.ts'
import type { SiteFacts, SitePermission, SiteRole } from '../../lib/facts-file.ts'
import { usualVerb } from '../search-words.ts'
import { CustomRole } from './custom-role.ts'
import {
  address,
  code,
  count,
  type Grants,
  grouped,
  h,
  isScoped,
  listed,
  notice,
  part,
  permissionLines,
  permissionLink,
  permissionName,
  remember,
  roleLink,
  shortName,
  withFacts,
} from './page.ts'

const root = document.querySelector<HTMLElement>('[data-rb-smallest]')
if (root) withFacts(root, (facts, grants) => new SmallestPage(root, facts, grants).start())

/** How many resources are offered at once, where there are many. */
const OFFERED = 12
/** So many permissions are named in full. */
const FEW = 6
const ORDER = ['read', 'write', 'admin']

function boxesIn(root: ParentNode): HTMLInputElement[] {
  return [...root.querySelectorAll<HTMLInputElement>('input[name="p"]')]
}

/** Permissions by resource, those without one last. */
function resourcesOf(facts: SiteFacts): { title: string; key: string; permissions: SitePermission[] }[] {
  const titles = new Map(facts.resources.map(({ id, title }) => [id, title]))
  return grouped(facts.permissions).map(({ key, title, permissions }) => ({
    key: key ?? '',
    title: titles.get(key ?? '') ?? title,
    permissions: permissions.toSorted(
      (a, b) => ORDER.indexOf(a.access) - ORDER.indexOf(b.access) || byText(a.id, b.id),
    ),
  }))
}

/** `Enough is ` before the names of that many roles. */
function enoughAre(roles: number): string {
  return roles === 1 ? 'Enough is ' : 'Enough are together '
}

/** The boxes of a resource, as the page has them where they are few. */
function choices(title: string, permissions: readonly SitePermission[]): HTMLElement {
  const all = h(
    'button',
    { type: 'button', class: 'rb-all', 'data-rb-all': true },
    h('span', {}, 'All'),
    h('span', { class: 'sr-only' }, ` of ${title}`),
  )
  const boxes = permissions.map((permission) =>
    h(
      'label',
      { class: permission.operation === null && permission.title ? 'rb-box rb-words' : 'rb-box' },
      h('input', { type: 'checkbox', name: 'p', value: permission.id }),
      shortName(permission),
    ),
  )
  return h(
    'fieldset',
    {},
    h('legend', {}, title),
    h('div', { class: 'rb-boxes' }, permissions.length > 1 && all, ...boxes),
  )
}

/**
 * What reads the same resources as these permissions and is held by every role that holds any of them: who may delete a
 * thing and not see it is helped little.
 */
function companions(facts: SiteFacts, ids: readonly string[]): string[] {
  const asked = new Set(ids)
  const of = facts.permissions.filter(({ id }) => asked.has(id))
  const resources = new Set(of.flatMap(({ resource }) => resource ?? []))
  const reading = facts.permissions.filter(
    ({ id, access, resource }) => access === 'read' && resource !== null && resources.has(resource) && !asked.has(id),
  )
  return reading.flatMap(({ id, resource }) => {
    const same = of.filter((one) => one.resource === resource)
    const holders = facts.roles.filter(({ permissions }) => same.some((one) => permissions.includes(one.id)))
    return holders.length > 0 && holders.every(({ permissions }) => permissions.includes(id)) ? [id] : []
  })
}

class SmallestPage {
  readonly #root: HTMLElement
  readonly #facts: SiteFacts
  readonly #grants: Grants
  readonly #needs: HTMLElement
  /** The boxes of the page: all, or where permissions are many those of the resources that are looked for. */
  #boxes: HTMLInputElement[]
  readonly #filter: HTMLInputElement
  readonly #scope: HTMLSelectElement
  readonly #status: HTMLElement
  readonly #filtered: HTMLElement
  readonly #answer: HTMLElement
  readonly #start: Node[]
  readonly #custom: CustomRole
  /** Ticked, but no box of the page. */
  #extra: string[] = []

  constructor(root: HTMLElement, facts: SiteFacts, grants: Grants) {
    this.#root = root
    this.#facts = facts
    this.#grants = grants
    this.#needs = part(root, '.rb-needs')
    this.#boxes = boxesIn(root)
    this.#filter = part(root, '[name="filter"]')
    this.#scope = part(root, '[name="scope"]')
    this.#status = part(root, '.rb-status[role="status"]')
    this.#filtered = part(root, '.rb-filtered')
    this.#answer = part(root, '.rb-answer')
    this.#start = [...this.#answer.childNodes]
    const templates = JSON.parse(part(root, 'script[type="application/json"]').textContent ?? '[]') as OfferedTemplate[]
    this.#custom = new CustomRole(part(root, '.rb-custom'), facts, templates)
  }

  start() {
    part(this.#root, 'form').addEventListener('submit', (event) => event.preventDefault())
    this.#filter.addEventListener('input', () => this.#narrow())
    this.#scope.addEventListener('change', () => this.#show('push'))
    this.#root.addEventListener('change', (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === 'p') this.#show('push')
    })
    this.#root.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (button?.hasAttribute('data-rb-clear')) {
        this.#extra = []
        this.#tick(this.#boxes, false)
      }
      if (button?.hasAttribute('data-rb-all')) this.#all(button)
    })
    addEventListener('popstate', () => this.#read())
    if (this.#needs.dataset.rbMany === undefined) this.#narrow()
    // Who was ahead of the facts ticked something already.
    if (location.search === '' && this.#boxes.some((box) => box.checked)) this.#show('replace')
    else this.#read()
    if (this.#needs.dataset.rbMany !== undefined) this.#narrow()
    this.#toTicked()
  }

  /** Brings the first box that a link ticked into sight, within its own frame. */
  #toTicked() {
    const box = this.#boxes.find((one) => one.checked)
    const group = box?.closest('fieldset')
    if (!box || !group) return
    const own = box.closest('label') ?? box
    // Of a group that is longer than the frame, its own line.
    const first = own.offsetTop - group.offsetTop < this.#needs.clientHeight - own.offsetHeight ? group : own
    this.#needs.scrollTop = first.offsetTop
  }

  #tick(boxes: readonly HTMLInputElement[], on: boolean) {
    for (const box of boxes) box.checked = on
    this.#show('push')
  }

  /** All of a resource, or none where all are ticked. */
  #all(button: HTMLElement) {
    const boxes = [...(button.closest('fieldset')?.querySelectorAll<HTMLInputElement>('input[name="p"]') ?? [])]
    this.#tick(boxes, !boxes.every((box) => box.checked))
  }

  /** Shows the resources and operations that have all the words typed. */
  #narrow() {
    const words = this.#filter.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
    if (this.#needs.dataset.rbMany !== undefined) return this.#offer(words)
    let shown = 0
    for (const group of this.#root.querySelectorAll<HTMLElement>('fieldset')) {
      const name = `${group.dataset.name ?? ''} `.toLowerCase()
      let any = false
      for (const label of group.querySelectorAll<HTMLElement>('label')) {
        const text = name + (label.textContent ?? '').toLowerCase()
        label.hidden = !words.every((word) => text.includes(word) || text.includes(usualVerb(word)))
        if (!label.hidden) shown++
        any ||= !label.hidden
      }
      group.hidden = !any
    }
    this.#filtered.textContent =
      words.length === 0 ? '' : shown === 0 ? 'No permission has these words.' : count(shown, 'permission')
  }

  /** Makes the boxes of the first resources that have all the words typed; of those with something ticked where none is. */
  #offer(words: readonly string[]) {
    const ids = this.#ids()
    const ticked = new Set(ids)
    const all = resourcesOf(this.#facts)
    const found = all.flatMap(({ title, key, permissions }) => {
      const name = `${title} ${key} `.toLowerCase()
      const fitting = permissions.filter((permission) => {
        if (words.length === 0 && ticked.size > 0) return ticked.has(permission.id)
        const text = name + shortName(permission).toLowerCase()
        return words.every((word) => text.includes(word) || text.includes(usualVerb(word)))
      })
      return fitting.length === 0 ? [] : [{ title, permissions: words.length === 0 ? permissions : fitting }]
    })
    this.#needs.replaceChildren(...found.slice(0, OFFERED).map(({ title, permissions }) => choices(title, permissions)))
    this.#boxes = boxesIn(this.#needs)
    this.#put(ids)
    this.#count()
    const shown =
      found.length > OFFERED
        ? `the first ${OFFERED} of ${count(found.length, 'resource')}`
        : count(found.length, 'resource')
    const hint = words.length === 0 ? ` of ${all.length} in all: type to find others.` : '.'
    this.#filtered.textContent = found.length === 0 ? 'No permission has these words.' : `Shown: ${shown}${hint}`
  }

  /** What is ticked, in order. */
  #ids(): string[] {
    return [...this.#boxes.filter((box) => box.checked).map((box) => box.value), ...this.#extra].sort(byText)
  }

  /** Ticks these and nothing else. */
  #put(ids: readonly string[]) {
    const wanted = new Set(ids)
    for (const box of this.#boxes) box.checked = wanted.has(box.value)
    const boxed = new Set(this.#boxes.map((box) => box.value))
    this.#extra = [...wanted].filter((id) => !boxed.has(id))
  }

  #read() {
    const isId = (value: string) => this.#facts.permissions.some(({ id }) => id === value)
    const found = listed('p', isId).map((text) => ({ text, ids: permissionsLike(this.#facts, text) }))
    const ids = new Set(found.flatMap((one) => one.ids))
    this.#put([...ids])
    const scope = new URLSearchParams(location.search).get('scope') ?? ''
    this.#scope.value = scope
    const unknownScope = this.#scope.selectedIndex === -1
    if (unknownScope) this.#scope.value = ''
    const problems = found.filter((one) => one.ids.length === 0).map(({ text }) => this.#unknown(text, [...ids]))
    if (unknownScope) problems.push(notice('No scope is called ', code(scope), ', so all are shown.'))
    this.#show('replace', problems)
  }

  #unknown(text: string, ids: readonly string[]): HTMLElement {
    const meant = permissionMeant(this.#facts, text)
    const href = meant && address({ p: [...ids, meant].join(','), scope: this.#scope.value })
    return notice(
      'No permission is called ',
      code(text),
      '.',
      ...(meant && href ? [' Did you mean ', h('a', { href }, code(meant)), '?'] : []),
    )
  }

  #show(how: 'push' | 'replace', problems: readonly Node[] = []) {
    const ids = this.#ids()
    const scope = this.#scope.value
    remember({ p: ids.join(','), scope }, how)
    this.#count()
    this.#custom.show(ids, scope)
    this.#grants.on(ids, () => this.#render(ids, scope, problems))
  }

  #render(ids: readonly string[], scope: string, problems: readonly Node[]) {
    if (ids.length === 0) {
      this.#status.textContent = ''
      this.#answer.replaceChildren(...problems, ...this.#start)
      return
    }
    const scopes = this.#facts.scopes.filter(({ id }) => scope === '' || id === scope)
    const answers = scopes.map(({ id, title }) => ({
      id,
      title,
      one: smallest(this.#facts, ids, { scope: id }),
      several: smallest(this.#facts, ids, { scope: id, most: 3 }),
    }))
    const enough = answers.flatMap(({ title, one, several }) => {
      const best = one ?? several
      const where = isScoped(this.#facts) ? `${title}: ` : enoughAre(best?.roles.length ?? 0)
      return best ? `${where}${best.roles.map(({ name }) => name).join(' and ')}` : []
    })
    this.#status.textContent = `${count(ids.length, 'permission')} ticked. ${enough.length > 0 ? `${enough.join('; ')}.` : 'No role is enough.'}`
    const able = answers.filter((answer) => answer.several)
    if (scope === '' && able[0]) this.#custom.prefer(able[0].id)
    const unable = answers.filter((answer) => !answer.several)
    this.#answer.replaceChildren(
      ...problems,
      this.#asked(ids),
      ...able.map(({ title, one, several }) => this.#card(title, one, several as Enough<SiteRole>)),
      ...(unable.length > 0 ? [this.#notEnough(unable, ids)] : []),
    )
  }

  /** What is ticked, in words: the boxes may be out of sight. And what else those have who hold it. */
  #asked(ids: readonly string[]): HTMLElement {
    const also = companions(this.#facts, ids)
    const few = ids.length <= FEW
    const lines = permissionLines(this.#facts, ids)
    const named =
      also.length <= FEW
        ? also.flatMap((id, i) => [
            i === 0 ? '' : i === also.length - 1 ? ' and ' : ', ',
            permissionName(this.#facts, id),
          ])
        : [`${also.length} permissions that read these resources`]
    const add = h('button', { type: 'button', class: 'rb-button' }, 'Tick these too')
    add.addEventListener('click', () => {
      this.#put([...ids, ...also])
      this.#show('push')
      this.#needs.focus()
    })
    return h(
      'div',
      { class: 'rb-asked' },
      few ? lines : h('details', { class: 'rb-details' }, h('summary', {}, 'What is ticked'), lines),
      also.length > 0 && h('p', { class: 'rb-also' }, 'Every role that has this also has ', ...named, '. ', add),
    )
  }

  /** How many of each resource are ticked, and the name of its button. */
  #count() {
    for (const group of this.#root.querySelectorAll<HTMLElement>('fieldset')) {
      const boxes = [...group.querySelectorAll<HTMLInputElement>('input[name="p"]')]
      const ticked = boxes.filter((box) => box.checked).length
      group.classList.toggle('rb-some', ticked > 0)
      const button = group.querySelector('[data-rb-all] span')
      if (button) button.textContent = ticked === boxes.length ? 'None' : 'All'
    }
  }

  #card(scope: string, one: Enough<SiteRole> | null, several: Enough<SiteRole>): HTMLElement {
    const better = one === null || several.excess.length < one.excess.length
    return h(
      'section',
      { class: 'rb-card' },
      h('h3', {}, isScoped(this.#facts) ? scope : 'Roles'),
      one ? this.#enough('Smallest role', one) : h('p', { class: 'rb-quiet' }, 'No single role is enough.'),
      ...(better && several.roles.length > 1
        ? [this.#enough(`Smallest set of ${several.roles.length} roles`, several)]
        : []),
    )
  }

  #enough(label: string, { roles, excess, conditional }: Enough<SiteRole>): HTMLElement {
    const names = roles.flatMap((role, i) => (i === 0 ? [roleLink(role)] : [' + ', roleLink(role)]))
    const beyond =
      excess.length === 0
        ? h('p', {}, 'Exactly what is ticked, nothing more.')
        : h(
            'details',
            { class: 'rb-details' },
            h('summary', {}, `${count(excess.length, 'permission')} more than ticked`),
            permissionLines(this.#facts, excess),
          )
    return h(
      'div',
      { class: 'rb-enough' },
      h('p', { class: 'rb-enough-head' }, h('span', { class: 'rb-quiet' }, label), h('strong', {}, ...names)),
      beyond,
      conditional.length > 0 &&
        h(
          'p',
          {},
          h('span', { class: 'rb-tag rb-tag-conditional' }, 'conditional'),
          ' only under a condition: ',
          ...conditional.flatMap((id, i) => [i === 0 ? '' : ', ', permissionName(this.#facts, id)]),
        ),
    )
  }

  #notEnough(answers: readonly { id: string; title: string }[], ids: readonly string[]): HTMLElement {
    const items = answers.map(({ id, title }) => {
      const missing = unheld(this.#facts, ids, id)
      const why =
        missing.length === 0
          ? ['no three roles have all of this.']
          : [
              'no role has ',
              ...missing.slice(0, 8).flatMap((one, i) => [i === 0 ? '' : ', ', permissionLink(this.#facts, one)]),
              missing.length > 8 ? ` and ${missing.length - 8} more.` : '.',
            ]
      if (isScoped(this.#facts)) return h('li', {}, h('strong', {}, title), ': ', ...why)
      return h(
        'li',
        {},
        ...why.map((part, i) => (i === 0 && typeof part === 'string' ? part.replace(/^n/, 'N') : part)),
      )
    })
    return h(
      'section',
      { class: 'rb-card' },
      h('h3', {}, isScoped(this.#facts) ? 'Where no role is enough' : 'No role is enough'),
      h('ul', { class: 'rb-plain' }, ...items),
    )
  }
}
