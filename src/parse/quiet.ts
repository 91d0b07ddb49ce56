/** Pages that hold nothing but prose: what stands in for them where they were not parsed. */
import type { Settings } from '../settings/schema.ts'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { readInclude } from './include.ts'
import type { Include, Page } from './page.ts'
import type { Prose } from './prose.ts'
import { Locator, type SourceFile } from './source.ts'
import { scanTag } from './tag.ts'

/** What is known of a text that holds no block and no finding. */
export interface QuietText {
  prose: Prose
  /** 0-based offsets of the tags that include partials, in order. */
  inclusions: readonly number[]
  /** Whether it has tables that would matter where what stands around them speaks of permissions. */
  tables: boolean
  /** What it begins with; `null` for a page that is known to be no partial: nobody asks. */
  frontMatter: FrontMatter | null
}

/**
 * A page without a block or a heading: its text, what it includes, and what rules about prose look at. `null` where an
 * inclusion can't be read by itself.
 */
export function quietPage(file: SourceFile, text: QuietText, settings: Settings): Page | null {
  const page = new QuietPage(file, text)
  for (const offset of text.inclusions) {
    const tag = scanTag(file.text, offset)
    const element = tag && { start: tag.start, contentStart: tag.end, attributes: tag.attributes }
    const include = element && readInclude(element, file.text, page.locator, settings)
    if (!include) return null
    page.includes.push({ ...include, headings: [], panels: [] })
  }
  return page
}

/** There are thousands of them, and of most nothing is asked: what costs is made when it is. */
class QuietPage implements Page {
  readonly file: SourceFile
  readonly prose: Prose
  readonly includes: Include[] = []
  readonly title = ''
  readonly blocks = []
  readonly headings = []
  readonly footnotes: Page['footnotes'] = NO_FOOTNOTES
  readonly paragraphs = []
  readonly #frontMatter: FrontMatter | null
  #locator: Locator | undefined

  constructor(file: SourceFile, { prose, frontMatter }: QuietText) {
    this.file = file
    this.prose = prose
    this.#frontMatter = frontMatter
  }

  get frontMatter(): FrontMatter {
    return this.#frontMatter ?? readFrontMatter(this.file.text)
  }

  get locator(): Locator {
    this.#locator ??= new Locator(this.file)
    return this.#locator
  }

  get titleSpan(): Page['titleSpan'] {
    return this.locator.span(0, 0)
  }

  get structure(): Page['structure'] {
    return {
      masked: this.file.text,
      elements: [],
      objects: new Map(),
      unclosed: [],
      comments: [],
      brokenFences: [],
      margins: [],
      repairs: [],
    }
  }
}

const NO_FOOTNOTES: Page['footnotes'] = new Map()
