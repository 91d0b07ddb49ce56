/** Sentences that say what somebody may do: “Create and delete docks”, “Can invite a crew”, “Cannot close a dock”. */
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { accessOf, wordsOf } from './vocabulary.ts'

/** Verbs that begin what somebody may do, and are no operations of the vocabulary. */
const VERB =
  /^(?:access|activate|archive|assign|block|cancel|change|close|comment|configure|connect|copy|customi[sz]e|deactivate|deploy|disable|disconnect|duplicate|enable|force|fork|generate|hide|install|invite|join|leave|link|lock|log|make|merge|modify|move|open|perform|promote|register|rename|reopen|request|reset|review|revoke|rotate|run|save|see|send|share|submit|subscribe|switch|tag|transfer|trigger|triage|uninstall|unlink|unlock|upgrade|use)$/

export function isVerb(word: string): boolean {
  return VERB.test(word)
}

/** Whether a label says what is done, and to what: “View releases”, “Open a dashboard”. */
export function saysDeed(label: string, { settings }: { settings: Settings }): boolean {
  const [verb = '', ...others] = wordsOf(label)
  if (others.length === 0) return false
  return /^(?:all|an?|any|own|the|their)$/.test(others[0] ?? '') || VERB.test(verb) || accessOf(verb, settings) !== null
}

/** What a sentence on what somebody may do begins with. */
export const MAY = /^(?:(?:they|users?) )?(?:can|may|able to|ability to|allowed to|permission to)\s/i
/** What one on what nobody of a role may do begins with. */
const MAY_NOT =
  /^(?:(?:they|users?) )?(?:(?:can|could|may|must) ?not|can['’]t|(?:not|un)(?: ?able| allowed| permitted) to|(?:do|does)(?: not|n['’]t) have (?:the )?(?:permission|ability) to|no permission to)\s/i
/** Words that begin a sentence on how somebody is, and not on what is done: “Have the highest rank”, “Typically the founder”. */
const NO_DEED =
  /^(?:all|and|any|are|as|at|be|both|but|by|each|every|for|from|ha[ds]|have|if|in|is|it|not|of|often|on|only|or|that|the|these|this|those|to|unlike|when|where|who|with|\w+ly)\b/i
/** Verbs that are nouns as often: they say what is done where the sentences around them do. */
const VERB_OR_NOUN =
  /^(?:administer|adjust|allow|alter|analy[sz]e|apply|attach|audit|ban|browse|build|buy|bypass|choose|clear|complete|contribute|control|define|deny|detach|erase|escalate|evaluate|exit|fetch|forward|handle|inspect|issue|keep|kick|launch|limit|maintain|moderate|monitor|mute|offboard|onboard|operate|order|organi[sz]e|override|pay|pin|plan|post|print|prioriti[sz]e|process|provision|purge|query|react|reactivate|receive|record|recover|refund|regenerate|reject|release|reorder|repair|replace|reply|report|resolve|respond|restrict|scale|schedule|search|select|sign|supervise|suspend|terminate|test|track|unarchive|unban|validate|verify)\s/i
/** An action, and behind a colon or a dash what it comes to. */
const EXPLAINED = /^([^:–—]{3,80}?)(?::| [-–—])\s(.+)$/

/** A title of what follows it, which says how far and not what: “Access: no login”, “View only: their own”. */
const TITLE = /^(?:(?:\p{L}+ )?access(?: level)?|\p{L}+ only|use cases?):/iu

/** What a sentence says that a role may do, or may not. */
export interface Deed {
  /** Without “Can”, and without the full stop. */
  action: string
  description: string | null
  denied: boolean
}

/** What an item says where the sentence above it ends in “can:”, behind which whatever verb it begins with is done. */
export function deedBehindCan(text: string): Deed | null {
  const action = squeeze(text).replace(/[.;,]$/, '')
  const isDeed = /^\p{L}+ \p{L}/u.test(action) && !action.endsWith(':') && !NO_DEED.test(action) && !TITLE.test(action)
  return isDeed ? { action, description: null, denied: false } : null
}

/** What an item says; `null` where it says of nothing done that it may be, or may not. */
export function deedIn(text: string, settings: Settings): Deed | null {
  const denied = MAY_NOT.test(text)
  const bare = squeeze(text.replace(denied ? MAY_NOT : MAY, '')).replace(/[.;,]$/, '')
  // `dock_get` and `dock.get` are ids.
  if (/^\S*[_.:]\S/.test(bare) || NO_DEED.test(bare) || TITLE.test(bare)) return null
  const [, action = bare, description = null] = EXPLAINED.exec(bare) ?? []
  const isDone = (words: string) => VERB_OR_NOUN.test(words) || saysDeed(words, { settings })
  if (isDone(action)) return { action, description, denied }
  return isDone(bare) ? { action: bare, description: null, denied } : null
}
