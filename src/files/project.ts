/** From the roots on a command line to the files, settings and version that each unit of work is made of. */
import { dirname, join, relative, resolve } from 'node:path'
import { compareText } from '../diagnostic.ts'
import type { SourceFile } from '../parse/source.ts'
import { resolveSettings } from '../settings/defaults.ts'
import type { Settings, VersionSetting } from '../settings/schema.ts'
import { findConfig, type LoadedConfig, loadConfig } from './config.ts'
import { expectPages } from './engine.ts'
import { contains, posix } from './paths.ts'
import { FileSource } from './sources.ts'
import { type Content, disk, overlaid, type Tree } from './tree.ts'
import { UsageError } from './usage-error.ts'

/** One version of one documentation set: what is read into one dataset. */
export interface Unit {
  settings: Settings
  version: VersionSetting
  files: SourceFile[]
  /** Paths that were asked for; `null` for all of them. The others give context: catalogue, partials. */
  selected: ReadonlySet<string> | null
  /** Files of the current version, whose partials take the place of those that this version lacks. */
  fallback: SourceFile[]
  /** Whether everything was read that may include a partial of these files. */
  complete: boolean
}

export interface Project {
  /** Name of the config's file; `null` where none stands above the roots: then there is no baseline and no manifest. */
  config: string | null
  /** Absolute folder that paths are relative to: the config's, else the working directory. */
  base: string
  settings: Settings
  units: Unit[]
  /** Whether everything that the config names was read. */
  complete: boolean
}

/** What takes the place of what the disk holds, and what of it is asked for; by absolute paths. */
export interface Overlay {
  contents: ReadonlyMap<string, Content>
  /** The only files to report on; `null` for all that the roots name. */
  selected: ReadonlySet<string> | null
}

/** What is read, and from where. */
interface View {
  tree: Tree
  /** The only files to report on, by absolute paths; `null` for all. */
  selected: ReadonlySet<string> | null
  /** Whether a version whose folder is not there is no version, rather than an error: so it is in older revisions. */
  lenient: boolean
}

/**
 * Opens what a command's ROOT arguments name; without any, what the config names, else the working directory. The config
 * is always the one on the disk.
 *
 * @param from a tree to read from in place of the disk: versions of the config that it does not have are left out
 */
export async function openProject(
  roots: readonly string[],
  cwd: string,
  overlay?: Overlay,
  from?: Tree,
): Promise<Project> {
  expectPages()
  const tree = overlaid(from ?? disk, overlay?.contents ?? new Map())
  const view: View = { tree, selected: overlay?.selected ?? null, lenient: from !== undefined }
  const targets = await Promise.all(roots.map((root) => target(root, cwd, view)))
  const configPath = findConfig(targets[0]?.folder ?? cwd)
  const others = targets.map((item) => findConfig(item.folder)).filter((path) => path !== configPath)
  if (others.length > 0) throw new UsageError('These roots belong to different configs: check them one at a time')
  const project =
    configPath === null
      ? await openPlain(targets, cwd, view)
      : await openConfigured(await loadConfig(configPath), targets, view)
  return view.selected === null ? project : { ...project, complete: false }
}

interface Target {
  absolute: string
  /** The folder itself, or the folder of the file. */
  folder: string
  isFile: boolean
}

async function target(root: string, cwd: string, { tree }: View): Promise<Target> {
  const absolute = resolve(cwd, root)
  const kind = await tree.kindOf(absolute)
  if (kind === null) throw new UsageError(`No such file or folder: ${root}`)
  if (kind === 'other') throw new UsageError(`Neither a file nor a folder: ${root}`)
  return { absolute, folder: kind === 'file' ? dirname(absolute) : absolute, isFile: kind === 'file' }
}

/** No config: all roots together are one version, read with the defaults. */
async function openPlain(targets: readonly Target[], cwd: string, view: View): Promise<Project> {
  const settings = resolveSettings()
  const list = targets.length > 0 ? targets : [{ absolute: cwd, folder: cwd, isFile: false }]
  const files = new Map<string, { absolute: string; root: string }>()
  for (const item of list) {
    const found = item.isFile ? [item.absolute] : await view.tree.filesUnder(item.absolute, settings)
    for (const absolute of found) files.set(absolute, { absolute, root: item.folder })
  }
  const version = { id: 'latest', root: '.', title: 'latest' }
  const complete = list.every((item) => !item.isFile)
  const unit = {
    settings,
    version,
    files: readAll([...files.values()], cwd, view, settings),
    selected: view.selected && pathsOf([...files.keys()], cwd, view.selected),
    fallback: [],
    complete,
  }
  return { config: null, base: cwd, settings, units: [unit], complete: false }
}

async function openConfigured(
  { folder, name, settings }: LoadedConfig,
  targets: readonly Target[],
  view: View,
): Promise<Project> {
  const versions = settings.versions.length > 0 ? settings.versions : [{ id: 'latest', root: '.', title: 'latest' }]
  const units: Unit[] = []
  const taken = new Set<Target>()
  let complete = true
  for (const version of versions) {
    const root = resolve(folder, version.root)
    const inside = targets.filter((item) => contains(root, item.absolute) && item.absolute !== root)
    const whole = targets.length === 0 || targets.some((item) => !item.isFile && contains(item.absolute, root))
    for (const item of targets) if (inside.includes(item) || contains(item.absolute, root)) taken.add(item)
    complete &&= whole
    if (!whole && inside.length === 0) continue
    if ((await view.tree.kindOf(root)) !== 'folder') {
      if (view.lenient) continue
      throw new UsageError(`The config's version \`${version.id}\` has its root at ${version.root}: no such folder`)
    }
    const found = await view.tree.filesUnder(root, settings)
    const named = inside.filter((item) => item.isFile).map((item) => item.absolute)
    const absolutes = [...new Set([...found, ...named])].sort(compareText)
    const files = readUnder(root, absolutes, folder, view, settings)
    const chosen = whole
      ? absolutes
      : absolutes.filter((absolute) => inside.some((item) => contains(item.absolute, absolute)))
    const selected = whole && view.selected === null ? null : pathsOf(chosen, folder, view.selected)
    units.push({ settings, version, files, selected, fallback: [], complete: true })
  }
  await addFallback(units, versions, settings, folder, view)
  // Folders and files beside the config's versions are read with its settings, as a version of their own.
  const loose = targets.filter((item) => !taken.has(item))
  if (loose.length > 0) {
    const plain = await openPlain(loose, folder, view)
    const version = { id: 'unversioned', root: '.', title: 'unversioned' }
    for (const unit of plain.units) {
      const selected = unit.selected ?? new Set(unit.files.map((file) => file.path))
      units.push({ ...unit, settings, version, selected })
    }
  }
  return { config: name, base: folder, settings, units, complete }
}

/** Gives the older versions the files of the current one, which is read for that where no root names it. */
async function addFallback(
  units: Unit[],
  versions: readonly VersionSetting[],
  settings: Settings,
  folder: string,
  view: View,
): Promise<void> {
  const [current, ...older] = versions
  if (!settings.partials.fallback || !current || older.length === 0) return
  const own = units.find((unit) => unit.version === current)
  // What a version that was not read takes from the current one is used all the same.
  if (own) own.complete = units.length === versions.length
  const waiting = units.filter((unit) => unit !== own)
  if (waiting.length === 0) return
  const root = resolve(folder, current.root)
  const there = own !== undefined || (await view.tree.kindOf(root)) === 'folder'
  if (!there) return
  const files = own?.files ?? readUnder(root, await view.tree.filesUnder(root, settings), folder, view, settings)
  for (const unit of waiting) unit.fallback = files
}

function readUnder(
  root: string,
  absolutes: readonly string[],
  folder: string,
  view: View,
  settings: Settings,
): SourceFile[] {
  const files = absolutes.map((absolute) => ({ absolute, root }))
  return readAll(files, folder, view, settings)
}

/** Paths as diagnostics write them, of those files that are asked for. */
function pathsOf(absolutes: readonly string[], base: string, selected: ReadonlySet<string> | null): Set<string> {
  const asked = selected === null ? absolutes : absolutes.filter((absolute) => selected.has(absolute))
  return new Set(asked.map((absolute) => posix(relative(base, absolute))))
}

function readAll(
  files: readonly { absolute: string; root: string }[],
  base: string,
  { tree }: View,
  { limits }: Settings,
): SourceFile[] {
  const sources = files.map(({ absolute, root }) => {
    const path = posix(relative(base, absolute))
    const relativePath = root === base ? path : posix(relative(root, absolute))
    return new FileSource(path, relativePath, {
      read() {
        try {
          const content = tree.read(absolute, limits.fileBytes)
          return content instanceof Uint8Array && content.byteLength > limits.fileBytes
            ? { size: content.byteLength }
            : content
        } catch (error) {
          throw error instanceof UsageError ? error : new UsageError(`Can't be read: ${path}`)
        }
      },
      state: () => tree.state(absolute),
    })
  })
  return sources.sort((a, b) => compareText(a.path, b.path))
}

/** An absolute path of a file that the config names, such as the baseline. */
export function inProject(project: Project, path: string): string {
  return join(project.base, path)
}
