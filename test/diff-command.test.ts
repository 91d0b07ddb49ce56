/** `rolebook diff`: operands, formats and exit codes; and that nothing of the working tree is touched. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyDelta } from '../src/diff/delta.ts'
import { type DiffDocument, diffJsonSchema } from '../src/diff/document.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { changeFormats } from '../src/report/change-formats.ts'
import { Workspace } from './support/cli.ts'
import { ROOT, saySkipped, shared, sharedFolder } from './support/shared.ts'

/** A page of roles, each with its bullets: `{ 'Dock Admin': 'dock.get dock.list' }`. */
function page(roles: Record<string, string>): string {
  const sections = Object.entries(roles).map(
    ([name, permissions]) =>
      `### ${name}\n\n${permissions
        .split(' ')
        .map((id) => `- \`${id}\`\n`)
        .join('')}`,
  )
  return `# Roles\n\n## Harbour\n\n${sections.join('\n')}`
}

const OLD = page({ 'Dock Admin': 'dock.create dock.delete dock.get', 'Dock Viewer': 'dock.get' })
const NEW = page({
  'Dock Admin': 'dock.create dock.get',
  'Dock Viewer': 'dock.get dock.delete',
  'Pier Viewer': 'pier.get',
})

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_AUTHOR_DATE: '2024-02-29T12:00:00Z', GIT_COMMITTER_DATE: '2024-02-29T12:00:00Z' },
  })

/** A repository: `old` and `side` (from `old`) and `main`, which moved on; pages of the working tree as in `main`. */
function repository(): Workspace {
  const workspace = new Workspace({ 'docs/roles.mdx': OLD })
  const { folder } = workspace
  const commit = (message: string) => {
    git(folder, 'add', '.')
    git(folder, 'commit', '--quiet', '-m', message)
  }
  git(folder, 'init', '--quiet', '--initial-branch=main')
  commit('old')
  git(folder, 'tag', 'old')
  git(folder, 'checkout', '--quiet', '-b', 'side')
  workspace.write({ 'docs/other.mdx': page({ 'Crane Viewer': 'crane.get' }) })
  commit('side')
  git(folder, 'checkout', '--quiet', 'main')
  workspace.write({ 'docs/roles.mdx': NEW })
  commit('new')
  return workspace
}

let repo: Workspace
const others: Workspace[] = []
beforeAll(() => {
  repo = repository()
})
afterAll(() => {
  for (const workspace of [repo, ...others]) workspace.remove()
})

function workspace(files: Record<string, string>): Workspace {
  const made = new Workspace(files)
  others.push(made)
  return made
}

/** The first line: the summary. */
const summary = async (...argv: string[]) => {
  const { out, err } = await repo.run('diff', ...argv)
  return (out + err).split('\n')[0]
}

const CHANGED = '1 role widened, 1 narrowed, 1 added; 1 resource added; 1 permission added; suggests a major version.'

describe('what is compared', () => {
  it('is two folders', async () => {
    const { folder } = workspace({ 'old/roles.mdx': OLD, 'new/roles.mdx': NEW })
    const transcript = await new Workspace().transcript('diff', join(folder, 'old'), join(folder, 'new'))
    expect(transcript.replaceAll(/\S*\/(?=(?:old|new)\b)/g, '')).toMatchInlineSnapshot(`
      "$ rolebook diff old new
      1 role widened, 1 narrowed, 1 added; 1 resource added; 1 permission added; suggests a major version.

      Roles
        Dock Viewer unscoped/dock-viewer  new/roles.mdx:10
          widened by 1 permission: dock.delete
        Dock Admin unscoped/dock-admin  new/roles.mdx:5
          narrowed by 1 permission: dock.delete
        Pier Viewer unscoped/pier-viewer  new/roles.mdx:15
          added with 1 permission: pier.get

      Resources
        pier: added  new/roles.mdx:17

      Permissions
        pier.get: added  new/roles.mdx:17
      --- exit 0
      "
    `)
  })

  it('is two revisions, from where they parted with three dots', async () => {
    expect(await summary('old..main')).toBe(CHANGED)
    expect(await summary('old', 'main')).toBe(CHANGED)
    expect(await summary('main..old')).toMatch(/^1 role widened, 1 narrowed, 1 removed;/)
    expect(await summary('main..side')).toMatch(/^1 role widened, 1 narrowed, 1 added, 1 removed;/)
    expect(await summary('main...side')).toMatch(/^1 role added; /)
    expect(await summary('old..')).toBe(CHANGED)
    expect(await summary('old:docs..main:docs')).toBe(CHANGED)
  })

  it('is a revision and the files as they are; HEAD without any', async () => {
    expect(await summary('old')).toBe(CHANGED)
    expect(await summary('old:docs')).toBe(CHANGED)
    expect(await summary('side')).toMatch(/^1 role widened, 1 narrowed, 1 added, 1 removed;/)
    expect(await summary()).toBe('No changes; suggests no new version.')
    expect(await summary('docs')).toBe('No changes; suggests no new version.')
  })

  it('is datasets, folders and revisions, mixed', async () => {
    const { out } = await repo.run('extract')
    const published = workspace({ 'dataset.json': out })
    expect(await summary('old', join(published.folder, 'dataset.json'))).toBe(CHANGED)
    expect(await summary(join(published.folder, 'dataset.json'), 'docs')).toBe('No changes; suggests no new version.')
  })

  it('is one version of the documentation or two, where the config names them', async () => {
    const versions = workspace({
      'rolebook.config.json': JSON.stringify({
        name: 'port',
        versions: [
          { id: 'latest', root: 'latest' },
          { id: 'v1', root: 'v1' },
        ],
      }),
      'latest/roles.mdx': NEW,
      'v1/roles.mdx': OLD,
    })
    const said = async (...argv: string[]) => (await versions.run('diff', ...argv)).out.split('\n')[0]
    expect(await said('v1', 'latest')).toBe(CHANGED)
    expect(await said('--docs-version', 'v1..latest')).toBe(CHANGED)
    const { code, err } = await versions.run('diff', '--docs-version', 'v1..v9')
    expect([code, err]).toEqual([2, 'rolebook: No version `v9` in .: there are `latest`, `v1`\n'])
    git(versions.folder, 'init', '--quiet')
    git(versions.folder, 'add', 'latest', 'rolebook.config.json')
    git(versions.folder, 'commit', '--quiet', '-m', 'one')
    expect((await versions.run('diff', 'HEAD')).out).toBe(
      '2 roles added; 1 resource added; 3 permissions added; 3 operations added; 1 scope added; suggests a minor version.\n\n' +
        'v1: this version is new: 2 roles, 1 resource, 3 permissions, 3 operations, 1 scope\n',
    )
    expect((await versions.run('diff', 'HEAD', '--docs-version', 'latest')).out).toMatch(/^No changes/)
    expect((await versions.run('diff', 'HEAD', '--fail-on', 'role:added')).code).toBe(1)
  })

  it.each([
    [['nope..main'], 'Neither a file, nor a folder, nor a git revision: nope'],
    [['main..nope'], 'Neither a file, nor a folder, nor a git revision: nope'],
    [['../nope'], 'Neither a file, nor a folder, nor a git revision: ../nope'],
    [['--', '-x..main'], 'Neither a file, nor a folder, nor a git revision: -x'],
    [['main', '--fail-on', 'widend'], 'Nothing to fail on is called `widend`: did you mean widened?'],
    [['main', '--format', 'xml'], 'Unknown format `xml`: there are text, markdown, json, atom'],
    [['main', '--output', 'x'], 'Put a --format before each --output'],
    [['main', '--current', '1.4'], '1.4 is no version such as 1.4.2'],
    [
      ['main', '--link-base', 'javascript:x'],
      '--link-base takes an address such as https://github.com/o/r/blob/main/, not javascript:x',
    ],
    [['main', '--docs-version', 'v3..'], 'Write two versions as v3..latest, not v3..'],
  ])('%j is bad usage', async (argv, message) => {
    const { code, out, err } = await repo.run('diff', ...argv)
    expect([code, out, err]).toEqual([2, '', `rolebook: ${message}\n`])
  })

  it('says what to do where the clone is shallow', async () => {
    const clone = workspace({})
    execFileSync('git', ['clone', '--quiet', '--depth=1', pathToFileURL(repo.folder).href, 'clone'], {
      cwd: clone.folder,
    })
    const { code, err } = await clone.runWith({ cwd: join(clone.folder, 'clone') }, 'diff', 'old...HEAD')
    expect(code).toBe(2)
    expect(err).toBe(
      'rolebook: Neither a file, nor a folder, nor a git revision: old: this clone is shallow. Fetch the history (`git fetch --unshallow`; with actions/checkout, `fetch-depth: 0`)\n',
    )
  })

  it('is left as it was: no file touched, no worktree, nothing staged', async () => {
    const state = () => [
      ...['status', 'worktree list', 'stash list', 'for-each-ref'].map((command) =>
        git(repo.folder, ...command.split(' ')),
      ),
      ...readdirSync(repo.folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path !== '.git' && path !== join('.git', 'index'))
        .sort()
        .map((path) => `${path} ${statSync(join(repo.folder, path)).mtimeMs}`),
    ]
    git(repo.folder, 'status')
    const before = state()
    for (const range of ['old..side', 'side...main', 'old']) expect((await repo.run('diff', range)).code).toBe(0)
    expect(state()).toEqual(before)
    expect(git(repo.folder, 'worktree', 'list').trim().split('\n')).toHaveLength(1)
  })
})

describe('the exit code', () => {
  it.each([
    ['widened', 1],
    ['role:widened', 1],
    ['policy:widened', 0],
    ['removed', 0],
    ['major', 1],
    ['any', 1],
    ['role:text', 0],
    ['catalogue:any', 0],
  ])('of --fail-on %s is %i', async (what, code) => {
    expect((await repo.run('diff', 'old..main', '--fail-on', what)).code).toBe(code)
  })

  it('is 0 without it, and that of any of several', async () => {
    expect((await repo.run('diff', 'old..main')).code).toBe(0)
    expect((await repo.run('diff', 'old..main', '--fail-on', 'renamed', '--fail-on', 'narrowed')).code).toBe(1)
  })
})

/** Names and notes that would do harm if any format took them as they are. */
const HOSTILE = page({
  '</details></summary><script>alert(1)</script> Admin': 'dock.get',
  '@everyone | `x` [a](https://evil.example) #1 Editor': 'dock.get',
  __proto__: 'constructor.get',
  '${jndi} $(touch x) \u202etxet ![x](y) Viewer': 'dock.get',
  '&#64;user &lt;b&gt; www.evil.example GH-1 Operator': 'dock.get',
})

describe('formats', () => {
  it('are those that the help names', async () => {
    const { out } = await repo.run('diff', '--help')
    const ids = changeFormats.map(({ id }) => id)
    expect(out.replace(/\s+/g, ' ')).toContain(`${ids.slice(0, -1).join(', ')} or ${ids.at(-1)}; repeatable`)
  })

  it('go to files of their own, and say the same every time', async () => {
    const files = ['md', 'json', 'atom'].map((ending) => join(repo.folder, 'out', `x.${ending}`))
    const [md, json, atom] = files as [string, string, string]
    const argv = [
      'diff',
      'old..main',
      '--format',
      'markdown',
      '--output',
      md,
      '--format',
      'json',
      '--output',
      json,
      '--format',
      'atom',
      '--output',
      atom,
    ]
    const { out, code } = await repo.run(...argv)
    expect([code, out]).toEqual([0, ''])
    const first = files.map((file) => readFileSync(file, 'utf8'))
    await repo.run(...argv)
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(first)
    execFileSync('rm', ['-r', join(repo.folder, 'out')])
  })

  it('text names the next version, and paints where it may', async () => {
    const { out } = await repo.runWith({ color: { out: true, err: false } }, 'diff', 'old..main', '--current', '1.4.2')
    expect(out.split('\n')[0]).toContain('suggests a major version (1.4.2 → 2.0.0).')
    expect(out).toContain('\u001b[33mwidened\u001b[39m')
    expect((await repo.run('diff', 'old..main')).out).not.toContain('\u001b')
  })

  it('text stops the commands of a runner that pages may hold', async () => {
    const { out } = await repo.runWith({ env: { GITHUB_ACTIONS: 'true' } }, 'diff', 'old..main')
    const [, token] = /^::stop-commands::(rolebook-\w+)\n/.exec(out) ?? []
    expect(out.endsWith(`\n::${token}::\n`)).toBe(true)
  })

  it('markdown is the comment of a pull request', async () => {
    const link = ['--link-base', 'https://github.com/o/r/blob/abc', '--current', '0.3.0']
    const { out } = await repo.run('diff', 'old..main', '--format', 'markdown', ...link)
    expect(out).toMatchInlineSnapshot(`
      "<!-- rolebook-diff -->
      ## 1 role widened, 1 narrowed, 1 added

      <code>old</code> → <code>main</code>: **suggests a major version (0.3.0 → 1.0.0)**.

      |  | widened | narrowed | added |
      | --- | ---: | ---: | ---: |
      | Roles | 1 | 1 | 1 |
      | Resources |  |  | 1 |
      | Permissions |  |  | 1 |

      #### Roles widened

      - **Dock Viewer** <code>unscoped/dock-viewer</code> · [docs/roles.mdx:10](https://github.com/o/r/blob/abc/docs/roles.mdx#L10)
        - **widened** by 1 permission: <code>dock.delete</code>

      #### Roles narrowed

      - **Dock Admin** <code>unscoped/dock-admin</code> · [docs/roles.mdx:5](https://github.com/o/r/blob/abc/docs/roles.mdx#L5)
        - **narrowed** by 1 permission: <code>dock.delete</code>

      <details><summary>1 role added</summary>

      - **Pier Viewer** <code>unscoped/pier-viewer</code> · [docs/roles.mdx:15](https://github.com/o/r/blob/abc/docs/roles.mdx#L15)
        - **added** with 1 permission: <code>pier.get</code>

      </details>

      <details><summary>1 resource added</summary>

      - <code>pier</code> · [docs/roles.mdx:17](https://github.com/o/r/blob/abc/docs/roles.mdx#L17): added

      </details>

      <details><summary>1 permission added</summary>

      - **added**: <code>pier.get</code>

      </details>
      "
    `)
  })

  it('markdown folds long lists, and says what it cut', async () => {
    const many = (count: number, from = 0) =>
      Array.from({ length: count }, (_, i) => `r${String(i + from).padStart(4, '0')}.get`).join(' ')
    const roles = (count: number, permissions: string) =>
      page(Object.fromEntries(Array.from({ length: count }, (_, i) => [`Role ${i} Viewer`, permissions])))
    const folders = workspace({
      'a/x.mdx': roles(1, many(2)),
      'b/x.mdx': roles(1, many(40)),
      'c/x.mdx': roles(700, many(1)),
      'd/x.mdx': roles(700, many(9)),
    })
    const markdown = async (...sides: string[]) => (await folders.run('diff', ...sides, '--format', 'markdown')).out
    const short = await markdown('a', 'b')
    expect(short).toMatch(/<\/code> <details><summary>… and 22 more<\/summary><code>/)
    expect(short).not.toContain('Cut to fit')
    const long = await markdown('c', 'd')
    expect(long.length).toBeLessThanOrEqual(65_536)
    expect(long.length).toBeGreaterThan(60_000)
    const [, cut] = /Not shown: (\d+) of roles widened/.exec(long) ?? []
    const shown = long.match(/^- \*\*Role \d+ Viewer\*\*/gm)?.length ?? 0
    expect(shown + Number(cut)).toBe(700)
  })

  it.each(['markdown', 'atom', 'text', 'json'])('%s does nothing that a name says', async (format) => {
    const folders = workspace({ 'old/x.mdx': page({ 'Dock Viewer': 'dock.get dock.list' }), 'new/x.mdx': HOSTILE })
    const { out } = await folders.run('diff', 'old', 'new', '--format', format)
    expect(out.length).toBeGreaterThan(500)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may reach a terminal.
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    if (format === 'atom') expect(() => elements(out)).not.toThrow()
    if (format !== 'markdown') return
    const tags = out.replace('<!-- rolebook-diff -->\n', '').match(/<[^>]*>/g) ?? []
    expect([...new Set(tags)].sort()).toEqual([
      '</code>',
      '</details>',
      '</summary>',
      '<code>',
      '<details>',
      '<summary>',
    ])
    expect(out).not.toMatch(/@(?!&#8203;)|[^&]#\d|GH-\d|www\.e|:\/\/|\]\(|!\[|`/)
    expect(out.match(/<details>/g)).toHaveLength(out.match(/<\/details>/g)?.length ?? 0)
  })

  it('json makes the newer dataset of the older one, and fits its schema', async () => {
    const document: DiffDocument = JSON.parse((await repo.run('diff', 'old', '--format', 'json')).out)
    const schema = JSON.parse((await repo.run('diff', '--schema')).out)
    expect(schema).toEqual(JSON.parse(JSON.stringify(diffJsonSchema())))
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    expect(document).toMatchObject({
      formatVersion: '1.0.0',
      from: { operand: 'old', commit: git(repo.folder, 'rev-parse', 'old').trim() },
      to: { operand: 'working tree', commit: null },
      bump: 'major',
      summary: { role: { widened: 1, narrowed: 1, added: 1 } },
    })
    const now: Dataset = JSON.parse((await repo.run('extract')).out)
    const old = JSON.parse((await workspace({ 'docs/roles.mdx': OLD }).run('extract')).out)
    expect(applyDelta(old, document.versions[0]!.delta!)).toEqual(now)
  })

  it('atom has an entry for each changed thing, of the time of the commit', async () => {
    const { out } = await repo.run('diff', 'old..main', '--format', 'atom')
    const found = elements(out)
    expect(found.filter(([name]) => name === 'entry')).toHaveLength(5)
    expect(new Set(found.filter(([name]) => name === 'updated').map(([, text]) => text))).toEqual(
      new Set(['2024-02-29T12:00:00.000Z']),
    )
    const ids = found.filter(([name]) => name === 'id').map(([, text]) => text)
    expect(new Set(ids).size).toBe(6)
    for (const id of ids)
      expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const dated = await repo.runWith({ env: { SOURCE_DATE_EPOCH: '86400' } }, 'diff', 'old', '--format', 'atom')
    expect(dated.out).toContain('<updated>1970-01-02T00:00:00.000Z</updated>')
    const undated = await repo.run('diff', 'old', '--format', 'atom')
    expect(undated.out).toContain('<updated>1970-01-01T00:00:00.000Z</updated>')
  })
})

/** The elements of an XML document, each with its text; throws where it is not well formed. */
function elements(xml: string): [name: string, text: string][] {
  const found: [string, string][] = []
  const open: [string, string][] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    open.push([name, ''])
    found.push(open.at(-1)!)
  })
  parser.on('text', (text) => {
    if (open.length > 0) open.at(-1)![1] += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  return found
}

describe('content/v3 and content/latest', () => {
  it('are two folders like any others', async () => {
    const here = new Workspace()
    const { out, code } = await here.runWith(
      { cwd: ROOT },
      'diff',
      'content/v3',
      'content/latest',
      '--fail-on',
      'policy:widened',
    )
    here.remove()
    expect(code).toBe(1)
    expect(out.split('\n')[0]).toMatch(
      /^\d+ roles widened, \d+ narrowed, \d+ added, 7 renamed, .*; suggests a major version\.$/,
    )
    expect(existsSync(join(ROOT, 'content/latest'))).toBe(true)
  })
})

describe.skipIf(!shared)('the project page of two generations', () => {
  saySkipped()

  /** Counted by a script that reads both pages line by line, without a Markdown parser; by role: more, less, or all new. */
  const FACTS: Record<string, { widened?: number; narrowed?: number; added?: number }> = {
    'App Deployment Editor': { widened: 1 },
    'Cluster Account Admin': { widened: 2 },
    'Cluster Account Editor': { widened: 2 },
    'Cluster Account Viewer': { widened: 2 },
    'Cluster Admin': { widened: 48, narrowed: 11 },
    'Cluster Editor': { widened: 30, narrowed: 3 },
    'Cluster Profile Admin': { widened: 4, narrowed: 2 },
    'Cluster Profile Editor': { widened: 2 },
    'Cluster Profile Viewer': { widened: 2 },
    'Cluster Viewer': { widened: 16, narrowed: 2 },
    'Project Admin': { widened: 59, narrowed: 5 },
    'Project Cluster Group Admin': { added: 10 },
    'Project Cluster Group Editor': { added: 8 },
    'Project Cluster Group Viewer': { added: 6 },
    'Project Editor': { widened: 37, narrowed: 3 },
    'Project Viewer': { widened: 46, narrowed: 30 },
    'Virtual Machine Admin': { added: 18 },
    'Virtual Machine Power User': { added: 16 },
    'Virtual Machine User': { added: 14 },
    'Virtual Machine Viewer': { added: 3 },
    'Workspace Admin': { widened: 5 },
    'Workspace Operator': { widened: 4 },
  }

  it('differ in what a reader of both finds', async () => {
    const here = new Workspace()
    const path = 'docs/docs-content/user-management/palette-rbac/project-scope-roles-permissions.md'
    const sides = ['v4', 'latest'].map((folder) => join(sharedFolder(), 'corpus', folder, path))
    const { out } = await here.run('diff', ...sides, '--format', 'json')
    const text = (await here.run('diff', ...sides)).out
    here.remove()
    const { versions }: DiffDocument = JSON.parse(out)
    const found: typeof FACTS = {}
    const listed = new Map<string, string[]>()
    for (const change of versions[0]?.changes ?? []) {
      if (change.subject !== 'role' || !('grants' in change)) continue
      const name = (change.after ?? change.before)?.name ?? ''
      found[name] = { ...found[name], [change.kind]: change.grants.length }
      listed.set(
        `${change.kind} ${name}`,
        change.grants.map(({ permission }) => permission),
      )
    }
    expect(found).toEqual(FACTS)
    expect(listed.get('widened App Deployment Editor')).toEqual(['macro.update'])
    expect(listed.get('widened Cluster Account Viewer')).toEqual(['project.get', 'project.list'])
    expect(listed.get('narrowed Cluster Profile Admin')).toEqual(['packRegistry.create', 'packRegistry.delete'])
    expect(listed.get('narrowed Cluster Viewer')).toEqual(['clusterRbac.get', 'clusterRbac.list'])
    expect(text).toMatch(/^15 roles widened, 7 narrowed, 7 added, \d+ reworded; .*; suggests a major version\.$/m)
  })
})
