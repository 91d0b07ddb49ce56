/** Role, resource, access and changes pages in a real browser, and the feed of changes. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../src/diff/change.ts'
import { SUBJECTS } from '../../src/diff/change.ts'
import { diffDatasets } from '../../src/diff/diff.ts'
import type { Dataset, Role } from '../../src/model/dataset.ts'
import { executablePath, launch } from '../support/browser.ts'
import { DIST, ensureSite, SITE } from '../support/built-site.ts'
import { codeUnits } from '../support/line-reader.ts'
import { type Served, serve } from '../support/serve.ts'

function read(path = 'dataset.json'): Dataset {
  return JSON.parse(readFileSync(join(DIST, 'data', path), 'utf8'))
}

let latest: Dataset
let v3: Dataset
let changes: Change[]

beforeAll(() => {
  ensureSite()
  latest = read()
  v3 = read('v3/dataset.json')
  changes = diffDatasets(v3, latest)
})

/** What a role holds of a group of its scope, as another role of it would be compared by hand. */
function beyond(role: Role, other: Role): number {
  return other.permissions.filter((id) => !role.permissions.includes(id)).length
}

interface Element {
  name: string
  attributes: Record<string, string>
  text: string
  children: Element[]
}

/** An XML document as a tree; throws where it is not well-formed or uses a prefix that it doesn't declare. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] }
  const stack = [root]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]))
    const element: Element = { name, attributes: values, text: '', children: [] }
    stack.at(-1)?.children.push(element)
    stack.push(element)
  })
  parser.on('text', (text) => {
    const element = stack.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => void stack.pop())
  parser.write(xml).close()
  return root.children[0] as Element
}

function all(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name)
}

describe('the feed of changes', () => {
  const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
  const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

  it('is Atom: well-formed, and each entry has what RFC 4287 asks of it', () => {
    const feed = parseXml(readFileSync(join(SITE, 'changes.atom'), 'utf8'))
    expect(feed.name).toBe('feed')
    expect(feed.attributes.xmlns).toBe('http://www.w3.org/2005/Atom')
    const entries = all(feed, 'entry')
    for (const element of [feed, ...entries]) {
      for (const name of ['id', 'title', 'updated']) expect(all(element, name), name).toHaveLength(1)
      expect(all(element, 'id')[0]?.text).toMatch(UUID)
      expect(all(element, 'updated')[0]?.text).toMatch(RFC_3339)
      expect(all(element, 'title')[0]?.text).not.toBe('')
      expect(all(element, 'link').filter(({ attributes }) => attributes.rel === 'alternate')).toHaveLength(1)
    }
    expect(all(all(feed, 'author')[0] as Element, 'name')[0]?.text).not.toBe('')
    expect(all(feed, 'link').filter(({ attributes }) => attributes.rel === 'self')).toHaveLength(1)
    const ids = [feed, ...entries].map((element) => all(element, 'id')[0]?.text)
    expect(new Set(ids).size).toBe(ids.length)
    const dates = entries.map((element) => all(element, 'updated')[0]?.text ?? '').sort(codeUnits)
    expect(all(feed, 'updated')[0]?.text).toBe(dates.at(-1))
  })

  it('has an entry for each changed role and policy, and each leads to an anchor that is there', () => {
    const feed = parseXml(readFileSync(join(SITE, 'changes.atom'), 'utf8'))
    const ids = (subject: string) =>
      new Set(changes.filter((change) => change.subject === subject).map(({ before, after }) => (after ?? before)?.id))
    const entries = all(feed, 'entry')
    expect(entries).toHaveLength(ids('role').size + ids('policy').size)
    const html = readFileSync(join(SITE, 'changes', 'index.html'), 'utf8')
    const anchors = entries.map((entry) => all(entry, 'link')[0]?.attributes.href?.split('#')[1])
    expect(new Set(anchors).size).toBe(entries.length)
    expect(anchors.filter((anchor) => !html.includes(`id="${anchor}"`))).toEqual([])
  })
})

describe('what search engines are told', () => {
  const head = (path: string) => readFileSync(join(SITE, path, 'index.html'), 'utf8').split('</head>')[0] as string
  const canonical = (path: string) => /<link rel="canonical" href="([^"]*)"/.exec(head(path))?.[1]

  it('a page of an older version names the current one, under its name of today', () => {
    expect(canonical('v3/roles/project/cluster-admin')).toMatch(/\/roles\/project\/cluster-admin\/$/)
    expect(canonical('v3/roles/tenant/tenants-cluster-group-admin')).toMatch(
      /\/roles\/tenant\/tenant-cluster-group-admin\/$/,
    )
    expect(canonical('v3/policies/nodes-policy')).toMatch(/\/policies\/aws-nodes-policy\/$/)
    expect(canonical('roles/project/cluster-admin') ?? '').not.toMatch(/v3/)
  })

  it('a page that is gone is nobody else’s copy', () => {
    const gone = v3.resources.find(({ id }) => !latest.resources.some((resource) => resource.id === id))
    expect(gone).toBeDefined()
    expect(canonical(`v3/resources/${gone?.id}`) ?? 'none').not.toMatch(/^\/resources/)
    expect(head(`v3/resources/${gone?.id}`)).not.toContain('noindex')
  })
})

describe.skipIf(!executablePath)('in a browser', () => {
  let served: Served
  let browser: Browser
  const errors: string[] = []

  beforeAll(async () => {
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  async function open(
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ baseURL: served.origin, ...options })
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${path}: ${message.text()}`)
    })
    page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`))
    await page.goto(path)
    return { context, page }
  }

  it('the matrix of a role is filtered from the keyboard alone, and what is left is announced', async () => {
    const { context, page } = await open('/roles/project/cluster-editor/')
    const input = page.getByRole('searchbox', { name: 'Filter resources' })
    const shown = () => page.locator('.rb-matrix tbody tr:visible th[scope=row]').allTextContents()
    const FOCUSED = `document.activeElement.matches('[data-rb-filter] input')`
    const before = await shown()
    const role = latest.roles.find(({ id }) => id === 'project/cluster-editor') as Role
    const resources = (operation: string) =>
      new Set(role.permissions.filter((id) => id.endsWith(`.${operation}`)).map((id) => id.split('.')[0]))
    for (let i = 0; i < 150 && !(await page.evaluate(FOCUSED)); i++) await page.keyboard.press('Tab')
    expect(await page.evaluate(FOCUSED)).toBe(true)
    await page.keyboard.type('delete')
    const texts = await shown()
    expect(texts.length).toBe([...resources('delete'), 'virtualMachine'].length)
    expect(await page.locator('.rb-filter-status').textContent()).toBe(`${texts.length} of ${before.length} resources`)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('cluster.update')
    expect(await shown()).toEqual(before.filter((text) => /^\s*Cluster\s*cluster\s*$/.test(text)))
    await page.keyboard.press('Escape')
    await input.fill('')
    expect(await shown()).toEqual(before)
    await context.close()
  })

  it('the version switch keeps the role, through another name, and opens and closes from the keyboard', async () => {
    const { context, page } = await open('/v3/roles/tenant/tenants-cluster-group-admin/')
    const box = page.locator('details.rb-versions')
    await box.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await box.getAttribute('open')).not.toBeNull()
    await page.keyboard.press('Escape')
    expect(await box.getAttribute('open')).toBeNull()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/roles/tenant/tenant-cluster-group-admin/')
    expect(new URL(page.url()).pathname).not.toContain('v3')
    await context.close()
  })

  it('the version switch says where a version has no such role, and leads to its roles', async () => {
    const { context, page } = await open('/roles/project/app-profile-admin/')
    const link = page.locator('details.rb-versions a')
    expect(await link.getAttribute('href')).toBe('/v3/roles/')
    await page.locator('details.rb-versions summary').click()
    expect(await link.textContent()).toMatch(/no such page: go to all roles/)
    await context.close()
  })

  it('the access page says of every role and resource what the dataset says', async () => {
    const { context, page } = await open('/access/', { javaScriptEnabled: false })
    const access = new Map(latest.permissions.map((permission) => [permission.id, permission]))
    const rank = ['read', 'write', 'admin']
    const expected = latest.roles.flatMap((role) => {
      const cells = new Map<string, { access: string; operations: number }>()
      for (const id of role.permissions) {
        const permission = access.get(id)
        // What is on no resource stands below its heading; this set has one such.
        const key = permission?.resource ?? 'permissions'
        const cell = cells.get(key) ?? { access: 'read', operations: 0 }
        const own = permission?.access ?? 'write'
        cells.set(key, {
          access: rank.indexOf(own) > rank.indexOf(cell.access) ? own : cell.access,
          operations: cell.operations + 1,
        })
      }
      return [...cells].map(([key, cell]) => `/roles/${role.id}/ ${key} ${cell.access} ${cell.operations}`)
    })
    const html = await page.content()
    await context.close()
    const reader = await open('/404/')
    const found = (await reader.page.evaluate(
      `(() => {
        const page = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html')
        return [...page.querySelectorAll('table.rb-heat')].flatMap((table) => {
          const heads = [...table.tHead.rows[0].cells].map((cell) => cell.querySelector('a')?.getAttribute('href')?.split('/').at(-2) ?? cell.textContent.trim())
          return [...table.querySelectorAll('tbody tr:not(.rb-group)')].flatMap((row) => [...row.cells].slice(1).flatMap((cell, i) => {
            const words = cell.querySelector('.sr-only').textContent
            const match = /^(Read|Write|Admin), (\\d+) operations?$/.exec(words)
            return match ? [row.cells[0].querySelector('a').getAttribute('href') + ' ' + heads[i + 1] + ' ' + match[1].toLowerCase() + ' ' + match[2]] : words === 'none' ? [] : ['? ' + words]
          }))
        })
      })()`,
    )) as string[]
    await reader.context.close()
    expect(found.sort(codeUnits)).toEqual(expected.sort(codeUnits))
  })

  it('the changes page counts what the difference of the datasets counts', async () => {
    const { context, page } = await open('/changes/', { javaScriptEnabled: false })
    const things = (subject: string, kind: string) =>
      new Set(
        changes
          .filter((change) => change.subject === subject && change.kind === kind)
          .map(({ before, after }) => (after ?? before)?.id),
      ).size
    const table = page.locator('table.rb-change-counts')
    const heads = (await table.locator('thead th').allTextContents()).slice(1)
    const kinds: Record<string, string> = { Condition: 'conditional', Wording: 'text' }
    const subjects = SUBJECTS.filter((subject) => changes.some((change) => change.subject === subject))
    const rows = table.locator('tbody tr')
    expect(await rows.count()).toBe(subjects.length)
    for (const [i, subject] of subjects.entries()) {
      const cells = await rows.nth(i).locator('td').allTextContents()
      expect(cells.map(Number), subject).toEqual(
        heads.map((head) => things(subject, kinds[head] ?? head.toLowerCase())),
      )
    }
    expect(await page.locator('article.rb-change').count()).toBe(
      new Set(
        changes
          .filter(({ subject }) => subject === 'role' || subject === 'policy')
          .map(({ subject, before, after }) => `${subject} ${(after ?? before)?.id}`),
      ).size,
    )
    await context.close()
  })

  it('a role page compares with the roles of its group, and its changes lead to where they are told', async () => {
    const { context, page } = await open('/roles/project/cluster-editor/', { javaScriptEnabled: false })
    const byId = new Map(latest.roles.map((role) => [role.id, role]))
    const self = byId.get('project/cluster-editor') as Role
    const rows = await page.locator('.rb-ladder tbody tr').allTextContents()
    expect(rows).toHaveLength(3)
    for (const [i, id] of ['project/cluster-admin', '', 'project/cluster-viewer'].entries()) {
      const other = byId.get(id)
      if (!other) continue
      expect(rows[i]).toContain(other.name)
      expect(/adds (\d+)/.exec(rows[i] ?? '')?.[1] ?? '0').toBe(String(beyond(self, other)))
      expect(/lacks (\d+)/.exec(rows[i] ?? '')?.[1] ?? '0').toBe(String(beyond(other, self)))
    }
    const around = latest.roles.filter(
      (role) => role.scope === 'project' && beyond(role, self) === 0 && beyond(self, role) > 0,
    )
    const listed = page.locator('section:has(> #containment) .rb-two > div').first()
    expect(await listed.locator('.rb-near > li').count()).toBe(around.length)
    const href = await page.getByRole('link', { name: 'What changed' }).getAttribute('href')
    const [path, anchor] = (href ?? '').split('#')
    const html = readFileSync(join(SITE, path ?? '', 'index.html'), 'utf8')
    expect(html).toContain(`id="${anchor}"`)
    await context.close()
  })

  it('every permission has its own anchor on its resource’s page', async () => {
    const wanted = latest.permissions.filter(({ resource }) => resource !== null)
    expect(wanted.length).toBeGreaterThan(100)
    const missing = wanted.filter(({ resource, operation }) => {
      const file = join(SITE, 'resources', resource as string, 'index.html')
      return !existsSync(file) || !readFileSync(file, 'utf8').includes(`<tr id="${operation}"`)
    })
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  it('a resource page tells what is offered from what is granted', async () => {
    const { context, page } = await open('/resources/cluster/', { javaScriptEnabled: false })
    const rows = page.locator('.rb-offered tbody tr')
    const scopes = latest.scopes.filter(
      ({ id }) =>
        latest.catalogues.some((list) => list.scope === id && list.permissions.some((p) => p.startsWith('cluster.'))) ||
        latest.roles.some((role) => role.scope === id && role.permissions.some((p) => p.startsWith('cluster.'))),
    )
    expect(await rows.count()).toBe(scopes.length)
    for (const [i, { id }] of scopes.entries()) {
      const offered = new Set(latest.catalogues.filter(({ scope }) => scope === id).flatMap((list) => list.permissions))
      const granted = new Set(latest.roles.filter(({ scope }) => scope === id).flatMap((role) => role.permissions))
      const own = latest.permissions.filter(({ resource }) => resource === 'cluster').map((permission) => permission.id)
      const cells = rows.nth(i).locator('td')
      for (const [column, test] of [
        (p: string) => offered.has(p) && granted.has(p),
        (p: string) => offered.has(p) && !granted.has(p),
        (p: string) => !offered.has(p) && granted.has(p),
      ].entries()) {
        const shown = await cells.nth(column).locator('a').allTextContents()
        expect(shown.map((operation) => `cluster.${operation}`).sort(codeUnits), `${id}, column ${column}`).toEqual(
          own.filter(test).sort(codeUnits),
        )
      }
    }
    await context.close()
  })

  it('no page had an error', () => {
    expect([...new Set(errors.filter((error) => !error.startsWith('/404/')))]).toEqual([])
  })
})
