/**
 * Input that means harm costs a bounded amount, and says so. What is held elsewhere:
 *
 * | what                                              | where                                            |
 * | ------------------------------------------------- | ------------------------------------------------ |
 * | any text, any characters, torn pages              | properties.test.ts, `any text`; damage.test.ts   |
 * | HTML and script in every field of the site        | e2e/hostile.test.ts                              |
 * | formulas in the cells of CSV and spreadsheets     | export-tables.test.ts, policy-views.test.ts      |
 * | control characters in reports and answers         | report, questions, diff-command, reconcile tests |
 * | `__proto__` as a name in answers and documents    | mcp, api, policies tests                         |
 * | partials that include themselves, many sets of props | partials.test.ts                              |
 * | regular expressions, each by what it is made of  | linear-expressions.test.ts                       |
 * | writes: a full disk, a closed pipe, a killed build | robust-writes.test.ts                           |
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyPatch } from 'diff'
import { afterEach, describe, expect, it } from 'vitest'
import type { Diagnostic } from '../src/diagnostic.ts'
import { readAtMost } from '../src/files/sources.ts'
import { patchOf } from '../src/fix/patch.ts'
import { readGrid } from '../src/parse/blocks/cells.ts'
import { excessIn } from '../src/parse/markdown/limits.ts'
import { hasTooManyQuotes } from '../src/parse/markdown/quotes.ts'
import type { Block } from '../src/parse/page/page.ts'
import { scanPage } from '../src/parse/scan/scan.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { LIMITS } from '../src/settings/limits.ts'
import { analyseText, analyseTexts, permissionsByRole } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { ROOT } from './support/shared.ts'

/** What holds a hang: no page here takes more than some seconds. */
const HANG = 60_000
const ROLE = '## Cluster Viewer\n\n'
const KEY = '- cluster.get\n'
const GOOD = `${ROLE}${KEY}`
const TABLE = '|  | Get |\n| --- | --- |\n| cluster | √ |\n'
const AWS = '```json\n{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}\n```'
const GOOD_ROLE = { 'Cluster Viewer': ['cluster.get'] }

const settings = resolveSettings()
const times = (text: string, count: number): string => text.repeat(count)
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('')

let workspace: Workspace
afterEach(() => workspace?.remove())

/** Runs the command line in a process of its own with so much memory for its objects, in MB. */
function child(memory: number, ...argv: string[]) {
  const script = join(ROOT, 'scripts', 'rolebook.ts')
  return spawnSync(process.execPath, [`--max-old-space-size=${memory}`, script, ...argv], {
    cwd: workspace.folder,
    encoding: 'utf8',
    timeout: HANG,
  })
}

/** The limits that a text passes, and whether the scan lets it be parsed so that it is said. */
function passed(text: string): string[] {
  const { diagnostics } = analyseText(text)
  const found = diagnostics.filter(({ ruleId }) => ruleId === 'input-limit')
  if (found.length > 0) expect(scanPage(text, settings)).toBeNull()
  return found.map(
    ({ line, column, message }) => `${line}:${column} ${/`limits\.(\w+)`/.exec(message)?.[1] ?? 'quotes'}`,
  )
}

describe('a limit', () => {
  it(
    'of a file of 50 MB is a finding; its bytes are not read, and the other pages are checked',
    () => {
      workspace = new Workspace({ 'good.mdx': GOOD })
      writeFileSync(join(workspace.folder, 'large.md'), Buffer.alloc(50_000_000, 'words here\n'))
      const { status, stdout, stderr } = child(48, 'check', '--format', 'json', '--no-cache')
      expect([stderr, status]).toEqual(['', 1])
      expect(stdout).toContain(
        'This file has 50,000,000 bytes, more than the 20,000,000 that `limits.fileBytes` allows',
      )
      const extracted = child(48, 'extract')
      expect(JSON.parse(extracted.stdout).roles.map(({ name }: { name: string }) => name)).toEqual(['Cluster Viewer'])
      expect(readAtMost(join(workspace.folder, 'large.md'), LIMITS.fileBytes)).toEqual({ size: 50_000_000 })
    },
    HANG,
  )

  it(
    'of a line of 10 MB is a finding, in prose and in a fence',
    () => {
      expect(passed(`${ROLE}${times('word ', 2_000_000)}\n\n${KEY}`)).toEqual(['3:1 lineLength'])
      expect(passed(`${GOOD}\n\`\`\`text\n${times('word ', 2_000_000)}\n\`\`\`\n`)).toEqual(['6:1 lineLength'])
    },
    HANG,
  )

  it.each([
    ['quotes', '>'],
    ['quotes with spaces', '> '],
    ['lists', '- '],
    ['numbered lists', '1. '],
    ['all of them', '+ 1) > '],
  ])(
    'of 100,000 %s inside of each other is a finding, and no parser is given them',
    (_what, mark) => {
      expect(passed(`${ROLE}${times(mark, 100_000)}x\n\n${KEY}`)).toEqual(['3:1 nesting'])
    },
    HANG,
  )

  it.each(['_a', 'a_', '*a', '~a', '[a', '_a\n', '_a|'])(
    'of 100,000 times %j in a paragraph is a finding',
    (unit) => {
      expect(passed(`${ROLE}${times(unit, 100_000)}\n\n${KEY}`)).toHaveLength(1)
    },
    HANG,
  )

  describe('of quotes', () => {
    /** A line that the fast parser reads otherwise than the reference. */
    const ODD = '*\n\n'
    const texts: [what: string, text: string][] = [
      ['3,001 quotes', times('> a\n\n', 3001)],
      ['100,000 quotes with text between', times('> a\n\nx\n\n', 100_000)],
      ['100,000 quotes in items', times('- > a\n', 100_000)],
      ['100,000 items in quotes', times('> - a\n\n', 100_000)],
      ['100,000 quotes that each go on', times('> a\nb\n\n', 100_000)],
      ['a quote that goes on for 400,000 lines', `> ${times('x\n', 400_000)}`],
      ['an item that does', `- ${times('x\n', 400_000)}`],
      ['an item in an item that does, in the outer one', `- - ${times('  x\n', 400_000)}`],
      ['a quote in a quote that does, in the outer one', `> > ${times('> x\n', 400_000)}`],
      ['ninety quotes that do', `${times('> ', 90)}${times('x\n', 400_000)}`],
    ]

    it.each(texts)(
      'and what goes on with them: %s are a finding where only the reference parser reads the page',
      (_what, text) => {
        expect(passed(`${GOOD}\n${ODD}${text}`)).toEqual(['1:1 quotes'])
        expect(permissionsByRole(analyseText(`${GOOD}\n## Notes\n\n${text}`).model.dataset)).toEqual(GOOD_ROLE)
        expect(analyseText(text, { rules: { 'mdx-syntax': 'error' } }).diagnostics.length).toBeLessThan(3)
      },
      HANG,
    )

    it('is not passed by as many as a page may have', () => {
      const long = (prefix: string) => `${prefix}x\n${times(`${prefix}y\n`, 10_000)}`
      const good = [times('> a\n\n', 3000), long('> '), `- ${times('  x\n', 10_000).slice(2)}`, times('- a\nb\n', 5000)]
      expect(good.map((text) => hasTooManyQuotes(text))).toEqual(good.map(() => false))
      expect(passed(`${GOOD}\n${ODD}${times('> a\n\n', 3000)}`)).toEqual([])
    })
  })

  it('is the one that the config gives', () => {
    const three = `${ROLE}> > > deep\n\n${KEY}`
    const of = (nesting: number) =>
      analyseText(three, { limits: { nesting } }).diagnostics.filter(({ ruleId }) => ruleId === 'input-limit').length
    expect([of(2), of(3)]).toEqual([1, 0])
  })

  it('is not passed by large tables, lists, code and tags, whose parts are each read by themselves', () => {
    const row = '| **a_b** | `c_d` | [e](f) |\n'
    const texts = [
      `| a | b | c |\n| --- | --- | --- |\n${times(row, 20_000)}`,
      times('> | a | b | c |\n> | --- | --- | --- |\n', 1) + times(`> ${row}`, 20_000),
      times('- **a_b** and *c_d*\n', 20_000),
      `\`\`\`yaml\n${times('- a_b_c: [d]\n', 20_000)}\`\`\`\n`,
      times('***\n', 20_000),
      times('## *a* [b](c)\n', 20_000),
      times(`${times('_a_ ', 600)}\n\n`, 50),
    ]
    expect(texts.map((text) => excessIn(text, LIMITS))).toEqual(texts.map(() => null))
  })

  it('costs nothing else: `fix` leaves such a file as it is', async () => {
    const text = `${ROLE}${times('> ', 101)}x\n\n- cluster.list\n- cluster.get\n`
    workspace = new Workspace({ 'deep.mdx': text })
    await workspace.run('fix', '.')
    expect(readFileSync(join(workspace.folder, 'deep.mdx'), 'utf8')).toBe(text)
  })
})

describe('a page that no limit keeps out', () => {
  it.each([
    ['5,000 nested tags', `${times('<div>\n', 5000)}${KEY}${times('</div>\n', 5000)}`],
    ['5,000 nested tags on a line', `${times('<div>', 5000)}${times('</div>', 5000)}\n\n${KEY}`],
    ['100,000 unclosed tags', `${times('<div>\n', 100_000)}${KEY}`],
    ['100,000 unclosed tags on a line', `${times('<div>', 100_000)}\n${KEY}`],
    ['100,000 tags that close nothing', `${times('</div>\n', 100_000)}${KEY}`],
    ['100,000 tags that are none', `${times('<a ', 100_000)}\n\n${KEY}`],
    ['100,000 braces in a tag', `${times('<a {', 100_000)}\n\n${KEY}`],
    ['100,000 quotes in tags', `${times('<a b="', 100_000)}\n\n${KEY}`],
    ['100,000 comments that never end', `${times('{/*\n\n', 100_000)}\n${KEY}`],
    ['100,000 backticks', `${times('`a', 100_000)}\n\n${KEY}`],
    ['400,000 spaces', `${times(' ', 400_000)}x\n\n${KEY}`],
    ['400,000 hyphens', `${times('-', 400_000)}x\n\n${KEY}`],
    ['100,000 placeholders that never end, in a short row', `${TABLE}| ${times('a {{ ', 100_000)}|\n\n${KEY}`],
    [
      'a mark with a condition of 400,000 letters that never ends',
      `${TABLE}| a | √ (${times('a', 400_000)} |\n\n${KEY}`,
    ],
    ['a heading of a version of 200,000 parts', `${KEY}\n## ${times('1.', 200_000)}\n\n${AWS}\n`],
    ['400,000 spaces in an excerpt of a role', `${KEY}\n\`\`\`text\npermissions:${times(' ', 400_000)}\n\`\`\`\n`],
    ['2,000 lists inside of each other', `${KEY}${lines(1000, (i) => `${times('  ', i)}- cluster.get\n`)}`],
  ])(
    'keeps its facts beside %s',
    (_what, body) => {
      const text = `${ROLE}${body}`
      scanPage(text, settings)
      expect(permissionsByRole(analyseText(text).model.dataset)).toEqual(GOOD_ROLE)
    },
    HANG,
  )

  it(
    'may have a table of 100,000 rows, and each counts',
    () => {
      const table = `## Cluster Admin\n\n|  | Get | List |\n| --- | --- | --- |\n${lines(100_000, (i) => `| res${i} | √ | √ |\n`)}`
      expect(scanPage(table, settings)).toBeNull()
      expect(analyseText(table).model.dataset.roles[0]?.permissions).toHaveLength(200_000)
    },
    3 * HANG,
  )

  it(
    'may have 130,000 findings of one rule',
    () => {
      const { diagnostics } = analyseText(`## Viewer\n\n${lines(130_000, (i) => `- a${i}.create\n`)}`)
      expect(diagnostics.filter(({ ruleId }) => ruleId === 'read-only-role-writes')).toHaveLength(130_000)
    },
    HANG,
  )

  it(
    'may have a map of 130,000 keys that another takes over',
    () => {
      const keys = lines(130_000, (i) => `  k${i}: 1\n`)
      const text = `${GOOD}\n## Policy\n\n\`\`\`yaml\nkind: Role\n<<:\n${keys}\`\`\`\n`
      expect(permissionsByRole(analyseText(text).model.dataset)).toEqual(GOOD_ROLE)
    },
    HANG,
  )

  it(
    'may have 5,000 roles with a table each, 50,000 broken fences, and 5,000 tables that are never closed',
    () => {
      const table = '|  | Get | List |\n| --- | --- | --- |\n| cluster | √ | √ |\n\n'
      const roles = analyseText(lines(5000, (i) => `## Role${i} Admin\n\n${table}`)).model.dataset.roles
      expect(roles.filter(({ permissions }) => permissions.length === 2)).toHaveLength(5000)
      for (const fence of ['```json\nwords\n\n# x\n', '``` !\n# x\n']) {
        const { diagnostics } = analyseText(`${GOOD}\n${times(fence, 50_000)}`)
        expect(diagnostics.map(({ ruleId }) => ruleId)).toContain('unclosed-fence')
      }
      const open = analyseText(`${GOOD}\n${times('<table><tr><td>a\n', 5000)}`)
      expect(open.diagnostics.filter(({ ruleId }) => ruleId === 'unclosed-tag')).toHaveLength(5000)
      expect(permissionsByRole(open.model.dataset)).toEqual(GOOD_ROLE)
    },
    HANG,
  )

  it(
    'may have 5,000 panels that are never closed: a list in them is read, and what was left out is said',
    () => {
      const text = lines(5000, (i) => `<Panel title="Role ${i} Admin">\n\n${KEY}\n`)
      const { model, diagnostics, reading } = analyseText(text)
      expect(model.dataset.roles).toHaveLength(5000)
      expect(diagnostics.filter(({ ruleId }) => ruleId === 'input-limit')).toHaveLength(5000 - LIMITS.panels)
      const most = Math.max(...reading.blocks.map(({ block }) => block.panels.length))
      expect(most).toBe(LIMITS.panels)
    },
    HANG,
  )

  it(
    'may have cells that each cover a thousand rows and columns: the grid they fill is bounded',
    () => {
      const rows = lines(5000, (i) => `<tr><td rowspan="1000" colspan="1000">res${i}</td><td>√</td></tr>\n`)
      const { reading } = analyseText(`## Cluster Admin\n\n<table>\n<tr><th></th><th>Get</th></tr>\n${rows}</table>\n`)
      const [block] = reading.pages[0]?.blocks ?? []
      const cells = readGrid(block as Block).rows.reduce((sum, row) => sum + row.cells.length, 0)
      expect(cells).toBeLessThan(1_100_000)
    },
    HANG,
  )

  it(
    'may have 10,000 columns, whether or not its row of hyphens fits',
    () => {
      const row = `| cluster |${times(' √ |', 10_000)}\n`
      const wide = `| Action |${lines(10_000, (i) => ` Admin ${i} |`)}\n|${times(' --- |', 10_001)}\n${row}`
      expect(analyseText(wide).model.dataset.roles).toHaveLength(10_000)
      const torn = analyseText(`## Cluster Admin\n\n|  | Get |\n|${times(' --- |', 10_001)}\n${row}`)
      expect(torn.diagnostics.map(({ ruleId }) => ruleId)).toContain('broken-table')
      const narrow = analyseText(`## Cluster Admin\n\n|${times('a|', 30_000)}\n|${times('-', 500_000)}|\n`)
      expect(narrow.diagnostics.map(({ ruleId }) => ruleId)).toContain('broken-table')
    },
    HANG,
  )

  it.each([
    ['YAML of 60,000 brackets', `---\n${times('[', 60_000)}\n---\n`],
    ['an alias bomb', `---\na: &a [x, x]\n${bomb('bcdefghijklmnopqrstuvwxyz')}title: *z\n---\n`],
  ])(
    'keeps its facts under front matter with %s',
    (_what, head) => {
      expect(permissionsByRole(analyseText(`${head}${GOOD}`).model.dataset)).toEqual(GOOD_ROLE)
    },
    HANG,
  )

  it.each([
    ['JSON nested 100,000 deep', 'json', `{"Statement": ${times('[', 100_000)}${times(']', 100_000)}}`],
    ['objects nested 100,000 deep', 'json', `{"Statement": ${times('{"a":', 100_000)}1${times('}', 100_000)}}`],
    ['JSON that is never closed', 'json', `{"Statement": ${times('{"a":', 100_000)}`],
    ['YAML nested deep', 'yaml', `kind: ClusterRole\nrules: ${times('[', 100_000)}`],
    ['a YAML bomb', 'yaml', `kind: ClusterRole\na: &a [x, x]\n${bomb('bcdefghijklmnopqrstuvwxyz')}rules: *z`],
  ])(
    'keeps its facts beside %s',
    (_what, language, code) => {
      const text = `${GOOD}\n## Policy\n\n\`\`\`${language}\n${code}\n\`\`\`\n`
      expect(permissionsByRole(analyseText(text).model.dataset)).toEqual(GOOD_ROLE)
    },
    HANG,
  )
})

describe('a page of thousands of parts, each of which is asked about the others,', () => {
  const matrix = (mark: string) => `|  | Get |\n| --- | --- |\n| cluster | ${mark} |\n\n`
  const roles = (count: number, mark: string) => lines(count, (i) => `## Role${i} Admin\n\n${matrix(mark)}`)
  const rolesOf = (text: string) => analyseText(text).model.dataset.roles.length
  const found = (text: string, ruleId: string) =>
    analyseText(text).diagnostics.filter((diagnostic) => diagnostic.ruleId === ruleId).length

  it.each([
    ['60,000 bullets, with a hidden character', `A\u200B word.\n\n${lines(60_000, (i) => `- res${i}.get\n`)}`],
    ['60,000 bullets twice', times(KEY, 60_000)],
    ['60,000 bullets of two lines', times(`- cluster.list and\n${KEY}`, 60_000)],
    [
      '60,000 lists that may be of no role',
      `${KEY}\n## Available permissions\n\n${times(`${KEY}\nwords\n\n`, 60_000)}`,
    ],
    ['100,000 rows apart from their table', `${matrix('√')}${times('\n', 1_000_000)}${times('| a |\n\n', 100_000)}`],
    ['40,000 notes of a table that stand nowhere', `${TABLE}${lines(40_000, (i) => `| res${i} | √ [n${i}] |\n`)}`],
    [
      '60,000 rows that write alone',
      `${TABLE.replace('Get |', 'Create | Delete |').replace('| --- |\n', '| --- | --- |\n')}${lines(60_000, (i) => `| res${i} | √ | √ |\n`)}`,
    ],
  ])('is read: %s', (_what, body) => expect(rolesOf(`${ROLE}${body}`)).toBe(1), HANG)

  it.each([
    ['paragraphs', 'words here\n\n'],
    ['lists', '- words here\n\n***\n\n'],
    ['items', '* words here\n'],
  ])(
    'has notes above and below: 20,000 tables, and as many %s',
    (_what, other) => {
      const around = times(other, 20_000)
      expect(rolesOf(`${around}\n${roles(20_000, other.startsWith('*') ? '√ *' : '√ (1)')}${around}`)).toBe(20_000)
    },
    HANG,
  )

  it(
    'has here-documents: 40,000 of broken JSON, and 10,000 of YAML that is torn',
    () => {
      const fence = (body: string) => `## Policy\n\n\`\`\`bash\n${body}\`\`\`\n`
      const json = fence(`# "Statement": "Action":\n${times('cat <<E\n{\nE\n', 40_000)}`)
      expect(found(json, 'invalid-policy')).toBeGreaterThanOrEqual(40_000)
      const role = 'kind: ClusterRole\napiVersion: rbac.authorization.k8s.io/v1\nrules: []\nx: "a\n'
      expect(found(fence(times(`cat <<E\n${role}E\n`, 10_000)), 'invalid-policy')).toBeGreaterThanOrEqual(10_000)
    },
    HANG,
  )

  it(
    'has 8,000 links to sections that are not there, and as many sections and panels that they may mean',
    () => {
      const panels = lines(
        8000,
        (i) => `<TabItem label="Panel ${i}">\n\n${KEY}\n</TabItem>\n\n[x](#nothing-${i})\n\n## Section ${i}\n\n`,
      )
      expect(found(panels, 'broken-role-link')).toBe(8000)
      // Of names as long as these, two take as long to compare as thousands of short ones.
      const long = (i: number, end: string) => `section-${times(`${i}-`, 5000)}${end}`
      expect(
        found(
          lines(300, (i) => `## ${long(i, 'a')}\n\n${KEY}\n[x](#${long(i, 'b')})\n\n`),
          'broken-role-link',
        ),
      ).toBe(300)
    },
    HANG,
  )

  it(
    'is included: a partial of 15,000 lists 15,000 times, and one of 10,000 sections with props',
    () => {
      const partial = (body: string) => `---\npartial_category: a\npartial_name: b\n---\n\n${body}`
      const include = (props = '') => `<PartialsComponent category="a" name="b" ${props}/>\n\n`
      const lists = {
        'b.mdx': partial(times(`${KEY}\nwords\n\n`, 15_000)),
        'a.mdx': `${ROLE}${times(include(), 15_000)}`,
      }
      expect(analyseTexts(lists).model.dataset.roles).toHaveLength(1)
      const sections = lines(10_000, (i) => `## {props.x} ${i} Admin\n\n${KEY}\n`)
      expect(
        analyseTexts({ 'b.mdx': partial(sections), 'a.mdx': include('x="Dock"') }).model.dataset.roles,
      ).toHaveLength(10_000)
    },
    HANG,
  )

  it(
    'maps roles: 10,000 of them, of which a third is not there',
    () => {
      const known = lines(20_000, (i) => `## Role${i} Admin\n\n${KEY}\n`)
      const row = (i: number, role: string) => `| \`vm-${i}\` | ${role} Admin |\n`
      const table = `| Cluster Role | Product Role |\n| --- | --- |\n${lines(20_000, (i) => row(i, `Role${i}`))}${lines(10_000, (i) => row(20_000 + i, `Zzqq${i}zz`))}`
      expect(found(`${known}## Mapping\n\n${table}`, 'unresolved-role')).toBe(10_000)
    },
    HANG,
  )
})

/** `b: &b [*a, *a, …]` and so on: written out, nine to the power of its lines. */
function bomb(letters: string): string {
  const before = `a${letters}`
  return [...letters].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${before[i]}`).join(', ')}]\n`).join('')
}

describe('a patch of thousands of changed lines', () => {
  it.each(['', '\nwords', '\nwords\n\nmore\n\nand more\n\nthe end\n'])('gives what `fix` writes, before %j', (end) => {
    const before = `## Viewer\n\n${lines(3000, (i) => `| res${i} |\n`)}${end}`
    const after = before.replaceAll(' |', '    |')
    expect(applyPatch(before, patchOf([{ path: 'a.md', before, after }]))).toBe(after)
  })
})

describe('a tree of files', () => {
  it('with a pipe, a folder, links in loops and links out of it, all named like pages, is read for its pages', async () => {
    workspace = new Workspace({ 'docs/good.mdx': GOOD, 'outside/secret.mdx': '## Secret Admin\n\n- vault.get\n' })
    const docs = join(workspace.folder, 'docs')
    execFileSync('mkfifo', [join(docs, 'pipe.md')])
    mkdirSync(join(docs, 'folder.md'))
    symlinkSync('loop-b.md', join(docs, 'loop-a.md'))
    symlinkSync('loop-a.md', join(docs, 'loop-b.md'))
    symlinkSync('.', join(docs, 'self'))
    symlinkSync('../outside', join(docs, 'out'))
    symlinkSync('../outside/secret.mdx', join(docs, 'secret.mdx'))
    const { code, out, err } = await workspace.run('extract', 'docs')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out).roles.map(({ name }: { name: string }) => name)).toEqual(['Cluster Viewer'])
    const named = await workspace.run('check', 'docs/pipe.md')
    expect([named.code, named.err]).toEqual([2, expect.stringContaining('Neither a file nor a folder: docs/pipe.md')])
    // One that was a file when it was looked for: nobody waits for a writer.
    expect(() => readAtMost(join(docs, 'pipe.md'), 1000)).toThrow('No file')
  })

  it('that is no UTF-8 is read as far as it is text, and never written', async () => {
    workspace = new Workspace()
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0x80]), Buffer.from(`\n\n${GOOD}`)])
    writeFileSync(join(workspace.folder, 'bytes.mdx'), bytes)
    const { code, out } = await workspace.run('extract', '.')
    expect([code, JSON.parse(out).roles.length]).toEqual([0, 1])
    const latin = Buffer.from('## Zust\u00e4ndiger Viewer\n\n- cluster.get\n', 'latin1')
    writeFileSync(join(workspace.folder, 'latin.md'), latin)
    writeFileSync(join(workspace.folder, 'utf16.md'), Buffer.from(`\ufeff${GOOD}`, 'utf16le'))
    workspace.write({ 'meant.md': 'A page about \ufffd, which is a character like others.\n' })
    for (let run = 0; run < 2; run++) {
      const { out: found } = await workspace.run('check', '--format', 'json')
      const diagnostics: Diagnostic[] = JSON.parse(found).diagnostics
      expect(
        diagnostics.map(({ ruleId, path, line, column, message }) => `${path}:${line}:${column} ${ruleId} ${message}`),
      ).toEqual([
        'bytes.mdx:1:1 invalid-encoding This page is no UTF-8, so what is no UTF-8 reads as “\ufffd”, in names as well. Save it as UTF-8.',
        'latin.md:1:8 invalid-encoding This page is no UTF-8, so what is no UTF-8 reads as “\ufffd”, in names as well. Save it as UTF-8.',
        'utf16.md:1:1 invalid-encoding This page is UTF-16, so nothing of it can be read. Save it as UTF-8.',
      ])
    }
    await workspace.run('fix', '.')
    expect(readFileSync(join(workspace.folder, 'bytes.mdx'))).toEqual(bytes)
  })

  it('includes nothing from outside of its roots, whatever a partial is called and a link leads to', async () => {
    workspace = new Workspace({
      'docs/page.mdx': `${GOOD}\n<PartialsComponent category=".." name="../secret" />\n\n[x](../../etc/passwd) [y](../secret.mdx#a)\n`,
      'secret.mdx': '---\npartial_category: ..\npartial_name: ../secret\n---\n\n- vault.get\n',
    })
    const { code, out } = await workspace.run('extract', 'docs')
    expect([code, out.includes('vault')]).toEqual([0, false])
    const { out: found } = await workspace.run('check', 'docs')
    expect(found).toContain('missing-partial')
    expect(found).not.toContain('vault')
  })

  it(
    'runs nothing of its pages: MDX is text',
    async () => {
      workspace = new Workspace({
        'page.mdx': `export const x = process.exit(3)\nimport './evil.mjs'\n\n${GOOD}\n{process.exit(4)}\n\n<Tabs a={process.exit(5)} />\n`,
        'evil.mjs': 'process.exit(6)\n',
      })
      const { status, stdout } = child(256, 'extract', '.')
      expect([status, permissionsByRole(JSON.parse(stdout))]).toEqual([0, GOOD_ROLE])
      expect(child(256, 'check', '.').status).toBe(0)
    },
    HANG,
  )
})

describe('a name', () => {
  const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

  it.each(KEYS)('may be %s, in front matter, of a role, a resource and an operation', (key) => {
    const name = key.replaceAll('_', '\\_')
    const text = `---\n${key}: x\ntitle: ${key}\n---\n\n## ${name} Admin\n\n|  | Get | List | ${name} |\n| --- | --- | --- | --- |\n| ${name} | √ | √ | √ |\n`
    const { model } = analyseTexts({ 'a.mdx': text, [`${key}.mdx`]: GOOD })
    expect(permissionsByRole(model.dataset)).toEqual({
      [`${key} Admin`]: ['get', 'list', key.replaceAll('_', '')].map((word) => `${key}.${word}`).sort(),
      ...GOOD_ROLE,
    })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('that is a prototype’s is no key of the config', async () => {
    workspace = new Workspace({
      'rolebook.config.json': '{ "__proto__": { "polluted": true }, "marks": { "icons": { "__proto__": "granted" } } }',
      'page.mdx': GOOD,
    })
    const { code, err } = await workspace.run('check', '.')
    expect([code, err]).toEqual([2, 'rolebook: rolebook.config.json: unknown key `polluted`\n'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('with terminal escapes is printed raw by no command', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[31m\u009b2J\u202eCluster Admin'
    const page = (operation: string) =>
      `## ${evil}\n\n|  | Get | ${operation} |\n| --- | --- | --- |\n| cluster\u001b[2J | √ | √ |\n| dock | perhaps\u001b[1m | √ |\n`
    workspace = new Workspace({ 'old/a.mdx': page('List'), 'new/a.mdx': page('Update') })
    const { out: extracted } = await workspace.run('extract', 'new')
    const { roles } = JSON.parse(extracted)
    expect(roles).toHaveLength(1)
    const runs = [
      ['check', 'new'],
      ['check', 'new', '--format', 'markdown'],
      ['who-can', 'dock.update', '--data', 'new'],
      ['show', roles[0].id, '--data', 'new'],
      ['diff', 'old', 'new'],
    ]
    for (const argv of runs) {
      const { code, out, err } = await workspace.run(...argv)
      expect(code, `${argv.join(' ')}: ${err}`).toBeLessThan(2)
      expect(out).toMatch(/Cluster Admin|cluster|perhaps/)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
      expect(`${out}${err}`.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g), argv.join(' ')).toBeNull()
    }
  })
})
