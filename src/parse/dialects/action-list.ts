import type { Finding } from '../../diagnostic.ts'
import { squeeze } from '../../text.ts'
import { deedItems, isIntroduction, rolesOfDeeds } from '../blocks/deed-lists.ts'
import { endsInCan, introducedRoles } from '../blocks/introduced-roles.ts'
import { type Item, isUnticked } from '../blocks/list.ts'
import { isOfLimits, isRefused } from '../blocks/refusal.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { inlineText } from '../markdown/inline.ts'
import { pathOf } from '../tables/role-table.ts'
import { lostBullets } from '../unread/lost-bullets.ts'
import { deedBehindCan, deedIn } from '../words/deeds.ts'
import { isSaidInFull } from '../words/inheritance.ts'
import { isHeadingOf } from '../words/role-name.ts'

/** Bullets that say in words what the role of their section may do, and what it may not. */
export default defineDialect({
  id: 'action-list',
  summary: 'A list that says in sentences what the role of its heading, or of the sentence above it, may do',
  block: 'list',
  examples: [
    {
      name: 'what a role may do',
      mdx: '# Roles\n\n## Dock Admin\n\n- Create and delete docks.\n- Can invite a crew\n- Cannot close the harbour\n',
      expect: [
        'action: Create and delete docks (Dock Admin)',
        'action: invite a crew (Dock Admin)',
        'action: close the harbour (Dock Admin)',
      ],
    },
    {
      name: 'of the sentence above it',
      mdx: '# Harbour permissions\n\nA user who is a dock owner can:\n\n- Create docks\n- Invite a crew\n',
      expect: ['action: Create docks (dock owner)', 'action: Invite a crew (dock owner)'],
    },
    {
      name: 'with what each action is',
      mdx: '# User permissions\n\n## Viewer\n\n- **View docks**: all that are not closed\n- **Export logs** - as one file\n',
      expect: ['action: View docks (Viewer)', 'action: Export logs (Viewer)'],
    },
  ],
  score(input) {
    if (rolesOfDeeds(input).length === 0) return 0
    const items = deedItems(input.block, input.settings).filter(({ item }) => !isHead(item, input))
    const read = items.filter(({ deed, inheritance }) => deed || inheritance)
    return read.length * 3 >= items.length * 2 ? 0.5 : 0
  },
  read(input) {
    const named = rolesOfDeeds(input)
    const findings = lostDeeds(input)
    const claims: Claim[] = []
    const block = input.surroundings
    const roles = named.map(({ text, span }) => {
      return { text: text.replace(/^['"‘“](.+)['"’”]$/, '$1'), evidence: input.evidence(span) }
    })
    const names = roles.map(({ text }) => text).join('`, `')
    // Of two roles, the same sentence is the same action.
    const path = pathOf(input).filter((text) => !named.some((role) => isHeadingOf(role.text, text)))
    const refused = isRefused(input.block, input.settings)
    const limits = isOfLimits(input.block)
    const bare = introducedRoles(input.block, input.settings).length > 0 && endsInCan(input.block)
    for (const { item, deed: known, inheritance } of deedItems(input.block, input.settings)) {
      const deed = known ?? (bare && !inheritance ? deedBehindCan(item.text) : null)
      if (deed) {
        const { action, description } = deed
        const denied = deed.denied || refused || isUnticked(item) || inheritance?.except
        if (limits && !denied) {
          const message = `\`${item.text}\` stands among what \`${names}\` is restricted in and doesn't say whether it is denied, so it is not in the model. Begin it with “Cannot”, or put it into the list of what the role may do.`
          findings.push(unrecognised(input, item.span, message, [names, item.text]))
          continue
        }
        const effect = denied ? 'denied' : 'granted'
        const about = { block, action, path, description, effect, note: null, inWords: true } as const
        for (const role of roles) claims.push({ kind: 'action', ...about, role, evidence: input.evidence(item.span) })
      } else if (isHead(item, input)) continue
      else if (!inheritance || isUnticked(item) || !isSaidInFull(inheritance)) {
        const message = `\`${inheritance ? inheritance.rest : item.text}\` stands in a list of what \`${names}\` may do and says nothing that is done, so it is not in the model. Begin it with a verb, or put it into a sentence of its own.`
        findings.push(unrecognised(input, item.span, message, [names, item.text]))
      }
    }
    return { value: claims, findings }
  },
})

/** Whether an item is the head of a list of its own that says what is done: “On the page of docks:”. */
function isHead({ text, node }: Item, { block, settings }: BlockInput): boolean {
  if (!isIntroduction(text, settings)) return false
  const below = node.children.flatMap((child) => (child.type === 'list' ? child.children : []))
  const deeds = below.filter(({ children: [first] }) => {
    return first !== undefined && deedIn(squeeze(inlineText(first, block.page.structure)), settings) !== null
  })
  return deeds.length > 0 && deeds.length * 2 >= below.length
}

/** Lines of such a list that say what is done and have no bullet. */
function lostDeeds(input: BlockInput): Finding[] {
  return lostBullets(input, (text) => {
    // An item of a list of tasks keeps its box.
    const line = text.replace(/^\[[ xX]\]\s/, '')
    if (!/^\p{Lu}/u.test(line) || line.endsWith(':') || deedIn(line, input.settings) === null) return null
    return `\`${line}\` stands without a bullet in a list of what somebody may do, so it is in no action of its own. Give it one.`
  })
}
