/** `rolebook fix`: each repair's own examples, and what holds of every page that it mends. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import type { Fix } from '../src/diagnostic.ts'
import { applyEdits } from '../src/fix/edits.ts'
import { factsOf, looseFactsOf } from '../src/fix/facts.ts'
import { defineRepair, type Repair, repairsOf } from '../src/fix/repair.ts'
import { repairs } from '../src/fix/repairs.ts'
import { type FixOptions, type FixResult, fixFiles } from '../src/fix/run.ts'
import type { SourceFile } from '../src/parse/source.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import type { Config } from '../src/settings/schema.ts'
import { readFolder, sourceFile } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { DAMAGES, randomOf } from './support/damage.ts'
import { listFixtures } from './support/fixtures.ts'
import { listShared, ROOT, readShared, saySkipped } from './support/shared.ts'

saySkipped()

const FORM = repairs.map(({ id }) => id)

function fixSet(files: readonly SourceFile[], options: FixOptions = {}, config: Config = {}): FixResult {
  const unit = {
    settings: resolveSettings(config),
    version: 'latest',
    files,
    fallback: [],
    complete: true,
    selected: null,
  }
  return fixFiles([unit], options)
}

function fixText(text: string, options: FixOptions = {}, config: Config = {}): string {
  return fixSet([sourceFile('page.mdx', text)], options, config).files[0]?.after ?? text
}

function withFixed(files: readonly SourceFile[], { files: fixed }: FixResult): SourceFile[] {
  const after = new Map(fixed.map((file) => [file.path, file.after]))
  return files.map((file) => sourceFile(file.path, after.get(file.path) ?? file.text, file.relativePath))
}

function datasetOf(files: readonly SourceFile[]) {
  return analyse(files, resolveSettings(), 'latest').model.dataset
}

/** A line without what repairs of form may change: spaces, hyphens, pipes at its end, and which mark it is. */
function bare(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) =>
      line
        .replace(/√|✓|✔\uFE0F?|🗸|✅|:white_check_mark:|:heavy_check_mark:|&#10004;|&check;|\b(?:yes|y)\b/giu, '+')
        .replace(/✗|✘|❌|✖\uFE0F?|×|:x:|&cross;|\b(?:no|n)\b/giu, '-')
        .replace(/[\s|-]/g, ''),
    )
    .join('\n')
}

const known = new Map<readonly SourceFile[], Map<string, FixResult>>()

/** The result for a set of files, made once: of all repairs, or of those of form. */
function fixedOnce(files: readonly SourceFile[], only: readonly string[] = []): FixResult {
  const results = known.get(files) ?? new Map<string, FixResult>()
  known.set(files, results)
  const result = results.get(only.join()) ?? fixSet(files, { only })
  results.set(only.join(), result)
  return result
}

const sets: [name: string, files: SourceFile[]][] = [
  ...listFixtures().map(({ id, files }): [string, SourceFile[]] => [`fixture ${id}`, files]),
  ['content/latest', readFolder(join(ROOT, 'content/latest'))],
  ['content/v3', readFolder(join(ROOT, 'content/v3'))],
  ...['corpus/latest', 'corpus/v4', 'corpus/gatsby', 'corpus/vendors', 'seeds'].flatMap(
    (folder): [string, SourceFile[]][] => {
      const files = listShared(folder).map((path) => sourceFile(path, readShared(path)))
      return files.length > 0 ? [[folder, files]] : []
    },
  ),
]

/** Pages made worse in form, and in form alone. */
function roughened(text: string, seed: number): string {
  const random = randomOf(seed)
  const ticks = ['√', '✓', '✔', '✅', '✔️']
  return text
    .split('\n')
    .map((line) => {
      if (!/^\|.*\|$/.test(line) || /^[|:\s-]+$/.test(line)) return line
      const marked = line.replace(/√|✓|✅/gu, (mark) => (random(6) === 0 ? (ticks[random(5)] as string) : mark))
      const squeezed = random(3) === 0 ? marked.replace(/ {2,}/g, ' ') : marked
      return random(12) === 0 && line.split('|').length > 3 ? squeezed.slice(0, -1) : squeezed
    })
    .join('\n')
}

describe('examples of repairs', () => {
  const examples = repairs.flatMap((repair) =>
    repair.examples.map((example) => [repair.id, example.name, example] as const),
  )

  it.each(examples)('%s on “%s” makes what it says', (id, _name, { before, after }) => {
    expect(fixText(before, { only: [id] })).toBe(after)
  })

  it.each(examples)('%s on “%s” makes the same with CRLF line ends', (id, _name, { before, after }) => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n')
    expect(fixText(crlf(before), { only: [id] })).toBe(crlf(after))
  })

  it('every repair has one that it mends and one that it leaves alone', () => {
    for (const { id, examples } of repairs) {
      expect(
        examples.some(({ before, after }) => before !== after),
        id,
      ).toBe(true)
      expect(
        examples.some(({ before, after }) => before === after),
        id,
      ).toBe(true)
    }
  })

  it('ids are unique and sorted, and no rule has the same', () => {
    expect(FORM).toEqual([...new Set(FORM)].sort())
  })
})

describe('marks', () => {
  const page = (rows: string, after = '') => `## Dock Admin\n\n|   | Get | List |\n| - | --- | ---- |\n${rows}${after}`
  const only = { only: ['marks'] }

  it('are left as a legend has them', () => {
    const text = page('| dock | ✓ | ✔ |\n| pier | ✓ | ✓ |\n', '\n- ✓ Granted\n- ✔ Granted at night\n')
    expect(fixText(text, only)).toBe(text)
  })

  it('are left alone in code, in links and beside words', () => {
    const text = page('| dock | ✓ | ✓ |\n| pier | ✔ (own only) | `✔` |\n| quay | [✔](x.md) | ✓ |\n')
    expect(fixText(text, only)).toBe(text)
  })

  it('of a column of words are left alone where no tick stands in it', () => {
    const text = page('| dock | ✓ | Yes |\n| pier | ✓ | Yes |\n| quay | ✓ | No |\n')
    expect(fixText(text, only)).toBe(text)
  })

  it('follow the page and not the table, and the first of those that stand there equally often', () => {
    const other = '\n## Dock User\n\n|   | Get | List |\n| - | --- | ---- |\n| dock | ✅ | ✅ |\n'
    expect(fixText(page('| dock | ✓ | ✔ |\n', other), only)).toBe(page('| dock | ✅ | ✅ |\n', other))
    expect(fixText(page('| dock | ✔ | ✓ |\n'), only)).toBe(page('| dock | ✔ | ✔ |\n'))
  })

  it('are written in tables of tags as well', () => {
    const row = (marks: string[]) => `<tr><td>dock</td>${marks.map((mark) => `<td>${mark}</td>`).join('')}</tr>`
    const table = (marks: string[]) =>
      `## Dock Admin\n\n<table>\n<tr><th></th><th>Get</th><th>List</th><th>Delete</th></tr>\n${row(marks)}\n</table>\n`
    expect(fixText(table(['✓', '✓', '&#10004;']))).toBe(table(['✓', '✓', '✓']))
  })

  it('take or give spaces in a table whose pipes stand in lines', () => {
    const rows = (tick: string) =>
      `|      | Get | List |\n| ---- | --- | ---- |\n| dock | ✓   | ✓    |\n| pier | ✓   | ${tick} |\n`
    expect(fixText(`## Dock Admin\n\n${rows('✅  ')}`, only)).toBe(`## Dock Admin\n\n${rows('✓   ')}`)
  })
})

describe('padding', () => {
  it('leaves alone tables with tabs, rows of another length, and rows too wide to read', () => {
    const wide = 'word '.repeat(60)
    const head = '## Dock Admin\n\n| | Get |\n| - | - |\n'
    const texts = [
      `${head}| dock\t| ✓ |\n`,
      `${head}| dock | ✓ |\n| pier |\n`,
      `## Roles\n\n| Role | Description |\n| --- | --- |\n| Dock Admin | ${wide}|\n`,
    ]
    expect(texts.map((text) => fixText(text, { only: ['padding'] }))).toEqual(texts)
    // Words of any length that follow a table are none of its rows.
    expect(fixText(`${head}| dock | ✓ |\n\n${wide}`, { only: ['padding'] })).toContain('| dock | ✓   |\n\nword')
  })

  it('pads a table that stands in a quote or is indented, and keeps what stands before it', () => {
    const lines = ['| | Get |', '| --- | --- |', '| dock | ✓ |']
    const padded = ['|      | Get |', '| ---- | --- |', '| dock | ✓   |']
    for (const prefix of ['> ', '  ']) {
      const page = (rows: string[]) => `## Dock Admin\n\n${rows.map((row) => prefix + row).join('\n')}\n`
      expect(fixText(page(lines))).toBe(page(padded))
    }
  })

  it('leaves tables alone that no dialect reads', () => {
    const text = '## Colours\n\n| Name | Hue |\n| --- | --- |\n| Red sunset | 0 |\n'
    expect(fixText(text)).toBe(text)
  })
})

describe('sorting', () => {
  it.each([
    ['a comment', '- pier.get {/* a pier */}\n- dock.get\n'],
    ['words', '- pier.get: reads a pier\n- dock.get\n'],
    ['a list in it', '- pier.get\n  - pier.list\n- dock.get\n'],
    ['boxes', '- [x] pier.get\n- [ ] dock.get\n'],
    ['several in a line', '- pier.get, pier.list\n- dock.get\n'],
    ['numbers', '1. pier.get\n2. dock.get\n'],
  ])('leaves a list with %s alone', (_what, list) => {
    expect(fixText(`## Dock Admin\n\n${list}`)).toBe(`## Dock Admin\n\n${list}`)
  })

  it('keeps bullets, indentation and trailing spaces where they stand', () => {
    const page = (a: string, b: string, c: string) => `## Dock Admin\n\n  - ${a}  \n  - ${b}\n  - ${c}`
    expect(fixText(page('pier.get', '`dock.get`', 'quay.get'))).toBe(page('`dock.get`', 'pier.get', 'quay.get'))
  })

  it('is not made where the config leaves it out', () => {
    const text = '## Dock Admin\n\n- pier.get\n- dock.get\n'
    expect(fixText(text)).not.toBe(text)
    expect(fixText(text, {}, { fix: { disable: ['sorting'] } })).toBe(text)
  })
})

describe('what a run may do', () => {
  const page = '## Dock Admin\n\n- dock.get\n- dock.list\n'
  const harmful = (fixes: (text: string) => [from: string, to: string][]): Repair =>
    defineRepair({
      id: 'padding',
      noun: 'table',
      counts: 'blocks',
      summary: 'Does harm',
      examples: [],
      fixes: (input) =>
        fixes(input.page.file.text).flatMap(([from, to]): Fix[] => {
          const at = input.page.file.text.indexOf(from)
          return at === -1 ? [] : [{ description: 'Harm', edits: [input.edit(at, at + from.length, to)] }]
        }),
    })

  it('undoes a repair of form that changes what the page says, and says so', () => {
    const result = fixSet([sourceFile('page.mdx', page)], { repairs: [harmful(() => [['dock.list', 'dock.delete']])] })
    expect(result).toEqual({
      files: [],
      refused: [{ path: 'page.mdx', id: 'padding', why: 'would change what the page says' }],
      settled: true,
    })
  })

  it('makes the others of the same step', () => {
    const repair = harmful(() => [
      ['Admin\n\n-', 'Admin\n\n*'],
      ['dock.list', 'dock.delete'],
    ])
    const { files, refused } = fixSet([sourceFile('page.mdx', page.replace('\n- dock.list', ''))], {
      repairs: [repair],
    })
    expect(files[0]?.after).toBe('## Dock Admin\n\n* dock.get\n')
    expect(refused).toEqual([])
    const both = fixSet([sourceFile('page.mdx', `${page}\n## Dock User\n\nWord\n`)], {
      repairs: [
        harmful(() => [
          ['Word', 'Words'],
          ['dock.list', 'dock.delete'],
        ]),
      ],
    })
    expect(both.files[0]?.after).toContain('Word')
    expect(both.files[0]?.after).toContain('dock.list')
    expect(both.refused).toEqual([{ path: 'page.mdx', id: 'padding', why: 'would change what the page says' }])
  })

  it('gives up on repairs that undo one another, and says that it did', () => {
    const repair = harmful((text) => [text.includes('Words') ? ['Words', 'Word'] : ['Word', 'Words']])
    expect(fixSet([sourceFile('page.mdx', `${page}\nWord\n`)], { repairs: [repair] }).settled).toBe(false)
  })

  it('makes no fix of an accepted finding, nor one that a directive accepts', () => {
    const text = '## Dock Admin\n\n|      | Get |\n| ---- | --- |\n| dock | ✓   |\n\n<!-- a note -->\n'
    const { diagnostics } = analyse([sourceFile('page.mdx', text)], resolveSettings(), 'latest')
    const found = diagnostics.find(({ fix }) => fix !== null)
    expect(found?.ruleId).toBe('legacy-syntax')
    const { fingerprint, ruleId, subject, message } = found as NonNullable<typeof found>
    const accepted = [{ fingerprint, ruleId, subject, message, reason: 'as it is' }]
    expect(fixText(text)).toContain('{/* a note */}')
    expect(fixText(text, { baseline: { version: 1, accepted } })).toBe(text)
    expect(fixText(`{/* rolebook-disable-file legacy-syntax -- as it is */}\n\n${text}`)).toContain('<!-- a note -->')
    expect(fixText(text, { only: ['rows'] })).toBe(text)
  })

  it('takes the first of two fixes that want the same text', () => {
    const at = (column: number, text: string) => ({
      path: 'p',
      line: 1,
      column,
      endLine: 1,
      endColumn: column + 2,
      text,
    })
    expect(applyEdits('abcd', [at(1, 'x'), at(3, 'y')])).toBe('xy')
    expect(applyEdits('abcd', [at(1, 'x'), at(2, 'y')])).toBeNull()
    expect(applyEdits('abcd', [at(9, 'x')])).toBeNull()
  })

  it('knows facts from spellings', () => {
    const set = (text: string) => datasetOf([sourceFile('page.mdx', text)])
    const one = set('## Dock Admin\n\n- dock.get\n- dock.list\n')
    const moved = set('Words.\n\n## Dock Admin\n\n- dock.list\n- dock.get\n')
    const doubled = set('## Dock Admin\n\n- dock.get\n- dock.get\n- Dock.list\n')
    const other = set('## Dock Admin\n\n- dock.get\n- dock.delete\n')
    expect(factsOf(moved)).toBe(factsOf(one))
    expect(factsOf(doubled)).not.toBe(factsOf(one))
    expect(looseFactsOf(doubled)).toBe(looseFactsOf(one))
    expect(looseFactsOf(other)).not.toBe(looseFactsOf(one))
  })
})

describe('every page', () => {
  it('there are some, and some need mending', () => {
    expect(sets.length).toBeGreaterThan(50)
    const mended = sets.filter(([, files]) => fixedOnce(files).files.length > 0)
    expect(mended.length).toBeGreaterThan(10)
  })

  it.each(sets)('%s is mended once, and the second time nothing is left', (_name, files) => {
    const first = fixedOnce(files)
    expect(first.settled).toBe(true)
    expect(fixSet(withFixed(files, first)).files).toEqual([])
  })

  it.each(sets)('%s says the same before and after', (_name, files) => {
    const form = withFixed(files, fixedOnce(files, FORM))
    expect(factsOf(datasetOf(form))).toBe(factsOf(datasetOf(files)))
    const all = withFixed(files, fixedOnce(files))
    expect(looseFactsOf(datasetOf(all))).toBe(looseFactsOf(datasetOf(files)))
  })

  it.each(sets)('%s keeps, in form, all but marks, spaces and pipes, and the order of lists', (_name, files) => {
    for (const { before, after, done } of fixedOnce(files, FORM).files) {
      expect(done.size).toBeGreaterThan(0)
      const lines = (text: string) => (done.has('sorting') ? bare(text).split('\n').sort() : bare(text).split('\n'))
      expect(lines(after)).toEqual(lines(before))
    }
  })

  it.each(sets)('%s with CRLF line ends and a byte order mark is mended alike', (_name, files) => {
    const turned = (text: string) => `\uFEFF${text.replace(/\r\n|\n|\r/g, '\r\n')}`
    const plain = files.map((file) =>
      sourceFile(file.path, `\uFEFF${file.text.replace(/\r\n|\r/g, '\n')}`, file.relativePath),
    )
    const crlf = files.map((file) => sourceFile(file.path, turned(file.text.replace(/^\uFEFF/, '')), file.relativePath))
    const expected = withFixed(plain, fixSet(plain, { only: FORM })).map(({ text }) => text)
    const found = withFixed(crlf, fixSet(crlf, { only: FORM })).map(({ text }) => text)
    expect(found.map((text) => text.replaceAll('\r\n', '\n'))).toEqual(
      expected.map((text) => text.replace(/^\uFEFF+/, '\uFEFF')),
    )
    for (const text of found) {
      expect(text.startsWith('\uFEFF')).toBe(true)
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    }
  })

  it.each(sets)('%s made worse in form says the same when mended', (_name, files) => {
    const rough = files.map((file, i) => sourceFile(file.path, roughened(file.text, i), file.relativePath))
    const result = fixSet(rough, { only: FORM })
    const mended = withFixed(rough, result)
    expect(factsOf(datasetOf(mended))).toBe(factsOf(datasetOf(rough)))
    expect(fixSet(mended, { only: FORM }).files).toEqual([])
  })

  it('changes nothing outside of the edits that a repair asks for', () => {
    for (const [, files] of sets) {
      const rough = files.map((file, i) => sourceFile(file.path, roughened(file.text, i), file.relativePath))
      const { reading } = analyse(rough, resolveSettings(), 'latest')
      for (const repair of repairs) {
        for (const { edits } of repairsOf(repair, reading, resolveSettings())) {
          const { text } = rough.find(({ path }) => path === edits[0]?.path) as SourceFile
          const touched = new Set(edits.flatMap(({ line, endLine }) => [line, endLine]))
          const after = applyEdits(text, edits) as string
          const [was, is] = [text.split(/\r\n|\n|\r/), after.split(/\r\n|\n|\r/)]
          expect(is.length).toBe(was.length)
          expect(is.filter((_, i) => !touched.has(i + 1))).toEqual(was.filter((_, i) => !touched.has(i + 1)))
        }
      }
    }
  })
})

describe('damaged pages', () => {
  const pages = sets.flatMap(([, files]) => (files.length === 1 ? files : []))

  it('are mended without a crash, say the same after, and need nothing the second time', () => {
    const random = randomOf(7)
    let mended = 0
    for (let i = 0; i < 400; i++) {
      const file = pages[random(pages.length)] as SourceFile
      const lines = file.text.split('\n')
      const { reading } = analyse([file], resolveSettings(), 'latest')
      const read = reading.blocks[random(Math.max(1, reading.blocks.length))]
      const damage = DAMAGES[random(DAMAGES.length)] as (typeof DAMAGES)[number]
      if (!read) continue
      const from = read.block.span.line - 1
      const to = file.text.slice(0, read.block.end).trimEnd().split('\n').length
      const damaged = damage.apply(lines, { from, to }, random)?.join('\n')
      if (damaged === undefined) continue
      const before = [sourceFile(file.path, damaged, file.relativePath)]
      const result = fixSet(before)
      const after = withFixed(before, result)
      expect(looseFactsOf(datasetOf(after)), damage.name).toBe(looseFactsOf(datasetOf(before)))
      expect(fixSet(after).files, damage.name).toEqual([])
      if (result.files.length > 0) mended++
    }
    expect(mended).toBeGreaterThan(20)
  })

  it('of any text give no crash', () => {
    const piece = fc.constantFrom(
      '| ',
      ' |',
      '✓',
      '✔️',
      '\n',
      '\r\n',
      '- dock.get',
      '| - | - |',
      '| | Get |',
      '## Dock Admin',
      '\t',
      '\u00a0',
      '> ',
      '<!--',
      '-->',
      '`',
      '\\',
      '\uFEFF',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('')
        const once = fixText(text)
        expect(fixText(once)).toBe(once)
      }),
      { numRuns: 300 },
    )
  })
})

describe('rolebook fix', () => {
  let workspace: Workspace
  const given = (files: Record<string, string>) => {
    workspace = new Workspace(files)
    return workspace
  }
  afterEach(() => workspace?.remove())

  const ROUGH = [
    '---\ntitle: Project roles\n---\n\n## Dock Admin\n\n| | Create | Get |\n| --- | --- | --- |\n',
    '| **dock** | ✓ | ✔\n| **pier** | ✓ | ✅ |\n\n## Dock Viewer\n\n- pier.get\n- dock.get\n',
  ].join('')
  const MENDED = [
    '---\ntitle: Project roles\n---\n\n## Dock Admin\n\n|          | Create | Get |\n| -------- | ------ | --- |\n',
    '| **dock** | ✓      | ✓   |\n| **pier** | ✓      | ✓   |\n\n## Dock Viewer\n\n- dock.get\n- pier.get\n',
  ].join('')

  it('mends files in place, says what it did, and finds nothing the second time', async () => {
    const there = given({ 'docs/page.mdx': ROUGH, 'docs/other.md': '# Nothing\n' })
    expect(await there.transcript('fix', 'docs')).toMatchSnapshot()
    expect(readFileSync(join(there.folder, 'docs/page.mdx'), 'utf8')).toBe(MENDED)
    expect(await there.transcript('fix', 'docs')).toMatchSnapshot()
    expect(readdirSync(join(there.folder, 'docs')).sort()).toEqual(['other.md', 'page.mdx'])
  })

  it('prints a patch with --dry-run, and writes nothing', async () => {
    const there = given({ 'docs/page.mdx': ROUGH })
    expect(await there.transcript('fix', 'docs', '--dry-run')).toMatchSnapshot()
    expect(readFileSync(join(there.folder, 'docs/page.mdx'), 'utf8')).toBe(ROUGH)
  })

  it('makes only what --only names', async () => {
    const there = given({ 'page.mdx': ROUGH })
    const { out } = await there.run('fix', '--only', 'rows', '--only', 'sorting')
    expect(out).toBe('page.mdx: 1 row, 1 list\n1 file of 1 mended.\n')
    expect(await there.transcript('fix', '--only', 'mark')).toMatchSnapshot()
    expect((await there.run('fix', '--only', 'unknown-mark')).code).toBe(0)
  })

  it('names an id of the config that it does not know', async () => {
    const config = JSON.stringify({ fix: { disable: ['paddings'] } })
    const there = given({ 'page.mdx': ROUGH, 'rolebook.config.json': config })
    expect(await there.transcript('fix')).toMatchSnapshot()
  })

  it('writes only files under the roots that were named', async () => {
    const config = JSON.stringify({ versions: [{ id: 'v1', root: 'docs' }] })
    const there = given({ 'docs/a/page.mdx': ROUGH, 'docs/b/page.mdx': ROUGH, 'rolebook.config.json': config })
    const { code, out } = await there.run('fix', 'docs/a')
    expect([code, out]).toEqual([0, 'docs/a/page.mdx: 2 marks, 1 row, 1 list, 1 table\n1 file of 1 mended.\n'])
    expect(readFileSync(join(there.folder, 'docs/b/page.mdx'), 'utf8')).toBe(ROUGH)
  })

  it('keeps the mode of a file, and leaves links alone', async () => {
    const there = given({ 'docs/page.mdx': ROUGH, 'elsewhere/page.mdx': ROUGH })
    chmodSync(join(there.folder, 'docs/page.mdx'), 0o754)
    symlinkSync(join(there.folder, 'elsewhere/page.mdx'), join(there.folder, 'docs/link.mdx'))
    symlinkSync(join(there.folder, 'elsewhere'), join(there.folder, 'docs/folder'))
    await there.run('fix', 'docs')
    expect(statSync(join(there.folder, 'docs/page.mdx')).mode & 0o777).toBe(0o754)
    const named = await there.run('fix', 'docs/link.mdx')
    expect([named.code, named.err]).toEqual([2, 'docs/link.mdx: is no plain file; left alone.\n'])
    expect(readFileSync(join(there.folder, 'elsewhere/page.mdx'), 'utf8')).toBe(ROUGH)
  })

  it('leaves a file alone whose bytes are no UTF-8', async () => {
    const there = given({ 'page.mdx': ROUGH })
    const bytes = Buffer.concat([Buffer.from(ROUGH), Buffer.from([0xe9, 0x0a])])
    writeFileSync(join(there.folder, 'page.mdx'), bytes)
    expect(await there.transcript('fix')).toMatchSnapshot()
    expect(readFileSync(join(there.folder, 'page.mdx')).equals(bytes)).toBe(true)
  })

  it('mends a partial that an older version borrows, once, and what the older version says stays', async () => {
    const config = JSON.stringify({ versions: ['new', 'old'].map((id) => ({ id, root: id })), name: 'harbour' })
    const partial =
      '---\npartial_category: p\npartial_name: docks\n---\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✔ |\n'
    const page = '## Dock Admin\n\n<PartialsComponent category="p" name="docks" />\n'
    const there = given({ 'new/_p.mdx': partial, 'new/a.mdx': page, 'old/a.mdx': page, 'rolebook.config.json': config })
    const extract = async () => {
      const { out } = await there.run('extract', '--docs-version', 'old')
      return factsOf(JSON.parse(out))
    }
    const before = await extract()
    expect(before).toContain('dock.list')
    expect((await there.run('fix', 'old')).out).toBe('Nothing to fix (1 file read).\n')
    const { code, out } = await there.run('fix')
    expect([code, out]).toEqual([0, 'new/_p.mdx: 1 mark, 1 table\n1 file of 3 mended.\n'])
    expect(await extract()).toBe(before)
  })

  it('leaves accepted findings as they are, and makes none of them stale', async () => {
    const text = [
      '## Dock Admin\n\n|      | Get | List |\n| ---- | --- | ---- |\n| dock | ✓   |\n| pier | ✓   |      |\n| quay | ✓ |  ✓ |\n',
      '\n<!-- a note -->\n',
    ].join('')
    const there = given({ 'page.mdx': text, 'rolebook.config.json': '{}' })
    await there.run('baseline', '--reason', 'as it is')
    expect(await there.transcript('fix')).toMatchSnapshot()
    expect((await there.run('check')).out).toContain('No findings')
    expect(readFileSync(join(there.folder, 'page.mdx'), 'utf8')).toBe(text)
    rmSync(join(there.folder, 'rolebook.baseline.json'))
    expect(await there.transcript('fix')).toMatchSnapshot()
    expect(readFileSync(join(there.folder, 'page.mdx'), 'utf8')).not.toBe(text)
  })

  const pages: Record<string, string> = {
    'plain.mdx': ROUGH,
    'no-end.mdx': ROUGH.trimEnd(),
    'crlf.mdx': ROUGH.replaceAll('\n', '\r\n'),
    'bom.mdx': `\uFEFF${ROUGH}`,
    'in a folder/with spaces.mdx': ROUGH,
    'naïve–✓.mdx': ROUGH,
    'long.mdx': `${ROUGH}\n${'Words.\n\n'.repeat(40)}${ROUGH.slice(ROUGH.indexOf('## Dock Admin')).replaceAll('Dock', 'Pier')}`,
    'cr.mdx': ROUGH.replaceAll('\n', '\r'),
  }

  it.each([
    ['git', ['apply', '-p1', '--whitespace=nowarn']],
    ['patch', ['-p1', '--binary', '-s']],
  ])('%s takes the patch and makes of it what the command makes', async (program, options) => {
    if (spawnSync(program, ['--version']).status !== 0) return console.log(`skipped: no ${program}`)
    const there = given(pages)
    const { out } = await there.run('fix', '--dry-run')
    const copy = mkdtempSync(join(tmpdir(), 'rolebook-patch-'))
    for (const [path, text] of Object.entries(pages)) {
      mkdirSync(join(copy, path, '..'), { recursive: true })
      writeFileSync(join(copy, path), text)
    }
    expect(spawnSync('git', ['init', '-q'], { cwd: copy }).status).toBe(0)
    const { status, stdout, stderr } = spawnSync(program, options, { cwd: copy, input: out, encoding: 'utf8' })
    expect([status, stdout, stderr]).toEqual([0, '', ''])
    await there.run('fix')
    for (const [path, text] of Object.entries(pages)) {
      const mended = readFileSync(join(there.folder, path))
      expect(readFileSync(join(copy, path)).equals(mended), path).toBe(true)
      expect(mended.toString('utf8'), path).not.toBe(text)
    }
    rmSync(copy, { recursive: true })
    expect(existsSync(copy)).toBe(false)
  })
})
