/** What CI systems and git run: each script taken out of its file, and really run with the shell that runs it there. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ROOT } from './support/shared.ts'

const CLEAN = '## Harbour Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock |  | √ |\n'
const BROKEN = CLEAN.replace('|  | √', '| √ | √')

/** Values that a shell would run, part or expand if they ever became a part of a script. */
const HOSTILE = ['$(touch pwned)', '`touch pwned`', '"; touch pwned; "', "'; touch pwned; '", '-x && touch pwned', '*']

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')

let bin = ''
let log = ''

beforeAll(() => {
  bin = realpathSync(mkdtempSync(join(tmpdir(), 'rolebook-bin-')))
  log = join(bin, 'argv.log')
  const cli = join(ROOT, 'scripts/rolebook.ts')
  // `rolebook` is this repository's; `npx` is a stand-in that says what it was asked for, and then runs it.
  script('rolebook', `printf '%s\\n' rolebook "$@" >> '${log}'\nexec '${process.execPath}' '${cli}' "$@"\n`)
  script('npx', `printf '%s\\n' npx "$@" >> '${log}'\nshift 2\nexec '${process.execPath}' '${cli}' "$@"\n`)
})

afterAll(() => rmSync(bin, { recursive: true, force: true }))

function script(name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}`)
  chmodSync(join(bin, name), 0o755)
}

interface Ran {
  status: number | null
  out: string
  err: string
  /** Arguments of every `rolebook` and `npx` that were run, one a line. */
  argv: string[]
  folder: string
}

/** A new folder with some files. */
function newFolder(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolebook-ci-')))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Runs a script in a new folder with some files. */
function run(shell: string[], code: string, files: Record<string, string>, env: Record<string, string> = {}): Ran {
  return runIn(newFolder(files), shell, code, env)
}

/** Runs a script; nothing of this process's environment but the path reaches it. */
function runIn(folder: string, [command = 'sh', ...flags]: string[], code: string, env: Record<string, string>): Ran {
  writeFileSync(log, '')
  const PATH = [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter)
  const file = join(bin, 'script.sh')
  writeFileSync(file, code)
  const { status, stdout, stderr } = spawnSync(command, [...flags, file], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, HOME: bin, ...env },
  })
  const argv = readFileSync(log, 'utf8').split('\n').slice(0, -1)
  return { status, out: stdout, err: stderr, argv, folder }
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('action.yml', () => {
  const action = parse(text('action.yml'))
  const [step] = action.runs.steps
  /** As GitHub's runner starts `shell: bash`. */
  const bash = ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail']

  /** The environment that the step gives its script for some inputs, defaults filled in as the runner does. */
  function envOf(inputs: Record<string, string>, folder = bin): Record<string, string> {
    const env: Record<string, string> = { GITHUB_OUTPUT: join(folder, 'output') }
    for (const [name, expression] of Object.entries(step.env as Record<string, string>)) {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? ''
      expect(action.inputs).toHaveProperty([input])
      env[name] = inputs[input] ?? action.inputs[input].default
    }
    writeFileSync(env.GITHUB_OUTPUT as string, '')
    return env
  }

  const act = (inputs: Record<string, string>, files: Record<string, string>, more: Record<string, string> = {}) =>
    run(bash, step.run, files, { ...envOf(inputs), ...more })

  const outputs = () => {
    const lines = readFileSync(join(bin, 'output'), 'utf8').split('\n').slice(0, -1)
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))
  }

  it('has one step, and no expression inside of its script', () => {
    expect(action.runs.using).toBe('composite')
    expect(action.runs.steps).toHaveLength(1)
    expect(step.shell).toBe('bash')
    expect(step.run).not.toContain('${{')
  })

  it('hands every input to the script, and nothing that is no input', () => {
    const used = Object.values({ ...step.env, folder: step['working-directory'] }).map(
      (expression) => /inputs\.([\w-]+)/.exec(String(expression))?.[1],
    )
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort())
    for (const name of Object.keys(step.env)) expect(step.run).toContain(name)
  })

  it('ends with 0 for a clean page, and asks npm for the latest version', () => {
    const { status, argv } = act({}, { 'page.mdx': CLEAN })
    expect(status).toBe(0)
    expect(argv).toEqual(['npx', '--yes', 'rolebook@latest', 'check', '--format', 'stylish', '--'])
    expect(outputs()).toEqual({ 'exit-code': '0' })
  })

  it('ends with 1 for a page with an error, and annotates it', () => {
    const { status, out, folder } = act({}, { 'page.mdx': BROKEN }, { GITHUB_ACTIONS: 'true' })
    expect(status).toBe(1)
    expect(out).toContain('::error file=page.mdx,line=5,')
    expect(outputs()).toEqual({ 'exit-code': '1' })
    expect(existsSync(join(folder, 'rolebook.sarif'))).toBe(false)
  })

  it('writes SARIF and another format, and says where the SARIF is', () => {
    const inputs = { 'sarif-file': 'out/role book.sarif', format: 'junit', output: 'out/rolebook.xml' }
    const { status, folder } = act(inputs, { 'page.mdx': BROKEN })
    expect(status).toBe(1)
    expect(outputs()).toEqual({ 'exit-code': '1', 'sarif-file': join(folder, 'out/role book.sarif') })
    expect(JSON.parse(readFileSync(join(folder, 'out/role book.sarif'), 'utf8')).version).toBe('2.1.0')
    expect(readFileSync(join(folder, 'out/rolebook.xml'), 'utf8')).toContain('<testsuites')
  })

  it('checks the roots that are named, one a line, spaces and all', () => {
    const files = { 'a b/page.mdx': BROKEN, 'c/page.mdx': CLEAN, 'd.mdx': BROKEN }
    const { status, argv, out } = act({ roots: 'a b\r\nc\n\n' }, files)
    expect([status, argv.slice(-3)]).toEqual([1, ['--', 'a b', 'c']])
    expect(out).toContain('1 finding')
    expect(act({ roots: 'c' }, files).status).toBe(0)
  })

  it('takes the version asked for, and else what is installed here or above', () => {
    const installed = { 'node_modules/.bin/rolebook': `#!/bin/sh\necho installed "$@"\n`, 'docs/page.mdx': BROKEN }
    const first = act({ version: '1.2.3' }, { 'page.mdx': CLEAN })
    expect(first.argv.slice(0, 3)).toEqual(['npx', '--yes', 'rolebook@1.2.3'])
    const { folder } = act({}, installed)
    chmodSync(join(folder, 'node_modules/.bin/rolebook'), 0o755)
    const below = runIn(join(folder, 'docs'), bash, step.run, envOf({}))
    expect([below.status, below.out]).toEqual([0, 'installed check --format stylish --\n'])
  })

  /** A repository whose branch grants more than `main` does. */
  function widened(): string {
    const folder = repository({ 'page.mdx': CLEAN })
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
        cwd: folder,
      })
    git('commit', '--quiet', '-m', 'old')
    git('branch', '--force', 'base')
    writeFileSync(join(folder, 'page.mdx'), CLEAN.replaceAll('Get', 'List').replace('Viewer', 'Viewer\n\nMore.'))
    git('commit', '--quiet', '-am', 'new')
    return folder
  }

  it('writes what the branch changes as Markdown with links, and to the summary of the step', () => {
    const folder = widened()
    const temp = newFolder({})
    const github = {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: 'abc',
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    }
    const { status, out, argv } = runIn(folder, bash, step.run, {
      ...envOf({ diff: 'base' }),
      ...github,
      RUNNER_TEMP: temp,
    })
    const file = join(temp, 'rolebook-diff.md')
    expect([status, outputs()]).toEqual([0, { 'exit-code': '0', 'diff-file': file }])
    expect(argv.slice(-2)).toEqual(['--', 'base...HEAD'])
    expect(out).toContain('1 role widened, 1 narrowed')
    const markdown = readFileSync(file, 'utf8')
    expect(markdown.split('\n').slice(0, 2)).toEqual(['<!-- rolebook-diff -->', '## 1 role widened, 1 narrowed'])
    expect(markdown).toContain('](https://github.com/o/r/blob/abc/page.mdx#L1)')
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain(markdown)
  })

  it('fails for the changes that it is told to, and where there is no such revision', () => {
    const folder = widened()
    const temp = newFolder({})
    const ends = (inputs: Record<string, string>) =>
      runIn(folder, bash, step.run, { ...envOf(inputs), RUNNER_TEMP: temp }).status
    const fails = 'policy:any\r\nrole:widened\n'
    expect(ends({ diff: 'base', 'diff-fail-on': fails, 'diff-file': 'out/changes.md', roots: 'page.mdx' })).toBe(1)
    expect(outputs()).toEqual({ 'exit-code': '1', 'diff-file': join(folder, 'out/changes.md') })
    expect(ends({ diff: 'base..HEAD', 'diff-fail-on': 'policy:any', roots: 'page.mdx' })).toBe(0)
    rmSync(join(temp, 'rolebook-diff.md'))
    expect(ends({ diff: 'nowhere', roots: 'page.mdx' })).toBe(2)
    expect(outputs()).toEqual({ 'exit-code': '2' })
  })

  it('fails above the warnings allowed', () => {
    const warned = { 'page.mdx': CLEAN.replace('|  | √', '| ? | √') }
    expect(act({ 'max-warnings': '1' }, warned).status).toBe(0)
    expect(act({ 'max-warnings': '0' }, warned).status).toBe(1)
  })

  it('asks for Node where there is none that will do', () => {
    const old = join(bin, 'old')
    mkdirSync(old, { recursive: true })
    writeFileSync(join(old, 'node'), '#!/bin/sh\nexit 1\n')
    chmodSync(join(old, 'node'), 0o755)
    const { status, out, argv } = act({}, { 'page.mdx': CLEAN }, { PATH: `${old}:${bin}:/usr/bin:/bin` })
    expect([status, argv]).toEqual([2, []])
    expect(out).toBe('::error title=Rolebook::Rolebook needs Node 22.12 or newer: put actions/setup-node before it.\n')
    expect(outputs()).toEqual({ 'exit-code': '2' })
  })

  it('refuses a version that is none, half of a format, and a SARIF file of two lines', () => {
    const wrong: Record<string, string>[] = [
      { version: '1 && touch pwned' },
      { version: 'file:../evil' },
      { format: 'junit' },
      { output: 'a.xml' },
      { 'sarif-file': 'a\nexit-code=0' },
      { diff: 'main', 'diff-file': 'a\nexit-code=0' },
    ]
    for (const inputs of wrong) {
      const { status, argv } = act(inputs, { 'page.mdx': CLEAN })
      expect([status, argv, outputs()]).toEqual([2, [], { 'exit-code': '2' }])
    }
  })

  it.each(Object.keys(action.inputs).filter((name) => name !== 'working-directory'))(
    'runs nothing that the input %s says',
    (name) => {
      // A stand-in for Rolebook: what it is called with is what matters here, and it is quick.
      for (const value of HOSTILE) {
        const inputs = {
          [name]: value,
          ...(name === 'format' ? { output: 'x' } : name === 'output' ? { format: 'x' } : {}),
          ...(name.startsWith('diff-') ? { diff: 'main' } : {}),
        }
        const folder = newFolder({ 'node_modules/.bin/rolebook': `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\n` })
        chmodSync(join(folder, 'node_modules/.bin/rolebook'), 0o755)
        const { argv, status } = runIn(folder, bash, step.run, envOf(inputs))
        expect(existsSync(join(folder, 'pwned'))).toBe(false)
        if (name === 'version') expect([status, argv]).toEqual([2, []])
        else {
          const words = [value, `${value}...HEAD`]
          expect(
            argv.some((one) => words.includes(one) || one.endsWith(`=${value}`) || one.endsWith(`/${value}`)),
          ).toBe(true)
        }
      }
    },
  )
})

describe('.pre-commit-hooks.yaml', () => {
  const [hook, ...others] = parse(text('.pre-commit-hooks.yaml'))

  it('is one hook for pages, which finds the staged ones itself', () => {
    expect(others).toEqual([])
    expect(hook).toMatchObject({ id: 'rolebook', language: 'node', pass_filenames: false })
    const files = new RegExp(hook.files)
    expect(['docs/a.mdx', 'README.md', 'a.mdx.txt', 'amd'].map((path) => files.test(path))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('runs a command that this package has', () => {
    const [command] = hook.entry.split(' ')
    expect(Object.keys(JSON.parse(text('package.json')).bin)).toContain(command)
  })

  it('lets a clean page pass, and stops one with an error', () => {
    // The framework starts the entry without a shell, in the repository's top folder.
    expect(runIn(repository({ 'page.mdx': CLEAN }), ['sh'], hook.entry, {}).status).toBe(0)
    const { status, out } = runIn(repository({ 'page.mdx': BROKEN }), ['sh'], hook.entry, {})
    expect(status).toBe(1)
    expect(out).toContain('read-only-role-writes')
  })
})

/** A git repository in a new folder with these files staged. */
function repository(files: Record<string, string>): string {
  const folder = newFolder(files)
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  execFileSync('git', ['add', '.'], { cwd: folder })
  return folder
}

describe('integrations/pre-commit', () => {
  const hook = text('integrations/pre-commit')

  it('is a script of the plainest shell that may be run', () => {
    expect(hook.startsWith('#!/bin/sh\n')).toBe(true)
    expect(statSync(join(ROOT, 'integrations/pre-commit')).mode & 0o111).toBe(0o111)
  })

  it('lets a clean page pass, and stops a commit with an error', () => {
    expect(runIn(repository({ 'page.mdx': CLEAN }), ['sh'], hook, {}).status).toBe(0)
    const { status, out, argv } = runIn(repository({ 'page.mdx': BROKEN }), ['sh'], hook, {})
    expect([status, argv]).toEqual([1, ['rolebook', 'check', '--staged']])
    expect(out).toContain('read-only-role-writes')
  })

  it('starts nothing where no page is staged', () => {
    const { status, argv } = runIn(repository({ 'code.ts': '' }), ['sh'], hook, {})
    expect([status, argv]).toEqual([0, []])
  })

  it('runs nothing that the name of a page says', () => {
    const folder = repository(Object.fromEntries(HOSTILE.map((name) => [`${name}.md`, CLEAN])))
    expect(runIn(folder, ['sh'], hook, {}).status).toBe(0)
    expect(existsSync(join(folder, 'pwned'))).toBe(false)
  })

  it('stops, and says what to do, where Rolebook is not installed', () => {
    const PATH = '/usr/bin:/bin'
    const { status, err } = runIn(repository({ 'page.mdx': CLEAN }), ['/bin/sh'], hook, { PATH })
    expect(status).toBe(1)
    expect(err).toContain('npm install --save-dev rolebook')
  })
})

describe('integrations/gitlab-ci.yml', () => {
  const { rolebook: job } = parse(text('integrations/gitlab-ci.yml'))
  const report = job.artifacts.reports.codequality
  /** GitLab's runner joins the lines of a script and stops at the first that fails; slim images have no more than `sh`. */
  const script = ['set -e', ...job.script].join('\n')
  const inGitLab = (files: Record<string, string>, variables: Record<string, string> = {}) =>
    run(['sh'], script, files, { GITLAB_CI: 'true', ...job.variables, ...variables })

  it('ends with 0 for a clean page, with an empty report', () => {
    const { status, argv, folder } = inGitLab({ 'page.mdx': CLEAN })
    expect([status, argv.slice(0, 3)]).toEqual([0, ['npx', '--yes', 'rolebook@latest']])
    expect(readFileSync(join(folder, report), 'utf8')).toBe('[]\n')
  })

  it('ends with 1 for a page with an error, with a report of it', () => {
    const { status, folder, out } = inGitLab({ 'page.mdx': BROKEN })
    expect(status).toBe(1)
    expect(out).toContain('read-only-role-writes')
    const [issue] = JSON.parse(readFileSync(join(folder, report), 'utf8'))
    expect(issue).toMatchObject({
      check_name: 'read-only-role-writes',
      severity: 'major',
      location: { path: 'page.mdx' },
    })
    expect(job.artifacts.when).toBe('always')
  })

  it('checks the one root that is named', () => {
    const files = { 'a b/page.mdx': CLEAN, 'c.mdx': BROKEN }
    const { status, argv } = inGitLab(files, { ROLEBOOK_ROOT: 'a b' })
    expect([status, argv.slice(-2)]).toEqual([0, ['--', 'a b']])
  })

  it.each(['ROLEBOOK_ROOT', 'ROLEBOOK_VERSION'])('runs nothing that %s says', (name) => {
    for (const value of HOSTILE) {
      const { folder, argv } = run(
        ['sh'],
        `npx() { printf '%s\\n' "$@" >> '${log}'; }\n${script}`,
        {},
        {
          ...job.variables,
          [name]: value,
        },
      )
      expect(argv).toContain(name === 'ROLEBOOK_ROOT' ? value : `rolebook@${value}`)
      expect(existsSync(join(folder, 'pwned'))).toBe(false)
    }
  })
})
