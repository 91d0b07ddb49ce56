/** Command, output and exit code: what users and CI jobs rely on. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { formatters } from '../src/report/formatters.ts'
import { Workspace } from './support/cli.ts'
import { ROOT } from './support/shared.ts'

const CLEAN = `---
title: Project roles
---

## Harbour Admin

|          | Create | Get |
| -------- | ------ | --- |
| **dock** | √      | √   |
`

const BROKEN = `---
title: Project roles
---

## Harbour Viewer

|          | Create | Get |
| -------- | ------ | --- |
| **dock** | √      | √   |
| **pier** |        | ?   |

<PartialsComponent category="ports" name="pears" />
`

/** One warning and no error. */
const WARNED = CLEAN.replace('| √   |', '| ?   |')

const CONFIG = JSON.stringify({
  name: 'harbour',
  versions: [
    { id: 'new', root: 'docs/new', title: 'New' },
    { id: 'old', root: 'docs/old' },
  ],
  baseline: 'rolebook.baseline.json',
})

let workspace: Workspace

function given(files: Record<string, string>): Workspace {
  workspace = new Workspace(files)
  return workspace
}

afterEach(() => workspace?.remove())

describe('rolebook check', () => {
  it('says that there is nothing to say, and ends with 0', async () => {
    expect(await given({ 'docs/page.mdx': CLEAN }).transcript('check', 'docs')).toMatchSnapshot()
  })

  it('shows each finding with its line, and ends with 1', async () => {
    expect(await given({ 'docs/page.mdx': BROKEN }).transcript('check', 'docs')).toMatchSnapshot()
  })

  it('gives the same findings as JSON', async () => {
    const { code, out, err } = await given({ 'docs/page.mdx': BROKEN }).run('check', 'docs', '--format', 'json')
    expect(code).toBe(1)
    expect(err).toBe('')
    expect(out.endsWith('}\n')).toBe(true)
    expect(JSON.parse(out)).toMatchSnapshot()
  })

  it('has every field of the contract in its JSON, in order', async () => {
    const { out } = await given({ 'docs/page.mdx': BROKEN }).run('check', 'docs', '--format', 'json')
    const report = JSON.parse(out)
    expect(Object.keys(report)).toEqual(['diagnostics', 'summary'])
    expect(Object.keys(report.summary)).toEqual([
      ...['files', 'blocks', 'roles', 'grants', 'errors', 'warnings', 'baselined'],
    ])
    for (const diagnostic of report.diagnostics) {
      expect(Object.keys(diagnostic)).toEqual([
        ...['ruleId', 'severity', 'message', 'url', 'path', 'line', 'column', 'endLine', 'endColumn'],
        ...['subject', 'fingerprint', 'related', 'fix'],
      ])
    }
  })

  it.each(formatters.map(({ id }) => id))('shows the findings as %s, with the same exit code', async (id) => {
    const there = given({ 'docs/page.mdx': BROKEN })
    // SARIF carries every rule's page, which has tests of its own.
    const shown = async () => {
      const transcript = await there.transcript('check', 'docs', '--format', id)
      return transcript.replace(/"rules": \[\n[\s\S]*?\n {10}\]/, '"rules": [ … ]')
    }
    expect(await shown()).toMatchSnapshot()
    there.write({ 'docs/page.mdx': CLEAN })
    expect(await shown()).toMatchSnapshot()
  })

  it('names every format in its help', async () => {
    const { out } = await given({}).run('check', '--help')
    for (const { id } of formatters) expect(out).toContain(id)
  })

  it('reads the working directory where no root is named and no config is there', async () => {
    const { code, out } = await given({ 'a/page.mdx': CLEAN, 'b/other.md': CLEAN, 'c.txt': BROKEN }).run('check')
    expect([code, out]).toEqual([0, 'No findings (2 files, 2 blocks, 1 role, 2 grants read).\n'])
  })

  it('says that a folder without pages holds nothing to check', async () => {
    expect(await given({ 'docs/readme.txt': 'x' }).transcript('check', 'docs')).toMatchSnapshot()
  })

  it('reads a file that is named, whatever its extension', async () => {
    const { code, out } = await given({ 'page.txt': BROKEN }).run('check', 'page.txt')
    expect(code).toBe(1)
    expect(out).toContain('read-only-role-writes')
  })

  it('names a folder that is missing in exactly one line, and ends with 2', async () => {
    const { code, out, err } = await given({}).run('check', 'nowhere')
    expect([code, out]).toEqual([2, ''])
    expect(err).toBe('rolebook: No such file or folder: nowhere\n')
  })

  it('allows warnings up to --max-warnings', async () => {
    const there = given({ 'page.mdx': WARNED })
    expect((await there.run('check')).code).toBe(0)
    expect((await there.run('check', '--max-warnings', '1')).code).toBe(0)
    expect((await there.run('check', '--max-warnings', '0')).code).toBe(1)
    expect((await there.run('check', '--max-warnings', 'few')).code).toBe(2)
    expect(await there.transcript('check', '--max-warnings', '0')).toMatchSnapshot()
  })

  it('writes a format to a file, into a folder that it makes', async () => {
    const there = given({ 'page.mdx': BROKEN })
    const { code, out } = await there.run('check', '--format', 'json', '--output', 'reports/check.json')
    expect([code, out]).toEqual([1, ''])
    const report = JSON.parse(readFileSync(join(there.folder, 'reports/check.json'), 'utf8'))
    expect(report.summary.errors).toBeGreaterThan(0)
  })

  it('writes the format before --output to the file, and prints the others', async () => {
    const there = given({ 'page.mdx': BROKEN })
    const argv = ['check', '--format', 'stylish', '--format', 'json', '--output', 'check.json']
    const { out } = await there.run(...argv)
    expect(out).toContain('read-only-role-writes')
    expect(out).not.toContain('"diagnostics"')
    expect(JSON.parse(readFileSync(join(there.folder, 'check.json'), 'utf8')).diagnostics).not.toEqual([])
  })

  it('prints the first format and writes the second the other way round, too', async () => {
    const there = given({ 'page.mdx': BROKEN })
    const argv = ['check', '--format', 'json', '--output', 'check.json', '--format', 'stylish']
    const { out } = await there.run(...argv)
    expect(out).toContain('read-only-role-writes')
    expect(JSON.parse(readFileSync(join(there.folder, 'check.json'), 'utf8')).diagnostics).not.toEqual([])
  })

  it('refuses an --output without a format', async () => {
    const { code, err } = await given({ 'page.mdx': CLEAN }).run('check', '--output', 'a', '--output', 'b')
    expect(code).toBe(2)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('reports the findings of the file that is asked for, and reads the others for context', async () => {
    const there = given({
      'rolebook.config.json': CONFIG,
      'docs/new/a.mdx': BROKEN.replace('pears', 'piers'),
      'docs/new/b.mdx': BROKEN,
      'docs/new/_piers.mdx': '---\npartial_category: ports\npartial_name: piers\n---\n\nText.\n',
      'docs/old/a.mdx': CLEAN,
    })
    const { out } = await there.run('check', 'docs/new/a.mdx', '--format', 'json')
    const report = JSON.parse(out)
    expect(new Set(report.diagnostics.map((d: { path: string }) => d.path))).toEqual(new Set(['docs/new/a.mdx']))
    expect(report.diagnostics.map((d: { ruleId: string }) => d.ruleId)).not.toContain('missing-partial')
    expect(report.summary.files).toBe(1)
  })

  it('writes the same bytes each time', async () => {
    const there = given({ 'a.mdx': BROKEN, 'b.mdx': BROKEN, 'c/d.mdx': WARNED })
    for (const format of ['stylish', 'json']) {
      const [first, second] = [
        await there.run('check', '--format', format),
        await there.run('check', '--format', format),
      ]
      expect(second).toEqual(first)
    }
  })

  it('a broken page never gives exit code 2', async () => {
    const there = given({ 'a.mdx': '---\ntitle: "x\n---\n<TabItem label="\n```json\n{"Statement": [' })
    expect((await there.run('check')).code).toBeLessThan(2)
  })

  it('says nothing about folders on this machine', async () => {
    const there = given({ 'docs/page.mdx': BROKEN })
    for (const root of ['docs', there.folder, join(there.folder, 'docs', 'page.mdx')]) {
      const { out, err } = await there.run('check', root, '--format', 'json')
      expect(out + err).not.toContain(there.folder)
    }
  })
})

describe('bad usage', () => {
  it.each([
    ['an unknown option', ['check', '--formta', 'json']],
    ['an unknown format', ['check', '--format', 'yaml']],
    ['an unknown command', ['chekc']],
    ['an unknown rule', ['explain', 'read-only-role-write']],
    ['a baseline without a reason', ['baseline']],
    ['a baseline where there is no config', ['baseline', '--reason', 'x']],
    ['an unknown rule to check', ['check', '--rule', 'raged-row']],
    ['a file that cannot be written', ['check', '--format', 'json', '--output', 'page.mdx/report.json']],
    ['two formats for one file', ['check', ...['json', 'sarif'].flatMap((id) => ['--format', id, '--output', 'x'])]],
    ['an --output without a format', ['check', '--output', 'x.json']],
    ['a number of warnings that is none', ['check', '--max-warnings', '-1']],
    ['a root that is not there', ['check', 'nowhere']],
    ['two selections', ['check', '--changed', '--staged']],
    ['changes without a repository', ['check', '--changed']],
    ['standard input without a path', ['check', '--stdin']],
    ['watching the index', ['check', '--watch', '--staged']],
    ['an unknown repair', ['fix', '--only', 'pading']],
    ['a version that is not there', ['extract', '--docs-version', '9']],
    ['an export format that is not there', ['export', '--format', 'xlsx']],
    ['settings of two roots', ['check', '--print-config', 'page.mdx', '.']],
    ['a manifest without a config', ['manifest']],
  ])('%s ends with 2 and says what is wrong', async (_name, argv) => {
    expect(await given({ 'page.mdx': CLEAN }).transcript(...argv)).toMatchSnapshot()
  })

  it('--help and --version end with 0', async () => {
    const there = given({})
    const help = await there.run('--help')
    expect(help.code).toBe(0)
    for (const command of ['check', 'extract', 'build', 'baseline', 'rules', 'explain'])
      expect(help.out).toContain(command)
    const version = await there.run('--version')
    expect([version.code, version.out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
  })
})

describe('the config', () => {
  it.each([
    ['{"vocabulry": {}}', 'vocabulary'],
    ['{"vocabulary": {"readonly": ["guest"]}}', 'readOnly'],
    ['{"versions": [{"id": "a", "root": ".", "titel": "A"}]}', 'title'],
    ['{"scopes": [{"id": "a", "title": "A", "page": []}]}', 'pages'],
    ['{"overrides": [{"file": ["a.md"], "rules": {}}]}', 'files'],
  ])('names the unknown key of %s, and what was meant', async (config, meant) => {
    const { code, out, err } = await given({ 'rolebook.config.json': config, 'page.mdx': CLEAN }).run('check')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^rolebook: rolebook\.config\.json: unknown key `[\w.]+`, did you mean `\w+`\?\n$/)
    expect(err).toContain(`\`${meant}\``)
  })

  it.each([
    ['{"rules": {"unknown-mark": "fatal"}}', 'rules.unknown-mark'],
    ['{"versions": []}', 'versions'],
    ['{"name": 3}', 'name'],
    ['{"site": {"url": "not a url"}}', 'site.url'],
  ])('names the wrong value of %s', async (config, key) => {
    const { code, err } = await given({ 'rolebook.config.json': config, 'page.mdx': CLEAN }).run('check')
    expect(code).toBe(2)
    expect(err).toContain(`\`${key}\``)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('that is no JSON, or that throws, ends with 2 and one line', async () => {
    const json = await given({ 'rolebook.config.json': '{"name": ' }).run('check')
    expect(json.code).toBe(2)
    expect(json.err.trimEnd().split('\n')).toHaveLength(1)
    workspace.remove()
    const module = await given({ 'rolebook.config.mjs': "throw new Error('no luck')\n" }).run('check')
    expect(module.code).toBe(2)
    expect(module.err).toContain('no luck')
    expect(module.err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('that names a root that is not there ends with 2, and says which', async () => {
    const there = given({ 'rolebook.config.json': CONFIG, 'docs/new/a.mdx': CLEAN })
    const { code, err } = await there.run('check')
    expect(code).toBe(2)
    expect(err).toContain('docs/old')
  })

  it('may turn a rule off, or make it a warning', async () => {
    const rules = (severity: string) => JSON.stringify({ rules: { 'read-only-role-writes': severity } })
    const page = BROKEN.slice(0, BROKEN.indexOf('<Partials'))
    const there = given({ 'rolebook.config.json': rules('warning'), 'page.mdx': page })
    const warned = await there.run('check')
    expect(warned.code).toBe(0)
    expect(warned.out).toContain('read-only-role-writes')
    there.write({ 'rolebook.config.json': rules('off') })
    expect((await there.run('check')).out).not.toContain('read-only-role-writes')
  })
})

describe('rolebook rules and explain', () => {
  it('lists every rule with its severity', async () => {
    const { code, out } = await given({}).run('rules')
    expect(code).toBe(0)
    const { out: json } = await workspace.run('rules', '--json')
    const rules: { id: string; severity: string; summary: string }[] = JSON.parse(json)
    const listed = out.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.trim().split(/\s{2,}/)] : []))
    expect(listed.sort()).toEqual(rules.map(({ id, severity, summary }) => [id, severity, summary]).sort())
    expect(out.match(/^[a-z]+$/gm)).toEqual([
      ...['structure', 'roles', 'catalogue', 'partials', 'policies', 'prose', 'linter'],
    ])
  })

  it('shows the page of a rule', async () => {
    expect(await given({}).transcript('explain', 'read-only-role-writes')).toMatchSnapshot()
  })
})

describe('rolebook extract', () => {
  it('prints the dataset of a file named .txt, and its findings on standard error', async () => {
    const { code, out, err } = await given({ 'roles.txt': BROKEN }).run('extract', 'roles.txt')
    expect(code).toBe(0)
    expect(err).toContain('read-only-role-writes')
    expect(JSON.parse(out)).toMatchSnapshot()
  })

  it('prints the version that is asked for, by default the first', async () => {
    const there = given({
      'rolebook.config.json': CONFIG,
      'docs/new/a.mdx': CLEAN,
      'docs/old/a.mdx': CLEAN.replace('Harbour Admin', 'Port Admin'),
    })
    const first = await there.run('extract')
    expect(JSON.parse(first.out)).toMatchObject({ name: 'harbour', version: 'new', roles: [{ name: 'Harbour Admin' }] })
    expect(first.err).toContain('old')
    const other = await there.run('extract', '--docs-version', 'old')
    expect(JSON.parse(other.out)).toMatchObject({ version: 'old', roles: [{ name: 'Port Admin' }] })
    expect(other.err).toBe('')
    const none = await there.run('extract', '--docs-version', 'older')
    expect([none.code, none.out]).toEqual([2, ''])
    expect(none.err).toContain('new, old')
  })

  it('prints of a page what it says itself, with the partials that it includes', async () => {
    const there = given({
      'rolebook.config.json': CONFIG,
      'docs/new/a.mdx': '## Harbour Admin\n\n<PartialsComponent category="ports" name="docks" />\n',
      'docs/new/b.mdx': CLEAN.replace('Harbour Admin', 'Port Admin'),
      'docs/new/_docks.mdx': '---\npartial_category: ports\npartial_name: docks\n---\n\n- dock.get\n',
      'docs/old/a.mdx': CLEAN,
    })
    const { out } = await there.run('extract', 'docs/new/a.mdx')
    const dataset = JSON.parse(out)
    expect(dataset.roles.map((role: { name: string }) => role.name)).toEqual(['Harbour Admin'])
    expect(dataset.sources.map((source: { path: string }) => source.path)).toEqual([
      'docs/new/_docks.mdx',
      'docs/new/a.mdx',
    ])
  })

  it('names files by their path from the folder that it runs in', async () => {
    const there = given({ 'docs/deep/page.mdx': CLEAN })
    const { out } = await there.run('extract', join(there.folder, 'docs'))
    expect(out).not.toContain(there.folder)
    expect(JSON.parse(out).sources[0].path).toBe('docs/deep/page.mdx')
  })
})

describe('the baseline', () => {
  const files = {
    'rolebook.config.json': CONFIG,
    'docs/new/a.mdx': BROKEN,
    'docs/old/a.mdx': WARNED,
  }
  const read = () => JSON.parse(readFileSync(join(workspace.folder, 'rolebook.baseline.json'), 'utf8'))

  it('accepts findings with a reason, notices when they are mended, and is pruned', async () => {
    const there = given(files)
    expect((await there.run('check')).code).toBe(1)
    expect(await there.transcript('baseline', '--reason', 'The product is like that.')).toMatchSnapshot()
    expect(read()).toMatchSnapshot()
    expect(await there.transcript('check')).toMatchSnapshot()
    there.write({ 'docs/new/a.mdx': CLEAN })
    const stale = await there.run('check')
    expect(stale.code).toBe(1)
    expect(stale.out).toContain('stale-baseline')
    expect(stale.out).toContain('rolebook.baseline.json')
    expect(await there.transcript('baseline', '--prune')).toMatchSnapshot()
    expect(read().accepted.map((entry: { ruleId: string }) => entry.ruleId)).toEqual(['unknown-mark'])
    expect((await there.run('check')).code).toBe(0)
  })

  it('is the same file when it is written again, and keeps the reasons that stand', async () => {
    const there = given(files)
    await there.run('baseline', '--reason', 'First.', '--rule', 'missing-partial')
    await there.run('baseline', '--accept-new', '--reason', 'Second.')
    const written = read()
    const reasons = new Set(written.accepted.map((e: { ruleId: string; reason: string }) => `${e.ruleId} ${e.reason}`))
    expect(reasons).toEqual(
      new Set(['missing-partial First.', 'read-only-role-writes Second.', 'unknown-mark Second.']),
    )
    await there.run('baseline', '--reason', 'Third.')
    expect(read()).toEqual(written)
  })

  it('accepts by subject', async () => {
    const there = given(files)
    await there.run('baseline', '--reason', 'One role.', '--subject', 'project/harbour-viewer')
    expect(new Set(read().accepted.map((e: { subject: string }) => e.subject))).toEqual(
      new Set(['project/harbour-viewer']),
    )
  })

  it('survives prose above the finding and files in another order', async () => {
    const there = given(files)
    await there.run('baseline', '--reason', 'Known.')
    there.write({ 'docs/new/a.mdx': BROKEN.replace('## Harbour', 'More words.\n\nAnd more.\n\n## Harbour') })
    expect((await there.run('check')).code).toBe(0)
  })

  it('is shown as findings again with --no-baseline', async () => {
    const there = given(files)
    await there.run('baseline', '--reason', 'Known.')
    expect((await there.run('check')).code).toBe(0)
    expect((await there.run('check', '--no-baseline')).code).toBe(1)
  })

  it('is not called stale when only a part is checked', async () => {
    const there = given(files)
    await there.run('baseline', '--reason', 'Known.')
    const { code, out } = await there.run('check', 'docs/old/a.mdx')
    expect(out).not.toContain('stale-baseline')
    expect(code).toBe(0)
  })

  it('that accepts an error of a policy does not accept a second one like it', async () => {
    const policy = (actions: string) =>
      `## Sea policy\n\n\`\`\`json\n{"Statement": [{"Effect": "Allow", "Action": [${actions}], "Resource": "*"}]}\n\`\`\`\n`
    const there = given({ ...files, 'docs/new/a.mdx': policy('"s3:Get" "s3:List", "s3:Put"') })
    await there.run('baseline', '--reason', 'Known.')
    expect((await there.run('check')).code).toBe(0)
    there.write({ 'docs/new/a.mdx': policy('"s3:Get" "s3:List" "s3:Put"') })
    expect((await there.run('check')).code).toBe(1)
  })

  it('that a config does not name counts once it is written', async () => {
    const there = given({ 'rolebook.config.json': '{}', 'page.mdx': BROKEN })
    expect((await there.run('baseline', '--reason', 'Known.')).code).toBe(0)
    expect((await there.run('check')).code).toBe(0)
  })

  it('that is no baseline ends with 2 and one line', async () => {
    const there = given({ ...files, 'rolebook.baseline.json': '{"version": 1, "accepted": [{}]}' })
    const { code, err } = await there.run('check')
    expect(code).toBe(2)
    expect(err).toContain('rolebook.baseline.json')
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('covers everything: it is not written for a part', async () => {
    const there = given(files)
    expect((await there.run('baseline', 'docs/old', '--reason', 'Part.')).code).toBe(2)
    expect(existsSync(join(there.folder, 'rolebook.baseline.json'))).toBe(false)
  })
})

describe('documents that are not to be trusted', () => {
  const ESCAPES = ['\u001b[2J', '\u001b]0;title\u0007', '\u009b31m', '\u202e', '\u0008']

  it.each(ESCAPES)('%j in a name is never printed raw', async (sequence) => {
    const name = `Harbour${sequence} Viewer`
    const page = `## ${name}\n\n| | Create | Get |\n| --- | --- | --- |\n| dock | √ | ${sequence}? |\n\n<PartialsComponent category="${sequence}" name="${sequence}x" />\n`
    const there = given({ 'page.mdx': page })
    for (const format of ['stylish', 'json']) {
      const { code, out, err } = await there.run('check', '--format', format)
      expect(code).toBe(1)
      expect(out).toContain('Viewer')
      expect(controls(out + err), format).toEqual([])
    }
    expect(controls((await there.run('extract')).err)).toEqual([])
  })

  it('a partial named ../../etc/passwd is a missing partial, and nothing is opened', async () => {
    const there = given({
      'docs/page.mdx':
        '<PartialsComponent category="../../../../etc" name="passwd" />\n\n<PartialsComponent category="" name="../secret" />\n',
      'secret.mdx': '## Harbour Admin\n\n- dock.get\n',
    })
    const { code, out } = await there.run('check', 'docs', '--format', 'json')
    const report = JSON.parse(out)
    expect(code).toBe(1)
    expect(report.diagnostics.map((d: { ruleId: string }) => d.ruleId)).toEqual(['missing-partial', 'missing-partial'])
    expect(report.summary).toMatchObject({ files: 1, roles: 0 })
    expect(out).not.toContain('root:')
  })

  it('a link out of the folder is not followed', async () => {
    const { symlinkSync } = await import('node:fs')
    const there = given({ 'docs/page.mdx': CLEAN, 'outside/page.mdx': BROKEN })
    symlinkSync(join(realpathSync(there.folder), 'outside'), join(there.folder, 'docs', 'link'))
    const { code, out } = await there.run('check', 'docs')
    expect([code, out]).toEqual([0, expect.stringContaining('1 file,')])
  })
})

/** Control characters of a text, save line feeds, as code points. */
function controls(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return [...text.matchAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g)].map((match) =>
    match[0].charCodeAt(0).toString(16),
  )
}

describe('a folder of pages', () => {
  it('is read and checked however their extensions are written', async () => {
    const workspace = new Workspace({
      'docs/OWNERS.MD': '## Dock Owner\n\n- dock.get\n',
      'docs/guests.Mdx': '## Dock Guest\n\n- dock.list\n\n<!-- one -->\n',
      'docs/notes.txt': '## Dock Viewer\n\n- dock.create\n',
      'rolebook.config.json': JSON.stringify({ rules: { 'legacy-syntax': 'warning', 'mdx-syntax': 'warning' } }),
    })
    const extracted = JSON.parse((await workspace.run('extract', 'docs')).out)
    const { out } = await workspace.run('check', 'docs')
    workspace.remove()
    expect(extracted.roles.map(({ name }: { name: string }) => name)).toEqual(['Dock Guest', 'Dock Owner'])
    expect(['legacy-syntax', 'mdx-syntax'].filter((rule) => out.includes(rule))).toEqual([
      'legacy-syntax',
      'mdx-syntax',
    ])
  })
})

describe('a folder without a config', () => {
  it('is touched by no baseline and no manifest that stand in the working directory', async () => {
    const workspace = new Workspace({
      'here/rolebook.baseline.json': '{"version": 2}',
      'here/rolebook.manifest.json': '{"version": 2}',
      'here/page.md': '## Dock Viewer\n\n- dock.create\n',
    })
    const { code, out } = await workspace.run('check', 'here')
    workspace.remove()
    expect(code).toBe(1)
    expect(out).toContain('read-only-role-writes')
  })
})

describe('an older Node', () => {
  it('is told which one is needed, before anything that it could not read', () => {
    // What Node 20 lacks.
    const without = 'data:text/javascript,import m from "node:module"; delete m.enableCompileCache'
    const script = join(ROOT, 'scripts/rolebook.ts')
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', without, script, 'check'], {
      encoding: 'utf8',
    })
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      `rolebook: Node 22.12 or later is needed; this is ${process.version}\n`,
    ])
  })
})
