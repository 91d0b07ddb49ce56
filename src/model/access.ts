/** What a permission is called and whether it reads or writes, where its operation or its label says so. */
import type { ActionClaim, ListedActionClaim } from '../parse/claim.ts'
import { accessOf, wordsOf } from '../parse/words/vocabulary.ts'
import type { Settings } from '../settings/schema.ts'
import { slugify } from '../text.ts'

/** The access of an operation; one that nobody knows counts as writing, a wildcard as everything. */
export function operationAccess(operation: string, settings: Settings): 'read' | 'write' | 'admin' {
  return operation === '*' ? 'admin' : (accessOf(operation, settings) ?? 'write')
}

/** An action's id: its label under the headings it stands under. Moving its row changes nothing. */
export function actionId(claim: ActionClaim | ListedActionClaim): string {
  const known = ids.get(claim.path) ?? new Map<string, string>()
  ids.set(claim.path, known)
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
const ids = new WeakMap<readonly string[], Map<string, string>>()

/** An action's access goes by the first word that is a known operation; without one it counts as writing. */
export function actionAccess(action: string, settings: Settings): 'read' | 'write' | 'admin' {
  return accessInWords(action, settings) ?? 'write'
}

/** Verbs of sentences that change nothing, and are no operations of a vocabulary. */
const LOOKS = /^(?:browse|count|find|inspect|look|monitor|observe|preview|see)$/

/**
 * The access of the first word that is a known operation; without one, that of a verb at the beginning that only looks: “See
 * the docks”. `null` where there is neither: “Members”.
 */
export function accessInWords(action: string, settings: Settings): 'read' | 'write' | 'admin' | null {
  const words = wordsOf(action)
  for (const word of words) {
    const access = accessOf(word, settings)
    if (access) return access
  }
  return LOOKS.test(words[0] ?? '') ? 'read' : null
}
