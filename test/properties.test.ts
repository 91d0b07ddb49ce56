/** What holds for any input, not only for the pages that somebody thought of. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { type Analysis, analyse } from '../src/analyse.ts'
import { datasetSchema } from '../src/model/dataset.ts'
import type { SourceFile } from '../src/parse/source.ts'
import { lastWordOf, wordsOf } from '../src/parse/words/vocabulary.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { LineIndex } from '../src/text.ts'
import { analyseText, analyseTexts, READING, readFolder, sourceFile } from './support/analysis.ts'
import { listFixtures } from './support/fixtures.ts'
import { ROOT } from './support/shared.ts'

const settings = resolveSettings()
const palette = resolveSettings(config)
const content = readFolder(join(ROOT, 'content', 'latest'))
const old = readFolder(join(ROOT, 'content', 'v3'))

/** All fixtures as one documentation set: it has partials, duplicate roles, and keys in two spellings. */
const fixtureFiles = listFixtures().flatMap((fixture) =>
  fixture.files.map((file) => sourceFile(`${fixture.id}/${file.path}`, file.text)),
)

function seeded(files: readonly SourceFile[], seed: number): SourceFile[] {
  return shuffled(files, seed)
}

/** A shuffle that depends on the seed alone, so that a failure can be run again. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items]
  let state = seed >>> 0
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = state % (i + 1)
    ;[result[i], result[j]] = [result[j] as T, result[i] as T]
  }
  return result
}

function permissionSets(analysis: Analysis) {
  const { roles, catalogues, policies, mappings } = analysis.model.dataset
  return {
    roles: roles.map((role) => [role.id, role.name, role.permissions]),
    catalogues: catalogues.map((catalogue) => [catalogue.id, catalogue.permissions]),
    policies: policies.map((policy) => [policy.id, policy.permissions]),
    mappings: mappings.map((mapping) => [mapping.id, mapping.requires]),
  }
}

function fingerprints(analysis: Analysis): string[] {
  return analysis.diagnostics.map((d) => `${d.ruleId} ${d.fingerprint}`).sort()
}

/** What every analysis owes, whatever it was given. */
function expectSound(analysis: Analysis, text: string): void {
  const lines = text.split(/\r\n|\n|\r/)
  for (const { line, column, endLine, endColumn, fingerprint, message } of analysis.diagnostics) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(column).toBeLessThanOrEqual((lines[line - 1] as string).length + 2)
    expect(endLine - line || endColumn - column).toBeGreaterThanOrEqual(0)
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(message).not.toBe('')
  }
  const parsed = datasetSchema.safeParse(JSON.parse(JSON.stringify(analysis.model.dataset)))
  expect(parsed.error?.message ?? '').toBe('')
}

describe('order', () => {
  it('the order of files changes neither the dataset nor the diagnostics of the fixtures', () => {
    const expected = analyse(fixtureFiles, settings, 'latest')
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { model, diagnostics } = analyse(seeded(fixtureFiles, seed), settings, 'latest')
        expect(JSON.stringify(model.dataset)).toBe(JSON.stringify(expected.model.dataset))
        expect(diagnostics).toEqual(expected.diagnostics)
      }),
      { numRuns: 15 },
    )
  })

  it.each([
    ['latest', content],
    ['v3', old],
  ] as const)('the order of files changes nothing in content/%s', (version, files) => {
    const expected = analyse(files, palette, version)
    for (const seed of [1, 2]) {
      const { model, diagnostics } = analyse(seeded(files, seed), palette, version)
      expect(JSON.stringify(model.dataset)).toBe(JSON.stringify(expected.model.dataset))
      expect(diagnostics).toEqual(expected.diagnostics)
    }
  })

  it('shuffling the rows of tables and the bullets of lists changes no permission set of real pages', () => {
    const expected = permissionSets(analyse(old, palette, 'v3'))
    for (const seed of [3, 4]) {
      const files = old.map((file) => ({ ...file, text: shuffleRows(file.text, seed) }))
      expect(files.some((file, i) => file.text !== old[i]?.text)).toBe(true)
      expect(permissionSets(analyse(files, palette, 'v3'))).toEqual(expected)
    }
    const lists = permissionSets(analyse(content, palette, 'latest'))
    const files = content.map((file) => ({ ...file, text: shuffleRows(file.text, 5) }))
    expect(permissionSets(analyse(files, palette, 'latest'))).toEqual(lists)
  })

  it('shuffling the columns of a matrix changes no permission set', () => {
    fc.assert(
      fc.property(matrix(), fc.integer(), (table, seed) => {
        const columns = shuffled(
          table.operations.map((_, i) => i),
          seed,
        )
        const moved = {
          operations: columns.map((i) => table.operations[i] as string),
          rows: table.rows.map((row) => ({ key: row.key, marks: columns.map((i) => row.marks[i] as string) })),
        }
        const sets = permissionSets(analyseText(render(table, PLAIN)))
        expect(permissionSets(analyseText(render(moved, PLAIN)))).toEqual(sets)
      }),
      { numRuns: 40 },
    )
  })

  it('shuffling the rows of a matrix changes no permission set', () => {
    fc.assert(
      fc.property(matrix(), fc.integer(), (table, seed) => {
        const sets = permissionSets(analyseText(render(table, PLAIN)))
        const moved = { ...table, rows: shuffled(table.rows, seed) }
        expect(permissionSets(analyseText(render(moved, PLAIN)))).toEqual(sets)
      }),
      { numRuns: 40 },
    )
  })
})

describe('edits of prose', () => {
  const prose = fc
    .array(fc.constantFrom('Lorem', 'ipsum', 'dolor', '*sit*', '`amet`', 'role', 'Viewer', '√', 'a.b', '…', 'é'), {
      minLength: 1,
      maxLength: 12,
    })
    .map((words) => `Words: ${words.join(' ')}.`)

  it('a paragraph above the blocks of a fixture changes no fingerprint and no permission set', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtureFiles), prose, (file, paragraph) => {
        const before = analyse([file], settings, 'latest')
        const after = analyse([{ ...file, text: insertAtTop(file.text, paragraph) }], settings, 'latest')
        expect(fingerprints(after)).toEqual(fingerprints(before))
        expect(permissionSets(after)).toEqual(permissionSets(before))
      }),
      { numRuns: 150 },
    )
  })

  it('a paragraph above a heading of a real page changes no fingerprint and no permission set', () => {
    const pages = [...old, ...content].filter((file) => file.path.includes('/user-management/'))
    fc.assert(
      fc.property(fc.constantFrom(...pages), fc.nat(), prose, (file, at, paragraph) => {
        const before = analyse([file], palette, 'latest')
        const after = analyse([{ ...file, text: insertAboveHeading(file.text, at, paragraph) }], palette, 'latest')
        expect(fingerprints(after)).toEqual(fingerprints(before))
        expect(permissionSets(after)).toEqual(permissionSets(before))
      }),
      { numRuns: 8 },
    )
  })

  const LF = fixtureFiles.filter((file) => !file.text.includes('\r')).map((file) => [file.path, file] as const)
  const NO_BOM = fixtureFiles
    .filter((file) => !file.text.startsWith('\uFEFF'))
    .map((file) => [file.path, file] as const)
  const places = (analysis: Analysis) =>
    analysis.diagnostics.map((d) => `${d.ruleId} ${d.line}:${d.line === 1 ? '' : d.column}`)

  it.each(LF)('CRLF line ends change no fact and no finding of %s', (_path, file) => {
    const before = analyse([file], settings, 'latest')
    const after = analyse([{ ...file, text: file.text.replaceAll('\n', '\r\n') }], settings, 'latest')
    expect(permissionSets(after)).toEqual(permissionSets(before))
    expect(fingerprints(after)).toEqual(fingerprints(before))
    expect(places(after)).toEqual(places(before))
  })

  it.each(NO_BOM)('a byte order mark changes no fact and no finding of %s', (_path, file) => {
    const before = analyse([file], settings, 'latest')
    const after = analyse([{ ...file, text: `\uFEFF${file.text}` }], settings, 'latest')
    expect(permissionSets(after)).toEqual(permissionSets(before))
    expect(fingerprints(after)).toEqual(fingerprints(before))
    expect(places(after)).toEqual(places(before))
  })
})

describe('any text', () => {
  const TOKENS = [
    ...['|', '| a | b |', '| --- | --- |', '|-|', '√', '✓*', 'x', '- ', '- a.get', '- cluster.list', '* ', '1. ', '\n'],
    ...[
      '\n\n',
      '\r\n',
      '    ',
      '\t',
      '> ',
      '#',
      '## Cluster Viewer',
      '# ',
      '---',
      '---\n',
      '***',
      '```',
      '```json',
      '~~~',
    ],
    ...[
      '{"Statement": [',
      '"Action": "a:b"',
      ']}',
      '{',
      '}',
      '"',
      '\\',
      '`',
      '``',
      '<',
      '>',
      '<!--',
      '-->',
      '{/*',
      '*/}',
    ],
    ...[
      '<Tabs>',
      '</Tabs>',
      '<TabItem label="A">',
      '</TabItem>',
      '<br / >',
      '<br>',
      '<details>',
      '<summary>',
      '</summary>',
    ],
    ...[
      '<AccordionPanel title="',
      '">',
      "<a b='",
      '<PartialsComponent category="a" name="b" />',
      ':::',
      ':::tip',
      ':::::',
    ],
    ...[
      '\uFEFF',
      '\u00A0',
      '\u0000',
      '\uD800',
      '\uE000',
      '\uE001',
      '&radic;',
      '[^1]',
      '[^1]: a',
      '![',
      '](',
      '~~',
      '**',
    ],
    ...['title: "', 'partial_name: b', '| Role Name | Description |', '| | Create | Get |', 'Last Update: ', 'Create'],
  ]
  const tokens = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((parts) => parts.join(''))

  it('made of the pieces of pages is read without a throw, into a sound dataset', () => {
    fc.assert(
      fc.property(tokens, (text) => expectSound(analyseText(text), text)),
      { numRuns: 400 },
    )
  })

  it('made of any characters is read without a throw, into a sound dataset', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => expectSound(analyseText(text), text)),
      { numRuns: 200 },
    )
  })

  it('made of a real page, torn and mended at random, is read without a throw, into a sound dataset', () => {
    const pages = [...fixtureFiles, ...old, ...content].filter((file) => file.text.length < 12_000)
    const edit = fc.record({
      kind: fc.constantFrom('delete', 'repeat', 'splice', 'slice', 'token'),
      at: fc.nat(),
      length: fc.integer({ min: 1, max: 12 }),
      token: fc.constantFrom(...TOKENS),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...pages),
        fc.constantFrom(...pages),
        fc.array(edit, { maxLength: 6 }),
        (a, b, edits) => {
          let { text } = a
          for (const { kind, at, length, token } of edits) {
            if (kind === 'slice') text = text.slice(at % (text.length + 1))
            else if (kind === 'token') {
              const offset = at % (text.length + 1)
              text = text.slice(0, offset) + token + text.slice(offset)
            } else {
              const lines = text.split('\n')
              const from = at % lines.length
              if (kind === 'delete') lines.splice(from, length)
              else if (kind === 'repeat') lines.splice(from, 0, ...lines.slice(from, from + length))
              else {
                const others = b.text.split('\n')
                const start = at % others.length
                lines.splice(from, 0, ...others.slice(start, start + length))
              }
              text = lines.join('\n')
            }
          }
          expectSound(analyse([sourceFile(a.path, text)], settings, 'latest'), text)
        },
      ),
      { numRuns: 250 },
    )
  })

  it.each([
    ['unclosed tags', '<a '.repeat(4000)],
    ['open tags', '<TabItem label="A">\n'.repeat(2000)],
    ['closing tags', '</TabItem>'.repeat(4000)],
    ['braces', '<a b={'.repeat(3000)],
    ['backticks', '` '.repeat(4000)],
    ['comments', '<!-- '.repeat(4000)],
    ['colons', `${':::note\n'.repeat(1500)}${':::\n'.repeat(1500)}`],
    ['blockquotes', `${'> '.repeat(200)}a\n`],
    ['nested lists', Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}- a.get\n`).join('')],
    ['a wide table', `|${' Get |'.repeat(500)}\n|${' - |'.repeat(500)}\n|${' √ |'.repeat(500)}\n`],
    ['pipes', `${'|'.repeat(3000)}\n${'|-'.repeat(1500)}\n`],
    ['nested JSON', `\`\`\`json\n${'{"Statement":['.repeat(5000)}\n\`\`\`\n`],
    ['many inclusions', '<PartialsComponent category="a" name="b" />\n\n'.repeat(500)],
    ['a long line', `- ${'a'.repeat(50_000)}.get\n`],
    ['front matter without an end', `---\n${'a: b\n'.repeat(20_000)}`],
    [
      'YAML aliases',
      `---\na: &a [x, x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*${i ? `b${i - 1}` : 'a'}, *${i ? `b${i - 1}` : 'a'}]\n`).join('')}---\n`,
    ],
  ])('of %s comes to an end', (_name, text) => {
    expectSound(analyseText(text), text)
  })

  it('partials that include each other come to an end', () => {
    const partial = (name: string, other: string) =>
      `---\npartial_category: a\npartial_name: ${name}\n---\n\n<PartialsComponent category="a" name="${other}" />\n\n- dock.get\n`
    const files = [sourceFile('x.mdx', partial('x', 'y')), sourceFile('y.mdx', partial('y', 'x'))]
    files.push(sourceFile('z.mdx', partial('z', 'z')))
    expect(analyse(files, settings, 'latest').model.dataset.roles.length).toBeGreaterThan(0)
  })
})

describe('what is found fast', () => {
  it('is the place of an offset, whichever was asked for before', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n'), maxLength: 60 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(64), { minLength: 1, maxLength: 12 }), (text, offsets) => {
        const lines = new LineIndex(text)
        for (const asked of offsets) {
          const offset = Math.min(asked, text.length)
          // Between CR and LF is the line that both end.
          const above = text.slice(0, offset).split(/\r\n|\n|\r(?!\n)/)
          const torn = text[offset - 1] === '\r' && text[offset] === '\n'
          if (torn) continue
          const column = (above.at(-1) as string).length + 1
          expect(lines.at(offset)).toEqual({ line: above.length, column })
          expect(lines.start(above.length)).toBe(offset - column + 1)
        }
      }),
    )
  })

  it('is the last word of a name', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'z', 'A', 'Z', '0', '9', ' ', '-', '_', 'é', '.'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(name, (text) => {
        expect(lastWordOf(text)).toBe(wordsOf(text).at(-1) ?? '')
      }),
    )
  })
})

describe('nothing is lost in silence', () => {
  it('every tick of a matrix is in the model, or a finding stands on its line', () => {
    fc.assert(
      fc.property(matrix(), style(), (table, how) => {
        const text = render(table, how)
        expectNothingLost(text, analyseText(text, { rules: READING }), table.ticks, how)
      }),
      { numRuns: 300 },
    )
  })

  it('every tick of a table of actions and roles is in the model, or a finding stands on its line', () => {
    const roles = fc.uniqueArray(fc.constantFrom('Captain', 'Mate', 'Cook', 'Cabin Boy'), {
      minLength: 1,
      maxLength: 4,
    })
    const table = roles.chain((names) =>
      fc.record({
        names: fc.constant(names),
        rows: fc.array(fc.array(mark(), { minLength: names.length, maxLength: names.length }), {
          minLength: 1,
          maxLength: 5,
        }),
      }),
    )
    fc.assert(
      fc.property(table, ({ names, rows }) => {
        const lines = [
          '## Permissions of the crew',
          '',
          `| Permission | ${names.join(' | ')} |`,
          `| --- |${' --- |'.repeat(names.length)}`,
          ...rows.map((marks, i) => `| Sail ship ${i} | ${marks.join(' | ')} |`),
        ]
        const { model, diagnostics } = analyseText(`${lines.join('\n')}\n`, { rules: READING })
        const grants = model.dataset.roles.flatMap((role) =>
          role.grants.filter((g) => g.effect !== 'denied').map((g) => `${role.name} ${g.source.line}`),
        )
        rows.forEach((marks, i) => {
          marks.forEach((text, column) => {
            if (!TICKS.includes(text)) return
            const line = 5 + i
            const reported = diagnostics.some((d) => d.line === line || d.line === 3)
            const held = grants.includes(`${names[column]} ${line}`)
            expect(held || reported, `${names[column]} at line ${line} of\n${lines.join('\n')}`).toBe(true)
          })
        })
      }),
      { numRuns: 200 },
    )
  })

  it('every bullet of a list of permissions is in the model, or a finding stands on its line', () => {
    const item = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(key(), operation()).map(([k, o]) => `${k}.${o}`) },
      { weight: 1, arbitrary: fc.constantFrom('everything else', 'dock', 'dock.get and more', '`dock.list`', 'a.*') },
    )
    const marker = fc.constantFrom('- ', '* ', '+ ', '1. ')
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), marker, (items, bullet) => {
        const permissions = items.filter((text) => /^`?[\w]+\.(?:\w+|\*)`?$/.test(text))
        fc.pre(permissions.length * 2 >= items.length)
        const text = `<AccordionPanel title="Captain">\n\n${items.map((entry) => `${bullet}${entry}\n`).join('')}\n</AccordionPanel>\n`
        const { model, diagnostics } = analyseText(text, { rules: READING })
        const held = new Set(model.dataset.roles.flatMap((role) => role.permissions))
        items.forEach((entry, i) => {
          const id = entry.replaceAll('`', '')
          const lower = [...held].some((permission) => permission.toLowerCase() === id.toLowerCase())
          expect(lower || diagnostics.some((d) => d.line === 3 + i), `${entry} in\n${text}`).toBe(true)
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('names that JavaScript knows', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__']

  it.each(NAMES)('%s works as the title of a panel, as a key, and as a heading', (name) => {
    const rows = `|  | Get | List |\n| --- | --- | --- |\n| \`${name}\` | √ | √ |\n`
    const panel = analyseText(`<AccordionPanel title="${name}">\n\n${rows}\n</AccordionPanel>\n`)
    expect(panel.model.dataset.roles.map((role) => [role.name, role.permissions])).toEqual([
      [name, [`${name}.get`, `${name}.list`]],
    ])
    expect(panel.model.dataset.resources.map((resource) => resource.id)).toEqual([name])
    const heading = analyseText(`## \`${name}\`\n\n${rows}`)
    expect(heading.model.dataset.roles.map((role) => role.name)).toEqual([name])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })

  it.each(NAMES.filter((name) => /^[a-z]/.test(name)))('%s works as an operation and as a role in a column', (name) => {
    const list = analyseText(`## Captain\n\n- dock.get\n- dock.${name}\n`)
    expect(list.model.dataset.roles[0]?.permissions).toEqual(['dock.get', `dock.${name}`].sort())
    const table = analyseText(`## Crew\n\n| Permission | ${name} |\n| --- | --- |\n| ${name} | ✓ |\n`)
    expect(table.model.dataset.roles.map((role) => [role.name, role.permissions.length])).toEqual([[name, 1]])
  })

  it.each(NAMES)('%s is no operation: not as a heading of a table, not in a sentence', (name) => {
    const table = `| Class | ${name} | Static |\n| --- | --- | --- |\n| Ship | ✓ | ✓ |\n| Crane | ✓ | |\n`
    const dock =
      '| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Dock | dock | get | Project |\n'
    const texts = { 'a.md': `# Classes\n\n${table}\nCall \`dock.${name}\`.\n`, 'b.md': dock }
    expect(analyseTexts(texts).diagnostics).toEqual([])
  })

  it.each(NAMES)('%s works in front matter, as a partial, and in a policy', (name) => {
    const files = [
      sourceFile('a.mdx', `---\n${name}: x\npartial_category: ${name}\npartial_name: ${name}\n---\n\n- dock.get\n`),
      sourceFile('b.mdx', `## Captain\n\n<PartialsComponent category="${name}" name="${name}" />\n`),
      sourceFile(
        'c.mdx',
        `\`\`\`json\n{"Statement": [{"Effect": "Allow", "Action": "s3:Get", "Resource": "*", "Condition": {"${name}": {"${name}": "x"}}}]}\n\`\`\`\n`,
      ),
    ]
    const { model, diagnostics } = analyse(files, resolveSettings({ rules: READING }), 'latest')
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles.map((role) => role.permissions)).toEqual([['dock.get']])
    const condition = JSON.stringify(model.dataset.policies[0]?.statements[0]?.conditions)
    expect(condition).toBe(`{"${name}":{"${name}":"x"}}`)
  })
})

// Generators of matrices.

const TICKS = ['√', '✓', '✔', '✅', ':white_check_mark:', 'Yes']
const OTHERS = ['', '', '❌', 'No', 'maybe', '?', '-']
const OPERATIONS = ['Create', 'Delete', 'Get', 'List', 'Update', 'Import', 'Publish', 'Backup', 'Restore']
const KEYS = ['dock', 'pier', 'airDock', 'quay2', 'constructor', 'Mole', 'dry-dock', 'wharf_old']

interface MatrixText {
  operations: string[]
  rows: { key: string; marks: string[] }[]
}

interface Tick {
  row: number
  permission: string
}

interface Style {
  bold: boolean
  pad: string
  closed: boolean
  place: 'heading' | 'tab' | 'tight-tab' | 'details' | 'item' | 'quote'
  end: '\n' | '\r\n'
}

const PLAIN: Style = { bold: true, pad: ' ', closed: true, place: 'heading', end: '\n' }

function mark() {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...TICKS) },
    { weight: 2, arbitrary: fc.constantFrom(...OTHERS) },
  )
}

function key() {
  return fc.constantFrom('dock', 'pier', 'airDock', 'quay', 'constructor')
}

function operation() {
  return fc.constantFrom('create', 'get', 'list', 'update', 'snapshotGet')
}

function matrix(): fc.Arbitrary<MatrixText & { ticks: Tick[] }> {
  const operations = fc.uniqueArray(fc.constantFrom(...OPERATIONS), { minLength: 2, maxLength: 6 })
  return operations.chain((titles) => {
    const marks = fc.array(mark(), { minLength: titles.length, maxLength: titles.length })
    return fc
      .uniqueArray(fc.record({ key: fc.constantFrom(...KEYS), marks }), {
        minLength: 1,
        maxLength: 6,
        selector: (row) => row.key,
      })
      .map((rows) => ({
        operations: titles,
        rows,
        ticks: rows.flatMap((row, i) =>
          row.marks.flatMap((text, column) =>
            TICKS.includes(text) ? [{ row: i, permission: `${row.key}.${titles[column]?.toLowerCase()}` }] : [],
          ),
        ),
      }))
  })
}

function style(): fc.Arbitrary<Style> {
  return fc.record({
    bold: fc.boolean(),
    pad: fc.constantFrom(' ', '', '   ', '\u00A0'),
    closed: fc.boolean(),
    place: fc.constantFrom('heading', 'tab', 'tight-tab', 'details', 'item', 'quote'),
    end: fc.constantFrom('\n', '\r\n'),
  })
}

/** Lines before the first row of the matrix; see `render`. */
const LEAD: Record<Style['place'], string[]> = {
  heading: ['## Captain', ''],
  tab: ['<Tabs>', '<TabItem label="Captain">', ''],
  'tight-tab': ['<Tabs>', '<TabItem label="Captain">'],
  details: ['<details>', '<summary>Captain</summary>'],
  item: ['## Captain', '', '1. The permissions:', ''],
  quote: ['## Captain', ''],
}
const TAIL: Record<Style['place'], string[]> = {
  heading: [],
  tab: ['', '</TabItem>', '</Tabs>'],
  'tight-tab': ['</TabItem>', '</Tabs>'],
  details: ['</details>'],
  item: ['', '2. Go on.'],
  quote: [],
}

function render(table: MatrixText, how: Style): string {
  const { bold, pad, closed, place, end } = how
  const name = (text: string) => (bold ? `**${text}**` : text)
  const row = (cells: string[]) => `|${cells.map((cell) => `${pad}${cell}${pad}`).join('|')}${closed ? '|' : ''}`
  const indent = place === 'item' ? '   ' : place === 'quote' ? '> ' : ''
  const body = [
    row(['', ...table.operations.map(name)]),
    `|${' --- |'.repeat(table.operations.length + 1)}`,
    ...table.rows.map(({ key, marks }) => row([name(key), ...marks])),
  ]
  return [...LEAD[place], ...body.map((line) => indent + line), ...TAIL[place], ''].join(end)
}

function expectNothingLost(text: string, { model, diagnostics }: Analysis, ticks: Tick[], how: Style): void {
  const header = LEAD[how.place].length + 1
  const held = new Map<string, Set<number>>()
  for (const grant of model.dataset.roles.flatMap((role) => role.grants)) {
    if (grant.effect === 'denied') continue
    const id = grant.permission.toLowerCase().replace(/[-_]/g, '')
    held.set(id, (held.get(id) ?? new Set()).add(grant.source.line))
  }
  for (const { row, permission } of ticks) {
    const line = header + 2 + row
    const inModel = held.get(permission.toLowerCase().replace(/[-_]/g, ''))?.has(line) ?? false
    const reported = diagnostics.some((d) => d.line === line || d.line === header)
    expect(inModel || reported, `${permission} at line ${line} of\n${text}`).toBe(true)
  }
}

// Edits of pages.

function insertAtTop(text: string, paragraph: string): string {
  const matter =
    /^\uFEFF?---\r?\n[\s\S]*?\r?\n---[ \t]*\r?\n/.exec(text)?.[0] ?? (text.startsWith('\uFEFF') ? '\uFEFF' : '')
  return `${matter}\n${paragraph}\n\n${text.slice(matter.length)}`
}

function insertAboveHeading(text: string, at: number, paragraph: string): string {
  const lines = text.split('\n')
  let fence = false
  const headings = lines.flatMap((line, i) => {
    if (/^\s*```/.test(line)) fence = !fence
    return !fence && /^#{1,6} /.test(line) ? [i] : []
  })
  const index = headings[at % Math.max(1, headings.length)]
  if (index === undefined) return insertAtTop(text, paragraph)
  lines.splice(index, 0, paragraph, '')
  return lines.join('\n')
}

/** Shuffles runs of body rows (of tables that are no role tables) and runs of bullets, everywhere outside of fences. */
function shuffleRows(text: string, seed: number): string {
  const lines = text.split('\n')
  let fence = false
  let start = -1
  const flush = (end: number) => {
    if (start >= 0 && end - start > 1)
      lines.splice(start, end - start, ...shuffled(lines.slice(start, end), seed + start))
    start = -1
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    if (/^\s*```/.test(line)) fence = !fence
    const bullet = /^- \S+\.\S+$/.test(line)
    const row = /^\|.*√/.test(line)
    if (!fence && (bullet || row)) {
      if (start < 0) start = i
    } else flush(i)
  }
  flush(lines.length)
  return lines.join('\n')
}
