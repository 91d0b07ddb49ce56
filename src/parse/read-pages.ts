/** Files to pages: parsed, or, where they are known to hold nothing but prose, taken as they are. */
import type { Outcome } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import { exactKey, type Identity, identityIn } from './page/identity.ts'
import { type Page, readPage } from './page/page.ts'
import { type QuietText, quietPage } from './page/quiet.ts'
import { scanPage } from './scan/scan.ts'
import type { SourceFile } from './source.ts'

export interface PageOptions {
  /** What is known of a file that holds nothing but prose, or `null`: such a file is not parsed. See `scanPage`. */
  quiet?: (file: SourceFile) => QuietText | null
  /** Pages that were read before, of the same files and settings: none of them is read again. */
  known?: Map<SourceFile, Outcome<Page>>
  /** Told after each file how many have been read. */
  progress?: (done: number, total: number) => void
}

export interface ReadPages {
  /** In the order of the files. */
  pages: Outcome<Page>[]
  /** Files that were not parsed. */
  quiet: ReadonlySet<SourceFile>
}

/** Reads files into pages. A quiet page that includes a partial is parsed after all, unless the partial is as quiet. */
export function readPages(
  files: readonly SourceFile[],
  settings: Settings,
  { quiet, known, progress }: PageOptions = {},
): ReadPages {
  const unread = new Set<SourceFile>()
  const waiting = new Map<SourceFile, Page>()
  const parse = (file: SourceFile): Outcome<Page> => {
    const outcome = known?.get(file) ?? readPage(file, settings)
    known?.set(file, outcome)
    return outcome
  }
  const first = files.map((file, i): Outcome<Page> => {
    const text = known?.has(file) ? null : (quiet?.(file) ?? null)
    const page = text && !isOpen(text, settings) && quietPage(file, text, settings)
    progress?.(i + 1, files.length)
    if (!page) return parse(file)
    unread.add(file)
    file.release?.()
    if (page.includes.length > 0) waiting.set(file, page)
    return { value: page, findings: [] }
  })
  if (waiting.size === 0) return { pages: first, quiet: unread }
  const plain = new PlainPartials(first, settings)
  const pages = first.map((outcome): Outcome<Page> => {
    const { file, includes } = outcome.value
    if (!waiting.has(file) || includes.every((include) => plain.has(include))) return outcome
    unread.delete(file)
    return parse(file)
  })
  return { pages, quiet: unread }
}

/** Whether it is a partial with tables that say something on some page that includes it. */
function isOpen({ tables, frontMatter }: QuietText, settings: Settings): boolean {
  return tables && frontMatter !== null && identityIn(frontMatter, settings) !== null
}

/** Partials that hold nothing but prose themselves, whatever stands around their inclusions. */
class PlainPartials {
  readonly #settings: Settings
  readonly #pages = new Map<string, Page>()
  readonly #known = new Map<string, boolean>()

  constructor(pages: readonly Outcome<Page>[], settings: Settings) {
    this.#settings = settings
    for (const { value: page } of pages) {
      const identity = identityIn(page.frontMatter, settings)
      if (identity) this.#pages.set(exactKey(identity), page)
    }
  }

  /** Whether an inclusion leads to a partial that holds nothing, nor does what it includes. */
  has(include: Identity): boolean {
    const key = exactKey(include)
    let plain = this.#known.get(key)
    if (plain === undefined) {
      // One that includes itself is none.
      this.#known.set(key, false)
      const page = this.#pages.get(key)
      const text = page && scanPage(page.file.text, this.#settings)
      plain = Boolean(text && !text.tables && page.includes.every((inner) => this.has(inner)))
      this.#known.set(key, plain)
    }
    return plain
  }
}
