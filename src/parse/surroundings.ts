/** What stands around a block: names, sections and scope, through the inclusions that lead to it. */
import type { Settings } from '../settings/schema.ts'
import type { NameCandidate, Surroundings } from './claim.ts'
import type { Block, Context, Page } from './page.ts'
import { type PartialIndex, spansOf } from './partials.ts'
import { scopeOfPage } from './scope.ts'

export function surroundingsOf(block: Block, partials: PartialIndex, settings: Settings): Surroundings {
  const { page } = block
  const chain = partials.chainTo(page)
  const partial = partials.identityOf(page)
  // Innermost first: the block in its own file, then each inclusion outwards.
  const layers: { page: Page; context: Context }[] = [
    { page, context: block },
    ...[...chain].reverse().map((site) => ({ page: site.page, context: site.include })),
  ]
  let scope: string | null = null
  for (const layer of layers) scope ??= scopeOfPage(layer.page, settings)
  return {
    scope,
    names: layers.flatMap((layer) => namesOf(layer.page, layer.context)),
    sections: layers.flatMap((layer) => sectionsOf(layer.page, layer.context)),
    headings: layers.reverse().flatMap((layer) => outerHeadings(layer.context).map((heading) => heading.text)),
    partial,
    usedBy: partial ? spansOf(partials.sitesOf(partial)) : [],
    evidence: { span: block.span, via: spansOf(chain) },
  }
}

function namesOf(page: Page, context: Context): NameCandidate[] {
  const names: NameCandidate[] = []
  for (const panel of [...context.panels].reverse()) {
    for (const heading of context.headings.filter((h) => h.panel === panel).reverse()) {
      names.push({ text: heading.text, kind: 'heading', span: heading.span })
    }
    for (const name of panel.names) names.push({ text: name.text, kind: name.kind, span: name.span })
  }
  for (const heading of outerHeadings(context).reverse()) {
    names.push({ text: heading.text, kind: 'section', span: heading.span })
  }
  if (page.title !== '') names.push({ text: page.title, kind: 'page', span: page.titleSpan })
  return names
}

function outerHeadings(context: Context): Context['headings'] {
  return context.headings.filter((heading) => heading.panel === null)
}

function sectionsOf(page: Page, context: Context): string[] {
  const headings = outerHeadings(context).reverse()
  return [...headings.map((heading) => `${page.file.path}#${heading.offset}`), `${page.file.path}#`]
}
