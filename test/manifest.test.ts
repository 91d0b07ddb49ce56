/** The shape guard: a page that loses its facts fails, until that is accepted on purpose. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Workspace } from './support/cli.ts'

const CONFIG = JSON.stringify({ versions: [{ id: 'latest', root: 'docs' }] })

function rows(marks: string): string {
  return Array.from({ length: 8 }, (_, i) => `| dock${i} | ${marks} |`).join('\n')
}

const TABLE = `## Dock Admin\n\n| | Create | Get |\n| --- | --- | --- |\n${rows('√ | √')}\n`

const workspaces: Workspace[] = []

function given(files: Record<string, string>): Workspace {
  const workspace = new Workspace(files)
  workspaces.push(workspace)
  return workspace
}

afterEach(() => {
  for (const workspace of workspaces.splice(0)) workspace.remove()
})

describe('rolebook manifest', () => {
  it('lets check pass while pages keep their shape, and when they grow', async () => {
    const folder = given({ 'rolebook.config.json': CONFIG, 'docs/page.md': TABLE })
    expect((await folder.run('manifest')).out).toBe('rolebook.manifest.json: the shape of 1 page written.\n')
    expect((await folder.run('check')).code).toBe(0)
    folder.write({ 'docs/page.md': `${TABLE}\n## Dock Viewer\n\n- dock0.get\n` })
    expect((await folder.run('check')).code).toBe(0)
  })

  it('fails when a table grows a column that costs its facts', async () => {
    const folder = given({ 'rolebook.config.json': CONFIG, 'docs/page.md': TABLE })
    await folder.run('manifest')
    folder.write({ 'docs/page.md': TABLE.replaceAll('√', '').replaceAll('| Create | Get |', '| Creation | Reading |') })
    const { code, out } = await folder.run('check')
    expect(code).toBe(1)
    expect(out).toContain('This page held')
    expect(out).toContain('shape-changed')
  })

  it('fails for a page that is named alone, or comes from an editor, and is silent about the others', async () => {
    const folder = given({ 'rolebook.config.json': CONFIG, 'docs/page.md': TABLE, 'docs/other.md': TABLE })
    await folder.run('manifest')
    folder.write({ 'docs/page.md': '# Docks\n' })
    const shapes = ({ out }: { out: string }) => out.split('\n').filter((line) => line.includes('shape-changed'))
    expect(shapes(await folder.run('check', 'docs/page.md'))).toHaveLength(1)
    expect(shapes(await folder.run('check', 'docs/other.md'))).toHaveLength(0)
    const typed = { input: async () => Buffer.from('# Piers\n') }
    expect(shapes(await folder.runWith(typed, 'check', '--stdin', '--stdin-filename', 'docs/other.md'))).toHaveLength(1)
  })

  it('fails when a page is gone, and passes once the manifest is written again', async () => {
    const folder = given({
      'rolebook.config.json': CONFIG,
      'docs/page.md': TABLE,
      'docs/other.md': '## Dock Viewer\n\n- dock.get\n',
    })
    await folder.run('manifest')
    rmSync(join(folder.folder, 'docs/page.md'))
    const { code, out } = await folder.run('check')
    expect(code).toBe(1)
    expect(out).toContain('docs/page.md\n  1:1  error  This page held 16 grants, 1 roles; the page is gone.')
    await folder.run('manifest')
    expect((await folder.run('check')).code).toBe(0)
  })

  const FACTS = {
    'docs/actions.md':
      '## Crew\n\n| Permission | Captain | Mate |\n| --- | --- | --- |\n| Sail | ✓ | |\n| Moor | ✓ | ✓ |\n',
    'docs/operations.md':
      '## Docks\n\n| Role | Create | Get |\n| --- | --- | --- |\n| Captain | √ | √ |\n| Mate | | √ |\n\n## Engineer\n\n- dock.get\n',
  }

  it('counts every kind of fact under a name of its own', async () => {
    const folder = given({ 'rolebook.config.json': CONFIG, ...FACTS })
    await folder.run('manifest')
    const pages = JSON.parse(readFileSync(join(folder.folder, 'rolebook.manifest.json'), 'utf8')).versions.latest
    expect(pages['docs/actions.md'].facts).toEqual({ actions: 3, listedActions: 2 })
    expect(pages['docs/operations.md'].facts).toEqual({ grants: 1, operationsOfRoles: 3, roles: 1 })
  })

  it('that names facts as they were named before is read all the same', async () => {
    const shape = (actions: number) => ({
      'docs/actions.md': { facts: { actions: 3, 'listed-action': actions }, dialects: { 'action-by-role': 1 } },
      'docs/operations.md': {
        facts: { grants: 1, 'operation-of-role': 3, roles: 1 },
        dialects: { 'permission-list': 1, 'role-by-action': 1 },
      },
    })
    const manifest = (actions: number) => JSON.stringify({ version: 1, versions: { latest: shape(actions) } })
    const folder = given({ 'rolebook.config.json': CONFIG, 'rolebook.manifest.json': manifest(2), ...FACTS })
    expect(await folder.run('check')).toMatchObject({ code: 0 })
    folder.write({ 'rolebook.manifest.json': manifest(12) })
    const { code, out } = await folder.run('check')
    expect(code).toBe(1)
    expect(out).toContain('This page held 12 listed actions and holds 2 now.')
  })

  it('fails when the same facts are read by another dialect', async () => {
    const folder = given({ 'rolebook.config.json': CONFIG, 'docs/page.md': TABLE })
    await folder.run('manifest')
    const bullets = Array.from({ length: 8 }, (_, i) => `- dock${i}.create\n- dock${i}.get`).join('\n')
    folder.write({ 'docs/page.md': `## Dock Admin\n\n${bullets}\n` })
    const { code, out } = await folder.run('check')
    expect(code).toBe(1)
    expect(out).toContain(
      '1 block of this page read as `resource-by-operation`; now none does, and more read as `permission-list`.',
    )
  })

  it('says nothing where single files are checked, and where no manifest is there', async () => {
    const folder = given({ 'rolebook.config.json': CONFIG, 'docs/page.md': TABLE, 'docs/other.md': '# Other\n' })
    expect((await folder.run('check')).code).toBe(0)
    await folder.run('manifest')
    folder.write({ 'docs/page.md': '# Empty\n' })
    expect((await folder.run('check', 'docs/other.md')).code).toBe(0)
  })

  it('needs a config, and is refused when it is no manifest', async () => {
    const folder = given({ 'page.md': TABLE })
    expect(await folder.run('manifest')).toMatchObject({ code: 2 })
    const broken = given({
      'rolebook.config.json': CONFIG,
      'docs/page.md': TABLE,
      'rolebook.manifest.json': '{"version": 2}',
    })
    const { code, err } = await broken.run('check')
    expect(code).toBe(2)
    expect(err).toBe('rolebook: rolebook.manifest.json is no valid manifest: `version`: Invalid input: expected 1\n')
    broken.write({ 'rolebook.manifest.json': '{' })
    expect((await broken.run('check')).err).toMatch(/^rolebook: rolebook\.manifest\.json is no valid JSON: .+\n$/)
  })
})
