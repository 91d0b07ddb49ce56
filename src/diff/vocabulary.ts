/** Operations and scopes: the words that permissions and roles are made of. They stand in no one place. */
import type { Dataset } from '../model/dataset.ts'
import type { Change, Thing } from './change.ts'
import { fieldChanges, head } from './make.ts'
import { pairs } from './pairs.ts'

/** Changes of scopes and operations. */
export function vocabularyChanges(before: Dataset, after: Dataset): Change[] {
  return [
    ...listChanges('operation', before.operations, after.operations, ({ access }) => ({ access })),
    ...listChanges('scope', before.scopes, after.scopes, ({ title }) => ({ title })),
  ]
}

/** An id is all that these have to be known by, so none is ever renamed. */
function listChanges<T extends { id: string; title?: string }>(
  subject: 'operation' | 'scope',
  before: readonly T[],
  after: readonly T[],
  words: (item: T) => Record<string, string>,
): Change[] {
  const thing = ({ id, title = id }: T): Thing => ({ id, name: title, source: null })
  const { both, added, removed } = pairs(before, after, () => null)
  return [
    ...both.flatMap((pair) => {
      const fields = fieldChanges(words(pair.before), words(pair.after))
      const sides = { before: thing(pair.before), after: thing(pair.after) }
      return fields.length > 0 ? [{ ...head(subject, 'text', sides), fields } as Change] : []
    }),
    ...added.map((item) => head(subject, 'added', { before: null, after: thing(item) }) as Change),
    ...removed.map((item) => head(subject, 'removed', { before: thing(item), after: null }) as Change),
  ]
}
