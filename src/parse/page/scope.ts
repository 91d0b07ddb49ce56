/** Which scope a page, a heading or a column speaks of. */
import picomatch from 'picomatch'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { NO_PROPS, type Props, withProps } from '../structure/props.ts'
import { LEVEL, LEVEL_WORDS } from '../words/levels.ts'
import { outlineOf } from './outline.ts'
import type { Context, Page } from './page.ts'

const LEVEL_WORD = new RegExp(`^(?:${LEVEL_WORDS})s?$`)

/**
 * The scope that a text names, or `null`. In a title the scope's word must stand before “role” or “scope” (at most two
 * words between them: “System Console Roles”); in a column's heading, `bare`, the word alone is enough.
 */
export function scopeInText(text: string, settings: Settings, bare = false): string | null {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  for (let i = words.length - 1; i >= 0; i--) {
    if (!bare && !/^(?:roles?|scopes?)$/.test(words[i] as string)) continue
    for (let j = bare ? i : i - 1; j >= 0 && j >= i - 3; j--) {
      const scope = settings.scopes.find(
        (s) => words[j] === s.id.toLowerCase() || words[j] === `${s.id.toLowerCase()}s`,
      )
      // “Fleet Resource Roles” are those of a fleet: on its resources.
      const qualified = !bare && /^resources?$/.test(words[j] as string) && LEVEL_WORD.test(words[j - 1] ?? '')
      if (scope && !qualified) return scope.id
      if (bare) break
    }
  }
  return null
}

/**
 * The scope of a page: by the config's globs, else by its title, sidebar label, or first heading that names one. Of a part
 * of the page, the headings that stand around it count, and where none of them names one, those over other blocks, if they
 * agree.
 */
export function scopeOfPage(page: Page, settings: Settings, props: Props = NO_PROPS, part?: Context): string | null {
  const configured = configuredScope(page, settings)
  if (configured !== null) return configured
  const own = knownOf(settings)
  const texts = [
    page.title,
    page.frontMatter.values.get('sidebar_label') ?? '',
    page.frontMatter.values.get('metaTitle') ?? '',
    ...(part?.headings.toReversed() ?? page.headings)
      .filter((heading) => heading.panel === null)
      .map((heading) => heading.text),
  ]
  for (const text of texts) {
    const found = titleScope(withProps(text, props), settings, own)
    if (found !== null) return found
  }
  // “Team roles” are of a scope that is not known, and of no other, be it the heading of a block or that of its role's heading.
  const other = part?.headings.some(
    ({ panel, depth, text }) =>
      panel === null && depth > 1 && /\S\s+(?:roles?|scopes?)\b|^roles? (?:at|in|of|on)\b/i.test(text),
  )
  return part && !other ? onlyScopeOf(page, settings, own) : null
}

/** The scope that the config gives a page by a glob of its path, or `null`. */
export function configuredScope({ file: { relativePath } }: Page, settings: Settings): string | null {
  const { byPath } = knownOf(settings)
  let scope = byPath.get(relativePath)
  if (scope === undefined) {
    scope = settings.scopes.find(({ pages }) => pages.length > 0 && picomatch.isMatch(relativePath, pages))?.id ?? null
    byPath.set(relativePath, scope)
  }
  return scope
}

function titleScope(text: string, settings: Settings, { byText }: Known): string | null {
  let found = byText.get(text)
  if (found === undefined) {
    found = scopeInText(text, settings)
    byText.set(text, found)
  }
  return found
}

/** The one scope that headings over blocks of a page name, for blocks under other headings; `null` where they name several. */
function onlyScopeOf(page: Page, settings: Settings, own: Known): string | null {
  let only = own.byPage.get(page)
  if (only === undefined) {
    const outline = outlineOf(page)
    const named = new Set<string>()
    for (const heading of page.headings) {
      if (heading.panel !== null) continue
      // “Fleet roles” beside “Project roles” are of a scope that is not known: what stands under neither is of neither.
      const scope = titleScope(heading.text, settings, own) ?? (LEVEL.test(heading.text) ? '' : null)
      if (scope === null) continue
      const [start, end] = outline.sectionOf(heading)
      const block = outline.blockFrom(start)
      if (block && block.start < end) named.add(scope)
    }
    const [first] = named
    only = named.size === 1 && first ? first : null
    own.byPage.set(page, only)
  }
  return only
}

/** Asked for at each block of a page. */
interface Known {
  byPath: Map<string, string | null>
  byText: Map<string, string | null>
  byPage: WeakMap<Page, string | null>
}

const knownOf = remembered((_: Settings): Known => {
  return { byPath: new Map(), byText: new Map(), byPage: new WeakMap() }
})
