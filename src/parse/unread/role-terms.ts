/** Roles that stand in no list: terms of a definition list, paragraphs that begin with a name in bold or in code. They are reported. */
import type { Finding, Span } from '../../diagnostic.ts'
import { firstFrom } from '../../lists.ts'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import type { Heading, Page, Paragraph } from '../page/page.ts'
import { COMMUNITY, OVER_ROLES } from '../words/permission-headings.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { taggedTerms } from './tagged-terms.ts'

interface Term {
  name: string
  offset: number
  span: Span
}

/** `Captain`, and on the next line `: steers`. */
const DEFINED = /^([^\s][^\n]{0,80})\n[ \t]{0,3}:[ \t]{1,8}\S/
/** `**Captain** – steers`, `**Captain:** steers`, `` `captain`: steers ``. */
const MARKED = /^(?:\*\*|__|`)([^*_`\n]{1,60}?):?(?:\*\*|__|`)(?:\s?[:–—-]\s|\s)\s{0,8}\S/

/** So much of a paragraph is looked at. */
const LONGEST = 2000

/** One finding for each section of roles in which two stand so, at the first of them. */
export function roleTerms(page: Page, paragraphs: readonly Paragraph[], settings: Settings): Finding[] {
  if (!page.headings.some(({ text }) => OVER_ROLES.test(text)) && !OVER_ROLES.test(page.title)) return []
  const sections = new Map<string, Term[]>()
  for (const term of [...paragraphs.flatMap((paragraph) => termsIn(page, paragraph)), ...tagged(page)]) {
    const heading = page.headings[firstFrom(page.headings, term.offset, ({ offset }: Heading) => offset) - 1]
    const over = heading?.text ?? page.title
    if (!OVER_ROLES.test(over) || COMMUNITY.test(over) || !isRoleTitle(term.name, settings)) continue
    const section = sections.get(String(heading?.offset)) ?? []
    section.push(term)
    sections.set(String(heading?.offset), section)
  }
  return [...sections.values()].flatMap((terms) => {
    const [first] = terms
    if (!first || terms.length < 2) return []
    const message = `Roles stand in paragraphs and not in a list (\`${first.name}\` and ${terms.length - 1} more below), which no dialect reads, so what is said of them is not in the model. Begin each with a bullet, or write a table of roles and descriptions.`
    return {
      ruleId: 'unrecognised-block',
      message,
      span: first.span,
      subject: null,
      ids: [page.file.path, 'roles', first.name],
    }
  })
}

/** The term that a paragraph begins with; of one whose lines begin with names that are marked, each of them. */
function termsIn(page: Page, { text, offset, end, span, inItem }: Paragraph): Term[] {
  // What ends so introduces a list, which is that role's.
  if (inItem || text.endsWith(':')) return []
  const written = page.structure.masked.slice(offset, Math.min(end, offset + LONGEST))
  const [, defined] = DEFINED.exec(written.trimStart()) ?? []
  const lines = defined === undefined ? written.split(/\r\n|\n|\r/) : []
  const names = lines.flatMap((line) => MARKED.exec(line.trimStart())?.[1] ?? [])
  // A name further down in prose is no term.
  const marked = MARKED.test(written) ? names : []
  return [defined ?? marked].flat().flatMap((name) => {
    const bare = squeeze(name.replace(/[*`\\]/g, ''))
    return bare === '' ? [] : [{ name: bare, offset, span }]
  })
}

/** The terms of lists that are written in tags. */
function tagged(page: Page): Term[] {
  return taggedTerms(page).flatMap(({ text, offset, end }) => {
    const name = text.replace(/:$/, '')
    return name === '' ? [] : [{ name, offset, span: page.locator.span(offset, end) }]
  })
}
