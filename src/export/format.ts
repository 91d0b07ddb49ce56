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
  /** Names of the columns, where it is a table. */
  columns?: string[]
}

/** A database in memory, of which a format makes bytes: the part of `node:sqlite`'s `DatabaseSync` that is used. */
export interface Database {
  exec(sql: string): void
  prepare(sql: string): { run(...values: (string | number | null)[]): unknown }
  /** The bytes of its file. */
  serialize(): Uint8Array
  close(): void
}

export interface ExportContext {
  /** Of the config, or the defaults. */
  settings: Settings
  /** An empty database; absent where the program that runs this has none. */
  openDatabase?: (() => Database) | null
}

export interface ExportFormat {
  id: string
  summary: string
  files(dataset: Dataset, context: ExportContext): ExportedFile[]
  /** Formats that the config adds, each of which can be asked for by an id of its own; their files are among `files`. */
  variants?(settings: Settings): ExportFormat[]
  /** Why it can't be written here, as the rest of a sentence about it; `null` where it can. It then has no files. */
  unavailable?(context: ExportContext): string | null
}

/** Gives a format its type. */
export function defineFormat(format: ExportFormat): ExportFormat {
  return format
}
