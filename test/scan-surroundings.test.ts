/** The scan misses no block wherever it stands: each of the fixtures and the corpus under headings, in panels, quotes and items that are none of its own. */
import { expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { scanner, scanPage } from '../src/parse/scan/scan.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { sourceFile } from './support/analysis.ts'
import { realPages } from './support/real-pages.ts'

const settings = resolveSettings()

/** Longer ones are looked at as parts of their pages. */
const LONGEST = 3000

const below = (above: string) => (block: string) => `${above}\n\n${block}`
const indented = (block: string, by: string) => block.replace(/^(?=.)/gm, by)

const surroundings: [what: string, around: (block: string) => string][] = [
  ['nothing', (block) => block],
  ['a heading that is a role', below('## Dock Admin')],
  ['a heading glued to it that is a role', (block) => `## Dock Admin\n${block}`],
  ['an underlined heading', below('Dock Admin\n==========')],
  ['a heading in tags', below('<h2>Dock Admin</h2>')],
  ['a heading of permissions', below('## Permissions')],
  ['a heading in a heading of privileges', below('# Privileges\n\n## Docks')],
  ['a heading of what roles may do', below('## What each role may do')],
  ['a role in a heading of roles', below('## Roles\n\n### Dock Viewer')],
  ['headings in another language', below('## Rollen\n\n### Was ein Hafenmeister darf')],
  ['a title of roles', below('---\ntitle: Roles and permissions\n---')],
  ['a title that is a role', below('---\ntitle: Dock Admin\n---')],
  ['a bold line', below('**Dock Viewer**:')],
  ['a line on what a role can do', below('Dock Admin can do the following:')],
  ['a line on what a role can do more', below('Deputies can do everything that a Dock Admin can, and also:')],
  ['a line on permissions', below('The following permissions are needed:')],
  ['a line on roles, glued to it', (block) => `The harbour has these roles:\n${block}`],
  ['a tab of a role', (block) => `<TabItem label="Dock Admin" value="a">\n\n${block}\n\n</TabItem>`],
  ['a tab of something else', (block) => `<TabItem label="Linux">\n\n${block}\n\n</TabItem>`],
  ['a tab without tags', (block) => `=== "Dock Admin"\n\n${indented(block, '    ')}`],
  ['details of a role', (block) => `<details>\n<summary>Dock Admin</summary>\n\n${block}\n\n</details>`],
  ['a note', (block) => `:::note\n\n${block}\n\n:::`],
  ['comments', (block) => `<!-- a -->\n${block}\n<!-- b -->`],
  ['a quote under a role', (block) => `## Dock Admin\n\n${indented(block, '> ')}`],
  ['an item under permissions', (block) => `## Permissions\n\n1. Step\n\n${indented(block, '   ')}`],
  ['line ends of Windows', (block) => `## Dock roles\n\n${block}`.replace(/\n/g, '\r\n')],
]

/** The sections of pages, and the paragraphs of these. */
const blocks = [
  ...new Set(
    realPages().flatMap(({ text }) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/^---\n[\s\S]*?\n---\n/, '')
        .split(/\n(?=#)|\n\n+/),
    ),
  ),
]
  .map((block) => block.replace(/^#+ .*\n+/, ''))
  .filter((block) => block.length < LONGEST)

it.each(surroundings)('in or under %s', (_, around) => {
  const pages = blocks.map((block) => `${around(block)}\n`)
  const passed = pages.filter((text) => scanPage(text, settings) !== null)
  const missed = passed.filter((text) => said(text, false) !== said(text, true))
  expect(missed).toEqual([])
  // What the scan calls prose is most of it.
  expect(passed.length * 4).toBeGreaterThan(pages.length)
})

function said(text: string, scanned: boolean): string {
  const quiet = scanned ? { quiet: scanner(settings) } : {}
  const { reading, diagnostics } = analyse([sourceFile('page.mdx', text)], settings, 'latest', quiet)
  return JSON.stringify([reading.blocks.length, diagnostics])
}
