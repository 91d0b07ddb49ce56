/** Two sites that one process builds, one after the other, from folders that say where it works. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { filesIn } from '../support/built-site.ts'
import { Workspace } from '../support/cli.ts'
import { ROOT } from '../support/shared.ts'

const page = (name: string) =>
  `---\ntitle: "Roles"\n---\n\n## Project Roles\n\n<AccordionPanel title="${name} Viewer">\n\n- dock.get\n- dock.list\n\n</AccordionPanel>\n`

const NAMES = ['First', 'Second']
const workspace = new Workspace(
  Object.fromEntries(
    NAMES.flatMap((name) => [
      [`${name}/docs/roles.mdx`, page(name)],
      [`${name}/rolebook.config.json`, JSON.stringify({ site: { title: `Site ${name}`, base: `/${name}/` } })],
    ]),
  ),
)
afterAll(() => workspace.remove())

it('each show their own set', { timeout: 240_000 }, () => {
  const main = pathToFileURL(join(ROOT, 'src/cli/main.ts')).href
  const terminal = pathToFileURL(join(ROOT, 'src/cli/terminal.ts')).href
  const script = `
    import { main } from ${JSON.stringify(main)}
    import { bareTerminal } from ${JSON.stringify(terminal)}
    for (const cwd of ${JSON.stringify(NAMES.map((name) => join(workspace.folder, name)))})
      process.exitCode ||= await main(['build', '--no-gate'], bareTerminal({ cwd, err: (text) => process.stderr.write(text) }))`
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: workspace.folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (const name of NAMES) {
    const site = join(workspace.folder, name, 'dist', 'site')
    const files = filesIn(site)
    expect(files).toContain(`roles/project/${name.toLowerCase()}-viewer/index.html`)
    const [other = ''] = NAMES.filter((candidate) => candidate !== name)
    const own = files.filter((path) => /\.(?:html|md|json|atom|txt)$/.test(path) && !path.startsWith('pagefind/'))
    expect(own.length).toBeGreaterThan(100)
    const foreign = own.filter((path) => readFileSync(join(site, path), 'utf8').includes(`${other} Viewer`))
    expect(foreign).toEqual([])
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain(`<title>Site ${name}</title>`)
  }
})
