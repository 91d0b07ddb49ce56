/**
 * Recall of the rules. Clean sets, most of them generated, get one defect at a time of a kind that a rule is for; the planter
 * works out by itself where the finding must stand. The rule must find it there, and no other rule may speak up that the
 * planter does not name. On the sets as they were nothing is found at all.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { analyse } from '../src/analyse.ts'
import type { Diagnostic } from '../src/diagnostic.ts'
import type { SourceFile } from '../src/parse/source.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { rules } from '../src/validate/rules.ts'
import { readFolder, sourceFile } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { type Random, randomOf } from './support/damage.ts'
import { PLANTERS } from './support/seeded/planters.ts'
import { seededSet } from './support/seeded/sets.ts'
import type { Files, Planted, Planter, SeededSet } from './support/seeded/types.ts'
import { ROOT } from './support/shared.ts'

// A planting changes one page or two: the others are parsed once. Parsing is a function of the file and the settings alone.
vi.mock('../src/parse/page/page.ts', async (original) => {
  const actual = await original<typeof import('../src/parse/page/page.ts')>()
  const known = new WeakMap<object, ReturnType<typeof actual.readPage>>()
  return {
    ...actual,
    readPage: (file: SourceFile, given: Parameters<typeof actual.readPage>[1]) => {
      const made = known.get(file) ?? actual.readPage(file, given)
      known.set(file, made)
      return made
    },
  }
})
vi.mock('../src/validate/shared/mdx.ts', async (original) => {
  const actual = await original<typeof import('../src/validate/shared/mdx.ts')>()
  const known = new WeakMap<object, ReturnType<typeof actual.mdxError>>()
  return {
    ...actual,
    mdxError: (page: Parameters<typeof actual.mdxError>[0]) => {
      const made = known.has(page) ? (known.get(page) ?? null) : actual.mdxError(page)
      known.set(page, made)
      return made
    },
  }
})

const SEED = Number(process.env.FC_SEED ?? 20_261_121)
const SETS = 80
const PER_RULE = 54
const PAIRS = 300
/** One planting in so many is in `content/`, with all that is found there taken as given. */
const IN_CONTENT = 25

/** What no page alone can show: planted in runs of the command line below, where it has to do with pages at all. */
const WITHOUT_PLANTER: Readonly<Record<string, string>> = {
  'crashed-rule': 'a bug of a rule, not of a page; `linter.test.ts` brings a rule that crashes',
  'expired-baseline': 'needs a baseline and a clock: run of the command line below',
  'invalid-encoding': 'is about bytes, not text: `limits.test.ts`',
  'input-limit': 'needs a page beyond a limit, of which nothing is read: `limits.test.ts`',
  'last-update-stale': 'needs the history of a repository: run of the command line below',
  'mixed-versions': 'is about folders: its examples are two trees',
  'shape-changed': 'needs a manifest: run of the command line below',
  'stale-baseline': 'needs a baseline: run of the command line below',
}

const strict = resolveSettings({ rules: { 'mdx-syntax': 'error' } })
/** MDX's own parser takes half of the time, and has nothing to say of most defects. */
const usual = resolveSettings()
const sources = new Map<string, SourceFile>()

function diagnosticsOf(files: Files, settings = strict): Diagnostic[] {
  const read = Object.entries(files).map(([path, text]) => {
    const key = `${path}\0${text}`
    const known = sources.get(key) ?? sourceFile(path, text)
    // Those of the sets are met again and again, those with a defect once.
    if (clean.has(key)) sources.set(key, known)
    return known
  })
  return analyse(read, settings, 'latest').diagnostics
}

const clean = new Set<string>()
const before = new Map<SeededSet, Diagnostic[]>()

function known(set: SeededSet): Diagnostic[] {
  const found = before.get(set)
  if (found) return found
  for (const [path, text] of Object.entries(set.files)) clean.add(`${path}\0${text}`)
  const made = diagnosticsOf(set.files)
  before.set(set, made)
  return made
}

function freshIn(set: SeededSet, files: Files, planters: readonly Planter[]): Diagnostic[] {
  const mayBreak = planters.some(({ rule, alsoAllowed = [] }) => [rule, ...alsoAllowed].includes('mdx-syntax'))

  const given = new Set(known(set).map(({ fingerprint }) => fingerprint))
  // A policy whose partial is no partial any more has another id, and the findings of `content/` about it move with it.
  const said = new Set(known(set).map(({ ruleId, path, message }) => `${ruleId} ${path} ${message}`))
  return diagnosticsOf(files, mayBreak ? strict : usual).filter(({ fingerprint, ruleId, path, message }) => {
    return !given.has(fingerprint) && !said.has(`${ruleId} ${path} ${message}`)
  })
}

const generated = Array.from({ length: SETS }, (_, i) => seededSet(SEED + i))

function contentSet(name: string, wanted: RegExp): SeededSet {
  const files = readFolder(join(ROOT, 'content/latest')).filter(({ path }) => wanted.test(path))
  return { name, files: Object.fromEntries(files.map(({ path, text }) => [path, text])) }
}

const content = [
  contentSet('content: roles', /user-management\/(?:permissions|project-roles|custom-roles)/),
  contentSet('content: resource roles', /user-management\/(?:permissions|resource-roles|custom-roles)/),
  contentSet('content: AWS', /clusters\/aws|partials\/permissions\/aws/),
  contentSet('content: other clouds', /clusters\/(?:azure|gcp|cloudstack)|permissions\/(?:azure|gcp|cloudstack)/),
]

/** A planting of a planter in a random set that has a place for it. */
function plantSomewhere(planter: Planter, random: Random): { set: SeededSet; planted: Planted } | null {
  for (let tries = 0; tries < 400; tries++) {
    const pool = random(IN_CONTENT) === 0 ? content : generated
    const set = pool[random(pool.length)] as SeededSet
    const planted = planter.plant(set, random)
    if (planted && changedIn(set, planted).length > 0) return { set, planted }
  }
  return null
}

function changedIn(set: SeededSet, { files }: Planted): string[] {
  const paths = new Set([...Object.keys(set.files), ...Object.keys(files)])
  return [...paths].filter((path) => set.files[path] !== files[path])
}

function isAt({ path, line, column }: Planted, diagnostic: Diagnostic, exact: boolean): boolean {
  if (diagnostic.path !== path || diagnostic.line !== line) return false
  return !exact || column === undefined || diagnostic.column === column
}

/** Whether two findings say a thing of one subject, be it with other numbers. */
function isOfSame(one: Diagnostic, other: Diagnostic): boolean {
  const isSame = one.ruleId === other.ruleId && one.path === other.path && one.subject === other.subject
  return isSame && one.subject !== null
}

function written(diagnostic: Diagnostic): string {
  return `${diagnostic.ruleId} ${diagnostic.path}:${diagnostic.line}:${diagnostic.column} ${diagnostic.message}`
}

describe('sets without a defect', () => {
  it.each(generated.map((set) => [set.name, set] as const))('%s: nothing is found, whatever its severity', (_, set) => {
    expect(known(set).map(written)).toEqual([])
  })

  it('hold roles, catalogues and policies, so that rules have something to be silent about', () => {
    const texts = generated.map(({ files }) => Object.values(files).join('\n'))
    for (const sign of [
      '| Resource Key',
      '<TabItem ',
      '<AccordionPanel ',
      '√',
      '\n#### ',
      '"Statement"',
      '"NotActions"',
    ])
      expect(texts.filter((text) => text.includes(sign)).length, sign).toBeGreaterThan(SETS / 12)
  })
})

interface Count {
  plantings: number
  found: number
  exact: number
  collateral: number
}

const counts = new Map<string, Count>()

describe('planted defects', () => {
  const ids = rules.map((rule) => rule.id)

  it('there are planters for each rule, or a reason why not', () => {
    const planted = new Set(PLANTERS.map(({ rule }) => rule))
    expect(ids.filter((id) => !planted.has(id)).sort()).toEqual(Object.keys(WITHOUT_PLANTER).sort())
    expect([...planted].filter((id) => !ids.includes(id))).toEqual([])
  })

  it('what may follow from a defect is a rule', () => {
    expect(PLANTERS.flatMap(({ alsoAllowed = [] }) => alsoAllowed).filter((id) => !ids.includes(id))).toEqual([])
  })

  const planted = ids.filter((id) => WITHOUT_PLANTER[id] === undefined)
  /** Of each rule its own. `input-limit` came when the seeds were drawn: the others keep theirs. */
  const seedOf = (id: string) => SEED + ids.filter((other) => other !== 'input-limit').indexOf(id)
  it.each(planted)('%s finds what is planted for it, and nothing else speaks up', (id) => {
    const planters = PLANTERS.filter(({ rule }) => rule === id)
    const random = randomOf(seedOf(id))
    const count: Count = { plantings: 0, found: 0, exact: 0, collateral: 0 }
    counts.set(id, count)
    const missed: string[] = []
    const misplaced: string[] = []
    const unexpected: string[] = []
    for (let i = 0; i < PER_RULE; i++) {
      const planter = planters[i % planters.length] as Planter
      const made = plantSomewhere(planter, random)
      expect(made, `a place for “${planter.name}”`).not.toBeNull()
      if (!made) return
      const { set, planted: defect } = made
      const fresh = freshIn(set, defect.files, [planter])
      const own = fresh.filter(({ ruleId }) => ruleId === id)
      const where = `${planter.name}, ${set.name}, ${defect.path}:${defect.line}:${defect.column ?? '?'}`
      const seen = own.map(written).join('\n      ')
      count.plantings++
      if (own.some((diagnostic) => isAt(defect, diagnostic, false))) count.found++
      else missed.push(`${where}\n      ${seen || fresh.map(written).join('\n      ')}`)
      if (own.some((diagnostic) => isAt(defect, diagnostic, true))) count.exact++
      else misplaced.push(`${where}\n      ${seen}`)
      const allowed = [id, ...(planter.alsoAllowed ?? [])]
      const others = fresh.filter((diagnostic) => {
        const { ruleId, severity } = diagnostic
        return severity !== 'info' && !allowed.includes(ruleId) && !known(set).some((one) => isOfSame(one, diagnostic))
      })
      count.collateral += others.length
      if (others.length > 0) unexpected.push(`${where}\n      ${others.map(written).join('\n      ')}`)
    }
    expect({ missed, misplaced, unexpected }).toEqual({ missed: [], misplaced: [], unexpected: [] })
  })

  it(`${PAIRS} times two defects in different files, and both are found`, () => {
    const random = randomOf(SEED + 1000)
    const lost: string[] = []
    let pairs = 0
    for (let tries = 0; pairs < PAIRS && tries < PAIRS * 100; tries++) {
      const first = PLANTERS[random(PLANTERS.length)] as Planter
      const second = PLANTERS[random(PLANTERS.length)] as Planter
      const made = plantSomewhere(first, random)
      const other = made && first.rule !== second.rule ? second.plant(made.set, random) : null
      if (!made || !other) continue
      const [mine, theirs] = [changedIn(made.set, made.planted), changedIn(made.set, other)]
      // Neither may move the lines of the other's finding.
      if (theirs.length === 0 || mine.some((path) => theirs.includes(path) || path === other.path)) continue
      if (theirs.includes(made.planted.path)) continue
      const takesAway = (changed: string[], from: Planter) =>
        from.needs?.(made.set).some((path) => changed.includes(path))
      if (takesAway(mine, second) || takesAway(theirs, first)) continue
      pairs++
      const files: Record<string, string> = { ...made.set.files }
      for (const path of mine) setOrRemove(files, path, made.planted.files[path])
      for (const path of theirs) setOrRemove(files, path, other.files[path])
      const fresh = freshIn(made.set, files, [first, second])
      for (const [planter, defect] of [[first, made.planted] as const, [second, other] as const]) {
        const own = fresh.filter(({ ruleId }) => ruleId === planter.rule)
        if (!own.some(({ path, line }) => path === defect.path && line === defect.line))
          lost.push(
            `${first.rule} (${first.name}) + ${second.rule} (${second.name}): ${planter.rule} in ${made.set.name}`,
          )
      }
    }
    console.log(`${pairs} pairs of defects: ${pairs * 2 - lost.length} of ${pairs * 2} found`)
    expect(pairs).toBe(PAIRS)
    expect(lost).toEqual([])
  })

  afterAll(() => {
    const all = [...counts]
    const sum = (key: keyof Count) => all.reduce((total, [, count]) => total + count[key], 0)
    const line = (name: string, { plantings, found, exact, collateral }: Count) => {
      const recall = `${((100 * found) / Math.max(1, plantings)).toFixed(1)} %`
      const cells = [plantings, found, recall, exact, collateral].map((cell) => String(cell).padStart(9))
      return `${name.padEnd(34)}${cells.join('')}`
    }
    const head = ['plantings', 'found', 'recall', 'exact', 'others'].map((cell) => cell.padStart(9)).join('')
    const total: Count = {
      plantings: sum('plantings'),
      found: sum('found'),
      exact: sum('exact'),
      collateral: sum('collateral'),
    }
    console.log(
      [`${'rule'.padEnd(34)}${head}`, ...all.map(([id, count]) => line(id, count)), line('all', total)].join('\n'),
    )
  })

  it('were 3,000 at least', () => {
    expect([...counts.values()].reduce((sum, { plantings }) => sum + plantings, 0)).toBeGreaterThanOrEqual(3000)
  })
})

describe('planted defects that only the command line sees', () => {
  const roleSets = generated.filter(({ files }) => files['docs/permissions.mdx'] !== undefined)
  const policySets = generated.filter(({ files }) => Object.keys(files).some((path) => path.endsWith('-nodes.mdx')))
  const planter = PLANTERS.find(({ name }) => name === 'a role of the table that has no panel') as Planter
  let there: Workspace

  interface Found {
    ruleId: string
    path: string
    line: number
  }

  async function check(day = '2026-01-01'): Promise<Found[]> {
    const env = { SOURCE_DATE_EPOCH: String(Date.parse(`${day}T12:00:00Z`) / 1000) }
    const { out } = await there.runWith({ env }, 'check', '--format', 'json')
    return (JSON.parse(out).diagnostics as Found[]).map(({ ruleId, path, line }) => ({ ruleId, path, line }))
  }

  /** A set with an accepted defect, and the line of its fingerprint in the baseline. */
  async function accepted(set: SeededSet, random: Random, ...more: string[]): Promise<number> {
    const defect = planter.plant(set, random) as Planted
    there = new Workspace({ ...CONFIG, ...defect.files })
    await there.runWith({ env: { SOURCE_DATE_EPOCH: '1767268800' } }, 'baseline', '--reason', 'For now.', ...more)
    const lines = readFileSync(join(there.folder, 'rolebook.baseline.json'), 'utf8').split('\n')
    return lines.findIndex((line) => line.includes('"fingerprint"')) + 1
  }

  const CONFIG = { 'rolebook.config.json': '{ "versions": [{ "id": "latest", "root": "." }] }' }

  afterEach(() => there.remove())

  it.each(roleSets.slice(0, 5).map((set) => [set.name, set] as const))('stale-baseline, %s', async (_, set) => {
    const line = await accepted(set, randomOf(SEED))
    expect(await check()).toEqual([])
    there.write(set.files)
    expect(await check()).toEqual([{ ruleId: 'stale-baseline', path: 'rolebook.baseline.json', line }])
  })

  it.each(roleSets.slice(5, 10).map((set) => [set.name, set] as const))('expired-baseline, %s', async (_, set) => {
    const line = await accepted(set, randomOf(SEED), '--expires', '2026-03-31')
    expect(await check('2026-03-31')).toEqual([])
    const found = await check('2026-04-01')
    expect(found.map(({ ruleId }) => ruleId).sort()).toEqual(['expired-baseline', planter.rule].sort())
    expect(found).toContainEqual({ ruleId: 'expired-baseline', path: 'rolebook.baseline.json', line })
  })

  it.each(roleSets.slice(10, 15).map((set) => [set.name, set] as const))('shape-changed, %s', async (_, set) => {
    there = new Workspace({ ...CONFIG, ...set.files })
    await there.run('manifest')
    expect(await check()).toEqual([])
    const [path = ''] = Object.keys(set.files).filter((name) => name.endsWith('-roles.mdx'))
    const [front = ''] = /^---\n[\s\S]*?\n---\n/.exec(set.files[path] as string) ?? []
    there.write({ [path]: `${front}\nMoved.\n` })
    const found = await check()
    expect(found.filter(({ ruleId }) => ruleId === 'shape-changed').map((one) => one.path)).toContain(path)
  })

  it.each(policySets.slice(0, 5).map((set) => [set.name, set] as const))('last-update-stale, %s', async (_, set) => {
    const [path = ''] = Object.keys(set.files).filter((name) => name.endsWith('-nodes.mdx'))
    const dated = (set.files[path] as string).replace('\n```json', '\n**Last Update**: March 12, 2025\n\n```json')
    const line = dated.slice(0, dated.indexOf('**Last')).split('\n').length
    there = new Workspace({ ...CONFIG, ...set.files, [path]: dated })
    const git = (day: string, ...args: string[]) => {
      const env = { ...process.env, GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: `${day}T12:00:00Z` }
      const own = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
      execFileSync('git', [...own, ...args], { cwd: there.folder, env, stdio: 'pipe' })
    }
    git('2025-03-12', 'init', '-q')
    git('2025-03-12', 'add', '.')
    git('2025-03-12', 'commit', '-qm', 'one')
    expect(await check()).toEqual([])
    there.write({ [path]: dated.replace('"Effect": "Allow"', '"Effect": "Deny"') })
    git('2025-06-01', 'commit', '-qam', 'two')
    expect(await check()).toEqual([{ ruleId: 'last-update-stale', path, line }])
  })
})

function setOrRemove(files: Record<string, string>, path: string, text: string | undefined): void {
  if (text === undefined) delete files[path]
  else files[path] = text
}
