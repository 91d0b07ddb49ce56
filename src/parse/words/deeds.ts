/** Sentences that say what somebody may do: “Create and delete docks”, “Can invite a crew”, “Cannot close a dock”. */
import type { List } from 'mdast'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { type Item, readItems } from '../blocks/list.ts'
import type { NameCandidate } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { isCaption } from '../page/caption.ts'
import type { Block } from '../page/page.ts'
import { saysDeed } from '../tables/columns.ts'
import { COMMUNITY } from '../tables/role-table.ts'
import { type Inheritance, inheritanceIn } from './inheritance.ts'
import { DEEDS_UNDER } from './permission-headings.ts'
import { isRoleTitle } from './role-name.ts'

/** What a sentence on what somebody may do begins with. */
export const MAY = /^(?:(?:they|users?) )?(?:can|may|able to|ability to|allowed to|permission to)\s/i
/** What one on what nobody of a role may do begins with. */
const MAY_NOT =
  /^(?:(?:they|users?) )?(?:(?:can|could|may|must) ?not|can['’]t|(?:not|un)(?: ?able| allowed| permitted) to|(?:do|does)(?: not|n['’]t) have (?:the )?(?:permission|ability) to|no permission to)\s/i
/** How steps begin that somebody follows. */
const STEP =
  /^(?:choose|click|enter|follow|go to|if|in the|log (?:in|on)|navigate|open (?:the|your)|press|run the|select|sign in|type|under|use the)\b/i
/** Words that begin a sentence on how somebody is, and not on what is done: “Have the highest rank”, “Typically the founder”. */
const NO_DEED =
  /^(?:all|and|any|are|as|at|be|both|but|by|each|every|for|from|ha[ds]|have|if|in|is|it|not|of|often|on|only|or|that|the|these|this|those|to|unlike|when|where|who|with|\w+ly)\b/i
/** Verbs that are nouns as often: they say what is done where the sentences around them do. */
const VERB =
  /^(?:administer|adjust|allow|alter|analy[sz]e|apply|attach|audit|ban|browse|build|buy|bypass|choose|clear|complete|contribute|control|define|deny|detach|erase|escalate|evaluate|exit|fetch|forward|handle|inspect|issue|keep|kick|launch|limit|maintain|moderate|monitor|mute|offboard|onboard|operate|order|organi[sz]e|override|pay|pin|plan|post|print|prioriti[sz]e|process|provision|purge|query|react|reactivate|receive|record|recover|refund|regenerate|reject|release|reorder|repair|replace|reply|report|resolve|respond|restrict|scale|schedule|search|select|sign|supervise|suspend|terminate|test|track|unarchive|unban|validate|verify)\s/i
/** An action, and behind a colon or a dash what it comes to. */
const EXPLAINED = /^([^:–—]{3,80}?)(?::| [-–—])\s(.+)$/

/** What a sentence says that a role may do, or may not. */
export interface Deed {
  /** Without “Can”, and without the full stop. */
  action: string
  description: string | null
  denied: boolean
}

/** What an item says; `null` where it says of nothing done that it may be, or may not. */
export function deedIn(text: string, settings: Settings): Deed | null {
  const denied = MAY_NOT.test(text)
  const bare = squeeze(text.replace(denied ? MAY_NOT : MAY, '')).replace(/[.;,]$/, '')
  // `dock_get` and `dock.get` are ids.
  if (/^\S*[_.:]\S/.test(bare) || NO_DEED.test(bare)) return null
  const [, action = bare, description = null] = EXPLAINED.exec(bare) ?? []
  const isDone = (words: string) => VERB.test(words) || saysDeed(words, { settings })
  if (isDone(action)) return { action, description, denied }
  return isDone(bare) ? { action: bare, description: null, denied } : null
}

export interface DeedItem {
  item: Item
  deed: Deed | null
  inheritance: Inheritance | null
}

/** The items of a list, each with what it says that may be done; read once, whoever asks. */
export const deedItems = remembered((block: Block, settings: Settings): readonly DeedItem[] => {
  return readItems(block).map((item) => {
    const inheritance = inheritanceIn(item.text)
    return { item, deed: deedIn(inheritance ? inheritance.rest : item.text, settings), inheritance }
  })
})

/** The name of the role of whose section a list says in sentences what it may do; `null` for any other list. */
export function roleOfDeeds({ block, surroundings, settings }: BlockInput): NameCandidate | null {
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

/** Whether at least half of the items of a list of bullets say what is done, and to what. */
export function areDeeds(block: Block, settings: Settings): boolean {
  if ((block.node as List).ordered) return false
  const items = deedItems(block, settings)
  if (items.some(({ item }) => STEP.test(item.text))) return false
  const others = items.filter(({ inheritance }) => inheritance === null)
  // Wider than what is read: what is said in other words is reported.
  const deeds = others.filter(
    ({ item, deed }) => deed?.denied === false || saysDeed(item.text.replace(MAY, ''), { settings }),
  )
  return deeds.length > 0 && deeds.length * 2 >= others.length
}
