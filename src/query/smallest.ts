/** The smallest role, or the smallest set of roles, that is enough. */
import { byText, effects, type Facts, holds, type RoleFacts, spelledOut } from './facts.ts'

export interface Enough<Role extends RoleFacts = RoleFacts> {
  /** In order of id. */
  roles: Role[]
  /** What they hold beyond what was asked for, in order of id. */
  excess: string[]
  /** What was asked for and no role of the set holds without a condition, in order of id. */
  conditional: string[]
}

interface Candidate<Role> {
  role: Role
  wanted: bigint
  excess: bigint
  size: number
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
  const wanted = [...new Set(permissions)].sort(byText)
  if (wanted.length === 0) return null
  const roles = facts.roles.filter((role) => scope === undefined || role.scope === scope)
  return new Search(facts, roles, wanted, most).run()
}

/** Those of the permissions that no role holds, so that no set of roles is enough; in order of id. */
export function unheld(facts: Facts, permissions: readonly string[], scope?: string): string[] {
  const roles = facts.roles.filter((role) => scope === undefined || role.scope === scope)
  return [...new Set(permissions)].filter((id) => !roles.some((role) => holds(role, id))).sort(byText)
}

/**
 * Branch and bound. A set that is enough and that no role can be left out of has a holder of every wanted permission, so
 * it is found by trying, again and again, each holder of the one still wanted that the fewest roles hold. Excess never
 * shrinks as roles are added, which is the bound.
 */
class Search<Role extends RoleFacts> {
  readonly #wanted: readonly string[]
  readonly #names: string[] = []
  readonly #all: bigint
  readonly #most: number
  readonly #holders: Candidate<Role>[][]
  #best: { chosen: readonly Candidate<Role>[]; excess: number; size: number; ids: string[] } | null = null

  constructor(facts: Facts<Role>, roles: readonly Role[], wanted: readonly string[], most: number) {
    const bits = new Map<string, bigint>()
    const bitOf = (id: string) => {
      let bit = bits.get(id)
      if (bit === undefined) {
        bit = 1n << BigInt(this.#names.length)
        bits.set(id, bit)
        this.#names.push(id)
      }
      return bit
    }
    this.#most = most
    this.#wanted = wanted
    this.#all = wanted.reduce((mask, id) => mask | bitOf(id), 0n)
    const candidates = roles.flatMap((role): Candidate<Role>[] => {
      // A pattern also covers ids that the facts don't know, so what is asked for is asked for by itself.
      const held = new Set([...spelledOut(facts, role), ...wanted.filter((id) => holds(role, id))])
      let mask = 0n
      for (const id of held) mask |= bitOf(id)
      const own = mask & this.#all
      return own === 0n ? [] : [{ role, wanted: own, excess: mask & ~this.#all, size: held.size }]
    })
    const least = withoutWorse(candidates)
    this.#holders = wanted.map((id) => least.filter((candidate) => candidate.wanted & (bits.get(id) as bigint)))
  }

  run(): Enough<Role> | null {
    this.#extend([], 0n, 0n, 0)
    if (!this.#best) return null
    const excess = this.#best.chosen.reduce((mask, candidate) => mask | candidate.excess, 0n)
    const roles = this.#best.chosen.map(({ role }) => role).sort((a, b) => byText(a.id, b.id))
    const said = roles.map(effects)
    return {
      roles,
      excess: this.#names.filter((_, i) => (excess >> BigInt(i)) & 1n).sort(byText),
      conditional: this.#wanted.filter((id) => !said.some((effect) => effect(id) === 'granted')),
    }
  }

  #extend(chosen: readonly Candidate<Role>[], covered: bigint, excess: bigint, size: number): void {
    const count = ones(excess)
    if (covered === this.#all) {
      const ids = chosen.map(({ role }) => role.id).sort(byText)
      if (this.#isBetter(ids, count, size)) this.#best = { chosen, excess: count, size, ids }
      return
    }
    const left = this.#most - chosen.length
    if (left <= 0) return
    for (const candidate of this.#rarest(covered)) {
      const now = covered | candidate.wanted
      if (left === 1 && now !== this.#all) continue
      const more = excess | candidate.excess
      if (this.#isHopeless(ones(more), chosen.length + (now === this.#all ? 1 : 2))) continue
      this.#extend([...chosen, candidate], now, more, size + candidate.size)
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
  #rarest(covered: bigint): readonly Candidate<Role>[] {
    let rarest: Candidate<Role>[] | null = null
    for (const [i, holders] of this.#holders.entries()) {
      const isCovered = (covered >> BigInt(i)) & 1n
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
  const kept = new Map<bigint, Candidate<Role>[]>()
  const counted = candidates.map((candidate) => ({ candidate, count: ones(candidate.excess) }))
  counted.sort((a, b) => a.count - b.count || byText(a.candidate.role.id, b.candidate.role.id))
  return counted.flatMap(({ candidate }) => {
    const same = kept.get(candidate.wanted) ?? []
    if (same.some((other) => (other.excess & ~candidate.excess) === 0n)) return []
    kept.set(candidate.wanted, [...same, candidate])
    return [candidate]
  })
}

function ones(mask: bigint): number {
  let count = 0
  for (let rest = mask; rest > 0n; rest &= rest - 1n) count++
  return count
}
