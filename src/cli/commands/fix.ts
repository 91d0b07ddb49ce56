import { resolve } from 'node:path'
import { inProject, type Unit } from '../../files/project.ts'
import { rewrite } from '../../files/rewrite.ts'
import { UsageError } from '../../files/usage-error.ts'
import { patchOf } from '../../fix/patch.ts'
import { repairs } from '../../fix/repairs.ts'
import { type FixedFile, fixFiles } from '../../fix/run.ts'
import { printable } from '../../report/printable.ts'
import { nearest, plural } from '../../text.ts'
import { rules } from '../../validate/rules.ts'
import { openSession, type Session } from '../session.ts'
import { type Terminal, todayOf } from '../terminal.ts'

export interface FixCommandOptions {
  dryRun?: boolean
  /** Ids of repairs and rules; empty for all. */
  only: string[]
}

/** Mends files in place, or prints what it would change as a patch. Exit code 2 only where a file can't be written. */
export async function fix(roots: string[], options: FixCommandOptions, terminal: Terminal): Promise<number> {
  for (const id of options.only) requireKnown(id, '--only')
  const today = todayOf(terminal)
  const session = await openSession(roots, terminal.cwd, { baseline: true, today })
  for (const id of session.project.settings.fix.disable) requireKnown(id, `${session.project.config}: \`fix.disable\``)
  const units = session.project.units.map((unit) => unitOf(unit, terminal))
  const { files, refused, settled } = fixFiles(units, { baseline: session.baseline, today, only: options.only })
  for (const { path, id, why } of refused) terminal.err(`${printable(path)}: ${id} ${why}; left alone.\n`)
  const say = options.dryRun ? terminal.err : terminal.out
  let code = 0
  const written: FixedFile[] = []
  for (const file of files) {
    const problem = options.dryRun ? null : await write(file, session)
    if (problem === null) written.push(file)
    else {
      terminal.err(`${printable(file.path)}: ${problem}; left alone.\n`)
      code = 2
    }
  }
  if (options.dryRun) terminal.out(patchOf(written))
  for (const { path, done } of written) say(`${printable(path)}: ${[...done].map(phrase).join(', ')}\n`)
  const number = session.project.units.reduce((sum, unit) => sum + (unit.selected?.size ?? unit.files.length), 0)
  const read = plural(number, 'file')
  if (files.length === 0) say(`Nothing to fix (${read} read).\n`)
  else say(`${plural(written.length, 'file')} of ${number} ${options.dryRun ? 'would be mended' : 'mended'}.\n`)
  if (!settled) terminal.err('Some repairs undo one another: there is still something to fix. Please report this.\n')
  return code
}

/** What may be changed of a unit: files that were asked for, and whose bytes are text. */
function unitOf({ settings, version, files, fallback, complete, selected }: Unit, { err }: Terminal) {
  const asked = files.filter(({ path }) => selected?.has(path) ?? true)
  const broken = asked.filter((file) => file.isUtf8 === false)
  for (const { path } of broken) err(`${printable(path)}: is no valid UTF-8; left alone.\n`)
  const paths = new Set(asked.map(({ path }) => path))
  for (const { path } of broken) paths.delete(path)
  return { settings, version: version.id, files, fallback, complete, selected: paths }
}

async function write({ path, after }: FixedFile, { project }: Session): Promise<string | null> {
  const read = project.units.flatMap(({ files }) => files).find((file) => file.path === path)
  if (!read) return 'was not read'
  const absolute = inProject(project, path)
  const up = read.relativePath.split('/').map(() => '..')
  return rewrite(absolute, resolve(absolute, ...up), read, after)
}

function phrase([id, count]: [string, number]): string {
  const repair = repairs.find((candidate) => candidate.id === id)
  return repair ? plural(count, repair.noun) : `${id}${count === 1 ? '' : ` ×${count}`}`
}

function requireKnown(id: string, where: string): void {
  const known = [...repairs, ...rules].map((candidate) => candidate.id)
  if (known.includes(id)) return
  const suggestion = nearest(id, known)
  throw new UsageError(`${where}: no repair and no rule ${id}${suggestion ? `, did you mean ${suggestion}?` : ''}`)
}
