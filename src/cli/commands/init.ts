import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeWhole } from '../../files/atomic.ts'
import { configNames } from '../../files/config.ts'
import { openProject } from '../../files/project.ts'
import { UsageError } from '../../files/usage-error.ts'
import { readFiles } from '../../parse/read.ts'
import { printable } from '../../report/printable.ts'
import { resolveSettings } from '../../settings/defaults.ts'
import { configText } from '../../suggest/config-text.ts'
import { suggestConfig } from '../../suggest/suggest.ts'
import { plural, slugify } from '../../text.ts'
import { progressOn } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

/** Writes a first config for the tree that it stands in. Never overwrites one. */
export async function init(options: { json?: boolean }, terminal: Terminal): Promise<number> {
  const { cwd } = terminal
  const there = configNames.find((name) => existsSync(join(cwd, name)))
  if (there) throw new UsageError(`${there} is here already`)
  const progress = progressOn(terminal)
  const { units } = await openProject([cwd], cwd)
  const files = units.flatMap((unit) => unit.files).filter(({ path }) => !path.startsWith('..'))
  const settings = resolveSettings()
  const { value: reading, findings } = readFiles(files, settings, { complete: false, progress: progress.step })
  progress.end()
  const suggestion = suggestConfig({ reading, findings, settings, name: await nameOf(cwd) })
  // A config in TypeScript imports the package, which npx alone does not bring.
  const typed = !options.json && isInstalled(cwd)
  const file = typed ? 'rolebook.config.ts' : 'rolebook.config.jsonc'
  await writeWhole(join(cwd, file), configText(suggestion, typed ? 'ts' : 'jsonc'))
  const found = `${plural(suggestion.pages, 'page')} with permissions among ${plural(files.length, 'file')}`
  const roots = suggestion.versions.map(({ root }) => root).filter((root) => root !== '.')
  terminal.out(`${file} is written: ${found}${roots.length > 0 ? `, in ${printable(roots.join(', '))}` : ''}.\n`)
  for (const note of suggestion.notes) terminal.out(`  ${printable(note)}\n`)
  terminal.out('Next: rolebook check\n')
  return 0
}

/** The package's name without its scope, else the folder's. */
async function nameOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')
  const name = packageName(text)?.replace(/^@[^/]*\//, '')
  return slugify(name || basename(folder), 'docs')
}

/** The name that a package.json gives; `null` where it has none, or is broken. */
function packageName(text: string): string | null {
  try {
    const { name } = JSON.parse(text)
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}

function isInstalled(folder: string): boolean {
  try {
    createRequire(pathToFileURL(join(folder, 'package.json'))).resolve('rolebook/package.json')
    return true
  } catch {
    return false
  }
}
