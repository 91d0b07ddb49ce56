/**
 * `npm run bench [-- OPTIONS]`: what Rolebook takes on made trees, beside the floor of reading every file and beside other linters.
 *
 *   --files N      files of the tree (2,000)
 *   --runs N       rounds after the warm-up (5)
 *   --budget S     seconds that one command may take in all: a slow one is run less often (160)
 *   --quick        a small tree and few rounds: about a minute
 *   --only PART    side, stages, sizes, pages, roles or site; repeatable; all but the site where none is named
 *   --site         the site, too: for 500 roles beside Starlight alone, for 200, 2,000 and 10,000 roles
 *   --no-peers     Rolebook alone
 *   --write        write results.md and results.svg beside this file
 *
 * The exit code says whether it ran, not how fast anything was.
 */
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { barChart } from './chart.ts'
import { machineOf } from './machine.ts'
import { linearity } from './measure/linear.ts'
import { type Command, jsonOf, type Measured, measure, median, type Rounds } from './measure/processes.ts'
import { measureSite } from './measure/site.ts'
import { installPeers, peers } from './peers.ts'
import {
  type FormatTime,
  type Results,
  type RoleSize,
  type TreeSize,
  targetsOf,
  thousands,
  toMarkdown,
} from './results.ts'
import { rolePages } from './tree/role-page.ts'
import { DEFAULT_FILES, makeTree, writeTree } from './tree.ts'

const PARTS = ['side', 'stages', 'sizes', 'pages', 'roles']
const SITE = 'site'
/** Roles of the site that is built beside Starlight alone. */
const SITE_ROLES = 500
const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    runs: { type: 'string' },
    budget: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    site: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: true },
    write: { type: 'boolean', default: false },
  },
  allowNegative: true,
})
const { quick } = values
const files = whole('files', quick ? 400 : DEFAULT_FILES)
const runs = whole('runs', quick ? 3 : 5)
const budget = whole('budget', quick ? 8 : 160) * 1000
const only = values.only ?? PARTS
for (const part of only)
  if (![...PARTS, SITE].includes(part)) throw new Error(`--only takes ${PARTS.join(', ')}, ${SITE}: not ${part}`)

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = import.meta.dirname
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: { rolebook: string } }
const say = (line: string) => process.stderr.write(`${line}\n`)
const rounds: Rounds = { runs, budget, warmUp: true, progress: say }
const node = process.execPath
/** Findings are no failure. */
const fine = [0, 1]
const rolebook = (...args: string[]) => [node, join(root, bin.rolebook), ...args]
const leftOut: string[] = []

/** Before the bench's own work. */
const machine = machineOf(root)
say('npm run compile …')
if (
  spawnSync('npm', ['run', '-s', 'compile'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    .status !== 0
)
  throw new Error('Rolebook does not compile')
const scratch = mkdtempSync(join(tmpdir(), 'rolebook-bench-'))
try {
  const results = bench()
  const text = toMarkdown(results)
  console.log(text)
  if (values.write) {
    writeFileSync(join(here, 'results.md'), text)
    writeFileSync(join(here, 'results.svg'), chartOf(results))
    say('scripts/bench/results.md and results.svg are written.')
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function bench(): Results {
  const tree = join(scratch, 'tree')
  const size = writeDocs(tree, files)
  const rivals = only.includes('side') && values.peers && installPeers(say) ? peers() : []
  if (only.includes('side') && !values.peers) leftOut.push('The other linters (`--no-peers`).')
  const results: Results = {
    machine,
    peers: rivals.map(({ what, version }) => ({ what, version })),
    tree: size,
    side: only.includes('side') ? measure(sideBySide(tree, rivals), rounds) : [],
    stages: only.includes('stages') ? stagesOf(tree) : [],
    sizes: only.includes('sizes') ? sizesOf() : [],
    growing: only.includes('pages') ? linearity() : [],
    roles: only.includes('roles') ? roleSizes() : [],
    site:
      values.site || only.includes(SITE)
        ? measureSite(SITE_ROLES, { root, scratch, rolebook: rolebook(), rounds })
        : null,
    leftOut,
    argv: process.argv.slice(2),
  }
  if (results.side.some((measured) => measured.runs < runs))
    leftOut.push(`Rounds of what is slow: a command may take ${budget / 1000} s in all, its warm-up included.`)
  for (const { what, target, measured, met } of targetsOf(results))
    say(`${met ? 'met   ' : 'missed'} ${what}: ${measured} (${target})`)
  return results
}

/** A tree as a docs repository has it: with a `node_modules`, where the cache stands. */
function writeDocs(folder: string, count: number): { files: number; bytes: number } {
  const size = writeTree(folder, makeTree({ files: count }))
  mkdirSync(join(folder, 'node_modules'))
  return size
}

function sideBySide(tree: string, rivals: ReturnType<typeof peers>): Command[] {
  const command = (id: string, what: string, argv: string[], cwd = tree): Command => ({ id, what, argv, cwd, fine })
  /** A check of what has changed, in a repository that was checked as a whole before. */
  const changed = (id: string, what: string, page: string): Command => {
    const repository = join(scratch, id)
    cpSync(tree, repository, { recursive: true })
    commitAll(repository)
    const [program, ...args] = rolebook('check') as [string, ...string[]]
    spawnSync(program, args, { cwd: repository })
    return {
      ...command(id, `\`rolebook check --changed\`, ${what}`, rolebook('check', '--changed'), repository),
      // Another content each time, so that no cache knows the page.
      before: () => appendFileSync(join(repository, page), '\nOne more sentence.\n'),
    }
  }
  return [
    command('node', '`node -e 0`', [node, '-e', '0']),
    command('version', '`rolebook --version`', rolebook('--version')),
    command('floor', 'floor: read every file', [node, join(here, 'measure', 'floor.mjs')]),
    command('cold', '`rolebook check`, cold', rolebook('check', '--no-cache')),
    command('warm', '`rolebook check`, warm', rolebook('check')),
    changed('changed', 'a page of prose', join('docs', 'part-0', 'page-0.mdx')),
    changed('changed-facts', 'a page of permissions', join('docs', 'access', 'permissions-0.mdx')),
    ...rivals.map(({ id, what, argv }) => command(id, what, argv)),
  ]
}

function commitAll(folder: string): void {
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n')
  const as = [
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@example.com',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'gc.auto=0',
  ]
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'A made tree'],
  ]) {
    const { status, stderr } = spawnSync('git', [...as, ...args], { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`)
  }
}

function stagesOf(tree: string): Results['stages'] {
  const found = new Map<string, number[]>()
  const start = performance.now()
  for (let run = 0; run < runs && performance.now() - start < budget; run++) {
    const stages = jsonOf<Record<string, number>>([node, join(here, 'measure', 'stages.ts')], tree)
    say(
      `stages  ${Object.entries(stages)
        .map(([stage, ms]) => `${stage} ${ms.toFixed(0)} ms`)
        .join(', ')}`,
    )
    for (const [stage, ms] of Object.entries(stages)) found.set(stage, [...(found.get(stage) ?? []), ms])
  }
  return [...found].map(([stage, values]) => [stage, median(values)])
}

/** From a tenth to ten times the tree, in steps of the square root of ten. */
function sizesOf(): TreeSize[] {
  const factors = quick ? [0.25, 0.5, 1, 2] : [0.1, 0.1 * Math.sqrt(10), 1, Math.sqrt(10), 10]
  const sizes: TreeSize[] = []
  const tooLarge: number[] = []
  for (const factor of factors) {
    const last = sizes.at(-1)
    const count = Math.round(files * factor)
    if (last && (last.check.ms * count) / last.files > budget) {
      tooLarge.push(count)
      continue
    }
    const folder = join(scratch, `size-${count}`)
    const { bytes } = writeDocs(folder, count)
    const command = {
      id: `size-${count}`,
      what: `check of ${count} files`,
      argv: rolebook('check', '--no-cache'),
      cwd: folder,
      fine,
    }
    const [check] = measure([command], { ...rounds, runs: Math.min(runs, 3), warmUp: false })
    sizes.push({ files: count, bytes, check: check as Measured })
    rmSync(folder, { recursive: true })
  }
  if (tooLarge.length > 0)
    leftOut.push(
      `Trees of ${tooLarge.map(thousands).join(' and ')} files: one check would take more than the ${budget / 1000} s that a command may.`,
    )
  return sizes
}

function roleSizes(): RoleSize[] {
  const sizes: RoleSize[] = []
  for (const count of quick ? [200, 2000] : [200, 2000, 10_000]) sizes.push(rolesOf(count, sizes.at(-1)))
  return sizes
}

/** What a number of roles takes; without what would take too long, by what fewer roles took. */
function rolesOf(count: number, fewer: RoleSize | undefined): RoleSize {
  const folder = join(scratch, `roles-${count}`)
  const [earlier, later] = ['earlier', 'later'].map((side) => join(folder, side)) as [string, string]
  writeTree(earlier, rolePages(count))
  writeTree(later, rolePages(count, true))
  const [old, own] = [earlier, later].map((side) => `${side}.json`) as [string, string]
  writeFileSync(old, printed(rolebook('extract', earlier), folder))
  writeFileSync(own, printed(rolebook('extract', later), folder))
  const { roles } = JSON.parse(readFileSync(old, 'utf8')) as { roles: { grants: unknown[] }[] }
  const run = (what: string, ...args: string[]): Command => ({
    id: what,
    what,
    argv: rolebook(...args),
    cwd: folder,
    fine,
  })
  const commands = [
    run('`extract`', 'extract', earlier),
    run('`who-can`', 'who-can', '--data', old, 'anchor.delete'),
    run('`who-can`, a pattern', 'who-can', '--data', old, 'dock.*'),
    run('`diff`', 'diff', old, own),
    run('`export`, all formats', 'export', earlier, '--out', join(folder, 'data')),
  ]
  if (values.site)
    commands.push(run('`build`, with the site', 'build', earlier, '--no-gate', '--out', join(folder, 'dist')))
  else leftOut.push(`The site for ${thousands(count)} roles (\`--site\`).`)
  const short = commands.filter(({ id, what }) => {
    if (!fewer) return true
    const before = fewer.commands.find((command) => command.id === id)
    if (before && (before.ms * count) / fewer.roles <= budget) return true
    leftOut.push(`${what} for ${thousands(count)} roles: it would take more than the ${budget / 1000} s that it may.`)
    return false
  })
  const measured = measure(short, { ...rounds, runs: Math.min(runs, 3), budget: budget / 3, warmUp: false })
  const formats = jsonOf<FormatTime[]>([node, join(here, 'measure', 'formats.ts'), old], folder)
  rmSync(folder, { recursive: true })
  return {
    roles: roles.length,
    grants: roles.reduce((sum, role) => sum + role.grants.length, 0),
    commands: measured,
    formats,
  }
}

function printed([program = '', ...args]: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.slice(0, 2000)}`)
  return stdout
}

function chartOf({ side, tree }: Results): string {
  const bars = [...side].sort((a, b) => a.ms - b.ms)
  return barChart(
    `Checking ${tree.files} pages (${(tree.bytes / 1e6).toFixed(0)} MB), logarithmic`,
    bars.map(({ what, ms }) => ({ label: what.replaceAll('`', ''), ms, own: what.includes('rolebook check') })),
  )
}

function whole(option: 'files' | 'runs' | 'budget', fallback: number): number {
  const value = values[option]
  if (value === undefined) return fallback
  if (!/^[1-9]\d*$/.test(value)) throw new Error(`--${option} takes a whole number: not ${value}`)
  return Number(value)
}
