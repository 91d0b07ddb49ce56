/** Mappings: roles of other systems, and what they ask for. */
import { compareText } from '../diagnostic.ts'
import type { Mapping } from '../model/dataset.ts'
import type { Change, ChangeKind } from './change.ts'
import { fieldChanges, head, thing } from './make.ts'
import { pairs } from './pairs.ts'

/** A name is all that a mapping has to be known by, so none is ever renamed. */
export function mappingChanges(before: readonly Mapping[], after: readonly Mapping[]): Change[] {
  const { both, added, removed } = pairs(before, after, () => null)
  return [
    ...both.flatMap((pair) => {
      const sides = { before: thing(pair.before, pair.before.id), after: thing(pair.after, pair.after.id) }
      const requires = { before: inOrder(pair.before.requires), after: inOrder(pair.after.requires) }
      const kind = kindOf(requires.before, requires.after)
      const fields = fieldChanges(words(pair.before), words(pair.after))
      const changes: Change[] = []
      if (kind) changes.push({ ...head('mapping', kind, sides), requires })
      if (fields.length > 0) changes.push({ ...head('mapping', 'text', sides), fields })
      return changes
    }),
    ...added.map((mapping) => ({
      ...head('mapping', 'added', { before: null, after: thing(mapping, mapping.id) }),
      requires: { before: [], after: inOrder(mapping.requires) },
    })),
    ...removed.map((mapping) => ({
      ...head('mapping', 'removed', { before: thing(mapping, mapping.id), after: null }),
      requires: { before: inOrder(mapping.requires), after: [] },
    })),
  ]
}

function words({ description, restrictions }: Mapping) {
  return { description, restrictions }
}

/** All of the inner lists in one order, so that another order of words is no change. */
function inOrder(requires: readonly (readonly string[])[]): string[][] {
  const lists = requires.map((names) => [...new Set(names)].sort(compareText))
  const keyed = new Map(lists.map((names) => [names.join('\0'), names]))
  return [...keyed].sort(([a], [b]) => compareText(a, b)).map(([, names]) => names)
}

/** Who meets the older demand meets the newer one: it asks for less. And the other way round. */
function kindOf(
  before: string[][],
  after: string[][],
): Extract<ChangeKind, 'widened' | 'narrowed' | 'conditional'> | null {
  const [looser, stricter] = [implies(before, after), implies(after, before)]
  if (looser && stricter) return null
  return looser ? 'widened' : stricter ? 'narrowed' : 'conditional'
}

/** Whether who has one of each list of `demand` has one of each list of `other`. */
function implies(demand: string[][], other: string[][]): boolean {
  return other.every((names) => demand.some((list) => list.every((name) => names.includes(name))))
}
