import { squeeze } from '../../text.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { inlineText, wholeText } from '../inline.ts'
import { type Item, isUnticked, readItems } from '../list.ts'
import { outlineOf } from '../outline.ts'
import { isRoleTitle, roleName } from '../role-name.ts'
import { surroundingsOfRoles } from '../role-table.ts'

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
    if (items.length < 2 || roles.length < items.length) return 0
    // `role:captain` says itself that it is one.
    const titled = roles.filter(({ name }) => name.startsWith('role:') || isRoleTitle(name, input.settings))
    return titled.length * 3 >= roles.length * 2 && roles.some(({ description }) => description !== '') ? 0.7 : 0
  },
  read(input) {
    const block = surroundingsOfRoles(input)
    const claims = readItems(input.block).flatMap((item): Claim[] => {
      const role = roleOf(item, input)
      if (role === null || isUnticked(item)) return []
      const evidence = input.evidence(item.span)
      return [{ kind: 'role', block, name: role.name, description: role.description || null, inList: true, evidence }]
    })
    return { value: claims, findings: [] }
  },
})

/** Headings of roles; “Permissions” and “Access” stand over what roles have as well. */
const ROLES =
  /\broles?(?: (?:and|&) [a-z ]{1,30})?$|^roles? (?:in|of|on)\b|\b(?:access|member(?:ship)?|permissions?|privilege|user) (?:levels?|types?)$|\btypes? of (?:members?|users?)$/i
/** What such a list is introduced by. */
const THESE = /\broles?\b[^.,;:]{0,30}:$/i

/** Whether the nearest heading is one of roles, or the line above the list says that these are some. */
function saysRoles({ block, surroundings }: BlockInput): boolean {
  const [nearest] = surroundings.names
  if (nearest && ROLES.test(nearest.text)) return true
  const from = Math.max(outlineOf(block.page).endBefore(block.start), block.headings.at(-1)?.offset ?? 0)
  const above = outlineOf(block.page).paragraphsIn(from, block.start).at(-1)
  return above !== undefined && !above.inItem && THESE.test(above.text)
}

/** A name of a few words, and what parts it from the description. */
const NAMED = /^(\p{L}[\p{L}\p{N} _/&-]{0,40}?)(?:(?:\s?[–—]|\s-{1,2}|:)\s|:?$)/u
/** Between a name in bold and its description. */
const PARTED = /^\s?(?:[:–—-]\s?)?/

/** The role that an item names, with what it says of it there and in bullets of its own. */
function roleOf({ text, node }: Item, { block }: BlockInput): { name: string; description: string } | null {
  const { structure } = block.page
  const [paragraph, ...more] = node.children
  const first = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
  const marked = first && first.type !== 'text' ? squeeze(inlineText(first, structure)) : ''
  const [head = '', plain = ''] = NAMED.exec(text) ?? []
  const name = marked === '' ? plain : marked.replace(/:$/, '')
  // “Instance roles” are a kind of them.
  if (name === '' || name.split(' ').length > 5 || /\broles$/i.test(name) || !text.startsWith(name)) return null
  const own = marked === '' ? text.slice(head.length) : text.slice(marked.length).replace(PARTED, '')
  // A note in a quote is about the role, and does not say what it is.
  const said = more.flatMap((child) => {
    if (child.type === 'paragraph') return wholeText(child, structure)
    return child.type === 'list' ? child.children.map((one) => wholeText(one, structure)).join('; ') : []
  })
  return { name: roleName(name), description: [own.trim(), ...said].filter((part) => part !== '').join(' ') }
}
