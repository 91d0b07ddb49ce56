/** What a question is asked of: a published dataset, a folder of pages, or a git revision of one. */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readModel } from '../analyse.ts'
import { schemaErrors } from '../export/check.ts'
import { openProject } from '../files/project.ts'
import { commitOf, openRevision } from '../files/revision.ts'
import { disk, type Tree } from '../files/tree.ts'
import { UsageError } from '../files/usage-error.ts'
import { type Dataset, SCHEMA_VERSION } from '../model/dataset.ts'
import { type Reading, readFiles } from '../parse/read.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'

export interface Opened {
  /** As it was written on the command line; `.` where nothing was. */
  operand: string
  kind: 'dataset' | 'pages' | 'revision'
  /** The commit that was read, and its time (ISO 8601, UTC); `null` for what is no revision. */
  commit: { hash: string; date: string } | null
  /** One for each version of the documentation, the current one first; empty where a revision holds none of them. */
  datasets: Dataset[]
  /** `null` for a published dataset, which has none. */
  settings: Settings | null
}

/**
 * Opens an operand: an existing path first, then a git revision (`v1.2`, `HEAD~1`), alone or with a path (`v1.2:docs`). Pages
 * of a revision are read with the config that is on the disk. Without an operand, what the config names.
 *
 * @param docsVersion only this version of the documentation: a UsageError where it is not there
 */
export async function openDatasets(operand: string | undefined, cwd: string, docsVersion?: string): Promise<Opened> {
  const opened = await open(operand, cwd)
  if (docsVersion === undefined) return opened
  const datasets = opened.datasets.filter(({ version }) => version === docsVersion)
  if (datasets.length > 0) return { ...opened, datasets }
  const there = opened.datasets.map(({ version }) => `\`${version}\``).join(', ')
  throw new UsageError(`No version \`${docsVersion}\` in ${opened.operand}: there is ${there || 'none'}`)
}

async function open(operand: string | undefined, cwd: string): Promise<Opened> {
  if (operand === undefined) return pages('.', [], cwd)
  const absolute = resolve(cwd, operand)
  const info = await stat(absolute).catch(() => null)
  if (info?.isFile() && /\.json$/i.test(operand)) return published(operand, absolute)
  if (info) return pages(operand, [operand], cwd)
  const colon = operand.indexOf(':')
  const [name, path] = colon === -1 ? [operand, ''] : [operand.slice(0, colon), operand.slice(colon + 1)]
  if ((await commitOf(cwd, name)) === null)
    throw new UsageError(`Neither a file, nor a folder, nor a git revision: ${operand}`)
  const revision = await openRevision(cwd, name)
  const commit = { hash: revision.commit, date: revision.date }
  return { ...(await pages(operand, path === '' ? [] : [path], cwd, revision)), kind: 'revision', commit }
}

async function pages(operand: string, roots: readonly string[], cwd: string, tree: Tree = disk): Promise<Opened> {
  const { units, settings } = await openProject(roots, cwd, undefined, tree === disk ? undefined : tree)
  const datasets = units.map(({ files, settings: own, version, fallback, complete, selected }) => {
    if (!selected) return readModel(files, own, version.id, { fallback, complete }).dataset
    const asked = withPartials(files, selected, readFiles(files, own, { fallback, complete }).value)
    return readModel(asked, own, version.id, { fallback, complete: false }).dataset
  })
  return { operand, kind: 'pages', commit: null, datasets, settings }
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

async function published(operand: string, absolute: string): Promise<Opened> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(absolute, 'utf8'))
  } catch (error) {
    throw new UsageError(`${operand} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (version === undefined) throw new UsageError(`${operand} is no Rolebook dataset: it has no \`schemaVersion\``)
  if (version !== SCHEMA_VERSION)
    throw new UsageError(
      `${operand} has schema version ${JSON.stringify(version)}; this Rolebook reads ${SCHEMA_VERSION}`,
    )
  const errors = schemaErrors(value as Dataset)
  if (errors.length > 0) throw new UsageError(`${operand} does not fit the dataset's schema: ${errors[0]}`)
  return { operand, kind: 'dataset', commit: null, datasets: [value as Dataset], settings: null }
}
