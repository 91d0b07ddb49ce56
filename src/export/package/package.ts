/**
 * The data package: what stands beside the exported files so that their folder can be published to npm as it is.
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-json
 */
import { createHash } from 'node:crypto'
import { compareText } from '../../diagnostic.ts'
import { type Dataset, SCHEMA_VERSION } from '../../model/dataset.ts'
import type { Settings } from '../../settings/schema.ts'
import { toJson } from '../../text.ts'
import type { ExportedFile } from '../format.ts'
import code from './code.json' with { type: 'json' }
import { dataModule, entryModule, entryTypes } from './entry.ts'
import { packageJson, packageName } from './package-json.ts'
import { readme } from './readme.ts'

export interface PackageVersion {
  id: string
  title: string
  dataset: Dataset
}

export interface PackageFile extends ExportedFile {
  /** Id of the version that it belongs to; `null` for what belongs to the package. */
  version: string | null
}

type Content = string | Uint8Array

/** Names that npm never publishes, or that stand for something else in an import. */
const NEVER = ['node_modules', 'query', 'verify']

/**
 * Folders of versions that a package can't have, because something else of it has the name, case aside.
 *
 * @param versions the current one first, which has no folder
 * @param files names of the current version's exported files
 */
export function takenFolders(versions: readonly { id: string }[], files: Iterable<string>): string[] {
  const folders = versions.slice(1).map(({ id }) => id)
  const own = [...NEVER, ...TOP, ...[...files].map(topOf)].map((name) => name.toLowerCase())
  const taken = new Set(own)
  return folders.filter((folder) => {
    const key = folder.toLowerCase()
    const isTaken = taken.has(key)
    taken.add(key)
    return isTaken
  })
}

/** What the package itself adds to the top of its folder. */
const TOP = [
  ...['package.json', 'README.md', 'LICENSE', 'manifest.json'],
  ...['index.js', 'index.d.ts', 'dataset.js', ...Object.keys(code).map(topOf)],
]

function topOf(path: string): string {
  return path.slice(0, path.indexOf('/') === -1 ? undefined : path.indexOf('/'))
}

/**
 * The package's own files; their names are paths under its folder.
 *
 * @param versions the current one first: its files stand at the top, those of each other one in a folder of its id
 * @param exported content of the exported files by path
 * @param license text of the licence, or `null`: none is made up
 */
export function dataPackage(
  versions: readonly PackageVersion[],
  exported: ReadonlyMap<string, Content>,
  settings: Settings,
  license: string | null,
): PackageFile[] {
  const files: PackageFile[] = [
    ...versions.flatMap((version, i) => entryFiles(version, i === 0 ? '' : `${version.id}/`)),
    ...Object.entries(code).map(([name, content]) => file(name, 'Code', 'Asks the questions, and verifies.', content)),
    file('README.md', 'Read me', 'What is in the package, and how it is used.', readme(settings, versions)),
    ...(license === null ? [] : [file('LICENSE', 'Licence', 'On what terms the data may be used.', license)]),
  ]
  const names = [...exported.keys(), ...files.map(({ name }) => name), 'manifest.json', 'package.json'].map(topOf)
  const folders = versions.slice(1).map(({ id }) => id)
  files.push(
    file(
      'package.json',
      'Package',
      'Name, version, licence and entry points of the npm package.',
      packageJson(settings, folders, [...new Set(names)].sort(compareText)),
    ),
  )
  const all = new Map<string, Content>([...exported, ...files.map(({ name, content }) => [name, content] as const)])
  const description = 'Counts of each version, and the size and SHA-256 of every file.'
  files.push(file('manifest.json', 'Manifest', description, manifest(settings, versions, all)))
  return files
}

function file(name: string, title: string, description: string, content: string): PackageFile {
  return { name, title, description, content, version: null }
}

function entryFiles({ id, dataset }: PackageVersion, folder: string): PackageFile[] {
  const files = [
    file(
      `${folder}index.js`,
      'Module',
      'The data and its questions, as an ECMAScript module.',
      entryModule(folder && '../'),
    ),
    file(`${folder}index.d.ts`, 'Types', 'Types of the module: every id is a literal.', entryTypes(dataset)),
    file(`${folder}dataset.js`, 'Data module', 'The dataset as a module, for the entry module.', dataModule(dataset)),
  ]
  return files.map((entry) => ({ ...entry, version: id }))
}

function manifest(settings: Settings, versions: readonly PackageVersion[], files: ReadonlyMap<string, Content>) {
  return toJson({
    manifestVersion: 1,
    name: packageName(settings),
    version: settings.dataPackage.version,
    schemaVersion: SCHEMA_VERSION,
    docsVersions: versions.map(({ id, title, dataset }, i) => ({
      id,
      title,
      dataset: i === 0 ? 'dataset.json' : `${id}/dataset.json`,
      counts: countsOf(dataset),
    })),
    files: [...files]
      .sort(([a], [b]) => compareText(a, b))
      .map(([path, content]) => {
        const bytes = Buffer.from(content)
        return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
      }),
  })
}

/** How much a dataset holds of each kind. */
export function countsOf(dataset: Dataset) {
  return {
    sources: dataset.sources.length,
    scopes: dataset.scopes.length,
    operations: dataset.operations.length,
    resources: dataset.resources.length,
    permissions: dataset.permissions.length,
    roles: dataset.roles.length,
    catalogues: dataset.catalogues.length,
    mappings: dataset.mappings.length,
    policies: dataset.policies.length,
    grants: dataset.roles.reduce((sum, role) => sum + role.grants.length, 0),
  }
}
