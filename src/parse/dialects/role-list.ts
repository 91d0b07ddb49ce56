import type { Finding, Span } from '../../diagnostic.ts'
import { remembered } from '../../remembered.ts'
import { foldedName, squeeze } from '../../text.ts'
import { readGrid } from '../blocks/cells.ts'
import { type Item, isUnticked, readItems } from '../blocks/list.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { inlineText, wholeText } from '../markdown/inline.ts'
import { isCaption } from '../page/caption.ts'
import { colonAbove, outlineOf } from '../page/outline.ts'
import type { Block, Page } from '../page/page.ts'
import { endOfLine } from '../structure/lines.ts'
import { surroundingsOfRoles } from '../tables/role-table.ts'
import { lineRightAbove, lostBullets } from '../unread/lost-bullets.ts'
import { permissionsAbove } from '../unread/strange-lists.ts'
import { OVER_ROLES } from '../words/permission-headings.ts'
import { isRoleTitle, roleName } from '../words/role-name.ts'

/** Bullets of roles and what each is for: what a table of role names and descriptions says. */
export default defineDialect({
  id: 'role-list',
  summary: 'A list of role names and descriptions, under a heading or behind a line that says that they are roles',
  block: 'list',
  examples: [
    {
      name: 'names in bold',
      mdx: '## Roles\n\n- **Harbour Admin**: can create and delete docks\n- **Viewer** - can look at docks\n',
      expect: ['role: Harbour Admin', 'role: Viewer'],
    },
    {
      name: 'behind a line that says so',
      mdx: '## Who works here\n\nThe harbour has these roles:\n\n- Owner: does everything\n- Reader: looks on\n- `pilot`: steers\n',
      expect: ['role: Owner', 'role: Reader', 'role: pilot'],
    },
    {
      name: 'with what each may do under its name',
      mdx: '## User roles\n\n- **Admin**\n  - Creates docks\n  - Deletes docks\n- **Guest**\n  - Looks on\n',
      expect: ['role: Admin', 'role: Guest'],
    },
  ],
  score(input) {
    if (!saysRoles(input)) return 0
    const items = readItems(input.block)
    const roles = items.map((item) => roleOf(item, input)).filter((role) => role !== null)
    if (roles.length * 3 < items.length * 2) return 0
    const columns = columnsOf(input.block.page)
    const titled = roles.filter(({ name }) => isRole(name, input) || columns.has(foldedName(name)))
    return titled.length * 2 >= roles.length && roles.some(({ description }) => description !== '') ? 0.7 : 0
  },
  read(input) {
    const block = surroundingsOfRoles(input)
    const findings = lostRoles(input)
    const claims = readItems(input.block).flatMap((item): Claim[] => {
      const role = roleOf(item, input)
      if (role === null) {
        const message = `\`${item.text}\` stands in a list of roles and names none, so it is not in the model.`
        findings.push(unrecognised(input, item.span, message, [block.names[0]?.text ?? '', item.text]))
      }
      if (role === null || isUnticked(item) || NO_ROLE.test(role.name)) return []
      const { name, description } = role
      return [
        {
          kind: 'role',
          block,
          name,
          description: description || null,
          inList: true,
          evidence: input.evidence(item.span),
        },
      ]
    })
    return { value: claims, findings }
  },
})

const SEVERAL = /\broles$/i
const JOBS = /^(?:hiring|job|open|vacant)\b/i
/** What such a list is introduced by. */
const THESE = /\broles?\b[^.,;:]{0,60}:$|\b(?:access|member(?:ship)?|permission|privilege) levels\b[^.,;:]{0,30}:$/i
/** What stands in such a list for nobody's role. */
const NO_ROLE = /^no (?:access|permissions?|roles?)$|^none$/i

/** Whether the nearest heading is one of roles, or the line above the list says that these are some. */
function saysRoles(input: BlockInput): boolean {
  const { block, surroundings } = input
  if (describesColumns(input)) return true
  // “These permissions can be given to a role:”, under a heading of roles; but “These roles give permissions:” introduces roles.
  const said = permissionsAbove(input)
  if (said !== null && !/^[^.]{0,60}\b(?:these|following) roles\b/i.test(said)) return false
  // A bold line above may be a role of the list, without its bullet; “**Built-in roles**” is what stands over them.
  const bold = new Set(
    block.headings.filter((one) => isCaption(one) && !SEVERAL.test(one.text)).map(({ text }) => text),
  )
  const nearest = surroundings.names.find(({ text }) => !bold.has(text))
  if (nearest && OVER_ROLES.test(nearest.text) && !JOBS.test(nearest.text)) return true
  const above = colonAbove(block)
  return above !== null && !above.paragraph.inItem && THESE.test(above.text)
}

/** Whether each item describes a column of the table of marks below it. */
function describesColumns(input: BlockInput): boolean {
  const { page, end } = input.block
  const [, to] = outlineOf(page).around(input.block)
  const table = outlineOf(page).blockFrom(end)
  // The stretch around a list ends where the table below it begins.
  if (table?.kind !== 'table' || table.start > to) return false
  const columns = new Set(columnNames(table))
  const items = readItems(input.block)
  return items.length > 1 && items.every((item) => columns.has(foldedName(roleOf(item, input)?.name ?? '')))
}

/** The headings of the page's tables of marks, but for the first of each: a list above one describes its columns. */
const columnsOf = remembered((page: Page): ReadonlySet<string> => {
  return new Set(page.blocks.filter(({ kind }) => kind === 'table').flatMap(columnNames))
})

function columnNames(table: Block): string[] {
  return readGrid(table)
    .header.slice(1)
    .map(({ text }) => foldedName(roleName(text)))
}

/** Whether a name is a word for a role. */
function isRole(name: string, { settings }: BlockInput): boolean {
  // `role:admin` is how a config names one.
  return name !== '' && !SEVERAL.test(name) && isRoleTitle(name.replace(/^role:/, ''), settings)
}

/** A name in bold or in code, at the beginning of a line. */
const MARKED = /^(?:\*\*|__|`)[^*_`\n]{1,60}(?:\*\*|__|`)/

/** The same with what parts it from its description. */
const MARKED_AND_PARTED =
  /^(?:\*\*|__|`)([^*_`\n:]{1,60})(?::(?:\*\*|__|`)|(?:\*\*|__|`)[^\p{L}\p{N}:–—-]{0,8}[:–—-])\s/u

/** Whether a line begins with a role and what parts it from its description, or is nothing but one. */
function beginsWithRole(line: string, input: BlockInput): boolean {
  const [, marked] = MARKED_AND_PARTED.exec(line) ?? []
  if (marked !== undefined) return isRole(marked, input)
  const [, name = ''] = NAMED.exec(line) ?? []
  // A word alone goes on with a sentence as often.
  return isRole(name, input) && (name.length < line.length || /^\p{Lu}/u.test(line))
}

/** The rest of the line that a span begins in. */
function lineAt({ file, locator }: Page, span: Span): string {
  const start = locator.offsetOf(span)
  return file.text.slice(start, endOfLine(file.text, start))
}

/** Lines of such a list that begin with a role and have no bullet. */
function lostRoles(input: BlockInput): Finding[] {
  const { block } = input
  // Where each name is in bold, or in code, a line that begins so is one.
  const marked = readItems(block).every(({ span }) => MARKED.test(lineAt(block.page, span)))
  const messageOf = (line: string) => {
    if (!(marked && MARKED.test(line)) && !beginsWithRole(line, input)) return null
    return `This line of a list of roles has no bullet, so its role is not in the model. Give it one.`
  }
  return lostBullets(input, messageOf, lineRightAbove(block) ? [] : partingRoles(input))
}

/** Paragraphs above a list that are a role: with paragraphs of its own below, an item that has lost its bullet parts the list. */
function partingRoles(input: BlockInput): [from: number, to: number][] {
  const { page, headings, start } = input.block
  const outline = outlineOf(page)
  const from = Math.max(outline.endBefore(start), headings.findLast((heading) => !isCaption(heading))?.offset ?? 0)
  return outline
    .paragraphsIn(from, start)
    .filter(({ text, inItem }) => !inItem && text.endsWith(':') && isRole(text.slice(0, -1), input))
    .map(({ offset, end }) => [offset, end])
}

/** A name of a few words, and what parts it from the description. */
const NAMED = /^(\p{L}[\p{L}\p{N} _/&-]{0,40}?)(?:(?:\s?[–—]|\s-{1,2}|:)\s|:?$)/u
/** Between a name in bold and its description. */
const PARTED = /^\s?(?:(?:\p{So}|\u200D|\uFE0F){1,8}\s?)?(?:[:–—-]\s?)?/u

/** The role that an item names, with what it says of it there and in bullets of its own. */
function roleOf({ text, node }: Item, { block }: BlockInput): { name: string; description: string } | null {
  const { structure } = block.page
  const [paragraph, ...more] = node.children
  const first = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
  const marked = first && first.type !== 'text' ? squeeze(inlineText(first, structure)) : ''
  const [head = '', plain = ''] = NAMED.exec(text) ?? []
  const name = marked === '' ? plain : marked.replace(/:$/, '')
  // “Instance roles” are a kind of them.
  if (name === '' || name.split(' ').length > 5 || SEVERAL.test(name) || !text.startsWith(name)) return null
  // “A role: known by its id” says what one is.
  if (/^an? /i.test(name)) return null
  const own = marked === '' ? text.slice(head.length) : text.slice(marked.length).replace(PARTED, '')
  // A note in a quote is about the role, and does not say what it is.
  const said = more.flatMap((child) => {
    if (child.type === 'paragraph') return wholeText(child, structure)
    return child.type === 'list' ? child.children.map((one) => wholeText(one, structure)).join('; ') : []
  })
  return { name: roleName(name), description: [own.trim(), ...said].filter((part) => part !== '').join(' ') }
}
