import { writeWhole } from '../../files/atomic.ts'
import { inProject } from '../../files/project.ts'
import { UsageError } from '../../files/usage-error.ts'
import { plural, toJson } from '../../text.ts'
import { type Manifest, shapeOf } from '../../validate/manifest.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'

/** Writes the shape of every page: what `check` compares from now on. */
export async function manifest(terminal: Terminal): Promise<number> {
  const session = await openSession([], terminal.cwd, { baseline: false })
  if (!session.project.complete)
    throw new UsageError('A manifest covers all that a config names, and there is no config here')
  const shapes = session.units.map(({ unit, analysis }) => [unit.version.id, shapeOf(analysis.reading)] as const)
  const file = session.project.settings.manifest
  const value: Manifest = { version: 1, versions: Object.fromEntries(shapes) }
  await writeWhole(inProject(session.project, file), toJson(value))
  const pages = shapes.reduce((sum, [, shape]) => sum + Object.keys(shape).length, 0)
  terminal.out(`${file}: the shape of ${plural(pages, 'page')} written.\n`)
  return 0
}
