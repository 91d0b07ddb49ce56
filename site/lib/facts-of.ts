/** The files that questions to a version are asked of, made once. */
import { loadSite } from './dataset.ts'
import { encodeFacts, type FactsFiles } from './facts-file.ts'
import type { Version } from './version.ts'

const known = new WeakMap<Version, FactsFiles>()

export function factsFiles(version: Version): FactsFiles {
  let files = known.get(version)
  if (!files) {
    files = encodeFacts(version, loadSite().identity.editUrl)
    known.set(version, files)
  }
  return files
}

/** JSON in which no text of the documentation looks like a tag. */
export function factsJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
