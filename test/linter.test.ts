/** What surrounds the rules: directives, options, overrides, the baseline, what is looked at, and the cache. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { buildModel } from '../src/model/build.ts'
import { readFiles } from '../src/parse/read.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import type { Config } from '../src/settings/schema.ts'
import { defineRule } from '../src/validate/rule.ts'
import { validate } from '../src/validate/run.ts'
import { analyseText, analyseTexts, brief, permissionsByRole, sourceFile } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'

const VIEWER = '## Harbour Viewer\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | √ | √ |\n| pier | √ | √ |\n'

/** A page with a finding of read-only-role-writes at each of two rows. */
const lines = (...above: string[]) => `${above.join('\n')}\n${VIEWER}`

const writes = (text: string, config = {}) =>
  brief(analyseText(text, config).diagnostics).filter((line) => /^(?:read-only|unused-d|invalid-d)/.test(line))

describe('a directive', () => {
  it('accepts the finding of the next line that is not blank', () => {
    const list =
      '## Dock Viewer\n\n{/* rolebook-disable-next-line read-only-role-writes -- theirs */}\n\n- dock.create\n- dock.get\n- pier.create\n- pier.get\n'
    expect(writes(list)).toEqual(['read-only-role-writes 7:3'])
  })

  it('accepts the findings of its own line', () => {
    const page = VIEWER.replace(
      '| dock | √ | √ |',
      '| dock | √ | √ | {/* rolebook-disable-line read-only-role-writes -- theirs */}',
    )
    expect(writes(page)).toEqual(['read-only-role-writes 6:10'])
  })

  it('accepts the findings of the next block, and of no other', () => {
    const directive = '<!-- rolebook-disable-next-block read-only-role-writes -- theirs -->'
    expect(writes(lines(directive))).toEqual([])
    expect(writes(`${lines(directive)}\n## Pier Viewer\n\n- pier.create\n- pier.get\n`)).toEqual([
      'read-only-role-writes 11:3',
    ])
  })

  it('accepts from where it stands to where it is ended, or to the end', () => {
    const [open, close] = [
      '<!-- rolebook-disable read-only-role-writes -- theirs -->',
      '<!-- rolebook-enable read-only-role-writes -->',
    ]
    const page = `${open}\n\n- a\n\n${VIEWER}`
    expect(writes(page)).toEqual([])
    expect(writes(`${open}\n\n- a\n\n${VIEWER}\n${close}\n\n## Pier Viewer\n\n- pier.create\n- pier.get\n`)).toEqual([
      'read-only-role-writes 16:3',
    ])
  })

  it('accepts in the whole file, above it too, and several rules at once', () => {
    const directive = '{/* rolebook-disable-file read-only-role-writes, unknown-mark -- theirs */}'
    const page = VIEWER.replace('| pier | √ |', '| pier | ? |')
    const { diagnostics } = analyseText(`${page}\n${directive}\n`)
    expect(brief(diagnostics).filter((line) => /^(?:read-only|unknown-mark|unused)/.test(line))).toEqual([])
  })

  it('is read where Markdown reads a comment, and nowhere else', () => {
    const fence = '```html\n<!-- rolebook-disable-file read-only-role-writes -- an example -->\n```\n'
    expect(writes(`${fence}\n${VIEWER}`)).toEqual(['read-only-role-writes 9:10', 'read-only-role-writes 10:10'])
    expect(writes(`Write \`<!-- rolebook-disable-file read-only-role-writes -- so -->\`.\n\n${VIEWER}`)).toHaveLength(2)
  })

  it('without a reason accepts nothing, and says so', () => {
    expect(writes(lines('<!-- rolebook-disable-file read-only-role-writes -->'))).toEqual([
      'invalid-directive 1:1',
      ...['read-only-role-writes 6:10', 'read-only-role-writes 7:10'],
    ])
    expect(writes(lines('<!-- rolebook-disable-file read-only-role-writes -- -->'))).toHaveLength(3)
  })

  it('that names an unknown rule, no rule, or is none itself, is a finding with a suggestion', () => {
    const messages = (directive: string) =>
      analyseText(`${directive}\n`).diagnostics.map(({ ruleId, message }) => `${ruleId}: ${message}`)
    expect(messages('<!-- rolebook-disable-file unknown-marks -- why -->')).toEqual([
      'invalid-directive: There is no rule `unknown-marks`. Did you mean `unknown-mark`?',
    ])
    expect(messages('<!-- rolebook-disable-file -- why -->')).toEqual([
      'invalid-directive: This directive names no rule. Write `rolebook-disable-file RULE -- reason`.',
    ])
    expect(messages('{/* rolebook-disable-nextline unknown-mark -- why */}')).toEqual([
      'invalid-directive: There is no directive `rolebook-disable-nextline`. Did you mean `rolebook-disable-next-line`?',
    ])
  })

  it('that accepts nothing is a finding at its rule, unless the rule is off', () => {
    const page = '{/* rolebook-disable-file unknown-mark -- why */}\n\n## Dock Admin\n\n- dock.get\n'
    expect(brief(analyseText(page).diagnostics)).toEqual(['unused-directive 1:27'])
    expect(brief(analyseText(page, { rules: { 'unknown-mark': 'off' } }).diagnostics)).toEqual([])
  })

  it('cannot accept what is said of directives', () => {
    const page =
      '<!-- rolebook-disable-file unused-directive -- why -->\n\n<!-- rolebook-disable-file unknown-mark -- why -->\n'
    expect(brief(analyseText(page).diagnostics)).toEqual(['unused-directive 1:28', 'unused-directive 3:28'])
  })
})

describe('options and overrides', () => {
  const loud = defineRule({
    id: 'loud',
    category: 'prose',
    severity: 'warning',
    summary: 'A word that is too loud',
    docs: '',
    options: z.strictObject({ words: z.array(z.string()).default(['LOUD']).describe('Words that are too loud') }),
    examples: [],
    check({ reading, options }, report) {
      for (const page of reading.pages)
        for (const word of options.words)
          if (page.file.text.includes(word))
            report({ message: `${word}.`, span: page.locator.span(0, 1), subject: null, ids: [page.file.path, word] })
    },
  })
  const findings = (texts: Record<string, string>, config: Parameters<typeof resolveSettings>[0], rules = [loud]) => {
    const settings = resolveSettings(config)
    const reading = readFiles(
      Object.entries(texts).map(([path, text]) => sourceFile(path, text)),
      settings,
    )
    const model = buildModel(reading.value, 'latest', settings)
    const input = { model: model.value, reading: reading.value, settings }
    return validate(input, [], 'latest', rules).map(({ path, severity, message }) => `${path} ${severity} ${message}`)
  }
  const texts = { 'a/page.md': 'LOUD and NOISY', 'b/page.md': 'LOUD and NOISY' }

  it('a rule is given its defaults, and what the config says in their place', () => {
    expect(findings(texts, {})).toEqual(['a/page.md warning LOUD.', 'b/page.md warning LOUD.'])
    expect(findings(texts, { rules: { loud: ['error', { words: ['NOISY'] }] } })).toEqual([
      ...['a/page.md error NOISY.', 'b/page.md error NOISY.'],
    ])
  })

  it('an override changes severity and options for its files alone, and the last that fits counts', () => {
    const overrides = [
      { files: ['b/**'], rules: { loud: ['info', { words: ['NOISY', 'LOUD'] }] as ['info', object] } },
      { files: ['**/page.md'], rules: { 'unknown-mark': 'off' as const } },
    ]
    expect(findings(texts, { overrides: overrides as never })).toEqual([
      ...['a/page.md warning LOUD.', 'b/page.md info LOUD.', 'b/page.md info NOISY.'],
    ])
    const off = [...overrides, { files: ['b/*.md'], rules: { loud: 'off' as const } }]
    expect(findings(texts, { overrides: off as never })).toEqual(['a/page.md warning LOUD.'])
  })

  it('a rule that is off can be on for some files', () => {
    const config = {
      rules: { loud: 'off' as const },
      overrides: [{ files: ['a/**'], rules: { loud: 'error' as const } }],
    }
    expect(findings(texts, config)).toEqual(['a/page.md error LOUD.'])
  })

  it('a rule that crashes is a diagnostic of its own; what it had found stands, and the others run', () => {
    const broken = defineRule({
      ...(loud as Omit<typeof loud, 'options' | 'check'>),
      id: 'broken',
      check({ reading }, report) {
        for (const page of reading.pages) {
          report({ message: 'Found.', span: page.locator.span(0, 1), subject: null, ids: [page.file.path] })
          throw new Error('no luck')
        }
      },
    })
    const found = findings(texts, {}, [broken, loud])
    expect(found).toContain('a/page.md warning Found.')
    expect(found).toContain('b/page.md warning LOUD.')
    expect(found.filter((line) => line.includes('The rule `broken` crashed (no luck)'))).toHaveLength(1)
  })
})

describe('the command line', () => {
  let workspace: Workspace
  const given = (files: Record<string, string>) => {
    workspace = new Workspace(files)
    return workspace
  }
  afterEach(() => workspace?.remove())

  const page = '---\ntitle: Project roles\n---\n\n## Harbour Viewer\n\n- dock.create\n- dock.get\n'
  const clean = '---\ntitle: Project roles\n---\n\n## Harbour Admin\n\n- dock.create\n- dock.get\n'

  it('refuses a rule, an option or a key that it does not know, with a suggestion and exit code 2', async () => {
    const config = (value: object) => ({ 'rolebook.config.json': JSON.stringify(value), 'a.md': page })
    const said = async (value: object) => (await given(config(value)).run('check')).err
    expect(await said({ rules: { 'unknown-marks': 'off' } })).toMatchInlineSnapshot(`
      "rolebook: rolebook.config.json: unknown rule \`rules.unknown-marks\`, did you mean \`unknown-mark\`?
      "
    `)
    expect(
      await said({ overrides: [{ files: ['*'], rules: { 'read-only-role-write': 'off' } }] }),
    ).toMatchInlineSnapshot(`
      "rolebook: rolebook.config.json: unknown rule \`overrides.0.rules.read-only-role-write\`, did you mean \`read-only-role-writes\`?
      "
    `)
    expect(await said({ rules: { 'unknown-mark': ['error', { allow: [] }] } })).toMatchInlineSnapshot(`
      "rolebook: rolebook.config.json: unknown option \`rules.unknown-mark.allow\`, it has no options
      "
    `)
    expect(await said({ rules: { 'unknown-mark': 'loud' } })).toMatchInlineSnapshot(`
      "rolebook: rolebook.config.json: \`rules.unknown-mark\`: give \`off\`, \`info\`, \`warning\` or \`error\`, or a list of one of them and an object of options
      "
    `)
    expect(await said({ override: [] })).toMatchInlineSnapshot(`
      "rolebook: rolebook.config.json: unknown key \`override\`, did you mean \`overrides\`?
      "
    `)
    expect((await workspace.run('check')).code).toBe(2)
  })

  it('reports the rules that are asked for, and refuses one that there is not', async () => {
    const there = given({ 'a.md': `${page}- [x](../a)\n` })
    expect((await there.run('check', '--rule', 'unknown-mark')).code).toBe(0)
    expect((await there.run('check', '--rule', 'unknown-mark', '--rule', 'read-only-role-writes')).code).toBe(1)
    expect(await there.transcript('check', '--rule', 'read-only-role-write')).toMatchInlineSnapshot(`
      "$ rolebook check --rule read-only-role-write
      --- standard error
      rolebook: unknown rule read-only-role-write, did you mean read-only-role-writes?
      --- exit 2
      "
    `)
  })

  it('shows errors only with --quiet, and counts warnings all the same', async () => {
    const there = given({ 'a.md': '## Dock Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | ? | √ |\n' })
    expect((await there.run('check')).out).toContain('unknown-mark')
    const quiet = await there.run('check', '--quiet')
    expect([quiet.code, quiet.out]).toEqual([
      0,
      'No errors, 1 warning not shown (1 file, 1 block, 1 role, 1 grant read).\n',
    ])
    expect((await there.run('check', '--quiet', '--max-warnings', '0')).code).toBe(1)
  })

  it('leads to the page of a rule where the site has it', async () => {
    const url = async (site: object) => {
      const there = given({ 'rolebook.config.json': JSON.stringify({ site }), 'a.md': page })
      return JSON.parse((await there.run('check', '--format', 'json')).out).diagnostics[0].url
    }
    const rule = 'rules/read-only-role-writes/'
    expect(await url({})).toBe(`/${rule}`)
    expect(await url({ base: '/roles/' })).toBe(`/roles/${rule}`)
    expect(await url({ url: 'https://docs.example', base: '/roles/' })).toBe(`https://docs.example/roles/${rule}`)
  })

  it('prints the settings that a folder and a file are checked with', async () => {
    const config = {
      name: 'harbour',
      rules: { 'unknown-mark': 'error' },
      overrides: [{ files: ['old/**'], rules: { 'unknown-mark': 'off' } }],
    }
    const there = given({ 'rolebook.config.json': JSON.stringify(config), 'old/a.md': page })
    const whole = JSON.parse((await there.run('check', '--print-config')).out)
    expect([whole.config, whole.name, whole.rules['unknown-mark']]).toEqual([
      'rolebook.config.json',
      'harbour',
      'error',
    ])
    expect(whole.overrides).toHaveLength(1)
    expect(whole.vocabulary.operations.get).toBe('read')
    const file = JSON.parse((await there.run('check', '--print-config', 'old/a.md')).out)
    expect(file.rules['unknown-mark']).toBe('off')
  })

  describe('the baseline', () => {
    const CONFIG = { 'rolebook.config.json': '{ "name": "harbour" }' }
    const baseline = () => JSON.parse(readFileSync(join(workspace.folder, 'rolebook.baseline.json'), 'utf8'))

    it('takes the findings that are there at first, and new ones only when it is told to', async () => {
      const there = given({ ...CONFIG, 'a.md': page })
      expect((await there.run('baseline', '--reason', 'Theirs.')).code).toBe(0)
      there.write({ 'b.md': page.replace('Harbour', 'Pier') })
      expect((await there.run('check')).code).toBe(1)
      expect(await there.transcript('baseline', '--reason', 'Also.')).toMatchInlineSnapshot(`
        "$ rolebook baseline --reason Also.
        --- standard error
        1 finding that rolebook.baseline.json does not accept:
          b.md:7:3 read-only-role-writes
        Nothing was written. Mend them, or accept them too: rolebook baseline --accept-new --reason "…"
        --- exit 1
        "
      `)
      expect(baseline().accepted).toHaveLength(1)
      expect((await there.run('baseline', '--accept-new', '--reason', 'Also.')).code).toBe(0)
      expect(
        baseline()
          .accepted.map((entry: { reason: string }) => entry.reason)
          .sort(),
      ).toEqual(['Also.', 'Theirs.'])
      expect((await there.run('check')).code).toBe(0)
    })

    it('accepts until the day that an entry names, and not after', async () => {
      const there = given({ ...CONFIG, 'a.md': page })
      const on = (day: string) => ({ env: { SOURCE_DATE_EPOCH: String(Date.parse(`${day}T12:00:00Z`) / 1000) } })
      await there.runWith(on('2026-01-01'), 'baseline', '--reason', 'Next release.', '--expires', '2026-03-31')
      expect(baseline().accepted[0].expires).toBe('2026-03-31')
      expect((await there.runWith(on('2026-03-31'), 'check')).code).toBe(0)
      const after = await there.runWith(on('2026-04-01'), 'check')
      expect(after.code).toBe(1)
      expect(after.out).toContain('read-only-role-writes')
      expect(after.out).toContain('was accepted until 2026-03-31 (“Next release.”)')
      expect(after.out).toContain('expired-baseline')
      // Pruning does not accept it anew, and does not forget it either.
      await there.runWith(on('2026-04-01'), 'baseline', '--prune')
      expect(baseline().accepted[0].expires).toBe('2026-03-31')
      await there.runWith(on('2026-04-01'), 'baseline', '--accept-new', '--reason', 'Again.', '--expires', '2026-09-30')
      expect(baseline().accepted).toMatchObject([{ reason: 'Again.', expires: '2026-09-30' }])
    })

    it('refuses a day that is none', async () => {
      const there = given({ ...CONFIG, 'a.md': page })
      expect(await there.run('baseline', '--reason', 'x', '--expires', '2026-02-30')).toMatchObject({
        code: 2,
        err: 'rolebook: --expires takes a day as YYYY-MM-DD, not `2026-02-30`\n',
      })
    })
  })

  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: workspace.folder,
        encoding: 'utf8',
        stdio: 'pipe',
      },
    )
  const commit = () => {
    git('add', '-A')
    git('commit', '-qm', 'x')
  }

  describe('in a repository', () => {
    const files = (out: string) => [...out.matchAll(/^\S+\.md$/gm)].map(([path]) => path)

    it('reports on files that are changed or new, with all others for context', async () => {
      const there = given({ 'a.md': page, 'b c.md': page.replace('Harbour', 'Pier') })
      git('init', '-q', '-b', 'main')
      commit()
      expect(await there.run('check', '--changed')).toMatchObject({
        code: 0,
        err: 'No .md or .mdx files have changed: nothing was checked.\n',
      })
      there.write({ 'b c.md': page.replace('Harbour', 'Quay'), 'ü.md': page.replace('Harbour', 'Crane') })
      const { code, out } = await there.run('check', '--changed')
      expect(code).toBe(1)
      expect([out.includes('Quay Viewer'), out.includes('Crane Viewer'), out.includes('Harbour Viewer')]).toEqual([
        true,
        true,
        false,
      ])
    })

    it('reports on what a branch has changed since it left another', async () => {
      const there = given({ 'a.md': page })
      git('init', '-q', '-b', 'main')
      commit()
      git('checkout', '-qb', 'work')
      there.write({ 'b.md': page.replace('Harbour', 'Pier') })
      commit()
      git('checkout', '-q', 'main')
      there.write({ 'c.md': page.replace('Harbour', 'Quay') })
      commit()
      git('checkout', '-q', 'work')
      expect(files((await there.run('check', '--since', 'main')).out)).toEqual(['b.md'])
      expect(await there.run('check', '--since', 'nowhere')).toMatchObject({
        code: 2,
        err: 'rolebook: No such revision: nowhere\n',
      })
      expect(await there.run('check', '--since', '--output=x')).toMatchObject({ code: 2 })
    })

    it('says that a removed page or another config may mean something to pages that have not changed', async () => {
      const there = given({ 'a.md': clean, 'b.md': clean.replace('Harbour', 'Pier'), 'rolebook.config.json': '{}' })
      git('init', '-q', '-b', 'main')
      commit()
      rmSync(join(there.folder, 'b.md'))
      const gone = '1 page removed: what that means for other pages, a check of all pages says.\n'
      const nothing = 'No .md or .mdx files have changed: nothing was checked.\n'
      expect(await there.run('check', '--changed')).toMatchObject({ code: 0, err: `${gone}${nothing}` })
      git('add', '-A')
      there.write({ 'rolebook.config.json': '{ "name": "x" }', 'a.md': page })
      const { out, err } = await there.run('check', '--since', 'main')
      expect([files(out), err]).toEqual([
        ['a.md'],
        '1 page removed and the config changed: what that means for other pages, a check of all pages says.\n',
      ])
      expect((await there.run('check', '--staged')).err).toBe(`${gone}${nothing.replace('have changed', 'are staged')}`)
    })

    it('checks what is staged as the index has it, not as the disk has it', async () => {
      const there = given({ 'a.md': clean, 'b.md': clean.replace('Harbour', 'Pier') })
      git('init', '-q', '-b', 'main')
      commit()
      there.write({ 'a.md': page })
      git('add', 'a.md')
      there.write({ 'a.md': clean, 'b.md': page, 'c.md': page })
      expect(files((await there.run('check', '--staged')).out)).toEqual(['a.md'])
      git('reset', '-q')
      expect(await there.run('check', '--staged')).toMatchObject({
        code: 0,
        err: 'No .md or .mdx files are staged: nothing was checked.\n',
      })
      // Staged and gone from the disk again.
      there.write({ 'd.md': page })
      git('add', 'd.md')
      rmSync(join(there.folder, 'd.md'))
      expect(files((await there.run('check', '--staged')).out)).toEqual(['d.md'])
    })

    it('asks the index for nothing but pages, and says where it holds no one version of one', async () => {
      const there = given({ 'a.md': clean, 'part/x.md': clean, 'data.bin': 'x' })
      git('init', '-q', '-b', 'main')
      execFileSync('git', ['init', '-q'], { cwd: join(there.folder, 'part') })
      const inPart = ['-C', 'part', '-c', 'user.name=T', '-c', 'user.email=t@example.com']
      git(...inPart, 'add', '-A')
      git(...inPart, 'commit', '-qm', 'x')
      commit()
      // A repository in it that has moved on is in the index as a commit, not as a file.
      there.write({ 'part/x.md': page, 'data.bin': 'y' })
      git(...inPart, 'commit', '-qam', 'y')
      there.write({ 'a.md': page })
      git('add', 'a.md')
      expect(files((await there.run('check', '--staged')).out)).toEqual(['a.md'])
      git('commit', '-qm', 'y')
      git('checkout', '-q', '-b', 'other', 'HEAD~')
      there.write({ 'a.md': 'Words.\n' })
      git('commit', '-qm', 'z', 'a.md')
      expect(() => git('merge', '-q', 'main')).toThrow()
      expect(await there.run('check', '--staged')).toMatchObject({
        code: 2,
        err: "rolebook: git's index has no one version of a.md: settle its conflicts first\n",
      })
    })

    it('works through a link to the working folder', async () => {
      const there = given({ 'real/a.md': page })
      git('init', '-q', '-b', 'main')
      symlinkSync(join(there.folder, 'real'), join(there.folder, 'link'))
      expect(files((await there.runWith({ cwd: join(there.folder, 'link') }, 'check', '--changed')).out)).toEqual([
        'a.md',
      ])
    })

    it('says that there is no repository where there is none', async () => {
      expect(await given({ 'a.md': page }).run('check', '--changed')).toMatchObject({
        code: 2,
        err: "rolebook: This needs git's history: there is no git repository here\n",
      })
    })
  })

  describe('standard input', () => {
    const input = async () => Buffer.from(page.replace('Harbour', 'Quay'))

    it('takes the place of one file, and nothing else is reported', async () => {
      const there = given({ 'docs/a.md': clean, 'docs/b.md': page })
      const { code, out } = await there.runWith({ input }, 'check', '--stdin', '--stdin-filename', 'docs/a.md')
      expect(code).toBe(1)
      expect([out.includes('docs/a.md'), out.includes('Quay Viewer'), out.includes('docs/b.md')]).toEqual([
        true,
        true,
        false,
      ])
    })

    it('may be a file that is not there, in a folder that no root holds', async () => {
      const there = given({
        'docs/b.md': page,
        'rolebook.config.json': '{ "versions": [{ "id": "x", "root": "docs" }] }',
      })
      for (const path of ['docs/new.md', 'elsewhere/new.md', 'new.txt']) {
        const { code, out } = await there.runWith({ input }, 'check', '--stdin', '--stdin-filename', path)
        expect([code, out.split('\n')[0], out.includes('b.md')]).toEqual([1, path, false])
      }
    })

    it('needs a path, and goes with no other selection', async () => {
      const there = given({})
      expect((await there.run('check', '--stdin')).err).toContain('--stdin needs --stdin-filename')
      expect((await there.run('check', '--stdin-filename', 'a.md')).err).toContain('--stdin-filename needs --stdin')
      expect((await there.run('check', '--stdin', '--stdin-filename', 'a.md', '--staged')).code).toBe(2)
    })
  })

  describe('the cache', () => {
    const folder = () => join(workspace.folder, 'node_modules/.cache/rolebook')
    const fileOf = (kind: string) => {
      const [name] = readdirSync(join(folder(), kind))
      return join(folder(), kind, name as string)
    }
    const kept = () => {
      const { entries } = JSON.parse(readFileSync(fileOf('pages'), 'utf8'))
      return entries.map(([path]: [string]) => path)
    }
    const files = {
      'a.md': page,
      'words.md': '# Words\n\nNothing but words, and `cluster.get`.\n',
      'part.md': '---\npartial_name: x\npartial_category: y\n---\n\nWords.\n',
      'list.md': '- one\n- two\n',
    }

    it('is kept beside node_modules, holds the pages without facts or findings, and changes no output', async () => {
      const there = given(files)
      mkdirSync(join(there.folder, 'node_modules'))
      const cold = await there.run('check', '--format', 'json')
      expect(kept()).toEqual(['list.md', 'words.md'])
      const warm = await there.run('check', '--format', 'json')
      expect(warm).toEqual(cold)
      expect(await there.run('check', '--format', 'json', '--no-cache')).toEqual(cold)
    })

    it('is not made where there is no node_modules, and not asked for with --no-cache', async () => {
      const there = given(files)
      await there.run('check')
      expect(existsSync(join(there.folder, 'node_modules'))).toBe(false)
      mkdirSync(join(there.folder, 'node_modules'))
      await there.run('check', '--no-cache')
      expect(existsSync(folder())).toBe(false)
    })

    it('forgets a page whose content changes, and one that is gone', async () => {
      const there = given(files)
      mkdirSync(join(there.folder, 'node_modules'))
      await there.run('check')
      there.write({ 'words.md': page.replace('Harbour', 'Pier') })
      expect((await there.run('check')).out).toContain('words.md')
      rmSync(join(there.folder, 'list.md'))
      await there.run('check')
      expect(kept()).toEqual([])
    })

    it('is another one for other settings', async () => {
      const there = given(files)
      mkdirSync(join(there.folder, 'node_modules'))
      await there.run('check')
      there.write({ 'rolebook.config.json': '{ "marks": { "granted": ["yep"] } }' })
      await there.run('check')
      expect(readdirSync(join(folder(), 'pages'))).toHaveLength(2)
      expect(readdirSync(join(folder(), 'reports'))).toHaveLength(2)
    })

    it('that is broken, or that someone else wrote, is as none', async () => {
      const there = given(files)
      mkdirSync(join(there.folder, 'node_modules'))
      const cold = await there.run('check')
      for (const kind of ['pages', 'reports']) {
        for (const text of [
          '',
          '{',
          '[1]',
          '{"at":1,"entries":[["a.md",["x"]]]}',
          '{"at":1,"files":[1,2,3,4]}',
          '{"at":1,"files":[],"report":{"diagnostics":[],"summary":{},"shares":[{}]}}',
          'null',
        ]) {
          for (const other of ['pages', 'reports']) writeFileSync(fileOf(other), '')
          writeFileSync(fileOf(kind), text)
          expect(await there.run('check')).toEqual(cold)
        }
      }
      rmSync(join(there.folder, 'node_modules/.cache'), { recursive: true })
      writeFileSync(join(there.folder, 'node_modules/.cache'), 'a file')
      expect(await there.run('check')).toEqual(cold)
    })

    describe('of whole reports', () => {
      const mistaken = page.replace('Harbour', 'Pier')
      /** Another message in what is kept shows where it was taken from there. */
      const mark = (name = fileOf('reports').slice(join(folder(), 'reports').length)) => {
        const path = join(folder(), 'reports', name)
        const report = JSON.parse(readFileSync(path, 'utf8'))
        for (const diagnostic of report.report.diagnostics) diagnostic.message = 'FROM THE CACHE'
        writeFileSync(path, JSON.stringify(report))
      }
      const prepared = async () => {
        const there = given({ 'a.md': mistaken, 'words.md': 'Words.\n' })
        mkdirSync(join(there.folder, 'node_modules'))
        const cold = await there.run('check')
        expect(cold.out).toContain('a.md')
        expect(await there.run('check')).toEqual(cold)
        mark()
        expect((await there.run('check')).out).toContain('FROM THE CACHE')
        return { there, cold }
      }
      const options: Record<string, string[]> = {
        rule: ['--rule', 'ragged-row'],
        roots: ['a.md'],
        baseline: ['--no-baseline'],
      }

      it('is asked for no other way to check', async () => {
        const { there, cold } = await prepared()
        for (const given of Object.values(options))
          expect((await there.run('check', ...given)).out).not.toContain('CACHE')
        expect(await there.run('check', '--no-cache')).toEqual(cold)
        expect((await there.run('check', '--format', 'json')).out).toContain('FROM THE CACHE')
      })

      it.each([
        ['a file changes', { 'a.md': `${mistaken}More.\n` }],
        ['prose names what it did not', { 'words.md': 'See `dock.word`.\n' }],
        ['prose links to what it did not', { 'words.md': '[Words](a.md).\n' }],
        ['prose becomes facts', { 'words.md': page }],
        ['prose becomes a partial', { 'words.md': '---\npartial_name: x\n---\n\nWords.\n' }],
        ['prose includes a partial', { 'words.md': '<PartialsComponent category="x" name="y" />\n' }],
        ['prose accepts something', { 'words.md': '<!-- rolebook-disable -->\n\nWords.\n' }],
        ['a file is there that was not', { 'more.md': 'Words.\n' }],
        ['a config is', { 'rolebook.config.json': '{}' }],
      ])('is not asked where %s', async (_what, files) => {
        const { there, cold } = await prepared()
        there.write(files)
        const { out } = await there.run('check')
        expect(out).not.toContain('CACHE')
        expect(out.split('\n')[0]).toBe(cold.out.split('\n')[0])
      })

      it('is asked where prose says something else that means the same to all other pages', async () => {
        const { there } = await prepared()
        for (const words of ['Other words, and **more**.\n', '# Words\n\n- one\n\n| a | b |\n| - | - |\n| c | d |\n']) {
          there.write({ 'words.md': words })
          expect((await there.run('check')).out).toContain('FROM THE CACHE')
          // And again, by what the last one left.
          expect((await there.run('check')).out).toContain('FROM THE CACHE')
          expect((await there.run('check', '--no-cache')).out).toContain('a.md')
        }
        there.write({ 'words.md': page })
        expect((await there.run('check')).out).not.toContain('CACHE')
      })

      it('answers for some files as a check of these does, whatever else was changed', async () => {
        const config = { baseline: 'accepted.json', rules: { 'shape-changed': 'warning' } }
        const there = given({
          'a.md': page,
          'b.md': page.replace('Harbour', 'Pier'),
          'words.md': 'Words.\n',
          '.gitignore': 'node_modules\n',
          'rolebook.config.json': JSON.stringify(config),
        })
        mkdirSync(join(there.folder, 'node_modules'))
        await there.run('manifest')
        git('init', '-q', '-b', 'main')
        commit()
        there.write({
          'a.md': mistaken,
          'c.md': `${page.replace('Harbour', 'Quay')}\n- quay.get\n`,
          'words.md': 'Word.\n',
        })
        await there.run('baseline', '--reason', 'known')
        there.write({ 'a.md': `${mistaken}\n## Boat Viewer\n\n- boat.delete\n`, 'b.md': 'Facts no more.\n' })
        const ways = [['--changed'], ['--since', 'main'], ['--changed', '--no-baseline'], ['--changed', '--quiet']]
        const fresh = []
        for (const way of ways) fresh.push(await there.run('check', ...way, '--format', 'json', '--no-cache'))
        expect(JSON.parse(fresh[0]?.out ?? '')).toMatchObject({ summary: { files: 4, baselined: 2 } })
        // Of a whole version, and said of no part of one.
        expect(fresh[2]?.out).toContain('shape-changed')
        expect((await there.run('check', '--no-baseline')).out).toContain('shape-changed')
        await there.run('check')
        for (const [i, way] of ways.entries())
          expect(await there.run('check', ...way, '--format', 'json')).toEqual(fresh[i])
        for (const name of readdirSync(join(folder(), 'reports'))) mark(name)
        there.write({ 'words.md': 'Words, and more.\n' })
        expect((await there.run('check', '--changed')).out).toContain('FROM THE CACHE')
        there.write({ 'words.md': page.replace('Harbour', 'Lock') })
        expect((await there.run('check', '--changed')).out).not.toContain('CACHE')
        // Of another shape, as another version may leave it: as none.
        for (const name of readdirSync(join(folder(), 'reports'))) {
          const path = join(folder(), 'reports', name)
          const kept = JSON.parse(readFileSync(path, 'utf8'))
          writeFileSync(path, JSON.stringify({ ...kept, report: { ...kept.report, shares: [{}] } }))
        }
        const { code, err } = await there.run('check', '--changed')
        expect([code, err]).toEqual([1, ''])
      })

      it('is not asked where prose changes that a rule reads by itself', async () => {
        const there = given({
          'a.md': mistaken,
          'words.mdx': 'Words.\n',
          'rolebook.config.json': '{ "rules": { "mdx-syntax": "error" } }',
        })
        mkdirSync(join(there.folder, 'node_modules'))
        await there.run('check')
        there.write({ 'words.mdx': 'Words {\n' })
        expect((await there.run('check')).out).toContain('mdx-syntax')
      })

      it('is not asked where a file is gone', async () => {
        const { there } = await prepared()
        rmSync(join(there.folder, 'words.md'))
        expect((await there.run('check')).out).not.toContain('CACHE')
      })

      it('is not asked where the baseline accepts something else, or the day is another', async () => {
        const there = given({ 'a.md': mistaken, 'rolebook.config.json': '{}' })
        mkdirSync(join(there.folder, 'node_modules'))
        await there.run('check')
        mark()
        await there.run('baseline', '--reason', 'known')
        expect((await there.run('check')).out).toContain('No findings')
      })

      it('is asked in a fresh checkout, whose files are the same and whose times are others', async () => {
        const { there } = await prepared()
        utimesSync(join(there.folder, 'a.md'), new Date(0), new Date(0))
        utimesSync(join(there.folder, 'words.md'), new Date(0), new Date(0))
        expect((await there.run('check')).out).toContain('FROM THE CACHE')
      })
    })

    it('holds what prose says of permissions: a page that was quiet is heard when the catalogue changes', async () => {
      const catalogue = (row: string) =>
        `| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n${row}\n## Dock Admin\n\n- dock.get\n- dock.list\n`
      const there = given({ 'a.md': catalogue('| Dock | `dock` | ✅ |\n'), 'words.md': 'Ask for `Dock.get`.\n' })
      mkdirSync(join(there.folder, 'node_modules'))
      const cold = await there.run('check', '--no-cache')
      await there.run('check')
      expect(await there.run('check')).toEqual(cold)
    })
  })

  it('checks again when a page changes, until it is told to stop', async () => {
    const there = given({ 'a.md': clean, 'notes.txt': 'x' })
    const stop = new AbortController()
    const outputs: string[] = []
    let heard = () => {}
    const said = (text: string) => {
      outputs.push(text)
      heard()
    }
    const next = () =>
      new Promise<void>((resolve) => {
        heard = resolve
      })
    const first = next()
    const running = there.runWith({ out: said, signal: stop.signal }, 'check', '--watch')
    await first
    expect(outputs[0]).toContain('No findings')
    const second = next()
    // Some file systems tell of what was written just before.
    await new Promise((resolve) => setTimeout(resolve, 150))
    there.write({ 'notes.txt': 'y', 'a.md': page })
    await second
    expect(outputs.at(-1)).toContain('read-only-role-writes')
    stop.abort()
    expect((await running).code).toBe(1)
  })
})

describe('rolebook init', () => {
  let workspace: Workspace
  afterEach(() => workspace?.remove())
  const roles = (scope: string) => `---\ntitle: ${scope} roles\n---\n\n## ${scope} Admin\n\n- dock.get\n- dock.create\n`

  it('writes a config that reads the tree as the tree asks for, and checks at once', async () => {
    workspace = new Workspace({
      'package.json': '{ "name": "@acme/harbour-docs" }',
      'docs/v2/guide/project.md': roles('Project'),
      'docs/v2/guide/tenant.md': roles('Tenant'),
      'docs/v1/guide/project.md': roles('Project'),
      'docs/v2/start.md': '# Start\n',
    })
    expect(await workspace.transcript('init')).toMatchSnapshot()
    expect(readFileSync(join(workspace.folder, 'rolebook.config.jsonc'), 'utf8')).toMatchSnapshot()
    const { code, out } = await workspace.run('check')
    expect([code, out]).toEqual([0, expect.stringContaining('4 files, 3 blocks, 3 roles')])
  })

  it('gives a page whose headings name several scopes to none of them, and says so', async () => {
    const table = (can: string) =>
      `| Action | Owner | Guest |\n| --- | --- | --- |\n| ${can} | ✓ | ✓ |\n| Sell docks | ✓ | |\n`
    const page = `# Access\n\n## Roles at the fleet level\n\n${table('View fleets')}\n## Project roles\n\n${table('View piers')}`
    workspace = new Workspace({ 'docs/access.md': page, 'docs/project.md': roles('Project') })
    const before = JSON.parse((await workspace.run('extract', 'docs')).out).roles
    expect((await workspace.run('init')).out).toContain('1 page with roles of several scopes')
    const config = readFileSync(join(workspace.folder, 'rolebook.config.jsonc'), 'utf8')
    expect(config).toContain('"pages": ["project.md"]')
    const after = JSON.parse((await workspace.run('extract')).out).roles
    const ids = (all: { id: string; permissions: string[] }[]) => all.map(({ id, permissions }) => [id, permissions])
    expect(ids(after)).toEqual(ids(before))
  })

  it('finds Docusaurus’ versions, the component of partials, and signs that nobody knows', async () => {
    const table = '| | Create | Get |\n| --- | --- | --- |\n| dock | ◆ | √ |\n| pier | ◆ | √ |\n| quay | ◆ | √ |\n'
    workspace = new Workspace({
      'package.json': '{ "name": "pier-docs" }',
      'docs/roles.mdx': `## Harbour Admin\n\n${table}\n<Shared category="a" name="b" />\n`,
      'docs/start.mdx': '# Start\n',
      'docs/b.mdx': '---\npartial_category: a\npartial_name: b\n---\n\nWords.\n',
      'versioned_docs/version-1.2/roles.mdx': `## Harbour Admin\n\n${table}`,
      'versioned_docs/version-1.10/roles.mdx': `## Harbour Admin\n\n${table}`,
    })
    await workspace.run('init')
    expect(readFileSync(join(workspace.folder, 'rolebook.config.jsonc'), 'utf8')).toMatchSnapshot()
    expect((await workspace.run('check')).code).toBe(0)
  })

  it('gives a page whose headings name several scopes to none, so that its roles stay what they were', async () => {
    const table = '| Action | Owner | Member |\n| --- | --- | --- |\n| Moor a boat | ✓ | |\n'
    workspace = new Workspace({
      'docs/roles.md': `---\ntitle: Cluster and Project Roles\n---\n\n## Cluster Roles\n\n${table}\n## Project Roles\n\n${table}`,
      'docs/levels.md': `# Access\n\n## Company Resource Roles\n\n${table}\n## Site Resource Roles\n\n${table}`,
      'docs/tenant.md': roles('Tenant'),
    })
    const ids = async () => JSON.parse((await workspace.run('extract')).out).roles.map(({ id }: { id: string }) => id)
    const before = await ids()
    await workspace.run('init')
    const config = readFileSync(join(workspace.folder, 'rolebook.config.jsonc'), 'utf8')
    expect(config.split('\n').filter((line) => line.includes('"title"'))).toEqual([
      '    { "id": "tenant", "title": "Tenant", "pages": ["tenant.md"] },',
      '    { "id": "project", "title": "Project" },',
      '    { "id": "cluster", "title": "Cluster" },',
      '    { "id": "company", "title": "Company" },',
      '    { "id": "site", "title": "Site" },',
    ])
    expect(await ids()).toEqual(before)
    expect(before).toEqual(
      ['cluster', 'company', 'project', 'site']
        .flatMap((scope) => [`${scope}/member`, `${scope}/owner`])
        .concat('tenant/tenant-admin'),
    )
  })

  it('writes TypeScript where the package is installed', async () => {
    workspace = new Workspace({
      'package.json': '{ "name": "quay-docs" }',
      'docs/roles.md': roles('Project'),
      'node_modules/rolebook/package.json': '{ "name": "rolebook", "version": "0.0.0" }',
    })
    await workspace.run('init')
    expect(readFileSync(join(workspace.folder, 'rolebook.config.ts'), 'utf8')).toMatchSnapshot()
    expect((await workspace.run('init')).err).toBe('rolebook: rolebook.config.ts is here already\n')
  })

  it.each([
    ['{ "author": { "name": "Ann" }, "name": "@acme/pier-docs" }', 'pier-docs'],
    ['{ "config": { "name": "Ann" } }', null],
    ['{ "name": ["a"], "author": { "name": "Ann" } }', null],
    ['{ "name": "Ann" ', null],
    ['null', null],
  ])('takes the name of the package from %s', async (text, name) => {
    workspace = new Workspace({ 'package.json': text, 'docs/roles.md': roles('Project') })
    await workspace.run('init')
    const config = readFileSync(join(workspace.folder, 'rolebook.config.jsonc'), 'utf8')
    const own = basename(workspace.folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
    expect(/"name": "([^"]*)"/.exec(config)?.[1]).toBe(name ?? own)
  })

  it('says so where nothing is found', async () => {
    workspace = new Workspace({ 'a.md': 'Words.\n' })
    expect((await workspace.run('init')).out).toContain('No page here holds permissions')
    expect((await workspace.run('check')).code).toBe(0)
  })
})

describe('other names of a resource', () => {
  it('are read as its key, and kept as aliases', () => {
    const page = '## Dock Admin\n\n- dock.get\n- berth.create\n'
    const { model } = analyseTexts({ 'page.md': page }, { vocabulary: { aliases: { dock: ['berth'] } } })
    expect(model.dataset.roles[0]?.permissions).toEqual(['dock.create', 'dock.get'])
    expect(model.dataset.resources).toMatchObject([{ id: 'dock', aliases: ['berth'] }])
  })

  const config: Config = { vocabulary: { aliases: { dock: ['berth', 'mooring'] } } }
  const catalogue = (key: string, scopes = '✅ | ✅') =>
    `| Component | Resource Key | Tenant Role Scope | Project Role Scope |\n| --- | --- | --- | --- |\n| Dock | \`${key}\` | ${scopes} |\n| Pier | \`pier\` | ✅ | ✅ |\n`
  const roles = (scope: string, ...permissions: string[]) =>
    `---\ntitle: ${scope} Roles\n---\n\n## ${scope} Admin\n\n${permissions.map((id) => `- ${id}\n`).join('')}`
  const reported = (texts: Record<string, string>) =>
    analyseTexts(texts, config).diagnostics.map(({ ruleId, path, line }) => `${ruleId} ${path}:${line}`)

  it.each([
    ['dock', 'berth'],
    ['berth', 'dock'],
    ['berth', 'mooring'],
    ['dock', 'Berth'],
  ])('are known where the catalogue writes %s and a role %s', (key, written) => {
    const texts = {
      'catalogue.md': catalogue(key),
      'project.md': roles('Project', `${written}.get`, `${written}.list`, 'pier.get', 'pier.list'),
    }
    expect(reported(texts)).toEqual([])
  })

  it('are offered in the scopes of the key, and in no others', () => {
    const project = roles('Project', 'mooring.get', 'mooring.list')
    expect(reported({ 'catalogue.md': catalogue('berth', '✅ | ✅'), 'project.md': project })).toEqual([])
    expect(reported({ 'catalogue.md': catalogue('berth', '✅ | '), 'project.md': project })).toEqual([
      'scope-mismatch project.md:7',
    ])
  })

  it('are available where the list of what is available writes another', () => {
    const list = (key: string) => `## Available Permissions\n\n- ${key}.get\n- ${key}.list\n- pier.get\n- pier.list\n\n`
    const page = (key: string, ...more: string[]) =>
      roles('Resource', 'dock.get', 'dock.list', 'pier.get', 'pier.list', ...more).replace('## ', `${list(key)}## `)
    expect(reported({ 'page.md': page('berth') })).toEqual([])
    expect(reported({ 'page.md': page('berth', 'dock.update') })).toEqual(['exceeds-available page.md:12'])
  })

  it('are no slips in sentences, and their operations are those of the key', () => {
    const page = (code: string) => ({
      'project.md': `${roles('Project', 'dock.get', 'dock.list')}`,
      'guide.md': `# Guide\n\nYou need \`${code}\`.\n`,
    })
    expect(reported(page('mooring.get'))).toEqual([])
    expect(reported(page('mooring.lits'))).toEqual(['unknown-permission-in-prose guide.md:3'])
  })

  it('are the titles of lists of operations', () => {
    const list = '<AccordionPanel title="Moorings">\n\n- get\n- list\n\n</AccordionPanel>\n'
    const { model } = analyseTexts({ 'page.md': `${catalogue('dock')}\n${list}` }, config)
    expect(model.dataset.permissions.map(({ id }) => id)).toEqual(['dock.get', 'dock.list'])
  })
})

describe('words of the config', () => {
  const roles =
    '## Docks\n\n### Dock Captain\n\n- dock.get\n- dock.update\n\n### Dock Auditor\n\n- dock.get\n- dock.list\n'
  const requires = '| Cluster Role | Harbour Role |\n| --- | --- |\n| `crew` | Dock Captain or Auditor |\n'
  const texts = {
    'roles.md': `${roles}\n## Overview\n\n- dock.get\n- dock.sink\n`,
    'writes.md': '## Pier Auditor\n\n- pier.update\n',
    'mapping.md': requires,
    'levels.md': '## Access\n\n| Resource | Mate |\n| --- | --- |\n| dock | View |\n| pier | Mooring |\n',
  }
  const vocabulary = (spell: (word: string) => string): Config => ({
    vocabulary: {
      readOnly: [spell('auditor')],
      levels: { admin: [spell('captain')], viewer: [spell('auditor')] },
      catalogues: [spell('overview')],
      levelsOfAccess: { [spell('mooring')]: ['get', 'moor'] },
    },
  })

  it('mean the same in every case', () => {
    const lower = analyseTexts(
      texts,
      vocabulary((word) => word),
    )
    const { roles, catalogues, mappings } = lower.model.dataset
    expect(roles.map(({ name, level }) => [name, level])).toEqual([
      ['Dock Auditor', 'viewer'],
      ['Dock Captain', 'admin'],
      ['Mate', null],
      ['Pier Auditor', 'viewer'],
    ])
    expect(catalogues.map(({ title }) => title)).toEqual(['Overview'])
    expect(mappings[0]?.requires).toEqual([['Dock Captain', 'Dock Auditor']])
    expect(permissionsByRole(lower.model.dataset).Mate).toContain('pier.moor')
    const rules = lower.diagnostics.map(({ ruleId }) => ruleId)
    expect(rules).toEqual(expect.arrayContaining(['read-only-role-writes', 'role-hierarchy']))
    for (const spell of [
      (word: string) => word.toUpperCase(),
      (word: string) => word.replace(/^./, (c) => c.toUpperCase()),
    ]) {
      const other = analyseTexts(texts, vocabulary(spell))
      expect(other.model.dataset).toEqual(lower.model.dataset)
      expect(other.diagnostics).toEqual(lower.diagnostics)
    }
  })
})
