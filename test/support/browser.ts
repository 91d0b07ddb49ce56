/** The browser of the end-to-end tests: Chromium as the machine has it, and what axe says of a page. */
import axe from 'axe-core'
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

/** Success criteria of WCAG 2.2 AA, and what axe calls a best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The rules of `TAGS` that look at colours: all that a theme changes. https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md */
const COLOUR_RULES = axe.getRules(TAGS).flatMap(({ ruleId, tags }) => (tags.includes('cat.color') ? ruleId : []))

/** What breaks WCAG 2.2 AA or a best practice, `rule: elements`; in the whole page, or in what a selector names. */
export async function faultsOf(page: Page, within?: string): Promise<string[]> {
  // `@axe-core/playwright` has the whole report checked and sent twice, which takes four times as long as the rules.
  await page.evaluate(axe.source)
  return runRules(page, { type: 'tag', values: TAGS }, within)
}

/** The same in both themes: the whole in the one that the page is in, which must be the light one; in the dark, what looks at colours. */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const light = await faultsOf(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(
    'document.documentElement.dataset.theme = "dark"; for (const animation of document.getAnimations()) animation.finish()',
  )
  const dark = await runRules(page, { type: 'rule', values: COLOUR_RULES })
  return [...light, ...dark.map((fault) => `in the dark, ${fault}`)]
}

async function runRules(page: Page, runOnly: axe.RunOnly, within?: string): Promise<string[]> {
  const options: axe.RunOptions = { runOnly, resultTypes: ['violations'] }
  const violations = await page.evaluate<axe.Result[]>(
    `axe.run(${JSON.stringify(within) ?? 'document'}, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(' '))}`)
}

/** What moves while a page loads: how much of the window it is, and which elements, from where to where. https://web.dev/articles/cls */
interface Move {
  value: number
  elements: string[]
}

const WATCH = `window.moves = []
const nameOf = (node) => node?.outerHTML?.replace(/>[^]*/, '>') ?? node?.parentElement?.localName ?? '?'
const placeOf = ({ y, height }) => Math.round(y) + '+' + Math.round(height)
const sourceOf = ({ node, previousRect, currentRect }) => nameOf(node) + ' ' + placeOf(previousRect) + ' to ' + placeOf(currentRect)
new PerformanceObserver((list) => {
  for (const { hadRecentInput, value, sources } of list.getEntries())
    if (!hadRecentInput) window.moves.push({ value, elements: sources.map(sourceOf) })
}).observe({ type: 'layout-shift', buffered: true })`

/** Has all pages that a context opens from now on watch what moves on them. */
export const watchMoves = (context: BrowserContext): Promise<unknown> => context.addInitScript(WATCH)

/** What has moved on a page since it was opened, and how much of the window in all. */
export async function movesOf(page: Page): Promise<{ moved: number; moves: Move[] }> {
  const moves = await page.evaluate<Move[] | null>(
    'PerformanceObserver.supportedEntryTypes.includes("layout-shift") ? window.moves : null',
  )
  if (!moves) throw new Error('This browser does not tell what moves')
  return { moved: moves.reduce((sum, { value }) => sum + value, 0), moves }
}
