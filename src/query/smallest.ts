/** The smallest role, or the smallest set of roles, that is enough. */
import { add, type Bits, count, has, isWithin, members, noBits, union } from './bits.ts'
import { allows, byText, type Effect, effects, type Facts, holds, type RoleFacts, spelledOut } from './facts.ts'

export interface Enough<Role extends RoleFacts = RoleFacts> {
  /** In order of id. */
  roles: Role[]
  /** What they hold beyond what was asked for, in order of id. */
  excess: string[]
  /** What was asked for and no role of the set holds without a condition, in order of id. */
  conditional: string[]
}

/**
 * The roles that together hold all the permissions with the least excess: exactly the minimum, over all single roles and
 * all sets of up to `most`. Of sets with equally many permissions beyond those asked for, the one with fewer roles; then
 * the one whose roles hold fewer permissions, each role counted by itself; then the first by its ids in order. `null`
 * where no such set is enough, and where nothing is asked for.
 *
 * @param permissions ids, not patterns: see `permissionsLike`
 * @param scope only roles of this scope; without it, roles of several scopes may be combined
 * @param most how many roles may be combined: 1 (the default), 2 or 3; more takes long
 */
export function smallest<Role extends RoleFacts>(
  facts: Facts<Role>,
  permissions: readonly string[],
  { scope, most = 1 }: { scope?: string | undefined; most?: number } = {},
): Enough<Role> | null {
  return new SmallestRoles(facts, scope).find(permissions, most)
}

/** Those of the permissions that no role holds, so that no set of roles is enough; in order of id. */
export function unheld(facts: Facts, permissions: readonly string[], scope?: string): string[] {
  const roles = facts.roles.filter((role) => scope === undefined || role.scope === scope)
  return [...new Set(permissions)].filter((id) => !roles.some((role) => holds(role, id))).sort(byText)
}

interface Held<Role> {
  role: Role
  effect: (permission: string) => Effect | null
  /** Places in the list of names of what it holds, patterns spelt out. */
  all: Bits
}

interface Candidate<Role> {
  role: Role
  wanted: Bits
  excess: Bits
  /** How many permissions it holds beyond those asked for, and in all. */
  beyond: number
  size: number
}

/** `smallest`, for many questions to the same roles: what they hold is looked up once. */
export class SmallestRoles<Role extends RoleFacts> {
  /** All that is held, and the place of each in this list. */
  readonly #names: string[] = []
  readonly #places = new Map<string, number>()
  readonly #held: readonly Held<Role>[]

  constructor(facts: Facts<Role>, scope?: string) {
    const roles = facts.roles.filter((role) => scope === undefined || role.scope === scope)
    const lists = roles.map((role) => spelledOut(facts, role))
    for (const id of lists.flat()) if (!this.#places.has(id)) this.#places.set(id, this.#names.push(id) - 1)
    this.#held = roles.map((role, i): Held<Role> => {
      const all = noBits(this.#names.length)
      for (const id of lists[i] as string[]) add(all, this.#places.get(id) as number)
      return { role, effect: effects(role), all }
    })
  }

  /** The answer of `smallest`. */
  find(permissions: readonly string[], most = 1): Enough<Role> | null {
    const wanted = [...new Set(permissions)].sort(byText)
    if (wanted.length === 0) return null
    // What nobody spells out may still be held through a pattern, and stands after what is.
    const places = wanted.map((id, i) => this.#places.get(id) ?? this.#names.length + i)
    const size = this.#names.length + wanted.length
    const asked = noBits(size)
    for (const place of places) add(asked, place)
    const candidates = this.#held.flatMap((held) => candidate(held, wanted, places, asked))
    const chosen = new Search(candidates, places, asked, most).run()
    if (chosen.length === 0) return null
    const sorted = [...chosen].sort((a, b) => byText(a.role.id, b.role.id))
    const excess = sorted.reduce((all, one) => union(all, one.excess), noBits(size))
    const said = this.#held.filter(({ role }) => sorted.some((one) => one.role === role))
    return {
      roles: sorted.map(({ role }) => role),
      excess: members(excess)
        .map((place) => this.#names[place] as string)
        .sort(byText),
      conditional: wanted.filter((id) => !said.some(({ effect }) => effect(id) === 'granted')),
    }
  }
}

/** What a role has to offer to a question; nothing where it holds none of what is asked for. */
function candidate<Role>(
  { role, effect, all }: Held<Role>,
  ids: readonly string[],
  places: readonly number[],
  asked: Bits,
): Candidate<Role>[] {
  // A pattern also covers ids that the facts don't know, so the role is asked, not the list of what it holds.
  const own = places.filter((_, i) => allows(effect(ids[i] as string)))
  if (own.length === 0) return []
  const wanted = new Uint32Array(asked.length)
  for (const place of own) add(wanted, place)
  const excess = asked.map((word, i) => (all[i] ?? 0) & ~word)
  const beyond = count(excess)
  return [{ role, wanted, excess, beyond, size: beyond + own.length }]
}

/**
 * Branch and bound. A set that is enough and that no role can be left out of has a holder of every wanted permission, so
 * it is found by trying, again and again, each holder of the one still wanted that the fewest roles hold. Excess never
 * shrinks as roles are added, which is the bound.
 */
class Search<Role extends RoleFacts> {
  readonly #places: readonly number[]
  readonly #asked: Bits
  readonly #most: number
  /** For each permission asked for, the candidates that hold it, the least excess first. */
  readonly #holders: Candidate<Role>[][]
  #best: { chosen: readonly Candidate<Role>[]; excess: number; size: number; ids: string[] } | null = null

  constructor(candidates: readonly Candidate<Role>[], places: readonly number[], asked: Bits, most: number) {
    const least = withoutWorse(candidates)
    this.#places = places
    this.#asked = asked
    this.#most = most
    this.#holders = places.map((place) => least.filter(({ wanted }) => has(wanted, place)))
  }

  /** The best set; empty where none is enough. */
  run(): readonly Candidate<Role>[] {
    const nothing = new Uint32Array(this.#asked.length)
    this.#extend([], nothing, nothing, 0, 0)
    return this.#best?.chosen ?? []
  }

  #extend(chosen: readonly Candidate<Role>[], covered: Bits, excess: Bits, beyond: number, size: number): void {
    if (isWithin(this.#asked, covered)) {
      const ids = chosen.map(({ role }) => role.id).sort(byText)
      if (this.#isBetter(ids, beyond, size)) this.#best = { chosen, excess: beyond, size, ids }
      return
    }
    const left = this.#most - chosen.length
    if (left <= 0) return
    for (const next of this.#rarest(covered)) {
      if (this.#isHopeless(next.beyond, chosen.length + 1)) continue
      const now = union(covered, next.wanted)
      const isEnough = isWithin(this.#asked, now)
      if (left === 1 && !isEnough) continue
      const more = union(excess, next.excess)
      const sum = count(more)
      if (this.#isHopeless(sum, chosen.length + (isEnough ? 1 : 2))) continue
      this.#extend([...chosen, next], now, more, sum, size + next.size)
    }
  }

  /** Whether a set with at least this excess and at least so many roles is worse than the best one so far. */
  #isHopeless(excess: number, roles: number): boolean {
    const best = this.#best
    return best !== null && (excess > best.excess || (excess === best.excess && roles > best.chosen.length))
  }

  #isBetter(ids: readonly string[], excess: number, size: number): boolean {
    const best = this.#best
    if (!best) return true
    if (excess !== best.excess) return excess < best.excess
    if (ids.length !== best.ids.length) return ids.length < best.ids.length
    if (size !== best.size) return size < best.size
    const at = ids.findIndex((id, i) => id !== best.ids[i])
    return at !== -1 && (ids[at] as string) < (best.ids[at] as string)
  }

  /** The holders of the permission still wanted that the fewest roles hold, the least excess first. */
  #rarest(covered: Bits): readonly Candidate<Role>[] {
    let rarest: Candidate<Role>[] | null = null
    for (const [i, holders] of this.#holders.entries()) {
      const isCovered = has(covered, this.#places[i] as number)
      if (!isCovered && (rarest === null || holders.length < rarest.length)) rarest = holders
    }
    return rarest ?? []
  }
}

/**
 * The candidates, the least excess first, without those that another one always beats: it holds the same of what is
 * wanted, and nothing beyond but what this one holds as well.
 */
function withoutWorse<Role extends RoleFacts>(candidates: readonly Candidate<Role>[]): Candidate<Role>[] {
  const sorted = [...candidates].sort((a, b) => a.beyond - b.beyond || byText(a.role.id, b.role.id))
  const kept: Candidate<Role>[] = []
  for (const one of sorted) {
    const isWorse = kept.some(
      (other) =>
        isWithin(other.excess, one.excess) && isWithin(one.wanted, other.wanted) && isWithin(other.wanted, one.wanted),
    )
    if (!isWorse) kept.push(one)
  }
  return kept
}
