/**
 * Takes what is inline out of a built page, so that a strict content security policy holds: `style` attributes become
 * attributes that a style sheet of the site names, and scripts are hashed. Astro's own policy (`security.csp`) knows
 * neither the scripts of Starlight's components nor the `style` attributes of highlighted code.
 */
import { createHash } from 'node:crypto'
import { eachStartTag, type StartTag } from './start-tags.ts'

/** Stands on an element in the place of `style`; its value says which. */
const STYLE_MARK = 'data-s'

export interface InspectedPage {
  /** Distinct values of `style`. */
  styles: Set<string>
  /** `'sha256-…'` of inline scripts and `<style>` elements. */
  scripts: Set<string>
  styleElements: Set<string>
  /** Places of `style` attributes (UTF-16, end exclusive) with their values, in order. */
  attributes: { start: number; end: number; value: string }[]
  /** Where the policy and the style sheet are put: after the charset. */
  head: number
  /** `<meta>` elements: `name` or `property`, and content. */
  meta: Map<string, string>
  /** What no policy can allow: inline event handlers, `javascript:` addresses. */
  forbidden: string[]
}

/** Types of `<script>` that the browser runs; anything else is data. */
const RUNS = new Set(['', 'module', 'text/javascript', 'application/javascript', 'importmap', 'speculationrules'])

/** What of a page a content security policy must name, and what none can allow. */
export function inspectPage(html: string): InspectedPage {
  const page: InspectedPage = {
    styles: new Set(),
    scripts: new Set(),
    styleElements: new Set(),
    attributes: [],
    head: -1,
    meta: new Map(),
    forbidden: [],
  }
  eachStartTag(html, (tag) => look(tag, page))
  page.attributes.sort((a, b) => a.start - b.start)
  return page
}

function look({ name: tagName, attributes, end: tagEnd, text }: StartTag, page: InspectedPage): void {
  const attribute = (name: string) => attributes.find((candidate) => candidate.name === name)?.value
  for (const { name, value, start, end } of attributes) {
    if (name === 'style' && start >= 0) {
      page.styles.add(value)
      page.attributes.push({ start, end, value })
    } else if (name.startsWith('on')) page.forbidden.push(`\`${name}\` on <${tagName}>`)
    else if (/^(?:href|src|action|formaction)$/.test(name) && /^\s*javascript:/i.test(value))
      page.forbidden.push(`\`${name}="javascript:…"\` on <${tagName}>`)
  }
  if (tagName === 'script' && attribute('src') === undefined && RUNS.has((attribute('type') ?? '').toLowerCase()))
    page.scripts.add(hashOf(text))
  else if (tagName === 'style') page.styleElements.add(hashOf(text))
  else if (tagName === 'meta') {
    const name = attribute('name') ?? attribute('property')
    if (name !== undefined) page.meta.set(name, attribute('content') ?? '')
    if (attribute('charset') !== undefined) page.head = tagEnd
  }
}

/** A source expression of CSP for inline code: `'sha256-…'`. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** Names of the distinct styles of a site, short and the same in every build. */
export function namesOfStyles(styles: ReadonlySet<string>): Map<string, string> {
  return new Map([...styles].sort().map((style, i) => [style, i.toString(36)]))
}

/** The style sheet that says what the marks mean; it weighs more than any rule of the site that is not `!important`. */
export function styleSheet(names: ReadonlyMap<string, string>): string {
  return [...names]
    .map(([style, name]) => `:root:root:root [${STYLE_MARK}='${name}']{${style.replace(/[{}<]/g, '')}}\n`)
    .join('')
}

/** The page without `style` attributes, with `inHead` after the charset. */
export function withoutInline(
  html: string,
  page: Pick<InspectedPage, 'attributes' | 'head'>,
  names: ReadonlyMap<string, string>,
  inHead: string,
): string {
  const parts: string[] = []
  let from = 0
  const upTo = (end: number, text: string) => {
    parts.push(html.slice(from, end), text)
    from = end
  }
  if (page.head >= 0) upTo(page.head, inHead)
  for (const { start, end, value } of page.attributes) {
    upTo(start, `${STYLE_MARK}="${names.get(value) ?? ''}"`)
    from = end
  }
  return parts.join('') + html.slice(from)
}

/** Style sheets that ask for `style` attributes (those of highlighted code do) find the marks as well. */
export function markedStyles(css: string): string {
  return css.replaceAll(/\[style\^=(?:'--'|"--")\]/g, `:is([style^='--'],[${STYLE_MARK}])`)
}
