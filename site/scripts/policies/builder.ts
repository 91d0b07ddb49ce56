/** The policy builder: what is chosen becomes one document, and the address says what is chosen. */
import { type Json, mergePolicies } from '../../../src/query/merge-policies.ts'
import { mergedView, summaryOf } from './merged-view.ts'
import { toNode } from './nodes.ts'

export interface BuilderPolicy {
  id: string
  title: string
  href: string
  /** What it allows; where it is not here, it is loaded from `file`. */
  document?: Json
  file?: string
}
export interface BuilderFamily {
  kind: string
  word: string
  limits: { title: string; limit: number }[]
  policies: BuilderPolicy[]
  /** File of all policies, where the page lists some. */
  all?: string
  presets: { id: string; policies: string[]; extras: string[] }[]
}

const root = document.querySelector<HTMLElement>('[data-rb-builder]')
const data = document.querySelector('[data-rb-builder-data]')
if (root && data) start(root, JSON.parse(data.textContent ?? '[]') as BuilderFamily[])

function start(root: HTMLElement, families: BuilderFamily[]): void {
  const one = <E extends Element>(selector: string) => root.querySelector<E>(selector) as E
  const all = (name: string) => [...root.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)]
  const result = one<HTMLElement>('[data-rb-result]')
  const summary = one<HTMLElement>('[data-rb-summary]')
  const notice = one<HTMLElement>('[data-rb-notice]')
  const download = one<HTMLButtonElement>('[data-rb-download]')
  let family = 0
  let text = ''

  const chosen = () => all(`policy-${family}`).flatMap((box) => (box.checked ? [box.value] : []))

  /** Ticks these policies, shows the family, and says which preset they are, extras aside. */
  function choose(index: number, ids: readonly string[]): void {
    family = index
    for (const radio of all('family')) radio.checked = radio.value === String(index)
    for (const [i, part] of root.querySelectorAll<HTMLElement>('[data-rb-family]').entries()) part.hidden = i !== index
    for (const box of all(`policy-${index}`)) box.checked = ids.includes(box.value)
    const preset = presetOf(ids)
    for (const radio of all(`preset-${index}`)) radio.checked = radio.value === (preset?.id ?? '')
    for (const mark of root.querySelectorAll<HTMLElement>(`[data-rb-extra-${index}]`))
      mark.hidden = !preset?.extras.includes(mark.getAttribute(`data-rb-extra-${index}`) ?? '')
  }

  function presetOf(ids: readonly string[]) {
    const { presets } = families[family] as BuilderFamily
    const fits = presets.filter(
      ({ policies, extras }) =>
        policies.every((id) => ids.includes(id)) && ids.every((id) => policies.includes(id) || extras.includes(id)),
    )
    return fits.find(({ policies }) => policies.length === ids.length) ?? fits[0]
  }

  /** The documents of these policies; `null` where one has to be loaded, and then all is shown again when it is there. */
  function documentsOf(
    policies: readonly BuilderPolicy[],
  ): { id: string; title: string; href: string; document: Json }[] | null {
    const parts = policies.flatMap((policy) =>
      policy.document === undefined ? [] : [{ ...policy, document: policy.document }],
    )
    if (parts.length === policies.length) return parts
    const missing = policies.filter(({ document }) => document === undefined)
    const load = async (policy: BuilderPolicy) => {
      policy.document = await json<Json>(policy.file ?? '')
    }
    Promise.all(missing.map(load)).then(show, () => fail('A policy could not be loaded. Try again.'))
    return null
  }

  /** Puts the policies that the page does not list behind those that it does. */
  async function listAll(index: number): Promise<void> {
    const family = families[index] as BuilderFamily
    if (family.all === undefined) return
    const policies = await json<(BuilderPolicy & { actions: number; twice: boolean })[]>(family.all)
    const list = all(`policy-${index}`)
    const last = list.at(-1)?.closest('label')
    if (!last) return
    const listed = new Set(family.policies.map(({ id }) => id))
    const added = policies.filter(({ id }) => !listed.has(id))
    last.after(...added.map((policy) => labelOf(last, policy, index, family.word)))
    const known = new Map(family.policies.map((policy) => [policy.id, policy]))
    family.policies = policies.map((policy) => known.get(policy.id) ?? policy)
    delete family.all
    root.querySelector(`[data-rb-all="${index}"]`)?.remove()
  }

  function show(): void {
    const { kind, limits, word, policies } = families[family] as BuilderFamily
    const ids = chosen()
    const picked = policies.filter(({ id }) => ids.includes(id))
    const parts = documentsOf(picked)
    download.hidden = parts === null || parts.length === 0
    if (parts === null) {
      summary.textContent = 'Loading…'
      return
    }
    if (parts.length === 0) {
      text = ''
      summary.textContent = 'Choose at least one policy.'
      result.replaceChildren()
      return
    }
    const input = { name: 'Merged policy', merged: mergePolicies(kind, parts), parts, limits, word }
    text = `${JSON.stringify(input.merged.document, null, 2)}\n`
    summary.textContent = summaryOf(input)
    result.replaceChildren(...mergedView(input).map(toNode))
  }

  /** The choice as the end of a link. */
  function write(): void {
    const ids = chosen()
    const preset = presetOf(ids)
    const exact = preset !== undefined && preset.policies.length === ids.length
    const query = exact
      ? `preset=${encodeURIComponent(preset.id)}`
      : `policies=${ids.map(encodeURIComponent).join(',')}`
    history.replaceState(null, '', `${location.pathname}?${query}`)
  }

  /** What a link asks for; what it asks for in vain is said. */
  function read(): boolean {
    const query = new URLSearchParams(location.search)
    const preset = query.get('preset')
    if (preset !== null) {
      const index = families.findIndex(({ presets }) => presets.some(({ id }) => id === preset))
      if (index < 0) return fail(`This version has no deployment “${preset}”.`)
      choose(index, families[index]?.presets.find(({ id }) => id === preset)?.policies ?? [])
      return true
    }
    // A link may say no policies at all, which is a choice as well.
    const list = query.get('policies')
    if (list === null) return false
    const ids = list.split(',').filter((id) => id !== '')
    const within = ({ policies }: BuilderFamily, id: string) => policies.some((policy) => policy.id === id)
    const index = Math.max(
      0,
      families.findIndex((candidate) => ids.some((id) => within(candidate, id))),
    )
    const usable = ids.filter((id) => within(families[index] as BuilderFamily, id))
    if (usable.length < ids.length)
      fail(
        `Left out, as they can’t be merged with the others here: ${ids.filter((id) => !usable.includes(id)).join(', ')}.`,
      )
    choose(index, usable)
    return true
  }

  function fail(message: string): false {
    notice.textContent = message
    notice.hidden = false
    return false
  }

  root.addEventListener('change', (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement)) return
    notice.hidden = true
    if (input.name === 'family') {
      const index = Number(input.value)
      choose(index, families[index]?.presets[0]?.policies ?? [])
    } else if (input.name === `preset-${family}`) {
      const preset = families[family]?.presets.find(({ id }) => id === input.value)
      if (preset) choose(family, preset.policies)
    } else choose(family, chosen())
    show()
    write()
  })
  download.addEventListener('click', () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.download = 'merged-policy.json'
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  })
  /** A link may name a policy that the page does not list. */
  const fromLink = async () => {
    const named = new URLSearchParams(location.search).get('policies')?.split(',') ?? []
    const listed = new Set(families.flatMap(({ policies }) => policies.map(({ id }) => id)))
    if (named.some((id) => id !== '' && !listed.has(id)) && families.some((family) => family.all !== undefined))
      await Promise.all(families.map((_, i) => listAll(i))).catch(noList)
    if (read()) show()
  }
  const noList = () => fail('The list could not be loaded. Try again.')
  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-rb-all]') : null
    if (button) listAll(Number(button.getAttribute('data-rb-all'))).catch(noList)
  })
  addEventListener('popstate', fromLink)
  void fromLink()
}

async function json<T>(address: string): Promise<T> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.json() as Promise<T>
}

/** A choice like another one. */
function labelOf(
  like: Element,
  policy: BuilderPolicy & { actions: number; twice: boolean },
  index: number,
  word: string,
): Node {
  const label = like.cloneNode(true) as HTMLElement
  const box = label.querySelector('input') as HTMLInputElement
  box.value = policy.id
  box.checked = false
  const extra = label.querySelector('.rb-tag') as HTMLElement
  extra.setAttribute(`data-rb-extra-${index}`, policy.id)
  extra.hidden = true
  const code = document.createElement('code')
  code.textContent = policy.id
  const small = document.createElement('small')
  small.append(...(policy.twice ? [code, ', '] : []), `${policy.actions} ${word}${policy.actions === 1 ? '' : 's'}`)
  box.nextElementSibling?.replaceChildren(`${policy.title} `, extra, ' ', small)
  return label
}
