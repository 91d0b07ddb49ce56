/** What a format for changes is: a comparison to text. One file each, beside this one. */
import type { Comparison } from '../../diff/document.ts'

export interface ChangeOptions {
  /** Whether escape codes may be used. */
  color: boolean
  /** Absolute URL that a path of the newer side is added to, to see the file there; it ends in a slash. */
  linkBase: string | null
  /** A hexadecimal digest of a text, of at least 32 digits: the same for the same text. */
  digest: (text: string) => string
}

export interface ChangeFormat {
  id: string
  summary: string
  /** The comparison as text that ends in a newline. */
  format(comparison: Comparison, options: ChangeOptions): string
}

/** Gives a format its type. */
export function defineChangeFormat(format: ChangeFormat): ChangeFormat {
  return format
}
