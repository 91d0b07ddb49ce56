/** Pages that hold nothing but prose: what stands in for them where they were read before and have not changed. */
import type { Page } from './page.ts'
import type { Prose } from './prose.ts'
import { Locator, type SourceFile } from './source.ts'

/** A page without a block, a heading or a partial: its text, and what rules about prose look at. */
export function quietPage(file: SourceFile, prose: Prose): Page {
  const locator = new Locator(file)
  return {
    file,
    frontMatter: { values: new Map(), places: new Map(), end: 0, error: null },
    title: '',
    titleSpan: locator.span(0, 0),
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
    includes: [],
    headings: [],
    footnotes: new Map(),
    paragraphs: [],
    prose,
  }
}
