/** Whether a list says what is not granted: “It does not grant:”, “Not allowed:”, “All permissions of Owner, except:”. */

import type { Settings } from '../../settings/schema.ts'
import { lineAbove } from '../page/outline.ts'
import type { Block } from '../page/page.ts'
import { leavesOutWhatFollows, roleInheritanceIn } from '../words/inheritance.ts'

const BEGINS =
  /^(?:(?:is |are )?not (?:allowed|granted|permitted|included|available)|denied|forbidden|prohibited|excluded|no access to|cannot|can['’]t)\b/i
const HOLDS =
  /\b(?:(?:does|do|can|may|must) not|cannot|(?:does|do|ca)n['’]t) (?:\w+ )?(?:grant|allow|permit|include|have|hold|contain|give|perform|do|use|access)\b/i
/** The same without a verb, which the items begin with: “Users cannot:”, “A viewer is not allowed to:”. */
const ENDS =
  /\b(?:(?:can|may|must) ?not|can['’]t|(?:not|n['’]t) (?:allowed|permitted|able) to|unable to)(?: do(?: (?:this|these|the following))?)?:$/i
/** Words above a list that may say what is not granted, and what is so within limits. */
const LIMITS = /^(?:\w+ )?(?:restrictions|limitations|limits)(?: and (?:restrictions|limitations|limits))?:?$/i
/** What makes the sentence one about something else: “If your role does not have these, add them:”. */
const ELSE = /\b(?:if|when|whether|unless|because|since|only|just|limited|where|who|that)\b/i

/** Whether a list is of restrictions: what stands in it without a “cannot” is denied in one list, and bounded in another. */
export function isOfLimits(block: Block): boolean {
  const above = lineAbove(block)
  return above !== null && !above.inItem && LIMITS.test(above.text)
}

/** Whether the paragraph above a list introduces it as what a role does not have. */
export function isRefused(block: Block, settings: Settings): boolean {
  const above = lineAbove(block)
  if (!above?.text.endsWith(':')) return false
  const inheritance = roleInheritanceIn(above.text, settings)
  if (inheritance && leavesOutWhatFollows(above.text, inheritance)) return true
  if (above.inItem) return false
  return [BEGINS, HOLDS, ENDS].some((says) => says.test(above.text)) && !ELSE.test(above.text)
}
