/** Pages that come in pieces, as on a slow line: what is shown already must stay in its place when the rest comes. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launch, movesOf, openPage, watchMoves } from '../support/browser.ts'
import { ensureSite, SITE } from '../support/built-site.ts'
import { type Served, serve } from '../support/serve.ts'

/** Pages with long tables, each of another template. */
const PATHS = [
  '/',
  '/roles/',
  '/roles/project/cluster-editor/',
  '/resources/',
  '/resources/cluster/',
  '/access/',
  '/policies/aws-dynamic-permissions/',
  '/policies/actions/',
  '/docs/vm-management/vm-roles/',
  '/rules/',
  '/quality/',
]

/** Bytes of a piece: the head of a page comes in several, and so do tables. */
const PIECES = 2000

describe.skipIf(!executablePath).concurrent('a page that comes in pieces', { timeout: 120_000 }, () => {
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    ensureSite()
    served = await serve(SITE, { pieces: PIECES })
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it.each(PATHS)('%s stands still, narrow and wide', async (path) => {
    for (const width of [360, 1280]) {
      const { context, page } = await openPage(browser, [], {
        baseURL: served.origin,
        viewport: { width, height: 740 },
      })
      await watchMoves(context)
      await page.goto(path, { waitUntil: 'networkidle' })
      const { moved, moves } = await movesOf(page)
      expect(moved, `${width}: layout shift of ${JSON.stringify(moves)}`).toBeLessThan(0.02)
      await context.close()
    }
  })
})
