/** What a command finds where it runs: the config, git, folders that it may not read, what was published; and how it is asked. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdir, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { whyNoRepository } from '../src/files/git.ts'
import { findFiles } from '../src/files/sources.ts'
import { whyUnwatched } from '../src/files/watch.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { Workspace } from './support/cli.ts'

const VIEWER = '## Dock Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | ✓ | ✓ |\n'
const ADMIN = VIEWER.replace('Viewer', 'Admin')

let there: Workspace
afterEach(() => there?.remove())

const given = (files: Record<string, string>) => {
  there = new Workspace(files)
  return there
}
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

describe('the config', () => {
  it.each(['cjs', 'cts', 'yaml', 'yml', 'toml', 'json5'])(
    'that is called .%s is refused, not passed over',
    async (extension) => {
      const { run } = bound(given({ 'page.md': ADMIN, [`rolebook.config.${extension}`]: 'name: harbour\n' }))
      expect(await run('check')).toEqual({
        code: 2,
        out: '',
        err: `rolebook: rolebook.config.${extension} is not read: write the config as rolebook.config.json, .jsonc, .mjs or .ts\n`,
      })
    },
  )

  it('is read beside a file of such a name, and where a folder is called like one', async () => {
    const { run, folder } = bound(
      given({ 'page.md': VIEWER, 'rolebook.config.yaml': '', 'rolebook.config.jsonc': '{ "name": "harbour" }' }),
    )
    mkdirSync(join(folder, 'rolebook.config.json'))
    expect(JSON.parse((await run('extract')).out).name).toBe('harbour')
  })

  it('is read with a byte order mark before it, and so are the baseline, the manifest and a dataset', async () => {
    const there = given({ 'page.md': VIEWER, 'rolebook.config.json': '\uFEFF{ "name": "harbour" }' })
    const { run } = bound(there)
    there.write({ 'rolebook.baseline.json': '\uFEFF{ "version": 1, "accepted": [] }' })
    there.write({ 'data.json': `\uFEFF${(await run('extract')).out}` })
    expect((await run('check')).code).toBe(1)
    expect((await run('who-can', 'dock.get', '--data', 'data.json')).code).toBe(0)
  })

  it('that is broken names the line', async () => {
    const { run } = bound(given({ 'page.md': VIEWER, 'rolebook.config.json': '{\n  "name": \n}\n' }))
    expect((await run('check')).err).toBe('rolebook: rolebook.config.json is no valid JSON (3:1)\n')
  })

  it.each([
    ['nothing', 'export const name = "harbour"'],
    ['a function', 'export default () => ({ name: "harbour" })'],
  ])('that exports %s by default is told what to write', async (what, text) => {
    const { run } = bound(given({ 'page.md': VIEWER, 'rolebook.config.mjs': text }))
    expect((await run('check')).err).toBe(
      `rolebook: rolebook.config.mjs can't be loaded: it exports ${what} by default: write \`export default { … }\`\n`,
    )
  })

  it.each([
    ['versions', [{ root: 'a' }, { root: 'b' }]],
    ['scopes', [{ title: 'A' }, { title: 'B' }]],
    [
      'roleTemplates',
      [
        { title: 'A', text: '' },
        { title: 'B', text: '' },
      ],
    ],
    [
      'policyPresets',
      [
        { title: 'A', policies: ['a'] },
        { title: 'B', policies: ['b'] },
      ],
    ],
  ])('refuses one id for two of its %s', async (key, items) => {
    const config = JSON.stringify({ [key]: items.map((item) => ({ id: 'x', ...item })) })
    const { run } = bound(given({ 'a/page.md': ADMIN, 'b/page.md': ADMIN, 'rolebook.config.json': config }))
    expect(await run('check')).toMatchObject({
      code: 2,
      err: `rolebook: rolebook.config.json: \`${key}.1.id\`: \`x\` is the id of number 1 of the list, too\n`,
    })
  })
})

describe('rolebook init', () => {
  it('writes a config that no name of a page and no sign in a cell can add a line to', async () => {
    const sign = '\u001B[31m🟣\u2028evil'
    const page = ADMIN.replace('| ✓ | ✓ |', `| ${sign} | ✓ |`)
    const there = given({ 'docs/x\u2028y\nz"\'\\.md': page, 'package.json': '{}' })
    there.write({ 'node_modules/rolebook/package.json': '{ "name": "rolebook" }' })
    for (const argv of [['init'], ['init', '--json']]) {
      const { code, out } = await there.run(...argv)
      expect([code, out]).toEqual([0, expect.not.stringContaining('\u001B')])
      const name = `rolebook.config.${argv.length === 1 ? 'ts' : 'jsonc'}`
      const text = readFileSync(join(there.folder, name), 'utf8')
      expect(text).toContain('// Roles without a scope: ["x\\u2028y\\nz\\"\'\\\\.md"]\n')
      for (const sign of ['\u2028', '\u001B']) expect(text).not.toContain(sign)
      rmSync(join(there.folder, name))
    }
  })
})

describe('git', () => {
  it('that is not there, or not here, or does not trust what is here, is named', () => {
    expect(whyNoRepository({ code: 'ENOENT' })).toBe('git is not installed')
    expect(whyNoRepository({ code: 128, stderr: 'fatal: not a git repository' })).toBe(
      'there is no git repository here',
    )
    const owned =
      "fatal: detected dubious ownership in repository at '/docks'\n\tgit config --global --add safe.directory /docks\n"
    expect(whyNoRepository({ code: 128, stderr: owned })).toContain(
      'which another user owns: git config --global --add safe.directory /docks',
    )
  })

  it('without a repository, or a commit, says so where a revision is asked for', async () => {
    const { run, folder } = bound(given({ 'page.md': ADMIN }))
    const unknown = 'rolebook: Neither a file, nor a folder, nor a git revision: '
    expect((await run('diff')).err).toBe(`${unknown}HEAD (there is no git repository here)\n`)
    expect((await run('diff', 'old..new')).err).toBe(`${unknown}old (there is no git repository here)\n`)
    git(folder, 'init', '--quiet')
    expect((await run('diff')).err).toBe(`${unknown}HEAD (nothing is committed in this repository yet)\n`)
  })

  it('in a shallow clone says how to get the revision that --since names', async () => {
    const { folder } = given({ 'full/page.md': ADMIN })
    const full = join(folder, 'full')
    git(full, 'init', '--quiet')
    git(full, 'add', '.')
    git(full, 'commit', '--quiet', '-m', 'one')
    git(full, 'commit', '--quiet', '--allow-empty', '-m', 'two')
    git(folder, 'clone', '--quiet', '--depth', '1', `file://${full}`, 'shallow')
    const { code, err } = await there.runWith({ cwd: join(folder, 'shallow') }, 'check', '--since', 'HEAD~1')
    expect([code, err]).toEqual([2, expect.stringContaining('No such revision: HEAD~1: this clone is shallow. Fetch')])
  })
})

describe('a submodule', () => {
  it('is read at the commit that a revision records, and its changed pages are changed pages', async () => {
    const { folder } = given({ 'shared/a.md': ADMIN, 'main/docs/b.md': ADMIN.replace('dock', 'pier') })
    const [shared, cwd] = [join(folder, 'shared'), join(folder, 'main')]
    for (const repository of [shared, cwd]) {
      git(repository, 'init', '--quiet', '--initial-branch=main')
      git(repository, 'add', '.')
      git(repository, 'commit', '--quiet', '-m', 'one')
    }
    git(cwd, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', shared, 'docs/shared')
    git(cwd, 'commit', '--quiet', '-m', 'two')
    const run = (...argv: string[]) => there.runWith({ cwd }, ...argv)
    expect((await run('diff')).out).toBe('No changes; suggests no new version.\n')
    expect((await run('diff', 'HEAD~1..HEAD')).out).toContain('1 role widened')
    expect((await run('check', '--changed')).err).toContain('nothing was checked')
    there.write({ 'main/docs/shared/a.md': VIEWER })
    expect((await run('check', '--changed')).out).toContain('docs/shared/a.md')
    expect((await run('check', '--since', 'HEAD~1')).out).toContain('docs/shared/a.md')
    expect((await run('diff')).out).toContain('docs/shared/a.md')
  })
})

describe('rolebook check --watch', () => {
  it('sees the config and every version of it, from whatever folder it runs in', async () => {
    const config = (severity: string) => {
      const versions = ['new', 'old'].map((id) => ({ id, root: `docs/${id}` }))
      return JSON.stringify({ versions, rules: { 'read-only-role-writes': severity } })
    }
    const there = given({ 'rolebook.config.json': config('error'), 'docs/new/a.md': ADMIN, 'docs/old/a.md': ADMIN })
    const stop = new AbortController()
    const said: string[] = []
    const waiting: (() => void)[] = []
    const until = async (text: string) => {
      while (!said.some((one) => one.includes(text))) await new Promise<void>((resolve) => waiting.push(resolve))
    }
    const hear = (text: string) => {
      said.push(text)
      for (const wake of waiting.splice(0)) wake()
    }
    const cwd = join(there.folder, 'docs', 'new')
    const running = there.runWith({ cwd, out: hear, err: hear, signal: stop.signal }, 'check', '--watch')
    await until('Watching')
    // Some file systems tell of what was written just before.
    await new Promise((resolve) => setTimeout(resolve, 150))
    there.write({ 'docs/old/a.md': VIEWER })
    await until('1 finding: 1 error')
    there.write({ 'rolebook.config.json': config('warning') })
    await until('1 finding: 0 errors, 1 warning')
    stop.abort()
    expect((await running).code).toBe(0)
  })

  it('says that the system watches no more, not that the disk is full', () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    expect(whyUnwatched(full)).toMatch(/^the system watches as many files as it may \(ENOSPC\)/)
    expect(whyUnwatched(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe('there is no permission (EACCES)')
    expect(whyUnwatched(new Error('a bug'))).toBeNull()
  })
})

describe('a folder', () => {
  it('that may not be read is an error with a way out, not a folder without pages', async () => {
    const { folder } = given({ 'docs/a.md': ADMIN, 'docs/locked/b.md': ADMIN, 'docs/gone/c.md': ADMIN })
    const failing = (code: string, path: string) =>
      ((at: string, ...rest: [object, (error: Error | null) => void]) => {
        if (at.includes(path)) rest[1](Object.assign(new Error(code), { code }))
        else (readdir as (...all: unknown[]) => void)(at, ...rest)
      }) as Parameters<typeof findFiles>[2]
    await expect(findFiles(join(folder, 'docs'), resolveSettings(), failing('EACCES', 'locked'))).rejects.toThrow(
      `Can't be read: ${join(folder, 'docs', 'locked')}: there is no permission (EACCES). Leave it out by \`exclude\``,
    )
    const found = await findFiles(join(folder, 'docs'), resolveSettings(), failing('ENOENT', 'gone'))
    expect(found).toEqual([join(folder, 'docs/a.md'), join(folder, 'docs/locked/b.md')])
  })

  it('of published data is not read again, neither from the disk nor from a revision', async () => {
    const { run, folder } = bound(given({ 'docs/page.md': VIEWER }))
    const before = await run('extract')
    expect((await run('export', '--out', 'published')).code).toBe(0)
    expect(await run('extract')).toEqual(before)
    git(folder, 'init', '--quiet')
    git(folder, 'add', '.')
    git(folder, 'commit', '--quiet', '-m', 'all')
    expect((await run('diff', 'HEAD', 'docs')).out).toBe('No changes; suggests no new version.\n')
    expect((await run('extract', 'published/roles.md')).out).toContain('published/roles.md')
  })
})

describe('the command line', () => {
  it('gives help that is asked for with 0, and help in place of a command with 2', async () => {
    const { run } = bound(given({}))
    for (const argv of [['--help'], ['help'], ['help', 'check'], ['check', '--help']]) {
      const { code, out, err } = await run(...argv)
      expect([code, out.slice(0, 15), err]).toEqual([0, 'Usage: rolebook', ''])
    }
    expect((await run()).code).toBe(2)
  })

  it.each([
    ['export', '--out', ''],
    ['build', '--no-site', '--out', ''],
    ['check', '--format', 'json', '--output', ''],
    ['diff', '--format', 'json', '--output', ''],
  ])('refuses an empty path: %s %s %s', async (...argv) => {
    const { run, folder } = bound(given({ 'page.md': ADMIN }))
    const { code, err } = await run(...argv)
    expect([code, err]).toEqual([2, expect.stringContaining("argument '' is invalid. Give a path: this one is empty.")])
    expect(readdirSync(folder)).toEqual(['page.md'])
  })

  it('names what it can not write as it is called from here', async () => {
    const { run } = bound(given({ 'page.md': ADMIN, taken: '' }))
    expect((await run('export', '--out', 'taken/data')).err).toMatch(
      /^rolebook: taken\/data can't be written: part of /,
    )
  })

  it('says what is wrong without driving the terminal', async () => {
    const { run } = bound(given({}))
    expect((await run('check', 'no\u001B[31m\nwhere')).err).toBe(
      'rolebook: No such file or folder: no\\x1b[31m\nwhere\n',
    )
  })

  it('takes the name of a role only where it prints one', async () => {
    const { run } = bound(given({ 'page.md': ADMIN }))
    const asked = ['smallest', 'dock.get', '--name', 'Dock Hand']
    expect((await run(...asked)).err).toBe('rolebook: --name is for the role that --format prints: give both\n')
    expect((await run(...asked, '--format', 'csv')).out).toContain('Dock Hand,unscoped,dock.get')
    expect((await run(...asked.slice(0, 2), '--format', 'csv')).out).toContain('Custom role,unscoped,dock.get')
  })

  it('accepts nothing for a subject that no finding is about, or until a day that is over', async () => {
    const { run } = bound(given({ 'page.md': VIEWER, 'rolebook.config.json': '{}' }))
    expect(await run('baseline', '--reason', 'Fine.', '--subject', 'unscoped/dock-viewr')).toMatchObject({
      code: 2,
      err: 'rolebook: No finding is about unscoped/dock-viewr, did you mean unscoped/dock-viewer?\n',
    })
    expect(await run('baseline', '--reason', 'Fine.', '--expires', '2020-02-29')).toMatchObject({
      code: 2,
      err: 'rolebook: --expires 2020-02-29 is over: nothing would be accepted\n',
    })
  })
})

describe('in GitHub Actions', () => {
  const EVIL = VIEWER.replace('| dock |', '| ##[stop-commands]x |')
  const MARKED = '## Pier Admin\n\n{/* rolebook:begin role="::error::x ##[add-mask]x" */}\n{/* rolebook:end */}\n'
  const env = { GITHUB_ACTIONS: 'true' }
  const guarded = (text: string) => /^::stop-commands::(\S+)\n([\s\S]*)\n::\1::\n$/.exec(text)?.[2]

  it.each([
    ['the findings beside a dataset', 'err', ['extract']],
    ['answers', 'out', ['show', 'unscoped/dock-viewer']],
    ['what is wrong with a region', 'err', ['inject']],
  ] as const)('lets no page drive the runner through %s', async (_name, stream, argv) => {
    const there = given({ 'page.mdx': EVIL, 'marked.mdx': MARKED })
    const said = await there.runWith({ env }, ...argv)
    expect(guarded(said[stream])).toContain('##[')
  })

  it('puts nothing around what programs read', async () => {
    const there = given({ 'page.md': VIEWER })
    for (const argv of [['smallest', 'dock.get', '--format', 'list'], ['show', 'dock.get', '--json'], ['extract']]) {
      const { out } = await there.runWith({ env }, ...argv)
      expect(out).toBe((await there.run(...argv)).out)
    }
  })
})

function bound(workspace: Workspace) {
  return { folder: workspace.folder, run: (...argv: string[]) => workspace.run(...argv) }
}
