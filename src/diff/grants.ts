/** What a role holds, and in what two roles differ. */
import { compareText } from '../diagnostic.ts'
import type { Effect, Role } from '../model/dataset.ts'
import { covers } from '../query/facts.ts'
import type { GrantChange, Standing } from './change.ts'

/** As in `query/who-can.ts`: a denial outweighs a grant, and a grant without a condition one with it. */
const WEIGHT: readonly Effect[] = ['conditional', 'granted', 'denied']

/** What a role's grants say of any permission, wildcards included. */
export class Holdings {
  readonly #own = new Map<string, Standing>()
  readonly #wild: string[] = []

  /** @param rename gives a permission's id as it is called now */
  constructor(role: Role, rename: (permission: string) => string = (id) => id) {
    for (const grant of role.grants) {
      const id = rename(grant.permission)
      if (id.endsWith('*') && !this.#own.has(id)) this.#wild.push(id)
      this.#own.set(id, weightier(this.#own.get(id), { effect: grant.effect, note: grant.note }))
    }
  }

  /** The permissions that the grants name, wildcards as they are written. */
  get named(): Iterable<string> {
    return this.#own.keys()
  }

  /** What is held, as it is written. */
  get held(): Set<string> {
    return new Set([...this.#own].filter(([, { effect }]) => effect !== 'denied').map(([id]) => id))
  }

  standing(permission: string): Standing | null {
    let standing = this.#own.get(permission)
    for (const wild of this.#wild) {
      if (wild !== permission && covers(wild, permission)) standing = weightier(this.#own.get(wild), standing)
    }
    return standing ?? null
  }
}

/** The one that counts of two; of two alike the note that comes first, so that the order of rows makes no difference. */
function weightier(a: Standing | undefined, b: Standing | undefined): Standing {
  if (!a || !b) return (a ?? b) as Standing
  if (a.effect !== b.effect) return WEIGHT.indexOf(a.effect) > WEIGHT.indexOf(b.effect) ? a : b
  return compareText(a.note ?? '', b.note ?? '') <= 0 ? a : b
}

export interface GrantChanges {
  widened: GrantChange[]
  narrowed: GrantChange[]
  conditional: GrantChange[]
}

/**
 * What one role holds more, less, or under another condition than the other; each list in order of permission. A wildcard
 * that covers what was held before is more; what a wildcard covers is not lost.
 */
export function compareGrants(before: Holdings, after: Holdings): GrantChanges {
  const changes: GrantChanges = { widened: [], narrowed: [], conditional: [] }
  for (const permission of [...new Set([...before.named, ...after.named])].sort(compareText)) {
    const change = { permission, before: before.standing(permission), after: after.standing(permission) }
    const [old, own] = [reach(change.before), reach(change.after)]
    if (own > old) changes.widened.push(change)
    else if (own < old) changes.narrowed.push(change)
    else if (own > 0 && (change.before?.note ?? null) !== (change.after?.note ?? null)) changes.conditional.push(change)
  }
  return changes
}

/** Nothing, something under a condition, everything. */
function reach(standing: Standing | null): 0 | 1 | 2 {
  if (!standing || standing.effect === 'denied') return 0
  return standing.effect === 'conditional' ? 1 : 2
}
