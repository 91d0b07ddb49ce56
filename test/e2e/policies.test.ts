/** Policy pages and the policy builder in a real browser: from a link, by keyboard, without scripts, on paper. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config from '../../rolebook.config.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { type Json, mergePolicies } from '../../src/query/merge-policies.ts'
import { executablePath, launch, openPage } from '../support/browser.ts'
import { DIST, ensureSite, SITE } from '../support/built-site.ts'
import { type Served, serve } from '../support/serve.ts'

const BUILDER = '/policies/builder/'

let dataset: Dataset

/** The merged document of policies, in the order of the dataset. */
function merged(ids: readonly string[], from = dataset): Json {
  const policies = from.policies.filter(({ id }) => ids.includes(id))
  expect(policies).toHaveLength(ids.length)
  const parts = policies.map(({ id, title, document }) => ({ id, title, document: document as Json }))
  return mergePolicies(policies[0]?.kind as string, parts).document
}

beforeAll(() => {
  ensureSite()
  dataset = JSON.parse(readFileSync(join(DIST, 'data', 'dataset.json'), 'utf8'))
})

describe('the files of the builder', () => {
  it('hold for every deployment of the config what its policies allow together', () => {
    const v3: Dataset = JSON.parse(readFileSync(join(DIST, 'data', 'v3', 'dataset.json'), 'utf8'))
    const read = new Set<string>()
    for (const { id, policies } of config.policyPresets ?? [])
      for (const [from, folder] of [
        [dataset, ''],
        [v3, 'v3'],
      ] as const) {
        const known = from.policies.filter((policy) => policies.includes(policy.id) && policy.document !== null)
        if (known.length < policies.length) continue
        const file = readFileSync(join(SITE, folder, `policies/builder/${id}.json`), 'utf8')
        expect(JSON.parse(file), id).toEqual(merged(policies, from))
        read.add(id)
      }
    expect(read.size).toBeGreaterThan(8)
  })
})

describe.skipIf(!executablePath)('policies in a browser', () => {
  let served: Served
  let browser: Browser
  const errors: string[] = []

  async function open(
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; page: Page }> {
    return openPage(browser, errors, { baseURL: served.origin, ...options })
  }

  const shown = async (page: Page): Promise<Json> =>
    JSON.parse((await page.locator('[data-rb-result] pre').textContent()) ?? 'null')

  const ticked = (page: Page): Promise<string[]> =>
    page
      .locator('[data-rb-family]:not([hidden]) input[type=checkbox]:checked')
      .evaluateAll((boxes) => (boxes as unknown as { value: string }[]).map(({ value }) => value))

  beforeAll(async () => {
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('every policy page counts what the download has: by level, by service, against its partner', async () => {
    const { context, page } = await open({ javaScriptEnabled: false })
    let levels = 0
    let pairs = 0
    for (const policy of dataset.policies) {
      const href = policy.id.replaceAll('/', '-')
      const answer = await page.goto(`/policies/${href}/`)
      expect(answer?.status(), policy.id).toBe(200)
      const numbers = async (selector: string) =>
        (await page.locator(selector).allTextContents()).map((text) => Number.parseInt(text.replaceAll(',', ''), 10))
      const sum = (list: number[]) => list.reduce((total, amount) => total + amount, 0)
      expect(sum(await numbers('.rb-service-title .rb-count')), policy.id).toBe(policy.permissions.length)
      const byLevel = await numbers('.rb-levels .rb-split-text > span')
      if (byLevel.length > 0) {
        levels += 1
        expect(sum(byLevel), policy.id).toBe(policy.permissions.length)
        const bars = await page
          .locator('.rb-levels rect')
          .evaluateAll((list) =>
            (list as unknown as { getAttribute(name: string): string }[]).map((rect) =>
              Number(rect.getAttribute('width')),
            ),
          )
        expect(bars).toEqual(byLevel)
      }
      const pair = page.locator('.rb-pair tbody tr:not(.rb-group)')
      if ((await page.locator('#compare').count()) > 0) {
        pairs += 1
        const both = await page.locator('.rb-both li').count()
        const here = await pair.filter({ has: page.locator('td:nth-child(2) .rb-mark-granted') }).count()
        expect(both + here, policy.id).toBe(policy.permissions.length)
      }
    }
    expect([levels > 10, pairs]).toEqual([true, 6])
    await context.close()
  })

  it('a link to a deployment, and one to policies, show the document that the function makes', async () => {
    const { context, page } = await open()
    for (const { id, policies } of (config.policyPresets ?? []).filter(({ id }) => !id.startsWith('v3'))) {
      await page.goto(`${BUILDER}?preset=${id}`)
      expect((await ticked(page)).sort(), id).toEqual([...policies].sort())
      expect(await shown(page), id).toEqual(merged(policies))
    }
    const ids = ['aws-host-resource-groups-policy', 'aws-iaas-static-permissions']
    await page.goto(`${BUILDER}?policies=${ids.join(',')}`)
    expect(await shown(page)).toEqual(merged(ids))
    expect(await page.getByRole('radio', { name: /IaaS, static/ }).isChecked()).toBe(true)
    await page.goto(`${BUILDER}?policies=azure-iaas-static-vnet-role,nobody,azure-iaas-static-rg-sub-role`)
    expect(await shown(page)).toEqual(merged(['azure-iaas-static-vnet-role', 'azure-iaas-static-rg-sub-role']))
    expect(await page.locator('[data-rb-notice]').textContent()).toMatch(/nobody\.$/)
    await page.goto(`${BUILDER}?preset=%3Cimg%20src=x%3E`)
    expect(await page.locator('[data-rb-notice]').textContent()).toContain('<img src=x>')
    await page.goto(`${BUILDER}?policies=`)
    expect(await page.locator('[data-rb-summary]').textContent()).toBe('Choose at least one policy.')
    expect(await page.locator('[data-rb-result]').textContent()).toBe('')
    await context.close()
  })

  it('works from the keyboard, and the address says what is chosen', async () => {
    const { context, page } = await open({ acceptDownloads: true })
    await page.goto(BUILDER)
    const first = await ticked(page)
    expect(await shown(page)).toEqual(merged(first))
    await page.locator('input[name="preset-0"]:checked').focus()
    await page.keyboard.press('ArrowDown')
    expect(new URL(page.url()).search).toBe('?preset=aws-eks-core')
    expect(await shown(page)).toEqual(merged([...first, 'aws-eks-controller-policy']))
    await page.keyboard.press('Tab')
    const focused = await page.evaluate('document.activeElement.value')
    await page.keyboard.press('Space')
    const second = await ticked(page)
    expect(second.includes(focused as string)).toBe(false)
    expect(new URL(page.url()).search).toBe(`?policies=${second.join(',')}`)
    expect(await shown(page)).toEqual(merged(second))
    expect(await page.locator('input[name="preset-0"]:checked').count()).toBe(0)
    const status = await page.locator('[data-rb-summary]').textContent()
    expect(status).toContain(
      `from ${second.length} policies. ${JSON.stringify(merged(second)).length.toLocaleString('en')}`,
    )
    await page.reload()
    expect(await shown(page)).toEqual(merged(second))
    await page.locator('[data-rb-download]').focus()
    const waiting = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    const file = await (await waiting).path()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(merged(second))
    await page.locator('input[name="family"]').first().focus()
    await page.keyboard.press('ArrowRight')
    expect(await ticked(page)).toEqual(['azure-iaas-static-rg-sub-role', 'azure-iaas-static-vnet-role'])
    expect(await shown(page)).toEqual(merged(await ticked(page)))
    await context.close()
  })

  it('copies the document', async () => {
    const { context, page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(`${BUILDER}?preset=aws-iaas-static`)
    await page.locator('[data-rb-result] [data-rb-copy]').click()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    expect(JSON.parse(copied as string)).toEqual(merged(['aws-iaas-static-permissions']))
    await context.close()
  })

  it('without scripts, each deployment has its document on the page, and the form is not there', async () => {
    const { context, page } = await open({ javaScriptEnabled: false })
    await page.goto(BUILDER)
    expect(await page.locator('.rb-builder-form').isVisible()).toBe(false)
    for (const { id, policies, title } of (config.policyPresets ?? []).filter(({ id }) => !id.startsWith('v3'))) {
      const ready = page.locator(`#preset-${id}`)
      await ready.locator('> summary').click()
      expect(await ready.locator('pre').isVisible(), title).toBe(true)
      expect(JSON.parse((await ready.locator('pre').textContent()) ?? 'null'), id).toEqual(merged(policies))
    }
    await context.close()
  })

  it('print without the form, with the chart and all of the document', async () => {
    const { context, page } = await open()
    await page.emulateMedia({ media: 'print' })
    await page.goto(`${BUILDER}?preset=aws-eks-core`)
    expect(await page.locator('.rb-builder-form').isVisible()).toBe(false)
    const cut = await page.locator('[data-rb-result] pre').evaluate((pre) => pre.scrollHeight - pre.clientHeight)
    expect(cut).toBeLessThanOrEqual(1)
    await page.goto('/policies/aws-static-permissions/')
    expect(await page.locator('.rb-levels svg').isVisible()).toBe(true)
    await context.close()
  })

  it('the builder is light', async () => {
    const { context, page } = await open()
    const sizes = new Map<string, number>()
    page.on('response', async (response) => {
      const body = await response.body().catch(() => Buffer.alloc(0))
      sizes.set(response.url(), gzipSync(body).length)
    })
    await page.goto(BUILDER, { waitUntil: 'networkidle' })
    const sum = (pattern: RegExp) =>
      [...sizes].filter(([url]) => pattern.test(url)).reduce((total, [, size]) => total + size, 0)
    console.log(`policy builder, gzipped: scripts ${sum(/\.js$/)}, in all ${sum(/./)}`)
    expect(sum(/\.js$/)).toBeLessThan(20_000)
    expect(sum(/./)).toBeLessThan(90_000)
    await context.close()
  })

  it('no page had an error', () => {
    expect([...new Set(errors)]).toEqual([])
  })
})
