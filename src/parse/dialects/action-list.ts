import type { Finding } from '../../diagnostic.ts'
import { deedItems, roleOfDeeds } from '../blocks/deed-lists.ts'
import { isUnticked } from '../blocks/list.ts'
import { isOfLimits, isRefused } from '../blocks/refusal.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { pathOf } from '../tables/role-table.ts'
import { lostBullets } from '../unread/lost-bullets.ts'
import { deedIn } from '../words/deeds.ts'
import { isSaidInFull } from '../words/inheritance.ts'
import { isHeadingOf } from '../words/role-name.ts'

/** Bullets that say in words what the role of their section may do, and what it may not. */
export default defineDialect({
  id: 'action-list',
  summary: 'A list that says in sentences what the role of its heading may do',
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
      name: 'with what each action is',
      mdx: '# User permissions\n\n## Viewer\n\n- **View docks**: all that are not closed\n- **Export logs** - as one file\n',
      expect: ['action: View docks (Viewer)', 'action: Export logs (Viewer)'],
    },
  ],
  score(input) {
    if (roleOfDeeds(input) === null) return 0
    const items = deedItems(input.block, input.settings)
    const read = items.filter(({ deed, inheritance }) => deed || inheritance)
    return read.length * 3 >= items.length * 2 ? 0.5 : 0
  },
  read(input) {
    const named = roleOfDeeds(input)
    const findings = lostDeeds(input)
    const claims: Claim[] = []
    if (!named) return { value: claims, findings }
    const block = input.surroundings
    const role = { text: named.text.replace(/^['"‘“](.+)['"’”]$/, '$1'), evidence: input.evidence(named.span) }
    // Of two roles, the same sentence is the same action.
    const path = pathOf(input).filter((text) => !isHeadingOf(named.text, text))
    const refused = isRefused(input.block, input.settings)
    const limits = isOfLimits(input.block)
    for (const { item, deed, inheritance } of deedItems(input.block, input.settings)) {
      if (deed) {
        const { action, description } = deed
        const denied = deed.denied || refused || isUnticked(item) || inheritance?.except
        if (limits && !denied) {
          const message = `\`${item.text}\` stands among what \`${role.text}\` is restricted in and doesn't say whether it is denied, so it is not in the model. Begin it with “Cannot”, or put it into the list of what the role may do.`
          findings.push(unrecognised(input, item.span, message, [role.text, item.text]))
          continue
        }
        const effect = denied ? 'denied' : 'granted'
        const about = { block, role, action, path, description, effect, note: null, inWords: true } as const
        claims.push({ kind: 'action', ...about, evidence: input.evidence(item.span) })
      } else if (!inheritance || isUnticked(item) || !isSaidInFull(inheritance)) {
        const message = `\`${inheritance ? inheritance.rest : item.text}\` stands in a list of what \`${role.text}\` may do and says nothing that is done, so it is not in the model. Begin it with a verb, or put it into a sentence of its own.`
        findings.push(unrecognised(input, item.span, message, [role.text, item.text]))
      }
    }
    return { value: claims, findings }
  },
})

/** Lines of such a list that say what is done and have no bullet. */
function lostDeeds(input: BlockInput): Finding[] {
  return lostBullets(input, (line) => {
    if (!/^\p{Lu}/u.test(line) || line.endsWith(':') || deedIn(line, input.settings) === null) return null
    return `\`${line}\` stands without a bullet in a list of what somebody may do, so it is in no action of its own. Give it one.`
  })
}
