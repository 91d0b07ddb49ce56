/** What an export format is: a dataset to files. One file each, in `formats/`. Pure: bytes depend on the dataset and the settings alone. */
import type { Dataset } from '../model/dataset.ts'
import type { Settings } from '../settings/schema.ts'

export interface ExportedFile {
  /** Path under the folder of the version, with forward slashes: `dataset.json`, `policies/aws-nodes.json`. */
  name: string
  /** What it is, for the data page. */
  title: string
  description: string
  content: string | Uint8Array
}

export interface ExportContext {
  /** Of the config, or the defaults. */
  settings: Settings
}

export interface ExportFormat {
  id: string
  summary: string
  files(dataset: Dataset, context: ExportContext): ExportedFile[]
}

/** Gives a format its type. */
export function defineFormat(format: ExportFormat): ExportFormat {
  return format
}
