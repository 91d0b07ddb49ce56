/** A documentation set of hundreds of roles: no page grows with their number but the overviews, which are paged, and nobody downloads all of it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeFacts, type FactsFile, partsFor, partsOf, type RoleTuple } from '../../site/lib/facts-file.ts'
import type { SearchEntry } from '../../site/lib/search-index.ts'
import { type ShardedNames, shardsFor } from '../../site/lib/search-shards.ts'
import { matchEntries } from '../../site/scripts/search-match.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { executablePath, faultsOf, launch, openPage } from '../support/browser.ts'
import { filesIn } from '../support/built-site.ts'
import { Workspace } from '../support/cli.ts'
import { brokenAddresses } from '../support/crawl.ts'
import { largeSet } from '../support/large-set.ts'
import { type Served, serve } from '../support/serve.ts'
import { ROOT } from '../support/shared.ts'

const run = promisify(execFile)

const LARGE = 400
const SMALL = 40
const KB = 1024

/** Pages about one thing; the names of their folders. */
const TEMPLATES: [name: string, pattern: RegExp][] = [
  ['a role', /^roles\/(?!page\/)[^/]+\/[^/]+\/index\.html$/],
  ['a resource', /^resources\/(?!page\/)[^/]+\/index\.html$/],
  ['a policy', /^policies\/(?!builder|actions|page\/)[^/]+\/index\.html$/],
  ['a documentation page', /^docs\/roles\/.*\/index\.html$/],
  ['a rule', /^rules\/[^/]+\/index\.html$/],
]

const out = mkdtempSync(join(tmpdir(), 'rolebook-scale-'))
const site = join(out, 'large', 'site')
const workspaces: Workspace[] = []
/** What stood in the folders that the builds worked in, before and after. */
const worked: { before: string[]; after: string[] }[] = []

/** Each in a process of its own: so both are built at once. */
async function build(name: string, roles: number): Promise<void> {
  const workspace = new Workspace(largeSet({ roles }))
  workspaces.push(workspace)
  const cli = join(ROOT, 'scripts', 'rolebook.ts')
  const before = readdirSync(workspace.folder)
  await run(process.execPath, [cli, 'build', '--out', join(out, name), '--no-gate'], {
    cwd: workspace.folder,
    maxBuffer: 64 * KB * KB,
  })
  worked.push({ before, after: readdirSync(workspace.folder) })
}

beforeAll(() => Promise.all([build('small', SMALL), build('large', LARGE)]), 300_000)

afterAll(() => {
  for (const workspace of workspaces) workspace.remove()
  rmSync(out, { recursive: true, force: true })
})

const read = (path: string) => readFileSync(join(site, path), 'utf8')
const json = <T>(path: string) => JSON.parse(read(path)) as T
const gzipped = (path: string) => gzipSync(readFileSync(join(site, path))).length
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)

function sizesOf(folder: string, pattern: RegExp): number[] {
  const paths = filesIn(folder).filter((path) => pattern.test(path))
  return paths.map((path) => statSync(join(folder, path)).size).sort((a, b) => a - b)
}

it('a build writes nothing but what it was told to, wherever that stands', () => {
  expect(worked).toHaveLength(2)
  for (const { before, after } of worked) expect(after).toEqual(before)
})

describe('pages', () => {
  it.each(TEMPLATES)('%s is as large among many roles as among few', (name, pattern) => {
    const [few, many] = [sizesOf(join(out, 'small', 'site'), pattern), sizesOf(site, pattern)]
    const middle = (sizes: number[]) => sizes[Math.floor(sizes.length / 2)] as number
    console.log(
      `${name}: ${few.length} of ${middle(few)} bytes, ${many.length} of ${middle(many)}, at most ${many.at(-1)}`,
    )
    expect(few.length).toBeGreaterThan(1)
    expect(many.length).toBeGreaterThanOrEqual(few.length)
    expect(middle(many)).toBeLessThan(1.15 * middle(few))
    expect(many.at(-1)).toBeLessThan(100 * KB)
  })

  it('all others are small as well, overviews being parted into pages', () => {
    // The catalogue is one page of the documentation itself, and as long as that.
    const pages = filesIn(site).filter((path) => path.endsWith('.html') && path !== 'docs/permissions/index.html')
    const large = pages.filter((path) => statSync(join(site, path)).size > 200 * KB)
    expect(large).toEqual([])
    expect(pages).toContain('roles/page/2/index.html')
    expect(pages).toContain('access/page/4/index.html')
    const twins = filesIn(site).filter((path) => path.endsWith('.md') || path === 'llms.txt')
    expect(twins.filter((path) => statSync(join(site, path)).size > 500 * KB)).toEqual([])
  })

  it('each has a title of its own, pages of one list as well', () => {
    const titles = filesIn(site)
      .filter((path) => path.endsWith('index.html') && !path.startsWith('docs/'))
      .map((path) => /<title>([^<]+)/.exec(read(path))?.[1])
    expect(titles.filter((title) => title?.startsWith('Roles, page 2 | '))).toHaveLength(1)
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([])
  })

  it('the pages of an overview hold every role once, and no address leads nowhere', () => {
    const { roles } = JSON.parse(readFileSync(join(out, 'large', 'data', 'dataset.json'), 'utf8')) as Dataset
    expect(roles.length).toBe(LARGE)
    for (const overview of ['roles', 'access']) {
      const pages = filesIn(site).filter((path) => new RegExp(`^${overview}/(?:page/\\d+/)?index\\.html$`).test(path))
      const rows = pages.flatMap((path) => [...read(path).matchAll(/<th scope="row"[^>]*><a href="(\/roles\/[^"]+)"/g)])
      const linked = rows.map(([, href]) => href)
      expect(new Set(linked).size, overview).toBe(LARGE)
      expect(linked.length, overview).toBe(LARGE)
    }
    expect(brokenAddresses(site, '/', 'https://example.com').filter((said) => !/sitemap/.test(said))).toEqual([])
  })
})

describe('what is downloaded', () => {
  it('a query by name needs a few parts of the list, and finds what the whole list has', () => {
    const index = json<ShardedNames>('search-index.json')
    const files = index.keys.map((_, i) => json<SearchEntry[]>(`search-index/${i}.json`))
    const all = [...new Map(files.flat().map((entry) => [JSON.stringify(entry.slice(0, 3)), entry])).values()]
    expect(all.length).toBe(index.total)
    const manifest = gzipped('search-index.json')
    const weights = files.map((_, i) => gzipped(`search-index/${i}.json`))
    let most = 0
    const queries = [
      ...all.map(([, name]) => name),
      'admin',
      'get',
      'a',
      'amber',
      '*.delete',
      'who can delete an amber anchor',
    ]
    for (const query of queries) {
      const { files: needed } = shardsFor(index, query)
      const entries = [
        ...new Map(needed.flatMap((i) => files[i] ?? []).map((entry) => [entry[2] + entry[1], entry])).values(),
      ]
      expect(matchEntries(entries, query)[0], query).toEqual(matchEntries(all, query)[0])
      most = Math.max(most, sum(needed.map((i) => weights[i] as number)))
    }
    console.log(
      `search: ${index.total} names in ${files.length} parts; ${manifest} bytes gzipped, then ${most} at most`,
    )
    expect(manifest).toBeLessThan(10 * KB)
    expect(most).toBeLessThan(20 * KB)
  })

  it('a question needs the names and the parts with an answer, and both say what the dataset says', () => {
    const file = json<FactsFile>('facts.json')
    const facts = decodeFacts(file)
    const { roles } = JSON.parse(readFileSync(join(out, 'large', 'data', 'dataset.json'), 'utf8')) as Dataset
    const parts = filesIn(join(site, 'facts')).length
    expect(parts).toBe(LARGE / (facts.parts?.size ?? 1))
    const own = 'amberAnchor.delete'
    const needed = partsFor(facts, [own])
    console.log(`a question: ${gzipped('facts.json')} bytes gzipped, then ${needed.length} of ${parts} parts`)
    expect(needed.length).toBe(1)
    expect(partsFor(facts, ['project.get']).length).toBe(parts)
    const payload = gzipped('facts.json') + sum(needed.map((part) => gzipped(`facts/${part}.json`)))
    expect(payload).toBeLessThan(40 * KB)
    for (let part = 0; part < parts; part++) facts.parts?.add(part, json<RoleTuple[]>(`facts/${part}.json`))
    const known = new Map(facts.roles.map((role) => [role.id, role]))
    for (const role of roles) {
      const { permissions, name, scope, group, url, source } = known.get(role.id) ?? {}
      const { path, line } = role.source
      expect({ permissions, name, scope, group, source }).toEqual({
        ...{ permissions: role.permissions, name: role.name, scope: role.scope, group: role.group },
        source: { path, line },
      })
      expect(statSync(join(site, url ?? 'nowhere', 'index.html')).isFile()).toBe(true)
    }
    expect(partsOf(facts, facts.roles.slice(0, 2))).toEqual([0])
  })
})

describe.skipIf(!executablePath)('in a browser', () => {
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    served = await serve(site)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('search, who can, compare and smallest role answer, and pages of an overview are without faults', async () => {
    const errors: string[] = []
    const { context, page } = await openPage(browser, errors, { baseURL: served.origin })
    const fetched: string[] = []
    page.on('request', (request) => void fetched.push(new URL(request.url()).pathname))

    await page.goto('/roles/page/2/')
    expect(await page.locator('.rb-pager [aria-current=page]').first().textContent()).toBe('2')
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('/')
    await page.locator('.rb-search-input').fill('amber anchor admin')
    const first = page.locator('.rb-search-results a').first()
    await first.waitFor()
    expect(await first.textContent()).toContain('Amber Anchor Admin')
    expect(fetched.filter((path) => path.startsWith('/search-index/')).length).toBeLessThan(4)

    await page.goto('/who-can/?p=amberAnchor.delete')
    await page.locator('.rb-holders').first().waitFor()
    expect(await page.locator('.rb-status').textContent()).toMatch(/^\d+ roles have amberAnchor\.delete\.$/)
    expect(fetched.filter((path) => path.startsWith('/facts/'))).toEqual(['/facts/3.json'])
    await page.goto('/who-can/?p=project.get&scope=tenant')
    await page.locator('.rb-holders').first().waitFor()
    expect(await page.locator('.rb-status').textContent()).toBe('100 roles in Tenant have project.get.')

    await page.goto('/compare/')
    await page.locator('#compare-role').fill('Amber Anchor Admin')
    await page.getByRole('button', { name: 'Add role' }).click()
    await page.locator('#compare-role').fill('tenant/amber-anchor-viewer')
    await page.getByRole('button', { name: 'Add role' }).click()
    await page.locator('.rb-compared').waitFor()
    expect(await page.locator('.rb-status').textContent()).toMatch(/^19 permissions: 4 in both/)

    await page.goto('/smallest/?p=amberAnchor.delete,amberAnchor.get')
    await page.locator('.rb-enough').first().waitFor()
    expect(await page.locator('.rb-enough-head').first().textContent()).toContain('Amber Anchor')
    expect(await faultsOf(page)).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })
})
