/** The published files: CSV and JSON, what `export` and `build` write, and when they refuse to. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import csv, { field } from '../src/export/formats/csv.ts'
import { formats } from '../src/export/formats.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseText, readFolder } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { ROOT } from './support/shared.ts'

const context = { settings: resolveSettings() }

let workspace: Workspace | undefined

afterEach(() => {
  workspace?.remove()
  workspace = undefined
})

function given(files: Record<string, string>): Workspace {
  workspace = new Workspace(files)
  return workspace
}

/** Reads CSV after RFC 4180, strictly: throws where a quote stands in a bare field or a quoted one does not end. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let i = 0
  while (i < text.length) {
    let value = ''
    if (text[i] === '"') {
      for (i++; ; i++) {
        if (i >= text.length) throw new Error('a quoted field does not end')
        if (text[i] !== '"') value += text[i]
        else if (text[i + 1] === '"') {
          value += '"'
          i++
        } else break
      }
      i++
    } else {
      while (i < text.length && text[i] !== ',' && text[i] !== '\r') {
        if (text[i] === '"' || text[i] === '\n') throw new Error(`a bare field holds ${JSON.stringify(text[i])}`)
        value += text[i++]
      }
    }
    row.push(value)
    if (text[i] === ',') {
      i++
      if (text[i] === '\r') row.push('')
    } else if (text.startsWith('\r\n', i)) {
      i += 2
    } else throw new Error(`a row ends at character ${i} without CRLF`)
    if (text.startsWith('\r\n', i - 2)) {
      rows.push(row)
      row = []
    }
  }
  return rows
}

function csvOf(dataset: Dataset): string {
  return String(csv.files(dataset, context)[0]?.content ?? '')
}

describe('CSV', () => {
  it('quotes commas, quotes and line ends, and nothing else', () => {
    expect(['plain', 'a,b', 'say "no"', 'two\nlines', 'two\r\nlines', '', ' padded '].map(field)).toEqual([
      ...['plain', '"a,b"', '"say ""no"""', '"two\nlines"', '"two\r\nlines"', '', ' padded '],
    ])
    expect([field(3), field(null)]).toEqual(['3', ''])
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A1"])(
    'gives %j an apostrophe, so that no spreadsheet runs it',
    (value) => {
      expect(parseCsv(`${field(value)},end\r\n`)).toEqual([[`'${value}`, 'end']])
    },
  )

  it('has a row for each grant of content/, with its place', () => {
    const files = readFolder(join(ROOT, 'content', 'latest'), 'content/latest/')
    const { dataset } = analyse(files, resolveSettings(config), 'latest').model
    const [header, ...rows] = parseCsv(csvOf(dataset))
    expect(header).toEqual([
      ...['role_id', 'role_name', 'scope', 'group', 'level', 'permission', 'resource', 'operation', 'access'],
      ...['effect', 'note', 'path', 'line', 'column'],
    ])
    expect(rows).toHaveLength(dataset.roles.reduce((sum, role) => sum + role.grants.length, 0))
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([14]))
    const expected = dataset.roles.flatMap((role) =>
      role.grants.map((g) => [role.id, g.permission, g.effect, g.source.path, String(g.source.line)].join(' ')),
    )
    expect(rows.map((row) => [row[0], row[5], row[9], row[11], row[12]].join(' '))).toEqual(expected)
  })

  it('keeps hostile names in their cells', () => {
    const page =
      '## =cmd(), "x"\n\n- dock.get\n\n## @Captain\n\n| | Get | List |\n| --- | --- | --- |\n| dock | √ | ✓ (1) |\n'
    const rows = parseCsv(csvOf(analyseText(page).model.dataset))
    const names = new Set(rows.slice(1).map((row) => row[1]))
    expect(names).toEqual(new Set(['\'=cmd(), "x"', "'@Captain"]))
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
  })

  it('has no byte order mark, and ends with a line end', () => {
    const text = csvOf(analyseText('## Captain\n\n- dock.get\n').model.dataset)
    expect(text.startsWith('role_id')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})

describe('every format', () => {
  it('has an id and a file name of its own', () => {
    const { dataset } = analyseText('## Captain\n\n- dock.get\n').model
    const names = formats.flatMap((format) => format.files(dataset, context).map((file) => file.name))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(formats.map((format) => format.id)).size).toBe(formats.length)
  })

  it.each(formats.map((format) => [format.id, format] as const))('%s depends on the dataset alone', (_id, format) => {
    const page = '## Captain\n\n- dock.get\n- pier.list\n'
    const [first, second] = [analyseText(page), analyseText(page)].map(({ model }) =>
      format.files(model.dataset, context),
    )
    expect(second).toEqual(first)
    const empty = analyseText('Text.\n').model.dataset
    for (const file of format.files(empty, context)) expect(String(file.content).endsWith('\n'), file.name).toBe(true)
  })
})

const CONFIG = JSON.stringify({
  name: 'harbour',
  versions: [
    { id: 'new', root: 'docs/new' },
    { id: 'old', root: 'docs/old' },
  ],
})
const NEW = '## Harbour Admin\n\n- dock.create\n- dock.get\n'
const OLD = '## Harbour Admin\n\n- dock.get\n'
const BROKEN = '## Harbour Viewer\n\n- dock.create\n- dock.get\n'

function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  )
}

describe('rolebook export', () => {
  it('writes the current version on top, and others in folders of their own', async () => {
    const there = given({ 'rolebook.config.json': CONFIG, 'docs/new/a.mdx': NEW, 'docs/old/a.mdx': OLD })
    const { code } = await there.run('export')
    expect(code).toBe(0)
    expect(Object.keys(tree(join(there.folder, 'dist/data')))).toEqual([
      ...['dataset.json', 'dataset.schema.json', 'grants.csv'],
      ...['old/dataset.json', 'old/dataset.schema.json', 'old/grants.csv'],
    ])
    const dataset = JSON.parse(readFileSync(join(there.folder, 'dist/data/dataset.json'), 'utf8'))
    const extracted = JSON.parse((await there.run('extract')).out)
    expect(dataset).toEqual(extracted)
  })

  it('writes one format to the folder that is named', async () => {
    const there = given({ 'page.mdx': NEW })
    expect((await there.run('export', '--format', 'csv', '--out', 'out')).code).toBe(0)
    expect(Object.keys(tree(join(there.folder, 'out')))).toEqual(['grants.csv'])
    const unknown = await there.run('export', '--format', 'yaml')
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/^rolebook: Unknown format `yaml`.*csv.*\n$/),
    ])
  })
})

describe('rolebook build --no-site', () => {
  it('refuses while a finding of error severity is open, and leaves what was built before', async () => {
    const there = given({ 'page.mdx': NEW })
    expect((await there.run('build', '--no-site')).code).toBe(0)
    const before = tree(join(there.folder, 'dist'))
    there.write({ 'page.mdx': BROKEN })
    const refused = await there.run('build', '--no-site')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('Nothing was built')
    expect(tree(join(there.folder, 'dist'))).toEqual(before)
  })

  it('writes the same bytes twice, and drops files of versions that are gone', async () => {
    const there = given({ 'rolebook.config.json': CONFIG, 'docs/new/a.mdx': NEW, 'docs/old/a.mdx': OLD })
    await there.run('build', '--no-site', '--out', 'one')
    await there.run('build', '--no-site', '--out', 'two')
    expect(tree(join(there.folder, 'two'))).toEqual(tree(join(there.folder, 'one')))
    there.write({ 'rolebook.config.json': JSON.stringify({ versions: [{ id: 'new', root: 'docs/new' }] }) })
    await there.run('build', '--no-site', '--out', 'one')
    expect(existsSync(join(there.folder, 'one/data/old'))).toBe(false)
  })
})
