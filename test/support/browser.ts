/** The browser of the end-to-end tests: Chromium as the machine has it, and what axe says of a page. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from './built-site.ts'

/** Path of the Chromium that is there; `null` where none is, which is said once. */
export const executablePath = findChromium()
if (!executablePath) console.log('skipped: no Chromium')

const ARGS = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath as string, args: ARGS })
}

/** A page of a context of its own; what goes wrong on it is added to `errors`. */
export async function openPage(
  browser: Browser,
  errors: string[],
  options: Parameters<Browser['newContext']>[0],
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => void errors.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`)
  })
  return { context, page }
}

/** What breaks WCAG 2.2 AA or a best practice, `rule: elements`; in the whole page, or in what a selector names. */
export async function faultsOf(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  if (within !== undefined) axe.include(within)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await axe.withTags(tags).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(' '))}`)
}
