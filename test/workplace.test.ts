/** What a command finds where it runs: the config, git, folders that it may not read, what was published; and how it is asked. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Workspace } from './support/cli.ts'

const VIEWER = '## Dock Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | ✓ | ✓ |\n'
const ADMIN = VIEWER.replace('Viewer', 'Admin')

let there: Workspace
afterEach(() => there?.remove())

const given = (files: Record<string, string>) => {
  there = new Workspace(files)
  return there
}
const _git = (folder: string, ...args: string[]) =>
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

function bound(workspace: Workspace) {
  return { folder: workspace.folder, run: (...argv: string[]) => workspace.run(...argv) }
}
