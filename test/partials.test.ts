/** Partials: how they are found, what they are given, where they are shown, and what is said of them. */
import { afterEach, describe, expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { renderPages } from '../src/export/pages/render.ts'
import { readFrontMatter } from '../src/parse/markdown/front-matter.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseText, analyseTexts, brief, permissionsByRole, sourceFile } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'

const PARTIAL = '---\npartial_category: roles\npartial_name: docks\n---\n\n- dock.get\n'

function include(rest: string, category = 'roles', name = 'docks'): string {
  return `<PartialsComponent category="${category}" name="${name}" ${rest}/>`
}

function partial(name: string, body: string, category = 'roles'): string {
  return `---\npartial_category: ${category}\npartial_name: ${name}\n---\n\n${body}\n`
}

function ruleIds(files: Record<string, string>): string[] {
  return analyseTexts(files).diagnostics.map((d) => `${d.path}:${d.line} ${d.ruleId}`)
}

describe('front matter', () => {
  const values = (text: string) => Object.fromEntries(readFrontMatter(text).values)

  it.each([
    ['a folded value', '---\npartial_name: >-\n  docks and\n  piers\n---\n', 'docks and piers'],
    ['a value on the next line', '---\npartial_name:\n  docks\n---\n', 'docks'],
    ['a value that goes on', '---\npartial_name: docks\n  and piers\n---\n', 'docks and piers'],
    ['quotes over two lines', '---\npartial_name: "docks\n  and piers"\n---\n', 'docks and piers'],
    ['CRLF', '---\r\npartial_name: docks\r\n---\r\n', 'docks'],
    ['CR', '---\rpartial_name: docks\r---\r', 'docks'],
    ['a byte order mark', '\uFEFF---\npartial_name: docks\n---\n', 'docks'],
    ['a tab after the colon', '---\npartial_name:\tdocks\n---\n', 'docks'],
    ['a tab before the key', '---\npartial_category: x\n\tpartial_name: docks\n---\n', 'docks'],
    ['spaces after the closing line', '---\npartial_name: docks\n---  \n', 'docks'],
    ['a number as it is written', '---\npartial_name: 1.10\n---\n', '1.10'],
    ['a comment', '---\npartial_name: docks # all of them\n---\n', 'docks'],
    ['a quoted key', '---\n"partial_name": docks\n---\n', 'docks'],
    ['broken YAML above', '---\ntitle: a: b: c\npartial_name: docks\n---\n', 'docks'],
    ['an unclosed quote above', '---\ntitle: "Docks\npartial_name: docks\n---\n', 'docks'],
    ['an unclosed bracket above', '---\ntags: [a, b\npartial_name: "docks"\n---\n', 'docks'],
    ['a tab that breaks the YAML above', '---\ntags:\n\t- a\npartial_name: docks\n---\n', 'docks'],
    ['the key twice', '---\npartial_name: piers\npartial_name: docks\n---\n', 'docks'],
  ])('%s', (_name, text, expected) => {
    expect(values(text).partial_name).toBe(expected)
  })

  it('reads the title of broken YAML from its own line', () => {
    expect(values('---\ntitle: "Docks\npartial_name: docks\n---\n').title).toBe('Docks')
  })

  it('keeps keys of nested maps and block scalars out', () => {
    expect(values('---\nsidebar:\n  partial_name: docks\ntext: |\n  title: x\n---\n')).toEqual({ text: 'title: x\n' })
  })

  it('reports a key that stands twice, at the second', () => {
    const { diagnostics } = analyseText('---\ntitle: A\ntitle: B\n---\n\nText.\n')
    expect(brief(diagnostics)).toEqual(['front-matter 3:1'])
    expect(diagnostics[0]?.message).toContain('The key `title` stands twice')
  })

  it('of any size comes to an end', () => {
    const before = performance.now()
    readFrontMatter(`---\n${'\t'.repeat(30_000)}${' '.repeat(30_000)}\n---\n`)
    readFrontMatter(`---\n${'a: "\n'.repeat(5_000)}---\n`)
    expect(performance.now() - before).toBeLessThan(4_000)
  })
})

describe('a partial is found', () => {
  it('by its front matter, whatever its file is called', () => {
    for (const path of ['_docks.mdx', 'deep/down/x.md', 'docs/page.mdx', '__proto__.mdx']) {
      const { model, diagnostics } = analyseTexts({ 'a.mdx': `## Harbour Admin\n\n${include('')}\n`, [path]: PARTIAL })
      expect(permissionsByRole(model.dataset)).toEqual({ 'Harbour Admin': ['dock.get'] })
      expect(diagnostics).toEqual([])
    }
  })

  it('to the letter: a name that differs in case is missing, and suggested', () => {
    const { diagnostics } = analyseTexts({
      'a.mdx': `${include('', 'Roles', 'docks')}\n`,
      '_a.mdx': partial('rocks', 'Rocks.'),
      '_docks.mdx': PARTIAL,
    })
    const missing = diagnostics.find((d) => d.ruleId === 'missing-partial')
    expect(missing?.message).toBe(
      'There is no partial `Roles/docks`. Did you mean `roles/docks` (names are compared to the letter)?',
    )
  })

  it('by category and name apart: a slash in one does not make the other', () => {
    const { diagnostics } = analyseTexts({
      'a.mdx': `${include('', 'a', 'b/c')}\n`,
      '_x.mdx': partial('c', 'Text.', 'a/b'),
    })
    expect(diagnostics.map((d) => d.ruleId)).toContain('missing-partial')
  })

  it.each([
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'a\nb',
    'a\u0007b',
    '\u202Eb',
    'x'.repeat(3_000),
    '%2e%2e%2f',
    '{props.x}',
  ])('or not, and then %j is a finding and nothing else', (name) => {
    const { diagnostics, model } = analyseTexts({ 'a.mdx': `${include('', name, name)}\n`, '_docks.mdx': PARTIAL })
    const found = diagnostics.filter((d) => d.path === 'a.mdx')
    if (name === '{props.x}') expect(found).toEqual([])
    else {
      expect(found.map((d) => d.ruleId)).toEqual(['missing-partial'])
      expect(found[0]?.message).toMatch(/^[^\p{Cc}]{1,600}$/u)
    }
    expect(model.dataset.policies).toEqual([])
  })

  it('under a name such as __proto__ or one with spaces', () => {
    for (const name of ['__proto__', 'constructor', 'all docks', 'Über-docks', '../docks']) {
      const { model, diagnostics } = analyseTexts({
        'a.mdx': `## Harbour Admin\n\n${include('', name, name)}\n`,
        '_x.mdx': partial(`"${name}"`, '- dock.get', `"${name}"`),
      })
      expect(diagnostics).toEqual([])
      expect(permissionsByRole(model.dataset)).toEqual({ 'Harbour Admin': ['dock.get'] })
    }
  })
})

describe('props', () => {
  const EDITIONS = partial('docks', '## {props.edition} Admin\n\n- dock.get\n- {props.key}.list')

  it('are filled into names and bullets, once for each set of them, with the place of the partial', () => {
    const { model, diagnostics } = analyseTexts({
      'a.mdx': `${include('edition="Harbour" key="dock"')}\n\n${include('edition="River" key="pier"')}\n\n${include('edition="Harbour" key="dock"')}\n`,
      '_docks.mdx': EDITIONS,
    })
    expect(permissionsByRole(model.dataset)).toEqual({
      'Harbour Admin': ['dock.get', 'dock.list'],
      'River Admin': ['dock.get', 'pier.list'],
    })
    expect(diagnostics).toEqual([])
    const [harbour, river] = model.dataset.roles
    expect(harbour?.grants[0]?.source).toEqual({
      path: '_docks.mdx',
      line: 8,
      column: 3,
      via: [{ path: 'a.mdx', line: 1, column: 1 }],
    })
    expect(river?.source.via).toEqual([{ path: 'a.mdx', line: 3, column: 1 }])
  })

  it('that the partial does not ask for make no second reading', () => {
    const { reading } = analyseTexts({
      'a.mdx': `${include('size="1"')}\n\n${include('size="2"')}\n`,
      '_d.mdx': PARTIAL,
    })
    expect(reading.blocks).toHaveLength(1)
  })

  it.each([
    ['braces and quotes', 'edition={"Harbour"}'],
    ['single quotes', "edition={'Harbour'}"],
    ['a template', 'edition={`Harbour`}'],
  ])('may be written in %s', (_name, written) => {
    const { model } = analyseTexts({
      'a.mdx': `${include(`${written} key="dock"`)}\n`,
      '_docks.mdx': EDITIONS,
    })
    expect(Object.keys(permissionsByRole(model.dataset))).toEqual(['Harbour Admin'])
  })

  it('stand in tables of Markdown and of tags, in tabs, and in titles', () => {
    const table = '| | Get | {props.op} |\n| --- | --- | --- |\n| {props.key} | √ | {props.mark} |'
    const tags =
      '<table><tr><th></th><th>Get</th><th>List</th></tr><tr><td>{props.key}</td><td>√</td><td>{props.mark}</td></tr></table>'
    const body = `<Tabs>\n<TabItem label={props.edition}>\n\n${table}\n\n</TabItem>\n<TabItem label={\`\${props.edition} Tags\`}>\n\n${tags}\n\n</TabItem>\n</Tabs>`
    const { model } = analyseTexts({
      'a.mdx': `${include('edition="Mate" key="dock" op="List" mark="√"')}\n`,
      '_docks.mdx': partial('docks', body),
    })
    expect(permissionsByRole(model.dataset)).toEqual({
      Mate: ['dock.get', 'dock.list'],
      'Mate Tags': ['dock.get', 'dock.list'],
    })
  })

  it('are handed on to a partial in the partial', () => {
    const { model, diagnostics } = analyseTexts({
      'a.mdx': `${include('edition="Harbour"', 'roles', 'outer')}\n\n${include('edition="River"', 'roles', 'outer')}\n`,
      '_outer.mdx': partial('outer', `${include('edition={props.edition}', 'roles', 'inner')}`),
      '_inner.mdx': partial('inner', '## {props.edition} Admin\n\n- dock.get'),
    })
    expect(Object.keys(permissionsByRole(model.dataset))).toEqual(['Harbour Admin', 'River Admin'])
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles[1]?.grants[0]?.source.via).toEqual([
      { path: 'a.mdx', line: 3, column: 1 },
      { path: '_outer.mdx', line: 6, column: 1 },
    ])
  })

  it('are handed on all together by a spread, and may choose the partial', () => {
    const { model, diagnostics } = analyseTexts({
      'a.mdx': `${include('edition="Harbour" which="inner"', 'roles', 'outer')}\n`,
      '_outer.mdx': partial('outer', '<PartialsComponent category="roles" name={props.which} {...props} />'),
      '_inner.mdx': partial('inner', '## {props.edition} Admin\n\n- dock.get'),
    })
    expect(permissionsByRole(model.dataset)).toEqual({ 'Harbour Admin': ['dock.get'] })
    expect(diagnostics).toEqual([])
  })

  it('that are not given stay as they are written, with a finding at the inclusion', () => {
    const { model, diagnostics } = analyseTexts({
      'a.mdx': `${include('key="dock"')}\n\n${include('edition={current} key="pier"')}\n`,
      '_docks.mdx': EDITIONS,
    })
    expect(diagnostics.map((d) => `${d.line} ${d.ruleId} ${d.related.map((r) => `${r.path}:${r.line}`)}`)).toEqual([
      '1 partial-prop _docks.mdx:6',
      '3 partial-prop _docks.mdx:6',
    ])
    expect(model.dataset.permissions.map((permission) => permission.id)).toEqual(['dock.get', 'dock.list', 'pier.list'])
  })

  it('in an expression are reported where the partial holds facts, and nowhere else', () => {
    const text = '{props.edition === "a" ? "b" : "c"} text.'
    const page = `${include('edition="a"')}\n`
    expect(ruleIds({ 'a.mdx': page, '_d.mdx': partial('docks', text) })).toEqual([])
    expect(ruleIds({ 'a.mdx': page, '_d.mdx': partial('docks', `${text}\n\n## Mate\n\n- dock.get`) })).toEqual([
      '_d.mdx:6 partial-prop',
    ])
  })

  it('in code are text', () => {
    const body = '`{props.a}`\n\n```jsx\n{props.b}\n```\n\n## Mate\n\n- dock.get'
    expect(ruleIds({ 'a.mdx': `${include('')}\n`, '_d.mdx': partial('docks', body) })).toEqual([])
  })

  it('of a page that is no partial are nobody’s business', () => {
    expect(ruleIds({ 'a.mdx': '## {props.edition} Admin\n\n- dock.get\n' })).toEqual([])
  })

  it('make policies of their own where the texts differ, and none where they do not', () => {
    const body =
      '{props.a}\n\n### vSphere privileges {props.kind}\n\n| **Category** | **Privileges** |\n| --- | --- |\n| **{props.kind}** | Read |'
    const policies = (first: string, second: string) => {
      const { model } = analyseTexts({
        'a.mdx': `${include(first)}\n\n${include(second)}\n`,
        '_docks.mdx': partial('docks', body),
      })
      return model.dataset.policies.map(({ id, permissions, source }) => [id, ...permissions, source.via?.[0]?.line])
    }
    expect(policies('a="1" kind="Host"', 'a="2" kind="Host"')).toEqual([['docks', 'Host.Read', 1]])
    expect(policies('a="1" kind="Host"', 'a="1" kind="Net"')).toEqual([
      ['docks/1-host', 'Host.Read', 1],
      ['docks/1-net', 'Net.Read', 3],
    ])
  })

  it('in a role table of a partial make a table of each reading', () => {
    const body =
      '## {props.e} roles\n\n| Role Name | Description |\n| --- | --- |\n| {props.e} Admin | Runs {props.e}. |\n\n| | Get |\n| --- | --- |\n| dock | √ |'
    const { model, diagnostics } = analyseTexts({
      'a.mdx': `${include('e="Sea"')}\n\n${include('e="Lake"')}\n`,
      '_docks.mdx': partial('docks', body),
    })
    expect(
      model.dataset.roles.map(({ name, description, permissions }) => [name, description, ...permissions]),
    ).toEqual([
      ['Lake Admin', 'Runs Lake.', 'dock.get'],
      ['Sea Admin', 'Runs Sea.', 'dock.get'],
    ])
    expect(diagnostics).toEqual([])
  })

  it('a finding in a partial is said once, though it is read twice', () => {
    const { diagnostics } = analyseTexts({
      'a.mdx': `${include('e="Sea"')}\n\n${include('e="Lake"')}\n`,
      '_docks.mdx': partial('docks', '## {props.e} Admin\n\n| | Create | Get |\n| --- | --- | --- |\n| dock | ? | √ |'),
    })
    expect(brief(diagnostics)).toEqual(['unknown-mark 10:10'])
  })
})

describe('partials in partials', () => {
  it('have the whole chain as their place, outermost first', () => {
    const { model, diagnostics } = analyseTexts({
      'a.mdx': `## Harbour Admin\n\n${include('', 'roles', 'one')}\n`,
      '_1.mdx': partial('one', include('', 'roles', 'two')),
      '_2.mdx': partial('two', include('')),
      '_3.mdx': PARTIAL,
    })
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles[0]?.grants[0]?.source.via?.map(({ path }) => path)).toEqual([
      'a.mdx',
      '_1.mdx',
      '_2.mdx',
    ])
  })

  it('in a circle are reported once, at the inclusion that closes it, and their facts are read', () => {
    const files = {
      'a.mdx': `## Harbour Admin\n\n${include('', 'roles', 'one')}\n`,
      '_1.mdx': partial('one', `- dock.get\n\n${include('', 'roles', 'two')}`),
      '_2.mdx': partial('two', `- dock.list\n\n${include('', 'roles', 'one')}`),
    }
    const { model, diagnostics } = analyseTexts(files)
    expect(diagnostics.map((d) => `${d.path}:${d.line} ${d.ruleId}`)).toEqual(['_2.mdx:8 partial-cycle'])
    expect(diagnostics[0]?.message).toContain('`roles/one` → `roles/two` → `roles/one`')
    expect(permissionsByRole(model.dataset)).toEqual({ 'Harbour Admin': ['dock.get', 'dock.list'] })
    expect(renderPages(analyseTexts(files), resolveSettings(), '/')).toHaveLength(1)
  })

  it('that no page includes are reported in a circle too', () => {
    expect(
      ruleIds({
        'a.mdx': 'Text.\n',
        '_1.mdx': partial('one', include('', 'roles', 'one')),
      }),
    ).toEqual(['_1.mdx:3 unused-partial', '_1.mdx:6 partial-cycle'])
  })

  it('with props that grow in a circle come to an end', () => {
    const files = {
      'a.mdx': `${include('p="a"', 'roles', 'one')}\n`,
      '_1.mdx': partial('one', `{props.p}\n\n<PartialsComponent category="roles" name="two" p={\`\${props.p}a\`} />`),
      '_2.mdx': partial('two', `{props.p}\n\n<PartialsComponent category="roles" name="one" p={\`\${props.p}b\`} />`),
    }
    expect(ruleIds(files)).toEqual(['_2.mdx:8 partial-cycle'])
  })

  it('that include the next one twice each come to an end, and are shown', () => {
    const files: Record<string, string> = { 'a.mdx': `${include('', 'roles', 'p0')}\n` }
    for (let i = 0; i < 30; i++) {
      const next = [1, 2].map((p) => `<PartialsComponent category="roles" name="p${i + 1}" x={\`\${props.x}${p}\`} />`)
      files[`_${i}.mdx`] = partial(`p${i}`, next.join('\n\n'))
    }
    const analysis = analyseTexts(files)
    expect(analysis.diagnostics.length).toBeGreaterThan(0)
    expect(renderPages(analysis, resolveSettings(), '/')).toHaveLength(1)
  })

  it('in a chain of hundreds are all read', () => {
    const files: Record<string, string> = { 'a.mdx': `${include('', 'roles', 'p0')}\n` }
    for (let i = 0; i < 300; i++) {
      files[`_${i}.mdx`] = partial(`p${i}`, `## R${i} Admin\n\n- dock.get\n\n${include('', 'roles', `p${i + 1}`)}`)
    }
    expect(analyseTexts(files).model.dataset.roles).toHaveLength(300)
  })
})

describe('what is said of partials', () => {
  it('two with one name: the first by path counts, the other is reported', () => {
    const { diagnostics } = analyseTexts({ 'a.mdx': `${include('')}\n`, '_x.mdx': PARTIAL, '_b.mdx': PARTIAL })
    const [found] = diagnostics
    expect(diagnostics.map((d) => `${d.path}:${d.line} ${d.ruleId}`)).toEqual(['_x.mdx:3 duplicate-partial'])
    expect(found?.related).toEqual([{ path: '_b.mdx', line: 3, column: 1, note: 'this partial has the name' }])
  })

  it('one that nothing includes, only where everything was read', () => {
    const files = [sourceFile('a.mdx', 'Text.\n'), sourceFile('_d.mdx', PARTIAL)]
    const unused = (complete: boolean) =>
      analyse(files, resolveSettings(), 'latest', { complete }).diagnostics.map((d) => `${d.ruleId} ${d.severity}`)
    expect(unused(true)).toEqual(['unused-partial info'])
    expect(unused(false)).toEqual([])
  })

  it('one that a page imports is used', () => {
    expect(ruleIds({ 'a.mdx': "import Docks from './_d.mdx'\n\n<Docks />\n", '_d.mdx': PARTIAL })).toEqual([])
  })

  it('a finding in one names the pages that show it: five, then a number', () => {
    const files: Record<string, string> = {
      '_inner.mdx': partial('inner', '## Mate\n\n| | Create | Get |\n| --- | --- | --- |\n| dock | ? | √ |'),
      '_outer.mdx': partial('outer', include('', 'roles', 'inner')),
    }
    for (let i = 1; i <= 6; i++)
      files[`p${i}.mdx`] = `${include('', 'roles', 'inner')}\n\n${include('', 'roles', 'inner')}\n`
    files['p7.mdx'] = `Text.\n\n${include('', 'roles', 'outer')}\n`
    const [found] = analyseTexts(files).diagnostics
    expect(found?.related.map(({ path, line, note }) => `${path}:${line} ${note}`)).toEqual([
      'p1.mdx:1 included here',
      'p2.mdx:1 included here',
      'p3.mdx:1 included here',
      'p4.mdx:1 included here',
      'p5.mdx:1 included here',
      'p6.mdx:1 and 2 more',
    ])
    const fewer = analyseTexts({
      '_inner.mdx': files['_inner.mdx'] as string,
      '_outer.mdx': files['_outer.mdx'] as string,
      'p7.mdx': files['p7.mdx'] as string,
    })
    expect(fewer.diagnostics[0]?.related.map(({ note }) => note)).toEqual(['included here through `roles/outer`'])
  })
})

describe('inclusions in the middle of things', () => {
  const HTML = (files: Record<string, string>) => {
    const [page] = renderPages(analyseTexts(files), resolveSettings(), '/')
    return (page?.segments ?? []).map((s) => (s.kind === 'html' ? s.html : `[${s.kind}]`)).join('')
  }
  const LINE = partial('docks', 'All *docks* of {props.port}.')
  const BLOCK = partial('docks', 'First.\n\nSecond.')
  const shown = (mdx: string, text = LINE) => HTML({ 'a.mdx': mdx, '_d.mdx': text }).replace(/\n/g, '')
  const tag = include('port="Kiel"')

  it.each([
    ['a bullet', `- ${tag}\n- x\n`, '<ul><li><p>All <em>docks</em> of Kiel.</p></li><li>x</li></ul>'],
    ['a number', `1. ${tag}\n`, '<ol><li><p>All <em>docks</em> of Kiel.</p></li></ol>'],
    ['a quotation', `> ${tag}\n`, '<blockquote><p>All <em>docks</em> of Kiel.</p></blockquote>'],
    ['a sentence', `See: ${tag} So.\n`, '<p>See: All <em>docks</em> of Kiel.'],
    ['a heading', `## Of ${tag}\n`, 'Of All <em>docks</em> of Kiel.</h2>'],
    ['a cell', `| a |\n| --- |\n| ${tag} |\n`, '<td>All <em>docks</em> of Kiel.</td>'],
    [
      'a cell of tags',
      `<table>\n<tr><th>a</th></tr>\n<tr><td>${tag}</td></tr>\n</table>\n`,
      '<td><p>All <em>docks</em> of Kiel.</p></td>',
    ],
    [
      'a bullet, over lines',
      `- <PartialsComponent\n    category="roles"\n    name="docks"\n    port="Kiel"\n  />\n`,
      '<li><p>All <em>docks</em> of Kiel.</p></li>',
    ],
    [
      'a tag with a closing tag',
      `<PartialsComponent category="roles" name="docks" port="Kiel"></PartialsComponent>\n`,
      '<p>All <em>docks</em> of Kiel.</p>',
    ],
  ])('in %s: shown in its place, and used', (_name, mdx, html) => {
    expect(shown(mdx)).toContain(html)
    expect(shown(mdx)).not.toContain('roles')
    expect(ruleIds({ 'a.mdx': mdx, '_d.mdx': LINE })).toEqual([])
    expect(ruleIds({ 'a.mdx': mdx })).toEqual([
      `a.mdx:${mdx.slice(0, mdx.indexOf('<Partials')).split('\n').length} missing-partial`,
    ])
  })

  it('of more than a line part the sentence, and follow a heading', () => {
    expect(shown(`See ${tag} so.\n`, BLOCK)).toMatch(/^<p>See\s*<\/p><p>First.<\/p><p>Second.<\/p><p>\s*so.<\/p>$/)
    expect(shown(`## Of ${tag}\n`, BLOCK)).toMatch(/Of\s*<\/h2><p>First.<\/p><p>Second.<\/p>$/)
    expect(shown(`- ${tag}\n`, BLOCK)).toBe('<ul><li><p>First.</p><p>Second.</p></li></ul>')
  })

  it('that are never closed leave the rest of the page where it is', () => {
    expect(shown('<PartialsComponent category="roles" name="docks" port="Kiel">\n\nRest.\n')).toContain('<p>Rest.</p>')
  })

  it('show icons, breaks and props beside them', () => {
    const html = shown(`| a |\n| --- |\n| <Icon name="tick" /> b<br />c ${tag} d <Icon name="cross" /> |\n`)
    expect(html).toMatch(/<td>tick\s+b<br>c\s+All <em>docks<\/em> of Kiel.\s+d\s+cross\s*<\/td>/)
  })

  it('as a bullet of a list of permissions are no permission, and their own are read', () => {
    const files = {
      'a.mdx': `## Harbour Admin\n\n- pier.get\n- ${include('')}\n- pier.list\n`,
      '_d.mdx': PARTIAL,
    }
    const { model, diagnostics } = analyseTexts(files)
    expect(diagnostics).toEqual([])
    expect(permissionsByRole(model.dataset)).toEqual({ 'Harbour Admin': ['dock.get', 'pier.get', 'pier.list'] })
    expect(HTML(files)).toContain('[role]')
  })

  it('show each reading of a partial with its own props', () => {
    const files = {
      'a.mdx': `${include('e="Sea"')}\n\n${include('e="Lake"')}\n`,
      '_d.mdx': partial('docks', '## {props.e} Admin\n\nFor the {props.e}.\n\n- dock.get'),
    }
    const [page] = renderPages(analyseTexts(files), resolveSettings(), '/')
    expect(page?.headings.map(({ text }) => text)).toEqual(['Sea Admin', 'Lake Admin'])
    expect(page?.segments.map((s) => (s.kind === 'role' ? s.id : s.kind))).toEqual([
      'html',
      'unscoped/sea-admin',
      'html',
      'unscoped/lake-admin',
    ])
    expect(HTML(files)).toContain('For the Lake.')
  })
})

describe('versions', () => {
  let there: Workspace | undefined
  afterEach(() => there?.remove())

  const config = (partials = {}) =>
    JSON.stringify({
      name: 'harbour',
      versions: [
        { id: 'new', root: 'docs/new' },
        { id: 'old', root: 'docs/old' },
      ],
      partials,
    })
  const PAGE = `## Harbour Admin\n\n${include('')}\n`

  async function check(files: Record<string, string>, ...args: string[]): Promise<string[]> {
    there = new Workspace(files)
    const { out } = await there.run('check', ...args, '--format', 'json')
    const { diagnostics } = JSON.parse(out)
    return diagnostics.map((d: { path: string; line: number; ruleId: string }) => `${d.path}:${d.line} ${d.ruleId}`)
  }

  it('find what they lack in the current one', async () => {
    const files = {
      'rolebook.config.json': config(),
      'docs/new/_d.mdx': PARTIAL.replace('- dock.get', `- dock.get\n\n${include('', 'roles', 'more')}`),
      'docs/new/_more.mdx': partial('more', '- dock.list'),
      'docs/new/p.mdx': 'Text.\n',
      'docs/old/_more.mdx': partial('more', '- dock.create'),
      'docs/old/p.mdx': PAGE,
    }
    expect(await check(files)).toEqual([])
    const old = async (...roots: string[]) => {
      const { out } = await (there as Workspace).run('extract', ...roots, '--docs-version', 'old')
      const dataset = JSON.parse(out)
      return [permissionsByRole(dataset), dataset.sources.map((source: { path: string }) => source.path)]
    }
    // The partial's own partial is that of the version that is read.
    const expected = [
      { 'Harbour Admin': ['dock.create', 'dock.get'] },
      ['docs/new/_d.mdx', 'docs/old/_more.mdx', 'docs/old/p.mdx'],
    ]
    expect(await old()).toEqual(expected)
    expect(await old('docs/old')).toEqual(expected)
    expect(await old('docs/old/p.mdx')).toEqual(expected)
  })

  it('prefer their own, and do without where the config says so', async () => {
    const files = { 'docs/new/_d.mdx': PARTIAL, 'docs/new/p.mdx': PAGE, 'docs/old/p.mdx': PAGE }
    expect(await check({ ...files, 'rolebook.config.json': config({ fallback: false }) })).toEqual([
      'docs/old/p.mdx:3 missing-partial',
    ])
  })

  it('may have partials of one name each, but not two', async () => {
    const files = {
      'rolebook.config.json': config(),
      'docs/new/_d.mdx': PARTIAL,
      'docs/new/p.mdx': PAGE,
      'docs/old/_d.mdx': PARTIAL,
      'docs/old/_e.mdx': PARTIAL,
      'docs/old/p.mdx': PAGE,
    }
    expect(await check(files)).toEqual(['docs/old/_e.mdx:3 duplicate-partial'])
  })

  it('say once what is wrong in a partial that they share', async () => {
    const files = {
      'rolebook.config.json': config(),
      'docs/new/_d.mdx': partial('docks', '## Mate\n\n| | Create | Get |\n| --- | --- | --- |\n| dock | ? | √ |'),
      'docs/new/p.mdx': PAGE,
      'docs/old/p.mdx': PAGE,
    }
    expect(await check(files)).toEqual(['docs/new/_d.mdx:10 unknown-mark'])
    expect(await check(files, 'docs/old')).toEqual(['docs/new/_d.mdx:10 unknown-mark'])
  })

  it('leave a partial unreported that a version uses which was not read', async () => {
    const files = {
      'rolebook.config.json': config(),
      'docs/new/_d.mdx': PARTIAL,
      'docs/new/p.mdx': 'Text.\n',
      'docs/old/p.mdx': 'Text.\n',
    }
    expect(await check(files)).toEqual(['docs/new/_d.mdx:3 unused-partial'])
    expect(await check(files, 'docs/new')).toEqual([])
    expect(await check(files, 'docs/new/_d.mdx')).toEqual([])
  })

  it('without a config, a folder is everything and a file is not', async () => {
    const files = { 'docs/p.mdx': 'Text.\n', 'docs/_d.mdx': PARTIAL }
    expect(await check(files, 'docs')).toEqual(['docs/_d.mdx:3 unused-partial'])
    expect(await check(files, 'docs/_d.mdx', 'docs/p.mdx')).toEqual([])
  })
})
