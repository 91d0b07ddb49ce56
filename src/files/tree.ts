/** Where source files are read from: the disk, the disk with other contents laid over it, or a git revision. */
import { stat } from 'node:fs/promises'
import { basename, dirname, relative } from 'node:path'
import { compareText } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import { contains, posix } from './paths.ts'
import { findFiles, isIncluded, isPublished, readAtMost, stateOf, type TooLarge } from './sources.ts'

/** All paths are absolute. */
export interface Tree {
  /** What stands at a path; `null` for nothing, `other` for what is neither file nor folder. */
  kindOf(absolute: string): Promise<'file' | 'folder' | 'other' | null>
  /** The files under a folder that the settings include, sorted. */
  filesUnder(folder: string, settings: Settings): Promise<string[]>
  /** The bytes of a file until the next is read, or that it has more than `most`; throws where it can't be read. */
  read(absolute: string, most: number): Uint8Array | TooLarge
  /** What tells that a file is as it was (`stateOf`); `null` where it is none of the disk. */
  state(absolute: string): string | null
}

export const disk: Tree = {
  async kindOf(absolute) {
    const info = await stat(absolute).catch(() => null)
    return info === null ? null : info.isFile() ? 'file' : info.isDirectory() ? 'folder' : 'other'
  },
  filesUnder: findFiles,
  // One after the other: for thousands of small files that is faster than many at once.
  read: readAtMost,
  state: stateOf,
}

/** What a file holds instead of what the disk has: its bytes, or what reads them when they are wanted; `null` for no file. */
export type Content = Uint8Array | (() => Uint8Array) | null

/** A tree in which some files have other bytes, and some (`null`) count as missing. */
export function overlaid(tree: Tree, contents: ReadonlyMap<string, Content>): Tree {
  if (contents.size === 0) return tree
  return {
    async kindOf(absolute) {
      const own = contents.get(absolute)
      return own ? 'file' : own === null ? null : tree.kindOf(absolute)
    },
    async filesUnder(folder, settings) {
      const added = included(contents.keys(), folder, settings)
      const all = [...new Set([...(await tree.filesUnder(folder, settings)), ...added])]
      return all.filter((absolute) => contents.get(absolute) !== null).sort(compareText)
    },
    read(absolute, most) {
      const own = contents.get(absolute)
      if (own === null) throw new Error(`Missing: ${absolute}`)
      return typeof own === 'function' ? own() : (own ?? tree.read(absolute, most))
    },
    state: (absolute) => (contents.has(absolute) ? null : tree.state(absolute)),
  }
}

/** Those of some paths that are under a folder, that the settings include, and that are no published data, in no order. */
export function included(absolutes: Iterable<string>, folder: string, settings: Settings): string[] {
  const inside = [...absolutes].filter((absolute) => contains(folder, absolute))
  const byFolder = Map.groupBy(inside, (absolute) => dirname(absolute))
  byFolder.delete(folder)
  const published = [...byFolder].filter(([, paths]) => isPublished(paths.map((path) => basename(path))))
  return inside.filter(
    (absolute) =>
      isIncluded(posix(relative(folder, absolute)), settings) && !published.some(([path]) => contains(path, absolute)),
  )
}
