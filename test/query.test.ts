/** Questions to a dataset: who can, may this role, what is the difference, what is the smallest role that is enough. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import { permissionsNamed } from '../src/query/ask.ts'
import { compare } from '../src/query/compare.ts'
import { byText, covers, type Effect, type Facts, holds, type RoleFacts, spelledOut } from '../src/query/facts.ts'
import { editDistance, nearest } from '../src/query/near.ts'
import { matches } from '../src/query/pattern.ts'
import { allNamed, permissionMeant, permissionsLike, roleMeant, rolesLike } from '../src/query/resolve.ts'
import { SmallestRoles, smallest, unheld } from '../src/query/smallest.ts'
import { can, whoCan } from '../src/query/who-can.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { readFolder } from './support/analysis.ts'
import { ROOT } from './support/shared.ts'

const { dataset } = analyse(readFolder(join(ROOT, 'content', 'latest')), resolveSettings(config), 'latest').model

const source = { path: 'a.mdx', line: 1, column: 1 }

function role(id: string, permissions: string[], marks: [string, Effect, string?][] = []): RoleFacts {
  const stated = [...permissions.map((p): [string, Effect, string?] => [p, 'granted']), ...marks]
  const held = stated.filter(([, effect]) => effect !== 'denied').map(([permission]) => permission)
  return {
    id,
    name: id.slice(id.indexOf('/') + 1),
    scope: id.slice(0, id.indexOf('/')),
    permissions: [...new Set(held)].sort(byText),
    grants: stated.map(([permission, effect, note = null]) => ({ permission, effect, note, source })),
  }
}

function facts(ids: string[], roles: RoleFacts[], resources: Facts['resources'] = []): Facts {
  const permissions = ids.map((id) => {
    const dot = id.lastIndexOf('.')
    return { id, resource: id.slice(0, dot), operation: id.slice(dot + 1) }
  })
  return { permissions, roles, resources: resources ?? [] }
}

const docks = facts(
  ['berth.get', 'berth.list', 'dock.create', 'dock.delete', 'dock.get', 'dock.list'],
  [
    role('port/admin', ['dock.*'], [['berth.*', 'granted']]),
    role('port/pilot', ['dock.get', 'dock.list', 'berth.get'], [['dock.delete', 'conditional', 'its own only']]),
    role('port/viewer', ['dock.get', 'dock.list']),
    role('port/keeper', ['dock.*'], [['dock.delete', 'denied']]),
    role('town/mayor', ['*']),
  ],
  [{ id: 'dock', title: 'Docks', aliases: ['quay'] }],
)
const pick = (id: string) => docks.roles.find((one) => one.id === id) as RoleFacts

describe('patterns', () => {
  it.each([
    ['cluster.*', 'cluster.get', true],
    ['cluster.*', 'clusterProfile.get', false],
    ['*.get', 'cluster.get', true],
    ['*.get', 'cluster.getAll', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*b*a', 'aba', true],
    ['a*ab*b', 'ab', false],
    ['**', 'x', true],
    ['', 'x', false],
  ])('%s against %s: %s', (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected))

  it('say what a regular expression says', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 })
    fc.assert(
      fc.property(letters, text, (pattern, tried) => {
        const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
        expect(matches(pattern, tried)).toBe(expression.test(tried))
      }),
      { numRuns: 3000 },
    )
  })

  it('between two stars are found wherever they stand, also where they begin like themselves', () => {
    const letters = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'a', 'b'), maxLength })
    fc.assert(
      fc.property(letters(7), letters(14), (piece, text) => {
        expect(matches(`*${piece}*`, text)).toBe(text.includes(piece))
      }),
      { numRuns: 3000 },
    )
  })

  it('take steps in proportion to their length, also where a naive search takes the product', () => {
    // Time is no test; the characters that are looked at are counted instead.
    const looked = (pattern: string, text: string) => {
      let count = 0
      const original = String.prototype.charCodeAt
      String.prototype.charCodeAt = function (at) {
        count++
        return original.call(this, at)
      }
      try {
        matches(pattern, text)
      } finally {
        String.prototype.charCodeAt = original
      }
      return count
    }
    for (const size of [1_000, 10_000]) {
      const text = 'a'.repeat(2 * size)
      expect(looked(`*${'a'.repeat(size)}b*`, text)).toBeLessThan(20 * size)
      expect(looked(`*b${'a'.repeat(size)}*`, text)).toBeLessThan(20 * size)
      expect(looked(`*${'a*'.repeat(size)}b*`, text)).toBeLessThan(20 * size)
    }
  })
})

describe('what is typed', () => {
  it('and is an action of a cloud is said to be one, unless a policy allows everything', () => {
    const policies = [
      { id: 'crane', permissions: ['s3:Get*'] },
      { id: 'all', permissions: ['*'] },
    ]
    const facts = { permissions: [{ id: 'dock.get' }], roles: [], policies }
    expect(() => permissionsNamed(facts, ['s3:GetObject'])).toThrow(
      'unknown permission s3:GetObject: it is none of a role, but an action that the policy crane allows',
    )
    expect(() => permissionsNamed(facts, ['dock.gte'])).toThrow('unknown permission dock.gte, did you mean dock.get?')
  })

  it('names an id, a pattern, or a resource by another name, whatever its case', () => {
    expect(permissionsLike(docks, 'dock.get')).toEqual(['dock.get'])
    expect(permissionsLike(docks, ' DOCK.GET ')).toEqual(['dock.get'])
    expect(permissionsLike(docks, 'quay.delete')).toEqual(['dock.delete'])
    expect(permissionsLike(docks, 'Docks.*')).toEqual(['dock.create', 'dock.delete', 'dock.get', 'dock.list'])
    expect(permissionsLike(docks, '*.get')).toEqual(['berth.get', 'dock.get'])
    expect(permissionsLike(docks, '*')).toHaveLength(6)
    expect(permissionsLike(docks, 'dock')).toEqual([])
    expect(permissionsLike(docks, '')).toEqual([])
  })

  it('names a pattern among the ids only where it names nothing else', () => {
    const mixed = facts(['crane.*', 'dock.*', 'dock.get'], [])
    expect(permissionsLike(mixed, 'dock.*')).toEqual(['dock.get'])
    expect(permissionsLike(mixed, 'crane.*')).toEqual(['crane.*'])
  })

  it('every id of the real dataset names itself alone', () => {
    for (const { id } of dataset.permissions) expect(permissionsLike(dataset, id)).toEqual([id])
  })

  it('names roles by id, by id without scope, by name', () => {
    expect(rolesLike(docks, 'port/pilot')).toEqual([pick('port/pilot')])
    expect(rolesLike(docks, 'Pilot')).toEqual([pick('port/pilot')])
    expect(rolesLike(docks, 'pilot', 'town')).toEqual([])
    for (const one of dataset.roles) {
      expect(rolesLike(dataset, one.id)).toEqual([one])
      expect(rolesLike(dataset, one.name.toUpperCase())).toContain(one)
    }
  })

  it('is mended where a letter is wrong, and left alone where nothing is near', () => {
    expect(permissionMeant(docks, 'dock.delet')).toBe('dock.delete')
    expect(permissionMeant(docks, 'quay.creat')).toBe('dock.create')
    expect(permissionMeant(docks, 'dok.*')).toBe('dock.*')
    expect(permissionMeant(docks, '*.lst')).toBe('*.list')
    expect(permissionMeant(docks, 'zzzzqqqq')).toBeNull()
    expect(permissionMeant(docks, '')).toBeNull()
    expect(allNamed(docks, ' List ')).toEqual({ of: 'operation', pattern: '*.list' })
    expect(allNamed(docks, 'dock.list')).toBeNull()
    expect(roleMeant(docks, 'port/pilto')?.id).toBe('port/pilot')
    expect(roleMeant(docks, 'Keepr')?.id).toBe('port/keeper')
    expect(roleMeant(docks, 'zzzzqqqq')).toBeNull()
    expect(nearest('dock', ['harbour-dock', 'dry-dock-harbour'])).toBe('harbour-dock')
    expect(nearest('x'.repeat(10_000), ['x'])).toBeNull()
  })

  it('distance is symmetric, zero for equals alone, and at most the longer length', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
      }),
    )
  })
})

describe('can', () => {
  it('says why: the grants, their notes, and a denial before a grant', () => {
    expect(can(pick('port/viewer'), 'dock.get')).toMatchObject({ allowed: true, effect: 'granted' })
    expect(can(pick('port/viewer'), 'dock.delete')).toEqual({ allowed: false, effect: null, grants: [] })
    expect(can(pick('port/pilot'), 'dock.delete')).toMatchObject({
      allowed: true,
      effect: 'conditional',
      grants: [{ note: 'its own only' }],
    })
    expect(can(pick('port/keeper'), 'dock.delete')).toMatchObject({
      allowed: false,
      effect: 'denied',
      grants: [{ permission: 'dock.delete' }],
    })
    expect(can(pick('port/keeper'), 'dock.create').grants[0]?.permission).toBe('dock.*')
    expect(can({ id: 'a/b', name: 'b', scope: 'a', permissions: ['x.*'] }, 'x.y')).toEqual({
      allowed: true,
      effect: 'granted',
      grants: [],
    })
  })

  it('a denial outweighs a grant, whichever is the pattern and whichever stands first', () => {
    for (const [granted, denied] of [
      ['dock.get', 'dock.get'],
      ['dock.*', 'dock.get'],
      ['dock.get', 'dock.*'],
      ['*', '*.get'],
    ] as const) {
      const first = role('a/b', [granted], [[denied, 'denied']])
      const last = { ...first, grants: [...(first.grants ?? [])].reverse() }
      for (const one of [first, last]) {
        expect(can(one, 'dock.get').allowed).toBe(false)
        expect(holds(one, 'dock.get')).toBe(false)
        expect(whoCan({ ...docks, roles: [one] }, ['dock.get'])).toEqual([])
        expect(smallest({ ...docks, roles: [one] }, ['dock.get'])).toBeNull()
        expect(spelledOut(docks, one)).not.toContain('dock.get')
      }
    }
  })

  it('agrees with the permissions of every role of the real dataset', () => {
    for (const one of dataset.roles) {
      const denied = new Set(one.grants.filter((g) => g.effect === 'denied').map((g) => g.permission))
      for (const { id } of dataset.permissions)
        expect(can(one, id).allowed, `${one.id} ${id}`).toBe(one.permissions.includes(id) && !denied.has(id))
    }
  })
})

/** Small worlds with patterns, conditions and denials. */
const IDS = ['a.get', 'a.set', 'b.get', 'b.set', 'c.get', 'c.set']
const statement = fc.tuple(
  fc.constantFrom(...IDS, 'a.*', 'b.*', '*.get', '*'),
  fc.constantFrom<Effect>('granted', 'granted', 'granted', 'conditional', 'denied'),
)
const world = fc
  .array(fc.tuple(fc.constantFrom('p', 'q'), fc.array(statement, { maxLength: 6 })), { maxLength: 7 })
  .map((list) =>
    facts(
      IDS,
      list.map(([scope, marks], i) => role(`${scope}/r${i}`, [], marks)),
    ),
  )
const asked = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 4 })

/** What a role may do, from its marks alone, without anything of `query/`. */
function mayDo(one: RoleFacts, id: string): boolean {
  const [resource, operation] = id.split('.')
  const fits = (held: string) => [id, `${resource}.*`, `*.${operation}`, '*'].includes(held)
  const said = (one.grants ?? []).filter((grant) => fits(grant.permission)).map((grant) => grant.effect)
  return said.length > 0 && !said.includes('denied')
}

describe('who can', () => {
  it('lists holders, more of what was asked for first, then the smaller role', () => {
    const holders = whoCan(docks, ['dock.delete', 'dock.get'])
    expect(holders.map(({ role: { id }, held, size }) => [id, held.length, size])).toEqual([
      ['port/pilot', 2, 4],
      ['port/admin', 2, 6],
      ['town/mayor', 2, 6],
      ['port/viewer', 1, 2],
      ['port/keeper', 1, 3],
    ])
    expect(holders[0]).toMatchObject({ all: true, conditional: ['dock.delete'] })
    expect(whoCan(docks, ['dock.delete'], 'town').map(({ role: { id } }) => id)).toEqual(['town/mayor'])
    expect(whoCan(docks, [])).toEqual([])
  })

  it('agrees with a scan of every mark', () => {
    fc.assert(
      fc.property(world, asked, fc.constantFrom(undefined, 'p'), (small, wanted, scope) => {
        const found = whoCan(small, wanted, scope)
        const expected = small.roles
          .filter((one) => (scope === undefined || one.scope === scope) && wanted.some((id) => mayDo(one, id)))
          .map((one) => [one.id, wanted.filter((id) => mayDo(one, id)).sort(byText)])
        expect(found.map((holder) => [holder.role.id, holder.held]).sort()).toEqual(expected.sort())
        for (const holder of found) {
          expect(holder.size).toBe(IDS.filter((id) => mayDo(holder.role, id)).length)
          expect(holder.all).toBe(holder.held.length === wanted.length)
          for (const id of wanted) expect(can(holder.role, id).allowed).toBe(holder.held.includes(id))
        }
        const keys = found.map((holder) => [-holder.held.length, holder.size] as const)
        for (const [i, [held, size]] of keys.entries()) {
          const [beforeHeld, beforeSize] = keys[i - 1] ?? [-Infinity, 0]
          expect(beforeHeld < held || (beforeHeld === held && beforeSize <= size)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with the permissions of the real dataset, for every permission', () => {
    for (const { id } of dataset.permissions) {
      const expected = dataset.roles.filter((one) => one.permissions.includes(id)).map((one) => one.id)
      expect(
        whoCan(dataset, [id])
          .map((holder) => holder.role.id)
          .sort(byText),
      ).toEqual(expected.sort(byText))
    }
  })

  it('a pattern covers what it covers, and no resource whose name begins alike', () => {
    expect(covers('cluster.*', 'cluster.get')).toBe(true)
    expect(covers('cluster.*', 'clusterProfile.get')).toBe(false)
    expect(covers('*', 'anything')).toBe(true)
    expect(covers('cluster.get', 'cluster.*')).toBe(false)
  })
})

describe('compare', () => {
  it('marks what is granted, conditional and denied, and counts', () => {
    const compared = compare(docks, [pick('port/pilot'), pick('port/keeper')])
    expect(compared.permissions.map((row) => [row.permission, ...row.effects, row.differs])).toEqual([
      ['berth.get', 'granted', null, true],
      ['dock.create', null, 'granted', true],
      ['dock.delete', 'conditional', 'denied', true],
      ['dock.get', 'granted', 'granted', false],
      ['dock.list', 'granted', 'granted', false],
    ])
    expect(compared.counts).toEqual([
      { held: 4, alone: 2 },
      { held: 3, alone: 1 },
    ])
    expect(compared.common).toBe(2)
    expect(compare(docks, [])).toEqual({ permissions: [], counts: [], common: 0 })
  })

  it('holds exactly what each role holds, whatever the roles', () => {
    fc.assert(
      fc.property(world, (small) => {
        const compared = compare(small, small.roles)
        for (const [i, one] of small.roles.entries()) {
          const held = compared.permissions.flatMap((row) =>
            row.effects[i] === 'granted' || row.effects[i] === 'conditional' ? row.permission : [],
          )
          expect(held).toEqual(IDS.filter((id) => mayDo(one, id)))
          expect(compared.counts[i]?.held).toBe(held.length)
        }
        for (const row of compared.permissions) expect(row.differs).toBe(new Set(row.effects).size > 1)
      }),
    )
  })
})

describe('the smallest role', () => {
  it('is the one with the least excess; of equals the fewer roles, the smaller roles, the first ids', () => {
    expect(smallest(docks, ['dock.get'])).toMatchObject({ roles: [{ id: 'port/viewer' }], excess: ['dock.list'] })
    expect(smallest(docks, ['dock.get', 'dock.delete'])).toMatchObject({
      roles: [{ id: 'port/pilot' }],
      excess: ['berth.get', 'dock.list'],
      conditional: ['dock.delete'],
    })
    expect(smallest(docks, ['dock.get', 'sea.drain'])?.roles.map(({ id }) => id)).toEqual(['town/mayor'])
    expect(smallest(docks, ['sea.drain'], { scope: 'port', most: 3 })).toBeNull()
    expect(unheld(docks, ['sea.drain', 'dock.get'], 'port')).toEqual(['sea.drain'])
    expect(smallest(docks, [])).toBeNull()
  })

  it('is exactly the minimum over all single roles, pairs and triples', () => {
    let found = 0
    fc.assert(
      fc.property(
        world,
        asked,
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(undefined, 'p'),
        (small, wanted, most, scope) => {
          const expected = bruteForce(small, wanted, most, scope)
          const answer = smallest(small, wanted, { most, scope })
          if (expected) found++
          expect(answer && { ids: answer.roles.map(({ id }) => id), excess: answer.excess }).toEqual(expected)
          if (answer === null) return
          for (const id of wanted) {
            expect(answer.roles.some((one) => mayDo(one, id))).toBe(true)
            const free = answer.roles.some((one) => can(one, id).effect === 'granted')
            expect(answer.conditional.includes(id)).toBe(!free)
          }
        },
      ),
      { numRuns: 3000 },
    )
    expect(found).toBeGreaterThan(1000)
  })

  it('is exactly the minimum where roles overlap in many ways', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `r${i % 4}.o${i}`)
    const overlapping = fc
      .array(fc.uniqueArray(fc.constantFrom(...ids), { minLength: 2, maxLength: 7 }), { minLength: 4, maxLength: 10 })
      .map((list) =>
        facts(
          ids,
          list.map((held, i) => role(`p/r${i}`, held)),
        ),
      )
    const needs = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(overlapping, needs, fc.constantFrom(2, 3), (small, wanted, most) => {
        const answer = smallest(small, wanted, { most })
        const found = answer && { ids: answer.roles.map(({ id }) => id), excess: answer.excess }
        expect(found).toEqual(bruteForce(small, wanted, most))
      }),
      { numRuns: 1500 },
    )
  })

  it('is exactly the minimum in the real dataset, for sets of what a role holds', () => {
    const pool = dataset.roles.filter((one) => one.scope === 'project')
    const real = { ...dataset, roles: pool }
    const subset = fc
      .constantFrom(...pool)
      .chain((one) => fc.uniqueArray(fc.constantFrom(...one.permissions), { minLength: 1, maxLength: 5 }))
    fc.assert(
      fc.property(subset, fc.constantFrom(1, 2, 3), (wanted, most) => {
        const answer = smallest(real, wanted, { most })
        const ids = answer && { ids: answer.roles.map(({ id }) => id), excess: answer.excess }
        expect(ids).toEqual(bruteForce(real, wanted, most))
      }),
      { numRuns: 40 },
    )
  })
})

describe('the smallest roles of the real dataset', () => {
  const ids = dataset.permissions.map(({ id }) => id)
  const search = new SmallestRoles(dataset)

  /** What differs from brute force; empty where nothing does. */
  const differences = (brute: BruteForce, most: number, sets: Iterable<readonly number[]>) => {
    const wrong: unknown[] = []
    let asked = 0
    let found = 0
    for (const set of sets) {
      const wanted = set.map((i) => ids[i] as string)
      const expected = brute.first(set)
      const answer = search.find(wanted, most)
      asked++
      if (answer) found++
      const isSame =
        answer?.roles.map(({ id }) => id).join() === expected?.roles.join() &&
        answer?.excess.length === (expected && expected.size - set.length)
      if (!isSame) wrong.push({ wanted, expected, answer })
    }
    return { wrong, asked, found }
  }

  it('are what brute force finds, for every set of up to three permissions', { timeout: 300_000 }, () => {
    const { wrong, asked, found } = differences(new BruteForce(dataset, 3), 3, setsOfUpToThree(ids.length))
    const n = ids.length
    expect(asked).toBe(n + (n * (n - 1)) / 2 + (n * (n - 1) * (n - 2)) / 6)
    expect(found).toBeGreaterThan(asked / 2)
    expect(wrong.slice(0, 3)).toEqual([])
  })

  it.each([1, 2])(
    'are what brute force finds with at most %i of them, for sets all over',
    { timeout: 120_000 },
    (most) => {
      // A prime, so that no pattern of the ids lines up with it.
      const every = process.env.ROLEBOOK_EXHAUSTIVE ? 1 : 31
      const sets = setsOfUpToThree(ids.length, every)
      const { wrong, found } = differences(new BruteForce(dataset, most), most, sets)
      expect(found).toBeGreaterThan(1000)
      expect(wrong.slice(0, 3)).toEqual([])
    },
  )
})

/** All sets of one to three numbers below `size`; of them one in `every`. */
function* setsOfUpToThree(size: number, every = 1): Generator<number[]> {
  let n = 0
  for (let i = 0; i < size; i++) {
    if (n++ % every === 0) yield [i]
    for (let j = i + 1; j < size; j++) {
      if (n++ % every === 0) yield [i, j]
      for (let k = j + 1; k < size; k++) if (n++ % every === 0) yield [i, j, k]
    }
  }
}

/**
 * All sets of up to `most` roles, in the order in which they are preferred: whatever is asked for, the set that holds less
 * in all has less beyond it. The answer is the first set that holds all that is asked for, found with one bit a set.
 */
class BruteForce {
  readonly #sets: { roles: string[]; size: number; sum: number }[] = []
  /** For each permission, in which of the sets it is held. */
  readonly #holding: Uint32Array[]

  constructor({ permissions, roles }: Facts, most: number) {
    const held = roles.map((one) => new Set(one.permissions))
    const unions: Set<string>[] = []
    const grow = (from: number, ids: string[], union: Set<string>, sum: number) => {
      for (let i = from; i < roles.length; i++) {
        const own = held[i] as Set<string>
        const next = { roles: [...ids, (roles[i] as RoleFacts).id].sort(byText), sum: sum + own.size }
        const both = new Set([...union, ...own])
        unions[this.#sets.push({ ...next, size: both.size }) - 1] = both
        if (next.roles.length < most) grow(i + 1, next.roles, both, next.sum)
      }
    }
    grow(0, [], new Set(), 0)
    const place = new Map(this.#sets.map((set, i) => [set, i]))
    this.#sets.sort(
      (a, b) =>
        a.size - b.size ||
        a.roles.length - b.roles.length ||
        a.sum - b.sum ||
        byText(a.roles.join('\0'), b.roles.join('\0')),
    )
    const sorted = this.#sets.map((set) => unions[place.get(set) as number] as Set<string>)
    this.#holding = permissions.map(({ id }) => {
      const bits = new Uint32Array(Math.ceil(sorted.length / 32))
      sorted.forEach((all, i) => {
        if (all.has(id)) bits[i >>> 5] = (bits[i >>> 5] as number) | (1 << (i & 31))
      })
      return bits
    })
  }

  first(wanted: readonly number[]): { roles: string[]; size: number } | undefined {
    const all = wanted.map((i) => this.#holding[i] as Uint32Array)
    const words = all[0]?.length ?? 0
    for (let i = 0; i < words; i++) {
      let word = ~0
      for (const bits of all) word &= bits[i] as number
      if (word !== 0) return this.#sets[i * 32 + 31 - Math.clz32(word & -word)]
    }
    return undefined
  }
}

/** All sets of up to `most` roles, each looked at. */
function bruteForce(small: Facts, wanted: readonly string[], most: number, scope?: string) {
  const ids = small.permissions.map(({ id }) => id)
  const roles = small.roles
    .filter((one) => scope === undefined || one.scope === scope)
    .map((one) => ({ id: one.id, held: new Set(ids.filter((id) => mayDoReal(one, id))) }))
  const sets: (typeof roles)[] = []
  const grow = (from: number, set: typeof roles) => {
    if (set.length > 0) sets.push(set)
    if (set.length < most)
      for (let i = from; i < roles.length; i++) grow(i + 1, [...set, roles[i] as (typeof roles)[0]])
  }
  grow(0, [])
  let best: { ids: string[]; excess: string[]; size: number } | null = null
  for (const set of sets) {
    if (!wanted.every((id) => set.some((one) => one.held.has(id)))) continue
    const all = new Set(set.flatMap((one) => [...one.held]))
    for (const id of wanted) all.delete(id)
    const size = set.reduce((sum, one) => sum + one.held.size, 0)
    const next = { ids: set.map((one) => one.id).sort(byText), excess: [...all].sort(byText), size }
    const order = best
      ? next.excess.length - best.excess.length ||
        next.ids.length - best.ids.length ||
        next.size - best.size ||
        byText(next.ids.join('\0'), best.ids.join('\0'))
      : -1
    if (order < 0) best = next
  }
  return best && { ids: best.ids, excess: best.excess }
}

/** `mayDo`, or plain membership where no role holds a pattern. */
function mayDoReal(one: RoleFacts, id: string): boolean {
  return id in REAL ? one.permissions.includes(id) : mayDo(one, id)
}
const REAL = Object.fromEntries(dataset.permissions.map(({ id }) => [id, true]))
