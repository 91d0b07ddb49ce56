/** Finds and reads source files. */
import { createHash } from 'node:crypto'
import picomatch from 'picomatch'
import { glob } from 'tinyglobby'
import { compareText } from '../diagnostic.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'

/** Absolute paths of the files under a folder that the settings include, sorted. Symbolic links are not followed. */
export async function findFiles(folder: string, settings: Settings): Promise<string[]> {
  const found = await glob(settings.include, {
    cwd: folder,
    ignore: settings.exclude,
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  })
  return found.sort(compareText)
}

/** Whether the settings include a file of this path, relative to the root, were it there. */
export function isIncluded(path: string, settings: Settings): boolean {
  return picomatch.isMatch(path, settings.include) && !picomatch.isMatch(path, settings.exclude)
}

/** Reads one file as UTF-8. */
export async function readSource(
  tree: { read(absolute: string): Promise<Uint8Array> },
  absolute: string,
  path: string,
  relativePath: string,
): Promise<SourceFile> {
  const bytes = await tree.read(absolute)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return { path, relativePath, text, sha256: createHash('sha256').update(bytes).digest('hex') }
}
