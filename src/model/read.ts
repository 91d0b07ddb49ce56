import { type ReadOptions, readFiles } from '../parse/read.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { buildModel } from './build.ts'
import type { Model } from './model.ts'

/**
 * Reads files into a model and checks nothing: for questions to the data, which load no rule. Pure: the order of `files`
 * changes nothing; content never makes it throw.
 */
export function readModel(
  files: readonly SourceFile[],
  settings: Settings,
  version: string,
  options: ReadOptions = {},
): Model {
  return buildModel(readFiles(files, settings, options).value, version, settings).value
}
