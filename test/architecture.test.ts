/** The shape of the house: which folder may import which, how long a file may be, and that generated files are current. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './support/shared.ts'

interface Import {
  /** `src/parse/read.ts`. */
  from: string
  /** Path in the project, or a module's name. */
  to: string
  typeOnly: boolean
}

function filesUnder(folder: string, extension: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extension.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(path: string): Import[] {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const found: [target: string, typeOnly: boolean][] = [
    ...[...text.matchAll(STATEMENT)].map((match) => [match[2] as string, match[1] !== undefined] as [string, boolean]),
    ...[...text.matchAll(DYNAMIC)].map((match) => [match[1] as string, false] as [string, boolean]),
  ]
  return found.map(([target, typeOnly]) => ({
    from: path,
    to: target.startsWith('.') ? join(dirname(path), target).replaceAll('\\', '/') : target,
    typeOnly,
  }))
}

/** A file's text without its comments. */
function codeOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}

const source = filesUnder('src', /\.ts$/)
const imports = source.flatMap(importsOf)

/** What stands above all stages: no file of it knows a stage. */
const BASE = ['src/settings/', 'src/diagnostic.ts', 'src/lists.ts', 'src/remembered.ts', 'src/text.ts']
const STAGES = [...BASE, 'src/parse/', 'src/model/', 'src/validate/', 'src/analyse.ts']

/** For each part of `src/`, the parts that it may import; itself always. The first that fits counts. */
const MAY_IMPORT: [part: string, allowed: string[]][] = [
  ['src/settings/', BASE],
  ['src/diagnostic.ts', BASE],
  ['src/text.ts', BASE],
  ['src/lists.ts', []],
  ['src/remembered.ts', []],
  ['src/version.ts', []],
  ['src/parse/', BASE],
  ['src/model/', [...BASE, 'src/parse/']],
  ['src/validate/', [...BASE, 'src/parse/', 'src/model/', 'src/query/']],
  ['src/analyse.ts', [...BASE, 'src/parse/', 'src/model/', 'src/validate/']],
  ['src/fix/', STAGES],
  ['src/export/', [...STAGES, 'src/diff/', 'src/query/']],
  ['src/report/', [...STAGES, 'src/diff/']],
  ['src/inject/', [...STAGES, 'src/fix/edits.ts', 'src/fix/table.ts']],
  ['src/reconcile/', [...BASE, 'src/model/', 'src/query/', 'src/diff/']],
  ['src/mcp/', [...BASE, 'src/model/', 'src/query/', 'src/diff/', 'src/report/printable.ts', 'src/version.ts']],
  ['src/query/', []],
  ['src/diff/', [...BASE, 'src/model/', 'src/query/']],
  ['src/suggest/', [...BASE, 'src/parse/']],
  ['src/examples.ts', [...STAGES, 'src/export/']],
  ['src/files/', [...BASE, 'src/parse/source.ts', 'src/parse/prose.ts']],
  ['src/index.ts', ['src/']],
  ['src/cli/', ['src/']],
]

/** The parts of `parse/`, each of which may import those before it. */
const PARSE = [
  'words/',
  'claim.ts',
  'source.ts',
  'structure/',
  'markdown/',
  'prose.ts',
  'page/',
  'blocks/',
  'dialect.ts',
  'finding.ts',
  'tables/',
  'policies/',
  'unread/',
  'dialects/',
  'dialects.ts',
  'scan/',
  'read-block.ts',
  'read-pages.ts',
  'read.ts',
]

describe('import directions', () => {
  it('are looked at in every file, and in all of their imports', () => {
    expect(source.length).toBeGreaterThan(60)
    expect(source.filter((path) => !MAY_IMPORT.some(([part]) => path.startsWith(part)))).toEqual([])
    const relative = imports.filter(({ to }) => to.startsWith('src/'))
    expect(relative.filter(({ to }) => !source.includes(to) && !to.endsWith('.json'))).toEqual([])
  })

  it.each(MAY_IMPORT)('%s imports nothing that stands after it', (part, allowed) => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith(part) &&
        to.startsWith('src/') &&
        !to.startsWith(part) &&
        !allowed.some((prefix) => to.startsWith(prefix)),
    )
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('of parse/ go from each part to those before it', () => {
    const partOf = (path: string) => PARSE.findIndex((part) => path.startsWith(`src/parse/${part}`))
    expect(source.filter((path) => path.startsWith('src/parse/') && partOf(path) === -1)).toEqual([])
    const within = imports.filter(({ from, to }) => partOf(from) !== -1 && partOf(to) !== -1)
    const wrong = within.filter(({ from, to }) => partOf(to) > partOf(from))
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('only files/, cli/ and version.ts touch the disk or the process', () => {
    const outside = imports.filter(({ from }) => !/^src\/(?:files\/|cli\/|version\.ts$)/.test(from))
    const wrong = outside.filter(
      ({ from, to }) =>
        to.startsWith('node:') &&
        !/^node:util$/.test(to) &&
        !isHash({ to }, outside) &&
        // Parsers are loaded when they are first needed.
        !(from === 'src/parse/markdown/late.ts' && to === 'node:module'),
    )
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('no file of the core knows a clock, chance, or the environment', () => {
    const pure = source.filter((path) => !/^src\/(?:files|cli)\//.test(path))
    const wrong = pure.filter((path) => {
      return /\bDate\.now|\bnew Date\b|\bMath\.random|\bprocess\.|\bperformance\.|\bIntl\.|toLocale|localeCompare/.test(
        codeOf(path),
      )
    })
    expect(wrong).toEqual([])
  })

  it('no call is given a list as its arguments: a page may make it longer than a call takes', () => {
    const bounded = /^src\/(?:files\/verify-package|export\/accent)\.ts$/
    const wrong = source.filter((path) => {
      return (
        !bounded.test(path) && /\b(?:push|unshift|min|max|fromCodePoint)\((?:[^(){}]*,\s*)?\.\.\./.test(codeOf(path))
      )
    })
    expect(wrong).toEqual([])
  })

  it('nothing in src/ imports from outside of it', () => {
    const wrong = imports.filter(({ to }) => /^(?:scripts|site|test|content)\//.test(to) || to.startsWith('..'))
    expect(wrong).toEqual([])
  })

  it('site/ knows types of src/, and runs nothing of it but what stands on its own', () => {
    const runs = /^src\/(?:query\/|export\/(?:role-text|slug)\.ts$)/
    const wrong = filesUnder('site', /\.(?:ts|astro)$/)
      .flatMap(importsOf)
      .filter(({ to, typeOnly }) => to.startsWith('src/') && !typeOnly && !runs.test(to))
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('no module of src/ imports itself in a circle', () => {
    const graph = new Map(source.map((path) => [path, [] as string[]]))
    for (const { from, to, typeOnly } of imports) if (!typeOnly && graph.has(to)) graph.get(from)?.push(to)
    const circles: string[] = []
    const done = new Set<string>()
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      else if (!done.has(path)) {
        for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
        done.add(path)
      }
    }
    for (const path of source) visit(path, [])
    expect(circles).toEqual([])
  })
})

/** `validate/` makes fingerprints with a hash that is loaded late, `export/` names and checksums; that is pure. */
function isHash({ to }: { to: string }, of: readonly Import[]): boolean {
  return (
    to === 'node:crypto' &&
    of
      .filter((other) => other.to === to)
      .every(({ from }) => /^src\/(?:export\/|parse\/markdown\/late\.ts$)/.test(from))
  )
}

describe('files', () => {
  it('of src/ are under 300 lines', () => {
    const long = source.filter((path) => readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1 >= 300)
    expect(long).toEqual([])
  })

  it('of src/ name nothing that belongs to one product', () => {
    const examples = /examples: \[[\s\S]*?\n {2}\],/g
    const named = source.filter((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8')
        .replace(examples, '')
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return /palette|spectro/i.test(text)
    })
    expect(named).toEqual([])
  })

  it('that are generated are current', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/generate.ts', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    expect(stderr + stdout).toBe('')
    expect(status).toBe(0)
  })
})
