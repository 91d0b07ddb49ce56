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
export function quietPage(
  file: SourceFile,
  { prose, inclusions, frontMatter }: QuietText,
  settings: Settings,
): Page | null {
  const locator = new Locator(file)
  const includes = inclusions.flatMap((offset): Include[] => {
    const tag = scanTag(file.text, offset)
    const element = tag && { start: tag.start, contentStart: tag.end, attributes: tag.attributes }
    const include = element && readInclude(element, file.text, locator, settings)
    return include ? [{ ...include, headings: [], panels: [] }] : []
  })
  if (includes.length < inclusions.length) return null
  return {
    file,
    get frontMatter() {
      return frontMatter ?? readFrontMatter(file.text)
    },
    title: '',
    get titleSpan() {
      return locator.span(0, 0)
    },
    structure: {
      masked: file.text,
      elements: [],
      objects: new Map(),
      unclosed: [],
      comments: [],
      brokenFences: [],
      margins: [],
      repairs: [],
    },
    locator,
    blocks: [],
    includes,
    headings: [],
    footnotes: new Map(),
    paragraphs: [],
    prose,
  }
}
