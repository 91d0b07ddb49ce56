/** The roles that the sentence above a list says it is of: “A user who is a dock hand can:”, “Mates can do the following:”. */
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { singular, squeeze } from '../../text.ts'
import type { NameCandidate } from '../claim.ts'
import { colonAbove } from '../page/outline.ts'
import type { Block, Page } from '../page/page.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { wordsOf } from '../words/vocabulary.ts'
import { isRefused } from './refusal.ts'

const MAY = /\s(?:can|may|(?:is|are) (?:able|allowed|permitted) to)(?=[\s:])/i
const MAY_NOT =
  /\s(?:can ?not|can['’]t|may not|(?:(?:is|are) not|(?:is|are)n['’]t) (?:able|allowed|permitted) to)(?=[\s:])/i
/** What stands behind it, where nothing is said that is done: “can:”, “can do the following:”, “can open the gate, and do the following:”. */
const FOLLOWS =
  /^(?: also)?(?: (?:do|perform)(?: (?:all|any) of)? (?:the following|these)(?: [a-z]+){0,2})?:$|\band (?:do|perform) the following\b[^.,;:]{0,60}:$/i

/** “Any user who is a”. */
const ARTICLES =
  /^(?:(?:only|by default,?) )?(?:an? |the |all |any |each |every )?(?:users? (?:(?:who|that) (?:is|are)|with) (?:an? |the )?)?/i
/** Where the role holds: “on an existing dock”. */
const WHERE = /\s(?:at|in|of|on|within)\s.*$/i
/** Of “users” every guide says what they can do, and of “a role” what it is. */
const ANYBODY =
  /^(?:(?:(?:each|every|many|multiple|several|some) )*(?:roles?|users?)|custom .*|default .*|.*\b(?:other|same|this|that|these|those|your|their|my|you)\b.*)$/i
const LONGEST = 400

/** The same, and more than that: “Mates are also able to reach these parts of the harbour:”. */
const MAY_AT_ALL =
  /\s(?:(?:also |only )?(?:can(?:not|['’]t)?|may(?: not)?)|(?:is|are) (?:also |only )?(?:not )?(?:able|allowed|permitted) to)\b[^.,;:]{0,60}:$/i

/**
 * The roles that the sentence above a list names, each once; empty where it names none, or one of them is nobody in particular.
 * A list in an item that says nothing done (“On the page of docks:”) is of those of the list around it.
 */
export const introducedRoles = remembered((block: Block, settings: Settings): readonly NameCandidate[] => {
  const above = colonAbove(block)
  if (!above || above.text.length > LONGEST) return []
  // What stands before it in its paragraph may say what the role is for.
  const sentence = above.text.slice(Math.max(0, above.text.search(LAST_SENTENCE)))
  const may = (isRefused(block, settings) ? MAY_NOT : MAY).exec(sentence)
  if (!may || !FOLLOWS.test(sentence.slice(may.index + may[0].length))) return []
  const names = namesIn(sentence.slice(0, may.index), settings)
  return names.map((text) => ({ text, kind: 'section', span: above.paragraph.span }))
})

/** The roles that the subject of a sentence names, each without “role”; none where one of them is nobody in particular. */
function namesIn(subject: string, settings: Settings): string[] {
  const names = squeeze(subject)
    .replace(ARTICLES, '')
    .replace(WHERE, '')
    .split(/,? (?:and|or) (?:an? |the )?|, /)
  if (names.length > 4 || !names.every((name) => isNameOfRole(name, settings))) return []
  return names.map((name) => name.replace(/ roles?$/i, ''))
}

/**
 * The roles in a sentence above a list that says more of them: “you can change the default so that guests can:”, “Mates can reach
 * these parts of the harbour:”.
 */
export function mentionedRoles(block: Block, settings: Settings): readonly string[] {
  const text = colonAbove(block)?.text ?? ''
  if (text.length > LONGEST || introducedRoles(block, settings).length > 0) return []
  const may = MAY_AT_ALL.exec(text)
  const whole = may ? namesIn(text.slice(0, may.index), settings) : []
  if (whole.length > 0 || !endsInCan(block)) return whole
  const words = text.replace(/\s(?:can|may|(?:is|are) \w+ to):$/i, '').split(' ')
  return words.slice(-1).filter((name) => isNameOfRole(name, settings))
}

/** Whether the line above a list ends in “can:”, or in another word that a verb follows. */
export function endsInCan(block: Block): boolean {
  return /\s(?:can|may|(?:able|allowed|permitted) to):$/i.test(colonAbove(block)?.text ?? '')
}

/** Where the last sentence of a paragraph begins, which may be all of it. */
const LAST_SENTENCE = /(?<=[.!?] )[^.!?]{1,300}$/

/** Whether words in a sentence name a role, and somebody in particular. */
export function isNameOfRole(name: string, settings: Settings): boolean {
  return !ANYBODY.test(name) && /^\p{L}[\p{L}\p{N} _-]{1,40}$/u.test(name) && isRoleTitle(name, settings)
}

/** Whether a name means the role of a heading: “guests” are “Dock Guest”. */
export function isShortFor(name: string, heading: string): boolean {
  const [short, long] = [name, heading].map((text) => wordsOf(text).map(singular).join(' ')) as [string, string]
  return long === short || long.endsWith(` ${short}`)
}

/** The list that each list of a page stands in, where it stands in one. */
export const listsAround = remembered((page: Page): ReadonlyMap<Block, Block> => {
  const around = new Map<Block, Block>()
  const open: Block[] = []
  const lists = page.blocks.filter(({ kind }) => kind === 'list').sort((a, b) => a.start - b.start || b.end - a.end)
  for (const list of lists) {
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= list.start) open.pop()
    const outer = open.at(-1)
    if (outer) around.set(list, outer)
    open.push(list)
  }
  return around
})
