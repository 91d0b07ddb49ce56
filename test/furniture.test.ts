/** What is around a site's pages: colours, logo, inline code, headers, Markdown twins. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { editAddress } from '../site/lib/edit.ts'
import { jsonForHtml } from '../site/lib/head.ts'
import { code, fenced, link, quoted, table, text } from '../site/lib/twins/markdown.ts'
import { accentCss, accentProblem, contrast, GROUNDS, toReadable } from '../src/export/accent.ts'
import { addressProblem } from '../src/export/addresses.ts'
import { withoutDeadAnchors } from '../src/export/pages/anchors.ts'
import { markdownOfHtml, markdownOfSegments } from '../src/export/pages/markdown.ts'
import type { DocPage } from '../src/export/site-input.ts'
import { contentSecurityPolicy, headersFile } from '../src/files/headers.ts'
import { inspectPage, markedStyles, namesOfStyles, styleSheet, withoutInline } from '../src/files/inline-code.ts'
import { inspectSvg, readLogo } from '../src/files/logo.ts'
import { changedThemes } from '../src/files/scriptless-theme.ts'
import { SocialFonts, socialSvg } from '../src/files/social-image.ts'
import { ROOT } from './support/shared.ts'

describe('the accent', () => {
  it('is measured on the grounds that the theme has', () => {
    const theme = readFileSync(join(ROOT, 'site/styles/theme.css'), 'utf8')
    const [dark = '', light = ''] = theme.split(':root[data-theme="light"]')
    const value = (css: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]+);`).exec(css)?.[1]
    const long = (colour = '') =>
      colour.length === 4 ? `#${[...colour.slice(1)].map((char) => char + char).join('')}` : colour
    for (const [css, grounds] of [
      [light, GROUNDS.light],
      [dark, GROUNDS.dark],
    ] as const)
      expect(['sl-color-black', 'rb-soft', 'rb-hover'].map((name) => long(value(css, name)))).toEqual([...grounds])
  })

  it('has the contrast that WCAG defines', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  it('is refused where text in it could not be read, with the nearest colour that can', () => {
    expect(accentProblem({ accent: '#ffcc00', accentDark: null })).toBe(
      '`site.accent` is #ffcc00, which has a contrast of 1.4 on the light ground: text needs 4.5 (WCAG AA). ' +
        `Use \`${toReadable('#ffcc00', 'light')}\` or a darker colour.`,
    )
    expect(accentProblem({ accent: toReadable('#ffcc00', 'light'), accentDark: '#301060' })).toMatch(
      /^`site\.accentDark` is #301060/,
    )
    expect(accentProblem({ accent: '#5b2ea6', accentDark: null })).toBeNull()
  })

  it('becomes a readable colour for the dark theme as well', () => {
    const css = accentCss({ accent: '#5b2ea6', accentDark: null }) ?? ''
    const dark = /accent-high: (#[0-9a-f]{6})/.exec(css)?.[1] ?? ''
    for (const ground of GROUNDS.dark) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5)
    expect(css).toContain(":root[data-theme='light']")
    expect(accentCss({ accent: null, accentDark: null })).toBeNull()
  })
})

describe('the theme without scripts', () => {
  it('has in the dark page what the sheet says of the light one, at more weight', () => {
    expect(changedThemes(":root{--a:1}:root[data-theme=light] p,[data-theme='dark'] b{--a:2}")).toBe(
      ':root{--a:1}:root[data-theme=dark][data-theme] p,[data-theme=light] b{--a:2}',
    )
    expect(changedThemes('p{margin:0}')).toBeNull()
  })
})

describe('addresses', () => {
  it('of the site have no path, and of editing have a place for the file', () => {
    expect(
      addressProblem({ url: 'https://docs.example.com/', editUrl: 'https://git.example.com/e/{path}#L{line}' }),
    ).toBeNull()
    expect(addressProblem({ url: 'https://docs.example.com/roles', editUrl: null })).toMatch(
      /^`site\.url` is .*`site\.base`\.$/,
    )
    for (const editUrl of ['javascript:alert({path})', 'https://git.example.com/edit', '/{path}'])
      expect(addressProblem({ url: null, editUrl }), editUrl).toMatch(/^`site\.editUrl` is /)
  })

  it('of a line are filled in, whatever the path holds', () => {
    const place = { path: 'docs/a b/$&#x.mdx', line: 7 }
    expect(editAddress('https://git.example.com/{path}?l={line}', place)).toBe(
      'https://git.example.com/docs/a%20b/%24%26%23x.mdx?l=7',
    )
    expect(editAddress(null, place)).toBeNull()
  })
})

describe('a logo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolebook-logo-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">${inner}</svg>`

  it('is a drawing with a size', () => {
    const drawn = svg('<defs><g id="a"/></defs><style>.a{fill:url(#g)}</style><use href="#a"/><path d="M0 0h1"/>')
    expect(inspectSvg(drawn)).toEqual({ problem: null, width: 40, height: 20 })
  })

  it.each([
    ['a script', svg('<script>alert(1)</script>')],
    ['a script in another case and with a prefix', svg('<x:SCRIPT xmlns:x="http://www.w3.org/2000/svg">1</x:SCRIPT>')],
    ['an event handler', svg('<path onload="alert(1)"/>')],
    ['foreign content', svg('<foreignObject><p/></foreignObject>')],
    ['a link', svg('<a href="javascript:alert(1)"/>')],
    ['a link with a prefix', svg('<use xlink:href="https://x.example/a.svg#a"/>')],
    ['a picture from elsewhere', svg('<image href="https://x.example/a.png"/>')],
    ['a style that loads', svg('<style>@import "https://x.example/a.css";</style>')],
    ['a style in CDATA that loads', svg('<style><![CDATA[a{background:url(https://x.example)}]]></style>')],
    ['an attribute that loads', svg('<path fill="url(https://x.example/a)"/>')],
    ['an animated link', svg('<set attributeName="href" to="javascript:alert(1)"/>')],
    ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`],
    ['a style sheet', `<?xml-stylesheet href="https://x.example/a.css"?>${svg('')}`],
    ['no XML', 'GIF89a'],
    ['something else', '<html/>'],
    ['nothing', ''],
  ])('is refused with %s', (_name, content) => {
    expect(inspectSvg(content).problem).not.toBeNull()
  })

  it('is refused outside of the folder, through a link too, and where it is not there or is no picture', async () => {
    mkdirSync(join(folder, 'project'))
    writeFileSync(join(folder, 'secret.svg'), svg(''))
    symlinkSync(join(folder, 'secret.svg'), join(folder, 'project', 'linked.svg'))
    writeFileSync(join(folder, 'project', 'logo.svg'), svg(''))
    writeFileSync(join(folder, 'project', 'broken.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    const project = join(folder, 'project')
    expect(await readLogo('logo.svg', project)).toMatchObject({ file: 'logo.svg', width: 40, height: 20 })
    await expect(readLogo('../secret.svg', project)).rejects.toThrow(
      "`site.logo`: ../secret.svg stands outside of the config's folder",
    )
    await expect(readLogo('linked.svg', project)).rejects.toThrow('stands outside')
    await expect(readLogo('none.svg', project)).rejects.toThrow('is not there')
    await expect(readLogo('.', project)).rejects.toThrow('stands outside')
    await expect(readLogo('broken.png', project)).rejects.toThrow('no complete PNG')
  })
})

describe('inline code', () => {
  const html =
    '<!DOCTYPE html><html><head><meta charset="utf-8"/><script>1 < 2</script><script type="application/ld+json">{}</script></head>' +
    '<body><p style="--x: 1em;">a style="no" b</p><template><i style="--y:2"></i></template><script type="module" src="/a.js"></script></body></html>'

  it('is found: styles in every place, scripts that run, and nothing in text', () => {
    const page = inspectPage(html)
    expect([...page.styles].sort()).toEqual(['--x: 1em;', '--y:2'])
    const hash = createHash('sha256').update('1 < 2').digest('base64')
    expect([...page.scripts]).toEqual([`'sha256-${hash}'`])
    expect(page.forbidden).toEqual([])
  })

  it('is moved to a style sheet, and all else stays as it was', () => {
    const page = inspectPage(html)
    const names = namesOfStyles(page.styles)
    const moved = withoutInline(html, page, names, '<meta x>')
    expect(moved).toContain('<meta charset="utf-8"/><meta x><script>')
    expect(moved).toContain('<p data-s="0">a style="no" b</p><template><i data-s="1"></i>')
    expect(
      moved.replace('<meta x>', '').replace('data-s="0"', 'style="--x: 1em;"').replace('data-s="1"', 'style="--y:2"'),
    ).toBe(html)
    expect(styleSheet(names)).toBe(":root:root:root [data-s='0']{--x: 1em;}\n:root:root:root [data-s='1']{--y:2}\n")
    expect(markedStyles(":where(span[style^='--']:not([class])){}")).toBe(
      ":where(span:is([style^='--'],[data-s]):not([class])){}",
    )
  })

  it('that no policy allows is named', () => {
    const page = inspectPage('<head><meta charset="utf-8"></head><a href=" JavaScript:alert(1)" onclick="x()">a</a>')
    expect(page.forbidden).toHaveLength(2)
  })

  it('is allowed by its hash alone', () => {
    const policy = contentSecurityPolicy(
      { scripts: new Set(["'sha256-b'", "'sha256-a'"]), styleElements: new Set() },
      'header',
    )
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval' 'sha256-a' 'sha256-b'; style-src 'self';")
    expect(contentSecurityPolicy({ scripts: new Set(), styleElements: new Set() }, 'meta')).not.toContain(
      'frame-ancestors',
    )
    expect(headersFile('/docs/', policy).split('\n')[0]).toBe('/docs/*')
  })
})

describe('Markdown of twins', () => {
  it('says hostile text as text', () => {
    expect(text('<img src=x onerror=alert(1)> | a\n# b')).toBe('\\<img src=x onerror=alert(1)\\> \\| a \\# b')
    expect(text('1. a')).toBe('1\\. a')
    expect(text('- a')).toBe('\\- a')
    expect(code('a`|`b')).toBe('`` a`\\|`b ``')
    expect(quoted('`a|b` is <b>')).toBe('`a\\|b` is \\<b\\>')
    expect(link('a', '/x (y)>')).toBe('[a](/x%20%28y%29%3E)')
    expect(fenced('```\nend')).toBe('````\n```\nend\n````')
    expect(table(['a'], [[text('x | y')], ['z\nw']])).toBe('| a |\n| --- |\n| x \\| y |\n| z w |')
  })

  it('of pages keeps panels, admonitions and the places of views', () => {
    const parts = markdownOfSegments([
      { kind: 'html', html: '<h2 id="a">A</h2><details><summary>AWS</summary><div>' },
      { kind: 'role', id: 'x', headingDepth: 3 },
      { kind: 'html', html: '<p>after</p></div></details>' },
    ])
    expect(parts).toEqual(['## A\n\n**AWS**', 1, 'after'])
    expect(markdownOfHtml('<aside><p>Tip</p><div><p>Do.</p></div></aside>')).toBe('> **Tip**\n>\n> Do.\n')
    expect(markdownOfHtml('<p>&lt;script&gt; | *a*</p>')).toBe('\\<script> | \\*a\\*\n')
  })
})

describe('structured data', () => {
  it('can not end its script', () => {
    const value = { name: '</script><script>alert(1)</script>\u2028&' }
    expect(jsonForHtml(value)).not.toMatch(/[<>&\u2028]/)
    expect(JSON.parse(jsonForHtml(value))).toEqual(value)
  })
})

describe('links between pages', () => {
  it('lose an anchor that the page does not have, and keep those that it has', () => {
    const page = (slug: string, html: string) => ({ slug, segments: [{ kind: 'html', html }] }) as unknown as DocPage
    const segments = withoutDeadAnchors(
      [
        page('a', '<h2 id="here">x</h2><a href="#here">1</a><a href="#gone">2</a><a href="/docs/b/#caf%C3%A9">3</a>'),
        page('b', '<h2 id="café">x</h2><a href="/docs/a/#gone">4</a><a href="https://x.example/#any">5</a>'),
      ],
      ({ slug }) => `/docs/${slug}/`,
    )
    const html = segments.flat().map((segment) => (segment.kind === 'html' ? segment.html : ''))
    expect(html[0]).toBe(
      '<h2 id="here">x</h2><a href="#here">1</a><a href="/docs/a/">2</a><a href="/docs/b/#caf%C3%A9">3</a>',
    )
    expect(html[1]).toBe('<h2 id="café">x</h2><a href="/docs/a/">4</a><a href="https://x.example/#any">5</a>')
  })
})

describe('a picture for previews', () => {
  it('is drawn from outlines alone, the same each time, whatever the title holds', async () => {
    const fonts = await SocialFonts.read(join(ROOT, 'site/social'))
    const draw = (title: string) =>
      socialSvg({ title, kind: 'Role', site: 'Harbour' }, fonts, { ground: '#151b1a', accent: '#8fdccf' })
    expect(draw('Harbour Admin')).toBe(draw('Harbour Admin'))
    expect(draw('Harbour Admin')).not.toMatch(/<text|font/)
    for (const title of [
      '<img onerror=alert(1)>',
      'x'.repeat(5000),
      '',
      '港の管理者',
      'Łódź “café”',
      'a '.repeat(300),
    ]) {
      const svg = draw(title)
      expect(svg).not.toContain('onerror')
      expect(svg).not.toContain('NaN')
      expect(svg.length).toBeLessThan(120_000)
    }
  })
})
