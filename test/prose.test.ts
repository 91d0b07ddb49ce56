/** Links, anchors and permissions in running text, and the fixtures of the rules about the catalogue and prose. */
import fc from 'fast-check'
import { distance } from 'fastest-levenshtein'
import { describe, expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { anchorsOf } from '../src/parse/page/anchors.ts'
import type { Page } from '../src/parse/page/page.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { letterSet, mayBeWithin } from '../src/text.ts'
import { rules } from '../src/validate/rules.ts'
import { shownAnchors } from '../src/validate/shared/anchors.ts'
import { linkFilter, PageMap, resolvePath, routeOf, targetOf } from '../src/validate/shared/links.ts'
import { nearMiss } from '../src/validate/shared/near-miss.ts'
import { analyseText, analyseTexts, placesOf } from './support/analysis.ts'
import { byPlace, type Expected, expectedFindings, listFixtures } from './support/fixtures.ts'

const anchorsIn = (text: string) => {
  const { reading } = analyseText(text)
  return [...anchorsOf(reading.pages[0] as (typeof reading.pages)[number]).keys()]
}

describe('paths of links', () => {
  it.each([
    ['docs/a', './b.mdx', 'docs/a/b.mdx'],
    ['docs/a', '../b.mdx', 'docs/b.mdx'],
    ['docs/a', '../../../b.mdx', null],
    ['', 'b.mdx', 'b.mdx'],
    ['', '../b.mdx', null],
    ['docs', './/x/./y/../b.mdx', 'docs/x/b.mdx'],
    ['../shared/docs', '../b.mdx', '../shared/b.mdx'],
    ['../shared', '../../b.mdx', null],
    ['../..', 'b.mdx', '../../b.mdx'],
  ])('from `%s`, `%s` is %s', (folder, path, expected) => {
    expect(resolvePath(folder, path)).toBe(expected)
  })

  it.each([
    ['docs/roles.mdx', 'docs/roles'],
    ['docs/roles/index.md', 'docs/roles'],
    ['docs/roles/roles.md', 'docs/roles'],
    ['docs/roles/README.md', 'docs/roles'],
    ['index.mdx', ''],
  ])('the route of `%s` is `%s`', (path, route) => {
    expect(routeOf(path)).toBe(route)
  })

  it.each([
    ['#top', { path: '', anchor: 'top' }],
    ['a.mdx', { path: 'a.mdx', anchor: null }],
    ['a.mdx?x=1#b', { path: 'a.mdx', anchor: 'b' }],
    ['a%20b.mdx#caf%C3%A9', { path: 'a b.mdx', anchor: 'café' }],
    ['a.mdx#100%', { path: 'a.mdx', anchor: '100%' }],
    ['https://example.com/#a', null],
    ['mailto:a@b.c', null],
    ['//example.com/a', null],
    ['{props.link}#a', null],
    ['#', null],
    ['', null],
  ])('`%s` leads to %o', (written, expected) => {
    expect(targetOf(written)).toEqual(expected)
  })

  it('the quick look at a link passes over none that leads to an anchor of the pages it knows', () => {
    const part = fc.constantFrom('a', 'b', 'c.v2', 'index', 'README', '.', '..', '')
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
    const paths = fc.uniqueArray(fc.tuple(path, fc.constantFrom('.mdx', '.md', '.MD')).map((parts) => parts.join('')))
    const link = fc
      .tuple(fc.constantFrom('', '/', './', '../', ' '), path, fc.constantFrom('', '/', '.mdx', '.md', '?x/y', '%2e'))
      .map((parts) => `${parts.join('')}#anchor`)
    let led = 0
    fc.assert(
      fc.property(paths, link, fc.nat(), (files, written, chosen) => {
        const pages = files.map((file) => ({ file: { path: file } }) as Page)
        const target = targetOf(written)
        const from = pages[chosen % Math.max(pages.length, 1)]
        if (!target || !from) return
        const found = new PageMap(pages).resolve(from, target)
        if (found.length > 0) led++
        // Known are the pages that it leads to: with others beside them, it may only be let through more often.
        if (found.length > 0) expect(linkFilter(found)(written, found.includes(from))).toBe(true)
      }),
      { numRuns: 3000 },
    )
    expect(led).toBeGreaterThan(100)
  })
})

describe('anchors of headings', () => {
  it.each([
    ['words', '## Cluster Admin', ['cluster-admin']],
    ['an ampersand', '## Roles & Groups', ['roles--groups']],
    ['an entity', '## Roles &amp; Groups', ['roles--groups']],
    ['inline code', '## The `spectro_vm` role', ['the-spectro_vm-role']],
    ['a colon at the end', '### Default Roles:', ['default-roles']],
    ['a link', '## [Roles](./x.mdx) now', ['roles-now']],
    ['emphasis', '## **Roles** _now_', ['roles-now']],
    ['other scripts', '## Größe 役割', ['größe-役割']],
    ['two spaces', '## Roles  now', ['roles-now', 'roles--now']],
    ['an emoji in front', '## 🚀 Roles', ['-roles']],
    ['a badge', '## Roles <Badge text="new" />', ['roles-new', 'roles-', 'roles']],
    ['an underlined heading', 'Cluster Admin\n-------------', ['cluster-admin']],
    ['a heading in a list item', '1. First\n\n   ## Roles\n', ['roles']],
    ['a heading in a quote', '> ## Roles\n', ['roles']],
  ])('%s', (_name, text, expected) => {
    expect(anchorsIn(`${text}\n`)).toEqual(expect.arrayContaining(expected))
  })

  it('the second of two equal headings is numbered', () => {
    expect(anchorsIn('## Roles\n\n### Roles\n\n## Roles\n')).toEqual(['roles', 'roles-1', 'roles-roles', 'roles-2'])
  })

  it('an id of its own counts, in both notations', () => {
    expect(anchorsIn('## Roles [who]\n\n### Of docks [of-docks]\n')).toEqual(
      expect.arrayContaining(['who', 'of-docks']),
    )
    expect(anchorsIn('# Docks\n\n## Who may\n\n### In all docks\n')).toContain('who-may-in-all-docks')
    expect(anchorsIn('## Roles {#who}\n\n## Groups {/* #groups-of */}\n')).toEqual(
      expect.arrayContaining(['who', 'groups-of']),
    )
  })

  it('ids of tags and names of anchors count, names of components do not', () => {
    const anchors = anchorsIn(
      '<div id="a">\n\ntext <a name="b" /> <Icon name="c" />\n\n</div>\n\n<TabItem label="Roles">\n\ntext\n\n</TabItem>\n',
    )
    expect(anchors.sort()).toEqual(['a', 'b'])
  })

  it('headings of an included partial are the page’s, and of a partial that is missing nothing is known', () => {
    const page = '## Here\n\n<PartialsComponent category="a" name="b" />\n'
    const partial = '---\npartial_category: a\npartial_name: b\n---\n\n## There\n'
    const shown = (texts: Record<string, string>) => {
      const { reading } = analyseTexts(texts)
      const [first] = reading.pages.filter(({ file }) => file.path === 'page.mdx')
      const anchors = shownAnchors(first as NonNullable<typeof first>, reading.partials)
      return anchors && [...anchors.keys()]
    }
    expect(shown({ 'page.mdx': page, 'partial.mdx': partial })).toEqual(['here', 'there'])
    expect(shown({ 'page.mdx': page })).toBeNull()
    expect(shown({ 'page.mdx': `import X from './_x.mdx'\n\n${page}`, 'partial.mdx': partial })).toBeNull()
  })
})

describe('slips of a word', () => {
  const words = ['clone', 'create', 'delete', 'get', 'list', 'publish', 'update']
  it.each([
    ['delte', 'delete'],
    ['udpate', 'update'],
    ['lits', 'list'],
    ['gte', 'get'],
    ['publsih', 'publish'],
    ['creates', 'create'],
    ['git', null],
    ['set', null],
    ['post', null],
    ['recreate', null],
    ['undelete', null],
    ['upgrade', null],
    ['Delete', null],
  ])('%s is one of %s', (word, meant) => {
    expect(nearMiss(word, words)).toBe(meant)
  })

  it('texts whose sets of letters differ too much are never as near as that', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', 'é', '-', '1'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, fc.nat({ max: 4 }), (a, b, edits) => {
        if (!mayBeWithin(edits, letterSet(a), letterSet(b))) expect(distance(a, b)).toBeGreaterThan(edits)
      }),
    )
    expect(mayBeWithin(1, letterSet('cluster'), letterSet('node'))).toBe(false)
  })
})

describe('fixes', () => {
  const catalogue =
    '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Dock | `airDock` | ✅ |\n'

  it('a key is corrected in every place of the page that writes it, and in no sentence', () => {
    const page = '## Mate\n\nThe airdock is `airdock`.\n\n- airdock.get\n- `airdock.list`, airdock.create\n'
    const { diagnostics } = analyseTexts({ 'a.mdx': catalogue, 'page.mdx': page })
    const [finding] = diagnostics.filter(({ ruleId }) => ruleId === 'key-casing')
    expect(finding?.fix?.edits.map(({ line, column, endColumn, text }) => [line, column, endColumn, text])).toEqual([
      [5, 3, 10, 'airDock'],
      [6, 4, 11, 'airDock'],
      [6, 19, 26, 'airDock'],
    ])
  })

  it('there is none where three blocks agree against the catalogue', () => {
    const page = ['Mate', 'Cook', 'Pilot'].map((name) => `## ${name}\n\n- airdock.get\n`).join('\n')
    const { diagnostics } = analyseTexts({ 'a.mdx': catalogue, 'page.mdx': page })
    expect(placesOf(diagnostics, 'key-casing')).toEqual(['3:3'])
    expect(diagnostics.find(({ ruleId }) => ruleId === 'key-casing')?.fix).toBeNull()
  })

  it('a permission in a sentence is corrected where only its case is wrong', () => {
    const page = 'You need `airdock.Get`, `airdock.get` and `airDock.gett`.\n\n## Mate\n\n- airDock.get\n'
    const { diagnostics } = analyseTexts({ 'page.mdx': page })
    const found = diagnostics.filter(({ ruleId }) => ruleId === 'unknown-permission-in-prose')
    expect(found.map(({ fix }) => fix?.edits.map(({ column, endColumn, text }) => [column, endColumn, text]))).toEqual([
      [[26, 37, 'airDock.get']],
    ])
  })
})

describe('rules about the catalogue and prose', () => {
  const fixtures = listFixtures().filter(({ id }) => id.startsWith('rules-catalogue/'))
  const mine = new Set(
    rules.filter(({ category }) => category === 'catalogue' || category === 'prose').map(({ id }) => id),
  )

  it('have sets with defects and sets without', () => {
    const counts = fixtures.map(({ files }) => files.flatMap(expectedFindings).length)
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(1)
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(0)
  })

  it.each(fixtures.map((fixture) => [fixture.id, fixture] as const))(
    'find in %s what it says and nothing else',
    (_id, { files }) => {
      const { diagnostics } = analyse(files, resolveSettings(), 'latest')
      const found = diagnostics
        .filter(({ ruleId }) => mine.has(ruleId))
        .map(({ path, line, ruleId, column }): Expected => ({ path, line, ruleId, column }))
      const expected = files.flatMap(expectedFindings).filter(({ ruleId }) => mine.has(ruleId))
      expect(found.sort(byPlace)).toEqual(expected.sort(byPlace))
    },
  )
})
