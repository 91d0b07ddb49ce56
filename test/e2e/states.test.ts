/** What holds for every page and state, looked at as a whole: no error, no request to others, fits, stands still, accessible. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  executablePath,
  faultsInBothThemes,
  faultsOf,
  launch,
  movesOf,
  openPage,
  watchMoves,
} from '../support/browser.ts'
import { ensureSite, SITE } from '../support/built-site.ts'
import { type Served, serve } from '../support/serve.ts'

/** A page of each template with what it must say without scripts, and the states that a page can be in. */
const STATES: [path: string, said?: string][] = [
  ['/', 'Roles by scope'],
  ['/roles/', 'Project Viewer'],
  ['/roles/project/cluster-admin/', 'clusterProfile'],
  ['/roles/project/cluster-editor/'],
  ['/roles/project/project-viewer/'],
  ['/roles/system/root-administrator/', 'Root Administrator'],
  ['/resources/', 'clusterProfile'],
  ['/resources/cluster/', 'cluster.delete'],
  ['/access/', 'Project Viewer'],
  ['/changes/', 'Cluster Admin'],
  ['/policies/', 'AWS dynamic permissions'],
  ['/policies/aws-dynamic-permissions/', 'iam:PassRole'],
  ['/policies/aws-static-permissions/'],
  ['/policies/aws-controller-policy/'],
  ['/policies/aws-eks-controller-policy/'],
  ['/policies/azure-iaas-static-rg-sub-role/'],
  ['/policies/gcp-deployment-role/'],
  ['/policies/cloudstack-dynamic-permissions/'],
  ['/policies/actions/', 'iam:PassRole'],
  ['/policies/builder/', 'AWS EKS, core policies'],
  ['/policies/builder/?preset=aws-eks-core'],
  ['/policies/builder/?policies=aws-nodes-policy,aws-static-permissions,nobody'],
  ['/policies/builder/?policies=azure-iaas-static-vnet-role,azure-iaas-static-rg-sub-role'],
  ['/policies/builder/?policies='],
  ['/who-can/', 'cluster'],
  ['/who-can/?p=cluster.delete'],
  ['/who-can/?p=cluster.*'],
  ['/who-can/?p=clustr.delete'],
  ['/compare/', 'Cluster Admin'],
  ['/compare/?roles=project/cluster-admin,project/cluster-editor,tenant/tenant-admin&only=differences'],
  ['/smallest/', 'role'],
  ['/smallest/?p=cluster.get,cluster.list,cluster.delete&scope=project'],
  ['/docs/user-management/project-roles/', 'Cluster Admin'],
  ['/docs/user-management/tenant-roles/'],
  ['/docs/clusters/aws/required-iam-policies/', 'ec2:RunInstances'],
  ['/docs/clusters/azure/required-permissions/'],
  ['/docs/vm-management/vm-roles/', 'spectro-vm-admin'],
  ['/quality/', 'role-name-mismatch'],
  ['/rules/', 'read-only-role-writes'],
  ['/rules/read-only-role-writes/'],
  ['/rules/wildcard-action/', 's3:*'],
  ['/data/', 'dataset.json'],
  ['/v3/'],
  ['/v3/access/'],
  ['/v3/changes/'],
  ['/v3/policies/builder/'],
  ['/v3/quality/'],
  ['/v3/roles/project/cluster-admin/', 'Version 3'],
  ['/v3/roles/project/project-viewer/'],
  ['/v3/roles/tenant/tenants-cluster-group-admin/'],
  ['/v3/who-can/?p=*.delete'],
  ['/404.html', 'not'],
]

/** Large pages of templates of which axe looks at another page. */
const LIKE_OTHERS = new Set([
  '/policies/aws-dynamic-permissions/',
  '/docs/user-management/project-roles/',
  '/docs/clusters/aws/required-iam-policies/',
  '/docs/clusters/azure/required-permissions/',
  '/rules/wildcard-action/',
  '/v3/roles/project/cluster-admin/',
  '/v3/roles/project/project-viewer/',
])

/**
 * What is folded must hold as well; of the builder's ready documents, which are long and alike, the first few.
 * Of rows and items that are alike to the class (thousands on the largest pages), axe looks at a few: it takes a second for every hundred.
 */
const PREPARE = `for (const fold of [...document.querySelectorAll('main details')].slice(0, /builder/.test(location.pathname) ? 12 : undefined)) fold.open = true
const shapeOf = (element) => [element, ...element.querySelectorAll('*')].map(({ localName, className }) => localName + '.' + (className.baseVal ?? className)).join(' ')
const seen = new Map()
for (const element of document.querySelectorAll('main :is(tr, li)')) {
  const shape = shapeOf(element)
  const before = seen.get(shape) ?? 0
  seen.set(shape, before + 1)
  if (before > 8) element.remove()
}`

// Side by side, because each waits for the network to be quiet.
describe.skipIf(!executablePath).concurrent('every page and state', { timeout: 180_000 }, () => {
  let browser: Browser
  let served: Served
  const errors: string[] = []
  const foreign = new Set<string>()

  beforeAll(async () => {
    ensureSite()
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  /** Loads a page in a window of a width, with nothing in the cache, and sees how it stands. */
  async function open(width: number, path: string) {
    const options = { baseURL: served.origin, viewport: { width, height: 740 }, colorScheme: 'light' as const }
    const { context, page } = await openPage(browser, errors, options)
    context.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(`${served.origin}/`) && !/^(?:data|blob):/.test(url)) foreign.add(url)
    })
    await watchMoves(context)
    const answer = await page.goto(path, { waitUntil: 'networkidle' })
    expect(answer?.status()).toBe(200)
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(wide, `${width}: scrolls sideways`).toBeLessThanOrEqual(0)
    const { moved, moves } = await movesOf(page)
    expect(moved, `${width}: layout shift of ${JSON.stringify(moves)}`).toBeLessThan(0.02)
    return { context, page }
  }

  it.each(STATES)('%s fits narrow and wide, stands still, and has nothing that axe objects to', async (path) => {
    const narrow = await open(360, path)
    await narrow.context.close()
    const { context, page } = await open(1280, path)
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light')
    await page.evaluate(PREPARE)
    if (!LIKE_OTHERS.has(path)) expect(await faultsInBothThemes(page)).toEqual([])
    await context.close()
  })

  it.each(['/', '/roles/project/cluster-editor/', '/policies/builder/?preset=aws-eks-core'])(
    '%s, asked for in dark, comes in dark with nothing that axe objects to',
    async (path) => {
      const { context, page } = await openPage(browser, errors, { baseURL: served.origin, colorScheme: 'dark' })
      await page.goto(path)
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
      await page.evaluate(PREPARE)
      expect(await faultsOf(page)).toEqual([])
      await context.close()
    },
  )

  it('a fault that only one theme has is told, and in which', async () => {
    const { context, page } = await openPage(browser, errors, { colorScheme: 'light' })
    const faultsWith = async (theme: string) => {
      const style = `<style>[data-theme=${theme}] p { color: #777; background: #666 }</style>`
      const body = '<main><h1>Roles</h1><p>Project Viewer</p></main>'
      await page.setContent(`<!doctype html><html lang="en" data-theme="light"><title>Roles</title>${style}${body}`)
      return faultsInBothThemes(page)
    }
    expect(await faultsWith('light')).toEqual(['color-contrast: p'])
    expect(await faultsWith('dark')).toEqual(['in the dark, color-contrast: p'])
    await page.setContent('<p>No title, no language</p>')
    expect(await faultsInBothThemes(page)).toContain('html-has-lang: html')
    await context.close()
  })

  const saying = STATES.flatMap(([path, said]) => (said === undefined ? [] : [[path, said] as const]))

  it.each(saying)('%s reads without scripts: it says “%s”', async (path, said) => {
    const { context, page } = await openPage(browser, errors, { baseURL: served.origin, javaScriptEnabled: false })
    await page.goto(path)
    const shown = page.locator('main').getByText(said).locator('visible=true')
    expect(await shown.count(), 'is there to be seen').toBeGreaterThan(0)
    await context.close()
  })

  // Runs after all of them.
  afterAll(() => {
    expect([...foreign]).toEqual([])
    expect([...new Set(errors)]).toEqual([])
  })
})
