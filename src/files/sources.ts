/** Finds and reads source files. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
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

/** Reads one file as UTF-8. */
export async function readSource(absolute: string, path: string, relativePath: string): Promise<SourceFile> {
  const bytes = await readFile(absolute)
  return { path, relativePath, text: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') }
}
