/** Permissions that stand in no block: terms and what they mean, headings, attributes of components. They are reported. */
import type { Finding } from '../../diagnostic.ts'
import { firstFrom } from '../../lists.ts'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { outlineOf } from '../page/outline.ts'
import type { Heading, Page, Paragraph } from '../page/page.ts'
import { labelOf } from '../page/panels.ts'
import type { Element } from '../structure/element.ts'
import { endOfLine } from '../structure/lines.ts'
import { scanTag } from '../structure/tag.ts'
import { LISTS_PERMISSIONS, SPELT_FREELY } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { accessOf, permissionsIn } from '../words/vocabulary.ts'
import { beginsWithId, isOwnId } from './own-ids.ts'
import { taggedTerms } from './tagged-terms.ts'

/** What says that they are calls, or settings. */
const OTHERS =
  /\b(?:apis?|calls?|commands?|config(?:uration)?|endpoints?|events?|fields?|functions?|hooks?|methods?|options?|parameters?|properties|sdks?|settings?)\b/i
/** Names of components and of their attributes that hold permissions. */
const HOLDER = /permission|privilege|capabilit|scope|grant/i

interface Loose {
  text: string
  offset: number
  end: number
}

/** Of a page that has more of one kind, the first are looked at. */
const MOST = 500

/**
 * The findings of a page, one for each section and way of writing.
 *
 * @param paragraphs of which nothing else was said
 * @param taken paragraphs of which something was
 */
export function looseIds(
  page: Page,
  paragraphs: readonly Paragraph[],
  taken: readonly Paragraph[],
  settings: Settings,
): Finding[] {
  const isId = ({ text }: Loose) => isOwnId(text, settings)
  const { elements } = page.structure
  const lists = elements.filter(({ name }) => name.toLowerCase() === 'dl')
  const listOf = (offset: number) => lists[firstFrom(lists, offset, ({ start }) => start) - 1]
  const inList = ({ offset }: Paragraph) => offset < (listOf(offset)?.end ?? 0)
  const known = new Set(taken.filter(inList).map(({ offset }) => listOf(offset)))
  const terms = [
    ...paragraphs.filter((paragraph) => isTerm(page, paragraph, settings) && !inList(paragraph)).map(asLoose),
    ...taggedTerms(page).filter((term) => !known.has(listOf(term.offset)) && isId(term)),
  ]
  const titles = page.headings
    .filter(({ text }) => isPermission(text, settings))
    .map(({ text, offset }) => ({ text, offset, end: endOfLine(page.file.text, offset) }))
  const parts = elements.flatMap((element) => heldBy(page, element, settings))
  const declared = paragraphs.flatMap((paragraph) => declaredIn(page, paragraph, settings))
  if (terms.length + titles.length + parts.length + declared.length === 0) return []
  const around = new Surroundings(page, settings)
  const outline = outlineOf(page)
  const isFree = ({ offset }: Loose) => !outline.isInTableOrList(offset)
  const found = (things: readonly Loose[], speaks: RegExp) =>
    sectionsOf(things.slice(0, MOST).filter(isFree), around, speaks)
  return [
    ...found(terms, SPELT_FREELY).map((section) =>
      report(page, section, 'stand in paragraphs and not in a list', 'terms'),
    ),
    ...found(titles, LISTS_PERMISSIONS)
      .filter((section) => section.length > 1)
      .map((section) => report(page, section, 'are headings', 'headings')),
    ...declared.map((one) => report(page, [one], 'stand in data for components', 'data')),
    ...found(parts, SPELT_FREELY).map((section) =>
      report(page, section, 'stand in the attributes of components', 'parts'),
    ),
  ]
}

function report(page: Page, section: readonly Loose[], how: string, kind: string): Finding {
  const [first] = section as [Loose]
  const [id = ''] = first.text.split(/:\s|\s/, 1)
  const more = section.length > 1 ? ` and ${section.length - 1} more below` : ''
  return {
    ruleId: 'unrecognised-block',
    message: `Permissions ${how} (\`${id}\`${more}), which no dialect reads, so they are not in the model. Write them as a list or as a table, or accept it if they are something else.`,
    span: page.locator.span(first.offset, first.end),
    subject: null,
    ids: [page.file.path, kind, id],
  }
}

function asLoose({ text, offset, end }: Paragraph): Loose {
  return { text, offset, end }
}

const LINK = /\[([^[\]]{1,100})\]\([^()]{0,300}\)/g
/** What is no part of an id: an underscore in it is. */
const EMPHASIS = /[*`\\]|(?<!\w)_{1,3}|_{1,3}(?=[:\s]|$)/g

/** Whether most lines of a paragraph are a permission, alone or with what it means behind a colon or a dash. */
function isTerm(page: Page, { text: shown, offset, end }: Paragraph, settings: Settings): boolean {
  if (!/[.:_-]\w/.test(shown.slice(0, 200))) return false
  const lines = page.structure.masked
    .slice(offset, Math.min(end, offset + 4000))
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    // `: what it means`
    .filter((line) => line !== '' && !/^:\s/.test(line))
  const terms = lines.filter((line) => {
    const text = squeeze(line.replace(LINK, '$1').replace(EMPHASIS, ''))
    if (permissionsIn(text, 'any').some(({ operation }) => accessOf(operation, settings) !== null)) return true
    // Other ids are written alike: emphasis or code says that they are terms.
    return /^[*`[]/.test(line) && beginsWithId(text, settings) && /^\S+(?::$|:\s|\s[-–—(]|$)/.test(text)
  })
  return terms.length > 0 && terms.length * 2 >= lines.length
}

/** What a page declares as data for its components, where its name or what it holds says that it is about permissions. */
const DATA = /^export\s+(?:const|default|let|var)\b/

function declaredIn(page: Page, { offset, end }: Paragraph, settings: Settings): Loose[] {
  const text = page.file.text.slice(offset, Math.min(end, offset + 20_000))
  if (!DATA.test(text) || !(HOLDER.test(text) || /\brole/i.test(text))) return []
  const known = [...text.matchAll(/["'`]([^"'`\n]{1,100})["'`]/g)].flatMap(([, id = '']) =>
    isPermission(id, settings) ? [id] : [],
  )
  return known.slice(0, 1).map((id) => ({ text: id, offset, end: endOfLine(page.file.text, offset) }))
}

/** The permissions in the attributes of a component that is called like one that shows them, as one thing; none for most. */
function heldBy(page: Page, element: Element, settings: Settings): Loose[] {
  if (!HOLDER.test(page.file.text.slice(element.start, element.contentStart))) return []
  const all = HOLDER.test(element.name)
  const values = [...element.attributes].map(([key, { value }]): [string, string[]] => [key, [value]])
  const tag = scanTag(page.file.text, element.start)
  for (const [key, code] of tag?.expressions ?? [])
    values.push([key, [...code.matchAll(/["'`]([^"'`]{1,100})["'`]/g)].map(([, text = '']) => text)])
  const held = values.flatMap(([key, texts]) => (all || HOLDER.test(key) ? texts : []))
  const ids = held.flatMap((text) => text.split(/[\s,;]+/)).filter((word) => word !== '')
  const known = ids.filter((id) => isPermission(id, settings))
  const [first] = known
  if (first === undefined || known.length * 2 < ids.length) return []
  return [{ text: first, offset: element.start, end: element.contentStart }]
}

function isPermission(text: string, settings: Settings): boolean {
  if (/\s/.test(text)) return false
  return permissionsIn(text, 'any').some(({ operation }) => accessOf(operation, settings) !== null)
}

/** Things by the section that they stand in, of sections whose names speak. */
function sectionsOf(things: readonly Loose[], around: Surroundings, speaks: RegExp): Loose[][] {
  const sections = new Map<string, Loose[]>()
  for (const thing of things) {
    const { key, names, ofRole } = around.of(thing)
    const [nearest = ''] = names
    if (OTHERS.test(nearest) || !(ofRole || names.some((name) => speaks.test(name)))) continue
    const section = sections.get(key)
    if (section) section.push(thing)
    else sections.set(key, [thing])
  }
  return [...sections.values()]
}

/** The names around places of a page: panels, headings, its title. */
class Surroundings {
  readonly #page: Page
  readonly #settings: Settings
  readonly #panels: { element: Element; name: string }[]

  constructor(page: Page, settings: Settings) {
    this.#page = page
    this.#settings = settings
    this.#panels = page.structure.elements.flatMap((element) => {
      const name = labelOf(element)
      return name === undefined ? [] : [{ element, name }]
    })
  }

  of({ offset }: Loose): { key: string; names: string[]; ofRole: boolean } {
    const { headings, title } = this.#page
    const outer: Heading[] = []
    let depth = Number.POSITIVE_INFINITY
    for (let i = firstFrom(headings, offset, (heading) => heading.offset) - 1; i >= 0 && depth > 1; i--) {
      const heading = headings[i] as Heading
      if (heading.depth >= depth || isPermission(heading.text, this.#settings)) continue
      depth = heading.depth
      outer.push(heading)
    }
    const panels = this.#panels.filter(({ element: { start, end } }) => start < offset && offset < end).reverse()
    const names = [...panels.map(({ name }) => name), ...outer.map(({ text }) => text), title]
    const key = JSON.stringify([panels[0]?.element.start ?? null, outer[0]?.offset ?? null])
    return { key, names, ofRole: isRoleLike(names[0] ?? '', this.#settings) }
  }
}
