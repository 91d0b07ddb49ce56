/** What sentences of a page say of roles that take over what others have, as claims. */
import type { Settings } from '../../settings/schema.ts'
import { componentKey } from '../../text.ts'
import type { InheritanceClaim } from '../claim.ts'
import { idsBehind, leavesOutWhatFollows } from '../words/inheritance.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { outlineOf, paragraphAbove } from './outline.ts'
import type { Block, InheritingParagraph, Page } from './page.ts'
import type { PartialIndex, Use } from './partials.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * The claims of one use of a page.
 *
 * @param read the blocks of the page that a dialect read: what a sentence in one of them, or right above it, leaves open is reported
 */
export function inheritanceClaims(
  page: Page,
  use: Use,
  read: ReadonlySet<Block>,
  partials: PartialIndex,
  settings: Settings,
): InheritanceClaim[] {
  const said = page.inheritances.filter(
    ({ offset }) => !/\[ \]\s?$/.test(page.file.text.slice(Math.max(0, offset - 4), offset)),
  )
  return said.map((paragraph): InheritanceClaim => {
    const { text, subject, from, also, sentence, except } = paragraph
    const block = surroundingsOf({ ...paragraph, page }, use, partials, settings)
    const [nearest] = block.names.filter(({ kind }) => kind !== 'value')
    // “Dock masters can do all that …” under the heading “Dock Master” is about the role of that section, and says that it is one.
    const isNearest = subject !== null && nearest !== undefined && componentKey(nearest.text) === componentKey(subject)
    const list = listUnder(paragraph, page)
    const introduces = list !== null && read.has(list)
    const isRead = (introduces && leavesOutWhatFollows(text, paragraph)) || idsBehind(paragraph).length > 0
    return {
      kind: 'inheritance',
      block,
      subject: isNearest ? null : subject,
      from,
      also,
      sentence,
      except,
      isComplete: !except || isRead,
      isListed: introduces || (paragraph.inItem && isWithin(paragraph, read)),
      isUnderRole:
        isNearest ||
        (nearest !== undefined &&
          nearest.kind !== 'page' &&
          isRoleTitle(nearest.text.replace(/ \([^()]*\)$/, ''), settings)),
      evidence: block.evidence,
    }
  })
}

/** The list that a sentence introduces, right below it. */
function listUnder({ offset, end, text }: InheritingParagraph, page: Page): Block | null {
  const next = outlineOf(page).blockFrom(end)
  if (next?.kind !== 'list' || !text.endsWith(':')) return null
  return paragraphAbove(next)?.offset === offset ? next : null
}

function isWithin({ offset }: InheritingParagraph, blocks: ReadonlySet<Block>): boolean {
  for (const { start, end } of blocks) if (start <= offset && offset < end) return true
  return false
}
