/** The linters that Rolebook is measured beside: a package of their own in `peers/`, installed when the bench runs. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = join(import.meta.dirname, 'peers')
const modules = join(folder, 'node_modules')

export interface Peer {
  id: string
  what: string
  argv: string[]
  version: string
}

/** Installs the peers as their lock file says, unless they are there in these versions; `false` where that fails. */
export function installPeers(say: (line: string) => void): boolean {
  if (areInstalled()) return true
  say('npm ci in scripts/bench/peers …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) say('The peers could not be installed: Rolebook is measured alone.')
  return status === 0
}

function areInstalled(): boolean {
  const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const isThere = ([name, version]: [string, string]) =>
    existsSync(join(modules, name, 'package.json')) && versionOf(name) === version
  return Object.entries(wanted.dependencies).every(isThere)
}

/**
 * Each peer with its recommended rules, on every page under the working directory. What a repository of MDX switches off
 * (length of lines, inline HTML) is off; remark reads front matter and tables, but not JSX, which would cost it more.
 */
export function peers(): Peer[] {
  const js = (name: string) => [process.execPath, binOf(name)]
  const remark = ['remark-frontmatter', 'remark-gfm', 'remark-lint', 'remark-preset-lint-recommended']
  const uses = remark.flatMap((name) => ['--use', join(modules, name, 'index.js')])
  const config = join(folder, '.markdownlint.json')
  return [
    {
      id: 'rumdl',
      what: 'rumdl',
      argv: [
        nativeRumdl() ?? join(modules, '.bin', 'rumdl'),
        'check',
        '--no-cache',
        '--config',
        join(folder, 'rumdl.toml'),
        '.',
      ],
      version: versionOf('rumdl'),
    },
    {
      id: 'markdownlint',
      what: 'markdownlint-cli2',
      argv: [...js('markdownlint-cli2'), '--config', config, '**/*.mdx', '#node_modules'],
      version: versionOf('markdownlint-cli2'),
    },
    {
      id: 'remark',
      what: 'remark-lint',
      argv: [...js('remark-cli'), '.', '--ext', 'mdx', '--quiet', '--no-stdout', '--no-config', '--no-ignore', ...uses],
      version: `${versionOf('remark-lint')} (remark-cli ${versionOf('remark-cli')}, preset recommended ${versionOf('remark-preset-lint-recommended')})`,
    },
  ]
}

function manifestOf(name: string): { version: string; bin?: string | Record<string, string> } {
  return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
}

function versionOf(name: string): string {
  return manifestOf(name).version
}

function binOf(name: string): string {
  const { bin } = manifestOf(name)
  return join(modules, name, typeof bin === 'string' ? bin : (Object.values(bin ?? {})[0] as string))
}

/** The program itself, without the launcher in JavaScript that npm puts before it and that would cost it 40 ms. */
function nativeRumdl(): string | null {
  const require = createRequire(join(modules, 'rumdl', 'package.json'))
  for (const suffix of [`${process.platform}-${process.arch}`, `${process.platform}-${process.arch}-musl`]) {
    try {
      const path = join(dirname(require.resolve(`@rumdl/cli-${suffix}/package.json`)), 'rumdl')
      if (existsSync(path)) return path
    } catch {
      // Not this platform's package.
    }
  }
  return null
}
