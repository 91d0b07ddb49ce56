/** Whether a list says what is not granted: “It does not grant:”, “Not allowed:”, “All permissions of Owner, except:”. */
import { paragraphAbove } from '../page/outline.ts'
import type { Block } from '../page/page.ts'
import { inheritanceIn, leavesOutWhatFollows } from '../words/inheritance.ts'

const BEGINS =
  /^(?:(?:is |are )?not (?:allowed|granted|permitted|included|available)|denied|forbidden|prohibited|excluded|no access to|cannot|can['’]t)\b/i
const HOLDS =
  /\b(?:(?:does|do|can|may|must) not|cannot|(?:does|do|ca)n['’]t) (?:\w+ )?(?:grant|allow|permit|include|have|hold|contain|give|perform|do|use|access)\b/i
/** What makes the sentence one about something else: “If your role does not have these, add them:”. */
const ELSE = /\b(?:if|when|whether|unless|because|since|only|just|limited|where|who|that)\b/i

/** Whether the paragraph right above a list introduces it as what a role does not have. */
export function isRefused(block: Block): boolean {
  const above = paragraphAbove(block)
  if (!above?.text.endsWith(':')) return false
  const inheritance = inheritanceIn(above.text)
  if (inheritance && leavesOutWhatFollows(above.text, inheritance)) return true
  if (above.inItem) return false
  return (BEGINS.test(above.text) || HOLDS.test(above.text)) && !ELSE.test(above.text)
}
