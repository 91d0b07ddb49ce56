/** The package as its users get it: packed, installed in an empty project, and run there. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesIn } from './support/built-site.ts'
import { ROOT } from './support/shared.ts'

const MINUTES = 60_000
const BROKEN = '## Harbour Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | √ | √ |\n'
const CLEAN = '## Harbour Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock |  | √ |\n'

/** What V8 calls parts of the language that are newer than Node 22. */
const SINCE_NODE_22 = [
  'js-atomics-pause',
  'js-error-iserror',
  'js-explicit-resource-management',
  'js-promise-try',
  'js-regexp-duplicate-named-groups',
  'js-regexp-escape',
  'js-regexp-modifiers',
]

let folder = ''
let project = ''

/** The Node that runs this test is the Node of everything in it; nothing of the repository's `node_modules` is. */
const env = {
  ...process.env,
  PATH: [
    dirname(process.execPath),
    ...(process.env.PATH ?? '').split(delimiter).filter((path) => !path.startsWith(ROOT)),
  ].join(delimiter),
  NO_COLOR: '1',
  GITHUB_ACTIONS: '',
  GITHUB_STEP_SUMMARY: '',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
}

function rolebook(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'rolebook', ...argv], {
    cwd: project,
    env,
    encoding: 'utf8',
  })
  // npm's own remarks about this machine's settings are none of ours.
  return { status, stdout, stderr: stderr.replace(/^npm .*\n/gm, '') }
}

/** Paths of the repository, with forward slashes. */
function sources(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))
}

function sizeOf(path: string): number {
  const info = lstatSync(path)
  if (!info.isDirectory()) return info.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolebook-package-'))
  project = join(folder, 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "name": "harbour-docs", "private": true, "type": "module" }\n')
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (!tarball) throw new Error(`npm pack made no tarball: ${packed}`)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball)], {
    cwd: project,
    env,
    stdio: 'pipe',
  })
  writeFileSync(join(project, 'page.mdx'), BROKEN)
  writeFileSync(join(project, 'clean.mdx'), CLEAN)
}, 5 * MINUTES)

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

describe('the installed package', () => {
  it(
    'finds what is wrong with a page, and ends with 1',
    () => {
      const { status, stdout, stderr } = rolebook('check', 'page.mdx')
      expect(stderr).toBe('')
      expect(stdout).toContain('page.mdx')
      expect(stdout).toContain('5:10')
      expect(stdout).toContain('read-only-role-writes')
      expect(status).toBe(1)
    },
    MINUTES,
  )

  it(
    'ends with 0 on a page with nothing wrong',
    () => {
      const { status, stdout } = rolebook('check', 'clean.mdx')
      expect(stdout).toContain('No findings (1 file')
      expect(status).toBe(0)
    },
    MINUTES,
  )

  it(
    'needs no part of the language that the oldest Node it names has not',
    () => {
      const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
      expect(engines.node).toMatch(/^\^22\./)
      const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
      const without = SINCE_NODE_22.filter((name) => known.includes(`--${name} `)).map((name) => `--no-${name}`)
      expect(without).toContain('--no-js-regexp-duplicate-named-groups')
      const program = join(project, 'node_modules', 'rolebook', 'lib', 'rolebook.js')
      const run = spawnSync(process.execPath, [...without, program, 'check', 'page.mdx'], {
        cwd: project,
        env,
        encoding: 'utf8',
      })
      expect(run.stderr).toBe('')
      expect(run.stdout).toContain('read-only-role-writes')
    },
    MINUTES,
  )

  it(
    'says the version of its package.json',
    () => {
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
      expect(rolebook('--version').stdout).toBe(`${version}\n`)
    },
    MINUTES,
  )

  it('takes less than 30 MB with all that it needs, and brings neither Astro nor a browser', () => {
    const modules = join(project, 'node_modules')
    expect(sizeOf(modules) / 1024 / 1024).toBeLessThan(30)
    for (const name of ['astro', '@astrojs/starlight', 'playwright-core', 'vitest', 'typescript', 'node'])
      expect(existsSync(join(modules, name)), name).toBe(false)
  })

  it('holds the files that it should, and no other', () => {
    const root = join(project, 'node_modules', 'rolebook')
    const held = filesIn(root)
    // Chunks have the hash of what is in them.
    const chunks = held.filter((path) => /^lib\/chunks\/[a-z-]+(?:-[A-Z\d]{8})?\.js$/.test(path))
    expect(chunks).toContain('lib/chunks/reference.js')
    const types = sources('src/**/*.ts').map((path) => path.replace(/^src\/(.*)\.ts$/, 'lib/types/$1.d.ts'))
    const lib = ['rolebook.js', 'index.js', 'config.schema.json', 'LICENSES.md'].map((name) => `lib/${name}`)
    // What the site's own build runs in a browser, and nothing else of the sources.
    const browser = sources(
      'src/query/**/*.ts',
      'src/export/{csv-text,role-text,slug}.ts',
      'src/settings/placeholders.ts',
    )
    const site = sources(
      'site/**/*.{astro,ts,css}',
      'site/public/favicon.svg',
      'site/social/*.woff',
      'site/social/OFL.txt',
    )
    const top = ['LICENSE', 'README.md', 'package.json', 'astro.config.mjs']
    expect(held).toEqual([...top, ...lib, ...chunks, ...types, ...browser, ...site].sort())
    expect(site.length).toBeGreaterThan(80)
    expect(held.filter((path) => /(?:^|\/)\.|(?:^|\/|[.-])tests?[./]|\.(?:pem|key|env|tgz)$/.test(path))).toEqual([])
  })

  it(
    'builds data without Astro, and names what the site needs',
    () => {
      const { status, stderr } = rolebook('build', 'clean.mdx')
      expect(status).toBe(2)
      expect(stderr).toContain('`astro`')
      expect(stderr).toContain('`@astrojs/starlight`')
      expect(rolebook('build', 'clean.mdx', '--no-site', '--out', 'data-only').status).toBe(0)
      expect(existsSync(join(project, 'data-only', 'data', 'dataset.json'))).toBe(true)
    },
    MINUTES,
  )

  it(
    'can be imported, and its config in TypeScript is read',
    () => {
      writeFileSync(
        join(project, 'use.mjs'),
        `import { analyse, defineConfig, resolveSettings, datasetJsonSchema } from 'rolebook'
const settings = resolveSettings(defineConfig({ name: 'harbour' }))
const file = { path: 'page.mdx', relativePath: 'page.mdx', text: ${JSON.stringify(BROKEN)}, sha256: '' }
const { model, diagnostics } = analyse([file], settings, 'latest')
console.log(model.dataset.name, model.dataset.roles.length, diagnostics.length, typeof datasetJsonSchema())
`,
      )
      expect(execFileSync(process.execPath, ['use.mjs'], { cwd: project, encoding: 'utf8' })).toBe(
        'harbour 1 1 object\n',
      )
      const docs = join(project, 'docs')
      mkdirSync(docs)
      writeFileSync(join(docs, 'page.mdx'), CLEAN)
      writeFileSync(
        join(docs, 'rolebook.config.ts'),
        "import { defineConfig } from 'rolebook'\n\nexport default defineConfig({ name: 'harbour', rules: { 'unknown-mark': 'error' } })\n",
      )
      const { status, stdout, stderr } = rolebook('extract', 'docs')
      expect([status, stderr]).toEqual([0, ''])
      expect(JSON.parse(stdout).name).toBe('harbour')
    },
    MINUTES,
  )

  it(
    'has types: a program that uses them compiles, and one that misuses them does not',
    () => {
      const good = `import { type Analysis, analyse, type Config, type Dataset, defineConfig, resolveSettings, type SourceFile } from 'rolebook'

const config: Config = defineConfig({ name: 'harbour', rules: { 'unknown-mark': 'error' } })
const file: SourceFile = { path: 'a.mdx', relativePath: 'a.mdx', text: '', sha256: '' }
const analysis: Analysis = analyse([file], resolveSettings(config), 'latest')
const dataset: Dataset = analysis.model.dataset
export const names: string[] = dataset.roles.map((role) => role.name)
`
      writeFileSync(join(project, 'good.ts'), good)
      writeFileSync(join(project, 'bad.ts'), good.replace("'harbour'", '3').replace('role.name', 'role.nmae'))
      const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
      const compile = (name: string) =>
        spawnSync(
          process.execPath,
          [tsc, '--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', '', name],
          { cwd: project, encoding: 'utf8' },
        )
      const { status, stdout } = compile('good.ts')
      expect([status, stdout]).toEqual([0, ''])
      expect(compile('bad.ts').stdout.match(/error TS/g)).toHaveLength(2)
    },
    MINUTES,
  )
})
