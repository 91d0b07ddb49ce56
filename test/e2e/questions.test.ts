/** “Who can…?”, “Compare” and “Smallest role” in a real browser, and a role as text: by keyboard, from a link, without a script. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeFacts } from '../../site/lib/facts-file.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { smallest } from '../../src/query/smallest.ts'
import { executablePath, launch, openPage } from '../support/browser.ts'
import { DIST, ensureSite, SITE } from '../support/built-site.ts'
import { codeUnits } from '../support/line-reader.ts'
import { type Served, serve } from '../support/serve.ts'

let dataset: Dataset

beforeAll(() => {
  ensureSite()
  dataset = JSON.parse(readFileSync(join(DIST, 'data', 'dataset.json'), 'utf8'))
})

describe('facts.json', () => {
  it.each(['', 'v3/'])('of /%s holds every grant of the dataset, and is small', (version) => {
    const bytes = readFileSync(join(SITE, version, 'facts.json'))
    const { roles, permissions, scopes } = decodeFacts(JSON.parse(bytes.toString('utf8')))
    const data: Dataset = JSON.parse(readFileSync(join(DIST, 'data', version, 'dataset.json'), 'utf8'))
    const brief = (role: (typeof data.roles)[number] | (typeof roles)[number]) => ({
      id: role.id,
      name: role.name,
      scope: role.scope,
      group: role.group,
      aliases: role.aliases,
      description: role.description,
      permissions: role.permissions,
      place: [role.source.path, role.source.line],
      grants: role.grants.map(({ permission, effect, note, source: { path, line } }) => [
        permission,
        effect,
        note,
        path,
        line,
      ]),
    })
    const byId = <T extends { id: string }>(list: T[]) => list.sort((a, b) => codeUnits(a.id, b.id))
    expect(byId(roles.map(brief))).toEqual(byId(data.roles.map(brief)))
    const known = new Map(data.permissions.map((permission) => [permission.id, permission]))
    for (const { id, resource, operation, access } of permissions)
      expect({ id, resource, operation, access }).toEqual(pick(known.get(id)))
    expect(scopes.map(({ id }) => id).sort(codeUnits)).toEqual(
      [...new Set(data.roles.map((role) => role.scope))].sort(codeUnits),
    )
    const gzipped = gzipSync(bytes).length
    console.log(`${version}facts.json: ${bytes.length} bytes, ${gzipped} gzipped`)
    expect(gzipped).toBeLessThan(15_000)
    expect(bytes.includes('<')).toBe(false)
  })
})

function pick(permission: Dataset['permissions'][number] | undefined) {
  if (!permission) return null
  const { id, resource, operation, access } = permission
  return { id, resource, operation, access }
}

/** Ids that a pattern names, by the dataset alone. */
function named(pattern: string): string[] {
  const [resource, operation] = pattern.split('.')
  return dataset.permissions
    .filter(
      (one) => (resource === '*' || one.resource === resource) && (operation === '*' || one.operation === operation),
    )
    .map(({ id }) => id)
}

describe.skipIf(!executablePath)('questions in a browser', () => {
  let served: Served
  let browser: Browser
  const errors: string[] = []

  async function open(
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; page: Page }> {
    return openPage(browser, errors, { baseURL: served.origin, ...options })
  }

  const status = (page: Page) => page.locator('.rb-status[role="status"]')
  const said = async (page: Page, text: string | RegExp) =>
    expect.poll(() => status(page).textContent(), { timeout: 15_000 }).toMatch(text)
  const texts = (page: Page, selector: string) => page.locator(selector).allTextContents()
  const query = (page: Page) => decodeURIComponent(new URL(page.url()).search)

  beforeAll(async () => {
    served = await serve(SITE)
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('who can: every permission, and patterns, answered as the dataset says', async () => {
    const { context, page } = await open()
    await page.goto('/who-can/')
    const input = page.getByLabel('Permission or pattern')
    const asked = [
      ...dataset.permissions.filter(({ resource }) => resource !== null).map(({ id }) => id),
      '*.delete',
      '*.import',
      'cluster.*',
      '*',
    ]
    // The list of names is there when the page is ready to answer.
    await expect.poll(() => page.locator('datalist option').count(), { timeout: 15_000 }).toBeGreaterThan(100)
    let answered = 0
    for (const pattern of asked) {
      const ids = pattern.includes('*') ? named(pattern.includes('.') ? pattern : '*.*') : [pattern]
      if (pattern === '*') ids.splice(0, ids.length, ...dataset.permissions.map(({ id }) => id))
      await input.fill(pattern)
      await input.press('Enter')
      const expected = dataset.roles
        .map((role) => ({ role, held: ids.filter((id) => role.permissions.includes(id)).length }))
        .filter(({ held }) => held > 0)
      const rows = await page.locator('.rb-holders').evaluateAll((tables) =>
        tables.map((table) => ({
          title: table.querySelector('caption')?.textContent ?? '',
          rows: [...table.querySelectorAll('tbody tr')].map((row) => ({
            href: row.querySelector('th a')?.getAttribute('href') ?? '',
            size: Number(row.querySelector('.rb-number')?.textContent),
            of: row.querySelectorAll('td')[1]?.textContent ?? '',
          })),
        })),
      )
      const shown = rows.flatMap((table) => table.rows.map((row) => row.href)).sort(codeUnits)
      expect(shown, pattern).toEqual(expected.map(({ role }) => `/roles/${role.id}/`).sort(codeUnits))
      for (const { rows: list } of rows) {
        for (const { href, size, of } of list) {
          const found = expected.find(({ role }) => href === `/roles/${role.id}/`)
          expect(size).toBe(found?.role.permissions.length)
          if (ids.length > 1)
            expect(of).toBe(found?.held === ids.length ? `all ${ids.length}` : `${found?.held} of ${ids.length}`)
        }
        if (ids.length === 1)
          expect(list.map(({ size }) => size)).toEqual(list.map(({ size }) => size).sort((a, b) => a - b))
      }
      const number = expected.length === 0 ? 'No role' : expected.length === 1 ? '1 role' : `${expected.length} roles`
      expect(await status(page).textContent(), pattern).toContain(number)
      answered++
    }
    expect(answered).toBeGreaterThan(160)
    await context.close()
  }, 240_000)

  it('who can: by keyboard alone, with the answer in the address and said aloud', async () => {
    const { context, page } = await open()
    await page.goto('/')
    await page.locator('#ask-operation').focus()
    await page.keyboard.type('delete')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Cluster')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/who-can/**')
    const holders = dataset.roles.filter((role) => role.permissions.includes('cluster.delete'))
    await said(page, `${holders.length} roles have cluster.delete.`)
    await expect.poll(() => query(page)).toBe('?p=cluster.delete')
    // From the field of permissions to the scope, and on to the first role of the answer.
    await page.locator('#who-pattern').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.type('Project')
    await said(page, 'in Project')
    await expect.poll(() => query(page)).toBe('?p=cluster.delete&scope=project')
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate('document.activeElement.matches(".rb-holders th a")')) break
    }
    await page.keyboard.press('Enter')
    await page.waitForURL('**/roles/project/**')
    await page.goBack()
    await said(page, 'in Project')
    expect(await page.locator('#who-scope').inputValue()).toBe('project')
    await page.goBack()
    await said(page, `${holders.length} roles have cluster.delete.`)
    expect(await page.locator('#who-operation').inputValue()).toBe('delete')
    expect(await page.locator('#who-resource').inputValue()).toBe('cluster')
    await context.close()
  })

  it('who can: explains names that are nobody’s, and what is held elsewhere', async () => {
    const { context, page } = await open()
    await page.goto('/who-can/?p=clustr.delete&scope=nowhere')
    await said(page, 'No permission has that name.')
    expect((await texts(page, '.rb-notice')).join(' ')).toContain('No scope is called nowhere')
    await page.getByRole('link', { name: 'cluster.delete', exact: true }).click()
    await said(page, 'roles have cluster.delete')
    await page.goto('/who-can/?p=cluster.delete&scope=system')
    await said(page, 'No role in System has cluster.delete.')
    await page.getByRole('link', { name: 'Show all scopes' }).click()
    await said(page, 'roles have cluster.delete')
    await page.goto('/who-can/?p=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E,cluster.get')
    await said(page, 'cluster.get')
    expect(await page.locator('.rb-answer img').count()).toBe(0)
    expect((await texts(page, '.rb-notice')).join(' ')).toContain('<img src=x onerror=alert(1)>')
    await context.close()
  })

  it('who can: what is asked in words leads to the permission, and the answer leads on to compare and to the smallest role', async () => {
    const { context, page } = await open()
    await page.goto('/who-can/')
    await page.getByLabel('Permission or pattern').fill('remove a clustr')
    await said(page, 'No permission has that name.')
    await page.getByRole('link', { name: 'cluster.delete', exact: true }).click()
    const holders = dataset.roles.filter(({ permissions }) => permissions.includes('cluster.delete'))
    await said(page, `${holders.length} roles have cluster.delete.`)
    await page.getByRole('link', { name: `Compare these ${holders.length} roles` }).click()
    await said(page, `in all ${holders.length} roles`)
    expect(query(page).replace('?roles=', '').split(',').sort(codeUnits)).toEqual(
      holders.map(({ id }) => id).sort(codeUnits),
    )
    await page.goBack()
    await page.getByRole('link', { name: 'Find the smallest role for this' }).click()
    await said(page, '1 permission ticked.')
    expect(query(page)).toBe('?p=cluster.delete')
    await page.goto('/who-can/?p=cluster.get')
    await said(page, 'roles have cluster.get')
    await page.getByRole('link', { name: 'Compare the 3 smallest of them' }).click()
    await said(page, 'in all 3 roles')
    await context.close()
  })

  it('who can: words that name a permission are answered at once, and go on by its id', async () => {
    const { context, page } = await open()
    const holders = dataset.roles.filter(({ permissions }) => permissions.includes('cluster.delete'))
    for (const words of ['delete cluster', 'Who can remove clusters?', 'Cluster delete']) {
      await page.goto(`/who-can/?p=${encodeURIComponent(words)}`)
      await said(page, `${holders.length} roles have cluster.delete.`)
    }
    await page.getByRole('link', { name: 'Find the smallest role for this' }).click()
    await said(page, '1 permission ticked.')
    expect(query(page)).toBe('?p=cluster.delete')
    await context.close()
  })

  it('what is typed or ticked before the facts are there is answered when they are', async () => {
    const { context, page } = await open()
    let late = Promise.withResolvers<void>()
    await page.route('**/facts.json', async (route) => {
      await late.promise
      await route.continue()
    })
    await page.goto('/who-can/')
    await page.getByLabel('Permission or pattern').fill('cluster.delete')
    late.resolve()
    await said(page, 'roles have cluster.delete')
    expect(query(page)).toBe('?p=cluster.delete')
    late = Promise.withResolvers<void>()
    await page.goto('/smallest/')
    await page.locator('input[value="cluster.delete"]').check()
    late.resolve()
    await said(page, '1 permission ticked.')
    await context.close()
  })

  it('who can: a resource or an operation alone leads to all that it has', async () => {
    const { context, page } = await open()
    for (const [typed, pattern] of [
      ['delete', '*.delete'],
      ['Remove', '*.delete'],
      ['Cluster Profile', 'clusterProfile.*'],
    ] as const) {
      await page.goto(`/who-can/?p=${typed}`)
      await page.getByRole('link', { name: pattern, exact: true }).click()
      await said(page, 'roles have any of')
      expect(query(page)).toBe(`?p=${pattern}`)
    }
    await context.close()
  })

  it('who can: what is no permission, such as a cloud action, is a search away', async () => {
    const { context, page } = await open()
    await page.goto('/who-can/?p=ec2:RunInstances')
    await said(page, 'No permission has that name.')
    await page.getByRole('button', { name: 'Search everything for “ec2:RunInstances”' }).click()
    const first = page.locator('.rb-search-results a').first()
    await expect.poll(() => first.textContent(), { timeout: 15_000 }).toContain('ec2:RunInstances')
    await first.click()
    await page.waitForURL(/policies\/actions\//)
    await context.close()
  })

  it('smallest: from the page of a resource to a role as text, with what is ticked in sight and what goes with it', async () => {
    const { context, page } = await open()
    await page.goto('/resources/cluster/#delete')
    await page.getByRole('link', { name: 'Smallest role for cluster.delete' }).click()
    await said(page, '1 permission ticked.')
    expect(await page.locator('.rb-answer .rb-asked').textContent()).toContain('Clusterdelete')
    const [box, frame] = await page.evaluate<[number, number]>(
      '["[value=\\"cluster.delete\\"]", ".rb-needs"].map((s) => document.querySelector(s).getBoundingClientRect().top)',
    )
    expect(box - frame).toBeGreaterThanOrEqual(0)
    expect(box - frame).toBeLessThan(120)
    await page.getByRole('button', { name: 'Tick these too' }).click()
    await said(page, '3 permissions ticked.')
    expect(query(page)).toBe('?p=cluster.delete,cluster.get,cluster.list')
    expect(await page.getByRole('button', { name: 'Tick these too' }).count()).toBe(0)
    expect(await page.locator('.rb-custom pre').textContent()).toContain('type = "project"')
    await context.close()
  })

  it('a custom role is of a scope that has such a role, unless another is chosen', async () => {
    const { context, page } = await open()
    const holders = dataset.roles.filter(({ permissions }) => permissions.includes('apiKey.delete'))
    expect(new Set(holders.map(({ scope }) => scope))).toEqual(new Set(['tenant']))
    await page.goto('/smallest/?p=apiKey.delete')
    await said(page, 'ticked')
    await expect.poll(() => page.locator('.rb-custom pre').textContent()).toContain('type = "tenant"')
    await page.locator('#custom-scope').selectOption('project')
    await page.locator('input[value="apiKey.get"]').check()
    await said(page, '2 permissions ticked')
    expect(await page.locator('.rb-custom pre').textContent()).toContain('type = "project"')
    await context.close()
  })

  it('compare: from a link, every mark as the dataset says, and only the differences by choice', async () => {
    const { context, page } = await open()
    const ids = ['project/cluster-admin', 'project/cluster-viewer', 'tenant/tenant-admin']
    const roles = ids.map((id) => dataset.roles.find((role) => role.id === id)!)
    const all = [...new Set(roles.flatMap((role) => role.permissions))].sort(codeUnits)
    const differing = all.filter((id) => new Set(roles.map((role) => role.permissions.includes(id))).size > 1)
    const marks = () =>
      page
        .locator('.rb-compared tr[data-permission]')
        .evaluateAll((rows) =>
          rows.map((row) => [
            row.getAttribute('data-permission'),
            ...[...row.querySelectorAll('td .sr-only')].map((mark) => mark.textContent),
          ]),
        )
    const expected = (list: string[]) =>
      list.map((id) => [id, ...roles.map((role) => (role.permissions.includes(id) ? 'granted' : 'not granted'))])
    await page.goto(`/compare/?roles=${ids.join(',')}`)
    await said(page, `${all.length} permissions`)
    const byId = (a: unknown[], b: unknown[]) => codeUnits(String(a[0]), String(b[0]))
    expect((await marks()).sort(byId)).toEqual(expected(all))
    const heads = await texts(page, '.rb-compared .rb-role-column')
    for (const [i, role] of roles.entries()) expect(heads[i]).toContain(`${role.permissions.length} in all`)
    await page.getByLabel('Only differences').focus()
    await page.keyboard.press('Space')
    await expect.poll(() => query(page)).toBe(`?roles=${ids.join(',')}&only=differences`)
    expect((await marks()).sort(byId)).toEqual(expected(differing))
    await page.goBack()
    await expect.poll(async () => (await marks()).length).toBe(all.length)
    await context.close()
  })

  it('compare: roles are added and removed by keyboard alone', async () => {
    const { context, page } = await open()
    await page.goto('/roles/project/cluster-viewer/')
    await page.getByRole('link', { name: 'Compare with other roles' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/compare/**')
    await said(page, 'Cluster Viewer is chosen')
    await page.getByLabel('Role', { exact: true }).focus()
    await page.keyboard.type('Cluster Editor')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await said(page, 'in both')
    await expect.poll(() => query(page)).toBe('?roles=project/cluster-viewer,project/cluster-editor')
    expect(await page.evaluate('document.activeElement.name')).toBe('roles')
    await page.getByRole('button', { name: 'Remove Cluster Viewer (Project)' }).focus()
    await page.keyboard.press('Enter')
    await said(page, 'Cluster Editor is chosen')
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      'Remove Cluster Editor (Project)',
    )
    await page.goto('/compare/?roles=project/cluster-admn,Cluster%20Editor')
    await said(page, 'Cluster Editor is chosen')
    await page.locator('.rb-notice a').click()
    await said(page, 'in both')
    await page.goto(`/compare/?roles=${dataset.roles.map(({ id }) => id).join(',')}`)
    await said(page, 'in all 6 roles')
    expect(await page.getByRole('button', { name: 'Add role' }).isDisabled()).toBe(true)
    await context.close()
  })

  it('smallest: what is ticked by keyboard alone, with the answer that a search over all roles gives', async () => {
    const { context, page } = await open()
    await page.goto('/smallest/')
    await page.getByLabel('Find').focus()
    await page.keyboard.type('cluster delete')
    await expect.poll(() => page.locator('.rb-filtered').textContent()).toMatch(/permission/)
    const visible = await page
      .locator('.rb-box:visible input')
      .evaluateAll((boxes) => boxes.map((box) => (box as unknown as { value: string }).value))
    expect(visible).toContain('cluster.delete')
    expect(visible.every((id) => /cluster/i.test(id) && /delete/i.test(id))).toBe(true)
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate('document.activeElement.value === "cluster.delete"')) break
    }
    await page.keyboard.press('Space')
    await said(page, '1 permission ticked.')
    await expect.poll(() => query(page)).toBe('?p=cluster.delete')
    await page.goto('/smallest/?p=cluster.get,cluster.delete,workspace.get&scope=project')
    await said(page, '3 permissions ticked')
    const wanted = ['cluster.get', 'cluster.delete', 'workspace.get']
    const card = (await page.locator('.rb-card').first().textContent()) ?? ''
    const one = smallest(dataset, wanted, { scope: 'project' })
    const several = smallest(dataset, wanted, { scope: 'project', most: 3 })
    for (const answer of [one, several]) {
      if (!answer) continue
      for (const role of answer.roles) expect(card).toContain(role.name)
    }
    expect(card).toContain(`${(one ?? several)?.excess.length} permissions more than ticked`)
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect.poll(() => query(page)).toBe('?scope=project')
    expect(await page.locator('.rb-custom').isHidden()).toBe(true)
    await page.goto('/smallest/?p=cluster.gat,cluster.*')
    await said(page, 'permissions ticked')
    await page.locator('.rb-notice a').click()
    await said(page, 'permissions ticked')
    expect(await page.locator('.rb-notice').count()).toBe(0)
    await context.close()
  })

  it('smallest: random needs are answered as the dataset says, in every scope', async () => {
    const { context, page } = await open()
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state % below
    }
    const ids = dataset.permissions.filter(({ resource }) => resource !== null).map(({ id }) => id)
    for (let i = 0; i < 20; i++) {
      const wanted = [...new Set(Array.from({ length: 1 + random(4) }, () => ids[random(ids.length)] as string))]
      await page.goto(`/smallest/?p=${wanted.join(',')}`)
      await said(page, 'ticked')
      const text = ((await page.locator('.rb-answer').textContent()) ?? '').replace(/\s+/g, ' ')
      for (const scope of dataset.scopes) {
        const roles = dataset.roles.filter(
          (role) => role.scope === scope.id && wanted.every((id) => role.permissions.includes(id)),
        )
        if (roles.length === 0) continue
        const least = Math.min(...roles.map((role) => role.permissions.length))
        const names = roles.filter((role) => role.permissions.length === least).map(({ name }) => name)
        const shown =
          new RegExp(`${scope.title}Smallest role(.*?)(?:Exactly|${least - wanted.length} permissions? more)`).exec(
            text,
          )?.[1] ?? ''
        expect(names, `${wanted.join(',')} in ${scope.id}: ${text}`).toContain(shown)
      }
    }
    await context.close()
  }, 240_000)

  it('a custom role is what was ticked, in every format, and a hostile name stays a name', async () => {
    const { context, page } = await open({ acceptDownloads: true })
    await page.goto('/smallest/?p=cluster.get,cluster.list&scope=project')
    await said(page, 'ticked')
    const shown = () => page.locator('.rb-custom pre').textContent()
    const name = `"} ${'$'}{file("x")} </script><img src=x onerror=alert(1)>`
    await page.locator('#custom-name').fill(name)
    expect(await shown()).toContain('\\"} $${file(\\"x\\")}')
    await page.getByLabel('Format').selectOption('json')
    expect(JSON.parse((await shown()) ?? '')).toEqual({
      name,
      scope: 'project',
      description: null,
      permissions: ['cluster.get', 'cluster.list'],
    })
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).focus()
    await page.keyboard.press('Enter')
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^[a-z0-9-]+\.json$/)
    expect(readFileSync((await file.path()) as string, 'utf8')).toBe(await shown())
    await page.getByLabel('Format').selectOption('api')
    expect(JSON.parse((await shown()) ?? '').spec.permissions).toEqual(['cluster.get', 'cluster.list'])
    await page.locator('#custom-scope').selectOption('system')
    expect(await texts(page, '#custom-format option')).toEqual(['List', 'JSON', 'CSV'])
    await context.close()
  })

  it('every role page offers its role as text, the same as the dataset', async () => {
    const { context, page } = await open({ javaScriptEnabled: false })
    for (const role of dataset.roles.filter((_, i) => i % 7 === 0)) {
      await page.goto(`/roles/${role.id}/`)
      const blocks = await page
        .locator('.rb-copy-as details')
        .evaluateAll((all) =>
          all.map((one) => [
            one.querySelector('summary')?.textContent ?? '',
            one.querySelector('pre')?.textContent ?? '',
          ]),
        )
      const text = new Map(blocks.map(([title, body]) => [title?.trim(), body]))
      expect(JSON.parse(text.get('JSON') ?? '')).toMatchObject({ name: role.name, permissions: role.permissions })
      expect((text.get('List') ?? '').trim().split('\n')).toEqual(role.permissions)
      if (role.scope !== 'system')
        expect(JSON.parse(text.get('Palette API') ?? '').spec.permissions).toEqual(role.permissions)
    }
    await context.close()
  })

  it('without a script, each page says so and lists what leads to the answer', async () => {
    const { context, page } = await open({ javaScriptEnabled: false })
    await page.goto('/who-can/?p=cluster.delete')
    expect(await page.locator('form.rb-ask').isVisible()).toBe(false)
    const links = await page
      .locator('main a[href*="/resources/"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    expect(links).toContain('/resources/cluster/#delete')
    const operations = dataset.permissions.filter(({ operation }) => operation !== null).length
    expect(links.filter((href) => href?.includes('#')).length).toBe(operations)
    for (const path of ['/compare/', '/smallest/']) {
      await page.goto(path)
      expect(await page.locator('form.rb-ask').isVisible()).toBe(false)
      expect(await page.locator('.rb-unscripted').textContent()).toContain('needs JavaScript')
      expect(await page.locator('.rb-unscripted a[href^="/roles/"]').count()).toBeGreaterThanOrEqual(
        dataset.roles.length,
      )
    }
    await context.close()
  })

  it('sends little: script of each page and the facts, gzipped', async () => {
    for (const path of ['/who-can/', '/compare/', '/smallest/']) {
      const { context, page } = await open()
      const scripts = new Set<string>()
      page.on(
        'request',
        (request) => void (request.resourceType() === 'script' && scripts.add(new URL(request.url()).pathname)),
      )
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      const sum = [...scripts].reduce((total, url) => total + gzipSync(readFileSync(join(SITE, url))).length, 0)
      console.log(`${path}: ${sum} bytes of script gzipped`)
      expect(sum).toBeLessThan(20_000)
      await context.close()
    }
  })

  it('no page of these tests had an error to tell', () => {
    expect(errors).toEqual([])
  })
})
