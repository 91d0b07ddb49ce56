/** The built site in a real browser: search, links, the matrix of a role, and no request to anybody else. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../src/model/dataset.ts'
import { analyseText } from '../support/analysis.ts'
import { executablePath, faultsOf, launch } from '../support/browser.ts'
import { DIST, ensureSite, filesIn, SITE } from '../support/built-site.ts'
import { codeUnits } from '../support/line-reader.ts'
import { type Served, serve } from '../support/serve.ts'

function readDataset(path = 'dataset.json'): Dataset {
  return JSON.parse(readFileSync(join(DIST, 'data', path), 'utf8'))
}

beforeAll(() => ensureSite())

describe('the built files', () => {
  it('dist/data and dist/site/data hold the same bytes', () => {
    const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
    const sums = (folder: string, paths: string[]) => paths.map((path) => [path, hash(join(folder, path))])
    const published = filesIn(join(DIST, 'data'))
    expect(published).toContain('dataset.json')
    expect(published).toContain('v3/dataset.json')
    const served = filesIn(join(SITE, 'data')).filter((path) => !/^index\.(?:html|md)$/.test(path))
    expect(sums(join(SITE, 'data'), served)).toEqual(sums(join(DIST, 'data'), published))
  })

  it('every link inside the site leads to a page that is there, and to an anchor that is there', () => {
    const pages = filesIn(SITE).filter((path) => path.endsWith('.html'))
    expect(pages.length).toBeGreaterThan(100)
    const html = new Map(pages.map((path) => [path, readFileSync(join(SITE, path), 'utf8')]))
    const ids = new Map(
      [...html].map(([path, text]) => [
        path,
        new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map((match) => decodeEntities(match[1] as string))),
      ]),
    )
    const broken = new Set<string>()
    for (const [path, text] of html) {
      const base = `http://site/${path.replace(/index\.html$/, '')}`
      for (const match of text.matchAll(/<(?:a|link|script|img|source|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g)) {
        const href = decodeEntities(match[1] as string)
        if (/^(?:mailto|data|javascript):/.test(href)) continue
        const url = new URL(href, base)
        if (url.host !== 'site') continue
        const target = decodeURIComponent(url.pathname).slice(1)
        const file = target === '' || target.endsWith('/') ? `${target}index.html` : target
        const anchor = decodeURIComponent(url.hash.slice(1))
        if (!existsSync(join(SITE, file))) broken.add(`${path}: ${href}`)
        else if (anchor !== '' && anchor !== '_top' && html.has(file) && !ids.get(file)?.has(anchor))
          broken.add(`${path}: ${href} (no such anchor)`)
      }
    }
    expect([...broken].slice(0, 40)).toEqual([])
  })

  it('each have a title and a description of their own', () => {
    const heads = filesIn(SITE)
      .filter((path) => path.endsWith('index.html'))
      .map((path) => ({ path, head: readFileSync(join(SITE, path), 'utf8').split('</head>')[0] as string }))
    for (const saying of [/<title>([^<]+)<\/title>/, /<meta name="description" content="([^"]+)"/]) {
      const pages = new Map<string, string[]>()
      for (const { path, head } of heads) {
        const said = saying.exec(head)?.[1] ?? ''
        pages.set(said, [...(pages.get(said) ?? []), path])
      }
      expect([...pages].filter(([said, paths]) => said === '' || paths.length > 1)).toEqual([])
    }
  })

  it('of rules say how one finding is accepted, in a comment that accepts it', () => {
    const twin = readFileSync(join(SITE, 'rules/read-only-role-writes/index.md'), 'utf8')
    const html = readFileSync(join(SITE, 'rules/read-only-role-writes/index.html'), 'utf8')
    const directive = /\{\/\* rolebook-disable-next-line [^\n]+\*\/\}/.exec(twin)?.[0] ?? ''
    expect(html.replace(/<[^>]+>/g, '')).toContain(directive)
    const rules = (comment: string) => {
      const text = `## Dock Viewer\n\n${comment}\n\n- dock.create\n- dock.get\n`
      return analyseText(text).diagnostics.map(({ ruleId }) => ruleId)
    }
    expect(rules('')).toContain('read-only-role-writes')
    expect(rules(directive)).toEqual(rules('').filter((id) => id !== 'read-only-role-writes'))
  })

  it('of downloads describe every field of the dataset, as its schema does', () => {
    const schema = JSON.parse(readFileSync(join(DIST, 'data', 'dataset.schema.json'), 'utf8'))
    const html = readFileSync(join(SITE, 'data/index.html'), 'utf8')
    const shape = html.slice(html.indexOf('id="shape"'), html.indexOf('id="package"'))
    const objects = [schema, ...Object.values<{ properties?: object }>(schema.$defs)]
    const fields = objects.flatMap(({ properties = {} }) => Object.keys(properties))
    expect(fields.length).toBeGreaterThan(70)
    expect(fields.filter((field) => !shape.includes(`<code>${field}</code>`))).toEqual([])
    expect(shape.replace(/<[^>]+>/g, ' ')).toMatch(/requires\s+list of list of text/)
  })

  it('name no folder of the machine that built them', () => {
    const marks = [DIST.slice(0, -'/dist'.length), join(tmpdir(), 'rolebook-')]
    const named = filesIn(SITE)
      .filter((path) => /\.(?:html|js|css|json)$/.test(path))
      .filter((path) => marks.some((mark) => readFileSync(join(SITE, path), 'utf8').includes(mark)))
    expect(named).toEqual([])
  })
})

function decodeEntities(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex, decimal) =>
      String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

describe.skipIf(!executablePath)('the site in a browser', () => {
  let served: Served
  let browser: Browser
  /** Every request that any page of these tests made. */
  const requests: string[] = []
  const errors: string[] = []

  async function open(
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ baseURL: served.origin, reducedMotion: 'reduce', ...options })
    context.on('request', (request) => void requests.push(request.url()))
    await context.addInitScript({ path: join(import.meta.dirname, '../support/in-browser.js') })
    const page = await context.newPage()
    page.on('pageerror', (error) => void errors.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`)
    })
    return { context, page }
  }

  beforeAll(async () => {
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('search finds Project Viewer from the home page and leads to its page', async () => {
    const { context, page } = await open()
    await page.goto('/')
    await page.locator('[data-rb-search]').first().click()
    const input = page.getByRole('searchbox')
    await input.fill('Project Viewer')
    const first = page.locator('.rb-search-results a').first()
    await first.waitFor()
    expect(await first.textContent()).toContain('Project Viewer')
    await input.press('Enter')
    await page.waitForURL('**/roles/project/project-viewer/')
    expect(await page.locator('h1').first().textContent()).toContain('Project Viewer')
    await context.close()
  })

  it('search finds a permission by its id, a pattern, and words in the text', async () => {
    const { context, page } = await open()
    await page.goto('/')
    await page.keyboard.press('Control+k')
    const input = page.getByRole('searchbox')
    const links = page.locator('.rb-search-results a')
    for (const [query, expected] of [
      ['clusterProfile.publish', 'clusterProfile.publish'],
      ['ec2:RunInst', 'ec2:RunInstances'],
      ['virtualMachine.snapshot*', 'virtualMachine.snapshotCreate'],
      ['custom roles', 'Custom Roles'],
    ] as const) {
      await input.fill(query)
      await expect
        .poll(() => page.evaluate(`rolebookTest.hasResult(${JSON.stringify(expected)})`), {
          timeout: 10_000,
          message: query,
        })
        .toBe(true)
    }
    await input.fill('zzzzqqqq')
    await expect
      .poll(() => page.locator('.rb-search-status').textContent(), { timeout: 10_000 })
      .toMatch(/nothing found/i)
    expect(await links.count()).toBe(0)
    // The first Escape empties the field, as in any search field; the second closes the dialog.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await context.close()
  })

  it.each([
    ['the current version', 'dataset.json', ''],
    ['version 3', 'v3/dataset.json', '/v3'],
  ])('the matrix of every role of %s says, cell by cell, what the download says', async (_name, file, prefix) => {
    const dataset = readDataset(file)
    const permissions = new Set(dataset.permissions.map((permission) => permission.id))
    const { context, page } = await open()
    await page.goto(`${prefix}/roles/`)
    const paths: string[] = await page.evaluate('rolebookTest.rolePaths()')
    expect(paths).toHaveLength(dataset.roles.length)
    const seen: RolePageRead[] = await page.evaluate(`rolebookTest.readRolePages(${JSON.stringify(paths)})`)
    const unread: string[] = []
    for (const role of dataset.roles) {
      const expected = role.grants.map((grant) => `${grant.permission} ${grant.effect}`).sort(codeUnits)
      const slug = role.id.split('/')[1]
      const found = seen.find((candidate) => candidate.path.endsWith(`/${role.scope}/${slug}/`))
      if (!found) {
        unread.push(role.id)
        continue
      }
      expect(found.title).toContain(role.name)
      // Roles of actions show labels instead of a matrix: see the next test.
      if (dataset.permissions.some((p) => p.resource === null && role.permissions.includes(p.id))) continue
      const marks = found.cells.filter((cell) => !/^(?:not granted|no such operation)$/.test(cell.mark))
      expect(marks.map((cell) => `${cell.permission} ${cell.mark}`).sort(codeUnits), role.id).toEqual(expected)
      for (const cell of found.cells) {
        if (cell.mark === 'not granted')
          expect(permissions, `${role.id}: ${cell.permission}`).toContain(cell.permission)
        if (cell.mark === 'no such operation') expect(permissions, role.id).not.toContain(cell.permission)
      }
    }
    expect(unread).toEqual([])
    await context.close()
  })

  it('a role of actions shows each action with what its column says', async () => {
    const dataset = readDataset()
    const titles = new Map(dataset.permissions.map((permission) => [permission.id, permission.title ?? '']))
    const { context, page } = await open()
    for (const role of dataset.roles.filter((candidate) => candidate.scope === 'system')) {
      await page.goto(`/roles/${role.id}/`)
      const text = ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
      for (const grant of role.grants) expect(text).toContain(titles.get(grant.permission))
    }
    await context.close()
  })

  it('the search dialog has nothing that axe objects to', async () => {
    const { context, page } = await open()
    await page.goto('/')
    await page.locator('[data-rb-search]').first().click()
    await page.getByRole('searchbox').fill('cluster')
    await page.locator('.rb-search-results a').first().waitFor()
    expect(await faultsOf(page, 'dialog')).toEqual([])
    await context.close()
  })

  it('a page that is not there says so, with status 404', async () => {
    const { context, page } = await open()
    const answer = await page.goto('/roles/project/nobody/')
    expect(answer?.status()).toBe(404)
    expect(await page.locator('h1').count()).toBeGreaterThan(0)
    errors.splice(0, errors.length, ...errors.filter((error) => !/404/.test(error)))
    await context.close()
  })

  it('the overview asks nothing without scripts that no page could answer, and leads to the list', async () => {
    const { context, page } = await open({ javaScriptEnabled: false })
    await page.goto('/')
    expect(await page.locator('main form').locator('visible=true').count()).toBe(0)
    await page.getByRole('link', { name: 'Every permission, with the roles that have it' }).click()
    expect(await page.locator('main table').count()).toBeGreaterThan(0)
    await context.close()
  })

  it('the pages of a role are readable without scripts', async () => {
    const { context, page } = await open({ javaScriptEnabled: false })
    await page.goto('/roles/project/project-viewer/')
    expect(await page.locator('table.rb-matrix tbody tr').count()).toBeGreaterThan(10)
    await context.close()
  })

  it.each(['light', 'dark'] as const)(
    'has the colours of a system that is %s without scripts as well',
    async (colorScheme) => {
      const colours = async (javaScriptEnabled: boolean) => {
        const { context, page } = await open({ javaScriptEnabled, colorScheme })
        await page.goto('/roles/project/project-viewer/')
        const looks = await page.evaluate<string[]>(
          '["body", "header", "h1", "main a[href]", "main td", "main .rb-mark", "main summary", "main pre code"].map((selector) => { const { color, backgroundColor, borderColor } = getComputedStyle(document.querySelector(selector)); return [selector, color, backgroundColor, borderColor].join(" ") })',
        )
        expect(await page.locator('starlight-theme-select').locator('visible=true').count()).toBe(
          javaScriptEnabled ? 1 : 0,
        )
        await context.close()
        return looks
      }
      expect(await colours(false)).toEqual(await colours(true))
    },
  )

  it('asked nobody but its own server, and no page had an error', () => {
    expect(requests.length).toBeGreaterThan(100)
    const foreign = requests.filter((url) => !url.startsWith(`${served.origin}/`) && !/^(?:data|blob):/.test(url))
    expect([...new Set(foreign)]).toEqual([])
    expect([...new Set(errors)]).toEqual([])
  })
})

interface RolePageRead {
  path: string
  title: string
  cells: { permission: string; mark: string }[]
}
