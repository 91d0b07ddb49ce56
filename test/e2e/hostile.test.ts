/** A documentation set that means harm: whatever it says, the site shows it as text and runs nothing of it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launch } from '../support/browser.ts'
import { filesIn } from '../support/built-site.ts'
import { Workspace } from '../support/cli.ts'
import { type Served, serve } from '../support/serve.ts'

const EVIL = '&lt;img src=x onerror=pwned()&gt;'
const PAGE = `---
title: '</title><script>pwned()</script>'
description: '"><script>pwned()</script>'
---

## ${EVIL}

| Role Name | Description |
| --- | --- |
| ${EVIL} Admin | </script><script>pwned()</script> [x](javascript:pwned()) |

<TabItem label="${EVIL} Admin" value="x">

- dock.get
- dock.create
- "onmouseover=pwned()".get

</TabItem>

## Actions of \`</textarea><svg onload=pwned()>\`

| Action | Owner <script>pwned()</script> | Guest |
| --- | --- | --- |
| Read [it](javascript:pwned()) | ✓ | ✗ |
| Delete {{constructor.constructor('pwned()')()}} | ✓ | ✗ |

## Policy

\`\`\`json
{"Version": "2012-10-17", "Statement": [{"Sid": "</script><script>pwned()</script>", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::<img src=x onerror=pwned()>"}]}
\`\`\`

[a link](javascript:pwned()) <a href="javascript:pwned()">another</a> <iframe src="javascript:pwned()"></iframe>
`

describe.skipIf(!executablePath)('a hostile documentation set', () => {
  const out = mkdtempSync(join(tmpdir(), 'rolebook-hostile-'))
  let workspace: Workspace
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    workspace = new Workspace({ 'docs/roles.mdx': PAGE })
    const { code, err } = await workspace.run('build', 'docs', '--out', out, '--no-gate')
    expect([code, err]).toEqual([0, ''])
    served = await serve(join(out, 'site'))
    browser = await launch()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await served?.close()
    workspace?.remove()
    rmSync(out, { recursive: true, force: true })
  })

  it('runs nothing on any page, asks nobody, and breaks no script of ours', async () => {
    // Without the policy that forbids inline code, so that nothing but the escaping holds it back.
    const context = await browser.newContext({ baseURL: served.origin, bypassCSP: true })
    const said: string[] = []
    await context.exposeFunction('pwned', () => void said.push('ran'))
    const page = await context.newPage()
    page.on('dialog', (dialog) => void said.push(dialog.message()))
    page.on('pageerror', (error) => void said.push(`${page.url()}: ${error.message}`))
    page.on('request', (request) => {
      if (!request.url().startsWith(served.origin) && !/^(?:data|blob):/.test(request.url())) said.push(request.url())
    })
    const pages = filesIn(join(out, 'site')).filter((path) => path.endsWith('.html'))
    expect(pages.length).toBeGreaterThan(20)
    for (const path of pages.filter((path) => !path.startsWith('rules/'))) {
      await page.goto(`/${path.replace(/index\.html$/, '')}`)
      const live = await page.evaluate(
        `[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name) || /^\\s*javascript:/i.test(a.value))).map((e) => e.outerHTML.slice(0, 80))`,
      )
      expect(live, path).toEqual([])
    }
    const shown = await page.evaluate(`fetch('/roles/').then((answer) => answer.text())`)
    expect(shown, 'the names are there, as text').toContain('&lt;img src=x onerror=pwned()')
    await page.goto('/')
    await page.keyboard.press('/')
    await page.locator('.rb-search-input').fill('onerror')
    await page.locator('.rb-search-results a').first().waitFor()
    await page.waitForTimeout(300)
    expect(said).toEqual([])
    await context.close()
  }, 120_000)
})
