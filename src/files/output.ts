/** Writes what a build made. */
import { cp, rm } from 'node:fs/promises'
import { type Content, writeAll } from './atomic.ts'
import { writeError } from './write-error.ts'

/** Replaces or makes these files under a folder, whatever else it holds: all of them, or none. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, Content>): Promise<void> {
  await writeAll(folder, files)
}

/** Copies a folder with all that is in it. */
export async function copyFolder(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true })
  } catch (error) {
    throw writeError(error, to)
  }
}

/** Removes a folder with all that is in it; none need be there. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
