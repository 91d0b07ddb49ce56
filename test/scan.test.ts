/** The scan passes over no page that matters: what it calls prose holds no block, and what is found there is found all the same. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madePage, randomOf } from '../scripts/fuzz/mutate.ts'
import { type Analysis, analyse } from '../src/analyse.ts'
import { scanner, scanPage } from '../src/parse/scan/scan.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { readFolder, sourceFile } from './support/analysis.ts'
import { realPages } from './support/real-pages.ts'
import { listShared, ROOT, readShared } from './support/shared.ts'

const settings = resolveSettings()
const MADE = 4000

/** What the project itself is documented with, and what its dependencies are: pages of prose. */
function readmes(): string[] {
  const found = globSync(['*.md', 'src/*.md', 'test/*.md', 'node_modules/*/*.md', 'node_modules/@*/*/*.md'], {
    cwd: ROOT,
  })
  return found
    .sort()
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .filter((text) => text.length < 100_000)
}

const pages = realPages()

function alone(text: string): Analysis {
  return analyse([sourceFile('page.mdx', text)], settings, 'latest')
}

/** Whether a page that is read alone has anything that its prose does not hold. */
function matters({ reading, diagnostics }: Analysis): boolean {
  return reading.blocks.length > 0 || diagnostics.some(({ ruleId }) => ruleId !== 'missing-partial')
}

/** Whether a page is passed over, and says less than it does where it is parsed. */
function isMissed(text: string): boolean {
  return scanPage(text, settings) !== null && saysLess(text)
}

function saysLess(text: string): boolean {
  const parsed = alone(text)
  const file = sourceFile('page.mdx', text)
  const scanned = analyse([file], settings, 'latest', { quiet: scanner(settings) })
  return JSON.stringify(said(scanned)) !== JSON.stringify(said(parsed))
}

function said({ reading, diagnostics }: Analysis): unknown {
  return [reading.blocks.length, diagnostics]
}

describe('the scan', () => {
  it('passes over no page of the project, the fixtures and the corpus that holds a block or a finding', () => {
    expect(pages.filter(({ text }) => isMissed(text)).map(({ path }) => path)).toEqual([])
  })

  it.each([
    ['their lines end as Windows has it', (text: string) => text.replaceAll('\n', '\r\n')],
    ['their files begin with a byte-order mark', (text: string) => `\uFEFF${text}`],
  ])('passes over the same pages and sections where %s, and misses nothing there', (_, there) => {
    const sections = pages.flatMap(({ text }) => {
      const inLf = text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '')
      return [inLf, ...inLf.split(/\n(?=#)/)]
    })
    const isPassed = (text: string) => scanPage(text, settings) !== null
    const passed = sections.filter(isPassed)
    expect(passed.length).toBeGreaterThan(sections.length / 10)
    expect(sections.filter((text) => isPassed(there(text)))).toEqual(passed)
    expect(passed.map(there).filter(saysLess)).toEqual([])
  })

  it('passes over no page of others that does, and over at least half of those that do not', () => {
    const texts = readmes()
    expect(texts.length).toBeGreaterThan(existsSync(join(ROOT, 'node_modules')) ? 100 : 0)
    const passed = texts.filter((text) => scanPage(text, settings) !== null)
    expect(passed.filter((text) => matters(alone(text)))).toEqual([])
    const others = texts.filter((text) => !matters(alone(text)))
    expect(passed.length * 2).toBeGreaterThan(others.length)
  })

  it(`passes over none of ${MADE} made pages that does`, () => {
    const random = randomOf(11)
    const texts = [...pages.map(({ text }) => text), ...readmes().slice(0, 200)]
    let passed = 0
    for (let i = 0; i < MADE; i++) {
      const { text } = madePage(texts, random)
      if (scanPage(text, settings) === null) continue
      passed++
      if (saysLess(text)) expect({ page: i, text }).toBe('no page that matters')
    }
    console.log(`${MADE} made pages: ${passed} are prose by the scan; 0 of them hold a block or a finding`)
    expect(passed).toBeGreaterThan(MADE / 10)
  })

  it('keeps what a marked page says to the linter', () => {
    for (const text of [
      '{/* rolebook-disable -- x */}\n',
      '---\ntitle: [\n---\n',
      '<Tab label="Dock">\n',
      '```json\n{}\n',
    ])
      expect(scanPage(`Text.\n\n${text}`.replace('Text.\n\n---', '---'), settings), text).toBeNull()
  })

  it.each([
    ['a picture for a mark', '| a | b |\n| - | - |\n| x | ![yes](y.svg) |\n'],
    ['a picture in a directive', '| a | b |\n| - | - |\n| x | :::image source="yes.svg"::: |\n'],
    [
      'a word with its condition',
      `| Task | b |\n| - | - |\n| x | Yes, if ${'the dock is free and '.repeat(5)}calm |\n`,
    ],
    ['a list of operations behind a footnote, in brackets', '# Roles\n\n- [^1]docks: [get]\n'],
    ['a panel with a header', 'Text.\n\n<Panel header="Dock">\n'],
    ['what a role may do under its caption', '# What can each role do?\n\n**Admin** (of docks):\n- Create docks\n'],
    ['what a role may do in a tab of its name', '# Roles\n\n=== "Admin"\n\n- Create docks\n'],
    [
      'roles behind a line with an entity',
      'These roles give &amp; take permissions:\n\n- Viewer: Looks on\n- Admin: Acts\n',
    ],
    ['an entity for a mark', '| a | b |\n| - | - |\n| x | &radic; |\n| y | &#10003; |\n'],
    ['a mark padded with a no-break space', '| a | b |\n| - | - |\n| x | \u00a0✓\u00a0 |\n'],
    ['a word in emphasis', '| Task | b |\n| - | - |\n| x | **Yes** |\n'],
    [
      'a word under a heading that speaks of permissions',
      '## Access\n\n| a | b | c |\n| - | - | - |\n| x | Yes | No |\n',
    ],
    ['operations in the header', '| | _Create_ | `Get` |\n| - | - | - |\n| dock | all | all |\n'],
    ['a permission in pieces', '- dock.**get**\n'],
    ['a permission with an escape', '- dock\\.get\n'],
    ['a table of tags', '<table><tr><td>dock</td></tr></table>\n'],
    [
      'rows without a leading pipe that begin with a tag',
      'Action | Admin | Guest\n--- | --- | ---\n<b>Moor</b> it | ✓ | x\n',
    ],
    ['rows that begin like a heading', 'Action | Admin | Guest\n--- | --- | ---\n#1 moor it | ✓ | x\n'],
    [
      'a fence in a comment behind a sign',
      '1 < 2 <!--\n```\n-->\n\n| a | b |\n| - | - |\n| x | ✓ |\n\n<!--\n```\n-->\n',
    ],
    ['items of unlike indentation in the front matter', '---\nkey:\n  - a\n- b\n---\n'],
    ['a table behind a hashtag', '## Permissions\n\n#foo bar\n\n| a | b | c |\n| - | - | - |\n| x | Yes | No |\n'],
    ['a table behind an empty heading', '## Permissions\n\n#\n\n| a | b | c |\n| - | - | - |\n| x | Yes | No |\n'],
    [
      'a table in a part of what is underlined',
      'Permissions\n====\n\n## Part\n\n| a | b | c |\n| - | - | - |\n| x | Yes | No |\n',
    ],
    [
      'a table on a page whose first heading speaks',
      '# Permissions\n\n# Other\n\n| a | b | c |\n| - | - | - |\n| x | Yes | No |\n',
    ],
    ['an operation that something invisible parts', '- dock.g\u200bet\n'],
    ['a heading with pipes over a row of hyphens', '## a | b\n|---|---|\n| x | y |\n'],
    ['an item with pipes over a row of hyphens', '- a | b\n|---|---|\n| x | y |\n'],
    ['a header that something invisible parts from its margin', '\v| a | b |\n| - | - |\n| x | y |\n'],
    ['a permission with a dot as an entity', '- dock&#046;get\n'],
    ['rows without a row of hyphens', '| a | b |\n| c | d |\n'],
    [
      'few levels among other words',
      '# Who may do what\n\n## Access\n\n| Thing | Admin | Guest |\n| - | - | - |\n| Dock | RW | some |\n| Log | all day | R |\n| Mast | all day | by day |\n',
    ],
    [
      'verbs without lists',
      '# Tugs\n\n| API Group | Resource | Verbs |\n| - | - | - |\n| apps | deployments | get |\n',
    ],
    ['a column of stars', '# Role access\n\n| Thing | Deck |\n| --- | --- |\n| Docks | * |\n| Ships | * |\n'],
    [
      'columns of people with a mark each',
      '# Who may do what\n\n## Access\n\n| Thing | Developer | Guest |\n| - | - | - |\n| Dock | no tug | Yes |\n| Log | Yes | no oar |\n| Mast | no sail | no sail |\n',
    ],
  ])('sees %s', (_what, text) => {
    expect(scanPage(text, settings)).toBeNull()
  })

  it('sees a permission in whatever marks, escapes and characters that nobody sees it stands', () => {
    const subjects = [
      'dock',
      '`dock',
      '`dock`',
      '*dock*',
      '_dock_',
      'dock\\',
      'dock\uFEFF',
      '**dock**',
      '\\_dock',
      '[dock]',
    ]
    const dots = ['.', '\\.', '\uFEFF.', '.\uFEFF', '.`', '.*', '.**', '._', '`.`', '*.*']
    const operations = [
      '*',
      '\\*',
      '`*`',
      '*`',
      '**`*`**',
      'get',
      'get`',
      '*get*',
      '`get`',
      '\\*\\*',
      '_*_',
      'g*',
      '*g',
    ]
    const texts = subjects.flatMap((a) => dots.flatMap((dot) => operations.map((b) => `- ${a}${dot}${b}\n`)))
    const heard = texts.filter((text) => matters(alone(text)))
    expect(heard.length).toBeGreaterThan(250)
    expect(heard.filter((text) => scanPage(text, settings) !== null)).toEqual([])
  })

  it('sees actions of clouds in whatever marks and entities they are written', () => {
    const services = ['s3', '`s3', '**s3**', 'S3', '[s3]', 's3\\', 's3\uFEFF']
    const colons = [':', '`:`', '\\:', '&#58;', '&colon;', ':**', ':\uFEFF']
    const actions = ['GetObject', 'Get*', '*', '\\*', '`GetObject`', 'Get**Object**']
    const written = services.flatMap((a) => colons.flatMap((colon) => actions.map((b) => `${a}${colon}${b}`)))
    const operations = ['Microsoft.Compute/disks/read', 'Microsoft\\.Compute/\\*', '`Microsoft.Compute/*/action`']
    const texts = [...written, ...operations].flatMap((id) => [
      `# Roles\n\n- ${id}\n`,
      `# Roles\n\n| Id | Why |\n| --- | --- |\n| ${id} | Docks |\n`,
      `# Roles\n\n${id}\n`,
      `# Roles\n\n\`\`\`\n${id}\n\`\`\`\n`,
    ])
    const heard = texts.filter((text) => matters(alone(text)))
    expect(heard.length).toBeGreaterThan(250)
    expect(heard.filter((text) => scanPage(text, settings) !== null)).toEqual([])
  })

  it.each([
    ['paragraphs', '# Title\n\nText with `values.yaml` and [a link](./other.md#part).\n'],
    [
      'a table of parameters',
      '| Parameter | Description | Required |\n| --- | --- | --- |\n| `size` | Its size, in MB. | Yes |\n',
    ],
    [
      'one column of words under a heading that speaks of permissions',
      '## Access\n\n| a | b | c |\n| - | - | - |\n| x | Restart the dock. | Yes |\n',
    ],
    ['a partial', '---\npartial_category: a\npartial_name: b\n---\n\nText.\n'],
    ['a list of steps', '1. Log in to the console.\n2. Click on **Clusters**.\n\n   - Choose one.\n'],
    ['a fence of code', '```yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: dock\n```\n'],
    ['tabs', '<Tabs>\n<TabItem label="Linux" value="linux">\n\nText.\n\n</TabItem>\n</Tabs>\n'],
    [
      'ids of a program, where a sentence before a colon says “all” and “same”',
      '- `dock.length`: its length\n\nAll other fields are the same as for the `Crane`.\n\nSet these:\n\n```js\n// every crane has a name\nmoor({ name: 1 })\n```\n',
    ],
    ['front matter', '---\ntitle: "Dock: how to"\nsidebar_label: Dock\ntags: ["a", "b"]\n---\n\nText.\n'],
  ])('passes over %s', (_what, text) => {
    expect(scanPage(text, settings)).not.toBeNull()
    expect(matters(alone(text))).toBe(false)
  })
})

describe('the scan of a page that means harm', () => {
  it.each([
    ['tags on one line', `a ${'<b></b>'.repeat(20_000)}`],
    ['underlines', 'ab\n---\n'.repeat(20_000)],
    ['tags that nothing closes', '<a\n'.repeat(20_000)],
    ['blank lines in a fence', `\`\`\`text\n${'\n'.repeat(20_000)}\`\`\`\n`],
    ['addresses', 'www.'.repeat(20_000)],
    ['at signs', '@'.repeat(20_000)],
    ['spaces', `a\n${' '.repeat(20_000)}b\n`],
    ['quotes', `${'>'.repeat(2000)}\n`],
  ])('comes to an end: %s', (_what, text) => {
    expect(alone(`${text}\n`).diagnostics.length).toBeLessThan(100)
    scanPage(text, settings)
  })
})

describe('a set whose prose is scanned', () => {
  const files = [
    ['roles.mdx', '## Dock Admin\n\n- dock.get\n- dock.list\n'],
    [
      'one.mdx',
      'See [the roles](./roles.mdx#dock-adminn), [others](./none.mdx#x) and [these](./roles.mdx#dock-admin).\n',
    ],
    ['two.mdx', 'You need `dock.lits`, and `values.yaml`.\n\n```text\n`dock.nothing` [x](./roles.mdx#never)\n```\n'],
    ['three.mdx', 'Nothing here, `dock.moor ` neither.\n'],
    ['four.mdx', '<a href="./roles.mdx#nobody">these</a>\n'],
  ].map(([path = '', text = '']) => sourceFile(path, text))

  it('gives the findings that parsing every page gives', () => {
    const parsed = analyse(files, settings, 'latest')
    const scanned = analyse(files, settings, 'latest', { quiet: scanner(settings) })
    expect(scanned.diagnostics).toEqual(parsed.diagnostics)
    expect(scanned.model.dataset).toEqual(parsed.model.dataset)
    expect(new Set(parsed.diagnostics.map(({ path }) => path))).toEqual(new Set(['one.mdx', 'two.mdx', 'four.mdx']))
    expect(scanned.reading.quiet.size).toBe(1)
  })

  const partial = (name: string, text: string) =>
    sourceFile(`_partials/${name}.mdx`, `---\npartial_category: docks\npartial_name: ${name}\n---\n\n${text}\n`)

  it.each([
    [
      'beside a table that says nothing',
      [sourceFile('five.mdx', '| Dock | Place |\n| --- | --- |\n| A | North |\n\nSee [it](./roles.mdx#nowhere).\n')],
      ['five.mdx'],
      0,
    ],
    [
      'beside an inclusion of a partial that says nothing',
      [
        partial('plain', 'Text.'),
        sourceFile(
          'five.mdx',
          '<PartialsComponent category="docks" name="plain" />\n\nSee [it](./roles.mdx#nowhere).\n',
        ),
      ],
      ['five.mdx'],
      1,
    ],
    [
      'in a partial',
      [
        partial('used', 'See [these](/roles.mdx#nowhere) and `dock.lits`.'),
        sourceFile('six.mdx', 'Text.\n\n<PartialsComponent category="docks" name="used" />\n'),
      ],
      ['_partials/used.mdx'],
      1,
    ],
    [
      'in the front matter of a partial that nothing includes',
      [partial('unused', 'Text.')],
      ['_partials/unused.mdx'],
      1,
    ],
  ])('gives those that stand %s', (_where, more, at, unread) => {
    const all = [...files.slice(0, 1), ...more]
    const parsed = analyse(all, settings, 'latest')
    const scanned = analyse(all, settings, 'latest', { quiet: scanner(settings) })
    expect(scanned.diagnostics).toEqual(parsed.diagnostics)
    expect(new Set(parsed.diagnostics.map(({ path }) => path))).toEqual(new Set(at))
    expect(scanned.reading.quiet.size).toBe(unread)
  })

  it.each([
    ['content/latest', readFolder(join(ROOT, 'content/latest'))],
    ['content/v3', readFolder(join(ROOT, 'content/v3'))],
    ['the corpus', listShared('corpus/latest').map((path) => ({ path, text: readShared(path) }))],
  ])('does so for %s', (_name, set) => {
    const sources = set.map(({ path, text }) => sourceFile(path, text))
    const parsed = analyse(sources, settings, 'latest')
    const scanned = analyse(sources, settings, 'latest', { quiet: scanner(settings) })
    expect(scanned.diagnostics).toEqual(parsed.diagnostics)
    expect(scanned.model.dataset).toEqual(parsed.model.dataset)
  })
})
