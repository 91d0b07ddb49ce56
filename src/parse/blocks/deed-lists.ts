/** Lists of sentences that say what somebody may do, and whose they are. */
import type { List } from 'mdast'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import type { NameCandidate, Surroundings } from '../claim.ts'
import { isCaption } from '../page/caption.ts'
import { introductionOf } from '../page/outline.ts'
import type { Block } from '../page/page.ts'
import { type Deed, deedIn, MAY, saysDeed } from '../words/deeds.ts'
import { type Inheritance, roleInheritanceIn } from '../words/inheritance.ts'
import { COMMUNITY, DEEDS_UNDER } from '../words/permission-headings.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { type Item, readItems } from './list.ts'

/** A list, and what stands around it. */
interface ListInput {
  block: Block
  surroundings: Surroundings
  settings: Settings
}

export interface DeedItem {
  item: Item
  deed: Deed | null
  inheritance: Inheritance | null
}

/** The items of a list, each with what it says that may be done; read once, whoever asks. */
export const deedItems = remembered((block: Block, settings: Settings): readonly DeedItem[] => {
  return readItems(block).map((item) => {
    const inheritance = roleInheritanceIn(item.text, settings)
    return { item, deed: deedIn(inheritance ? inheritance.rest : item.text, settings), inheritance }
  })
})

/** The name of the role of whose section a list says in sentences what it may do; `null` for any other list. */
export function roleOfDeeds({ block, surroundings, settings }: ListInput): NameCandidate | null {
  // A partial's is looked at with none of its inclusions: which of them stand under a role is not known before all are read.
  if (block.kind !== 'list' || surroundings.partial) return null
  const [nearest, ...outer] = surroundings.names.filter(({ kind }) => kind !== 'value')
  if (!nearest || nearest.kind === 'page') return null
  // A caption is one where it is called like a role, or stands beside such a one.
  const inner = block.headings.at(-1)
  const isUnderCaption = inner !== undefined && isCaption(inner) && inner.text === nearest.text
  if (!isUnderCaption && !isOneRole(nearest.text, settings)) return null
  if (!outer.some(({ text }) => DEEDS_UNDER.test(text)) || outer.some(({ text }) => COMMUNITY.test(text))) return null
  return areDeeds(block, settings) ? nearest : null
}

function isOneRole(text: string, settings: Settings): boolean {
  const name = text.replace(/\s?\([^()]*\)$/, '').replace(/['"‘’“”]/g, '')
  if (/\broles$|^(?:an?|custom|default|the)\b/i.test(name) || name.split(' ').length > 4) return false
  // A command: `dock create role`.
  if (/^[a-z][^ ]* /.test(name)) return false
  return isRoleTitle(name, settings) && !saysDeed(name, { settings })
}

/** How steps begin that somebody follows. */
const STEP =
  /^(?:choose|click|enter|follow|go to|if|in the|log (?:in|on)|navigate|open (?:the|your)|press|run the|select|sign in|type|under|use the)\b/i

/** The line above a numbered list that says that somebody may do what is in it. */
const MAY_FOLLOW =
  /\b(?:(?:can|may)(?: also| only)?|(?:able|allowed|permitted) to)(?: do(?: (?:so|the following|these|this))?| perform the following [a-z]{1,20})?:$|\b(?:abilities|permissions?|privileges|rights):$/i

/** What is at hand, as in steps: “Save your changes”; of one thing (“Create a dock”) some of what a role may do is as well. */
const AT_HAND = /^(?:\S+ ){1,4}(?:it|its|the|them|this|these|your)\b|["“*`]/i
const ONE_THING = /^(?:\S+ ){1,3}an?\b/i

/** Whether a numbered list is one of steps by what stands above it and in it. */
function areSteps(block: Block, items: readonly DeedItem[]): boolean {
  const above = introductionOf(block)
  if (above !== null) return !MAY_FOLLOW.test(above.text)
  const ofOne = items.filter(({ item }) => ONE_THING.test(item.text))
  return ofOne.length * 2 >= items.length || items.some(({ item }) => AT_HAND.test(item.text))
}

/** Whether at least half of the items of a list say what is done, and to what. */
export function areDeeds(block: Block, settings: Settings): boolean {
  const items = deedItems(block, settings)
  if (items.some(({ item }) => STEP.test(item.text))) return false
  if ((block.node as List).ordered && areSteps(block, items)) return false
  const others = items.filter(({ inheritance }) => inheritance === null)
  // Wider than what is read: what is said in other words is reported.
  const deeds = others.filter(
    ({ item, deed }) => deed?.denied === false || saysDeed(item.text.replace(MAY, ''), { settings }),
  )
  return deeds.length > 0 && deeds.length * 2 >= others.length
}
