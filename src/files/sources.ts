/** Finds and reads source files. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import picomatch from 'picomatch'
import { glob } from 'tinyglobby'
import { compareText } from '../diagnostic.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { sha256 } from './hash.ts'

/** What is had of a file that is larger than was asked for. */
export interface TooLarge {
  /** In bytes. */
  size: number
}

/**
 * The bytes of a file, or, where it has more than `most`, their number alone. Throws where it is no file: what was one
 * when it was looked for may be a pipe now, which would be waited for.
 */
export function readAtMost(absolute: string, most: number): Uint8Array | TooLarge {
  const descriptor = openSync(absolute, OPEN)
  try {
    const info = fstatSync(descriptor)
    if (!info.isFile()) throw new Error(`No file: ${absolute}`)
    return info.size > most ? { size: info.size } : readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Without waiting for a writer, where the path is a named pipe. Windows has none. */
const OPEN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

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

/** A file's bytes as UTF-8; of a larger one than the limit, none. The hash is made when it is asked for: of most nobody wants it. */
export function sourceOf(
  content: Uint8Array | TooLarge,
  path: string,
  relativePath: string,
  most = Number.POSITIVE_INFINITY,
): SourceFile {
  const size = 'size' in content ? content.size : content.byteLength
  if ('size' in content || size > most) return { path, relativePath, text: '', sha256: sha256(''), tooLarge: size }
  const bytes = content
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // Bytes that are no UTF-8 can't be had again from the text.
  let hash = text.includes('\uFFFD') ? sha256(bytes) : null
  return {
    path,
    relativePath,
    text,
    get sha256() {
      hash ??= sha256(text)
      return hash
    },
  }
}
