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

/** A file's bytes as UTF-8. The hash is made when it is asked for: of most files nobody wants it. */
export function sourceOf(bytes: Uint8Array, path: string, relativePath: string): SourceFile {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // Bytes that are no UTF-8 can't be had again from the text.
  let hash = text.includes('\uFFFD') ? hashOf(bytes) : null
  return {
    path,
    relativePath,
    text,
    get sha256() {
      hash ??= hashOf(text)
      return hash
    },
  }
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
