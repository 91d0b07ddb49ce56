/** Lists of sentences that say what somebody may do, and whose they are. */
import type { List } from 'mdast'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import type { NameCandidate, Surroundings } from '../claim.ts'
import { isCaption } from '../page/caption.ts'
import { introductionOf, listBehindTags, paragraphAbove } from '../page/outline.ts'
import type { Block } from '../page/page.ts'
import { type Deed, deedIn, MAY, saysDeed } from '../words/deeds.ts'
import { type Inheritance, roleInheritanceIn } from '../words/inheritance.ts'
import { COMMUNITY, DEEDS_UNDER } from '../words/permission-headings.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { introducedRoles, isShortFor, listsAround, mentionedRoles } from './introduced-roles.ts'
import { type Item, readItems } from './list.ts'
import { isRefused } from './refusal.ts'

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

/**
 * The names of the roles of which a list says in sentences what they may do, by the sentence above it, else by the heading of its
 * section; none for any other list.
 */
export const rolesOfDeeds = remembered((input: ListInput): readonly NameCandidate[] => {
  const { block, surroundings, settings } = input
  // A partial's is looked at with none of its inclusions: which of them stand under a role is not known before all are read.
  if (block.kind !== 'list' || surroundings.partial) return []
  const own = ownerByHeading(input)
  const said = rolesSaid(input)
  if (said.length === 0 || (own && said.length === 1 && isShortFor(said[0]?.text ?? '', own.text))) {
    return own && areDeeds(block, settings) ? [own] : []
  }
  return areDeeds(block, settings) ? said : []
})

/** Pages on what somebody may do, as their headings say. */
const OF_DEEDS = /\b(?:account|member(?:ship)?|user) types?\b/i

/** The roles of the sentence above a list, or above the list that it is a part of. */
function rolesSaid(input: ListInput): readonly NameCandidate[] {
  return isOfDeeds(input) ? saidOf(input).roles : []
}

/** Whether a list of what is done stands in one that is some role's, below an item that says that somebody else may do it. */
export function isOfOthers(input: ListInput): boolean {
  if (input.block.kind !== 'list' || input.surroundings.partial || !isOfDeeds(input)) return false
  return saidOf(input).others && areDeeds(input.block, input.settings)
}

/** The roles that such a list may be of, by a sentence that says more than that; none where a heading names one, or none is meant. */
export function rolesInPassing(input: ListInput): readonly string[] {
  const { block, surroundings, settings } = input
  if (block.kind !== 'list' || surroundings.partial || !isOfDeeds(input) || rolesOfDeeds(input).length > 0) return []
  return areDeeds(block, settings) ? mentionedRoles(block, settings) : []
}

function isOfDeeds({ surroundings: { names } }: ListInput): boolean {
  if (!names.some(({ text }) => DEEDS_UNDER.test(text) || OF_DEEDS.test(text))) return false
  return !names.some(({ text }) => COMMUNITY.test(text))
}

/** What an item says of whom it lets do something, which is more than that its role may. */
const LETS = /\b(?:allow|enabl|grant|let|permit)(?:s|es|ing)?\b/i

function saidOf({ block, settings }: ListInput): { roles: readonly NameCandidate[]; others: boolean } {
  const around = listsAround(block.page)
  let others = false
  let list = block
  for (;;) {
    const roles = introducedRoles(list, settings)
    // Of lists that tags part from each other, one after the other, only the first is looked behind.
    const outer = around.get(list) ?? (list === block ? listBehindTags(list) : null)
    if (roles.length > 0 || !outer || isRefused(outer, settings))
      return { roles: others ? [] : roles, others: others && roles.length > 0 }
    const above = paragraphAbove(list)
    others ||= above?.inItem === true && above.text.endsWith(':') && LETS.test(above.text)
    list = outer
  }
}

/** Whether an item only says where what stands below it is done. */
export function isIntroduction(text: string, settings: Settings): boolean {
  return text.endsWith(':') && deedIn(text, settings) === null
}

/** The role whose section a list stands in. */
function ownerByHeading({ block, surroundings, settings }: ListInput): NameCandidate | null {
  const [nearest, ...outer] = surroundings.names.filter(({ kind }) => kind !== 'value')
  if (!nearest || nearest.kind === 'page') return null
  // A caption is one where it is called like a role, or stands beside such a one.
  const inner = block.headings.at(-1)
  const isUnderCaption = inner !== undefined && isCaption(inner) && inner.text === nearest.text
  if (!isUnderCaption && !isOneRole(nearest.text, settings)) return null
  if (!outer.some(({ text }) => DEEDS_UNDER.test(text)) || outer.some(({ text }) => COMMUNITY.test(text))) return null
  return nearest
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
export const areDeeds = remembered((block: Block, settings: Settings): boolean => {
  const items = deedItems(block, settings)
  if (items.some(({ item }) => STEP.test(item.text))) return false
  if ((block.node as List).ordered && areSteps(block, items)) return false
  const others = items.filter(({ inheritance }) => inheritance === null)
  // Wider than what is read: what is said in other words is reported.
  const deeds = others.filter(({ item, deed }) => deed !== null || saysDeed(item.text.replace(MAY, ''), { settings }))
  return deeds.length > 0 && deeds.length * 2 >= others.length
})
