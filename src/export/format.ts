/** What an export format is: a dataset to files. One file each, in `formats/`. Pure: bytes depend on the dataset alone. */
import type { Dataset } from '../model/dataset.ts'

export interface ExportedFile {
  /** File name, such as `dataset.json`. */
  name: string
  /** What it is, for the data page. */
  title: string
  description: string
  text: string
}

export interface ExportFormat {
  id: string
  summary: string
  files(dataset: Dataset): ExportedFile[]
}

/** Gives a format its type. */
export function defineFormat(format: ExportFormat): ExportFormat {
  return format
}
