/** The published data of a session, and the gate before it. */
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { schemaErrors } from '../export/check.ts'
import type { ExportContext, ExportedFile, ExportFormat } from '../export/format.ts'
import { formats } from '../export/formats.ts'
import { dataPackage, type PackageVersion, takenFolders } from '../export/package/package.ts'
import { packageName } from '../export/package/package-json.ts'
import type { PublishedFile } from '../export/site-input.ts'
import { sha256 } from '../files/hash.ts'
import { inProject } from '../files/project.ts'
import { memoryDatabases } from '../files/sqlite.ts'
import { UsageError } from '../files/usage-error.ts'
import type { Settings } from '../settings/schema.ts'
import type { Session } from './session.ts'

export interface Published {
  /** Content by path under `data/`; the current version's files stand at the top, others in a folder of their version. */
  files: Map<string, string | Uint8Array>
  index: PublishedFile[]
  /** Formats that can't be written on this machine, each as a sentence; none where formats were named. */
  leftOut: string[]
}

/** Every version in every format (or in those named). Throws where a dataset does not fit its own schema: a bug. */
export function publishedData(session: Session, formatIds: readonly string[] = []): Published {
  const { settings } = session.project
  const context: ExportContext = { settings, openDatabase: memoryDatabases() }
  const chosen = formatIds.length === 0 ? formats : [...new Set(formatIds)].map((id) => formatOf(id, settings))
  const leftOut = chosen.flatMap((format) => {
    const reason = format.unavailable?.(context) ?? null
    return reason === null ? [] : [`The format \`${format.id}\` ${reason}.`]
  })
  if (formatIds.length > 0 && leftOut[0] !== undefined) throw new UsageError(leftOut[0])
  const files = new Map<string, string | Uint8Array>()
  const index: PublishedFile[] = []
  const add = (path: string, file: ExportedFile, version: string | null, group: PublishedFile['group']) => {
    if (files.has(path)) throw new UsageError(`Two exports are called \`${path}\`: rename a role template or a version`)
    files.set(path, file.content)
    index.push(rowOf(path, file, version, group))
  }
  for (const [i, { unit, analysis }] of session.units.entries()) {
    const { dataset } = analysis.model
    const errors = schemaErrors(dataset)
    if (errors.length > 0) throw new Error(`The dataset does not fit its schema: ${errors.slice(0, 5).join('; ')}`)
    for (const format of chosen) {
      for (const file of format.files(dataset, { ...context, settings: unit.settings })) {
        const path = i === 0 ? file.name : `${unit.version.id}/${file.name}`
        add(path, file, unit.version.id, groupOf(file.name, format, unit.settings))
      }
    }
  }
  if (formatIds.length === 0) {
    const group = { id: 'package', title: packageName(settings) }
    for (const file of packageFiles(session, files)) add(file.name, file, file.version, group)
  }
  return { files, index, leftOut }
}

/** What is published, the current version first. */
export function publishedVersions({ units }: Pick<Session, 'units'>): PackageVersion[] {
  return units.map(({ unit: { version }, analysis }) => ({
    id: version.id,
    title: version.title,
    dataset: analysis.model.dataset,
  }))
}

/** The data package around the exported files: only where every format is written, for it names all of them. */
function packageFiles({ project, units }: Session, files: ReadonlyMap<string, string | Uint8Array>) {
  const { dataPackage: setting } = project.settings
  const versions = publishedVersions({ units })
  const where = project.config ?? 'The config'
  if (setting.name !== null && builtinModules.includes(setting.name))
    throw new UsageError(`${where}: \`dataPackage.name\` is ${setting.name}, a module of Node's own`)
  const folders = new Set(versions.slice(1).map(({ id }) => id))
  const current = [...files.keys()].filter((path) => !folders.has(path.split('/', 1)[0] as string))
  const [taken] = takenFolders(versions, current)
  if (taken !== undefined)
    throw new UsageError(`${where}: a version can't be called \`${taken}\`, as something else of the data package is`)
  return dataPackage(versions, files, project.settings, licenseOf(project))
}

/** Text of the licence that the config names; `null` where it names none. */
function licenseOf(project: Session['project']): string | null {
  const file = project.settings.dataPackage.licenseFile
  if (file === null) return null
  try {
    return readFileSync(inProject(project, file), 'utf8')
  } catch {
    throw new UsageError(
      `${project.config ?? 'The config'}: \`dataPackage.licenseFile\` is ${file}, which can't be read`,
    )
  }
}

function rowOf(path: string, file: ExportedFile, version: string | null, group: PublishedFile['group']): PublishedFile {
  const { title, description, content } = file
  return {
    path,
    bytes: typeof content === 'string' ? Buffer.byteLength(content) : content.length,
    sha256: sha256(content),
    title,
    description,
    version,
    group,
    columns: file.columns ?? null,
  }
}

/** Files in a folder are shown together; what a template of the config makes, under its title. */
function groupOf(name: string, format: ExportFormat, settings: Settings): PublishedFile['group'] {
  const folders = name.split('/').slice(0, -1)
  if (folders.length === 0) return null
  const variant = format.variants?.(settings).find(({ id }) => id === folders.at(-1))
  return { id: folders.join('/'), title: (variant ?? format).summary }
}

/** A format by its id, or by that of one that the config adds. */
function formatOf(id: string, settings: Settings): ExportFormat {
  const all = [...formats, ...formats.flatMap((format) => format.variants?.(settings) ?? [])]
  const format = all.find((candidate) => candidate.id === id)
  if (!format) throw new UsageError(`Unknown format \`${id}\`: there are ${all.map((f) => f.id).join(', ')}`)
  return format
}
