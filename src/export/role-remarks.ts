/** What must be said beside a plain list of a role's permissions, which knows neither conditions nor denials nor patterns. */
import type { Dataset, Role } from '../model/dataset.ts'
import { allows, byText, covers, effects, expand } from '../query/facts.ts'
import { conditionsOf } from '../query/who-can.ts'
import { onOneLine, plural } from '../text.ts'

export interface HeldPlainly {
  /** What the role may do, in order of id: patterns are spelt out, what is denied is left out. */
  permissions: string[]
  /** One sentence for each condition, pattern and denial that the list can't say; each on one line. */
  remarks: string[]
}

/** A role's permissions as a plain list, and what that list leaves unsaid. */
export function heldPlainly(dataset: Dataset, role: Role): HeldPlainly {
  const effect = effects(role)
  const all = expand(dataset, role.permissions).sort(byText)
  const permissions = all.filter((id) => allows(effect(id)))
  const known = dataset.permissions.filter(({ id }) => !id.includes('*'))
  const patterns = role.permissions.flatMap((id) => {
    if (!id.includes('*')) return []
    const fitting = known.filter((permission) => covers(id, permission.id)).length
    if (fitting === 0) return [`${id} fits no permission that the documentation names: it stands here as it is.`]
    return [`${id} is spelt out: it fits ${plural(fitting, 'permission')} that the documentation names.`]
  })
  const none = all.length === 0 ? ['The documentation lists no permissions for this role.'] : []
  const conditional = permissions.flatMap((id) => {
    if (effect(id) !== 'conditional') return []
    const conditions = conditionsOf(role, id)
    return [
      `${id} is granted under a condition${conditions.length > 0 ? `: ${conditions.join(' ')}` : ' that the documentation does not spell out.'}`,
    ]
  })
  const denied = all.flatMap((id) =>
    effect(id) === 'denied' ? [`${id} is denied in so many words: it is left out.`] : [],
  )
  return { permissions, remarks: [...none, ...patterns, ...conditional, ...denied].map(onOneLine) }
}
