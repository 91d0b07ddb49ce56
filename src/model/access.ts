/** What a permission is called and whether it reads or writes, where its operation or its label says so. */
import type { ActionClaim, ListedActionClaim } from '../parse/claim.ts'
import { isVerb } from '../parse/words/deeds.ts'
import { accessOf } from '../parse/words/vocabulary.ts'
import { remembered } from '../remembered.ts'
import type { Access, Settings } from '../settings/schema.ts'
import { slugify } from '../text.ts'

/** The access of an operation; one that nobody knows counts as writing, a wildcard as everything. */
export function operationAccess(operation: string, settings: Settings): 'read' | 'write' | 'admin' {
  return operation === '*' ? 'admin' : (accessOf(operation, settings) ?? 'write')
}

/** An action's id: its label under the headings it stands under. Moving its row changes nothing. */
export function actionId(claim: ActionClaim | ListedActionClaim): string {
  const known = idsUnder(claim.path)
  let id = known.get(claim.action)
  if (id === undefined) {
    const page = claim.block.names.find((name) => name.kind === 'page')
    const path = claim.path.length > 0 ? claim.path : page ? [page.text] : []
    id = [...path, claim.action].map((text) => slugify(text)).join('/')
    known.set(claim.action, id)
  }
  return id
}

/** Of the path that the cells of a row have in common: a table has as many claims as roles for each action. */
const idsUnder = remembered((_: readonly string[]) => new Map<string, string>())

/** An action's access goes by the verbs that it says; without one that is known it counts as writing. */
export function actionAccess(action: string, settings: Settings): 'read' | 'write' | 'admin' {
  return accessInWords(action, settings) ?? 'write'
}

/**
 * The access of the first word that is a known operation, and of the verbs that are joined to it: “View and edit docks”
 * writes. `null` where there is none (“Members”), or where a verb says what nobody knows: “Merge pull requests”.
 */
export function accessInWords(action: string, settings: Settings): Access | null {
  let strongest: Access | null = null
  let begins = true
  let joined = false
  let end = 0
  const text = action.replace(CASE, '$1 $2').toLowerCase()
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const between = text.slice(end, index)
    end = index + word.length
    if (strongest !== null) {
      if (/^(?:and|or)$/.test(word)) {
        joined = true
        continue
      }
      if (!joined && !JOINT.test(between)) break
    }
    const access = accessOf(word, settings) ?? ((begins || joined) && SEES.test(word) ? 'read' : null)
    if (access === null && (strongest === null ? begins && isVerb(word) && !NEUTRAL.test(word) : isVerb(word)))
      return null
    if (access === null && strongest !== null) break
    if (access !== null) strongest = stronger(strongest, access)
    begins &&= MAY_WORD.test(word)
    joined = false
  }
  return strongest
}

const CASE = /([a-z\d])([A-Z])/g
const WORD = /[a-z\d]+/g
/** What joins a verb to the next: “View/edit”, “read-write”, “view, edit”. */
const JOINT = /[/,&+]|^-$/
/** Verbs that read, where they begin an action; elsewhere they are no verbs of it. */
const SEES = /^(?:browse|count|find|inspect|look|monitor|observe|preview|see)$/
/** Verbs that say by themselves neither that something is read nor that it is changed: “Access the list of docks”. */
const NEUTRAL = /^(?:access|log|open|review|use)$/
/** Words before the verb: “Can see docks”, “Ability to see docks”. */
const MAY_WORD = /^(?:ability|able|allowed|be|can|may|permission|permitted|they|to|users?)$/

const STRENGTH: Record<Access, number> = { read: 0, write: 1, admin: 2 }

function stronger(a: Access | null, b: Access): Access {
  return a !== null && STRENGTH[a] > STRENGTH[b] ? a : b
}
