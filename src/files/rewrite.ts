/** Writes changed text over a file that was read. */
import { lstat, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { SourceFile } from '../parse/source.ts'
import { replaceFile } from './atomic.ts'
import { sha256 } from './hash.ts'
import { contains } from './paths.ts'
import { reasonOf } from './write-error.ts'

/**
 * Replaces a file's text in one step: a reader sees the old or the new, never a part. Its mode stays.
 *
 * @param root absolute folder that the file was found under; a file that a link leads out of it is not written
 * @param read the file as it was read
 * @returns `null`, or why the file was left alone
 */
export async function rewrite(absolute: string, root: string, read: SourceFile, text: string): Promise<string | null> {
  const info = await lstat(absolute).catch(() => null)
  if (!info?.isFile()) return 'is no plain file'
  const [folder, top] = [await realpath(dirname(absolute)), await realpath(root)]
  if (!contains(top, folder)) return 'stands outside of its root'
  if (sha256(await readFile(absolute)) !== read.sha256) return 'changed in the meantime'
  try {
    await replaceFile(join(folder, basename(absolute)), text, info.mode & 0o7777)
    return null
  } catch (error) {
    return `can't be written: ${reasonOf(error) ?? error}`
  }
}
