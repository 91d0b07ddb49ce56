/** What stands around a block: names, sections and scope, through the inclusions that lead to it. */
import type { Settings } from '../../settings/schema.ts'
import type { NameCandidate, Surroundings } from '../claim.ts'
import { asksForProps, keyOfProps, type Props, withProps } from '../structure/props.ts'
import { headingName, isRoleLike, withoutRole } from '../words/role-name.ts'
import type { Block, Context, Page } from './page.ts'
import { chainOf, type PartialIndex, spansOf, type Use } from './partials.ts'
import { scopeOfPage } from './scope.ts'

interface Layer {
  page: Page
  context: Context
  props: Props
}

/** The surroundings of a block, or of a paragraph, in one reading of its page. */
export function surroundingsOf(
  block: Context & Pick<Block, 'page' | 'span'>,
  use: Use,
  partials: PartialIndex,
  settings: Settings,
): Surroundings {
  const { page } = block
  const partial = partials.identityOf(page)
  // Innermost first: the block in its own file, then each inclusion outwards.
  const layers: Layer[] = [{ page, context: block, props: use.props }]
  for (let inner = use; inner.outer && inner.include; inner = inner.outer) {
    layers.push({ page: inner.outer.page, context: inner.include, props: inner.outer.props })
  }
  let scope: string | null = null
  for (const layer of layers) scope ??= scopeOfPage(layer.page, settings, layer.props, layer.context)
  return {
    scope,
    names: layers.flatMap((layer) => namesOf(layer, settings)),
    sections: layers.flatMap(sectionsOf),
    headings: layers
      .reverse()
      .flatMap(({ context, props }) => outerHeadings(context).map((heading) => withProps(heading.text, props))),
    partial,
    props: use.props,
    usedBy: partials.siteSpansOf(page),
    evidence: { span: block.span, via: spansOf(chainOf(use)) },
  }
}

function namesOf({ page, context, props }: Layer, settings: Settings): NameCandidate[] {
  const names: NameCandidate[] = []
  for (const panel of [...context.panels].reverse()) {
    for (const heading of context.headings.filter((h) => h.panel === panel).reverse()) {
      names.push({ text: nameOf(heading.text, settings), kind: 'heading', span: heading.span })
    }
    for (const name of panel.names) names.push({ text: name.text, kind: name.kind, span: name.span })
  }
  for (const heading of outerHeadings(context).reverse()) {
    names.push({ text: nameOf(heading.text, settings), kind: 'section', span: heading.span })
  }
  if (page.title !== '') names.push({ text: page.title, kind: 'page', span: page.titleSpan })
  return names
    .map((name) => ({ ...name, text: withProps(name.text, props) }))
    .filter((name) => !(asksForProps(name.text) && /^\{[^{}]*\}$/.test(name.text)))
}

/** “Dock Admin role” heads the section of the dock admin; a “Custom role” is nobody. */
function nameOf(heading: string, settings: Settings): string {
  const name = headingName(heading)
  const bare = withoutRole(name)
  return bare !== name && isRoleLike(bare, settings) ? bare : name
}

function outerHeadings(context: Context): Context['headings'] {
  return context.headings.filter((heading) => heading.panel === null)
}

/** A section of a partial that is read with other props is another one. */
function sectionsOf({ page, context, props }: Layer): string[] {
  const headings = outerHeadings(context).reverse()
  const offsets = [...headings.map((heading) => String(heading.offset)), '']
  return offsets.map((offset) => `${page.file.path}#${offset}${keyOfProps(props)}`)
}
