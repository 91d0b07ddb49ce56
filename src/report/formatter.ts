/** What a report formatter is: diagnostics to text. One file each, in `formatters/`. */
import type { Diagnostic } from '../diagnostic.ts'

export interface Summary {
  files: number
  blocks: number
  roles: number
  grants: number
  errors: number
  warnings: number
  /** Findings that the baseline accepts. */
  baselined: number
}

export interface Report {
  /** Sorted by place; accepted ones are not among them. */
  diagnostics: Diagnostic[]
  summary: Summary
  /** Text of each file by path, for code frames. */
  sources: ReadonlyMap<string, string>
  /** Version of Rolebook that made the report. */
  version: string
  /** 1-based lines that a change touched, by path, where one is looked at: findings on them come first where not all fit. */
  changed?: ReadonlyMap<string, ReadonlySet<number>>
  /** Absolute URL that a path is added to, to see the file as it was checked; it ends in a slash. */
  sourceUrl?: string
}

export interface Formatter {
  id: string
  summary: string
  /** The report as text that ends in a newline, or `''` for nothing. `color` says whether escape codes may be used. */
  format(report: Report, options: { color: boolean }): string
}

/** Gives a formatter its type. */
export function defineFormatter(formatter: Formatter): Formatter {
  return formatter
}
