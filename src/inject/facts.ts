/** Facts as a region says them and as the data has them, and in what they differ. */

import { compareText } from '../diagnostic.ts'
import type { Dataset, Effect, Role } from '../model/dataset.ts'
import { few } from '../text.ts'

export interface Fact {
  /** Id of the role in the data. */
  role: string
  permission: string
  effect: Effect
  note: string | null
}

/** A fact, and the 1-based place of the cell or bullet that says it. */
export interface SaidFact extends Fact {
  line: number
  column: number
}

/** Equal for facts that say the same. */
export function factKey({ role, permission, effect, note }: Fact): string {
  return JSON.stringify([role, permission, effect, note])
}

/** What a role's grants say. */
export function factsOfRole(role: Role): Fact[] {
  return role.grants.map(({ permission, effect, note }) => ({ role: role.id, permission, effect, note }))
}

/** Gives a permission as a page spells it the id that it has in the data: `clusterprofile.get` is `clusterProfile.get`. */
export function spellingsOf({ resources }: Dataset): (permission: string) => string {
  const keys = new Map<string, string>()
  for (const { id, aliases } of resources) {
    for (const spelling of aliases) if (!keys.has(spelling.toLowerCase())) keys.set(spelling.toLowerCase(), id)
  }
  for (const { id } of resources) keys.set(id.toLowerCase(), id)
  return (permission) => {
    const dot = permission.lastIndexOf('.')
    const key = dot < 0 ? undefined : keys.get(permission.slice(0, dot).toLowerCase())
    return key === undefined ? permission : key + permission.slice(dot)
  }
}

/** What one thing lacks, has too much, or says otherwise than the data. Each in code-unit order. */
export interface Difference {
  /** The id of the role or the policy. */
  subject: string
  lacks: string[]
  excess: string[]
  other: string[]
}

/** By role, in order of the roles given; roles without a difference are left out. */
export function differences(roles: readonly string[], said: readonly Fact[], wanted: readonly Fact[]): Difference[] {
  return roles.flatMap((subject) => {
    const difference = compareFacts(subject, of(said, subject), of(wanted, subject))
    const { lacks, excess, other } = difference
    return lacks.length + excess.length + other.length > 0 ? [difference] : []
  })
}

function of(facts: readonly Fact[], role: string): Map<string, Set<string>> {
  const byPermission = new Map<string, Set<string>>()
  for (const fact of facts) {
    if (fact.role !== role) continue
    const known = byPermission.get(fact.permission)
    if (known) known.add(phrase(fact))
    else byPermission.set(fact.permission, new Set([phrase(fact)]))
  }
  return byPermission
}

function compareFacts(subject: string, said: Map<string, Set<string>>, wanted: Map<string, Set<string>>): Difference {
  const difference: Difference = { subject, lacks: [], excess: [], other: [] }
  for (const permission of [...new Set([...said.keys(), ...wanted.keys()])].sort(compareText)) {
    const [here, there] = [said.get(permission), wanted.get(permission)]
    if (!there) difference.excess.push(withEffect(permission, here as Set<string>))
    else if (!here) difference.lacks.push(withEffect(permission, there))
    else if (list(here) !== list(there)) {
      difference.other.push(`\`${permission}\` (${list(here)} here, ${list(there)} in the data)`)
    }
  }
  return difference
}

function phrase({ effect, note }: Fact): string {
  return note === null ? effect : `${effect}: ${note}`
}

function withEffect(permission: string, effects: ReadonlySet<string>): string {
  const said = list(effects)
  return said === 'granted' ? `\`${permission}\`` : `\`${permission}\` (${said})`
}

function list(texts: ReadonlySet<string>): string {
  return [...texts].sort(compareText).join('; ')
}

const MOST_NAMED = 12

/** A difference in words: “lacks `cluster.create`; has `cluster.delete`, which the data has not”. */
export function differenceText({ subject, lacks, excess, other }: Difference): string {
  const parts: string[] = []
  if (lacks.length > 0) parts.push(`lacks ${few(lacks, MOST_NAMED)}`)
  if (excess.length > 0) parts.push(`has too much: ${few(excess, MOST_NAMED)}`)
  if (other.length > 0) parts.push(`says otherwise: ${few(other, MOST_NAMED)}`)
  return `${subject} ${parts.join('; ')}`
}
