/** The search dialog in a real browser: filters, keyboard alone, and what it costs to open it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launch } from '../support/browser.ts'
import { ensureSite, SITE } from '../support/built-site.ts'
import { type Served, serve } from '../support/serve.ts'

describe.skipIf(!executablePath)('the search dialog', () => {
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    ensureSite()
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  async function open(path: string): Promise<{ context: BrowserContext; page: Page; loaded: Map<string, number> }> {
    const context = await browser.newContext({ baseURL: served.origin })
    const page = await context.newPage()
    const loaded = new Map<string, number>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (response.ok()) loaded.set(pathname, gzipped(pathname))
    })
    await page.goto(path, { waitUntil: 'networkidle' })
    return { context, page, loaded }
  }

  /** Bytes of a file of the site as a server sends it: text gzipped, what is compressed as it is. */
  function gzipped(pathname: string): number {
    const path = decodeURIComponent(pathname).replace(/\/$/, '/index.html')
    const bytes = readFileSync(join(SITE, path))
    return Math.min(bytes.length, gzipSync(bytes).length)
  }

  const sum = (loaded: ReadonlyMap<string, number>, wanted = /./) =>
    [...loaded].filter(([path]) => wanted.test(path)).reduce((total, [, bytes]) => total + bytes, 0)

  const first = (page: Page) => page.locator('.rb-search-results a').first()

  it('a role page weighs at most 60 KB with 20 KB of script, and opening search at most 150 KB more', async () => {
    const { context, page, loaded } = await open('/roles/project/project-admin/')
    const [all, scripts] = [sum(loaded), sum(loaded, /\.js$/)]
    console.log(`a role page: ${all} bytes gzipped in ${loaded.size} files, ${scripts} of them script`)
    expect(scripts).toBeLessThanOrEqual(20_000)
    expect(all).toBeLessThanOrEqual(60_000)
    await page.keyboard.press('/')
    await page.locator('.rb-search-input').fill('cluster')
    await first(page).waitFor()
    await page.waitForLoadState('networkidle')
    const opened = sum(loaded) - all
    console.log(`opening search and typing a word: ${opened} bytes gzipped more`)
    expect(opened).toBeLessThanOrEqual(150_000)
    await context.close()
  })

  it('is used by keyboard alone: opened, typed in, narrowed, walked through, followed', async () => {
    const { context, page } = await open('/')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('cluster')
    await first(page).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Kind')
    await page.keyboard.type('Policies')
    await expect.poll(() => first(page).textContent()).toMatch(/Policy/)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowDown')
    const href = await page.evaluate('document.activeElement.getAttribute("href")')
    expect(href).toMatch(/\/policies\//)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${href}`)
    await context.close()
  })

  it('is narrowed to a kind, a scope and a provider, by name and in the text', async () => {
    const { context, page } = await open('/')
    await page.keyboard.press('/')
    await page.locator('.rb-search-input').fill('admin')
    await first(page).waitFor()
    await page.getByLabel('Kind').selectOption('role')
    await page.getByLabel('Scope or provider').selectOption('scope:resource')
    await expect
      .poll(() => page.locator('.rb-search-results .rb-result-detail').allTextContents())
      .toSatisfy(
        (details: string[]) =>
          details.length > 0 && details.every((detail) => !/Tenant role|Project role/.test(detail)),
      )
    await page.getByLabel('Kind').selectOption('')
    await page.getByLabel('Scope or provider').selectOption('provider:azure')
    await page.locator('.rb-search-input').fill('permissions')
    await expect
      .poll(() => page.locator('.rb-search-results .rb-result-title').allTextContents())
      .toSatisfy((titles: string[]) => titles.length > 0 && !titles.some((title) => /^AWS/.test(title)))
    await context.close()
  })

  it('offers the other results again on the page that a result led to', async () => {
    const { context, page } = await open('/')
    await page.keyboard.press('/')
    expect(await page.locator('.rb-search-input').inputValue()).toBe('')
    // Enter at once, ahead of the results.
    await page.keyboard.type('delete cluster')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/resources/cluster/#delete')
    await page.keyboard.press('/')
    await expect.poll(() => first(page).textContent(), { timeout: 15_000 }).toContain('cluster.delete')
    await page.keyboard.type('audit')
    expect(await page.locator('.rb-search-input').inputValue()).toBe('audit')
    await context.close()
  })

  it('a slip of the fingers finds what was meant, and says so; where it finds little, it asks', async () => {
    const { context, page } = await open('/')
    const status = () => page.locator('.rb-search-status').textContent()
    await page.keyboard.press('/')
    await page.keyboard.type('delete clutser')
    await expect
      .poll(status, { timeout: 15_000 })
      .toContain('Nothing is called “delete clutser”: this is what “delete cluster” finds.')
    expect(await first(page).getAttribute('href')).toBe('/resources/cluster/#delete')
    await page.locator('.rb-search-input').fill('viewr')
    await page.getByRole('button', { name: 'viewer', exact: true }).click()
    expect(await page.locator('.rb-search-input').inputValue()).toBe('viewer')
    await expect.poll(() => first(page).textContent()).toContain('Viewer')
    expect(await page.locator('.rb-search-meant').count()).toBe(0)
    await page.locator('.rb-search-input').fill('qqqqqq')
    await expect.poll(status).toContain('Nothing found')
    await context.close()
  })

  it.each([360, 1280])('nothing of it stands outside of a window %i pixels wide', async (width) => {
    const { context, page } = await open('/')
    await page.setViewportSize({ width, height: 700 })
    await page.locator('[data-rb-search]').first().click()
    await page.locator('.rb-search-input').fill('cluster')
    await first(page).waitFor()
    const boxes = await page.evaluate(
      `[...document.querySelectorAll('.rb-search-dialog :is(input, select:not([hidden]), button, a)')].map((e) => e.getBoundingClientRect()).filter((r) => r.left < 0 || r.right > innerWidth).length`,
    )
    expect(boxes).toBe(0)
    await context.close()
  })
})
