/**
 * Whether a data package is whole: every file against the manifest, and the manifest's counts against the datasets. It is
 * shipped in the package as `verify.js`, so it needs Node alone. `node verify.js` prints what is wrong and ends with 1; with
 * the path of an older manifest, also where there is much less than there was.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Manifest {
  manifestVersion: 1
  /** Of the package. */
  name: string
  version: string
  /** Of the datasets. */
  schemaVersion: string
  /** Versions of the documentation, the current one first. */
  docsVersions: { id: string; title: string; dataset: string; counts: Record<string, number> }[]
  /** Every file of the package but the manifest, in order of path. SHA-256 in hexadecimal digits. */
  files: { path: string; bytes: number; sha256: string }[]
}

const MANIFEST = 'manifest.json'

/**
 * What is wrong with a package, one line each; empty where nothing is.
 *
 * @param folder the package's folder; by default the one that this module stands in
 */
export function verify(folder: string = fileURLToPath(new URL('.', import.meta.url))): string[] {
  let manifest: Manifest
  try {
    manifest = readManifest(join(folder, MANIFEST))
  } catch (error) {
    return [`${MANIFEST}: ${error instanceof Error ? error.message : error}`]
  }
  const known = new Set([MANIFEST, ...manifest.files.map(({ path }) => path)])
  const extra = filesIn(folder).filter((path) => !known.has(path))
  return [
    ...manifest.files.flatMap((file) => wrongWith(folder, file)),
    ...extra.map((path) => `${path}: not in the manifest`),
    ...manifest.docsVersions.flatMap((version) => wrongCounts(folder, version)),
  ]
}

/**
 * What a package lost since another one, one line each: counts that fell by more than a share, and versions that are gone.
 *
 * @param share from 0 to 1; a fifth by default
 */
export function losses(before: Manifest, after: Manifest, share = 0.2): string[] {
  return before.docsVersions.flatMap((old) => {
    const now = after.docsVersions.find(({ id }) => id === old.id)
    if (!now) return [`version ${old.id} is gone`]
    return Object.entries(old.counts).flatMap(([what, count]) => {
      const left = now.counts[what] ?? 0
      return left < count * (1 - share) ? [`version ${old.id}: ${what} fell from ${count} to ${left}`] : []
    })
  })
}

/** The package's manifest; throws where it is none. */
export function readManifest(path: string): Manifest {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  if (manifest.manifestVersion !== 1 || !Array.isArray(manifest.files) || !Array.isArray(manifest.docsVersions))
    throw new Error('no manifest that this version can read')
  return manifest
}

function wrongWith(folder: string, { path, bytes, sha256 }: Manifest['files'][number]): string[] {
  if (path.split(/[\\/]/).includes('..')) return [`${path}: leads out of the package`]
  let content: Uint8Array
  try {
    content = readFileSync(join(folder, path))
  } catch {
    return [`${path}: not there`]
  }
  if (content.length !== bytes) return [`${path}: ${content.length} bytes, the manifest says ${bytes}`]
  const hash = createHash('sha256').update(content).digest('hex')
  return hash === sha256 ? [] : [`${path}: its SHA-256 is not that of the manifest`]
}

function wrongCounts(folder: string, { dataset, counts }: Manifest['docsVersions'][number]): string[] {
  let held: Record<string, number>
  try {
    held = countsOf(JSON.parse(readFileSync(join(folder, dataset), 'utf8')))
  } catch {
    return [`${dataset}: can't be read`]
  }
  return Object.keys({ ...held, ...counts }).flatMap((what) =>
    held[what] === counts[what] ? [] : [`${dataset}: ${held[what]} ${what}, the manifest says ${counts[what]}`],
  )
}

/** How much of each kind a dataset holds. */
function countsOf(dataset: { roles: readonly { grants: readonly unknown[] }[] }): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [what, list] of Object.entries(dataset)) if (Array.isArray(list)) counts[what] = list.length
  counts.grants = dataset.roles.reduce((sum, role) => sum + role.grants.length, 0)
  return counts
}

/** Paths with forward slashes, in order; what is installed beside the package is none of it. */
function filesIn(folder: string, under = ''): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap((entry) => {
      if (!entry.isDirectory()) return [under + entry.name]
      return entry.name === 'node_modules' ? [] : filesIn(folder, `${under}${entry.name}/`)
    })
    .sort()
}

function isMain(): boolean {
  try {
    return realpathSync(process.argv[1] ?? '') === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (isMain()) {
  const [against] = process.argv.slice(2)
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const problems = verify(folder)
  if (problems.length === 0 && against !== undefined) {
    try {
      problems.push(...losses(readManifest(against), readManifest(join(folder, MANIFEST))))
    } catch (error) {
      problems.push(`${against}: ${error instanceof Error ? error.message : error}`)
    }
  }
  for (const problem of problems) console.error(JSON.stringify(problem).slice(1, -1))
  if (problems.length > 0) process.exitCode = 1
  else console.log('The package is whole.')
}
