/** The search dialog. Asks no other host: the list of names and Pagefind's index are files of this site. */
import type { SearchEntry } from '../lib/search-index.ts'
import { matchEntries, type SearchFilter } from './search-match.ts'
import { Names } from './search-names.ts'
import { mended } from './search-near.ts'
import { type FullText, searchText } from './search-text.ts'
import { askedWords } from './search-words.ts'

const SHOWN = 12
const SHOWN_WILDCARD = 60
/** With more names than this nothing else is likely to have been meant. */
const FEW = 3
const KINDS = {
  role: 'Role',
  resource: 'Resource',
  permission: 'Permission',
  policy: 'Policy',
  action: 'Action',
  page: 'Page',
  rule: 'Rule',
} as const

class RolebookSearch extends HTMLElement {
  #dialog = this.querySelector('dialog')!
  #input = this.querySelector('input')!
  #version = this.querySelector<HTMLSelectElement>('.rb-search-version')!
  #kind = this.querySelector<HTMLSelectElement>('.rb-search-kind')!
  #facet = this.querySelector<HTMLSelectElement>('.rb-search-facet')!
  #status = this.querySelector<HTMLElement>('.rb-search-status')!
  #results = this.querySelector<HTMLElement>('.rb-search-results')!
  #lists = new Map<string, Names>()
  #turn = 0
  /** What the results on the screen are of. */
  #shown = ''
  /** Whether the first result is to be followed as soon as it is there. */
  #follows = false
  #timer: ReturnType<typeof setTimeout> | undefined

  connectedCallback() {
    document.addEventListener('click', (event) => {
      const asks = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-rb-search]') : null
      if (asks) this.open(asks.dataset.rbSearch)
    })
    addEventListener('keydown', (event) => {
      const typing =
        event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]')
      if (
        (event.key === 'k' && (event.metaKey || event.ctrlKey)) ||
        (event.key === '/' && !typing && !this.#dialog.open)
      ) {
        event.preventDefault()
        if (this.#dialog.open) this.#dialog.close()
        else this.open()
      }
    })
    this.querySelector('.rb-search-close')!.addEventListener('click', () => this.#dialog.close())
    this.#dialog.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (link) remember(this.#input.value)
      if (event.target === this.#dialog || link) this.#dialog.close()
    })
    this.#dialog.addEventListener('keydown', (event) => this.#move(event))
    this.#input.addEventListener('input', () => this.#soon())
    for (const select of [this.#version, this.#kind, this.#facet])
      select.addEventListener('change', () => void this.#search())
  }

  /** With a text to look for, with what stood there, or with what was looked for before. */
  open(text = '') {
    if (!this.#dialog.open) this.#dialog.showModal()
    this.#names().open()
    if (text !== '' || this.#input.value === '') {
      this.#input.value = text || remembered()
      void this.#search()
    }
    this.#input.focus()
    this.#input.select()
  }

  /** Arrow keys walk through the input and the results; Enter in the input takes the first. */
  #move(event: KeyboardEvent) {
    const links = [...this.#results.querySelectorAll('a')]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    if (event.key === 'Enter' && event.target === this.#input) {
      event.preventDefault()
      // Who types fast is ahead of the results: those on the screen are still of what stood there before.
      if (this.#shown === this.#asked() && links[0]) links[0].click()
      else {
        this.#follows = true
        if (this.#shown !== this.#asked()) void this.#search()
      }
      return
    }
    if (event.target instanceof HTMLSelectElement || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    const next = event.key === 'ArrowDown' ? at + 1 : at - 1
    if (next < 0) this.#input.focus()
    else links[next]?.focus()
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#follows = false
    this.#timer = setTimeout(() => void this.#search(), 60)
  }

  #names(): Names {
    const id = this.#version.value || this.dataset.version || ''
    let list = this.#lists.get(id)
    if (!list) {
      list = new Names(this.#version.selectedOptions[0]?.dataset.index ?? null)
      this.#lists.set(id, list)
    }
    return list
  }

  /** What the box asks for now. */
  #asked(): string {
    return [this.#input.value.trim(), this.#kind.value, this.#facet.value, this.#version.value].join('\0')
  }

  /** Follows the first result, where Enter was pressed before it was there. */
  #mayFollow() {
    const link = this.#follows ? this.#results.querySelector('a') : null
    if (!link) return
    this.#follows = false
    link.click()
  }

  async #search() {
    clearTimeout(this.#timer)
    const turn = ++this.#turn
    const asked = this.#asked()
    const query = this.#input.value.trim()
    if (query === '') {
      this.#results.replaceChildren()
      this.#status.textContent = ''
      return
    }
    const wildcard = query.includes('*')
    const filter = { kind: this.#kind.value, facet: this.#facet.value }
    const { named, complete, meant, isMended } = await this.#named(query, filter)
    if (turn !== this.#turn) return
    const amount = complete ? `${named.length}` : `more than ${named.length}`
    const shown = named.slice(0, wildcard ? SHOWN_WILDCARD : SHOWN)
    const byName =
      shown.length > 0
        ? [
            section(
              'By name',
              shown.map((entry) => this.#namedItem(entry)),
            ),
          ]
        : []
    const instead = meant === null || isMended ? [] : [this.#instead(meant)]
    const why = isMended ? `Nothing is called “${query}”: this is what “${meant}” finds. ` : ''
    this.#results.replaceChildren(...instead, ...byName)
    this.#say(why, amount, shown.length, null)
    this.#shown = asked
    this.#mayFollow()
    const known = new Set(shown.map(([, , url]) => url))
    const version = this.#version.value || this.dataset.version || ''
    const found = wildcard ? [] : await searchText(isMended ? (meant as string) : query, { version, ...filter }, known)
    if (turn !== this.#turn) return
    const inPages = found.length > 0 ? [section('In the text', found.map(textItem))] : []
    // Added to what is there, so that nothing that has the focus is taken out and put in again.
    this.#results.append(...inPages)
    this.#say(why, amount, shown.length, found.length)
    this.#mayFollow()
  }

  /** What a query names; where that is little, what it was meant to be; where it is nothing, what that names. */
  async #named(query: string, filter: SearchFilter) {
    const names = this.#names()
    const { entries, complete } = await names.of(query)
    const named = matchEntries(entries, query, filter)
    // Of three words or more, names may lack one: it may be the one that was misspelt.
    const isDoubtful = named.length <= FEW || askedWords(query).full.length > 2
    const meant = isDoubtful && !query.includes('*') ? mended(await names.near(query), query) : null
    if (meant === null) return { named, complete, meant, isMended: false }
    const other = await names.of(meant)
    const found = matchEntries(other.entries, meant, filter)
    if (found.length === 0) return { named, complete, meant: null, isMended: false }
    return named.length > 0
      ? { named, complete, meant, isMended: false }
      : { named: found, complete: other.complete, meant, isMended: true }
  }

  /** What may have been meant, to be taken. */
  #instead(meant: string): HTMLElement {
    const take = element('button', 'rb-button', meant)
    take.type = 'button'
    take.addEventListener('click', () => {
      this.#input.value = meant
      this.#input.focus()
      void this.#search()
    })
    return element('p', 'rb-search-meant', 'Did you mean ', take, '?')
  }

  #namedItem([kind, name, url, detail]: SearchEntry): HTMLElement {
    // A permission that is called by words is no name for programs.
    const look = kind === 'permission' && name.includes(' ') ? 'words' : kind
    const title = element('span', `rb-result-title rb-result-${look}`, name)
    const label = (kind === 'policy' && this.dataset.policy) || KINDS[kind]
    return item(url, element('span', 'rb-result-kind', label), title, element('span', 'rb-result-detail', detail))
  }

  /** `why` says what is shown in place of what was typed; `named` how many names fit: a number, or more than one. */
  #say(why: string, named: string, shown: number, found: number | null) {
    const more = why + (named === `${shown}` ? `${named} by name` : `${shown} of ${named} by name`)
    if (shown === 0 && found === 0)
      this.#status.textContent = `Nothing found. Try a shorter word${this.dataset.pattern ? `, or a pattern such as ${this.dataset.pattern}` : ''}`
    else this.#status.textContent = found === null || found === 0 ? more : `${more}, ${found} in the text`
  }
}

/** What was searched for when a result was followed: the page that it leads to offers the others again. */
const LAST = 'rb-search'

function remember(query: string) {
  try {
    sessionStorage.setItem(LAST, query)
  } catch {
    // Without storage each page begins anew.
  }
}

function remembered(): string {
  try {
    return sessionStorage.getItem(LAST) ?? ''
  } catch {
    return ''
  }
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

function section(title: string, items: HTMLElement[]): HTMLElement {
  return element('section', 'rb-search-group', element('h2', '', title), element('ul', '', ...items))
}

function textItem({ url, title, kind, excerpt }: FullText): HTMLElement {
  const marked = excerpt.map((part) => (part.marked ? element('mark', '', part.text) : part.text))
  const detail = element('span', 'rb-result-detail', ...marked)
  return item(url, element('span', 'rb-result-kind', kind), element('span', 'rb-result-title', title), detail)
}

function item(url: string, ...children: HTMLElement[]): HTMLElement {
  const link = element('a', 'rb-result', ...children)
  link.href = url
  return element('li', '', link)
}

customElements.define('rb-search', RolebookSearch)
