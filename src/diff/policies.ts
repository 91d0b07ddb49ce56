/** Policies: which are new, gone or renamed, and what each allows more or less. */

import { addAll } from '../lists.ts'
import type { Policy } from '../model/dataset.ts'
import type { ActionChange, Change, PolicyChange } from './change.ts'
import { documentChanges } from './documents.ts'
import { fieldChanges, head, nameChanges, thing } from './make.ts'
import { type Likeness, nameLikeness, overlap, pairs } from './pairs.ts'
import { actionsAllowed, compareStatements } from './statements.ts'

/** Changes of policies: what they allow, under which conditions, and their words. */
export function policyChanges(before: readonly Policy[], after: readonly Policy[]): Change[] {
  const { both, added, removed } = pairs(before, after, likeness())
  const changes: Change[] = []
  for (const pair of both) {
    const sides = { before: thing(pair.before, pair.before.title), after: thing(pair.after, pair.after.title) }
    const compared = compareStatements(pair.before, pair.after)
    const document = documentChanges(pair.before, pair.after)
    // What the document says beside its statements counts for each of its actions.
    if (document.binding && compared.conditional.length === 0) {
      const shared = new Set(actionsAllowed(pair.before))
      compared.conditional = all(pair.after, 'condition').filter(({ action }) => shared.has(action))
    }
    for (const kind of ['widened', 'narrowed', 'conditional'] as const) {
      const actions = compared[kind]
      if (actions.length > 0) changes.push({ ...head('policy', kind, sides), actions } satisfies PolicyChange)
    }
    const fields = [...document.fields, ...fieldChanges(words(pair.before), words(pair.after))]
    addAll(changes, nameChanges('policy', sides, pair, fields))
  }
  for (const policy of added) {
    const side = { before: null, after: thing(policy, policy.title) }
    changes.push({ ...head('policy', 'added', side), actions: all(policy) })
  }
  for (const policy of removed) {
    const side = { before: thing(policy, policy.title), after: null }
    changes.push({ ...head('policy', 'removed', side), actions: all(policy) })
  }
  return changes
}

function words(policy: Policy) {
  const { title, provider, kind, variant, lastUpdate } = policy
  return { title, provider, kind, variant, lastUpdate, sids: policy.statements.flatMap(({ sid }) => sid ?? []) }
}

function all(policy: Policy, by: ActionChange['by'] = 'action'): ActionChange[] {
  return actionsAllowed(policy).map((action) => ({ action, by }))
}

const LEAST_SCORE = 0.6
const LEAST_OVERLAP = 0.5

/**
 * Two policies of one provider are one where they allow mostly the same. Where both say which variant of the product they
 * are for, it must be the same one.
 */
function likeness(): Likeness<Policy> {
  const sets = new Map<Policy, Set<string>>()
  const allowed = (policy: Policy) => {
    const set = sets.get(policy) ?? new Set(actionsAllowed(policy).map((action) => action.toLowerCase()))
    sets.set(policy, set)
    return set
  }
  return (before, after) => {
    if (before.provider !== after.provider) return null
    if (before.variant !== null && after.variant !== null && before.variant !== after.variant) return null
    const shared = overlap(allowed(before), allowed(after))
    if (shared === null) return null
    const names = nameLikeness(before.title, after.title)
    if (shared === 1) return { score: 2 + names, similarity: 1 }
    const score = 0.7 * shared + 0.3 * names
    return shared >= LEAST_OVERLAP && score >= LEAST_SCORE ? { score, similarity: shared } : null
  }
}
