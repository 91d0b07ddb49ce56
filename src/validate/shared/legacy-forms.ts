/**
 * Forms that MDX 1 had and MDX 3 has not. Docusaurus 3 still reads them (`markdown.mdx1Compat`), version 4 not by default:
 * https://docusaurus.io/docs/api/docusaurus-config#markdown, and `future.v4.mdx1CompatDisabledByDefault` there.
 */
import type { Edit, Fix, Span } from '../../diagnostic.ts'
import type { Page } from '../../parse/page/page.ts'
import { endOfLine } from '../../parse/structure/lines.ts'
import { plural } from '../../text.ts'

export const FORMS = ['comments', 'headingIds', 'admonitions', 'tabPanes'] as const

export type Form = (typeof FORMS)[number]

/** One form on one page, with all of its places in order. */
export interface LegacyForm {
  form: Form
  places: Span[]
  /** What is wrong with it and what to write. */
  message: string
  fix: Fix | null
}

/** The old forms that a page holds. */
export function legacyForms(page: Page, wanted: readonly Form[]): LegacyForm[] {
  const readers: Record<Form, (page: Page) => LegacyForm> = { comments, headingIds, admonitions, tabPanes }
  return FORMS.filter((form) => wanted.includes(form))
    .map((form) => readers[form](page))
    .filter(({ places }) => places.length > 0)
}

/** Comments by which writers speak to a tool. Not every tool knows MDX's form of them. */
const FOR_A_TOOL =
  /^\s*(?:[\w-]+-(?:capture|configure|disable|enable|ignore|restore|start|end)\b|c?spell|lint |textlint|vale )/i

function comments(page: Page): LegacyForm {
  const { file, locator, structure } = page
  const places: Span[] = []
  const edits: Edit[] = []
  for (const { start, end } of structure.comments) {
    const text = file.text.slice(start, end)
    if (!text.startsWith('<!--')) continue
    const span = locator.span(start, end)
    places.push(span)
    const inner = text.slice(4, -3)
    const own = /^\s*rolebook-/.test(inner)
    if (!text.endsWith('-->') || text.length < 7 || inner.includes('*/') || (FOR_A_TOOL.test(inner) && !own)) continue
    // Braces over several lines are one expression only where they stand at the margin.
    if (span.line !== span.endLine && (span.column !== 1 || endOfLine(file.text, end) !== end)) continue
    const padded = `${/^\s/.test(inner) ? '' : ' '}${inner}${/\s$/.test(inner) ? '' : ' '}`
    edits.push({ ...span, text: `{/*${padded}*/}` })
  }
  const message = 'MDX has no HTML comments, and Docusaurus 4 does not read them by default. Write `{/* … */}`.'
  return { form: 'comments', places, message, fix: fixOf(edits, 'HTML comment') }
}

function headingIds({ headings, structure, locator }: Page): LegacyForm {
  const places: Span[] = []
  for (const { offset } of headings) {
    const line = structure.masked.slice(offset, Math.min(endOfLine(structure.masked, offset), offset + 4096))
    const trimmed = line.trimEnd()
    const start = trimmed.endsWith('}') ? trimmed.lastIndexOf('{#') : -1
    // A backslash before the brace is what MDX itself asks for.
    if (start < 1 || trimmed[start - 1] === '\\' || trimmed.indexOf('}', start) !== trimmed.length - 1) continue
    places.push(locator.span(offset + start, offset + trimmed.length))
  }
  const message =
    'MDX takes the braces of this heading’s id for JavaScript, and Docusaurus 4 does not read them by default. Write `{/* #id */}`, which Docusaurus reads from 3.10 on.'
  return { form: 'headingIds', places, message, fix: null }
}

/** The admonitions that Docusaurus has, with their old names. Others are of the site’s own config. */
const TITLED = /^(?:caution|danger|important|info|note|secondary|success|tip|warning)([ \t]+)(?=[^\s[{])/

function admonitions({ file, locator, structure }: Page): LegacyForm {
  const places: Span[] = []
  const edits: Edit[] = []
  for (const { name, start } of structure.elements) {
    if (!name.startsWith(':::')) continue
    const from = start + name.length
    const rest = file.text.slice(from, endOfLine(file.text, from)).trimEnd()
    const match = TITLED.exec(rest)
    if (!match) continue
    places.push(locator.span(start, from + rest.length))
    const title = rest.slice(match[0].length)
    if (/[[\]{}\\]|<!--/.test(title)) continue
    const span = locator.span(from + match[0].length - (match[1] as string).length, from + rest.length)
    edits.push({ ...span, text: `[${title}]` })
  }
  const message =
    'This admonition’s title has no brackets, so Docusaurus 4 shows all of it as text by default. Write `:::note[Title]`.'
  return { form: 'admonitions', places, message, fix: fixOf(edits, 'admonition title') }
}

function tabPanes({ locator, structure }: Page): LegacyForm {
  const panes = structure.elements.filter(({ name }) => name === 'Tabs.TabPane')
  const places = panes.map(({ start, contentStart }) => locator.span(start, contentStart))
  const message = 'Docusaurus has no `Tabs.TabPane`. Write `<TabItem value="…" label="…">`.'
  return { form: 'tabPanes', places, message, fix: null }
}

function fixOf(edits: Edit[], noun: string): Fix | null {
  return edits.length === 0 ? null : { description: `Rewrite ${plural(edits.length, noun)}`, edits }
}
