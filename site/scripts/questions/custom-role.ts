/** A role of exactly the permissions that are ticked, as text: shown, to copy and to download. */

import { identifier, type OfferedTemplate, type RoleFormat, roleFormats } from '../../../src/export/role-text.ts'
import type { SiteFacts } from '../../lib/facts-file.ts'
import { h, part } from './page.ts'

export class CustomRole {
  readonly #box: HTMLElement
  readonly #name: HTMLInputElement
  readonly #scope: HTMLSelectElement
  readonly #format: HTMLSelectElement
  readonly #code: HTMLElement
  readonly #templates: readonly OfferedTemplate[]
  #permissions: readonly string[] = []
  /** Whether somebody chose the scope here. */
  #isChosen = false

  constructor(box: HTMLElement, facts: SiteFacts, templates: readonly OfferedTemplate[]) {
    this.#box = box
    this.#templates = templates
    this.#name = part(box, '[name="role-name"]')
    this.#scope = part(box, '[name="role-scope"]')
    this.#format = part(box, '[name="format"]')
    this.#code = part(box, 'pre code')
    this.#scope.replaceChildren(...facts.scopes.map(({ id, title }) => h('option', { value: id }, title)))
    this.#offer()
    this.#name.addEventListener('input', () => this.#write())
    this.#scope.addEventListener('change', () => {
      this.#isChosen = true
      this.#offer()
    })
    this.#format.addEventListener('change', () => this.#write())
    part(box, '[data-rb-download]').addEventListener('click', () => this.#download())
  }

  /** Takes what is ticked, and the scope that the page asks about where it asks about one. */
  show(permissions: readonly string[], scope: string) {
    this.#permissions = permissions
    this.#box.hidden = permissions.length === 0
    if (scope !== '') this.#isChosen = false
    if (scope !== '' && scope !== this.#scope.value) {
      this.#scope.value = scope
      this.#offer()
    } else this.#write()
  }

  /** Takes the scope of the answer, unless one was chosen here. */
  prefer(scope: string) {
    if (this.#isChosen || scope === this.#scope.value) return
    this.#scope.value = scope
    this.#offer()
  }

  /** The formats that fit the scope; the one chosen stays where it fits. */
  #offer() {
    const formats = roleFormats(this.#templates, this.#scope.value)
    const chosen = this.#format.value
    this.#format.replaceChildren(...formats.map(({ id, title }) => h('option', { value: id }, title)))
    if (formats.some(({ id }) => id === chosen)) this.#format.value = chosen
    this.#write()
  }

  #current(): RoleFormat | undefined {
    return roleFormats(this.#templates, this.#scope.value).find(({ id }) => id === this.#format.value)
  }

  #text(): string {
    const name = this.#name.value.trim() || 'Custom role'
    return (
      this.#current()?.text({ name, scope: this.#scope.value, description: null, permissions: this.#permissions }) ?? ''
    )
  }

  #write() {
    this.#code.textContent = this.#text()
  }

  #download() {
    const url = URL.createObjectURL(new Blob([this.#text()], { type: 'text/plain;charset=utf-8' }))
    const file = `${identifier(this.#name.value.trim() || 'Custom role').replaceAll('_', '-')}.${this.#current()?.extension ?? 'txt'}`
    h('a', { href: url, download: file }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
}
