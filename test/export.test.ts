/** The published files: what every format holds to, what `export` and `build` write, and when they refuse to. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { formats } from '../src/export/formats.ts'
import { readable, slugsOf } from '../src/export/slug.ts'
import { memoryDatabases } from '../src/files/sqlite.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseText } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { HOSTILE, hostileDataset } from './support/datasets.ts'

const openDatabase = memoryDatabases()
const context = { settings: resolveSettings(config), openDatabase }

let workspace: Workspace | undefined

afterEach(() => {
  workspace?.remove()
  workspace = undefined
})

function given(files: Record<string, string>): Workspace {
  workspace = new Workspace(files)
  return workspace
}

describe('every format', () => {
  it('has an id and file names of its own, on systems without regard to case as well', () => {
    for (const dataset of [analyseText('## Captain\n\n- dock.get\n').model.dataset, hostileDataset()]) {
      const names = formats.flatMap((format) => format.files(dataset, context).map((file) => file.name.toLowerCase()))
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    }
    const variants = formats.flatMap((format) => format.variants?.(context.settings) ?? [])
    const ids = [...formats, ...variants].map((format) => format.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(formats.map((format) => [format.id, format] as const))('%s depends on the dataset alone', (_id, format) => {
    const page = '## Captain\n\n- dock.get\n- pier.list\n'
    const [first, second] = [analyseText(page), analyseText(page)].map(({ model }) =>
      format.files(model.dataset, context),
    )
    expect(second).toEqual(first)
    const empty = analyseText('Text.\n').model.dataset
    for (const { name, content } of format.files(empty, context)) {
      expect(typeof content !== 'string' || content === '' || content.endsWith('\n'), name).toBe(true)
    }
  })

  it.each(formats.map((format) => [format.id, format] as const))(
    '%s writes nothing outside of its folder, whatever things are called',
    (_id, format) => {
      const files = format.files(hostileDataset(), context)
      expect(files.length).toBeGreaterThan(0)
      for (const { name, title, description } of files) {
        expect(name).toMatch(/^(?:[A-Za-z0-9_][A-Za-z0-9._-]*\/)*[A-Za-z0-9_][A-Za-z0-9._-]*$/)
        expect(name.split('/').pop()?.length).toBeLessThan(120)
        for (const text of [title, description]) expect(text).not.toMatch(/[\p{Cc}\u202E]/u)
      }
    },
  )
})

describe('a slug', () => {
  it('is the name of one file on every system, and of one id', () => {
    const ids = [...HOSTILE, 'Con', 'COM1', 'nul', 'index', '', '-', 'a'.repeat(90), `${'a'.repeat(90)}b`, 'x-1', 'x/1']
    const slugs = slugsOf(ids)
    expect(slugs.size).toBe(ids.length)
    const names = [...slugs.values()].map((slug) => slug.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) {
      expect(name).toMatch(/^[a-z0-9_-]{1,90}$/)
      expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d|index|404)$/)
    }
    expect([...slugsOf([...ids].reverse())].sort()).toEqual([...slugs].sort())
  })

  it('of an id that can be one is the id, unless another has it', () => {
    expect(Object.fromEntries(slugsOf(['aws-nodes', 'Dock_1']))).toEqual({ 'aws-nodes': 'aws-nodes', Dock_1: 'Dock_1' })
    expect([...slugsOf(['a/b', 'a.b']).values()]).toEqual([
      ...[expect.stringMatching(/^a-b-[0-9a-f]{8}$/), expect.stringMatching(/^a-b-[0-9a-f]{8}$/)],
    ])
    expect(slugsOf(['changes'], new Set(['changes'])).get('changes')).toMatch(/^changes-[0-9a-f]{8}$/)
  })

  it('of a hostile length is read in one pass', () => {
    expect(readable(`${'-'.repeat(200_000)}a${'-'.repeat(200_000)}b`)).toBe('a')
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
    const written = Object.keys(tree(join(there.folder, 'dist/data')))
    const { dataset: any } = analyseText(NEW).model
    const names = formats.flatMap((format) =>
      format.files(any, { settings: resolveSettings(), openDatabase }).map(({ name }) => name),
    )
    expect(names).toEqual(expect.arrayContaining(['dataset.json', 'dataset.schema.json', 'grants.csv', 'roles.md']))
    expect(written).toEqual(expect.arrayContaining([...names, ...names.map((name) => `old/${name}`)]))
    const dataset = JSON.parse(readFileSync(join(there.folder, 'dist/data/dataset.json'), 'utf8'))
    const extracted = JSON.parse((await there.run('extract')).out)
    expect(dataset).toEqual(extracted)
  })

  it('writes one format to the folder that is named', async () => {
    const there = given({ 'page.mdx': NEW })
    expect((await there.run('export', '--format', 'csv', '--out', 'out')).code).toBe(0)
    expect(Object.keys(tree(join(there.folder, 'out')))).toEqual([
      ...['datapackage.json', 'grants.csv', 'policies.csv', 'policy-permissions.csv', 'roles.csv'],
    ])
    const unknown = await there.run('export', '--format', 'yaml')
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/^rolebook: Unknown format `yaml`.*csv.*\n$/),
    ])
  })
})

describe('rolebook export --format', () => {
  const TEMPLATES = {
    versions: [{ id: 'new', root: 'docs/new' }],
    roleTemplates: [
      { id: 'terraform', title: 'Terraform', language: 'hcl', text: 'role "{{slug}}" {}', file: { name: 'roles.tf' } },
      { id: 'body', title: 'Body', extension: 'json', text: '{{name}}' },
    ],
  }

  it('takes the ids of templates, alone and together with others', async () => {
    const there = given({ 'rolebook.config.json': JSON.stringify(TEMPLATES), 'docs/new/a.mdx': NEW })
    expect((await there.run('export', '--format', 'terraform', '--out', 'one')).out).toBe('one: 2 files written.\n')
    expect(Object.keys(tree(join(there.folder, 'one')))).toEqual([
      'roles/terraform/index.json',
      'roles/terraform/roles.tf',
    ])
    await there.run('export', '--format', 'role-templates', '--format', 'ndjson', '--out', 'all')
    expect(Object.keys(tree(join(there.folder, 'all')))).toEqual([
      ...['grants.ndjson', 'roles.ndjson', 'roles/body/index.json', 'roles/body/unscoped-harbour-admin.json'],
      ...['roles/terraform/index.json', 'roles/terraform/roles.tf'],
    ])
    const unknown = await there.run('export', '--format', 'teraform')
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringMatching(/^rolebook: .*terraform, body\n$/)])
  })

  it('says of two files of one name that they are, and writes neither', async () => {
    const [template] = TEMPLATES.roleTemplates
    const twice = { ...TEMPLATES, roleTemplates: [{ ...template, file: { name: 'index.json' } }] }
    const there = given({ 'rolebook.config.json': JSON.stringify(twice), 'docs/new/a.mdx': NEW })
    const { code, err } = await there.run('export', '--format', 'terraform', '--out', 'out')
    expect([code, err]).toEqual([
      ...[2, 'rolebook: Two exports are called `roles/terraform/index.json`: rename a role template or a version\n'],
    ])
    expect(existsSync(join(there.folder, 'out'))).toBe(false)
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
