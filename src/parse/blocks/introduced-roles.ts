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
  /^(?:(?:only|by default,?) )?(?:an? |the |all |any |each |every )?(?:users? (?:who|that) (?:is|are) (?:an? |the )?)?/i
/** Where the role holds: “on an existing dock”. */
const WHERE = /\s(?:at|in|of|on|within)\s.*$/i
const ANYBODY = /^(?:users?|custom .*|default .*|.*\b(?:other|same|this|that|these|those|your|their|my)\b.*)$/i
const LONGEST = 400

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
  const subject = squeeze(sentence.slice(0, may.index)).replace(ARTICLES, '').replace(WHERE, '')
  const names = subject.split(/,? (?:and|or) (?:an? |the )?|, /)
  if (names.length > 4 || !names.every((name) => isNameOfRole(name, settings))) return []
  return names.map((text) => ({ text, kind: 'section', span: above.paragraph.span }))
})

/** The role at the end of a sentence above a list that says more of it: “you can change the default so that guests can:”. */
export function mentionedRole(block: Block, settings: Settings): string | null {
  if (introducedRoles(block, settings).length > 0 || !endsInCan(block)) return null
  const words = (colonAbove(block)?.text ?? '').replace(/\s(?:can|may|(?:is|are) \w+ to):$/i, '').split(' ')
  const name = words.at(-1) ?? ''
  return isNameOfRole(name, settings) ? name : null
}

/** Whether the line above a list ends in “can:”, or in another word that a verb follows. */
export function endsInCan(block: Block): boolean {
  return /\s(?:can|may|(?:able|allowed|permitted) to):$/i.test(colonAbove(block)?.text ?? '')
}

/** Where the last sentence of a paragraph begins, which may be all of it. */
const LAST_SENTENCE = /(?<=[.!?] )[^.!?]{1,300}$/

function isNameOfRole(name: string, settings: Settings): boolean {
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
