/** Partials of the current version, lent to a version that lacks them. */
import { compareText, type Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import type { Settings } from '../../settings/schema.ts'
import { readFrontMatter } from '../markdown/front-matter.ts'
import type { SourceFile } from '../source.ts'
import { exactKey, type Identity, identityIn } from './identity.ts'
import { type Page, readPage } from './page.ts'

/** Partials of another set of files, of which only those that somebody asks for are read: a version borrows what it lacks. */
export class Lender {
  readonly #settings: Settings
  readonly #files = new Map<string, SourceFile>()
  readonly #pages = new Map<string, Page>()
  /** Findings about the pages that were lent. */
  readonly findings: Finding[] = []

  /** `files` in any order; those that are no partials are passed over. Only what is lent is read in full. */
  constructor(files: readonly SourceFile[], settings: Settings) {
    this.#settings = settings
    for (const file of [...files].sort((a, b) => compareText(a.path, b.path))) {
      if (!file.text.includes(settings.partials.frontMatterName)) continue
      const identity = identityIn(readFrontMatter(file.text), settings)
      const key = identity && exactKey(identity)
      if (key !== null && !this.#files.has(key)) this.#files.set(key, file)
    }
  }

  /** The pages that were lent. */
  get lent(): Page[] {
    return [...this.#pages.values()]
  }

  /** The partial of a name, read once; `null` where no file has it. Of several files with one name the first by path counts. */
  lend(identity: Identity): Page | null {
    const key = exactKey(identity)
    const known = this.#pages.get(key)
    if (known) return known
    const file = this.#files.get(key)
    if (!file) return null
    const { value, findings } = readPage(file, this.#settings)
    this.#pages.set(key, value)
    addAll(this.findings, findings)
    return value
  }
}
