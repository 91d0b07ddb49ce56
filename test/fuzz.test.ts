/** What the fuzzer holds for made inputs, and that it can fail: each planted defect is found, and made small. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campaign, summaryOf } from '../scripts/fuzz/campaign.ts'
import { type FuzzInput, inputOf } from '../scripts/fuzz/input.ts'
import { check, type Kind } from '../scripts/fuzz/invariants.ts'
import { minimised } from '../scripts/fuzz/minimise.ts'
import { readPages } from '../scripts/fuzz/pages.ts'
import { PLANTED } from '../scripts/fuzz/planted.ts'
import { configSchema } from '../src/settings/schema.ts'

const INPUTS = 200
const pages = readPages(['content', 'test/fixtures'])

function inputWith(text: string): FuzzInput {
  const others = ['one', 'two', 'three'].map((word) => ({ path: `${word}.mdx`, bytes: Buffer.from(`# ${word}\n`) }))
  return { files: [...others, { path: 'dock.mdx', bytes: Buffer.from(text) }], config: { name: 'x' } }
}

const PAGE = '# Roles\n\nText.\n\n## Dock Admin\n\n- dock.get\n- dock.lits\n- dock.get\n\n## Other\n\nText.\n'

describe('made inputs', { timeout: 300_000 }, () => {
  it(`hold all that must hold, ${INPUTS} of them`, async () => {
    const seen = { blocks: 0, findings: 0, fixed: 0, passed: 0, sets: 0 }
    for (let seed = 1; seed <= INPUTS; seed++) {
      const verdict = await check(inputOf(seed, pages), { thorough: seed % 50 === 0 })
      if ('kind' in verdict) expect({ seed, ...verdict }).toBeNull()
      else {
        seen.blocks += verdict.blocks
        seen.findings += verdict.findings
        seen.fixed += Number(verdict.fixed)
        seen.passed += verdict.passed
        seen.sets += Number(verdict.files > 1)
      }
    }
    console.log(`${INPUTS} made inputs: ${JSON.stringify(seen)}; 0 violations`)
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(10)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(inputOf(3, pages)).toEqual(inputOf(3, pages))
    expect(new Set([1, 2, 3, 4].map((seed) => JSON.stringify(inputOf(seed, pages)))).size).toBe(4)
  })

  it('have configs that fit the schema, and bytes that are no UTF-8', () => {
    const made = Array.from({ length: 300 }, (_, i) => inputOf(i, pages))
    expect(made.map(({ config }) => configSchema.safeParse(config).success)).not.toContain(false)
    const texts = made.flatMap(({ files }) => files.map(({ bytes }) => Buffer.from(bytes)))
    expect(texts.filter((bytes) => !Buffer.from(bytes.toString()).equals(bytes)).length).toBeGreaterThan(10)
    expect(texts.filter((bytes) => bytes.includes(0)).length).toBeGreaterThan(5)
    expect(texts.filter((bytes) => /\r(?!\n)/.test(bytes.toString('latin1'))).length).toBeGreaterThan(5)
  })
})

describe('what it found once', () => {
  it.each([
    [
      'front matter that is wrong at the end of a CRLF line',
      '---\r\ntitle: "Roles [a]: /u\r\ntags: ["a", "b"]\r\n---\r\n',
      {},
    ],
    ['MDX that is wrong at the end of a CRLF line', '<table><tr><td>{***^\r\n', { 'mdx-syntax': 'warning' } as const],
  ])('holds all that must hold: %s', async (_what, text, rules) => {
    const verdict = await check({ files: [{ path: 'page.mdx', bytes: Buffer.from(text) }], config: { rules } })
    expect(verdict).toMatchObject({ files: 1 })
    expect((verdict as { findings: number }).findings).toBeGreaterThan(0)
  })
})

describe('a config that it found', () => {
  it('is refused: an operation without a name, which each empty line would be', () => {
    expect(configSchema.safeParse({ vocabulary: { operations: { '': 'write' } } }).success).toBe(false)
  })
})

describe('a planted defect', () => {
  it.each<[string, Kind]>([
    ['throws', 'crash'],
    ['misplaces', 'place'],
    ['depends on order', 'order'],
    ['breaks the schema', 'schema'],
    ['fixes for ever', 'fix-twice'],
  ])('is seen: one that %s', async (name, kind) => {
    const verdict = await check(inputWith(PAGE), { subject: PLANTED[name] as never })
    expect(verdict).toMatchObject({ kind })
  })

  it('is seen: a scan that overlooks', async () => {
    const roles = { path: 'roles.mdx', bytes: Buffer.from('## Pier Admin\n\n- pier.get\n- pier.list\n') }
    const link = { path: 'link.mdx', bytes: Buffer.from('From the dock to [a role](./roles.mdx#pier-adminn).\n') }
    const input = { files: [roles, link], config: {} }
    expect(await check(input)).toMatchObject({ files: 2, passed: 1, findings: 1 })
    expect(await check(input, { subject: PLANTED.overlooks as never })).toMatchObject({ kind: 'scan' })
  })

  it('is not seen in what does not have it', async () => {
    expect(await check(inputWith(PAGE))).toMatchObject({ files: 4, fixed: true })
    expect(await check(inputWith('# Pier\n'), { subject: PLANTED.throws as never })).toMatchObject({ files: 4 })
  })

  it('is made small: to one file, one line and no config', async () => {
    const breaks = async (input: FuzzInput) => {
      const verdict = await check(input, { subject: PLANTED.throws as never })
      return 'kind' in verdict && verdict.kind === 'crash'
    }
    const { files, config } = await minimised(inputWith(PAGE), breaks)
    expect(config).toEqual({})
    expect(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['dock.mdx', expect.stringMatching(/^.*dock.*\n$/i)],
    ])
  })
})

describe('a campaign', { timeout: 300_000 }, () => {
  let out: string
  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), 'rolebook-fuzz-test-'))
  })
  afterAll(() => rmSync(out, { recursive: true, force: true }))

  it('finds nothing in Rolebook, and says what it saw', async () => {
    const result = await campaign({ ...options(), out, inputs: 12 })
    expect(result).toMatchObject({ inputs: 12, found: [] })
    expect(result.memory).toBeGreaterThan(1_000_000)
    expect(summaryOf(result)).toMatch(/^inputs 12: .*\ncrash 0, hang 0, place 0, /)
  })

  it.each<[string, Kind, string]>([
    ['throws', 'crash', 'in analyse: Error: planted'],
    ['exits', 'crash', 'the process ended in “analyse”: exit code 3'],
    ['hangs', 'hang', 'nothing came of “analyse” in the time for it'],
  ])('finds, saves and makes small an input that %s', async (plant, kind, what) => {
    const lines: string[] = []
    // A hang costs its limit each time that it is tried, and what ends the process a new one.
    const limit = plant === 'hangs' ? 300 : 2000
    const seed = firstWithDock()
    const result = await campaign({ ...options(lines), out: join(out, plant), plant, seed, limit })
    expect(result.found).toMatchObject([{ seed, kind, what: expect.stringContaining(what) }])
    const folder = (result.found[0] as { folder: string }).folder
    expect(lines.join('\n')).toContain(`seed ${seed}: ${kind}: `)
    expect(readFileSync(join(folder, 'why.txt'), 'utf8')).toContain(what)
    expect(existsSync(join(folder, 'rolebook.config.json'))).toBe(true)
    const before = readFileSync(join(folder, 'docs/docs/a.mdx'))
    const after = readFileSync(join(folder, 'smaller/docs/docs/a.mdx'), 'utf8')
    expect(after).toMatch(/dock/i)
    expect(after.length).toBeLessThan(before.length)
    expect(readFileSync(join(folder, 'smaller/why.txt'), 'utf8')).toContain(what)
  })
})

function options(lines: string[] = []) {
  return {
    seed: 1,
    inputs: 1,
    time: 120_000,
    jobs: 1,
    limit: 2000,
    memory: 512,
    attempts: 3,
    say: (line: string) => lines.push(line),
  }
}

/** The first seed whose input is one page of many lines that speaks of a dock. */
function firstWithDock(): number {
  const all = readPages()
  for (let seed = 1; ; seed++) {
    const { files } = inputOf(seed, all)
    const text = Buffer.from(files[0]?.bytes ?? []).toString()
    if (files.length === 1 && /dock/i.test(text) && text.split('\n').length > 20) return seed
  }
}
