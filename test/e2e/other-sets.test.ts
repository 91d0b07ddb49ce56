/**
 * Sites of other sets than this repository's: actions in words and no scope, as most products document them, in German
 * and Japanese; Kubernetes' roles alone; one role; nothing at all. None speaks of what its set does not have.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, faultsInBothThemes, launch, openPage } from '../support/browser.ts'
import { filesIn } from '../support/built-site.ts'
import { Workspace } from '../support/cli.ts'
import { type Served, serve } from '../support/serve.ts'
import { ROOT } from '../support/shared.ts'

const LONG = 'Hafenmeister für die Überwachung der außergewöhnlich großen Containerschiffe im Nordhafen'
const WIDE = 'Donaudampfschifffahrtsgesellschaftskapitänsanwärter'

const ACTIONS = `---
title: Rollen im Hafen
---

## Docks

| Action | ${WIDE} | 🚢 Lotse | 港湾管理者 | ${LONG} |
| --- | --- | --- | --- | --- |
| Lösen | ❌ | ❌ | ✅ | ✅ |
| Überall ansehen, auch nachts | ✅ | ✅ | ✅ | ✅ |

## Ships

| Action | ${WIDE} | 🚢 Lotse | 港湾管理者 | ${LONG} |
| --- | --- | --- | --- | --- |
| Lösen | ❌ | ✅ | ✅ | ✅ |
| 船を削除する | ❌ | ❌ | ✅ | ✅ |
`

const KUBERNETES = `# What the crane operator needs

\`\`\`yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: crane-operator
rules:
- apiGroups: ["apps"]
  resources: ["deployments"]
  verbs: ["get", "update"]
\`\`\`

Or by commands, the second for a single namespace:

\`\`\`bash
kubectl create clusterrole crane-reader --verb=get --resource=pods
kubectl create role crane-reader --verb=list --resource=pods
\`\`\`
`

/** Keys that no role has anything on, beside actions in words; and a role that the cluster fills. */
const MIXED = `# Rights

## Crew

| Action | Guest | Pilot |
| --- | --- | --- |
| See docks | ✅ | ✅ |
| See and move ships | ❌ | ✅ |

## Keys

| Resource | get | create | delete |
| --- | --- | --- | --- |
| **docks** | ✅ | ✅ | ✅ |
| **ships** | ✅ | ❌ | ✅ |

## Watch

\`\`\`yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: watch
aggregationRule:
  clusterRoleSelectors:
  - matchLabels:
      harbour.test/watch: "true"
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: lookout
  labels:
    harbour.test/watch: "true"
rules:
- apiGroups: [""]
  resources: ["pods"]
  verbs: ["get"]
\`\`\`
`

const ONE_ROLE = `# Roles

## Harbour Master

| | Create | Get | List |
| --- | --- | --- | --- |
| dock | ✅ | ✅ | ✅ |
`

/** A machine that does other things as well may take its time. */
const PATIENCE = { timeout: 15_000 }

/** Builds the site of one page and gives the folder that it stands in. In a process of its own, as Astro keeps what it has read. */
function siteOf(workspace: Workspace, name: string, page: string): string {
  workspace.write({ [`${name}/page.md`]: page })
  const build = [join(ROOT, 'scripts/rolebook.ts'), 'build', name, '--out', `out/${name}`, '--no-gate']
  execFileSync(process.execPath, build, { cwd: workspace.folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return join(workspace.folder, 'out', name, 'site')
}

describe('the site of another set', () => {
  const workspace = new Workspace()
  const sites: Record<'actions' | 'kubernetes' | 'mixed' | 'single' | 'nothing', string> = {
    actions: '',
    kubernetes: '',
    mixed: '',
    single: '',
    nothing: '',
  }

  let browser: Browser | undefined
  let served: Served
  const errors: string[] = []

  beforeAll(async () => {
    sites.actions = siteOf(workspace, 'actions', ACTIONS)
    sites.kubernetes = siteOf(workspace, 'kubernetes', KUBERNETES)
    sites.mixed = siteOf(workspace, 'mixed', MIXED)
    sites.single = siteOf(workspace, 'single', ONE_ROLE)
    sites.nothing = siteOf(workspace, 'nothing', '# Sailing\n\nNothing here is about roles.\n')
    served = await serve(sites.actions)
    if (executablePath) browser = await launch()
  }, 240_000)

  afterAll(async () => {
    await browser?.close()
    await served?.close()
    workspace.remove()
  })

  const read = (site: string, path: string) => readFileSync(join(site, path, 'index.html'), 'utf8')
  /** What a page says in its own words: no lists to choose from, and no data to copy. */
  const textOf = (html: string) =>
    html
      .replace(/<(script|style|head|select|pre)\b.*?<\/\1>/gs, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
  const sidebar = (html: string) => textOf(/<nav class="sidebar\b.*?<\/nav>/s.exec(html)?.[0] ?? '')
  /** Pages of the set itself: those of rules are the same in every site. */
  const pages = (site: string) =>
    filesIn(site).filter((path) => path.endsWith('index.html') && !path.startsWith('rules/'))

  it('without scopes speaks of none', () => {
    for (const site of [sites.actions, sites.single]) {
      const said = pages(site).filter((path) =>
        /unscoped|no scope/i.test(textOf(readFileSync(join(site, path), 'utf8'))),
      )
      expect(said).toEqual([])
    }
    expect(textOf(read(sites.actions, ''))).not.toContain('Roles by scope')
    expect(textOf(read(sites.actions, 'roles'))).not.toContain('No description')
  })

  it('without findings says so once, and leads to what is checked', () => {
    const html = read(sites.nothing, 'quality')
    expect(textOf(html).match(/The checks found nothing/g)).toHaveLength(1)
    expect(html).toMatch(/<a href="\/rules\/">What is checked<\/a>/)
    expect(textOf(read(sites.nothing, ''))).toContain('The checks found nothing in these pages.')
  })

  it('in other letters than those of commands shows an example all the same', () => {
    expect(textOf(read(sites.actions, ''))).toContain('For example Lösen')
    expect(textOf(read(sites.actions, 'who-can'))).not.toContain('no permission that could be read')
    const lines = [...read(sites.actions, 'data').matchAll(/<pre class="rb-usage"[^>]*><code>(.*?)<\/code>/gs)].map(
      ([, line]) => line,
    )
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.filter((line) => line?.includes('resource.operation'))).toEqual([])
  })

  it('has a title of its own for each page, whatever the set calls things', () => {
    for (const site of Object.values(sites)) {
      const titles = pages(site).map((path) => /<title>([^<]+)/.exec(readFileSync(join(site, path), 'utf8'))?.[1])
      expect(titles.filter((title, i) => title === undefined || titles.indexOf(title) !== i)).toEqual([])
      const bare = pages(site).filter(
        (path) => !/<meta name="description" content="[^"]+"/.test(readFileSync(join(site, path), 'utf8')),
      )
      expect(bare).toEqual([])
    }
  })

  it('that has actions and no resources lists them by their headings, each at an address that names it', () => {
    const html = read(sites.actions, 'permissions')
    expect([...html.matchAll(/<h2 id="[^"]*">([^<]+)/g)].map(([, title]) => title)).toEqual(['Docks', 'Ships'])
    const columns = [...html.matchAll(/<th scope="col"><a [^>]*>([^<]+)/g)].map(([, name]) => name)
    expect(columns).toEqual([WIDE, 'Lotse', '港湾管理者', LONG, WIDE, 'Lotse', '港湾管理者', LONG])
    const addresses = [...html.matchAll(/<tr id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(addresses).size).toBe(4)
    const entries = JSON.parse(readFileSync(join(sites.actions, 'search-index.json'), 'utf8')) as string[][]
    const found = entries.filter(([kind]) => kind === 'permission')
    expect(found.map(([, name, url, about]) => [name, url?.split('#')[0], about])).toContainEqual([
      'Lösen',
      '/permissions/',
      'Ships, write, 3 roles',
    ])
    for (const [, , url = ''] of found) expect(addresses).toContain(url.split('#')[1])
    const links = sidebar(html)
    for (const missing of ['Resources', 'policies']) expect(links).not.toContain(missing)
  })

  it('names folders by the letters of names, with or without their signs', () => {
    const folder = join(sites.actions, 'roles/unscoped')
    expect(existsSync(join(folder, 'donaudampfschifffahrtsgesellschaftskapitansanwarter'))).toBe(true)
  })

  it('of Kubernetes’ roles calls them so, and not policies of a cloud', () => {
    const site = sites.kubernetes
    const said = pages(site).filter((path) =>
      /cloud/i.test(textOf(readFileSync(join(site, path), 'utf8')).replace(/^.*?On this page/, '')),
    )
    expect(said.filter((path) => path !== 'data/index.html')).toEqual([])
    const home = textOf(read(site, ''))
    expect(home).toContain('3 Kubernetes roles')
    expect(home).not.toContain('no role that could be read')
    expect(sidebar(read(site, ''))).toMatch(/Reference Kubernetes roles (?!Roles|Resources)/)
    expect(textOf(read(site, 'policies/actions'))).toMatch(/crane-reader \(crane-reader-2\)/)
    expect(textOf(read(site, 'policies/crane-operator'))).toContain('Cluster role')
  })

  it('whose roles have actions in words alone asks for words, whatever keys it lists beside them', () => {
    const home = read(sites.mixed, '')
    expect(home).toContain('id="ask-pattern"')
    expect(home).not.toContain('id="ask-operation"')
    expect(textOf(read(sites.mixed, 'roles/unscoped/guest'))).toMatch(/See docks\s+read/)
    expect(textOf(read(sites.mixed, 'resources'))).not.toContain('Description')
  })

  it('says of a cluster role that the cluster fills where its rights come from, and not that it has none', () => {
    const role = textOf(read(sites.mixed, 'policies/watch'))
    expect(role).toContain('cluster roles labelled harbour.test/watch=true allow. In this documentation: lookout')
    const index = readFileSync(join(sites.mixed, 'search-index.json'), 'utf8')
    for (const said of [role, textOf(read(sites.mixed, 'policies')), textOf(read(sites.mixed, 'docs/page')), index])
      expect(said).not.toMatch(/\b0 actions|no action that could be read/)
    expect(readFileSync(join(sites.mixed, 'policies/watch/index.md'), 'utf8')).toContain('lookout')
  })

  it('with one role offers nothing to compare it with, and a custom role only in what fits every product', () => {
    const html = read(sites.single, 'roles/unscoped/harbour-master')
    expect(textOf(html)).not.toMatch(/Compare|Larger and smaller/)
    const shown = [...html.matchAll(/<summary>([^<]+)/g)].map(([, title]) => title?.trim())
    expect(shown).toEqual(expect.arrayContaining(['List', 'JSON', 'CSV']))
    expect(html).not.toMatch(/terraform|spectrocloud/i)
    expect(read(sites.single, 'smallest')).not.toMatch(/terraform|spectrocloud/i)
  })

  it('of no roles at all leads to no list that is empty', () => {
    expect(sidebar(read(sites.nothing, ''))).not.toMatch(/Reference|Questions/)
    expect(readFileSync(join(sites.nothing, 'llms.txt'), 'utf8')).not.toMatch(/policies\/|who-can/)
  })

  describe.skipIf(!executablePath)('in a browser', { timeout: 120_000 }, () => {
    const open = async (path: string, width = 1280) => {
      const opened = await openPage(browser as Browser, errors, {
        baseURL: served.origin,
        viewport: { width, height: 800 },
        colorScheme: 'light',
      })
      await opened.page.goto(path, { waitUntil: 'networkidle' })
      return opened
    }

    it('“Who can…?” takes an action by its words, and tells two of one name apart', async () => {
      const { context, page } = await open('/')
      await page.getByLabel('Permission, or words of it').fill('überall ansehen, auch nachts')
      await page.getByRole('button', { name: 'Show roles' }).click()
      await expect
        .poll(() => page.locator('.rb-status').textContent(), PATIENCE)
        .toBe('4 roles have “Überall ansehen, auch nachts”.')
      await page.goto('/who-can/?p=Lösen')
      await expect
        .poll(() => page.locator('.rb-status').textContent(), PATIENCE)
        .toMatch(/^3 roles have any of 2 permissions/)
      await context.close()
    })

    it('the smallest role for an action of a link shows its box, however long the list is that it stands in', async () => {
      const { context, page } = await open('/', 390)
      await page.addInitScript(
        'addEventListener("DOMContentLoaded", () => { document.querySelector(".rb-needs").style.maxHeight = "3.5rem" })',
      )
      await page.goto('/smallest/?p=ships/船を削除する')
      await expect.poll(() => page.getByRole('checkbox', { checked: true }).count(), PATIENCE).toBe(1)
      const [above, below] = await page.evaluate<[number, number]>(
        '((needs, box) => [box.top - needs.top, needs.bottom - box.bottom])(document.querySelector(".rb-needs").getBoundingClientRect(), document.querySelector(".rb-needs :checked").getBoundingClientRect())',
      )
      expect(Math.min(above, below)).toBeGreaterThanOrEqual(0)
      await context.close()
    })

    it('compares and finds the smallest role by headings', async () => {
      const { context, page } = await open('/smallest/')
      expect(await page.locator('.rb-needs legend').allTextContents()).toEqual(['Docks', 'Ships'])
      await page.getByRole('group', { name: 'Ships' }).getByLabel('Lösen').check()
      await expect.poll(() => page.locator('.rb-status').last().textContent(), PATIENCE).toMatch(/Enough is Lotse\./)
      expect(await page.getByLabel('Scope').locator('visible=true').count()).toBe(0)
      await page.goto('/compare/?roles=unscoped/lotse,unscoped/港湾管理者')
      await expect
        .poll(() => page.locator('.rb-compared .rb-group').allTextContents(), PATIENCE)
        .toEqual(['Docks', 'Ships'])
      await context.close()
    })

    it('a table that goes on to the right says so until its end is in sight', async () => {
      const { context, page } = await open('/permissions/', 390)
      const shadow = () => page.evaluate('getComputedStyle(document.querySelector(".rb-scroll")).boxShadow')
      expect(await shadow()).toMatch(/inset/)
      await page.evaluate('document.querySelector(".rb-scroll").scrollLeft = 10_000')
      await expect.poll(shadow, PATIENCE).toMatch(/^none$|rgba\(0, 0, 0, 0\)/)
      const [first, box] = await page.evaluate<[number, number]>(
        '[document.querySelector(".rb-grid tbody th"), document.querySelector(".rb-scroll")].map((e) => e.getBoundingClientRect().left)',
      )
      expect(Math.abs(first - box), 'the first column stays in sight').toBeLessThan(2)
      await context.close()
    })

    it('long names stay in their cells, and nothing is wider than the window', async () => {
      for (const width of [320, 1280]) {
        for (const path of ['/', '/roles/', '/access/', '/permissions/', '/docs/page/']) {
          const { context, page } = await open(path, width)
          const [wide, spilt] = await page.evaluate<[number, string[]]>(
            '[document.documentElement.scrollWidth - innerWidth, [...document.querySelectorAll("main tbody th, main .rb-line")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)]',
          )
          expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(0)
          expect(spilt, `${path} at ${width}`).toEqual([])
          await context.close()
        }
      }
    })

    it('roles whose group has no name have the whole width', async () => {
      const { context, page } = await open('/')
      await page.evaluate('document.querySelector(".rb-groups dt").hidden = true')
      const [list, all] = await page.evaluate<[number, number]>(
        '[".rb-groups dd", ".rb-groups"].map((selector) => document.querySelector(selector).clientWidth)',
      )
      expect(list).toBe(all)
      await context.close()
    })

    it.each([
      '/',
      '/permissions/',
      '/access/',
      '/roles/unscoped/lotse/',
      '/compare/?roles=unscoped/lotse,unscoped/港湾管理者',
    ])('%s has nothing that axe objects to', async (path) => {
      const { context, page } = await open(path)
      expect(await faultsInBothThemes(page)).toEqual([])
      await context.close()
    })

    it('no page had an error', () => {
      expect(errors).toEqual([])
    })
  })
})
