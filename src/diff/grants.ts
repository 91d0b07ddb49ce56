/** What a role holds, and in what two roles differ. */
import { compareText } from '../diagnostic.ts'
import type { Role } from '../model/dataset.ts'
import { covers, decisive } from '../query/facts.ts'
import type { GrantChange, Standing } from './change.ts'

/** What a role's grants say of any permission, wildcards included. */
export class Holdings {
  readonly #own = new Map<string, Standing>()
  readonly #wild: string[] = []

  /** @param rename gives a permission's id as it is called now */
  constructor(role: Role, rename: (permission: string) => string = (id) => id) {
    const named = new Set(role.grants.map(({ permission }) => permission))
    // Data of another making may list a permission that no grant speaks of.
    const listed = role.permissions.filter((permission) => !named.has(permission))
    const unmarked = listed.map((permission) => ({ permission, effect: 'granted' as const, note: null }))
    for (const { permission, effect, note } of [...role.grants, ...unmarked]) {
      const id = rename(permission)
      if (id.includes('*') && !this.#own.has(id)) this.#wild.push(id)
      this.#own.set(id, together(this.#own.get(id), { effect, note }))
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
      if (wild !== permission && covers(wild, permission)) standing = together(standing, this.#own.get(wild))
    }
    return standing ?? null
  }
}

/** Two statements as one: the more careful counts, as in questions; notes of two alike are joined, in order. */
function together(a: Standing | undefined, b: Standing | undefined): Standing {
  if (!a || !b) return (a ?? b) as Standing
  if (a.effect !== b.effect) return decisive([a.effect, b.effect]) === a.effect ? a : b
  const notes = [...notesOf(a), ...notesOf(b)]
  return { effect: a.effect, note: notes.length === 0 ? null : [...new Set(notes)].sort(compareText).join(JOIN) }
}

const JOIN = '; '

function notesOf({ note }: Standing): string[] {
  return note === null ? [] : note.split(JOIN)
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
