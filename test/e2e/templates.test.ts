/** What holds for every template: it loads without an error, fits a narrow screen, does not move, and reads without scripts. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launch, openPage } from '../support/browser.ts'
import { ensureSite, SITE } from '../support/built-site.ts'
import { type Served, serve } from '../support/serve.ts'

/** One page of each template, and what it must say without scripts. */
const TEMPLATES: [path: string, said: string][] = [
  ['/', 'Roles by scope'],
  ['/roles/', 'Project Viewer'],
  ['/roles/project/cluster-admin/', 'clusterProfile'],
  ['/roles/system/root-administrator/', 'Root Administrator'],
  ['/resources/', 'clusterProfile'],
  ['/resources/cluster/', 'cluster.delete'],
  ['/access/', 'Project Viewer'],
  ['/changes/', 'Cluster Admin'],
  ['/policies/', 'AWS dynamic permissions'],
  ['/policies/aws-dynamic-permissions/', 'iam:PassRole'],
  ['/policies/actions/', 'iam:PassRole'],
  ['/policies/builder/', 'AWS EKS, core policies'],
  ['/who-can/', 'cluster'],
  ['/compare/', 'Cluster Admin'],
  ['/smallest/', 'role'],
  ['/docs/user-management/project-roles/', 'Cluster Admin'],
  ['/docs/clusters/aws/required-iam-policies/', 'ec2:RunInstances'],
  ['/docs/vm-management/vm-roles/', 'spectro-vm-admin'],
  ['/quality/', 'role-name-mismatch'],
  ['/rules/', 'read-only-role-writes'],
  ['/rules/wildcard-action/', 's3:*'],
  ['/data/', 'dataset.json'],
  ['/v3/roles/project/cluster-admin/', 'Version 3'],
  ['/404.html', 'not'],
]

const WATCH =
  'window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value }).observe({ type: "layout-shift", buffered: true })'

describe.skipIf(!executablePath)('every template', () => {
  let browser: Browser
  let served: Served
  const errors: string[] = []

  beforeAll(async () => {
    ensureSite()
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it.each(TEMPLATES)('%s loads without an error, fits 360 pixels and does not move', async (path) => {
    for (const width of [360, 1280]) {
      const { context, page } = await openPage(browser, errors, {
        baseURL: served.origin,
        viewport: { width, height: 740 },
      })
      await context.addInitScript(WATCH)
      await page.goto(path, { waitUntil: 'networkidle' })
      const [wide, moved] = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth - innerWidth, window.moved]',
      )
      expect(wide, `${width}: scrolls sideways`).toBeLessThanOrEqual(0)
      expect(moved, `${width}: layout shift`).toBeLessThan(0.02)
      await context.close()
    }
    expect(errors).toEqual([])
  })

  it.each(TEMPLATES)('%s reads without scripts: it says “%s”', async (path, said) => {
    const { context, page } = await openPage(browser, errors, { baseURL: served.origin, javaScriptEnabled: false })
    await page.goto(path)
    const shown = page.locator('main').getByText(said).locator('visible=true')
    expect(await shown.count(), 'is there to be seen').toBeGreaterThan(0)
    await context.close()
  })
})
