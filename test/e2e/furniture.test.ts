/** What stands around the pages: sub-path, security policy, Markdown twins, previews, downloads, edit links. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config from '../../rolebook.config.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { executablePath, launch } from '../support/browser.ts'
import { filesIn } from '../support/built-site.ts'
import { brokenAddresses, type CrawledPage, crawl } from '../support/crawl.ts'
import type { Served } from '../support/serve.ts'
import { ROOT } from '../support/shared.ts'
import { headerRules, staticHost } from '../support/static-host.ts'

const BASE = '/docs/roles/'
const URL_OF_SITE = 'https://docs.example.com'
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#5b2ea6"/></svg>'

let folder = ''
let site = ''
let pages: Map<string, CrawledPage>
let dataset: Dataset

function read(path: string): string {
  return readFileSync(join(site, path), 'utf8')
}

/** A site that uses everything that a config can say of one, built from this project's pages. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolebook-furniture-'))
  cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true })
  for (const name of ['rolebook.baseline.json', 'LICENSE']) cpSync(join(ROOT, name), join(folder, name))
  writeFileSync(join(folder, 'logo.svg'), LOGO)
  writeFileSync(
    join(folder, 'rolebook.config.json'),
    JSON.stringify({
      ...config,
      site: {
        title: 'Harbour roles',
        description: 'Who may do what in the harbour.',
        url: URL_OF_SITE,
        base: BASE,
        logo: 'logo.svg',
        accent: '#5b2ea6',
        editUrl: 'https://git.example.com/harbour/edit/main/{path}#L{line}',
      },
    }),
  )
  execFileSync(process.execPath, [join(ROOT, 'scripts/rolebook.ts'), 'build', '--out', 'out'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  site = join(folder, 'out', 'site')
  pages = crawl(site)
  dataset = JSON.parse(read('data/dataset.json'))
})

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

describe('a site under a sub-path', () => {
  it('has no address of its own, in any page, that leads nowhere or out of the sub-path', () => {
    expect(pages.size).toBeGreaterThan(200)
    expect(brokenAddresses(site, BASE, URL_OF_SITE)).toEqual([])
  })

  it('shows the title, the logo and the accent of its config', () => {
    const home = read('index.html')
    expect(home).toContain(`src="${BASE}logo.svg"`)
    expect(read('logo.svg')).toBe(LOGO)
    expect(pages.get('index.html')?.meta.get('og:site_name')).toBe('Harbour roles')
    const styles = filesIn(join(site, '_astro')).filter((path) => path.endsWith('.css'))
    expect(styles.some((path) => read(`_astro/${path}`).includes('#5b2ea6'))).toBe(true)
  })

  it('names the search indexes and the feeds under the sub-path in scripts and data', () => {
    const index = JSON.parse(read('search-index.json')) as [string, string, string][]
    expect(index.length).toBeGreaterThan(100)
    expect(index.filter(([, , url]) => !url.startsWith(BASE))).toEqual([])
  })

  it('has a sitemap of every page, and robots.txt that names it', () => {
    expect(read('robots.txt')).toContain(`Sitemap: ${URL_OF_SITE}${BASE}sitemap-index.xml`)
    const listed = new Set([...read('sitemap-0.xml').matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1]))
    const expected = [...pages.keys()]
      .filter((path) => path !== '404.html')
      .map((path) => `${URL_OF_SITE}${BASE}${path.replace(/index\.html$/, '')}`)
    expect(expected.filter((address) => !listed.has(address))).toEqual([])
  })

  it('is the same, byte by byte, where no machine or day has a part in it: no page names the folder that it was built in', () => {
    const named = filesIn(site)
      .filter((path) => /\.(?:html|js|css|json|md|txt|xml)$/.test(path))
      .filter((path) => read(path).includes(folder))
    expect(named).toEqual([])
  })
})

describe('the security policy', () => {
  it('stands in the headers file, allows no inline code but by its hash, and no other host', () => {
    const rules = headerRules(read('_headers'))
    const headers = new Map(rules.find(({ pattern }) => pattern.test(`${BASE}roles/`))?.headers)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-hashes'|'unsafe-eval'|https?:|\*/)
    for (const name of ['x-content-type-options', 'referrer-policy', 'permissions-policy', 'x-frame-options'])
      expect(headers.has(name), name).toBe(true)
    // Cloudflare Pages takes no longer line.
    expect(
      Math.max(
        ...read('_headers')
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(2000)
  })

  it('stands in every page as well, for hosts that send no headers', () => {
    const without = [...pages.values()].filter(
      ({ meta }) => !meta.get('Content-Security-Policy')?.includes("default-src 'none'"),
    )
    expect(without.map(({ path }) => path)).toEqual([])
  })

  it('no page has an inline style, an event handler or a script address', () => {
    const found = [...pages.keys()].filter((path) =>
      /<[a-z][^>]*\s(?:style|on[a-z]+)=/.test(read(path).replace(/<script[\s\S]*?<\/script>/g, '')),
    )
    expect(found).toEqual([])
  })
})

describe('the Markdown twins', () => {
  it('stand beside every page, and the page names its own', () => {
    const wrong = [...pages.values()].filter(({ path, links }) => {
      const twin = path.replace(/index\.html$/, 'index.md')
      const named = links.find(({ rel, type }) => rel === 'alternate' && type === 'text/markdown')?.href
      return path !== '404.html' && (!existsSync(join(site, twin)) || named !== `${BASE}${twin}`)
    })
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('are called as their pages are', () => {
    const plain = (text: string) => text.replace(/<[^>]+>|[\\`]/g, '').trim()
    const wrong = [...pages.keys()].flatMap((path) => {
      if (path === '404.html') return []
      const title = plain(/<h1[^>]*>(.*?)<\/h1>/s.exec(read(path))?.[1] ?? '')
      const called = plain(/^# (.*)/m.exec(read(path.replace(/html$/, 'md')))?.[1] ?? '')
      return called === title ? [] : [`${path}: “${called}”, and the page “${title}”`]
    })
    expect(wrong).toEqual([])
  })

  it('of roles hold every permission that the dataset grants', () => {
    for (const role of dataset.roles) {
      const slug = role.id.slice(role.scope.length + 1)
      const twin = read(`roles/${role.scope}/${slug}/index.md`)
      expect(twin.startsWith(`# ${role.name}`), role.id).toBe(true)
      for (const id of role.permissions) expect(twin, role.id).toContain(id)
    }
  })

  it('of documentation pages hold their text, without tags, and their roles', () => {
    const twin = read('docs/user-management/project-roles/index.md')
    expect(twin).toContain('## Default Project Roles')
    expect(twin).toContain('| `get`, `list`')
    expect(twin).not.toMatch(/<(?:details|div|table|p)\b/)
  })

  it('lead to twins that are there', () => {
    const broken: string[] = []
    for (const path of filesIn(site).filter((name) => name.endsWith('.md') || name === 'llms.txt')) {
      for (const [, address = ''] of read(path).matchAll(/\]\((https:\/\/docs\.example\.com[^)]*)\)/g)) {
        const file = decodeURIComponent(new URL(address).pathname.slice(BASE.length))
        if (!existsSync(join(site, file === '' || file.endsWith('/') ? `${file}index.html` : file)))
          broken.push(`${path}: ${address}`)
      }
    }
    expect(broken).toEqual([])
  })

  it('are listed in llms.txt, which is shorter than 50,000 characters', () => {
    const text = read('llms.txt')
    expect(text.length).toBeLessThan(50_000)
    expect(text).toMatch(/^# Harbour roles\n\n> /)
    expect(text).toContain(`${URL_OF_SITE}${BASE}roles/project/cluster-admin/index.md`)
  })
})

describe('the heads of pages', () => {
  it('name a title, a description and a picture that is there, a PNG of 1200 by 630', () => {
    for (const [path, { meta }] of pages) {
      if (path === '404.html') continue
      expect(meta.get('og:title'), path).toBeTruthy()
      expect(meta.get('og:description'), path).toBeTruthy()
      expect(meta.get('twitter:card')).toBe('summary_large_image')
      const image = meta.get('og:image') ?? ''
      expect(image.startsWith(`${URL_OF_SITE}${BASE}social/`), path).toBe(true)
      const bytes = readFileSync(join(site, decodeURIComponent(new URL(image).pathname.slice(BASE.length))))
      expect([bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
        'PNG',
        1200,
        630,
      ])
      expect(bytes.length).toBeLessThan(60_000)
    }
  })

  it('of the downloads describe the data set, with addresses of files that are there', () => {
    const [text] = pages.get('data/index.html')?.jsonLd ?? []
    const graph = JSON.parse(text ?? '{}')['@graph'] as {
      '@type': string
      distribution: { contentUrl: string; sha256: string }[]
    }[]
    expect(graph).toHaveLength(2)
    for (const set of graph) {
      expect(set['@type']).toBe('Dataset')
      expect(set.distribution.length).toBeGreaterThan(2)
      for (const { contentUrl } of set.distribution)
        expect(existsSync(join(site, new URL(contentUrl).pathname.slice(BASE.length))), contentUrl).toBe(true)
    }
  })
})

describe('the downloads', () => {
  it('are used by lines whose addresses are those of the files', () => {
    const html = read('data/index.html')
    const addresses = [...html.matchAll(/https:\/\/docs\.example\.com\/docs\/roles\/(data\/[\w./-]+)/g)].map(
      (match) => match[1] ?? '',
    )
    expect(addresses.length).toBeGreaterThan(8)
    expect(addresses.filter((path) => !existsSync(join(site, path)))).toEqual([])
  })
})

describe('edit links', () => {
  it('lead from roles, findings and documentation pages to the line', () => {
    const role = dataset.roles.find(({ id }) => id === 'project/cluster-admin')
    const address = `https://git.example.com/harbour/edit/main/${role?.source.path}#L${role?.source.line}`
    const hrefs = (path: string) => (pages.get(path)?.addresses ?? []).map(({ value }) => value)
    expect(hrefs('roles/project/cluster-admin/index.html')).toContain(address)
    expect(
      hrefs('docs/user-management/project-roles/index.html').some((href) =>
        href.startsWith('https://git.example.com/'),
      ),
    ).toBe(true)
    expect(hrefs('quality/index.html').some((href) => /\.mdx#L\d+$/.test(href))).toBe(true)
  })
})

/** One page of each kind: the first of each folder, at any depth. */
function templates(): string[] {
  const kinds = new Map<string, string>()
  for (const path of pages.keys()) {
    if (path === '404.html') continue
    const parts = path
      .replace(/index\.html$/, '')
      .split('/')
      .slice(0, -1)
    const kind = parts[0] === 'docs' ? `docs ${kinds.size % 4}` : parts.length < 2 ? path : parts.slice(0, -1).join('/')
    if (!kinds.has(kind)) kinds.set(kind, path.replace(/index\.html$/, ''))
  }
  return [...kinds.values()]
}

describe.skipIf(!executablePath)('in a browser, with the headers of the host', () => {
  let host: Served
  let browser: Browser

  beforeAll(async () => {
    host = await staticHost(site, BASE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  async function open() {
    const context = await browser.newContext({
      baseURL: host.origin,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await context.addInitScript(`
      window.violations = []
      document.addEventListener('securitypolicyviolation', (event) =>
        window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))
    `)
    const said: string[] = []
    context.on('page', (page) => {
      page.on('console', (message) => {
        if (message.type() === 'error') said.push(`${page.url()}: ${message.text()}`)
      })
      page.on('pageerror', (error) => void said.push(`${page.url()}: ${error.message}`))
    })
    const page = await context.newPage()
    return { context, page, said }
  }

  it('every kind of page loads without a violation of the policy and without an error', async () => {
    const { context, page: first, said } = await open()
    const kinds = templates()
    expect(kinds.length).toBeGreaterThan(12)
    const violations: string[] = []
    const left = kinds.values()
    const work = async (page: Page) => {
      for (const path of left) {
        const answer = await page.goto(`${BASE}${path}`, { waitUntil: 'networkidle' })
        expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'")
        await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        violations.push(...((await page.evaluate('window.violations')) as string[]).map((one) => `${path}: ${one}`))
      }
    }
    // Side by side, because each waits for the network to be quiet.
    await Promise.all([first, await context.newPage(), await context.newPage()].map(work))
    expect(violations).toEqual([])
    expect(said).toEqual([])
    await context.close()
  })

  it('the policy is in force: code that is put into a page does not run', async () => {
    const { context, page } = await open()
    await page.goto(BASE)
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.head.append(script)
    `)
    expect(await page.evaluate('window.ran === undefined && window.violations.length')).toBeGreaterThan(0)
    await context.close()
  })

  it('search, theme and copying work under the policy and the sub-path', async () => {
    const { context, page, said } = await open()
    await page.goto(`${BASE}roles/project/cluster-admin/`)
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox', { name: 'Search by name, id or text' }).fill('custom roles')
    const results = page.locator('.rb-search-results')
    await expect.poll(() => results.textContent(), { timeout: 10_000 }).toContain('In the text')
    const hrefs = (await page.evaluate(
      "[...document.querySelectorAll('.rb-search-results a')].map((a) => a.pathname)",
    )) as string[]
    expect(hrefs.filter((href) => !href.startsWith(BASE))).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.locator('starlight-theme-select select').first().selectOption('dark')
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
    await page.getByRole('button', { name: 'Copy as Markdown' }).click()
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe(read('roles/project/cluster-admin/index.md'))
    expect(await page.evaluate('window.violations')).toEqual([])
    expect(said).toEqual([])
    await context.close()
  })

  it('highlighted code keeps its colours without inline styles', async () => {
    const { context, page } = await open()
    await page.goto(`${BASE}policies/aws-controller-policy/`)
    const colours = (await page.evaluate(
      "[...new Set([...document.querySelectorAll('.expressive-code .ec-line span')].map((span) => getComputedStyle(span).color))]",
    )) as string[]
    expect(colours.length).toBeGreaterThan(2)
    await context.close()
  })

  it('on paper there is no navigation, and the dark theme is light', async () => {
    const { context, page } = await open()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.goto(`${BASE}roles/project/cluster-admin/`)
    expect(await page.locator('nav.sidebar').isVisible()).toBe(false)
    expect(await page.locator('header.header').isVisible()).toBe(false)
    expect(await page.getByText('Copy as', { exact: true }).isVisible()).toBe(false)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await context.close()
  })
})
