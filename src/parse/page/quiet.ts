/** Pages that hold nothing but prose: what stands in for them where they were not parsed. */
import type { Settings } from '../../settings/schema.ts'
import { type FrontMatter, readFrontMatter } from '../markdown/front-matter.ts'
import type { Prose } from '../prose.ts'
import { Locator, type SourceFile } from '../source.ts'
import type { Structure } from '../structure/structure.ts'
import { scanTag } from '../structure/tag.ts'
import { readInclude } from './include.ts'
import type { Include, Page } from './page.ts'

/** What is known of a text that holds no block and no finding. */
export interface QuietText {
  prose: Prose
  /** 0-based offsets of the tags that include partials, in order. */
  inclusions: readonly number[]
  /** Whether it has tables that would matter where what stands around them speaks of permissions. */
  tables: boolean
  /** What it begins with, where that has a key of partials. */
  frontMatter: FrontMatter | null
}

/**
 * What a page's text says to anything but itself, in a few characters: what is written elsewhere means the same for as long as
 * this does. `null` of a page that may be included, or includes another.
 */
export function gistOf({ prose, inclusions, frontMatter }: QuietText): string | null {
  if (inclusions.length > 0 || frontMatter !== null) return null
  return gistOfProse(prose)
}

/** The same of a page of which its prose is all there is. */
export function gistOfProse({ codes, links }: Prose): string {
  return JSON.stringify([codes.map(({ text }) => text), links.map(({ target }) => target)])
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
  readonly inheritances = []
  readonly frontMatter: FrontMatter
  #locator: Locator | undefined

  constructor(file: SourceFile, { prose, frontMatter }: QuietText) {
    this.file = file
    this.prose = prose
    this.frontMatter = frontMatter ?? new UnreadFrontMatter(file)
  }

  get locator(): Locator {
    this.#locator ??= new Locator(this.file)
    return this.#locator
  }

  get titleSpan(): Page['titleSpan'] {
    return this.locator.span(0, 0)
  }

  get structure(): QuietStructure {
    return new QuietStructure(this.file)
  }
}

/** No rule reads the masked text of a page that holds nothing, but any may. */
class QuietStructure implements Structure {
  readonly elements = []
  readonly objects = NOTHING
  readonly unclosed = []
  readonly comments = []
  readonly brokenFences = []
  readonly margins = []
  readonly repairs = []
  readonly #file: SourceFile

  constructor(file: SourceFile) {
    this.#file = file
  }

  get masked(): string {
    return this.#file.text
  }
}

/** Of a page that is no partial nobody asks for a value. */
class UnreadFrontMatter implements FrontMatter {
  readonly values = NOTHING
  readonly places = NOTHING
  readonly error = null
  readonly #file: SourceFile

  constructor(file: SourceFile) {
    this.#file = file
  }

  /** Asked for by rules that read the text themselves. */
  get end(): number {
    return readFrontMatter(this.#file.text).end
  }
}

const NOTHING: ReadonlyMap<never, never> = new Map<never, never>()
const NO_FOOTNOTES: Page['footnotes'] = new Map()
