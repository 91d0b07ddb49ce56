/** The data package as its users get it: packed, unpacked into an empty project, imported, compiled against, verified. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import fc from 'fast-check'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takenFolders } from '../src/export/package/package.ts'
import { losses, readManifest, verify } from '../src/files/verify-package.ts'
import { type Dataset, datasetJsonSchema } from '../src/model/dataset.ts'
import { compare } from '../src/query/compare.ts'
import { holds, spelledOut } from '../src/query/facts.ts'
import { smallest } from '../src/query/smallest.ts'
import { whoCan } from '../src/query/who-can.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { configSchema } from '../src/settings/schema.ts'
import { analyseText } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { ROOT } from './support/shared.ts'

const NAME = 'palette-permissions'
const PAGE = '## Captain\n\n- dock.create\n- dock.get\n'

let folder = ''
/** What `rolebook export` wrote of this project's pages. */
let data = ''
/** An empty project with the packed and unpacked package in its `node_modules`. */
let project = ''
let installed = ''
let tarball: Uint8Array
let dataset: Dataset

/** Runs a command in this process; the texts of its output and its exit code. */
async function run(cwd: string, ...argv: string[]) {
  const workspace = new Workspace()
  const result = await workspace.runWith({ cwd }, ...argv)
  workspace.remove()
  return result
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolebook-data-'))
  data = join(folder, 'data')
  expect((await run(ROOT, 'export', '--out', data)).code).toBe(0)
  dataset = JSON.parse(readFileSync(join(data, 'dataset.json'), 'utf8'))
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--offline', '--pack-destination', folder], { cwd: data, encoding: 'utf8' }),
  )
  tarball = readFileSync(join(folder, packed.filename))
  project = join(folder, 'project')
  installed = join(project, 'node_modules', NAME)
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components=1'])
  writeFileSync(join(project, 'package.json'), '{ "name": "harbour", "private": true, "type": "module" }\n')
})

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

/** Runs a module of the project by the Node that is there; what it printed. */
function node(name: string, text: string): string {
  writeFileSync(join(project, name), text)
  const { status, stdout, stderr } = spawnSync(process.execPath, [name], { cwd: project, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

function tree(root: string): Record<string, string> {
  return Object.fromEntries(
    filesUnder(root).map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest('hex'),
    ]),
  )
}

describe('the packed package', () => {
  it('holds every exported file, byte by byte', () => {
    expect(tree(installed)).toEqual(tree(data))
    expect(filesUnder(installed)).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dataset.json', 'index.js', 'v3/index.d.ts']),
    )
  })

  it('is as publint wants it', async () => {
    const files = filesUnder(installed).map((path) => ({
      name: `package/${path}`,
      data: new Uint8Array(readFileSync(join(installed, path))),
    }))
    const { messages, pkg } = await publint({ pkgDir: 'package', pack: { files }, level: 'suggestion', strict: true })
    expect(pkg.name).toBe(NAME)
    // Nobody said where the documentation has its repository, so the package doesn't either.
    expect(messages).toEqual([])
  })

  it('has types wherever it has code, however it is imported; `require` alone meets a module, as it must', async () => {
    const result = await checkPackage(createPackageFromTarballData(tarball))
    if (!result.types) throw new Error('no types were found')
    expect(Object.keys(result.entrypoints).sort()).toEqual(
      expect.arrayContaining(['.', './v3', './query', './verify', './dataset.json']),
    )
    const others = result.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')
    expect(others).toEqual([])
    for (const problem of result.problems) expect(problem).toMatchObject({ resolutionKind: 'node16-cjs' })
  })

  it('is imported by Node, and answers as the questions of this project do', () => {
    const roles = dataset.roles.map(({ id }) => id)
    const permissions = dataset.permissions.map(({ id }) => id)
    const scopes = [...new Set(dataset.roles.map(({ scope }) => scope))]
    const wanted = [['cluster.delete'], ['cluster.get', 'clusterProfile.create'], ['apiKey.delete', 'cluster.delete']]
    const printed = node(
      'all.js',
      `import * as all from '${NAME}'
import file from '${NAME}/dataset.json' with { type: 'json' }
const { can, compare, dataset, permissionsOf, smallest, whoCan } = all
const ids = (list) => list.map(({ role, ...rest }) => ({ role: role.id, ...rest }))
const enough = (found) => found && { ...found, roles: found.roles.map(({ id }) => id) }
const roles = dataset.roles.map(({ id }) => id)
const permissions = dataset.permissions.map(({ id }) => id)
console.log(JSON.stringify({
  same: JSON.stringify(dataset) === JSON.stringify(file),
  names: Object.keys(all),
  can: roles.map((role) => permissions.map((permission) => Number(can(role, permission))).join('')),
  whoCan: permissions.map((permission) => ids(whoCan(permission))),
  scoped: ${JSON.stringify(scopes)}.map((scope) => ids(whoCan('cluster.get', { scope }))),
  pattern: ids(whoCan('*.delete')),
  held: roles.map(permissionsOf),
  compared: compare(...roles.slice(0, 4)),
  smallest: ${JSON.stringify(wanted)}.flatMap((list) => [1, 2, 3].map((most) => enough(smallest(list, { most })))),
}))
`,
    )
    const plain = (list: ReturnType<typeof whoCan>) => list.map(({ role, ...rest }) => ({ role: role.id, ...rest }))
    const enough = (found: ReturnType<typeof smallest>) => found && { ...found, roles: found.roles.map(({ id }) => id) }
    const deletes = permissions.filter((id) => id.endsWith('.delete'))
    expect(deletes.length).toBeGreaterThan(10)
    expect(JSON.parse(printed)).toEqual({
      same: true,
      names: ['can', 'compare', 'dataset', 'permissionsOf', 'smallest', 'whoCan', 'why'],
      can: dataset.roles.map((role) => permissions.map((id) => Number(holds(role, id))).join('')),
      whoCan: permissions.map((id) => plain(whoCan(dataset, [id]))),
      scoped: scopes.map((scope) => plain(whoCan(dataset, ['cluster.get'], scope))),
      pattern: plain(whoCan(dataset, deletes)),
      held: dataset.roles.map((role) => spelledOut(dataset, role)),
      compared: compare(dataset, dataset.roles.slice(0, 4)),
      smallest: wanted.flatMap((list) => [1, 2, 3].map((most) => enough(smallest(dataset, list, { most })))),
    })
    expect(roles.length * permissions.length).toBeGreaterThan(5000)
  })

  it('says what was meant by an id that it does not have', () => {
    const calls = [
      "can('project/cluster-admn', 'cluster.get')",
      "can('project/cluster-admin', 'cluster.delte')",
      "whoCan('clustr.*')",
      "whoCan('cluster.get', { scope: 'projct' })",
      "permissionsOf('__proto__')",
      "smallest(['cluster.get', 'constructor'])",
      "smallest(['cluster.get'], { most: 4 })",
    ]
    const printed = node(
      'wrong.js',
      `import { can, permissionsOf, smallest, whoCan } from '${NAME}'
for (const call of [${calls.map((call) => `() => ${call}`).join(', ')}]) {
  try {
    console.log('no error', call())
  } catch (error) {
    console.log(\`\${error.name}: \${error.message}\`)
  }
}
`,
    )
    expect(printed.trimEnd().split('\n')).toEqual([
      'RangeError: unknown role "project/cluster-admn", did you mean "project/cluster-admin"?',
      'RangeError: unknown permission "cluster.delte", did you mean "cluster.delete"?',
      'RangeError: unknown permission "clustr.*", did you mean "cluster.*"?',
      'RangeError: unknown scope "projct", did you mean "project"?',
      'RangeError: unknown role "__proto__"',
      'RangeError: unknown permission "constructor"',
      'RangeError: most is 4: 1, 2 or 3 roles can be combined',
    ])
  })

  it('has an entry for each other version, with data of its own', () => {
    const printed = node(
      'older.js',
      `import { dataset } from '${NAME}/v3'
import { dataset as current } from '${NAME}'
import { questions } from '${NAME}/query'
const role = dataset.roles[0].id
console.log(dataset.version, current.version, dataset.roles.length, questions(dataset).permissionsOf(role).length)
`,
    )
    const older = JSON.parse(readFileSync(join(data, 'v3', 'dataset.json'), 'utf8')) as Dataset
    const first = older.roles[0] as Dataset['roles'][number]
    expect(printed).toBe(`v3 latest ${older.roles.length} ${spelledOut(older, first).length}\n`)
  })

  it('runs the example of its README, which prints what its comments say', () => {
    const text = readFileSync(join(installed, 'README.md'), 'utf8')
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(text) ?? []
    const comments = [...example.matchAll(/ \/\/ (.*)$/gm)].map((match) => match[1])
    expect(comments.length).toBe(5)
    expect(node('example.js', example).trimEnd().split('\n')).toEqual(comments)
    expect(text).toContain(`| Latest | ${dataset.roles.length} | ${dataset.permissions.length} |`)
  })

  it('is bundled for a browser, without a setting', async () => {
    const { build } = await import('esbuild')
    writeFileSync(
      join(project, 'page.js'),
      `import { can } from '${NAME}'\nconsole.log(can('project/cluster-admin', 'cluster.get'))\n`,
    )
    const { outputFiles } = await build({
      entryPoints: [join(project, 'page.js')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    })
    expect(node('bundle.js', outputFiles[0]?.text ?? '')).toBe('true\n')
  })
})

const CONSUMER = `import dataset from '${NAME}/dataset.json' with { type: 'json' }
import { can, compare, type Dataset, dataset as typed, permissionsOf, type PermissionId, type RoleId, smallest, whoCan, why } from '${NAME}'
import * as older from '${NAME}/v3'
import { questions, type Questions } from '${NAME}/query'
import { losses, verify } from '${NAME}/verify'
import * as all from '${NAME}'

const role: RoleId = 'project/cluster-admin'
const held: PermissionId[] = permissionsOf(role)
const yes: boolean = can(role, 'cluster.delete')
const lines: number[] = why(role, 'cluster.delete').grants.map((grant) => grant.source.line)
const names: string[] = whoCan('cluster.*', { scope: 'project' }).map((holder) => holder.role.name)
const most: number = compare(role, 'project/cluster-editor').common
const excess: PermissionId[] = smallest([...held, '*.get'], { most: 2 })?.excess ?? []
const old: Dataset['name'] = older.dataset.name
const asked: boolean = questions(typed).can(role, 'cluster.get')
// What the package declares of its questions is what the code declares.
const declared: Questions<all.Role> = all
const scopes: readonly all.ScopeId[] = typed.roles.map((one) => one.scope)
const wrong: string[] = verify()
export { asked, declared, dataset, excess, lines, losses, most, names, old, scopes, wrong, yes }
`

describe('the types of the package', () => {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  const compile = (name: string, text: string, ...options: string[]) => {
    writeFileSync(join(project, name), text)
    const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--resolveJsonModule', '--types', '']
    const { stdout } = spawnSync(process.execPath, [tsc, ...flags, ...options, '--ignoreConfig', name], {
      cwd: project,
      encoding: 'utf8',
    })
    return stdout
  }

  it.each([
    ['node20', ['--module', 'node20', '--target', 'es2022']],
    ['nodenext', ['--module', 'nodenext', '--target', 'es2022']],
    ['a bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022']],
  ])('let a program compile that uses the ids, as %s resolves them', (_, options) => {
    expect(compile('good.ts', CONSUMER, ...options)).toBe('')
  })

  it.each([
    ['a role', "'project/cluster-admin'", "'project/cluster-admn'", 'project/cluster-admn'],
    ['a permission', "can(role, 'cluster.delete')", "can(role, 'cluster.delte')", 'cluster.delte'],
    ['a scope', "scope: 'project'", "scope: 'projct'", 'projct'],
    ['a permission asked for', "whoCan('cluster.*'", "whoCan('cluster'", '"cluster"'],
    ['a number of roles', 'most: 2', 'most: 4', '4'],
  ])('do not let %s be misspelt', (_, right, wrong, said) => {
    expect(CONSUMER).toContain(right)
    const output = compile('bad.ts', CONSUMER.replace(right, wrong), '--module', 'nodenext', '--target', 'es2022')
    expect(output.match(/error TS/g)).toHaveLength(1)
    expect(output).toContain(said)
  })

  it('are written for hostile names, so that none ends its literal', async () => {
    const page =
      '## A"; boom() //\n\n- dock.get\n\n## `$' + '{x}` */ \u202E\n\n- dock.list\n\n## __proto__\n\n- pier.get\n'
    const there = new Workspace({ 'page.mdx': page })
    expect((await there.run('export', '--out', 'out')).code).toBe(0)
    const types = readFileSync(join(there.folder, 'out/index.d.ts'), 'utf8')
    expect(types).not.toMatch(/\p{Bidi_Control}/u)
    writeFileSync(
      join(there.folder, 'use.ts'),
      "import { dataset, permissionsOf } from './out/index.js'\nexport const all = dataset.roles.map(({ id }) => permissionsOf(id))\n",
    )
    const { stdout } = spawnSync(
      process.execPath,
      [
        tsc,
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--types',
        '',
        '--ignoreConfig',
        'use.ts',
      ],
      { cwd: there.folder, encoding: 'utf8' },
    )
    expect(stdout).toBe('')
    const { dataset: made } = await import(join(there.folder, 'out/index.js'))
    expect(made).toEqual(JSON.parse(readFileSync(join(there.folder, 'out/dataset.json'), 'utf8')))
    expect(made.roles).toHaveLength(3)
    expect(verify(join(there.folder, 'out'))).toEqual([])
    there.remove()
  })
})

describe('a package of pages without a role', () => {
  it('is whole, compiles, and has no id that could be asked for', async () => {
    const there = new Workspace({ 'page.mdx': 'Text.\n' })
    expect((await there.run('export', '--out', 'out')).code).toBe(0)
    expect(verify(join(there.folder, 'out'))).toEqual([])
    expect(readFileSync(join(there.folder, 'out/index.d.ts'), 'utf8')).toContain('export type RoleId = never')
    const files = filesUnder(join(there.folder, 'out')).map((path) => ({
      name: `package/${path}`,
      data: new Uint8Array(readFileSync(join(there.folder, 'out', path))),
    }))
    const { messages } = await publint({ pkgDir: 'package', pack: { files }, strict: true })
    expect(messages).toEqual([])
    there.remove()
  })
})

describe('the schema of the dataset', () => {
  it('is named where it stands: beside the data, or under the address of the site', () => {
    expect(dataset.$schema).toBe('dataset.schema.json')
    const site = { url: 'https://docs.example.com', base: '/docs/roles/' }
    const { model } = analyseText(PAGE, { site })
    expect(model.dataset.$schema).toBe('https://docs.example.com/docs/roles/data/dataset.schema.json')
  })

  it('describes every property, at every depth', () => {
    const without: string[] = []
    let count = 0
    const visit = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return
      const { properties } = node as { properties?: Record<string, { description?: string }> }
      for (const [name, property] of Object.entries(properties ?? {})) {
        count++
        if (!property.description) without.push(`${path}/${name}`)
      }
      for (const [key, value] of Object.entries(node)) visit(value, `${path}/${key}`)
    }
    visit(datasetJsonSchema(), '')
    expect(count).toBeGreaterThan(60)
    expect(without).toEqual([])
  })
})

describe('the manifest', () => {
  it('lists every file but itself, and agrees with all of them', () => {
    expect(verify(data)).toEqual([])
    const manifest = readManifest(join(data, 'manifest.json'))
    expect(manifest.files.map(({ path }) => path)).toEqual(filesUnder(data).filter((path) => path !== 'manifest.json'))
    expect(manifest.docsVersions.map(({ id, counts }) => [id, counts.roles])).toEqual([
      ['latest', dataset.roles.length],
      ['v3', expect.any(Number)],
    ])
  })

  it('tells of whatever is changed, cut, gone or added, and `node verify.js` ends with 1', () => {
    const copy = join(folder, 'damaged')
    cpSync(data, copy, { recursive: true })
    const said = () => spawnSync(process.execPath, ['verify.js'], { cwd: copy, encoding: 'utf8' })
    expect([said().status, said().stdout]).toEqual([0, 'The package is whole.\n'])
    const text = readFileSync(join(copy, 'grants.csv'), 'utf8')
    writeFileSync(join(copy, 'grants.csv'), text.replace('granted', 'grunted'))
    writeFileSync(join(copy, 'index.js'), '')
    rmSync(join(copy, 'LICENSE'))
    writeFileSync(join(copy, 'extra.txt'), 'x')
    const { roles, ...rest } = dataset
    writeFileSync(join(copy, 'dataset.json'), JSON.stringify({ ...rest, roles: roles.slice(1) }))
    const problems = verify(copy)
    expect(problems).toEqual([
      'LICENSE: not there',
      expect.stringMatching(/^dataset\.json: \d+ bytes, the manifest says \d+$/),
      'grants.csv: its SHA-256 is not that of the manifest',
      expect.stringMatching(/^index\.js: 0 bytes, the manifest says \d+$/),
      'extra.txt: not in the manifest',
      `dataset.json: ${roles.length - 1} roles, the manifest says ${roles.length}`,
      expect.stringMatching(/^dataset\.json: \d+ grants, the manifest says \d+$/),
    ])
    expect([said().status, said().stderr]).toEqual([1, `${problems.join('\n')}\n`])
  })

  it('leads nobody out of the package, and is refused where it is none', () => {
    const copy = join(folder, 'hostile')
    mkdirSync(copy)
    const manifest = { manifestVersion: 1, docsVersions: [], files: [{ path: '../secret', bytes: 1, sha256: '' }] }
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify(manifest))
    expect(verify(copy)).toEqual(['../secret: leads out of the package'])
    writeFileSync(join(copy, 'manifest.json'), '{}')
    expect(verify(copy)).toEqual(['manifest.json: no manifest that this version can read'])
    expect(verify(join(folder, 'nowhere'))).toEqual([expect.stringMatching(/^manifest\.json: ENOENT/)])
  })

  it('says what a publish lost since the one before it', () => {
    const before = readManifest(join(data, 'manifest.json'))
    expect(losses(before, before)).toEqual([])
    const [current, ...older] = before.docsVersions as [
      (typeof before.docsVersions)[number],
      ...typeof before.docsVersions,
    ]
    const half = { ...current, counts: { ...current.counts, grants: Math.floor((current.counts.grants ?? 0) / 2) } }
    expect(losses(before, { ...before, docsVersions: [half, ...older] })).toEqual([
      `version latest: grants fell from ${current.counts.grants} to ${half.counts.grants}`,
    ])
    expect(losses(before, { ...before, docsVersions: [current] })).toEqual(['version v3 is gone'])
  })
})

describe('the same input', () => {
  it('gives the same bytes, wherever and whenever it stands', async () => {
    const elsewhere = join(folder, 'another', 'place')
    mkdirSync(elsewhere, { recursive: true })
    for (const name of ['content', 'rolebook.config.ts', 'rolebook.baseline.json', 'LICENSE'])
      cpSync(join(ROOT, name), join(elsewhere, name), { recursive: true })
    const config = readFileSync(join(elsewhere, 'rolebook.config.ts'), 'utf8')
    writeFileSync(join(elsewhere, 'rolebook.config.ts'), config.replace('./src/', `${ROOT}/src/`))
    expect((await run(elsewhere, 'export', '--out', 'out')).code).toBe(0)
    expect(tree(join(elsewhere, 'out'))).toEqual(tree(data))
  })

  it('brings nothing of the machine into any file', () => {
    const today = new Date().toISOString().slice(0, 10)
    const content = filesUnder(join(ROOT, 'content')).map((path) => readFileSync(join(ROOT, 'content', path), 'utf8'))
    const words = [ROOT, folder, `${tmpdir()}/`, today, process.env.HOME ?? '/root', hostname()].filter(
      (word) => word.length > 5 && !content.some((text) => text.includes(word)),
    )
    expect(words).toContain(ROOT)
    const found = filesUnder(data).flatMap((path) => {
      const text = readFileSync(join(data, path), 'latin1')
      return words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`)
    })
    expect(found).toEqual([])
  })
})

describe('the `dataPackage` setting', () => {
  const given = (dataPackage: object) => configSchema.safeParse({ dataPackage }).success

  it.each(['roles', '@harbour/roles', 'a.b_c-d~e', '0day'])('takes the name %s', (name) => {
    expect(given({ name })).toBe(true)
  })

  it.each([
    ...['', 'Roles', '.roles', '_roles', 'roles and more', '@harbour', '@/x', 'a/b/c', '@a/b/c', '../up', 'ro%2fles'],
    ...['node_modules', 'favicon.ico', 'x'.repeat(215), 'röles', 'a\nb'],
  ])('does not take the name %j', (name) => {
    expect(given({ name })).toBe(false)
  })

  it('takes semantic versions alone', () => {
    for (const version of ['0.0.0', '1.2.3-rc.1+build.5']) expect(given({ version }), version).toBe(true)
    for (const version of ['1', '1.2', 'v1.2.3', '01.2.3', '1.2.3-', ''])
      expect(given({ version }), version).toBe(false)
  })

  it('makes a name that npm takes of any name of a documentation set', async () => {
    const { packageName } = await import('../src/export/package/package-json.ts')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        expect(given({ name: packageName(resolveSettings({ name })) })).toBe(true)
      }),
    )
    expect(packageName(resolveSettings({ name: 'Harbour Docs: “new”' }))).toBe('harbour-docs-new-permissions')
  })

  it('fills in package.json; without it nothing is licensed and no licence is made up', async () => {
    const dataPackage = {
      ...{
        name: '@harbour/roles',
        version: '2.1.0',
        license: 'CC-BY-4.0',
        licenseFile: 'TERMS',
        keywords: ['harbour'],
      },
      ...{
        description: 'Who may dock.',
        homepage: 'https://docs.example.com/',
        repository: 'https://git.example.com/a/b',
      },
    }
    const there = new Workspace({
      'page.mdx': PAGE,
      TERMS: 'As you like.\n',
      'rolebook.config.json': JSON.stringify({ dataPackage }),
    })
    await there.run('export', '--out', 'out')
    const read = (path: string) => readFileSync(join(there.folder, path), 'utf8')
    expect(JSON.parse(read('out/package.json'))).toMatchObject({
      ...{ name: '@harbour/roles', version: '2.1.0', license: 'CC-BY-4.0', description: 'Who may dock.' },
      ...{ homepage: 'https://docs.example.com/', repository: { url: 'git+https://git.example.com/a/b.git' } },
    })
    expect(read('out/LICENSE')).toBe('As you like.\n')
    there.write({ 'rolebook.config.json': '{}' })
    await there.run('export', '--out', 'bare')
    expect(JSON.parse(read('bare/package.json'))).toMatchObject({ license: 'UNLICENSED', version: '0.0.0' })
    expect(filesUnder(join(there.folder, 'bare'))).not.toContain('LICENSE')
    there.remove()
  })

  it('that names a licence that is not there, or a module of Node, is refused', async () => {
    const there = new Workspace({ 'page.mdx': PAGE })
    for (const [dataPackage, said] of [
      [{ licenseFile: 'NOWHERE' }, '`dataPackage.licenseFile` is NOWHERE'],
      [{ name: 'http' }, '`dataPackage.name` is http'],
    ] as const) {
      there.write({ 'rolebook.config.json': JSON.stringify({ dataPackage }) })
      const { code, err } = await there.run('export')
      expect(code).toBe(2)
      expect(err).toContain(said)
    }
    there.remove()
  })
})

describe('versions of the documentation', () => {
  it('are not called as something else of the package is, case aside', () => {
    const versions = ['latest', 'v3', 'node_modules', 'QUERY', 'README.md', 'policies', 'V3'].map((id) => ({ id }))
    expect(takenFolders(versions, ['dataset.json', 'policies/a.json'])).toEqual([
      ...['node_modules', 'QUERY', 'README.md', 'policies', 'V3'],
    ])
  })

  it('that are, are refused by name', async () => {
    const versions = ['new', 'query'].map((id) => ({ id, root: id }))
    const there = new Workspace({
      'rolebook.config.json': JSON.stringify({ versions }),
      'new/a.mdx': PAGE,
      'query/a.mdx': PAGE,
    })
    const { code, err } = await there.run('export')
    expect([code, err]).toEqual([2, expect.stringContaining("a version can't be called `query`")])
    there.remove()
  })
})
