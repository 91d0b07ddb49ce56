/** What a question is asked of: a published dataset, a folder of pages, or a git revision of one. */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Unit } from '../files/project.ts'
import type { Tree } from '../files/tree.ts'
import { UsageError } from '../files/usage-error.ts'
import type { Dataset } from '../model/dataset.ts'
import { SCHEMA_VERSION } from '../model/schema-version.ts'
import type { Reading } from '../parse/read.ts'
import type { SourceFile } from '../parse/source.ts'
import { printable } from '../report/printable.ts'
import type { Settings } from '../settings/schema.ts'
import { withoutByteOrderMark } from '../text.ts'

/** An operand that was opened, and of which nothing was read into a dataset yet. */
export interface Opening {
  /** As it was written on the command line; `.` where nothing was. */
  operand: string
  kind: 'dataset' | 'pages' | 'revision'
  /** The commit that was read, and its time (ISO 8601, UTC); `null` for what is no revision. */
  commit: { hash: string; date: string } | null
  /** One for each version of the documentation, the current one first; empty where a revision holds none of them. */
  versions: { id: string; read: () => Dataset }[]
  /** `null` for a published dataset, which has none. */
  settings: Settings | null
}

export interface Opened extends Omit<Opening, 'versions'> {
  /** One for each version of the documentation, the current one first; empty where a revision holds none of them. */
  datasets: Dataset[]
}

/**
 * Opens an operand and reads it: see `openVersions`.
 *
 * @param docsVersion only this version of the documentation: a UsageError where it is not there
 */
export async function openDatasets(operand: string | undefined, cwd: string, docsVersion?: string): Promise<Opened> {
  const { versions, ...opening } = await openVersions(operand, cwd)
  const wanted = docsVersion === undefined ? versions : versions.filter(({ id }) => id === docsVersion)
  if (docsVersion !== undefined && wanted.length === 0) throw noVersion(docsVersion, { ...opening, versions })
  return { ...opening, datasets: wanted.map((version) => version.read()) }
}

/** Whether there is nothing to ask about in a dataset. */
export function isEmpty({ permissions, policies }: Dataset): boolean {
  return permissions.length + policies.length === 0
}

/** What to say where there is nothing to ask about in any of the operands; none stands for what the config names. */
export function noPermissions(operands: readonly string[]): UsageError {
  const here = 'here; --data names a dataset.json, a folder or a git revision'
  return new UsageError(`No permissions ${operands.length > 0 ? `in ${operands.map(printable).join(', ')}` : here}`)
}

/** What to say where an operand lacks a version of the documentation. */
export function noVersion(docsVersion: string, { operand, versions }: Opening): UsageError {
  const there = versions.map(({ id }) => `\`${id}\``).join(', ')
  return new UsageError(
    `No version \`${docsVersion}\` in ${operand}: ${versions.length > 1 ? 'there are' : 'there is'} ${there || 'none'}`,
  )
}

/**
 * Opens an operand: an existing path first, then a git revision (`v1.2`, `HEAD~1`), alone or with a path (`v1.2:docs`). Pages
 * of a revision are read with the config that is on the disk. Without an operand, what the config names.
 */
export async function openVersions(operand: string | undefined, cwd: string): Promise<Opening> {
  if (operand === undefined) return pages('.', [], cwd)
  const absolute = resolve(cwd, operand)
  const info = await stat(absolute).catch(() => null)
  if (info?.isFile() && /\.json$/i.test(operand)) return published(operand, absolute)
  if (info) return pages(operand, [operand], cwd)
  const colon = operand.indexOf(':')
  const [name, path] = colon === -1 ? [operand, ''] : [operand.slice(0, colon), operand.slice(colon + 1)]
  const { openRevision, unknownRevision } = await import('../files/revision.ts')
  const revision = await openRevision(cwd, name)
  if (revision === null) throw await unknownRevision(cwd, operand)
  const commit = { hash: revision.commit, date: revision.date }
  return { ...(await pages(operand, path === '' ? [] : [path], cwd, revision)), kind: 'revision', commit }
}

/** Loads the parsers only here: a published dataset needs none of them. */
async function pages(operand: string, roots: readonly string[], cwd: string, tree?: Tree): Promise<Opening> {
  const [{ openProject }, { readModel }, { readFiles }, { scanner }] = await Promise.all([
    import('../files/project.ts'),
    import('../model/read.ts'),
    import('../parse/read.ts'),
    import('../parse/scan/scan.ts'),
  ])
  const { units, settings } = await openProject(roots, cwd, undefined, tree)
  const read = ({ files, settings: own, version, fallback, complete, selected }: Unit): Dataset => {
    const quiet = scanner(own)
    if (!selected) return readModel(files, own, version.id, { fallback, complete, quiet }).dataset
    const asked = withPartials(files, selected, readFiles(files, own, { fallback, complete, quiet }).value)
    return readModel(asked, own, version.id, { fallback, complete: false, quiet }).dataset
  }
  const versions = units.map((unit) => ({ id: unit.version.id, read: () => read(unit) }))
  return { operand, kind: 'pages', commit: null, versions, settings }
}

/** Those of the files that are asked for, and the partials that they lead to. */
export function withPartials(files: readonly SourceFile[], asked: ReadonlySet<string>, reading: Reading): SourceFile[] {
  const wanted = new Set(asked)
  const queue = reading.pages.filter((page) => wanted.has(page.file.path))
  for (let page = queue.pop(); page; page = queue.pop()) {
    for (const { target } of reading.partials.inclusionsIn(page)) {
      if (!target || wanted.has(target.file.path)) continue
      wanted.add(target.file.path)
      queue.push(target)
    }
  }
  return files.filter((file) => wanted.has(file.path))
}

async function published(operand: string, absolute: string): Promise<Opening> {
  let value: unknown
  try {
    value = JSON.parse(withoutByteOrderMark(await readFile(absolute, 'utf8')))
  } catch (error) {
    throw new UsageError(`${operand} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (version === undefined) throw new UsageError(`${operand} is no Rolebook dataset: it has no \`schemaVersion\``)
  if (version !== SCHEMA_VERSION)
    throw new UsageError(
      `${operand} has schema version ${JSON.stringify(version)}; this Rolebook reads ${SCHEMA_VERSION}`,
    )
  const { schemaErrors } = await import('../export/check.ts')
  const errors = schemaErrors(value as Dataset)
  if (errors.length > 0) throw new UsageError(`${operand} does not fit the dataset's schema: ${errors[0]}`)
  const dataset = value as Dataset
  return {
    operand,
    kind: 'dataset',
    commit: null,
    versions: [{ id: dataset.version, read: () => dataset }],
    settings: null,
  }
}
