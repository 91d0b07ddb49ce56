/** What the bench measures on: the made tree, and how its results are written down. No time is asserted. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { barChart } from '../scripts/bench/chart.ts'
import { type Measured, measure, median, slope } from '../scripts/bench/measure/processes.ts'
import { targetsOf } from '../scripts/bench/results.ts'
import { madeName } from '../scripts/bench/tree/permission-page.ts'
import { rolePages } from '../scripts/bench/tree/role-page.ts'
import { type MadeFile, makeTree, permissionFiles, writeTree } from '../scripts/bench/tree.ts'
import { analyse } from '../src/analyse.ts'
import { diffDatasets } from '../src/diff/diff.ts'
import { dialects } from '../src/parse/dialects.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { ROOT } from './support/shared.ts'

const FILES = 100
const settings = resolveSettings()

function read(files: Iterable<MadeFile>) {
  const sources = [...files].map(({ path, text }) => ({ path, relativePath: path, text, sha256: '' }))
  return analyse(sources, settings, 'made')
}

describe('the made tree', () => {
  const tree = [...makeTree({ files: FILES })]

  it('has the same bytes each time', () => {
    const hash = (files: Iterable<MadeFile>) => {
      const sum = createHash('sha256')
      for (const { path, text } of files) sum.update(`${path}\0${text}\0`)
      return sum.digest('hex')
    }
    expect(hash(makeTree({ files: FILES }))).toBe(hash(tree))
    expect(hash(makeTree({ files: FILES, seed: 7 }))).not.toBe(hash(tree))
  })

  it('has as many files as it was asked for, each once, of about ten kilobytes', () => {
    expect(tree).toHaveLength(FILES)
    expect(new Set(tree.map(({ path }) => path)).size).toBe(FILES)
    const bytes = tree.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
    expect(bytes / FILES).toBeGreaterThan(8000)
    expect(bytes / FILES).toBeLessThan(13_000)
    expect(permissionFiles(2000)).toBe(40)
  })

  it('is written as it is made', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rolebook-bench-test-'))
    const some = tree.slice(0, 12)
    const { files, bytes } = writeTree(folder, some)
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect([files, found.length]).toEqual([12, 12])
    const texts = some.map(({ path }) => readFileSync(join(folder, path)))
    expect(bytes).toBe(texts.reduce((sum, text) => sum + text.length, 0))
    rmSync(folder, { recursive: true })
  })

  it('holds blocks of every dialect, none of them ambiguous, and none in the other pages', () => {
    const { reading, diagnostics } = read(tree)
    expect([...new Set(reading.blocks.map(({ dialect }) => dialect))].sort()).toEqual(
      dialects.map(({ id }) => id).sort(),
    )
    expect(reading.blocks.filter(({ block }) => !block.page.file.path.startsWith('docs/access/'))).toEqual([])
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(diagnostics.filter(({ ruleId }) => ruleId === 'ambiguous-block')).toEqual([])
  })
})

describe('the pages of many roles', () => {
  it('hold as many roles as they were asked for, all of different names', () => {
    expect(read(rolePages(250)).model.dataset.roles).toHaveLength(250)
    const names = Array.from({ length: 20_000 }, (_, i) => madeName(i))
    expect(new Set(names).size).toBe(names.length)
  })

  it('differ from their later state in one role gone, one renamed and one narrowed of each hundred', () => {
    const [earlier, later] = [read(rolePages(200)), read(rolePages(200, true))]
    const ids = (analysis: typeof earlier) => new Set(analysis.model.dataset.roles.map(({ id }) => id))
    expect(ids(later).size).toBe(198)
    expect([...ids(later)].filter((id) => !ids(earlier).has(id))).toHaveLength(2)
    expect(diffDatasets(earlier.model.dataset, later.model.dataset).length).toBeGreaterThanOrEqual(6)
  })
})

describe('what is measured', () => {
  it('is the middle of the runs, and the slope of the logarithms', () => {
    expect([median([]), median([3]), median([1, 9, 4]), median([1, 2, 4, 9])]).toEqual([0, 3, 4, 3])
    const points = [1, 10, 100].map((x) => [x, 5 * x ** 2] as const)
    expect(slope(points)).toBeCloseTo(2, 10)
  })

  it('is run in rounds, once each, after a round that does not count', () => {
    const seen: string[] = []
    const command = (id: string) => ({
      id,
      what: id,
      argv: [process.execPath, '-e', '0'],
      cwd: ROOT,
      before: () => void seen.push(id),
    })
    const rounds = { runs: 2, budget: 60_000, warmUp: true, progress: () => {} }
    const measured = measure([command('a'), command('b')], rounds)
    expect(seen).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
    expect(measured.map(({ id, runs }) => [id, runs])).toEqual([
      ['a', 2],
      ['b', 2],
    ])
    expect(measured.every(({ ms, least, most }) => least <= ms && ms <= most)).toBe(true)
  })

  it('is an error where a command fails', () => {
    const command = { id: 'x', what: 'x', argv: [process.execPath, '-e', 'process.exit(3)'], cwd: ROOT }
    const rounds = { runs: 1, budget: 60_000, warmUp: false, progress: () => {} }
    expect(() => measure([command], rounds)).toThrow('x ended with 3')
  })

  it('is held to the targets in the direction that each has', () => {
    const of = (id: string, ms: number): Measured => ({
      id,
      what: id,
      ms,
      least: ms,
      most: ms,
      cpu: null,
      memory: 140e6,
      runs: 5,
    })
    const side = [
      of('node', 40),
      of('version', 81),
      of('floor', 100),
      of('cold', 500),
      of('rumdl', 1499),
      of('markdownlint', 20_000),
    ]
    const met = Object.fromEntries(
      targetsOf({ side, sizes: [], site: null }).map((target) => [target.what, target.met]),
    )
    expect(met).toEqual({
      '`check`, cold, to the floor': true,
      '`check`, cold, faster than markdownlint-cli2': true,
      '`check`, cold, faster than rumdl': false,
      '`--version` to `node -e 0`': false,
      '`check`, cold, peak memory': true,
    })
  })
})

describe('what is written', () => {
  const results = readFileSync(join(ROOT, 'scripts/bench/results.md'), 'utf8')

  it('has tables of as many cells in each row, and names every target', () => {
    const tables = results.split('\n\n').filter((block) => block.startsWith('|'))
    expect(tables.length).toBeGreaterThan(4)
    for (const table of tables) {
      const cells = table
        .trim()
        .split('\n')
        .map((row) => row.split('|').length)
      expect(new Set(cells).size, table).toBe(1)
    }
    expect(results.match(/\| (?:met|\*\*missed\*\*) \|/g)?.length).toBeGreaterThanOrEqual(6)
  })

  it('says nothing of where it ran but the machine', () => {
    expect(results).not.toMatch(/\/(?:home|tmp|work|Users|root)\/|NaN|undefined|Infinity/)
  })

  it('has a chart with a title, its figures as text, and every label escaped', () => {
    const svg = barChart('A < B', [{ label: '<script>&', ms: 40, own: true }])
    expect(svg).toContain('<title id="title">A &lt; B</title>')
    expect(svg).toContain('&lt;script&gt;&amp; 40 ms')
    expect(svg).toContain('role="img"')
    expect(svg).not.toMatch(/<script|NaN|Infinity/)
    expect(readFileSync(join(ROOT, 'scripts/bench/results.svg'), 'utf8')).toContain('rolebook check')
  })
})
