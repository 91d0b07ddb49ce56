import type { Finding } from '../../diagnostic.ts'
import { remembered } from '../../remembered.ts'
import { componentKey } from '../../text.ts'
import { type Grid, readGrid } from '../blocks/cells.ts'
import { isUnticked, readItems } from '../blocks/list.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import type { Page } from '../page/page.ts'
import { speaksAround } from '../unread/around.ts'
import { strayLines } from '../unread/lost-bullets.ts'
import { areOperations } from '../unread/own-ids.ts'
import { holdsOthers } from '../unread/subject.ts'
import { accessOf } from '../words/vocabulary.ts'

/** Bullets of bare operations, under the name of the component that they belong to. */
export default defineDialect({
  id: 'operation-list',
  summary: 'A list of operations, under the name of a component',
  block: 'list',
  examples: [
    {
      name: 'an accordion panel',
      mdx: '<AccordionPanel title="Audit">\n\n- get\n- list\n\n</AccordionPanel>\n',
      expect: ['operation: Audit get', 'operation: Audit list'],
    },
  ],
  score(input) {
    if (input.surroundings.names.length === 0 || holdsOthers(input)) return 0
    if (!speaksAround(input) && !isCatalogued(input) && !hasKeys(input.block.page)) return 0
    const items = readItems(input.block)
    const isKnown = (word: string) => accessOf(word, input.settings) !== null
    const hasKnown = items.some(({ text }) => text !== '' && words(text).every(isKnown))
    if (!hasKnown && !hasLostBullet(input)) return 0
    // Of ids with other signs in them (`delete_posts`) none would be read: they are reported together.
    if (areOperations(input))
      return items.some(({ text }) => words(text).some((word) => OPERATION.test(word))) ? 0.8 : 0
    // Operations of the product's own (`moor`, `tow`) are some where the page's catalogue knows the component.
    const shaped = items.every(
      (item) => words(item.text).length <= 3 && words(item.text).every((word) => OPERATION.test(word)),
    )
    return shaped && isCatalogued(input) ? 0.8 : 0
  },
  read(input) {
    const component = input.surroundings.names[0]?.text as string
    const findings: Finding[] = []
    const claims: Claim[] = []
    for (const item of readItems(input.block)) {
      const evidence = input.evidence(item.span)
      // More than one word is a line whose bullet was lost, glued to the item above; prose is none.
      const operations = words(item.text)
      if (
        operations.length > 0 &&
        operations.every((word) => OPERATION.test(word) && accessOf(word, input.settings) !== null)
      ) {
        for (const operation of isUnticked(item) ? [] : operations)
          claims.push({ kind: 'operation', block: input.surroundings, component, operation, evidence })
      } else if (OPERATION.test(item.text)) {
        if (isUnticked(item)) continue
        claims.push({ kind: 'operation', block: input.surroundings, component, operation: item.text, evidence })
      } else {
        const message = `\`${item.text}\` stands in a list of operations but is none, so it is not in the model.`
        findings.push(unrecognised(input, item.span, message, [component, item.text]))
      }
    }
    return { value: claims, findings }
  },
})

const OPERATION = /^[a-z][A-Za-z]*$/

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** Whether the only operation that is known has lost its bullet: it stands above the list, or has the next one glued to it. */
function hasLostBullet({ block, settings }: BlockInput): boolean {
  const isKnown = (text: string) => words(text).some((word) => accessOf(word, settings) !== null)
  const glued = readItems(block).some(({ text }) => isKnown(text))
  return (glued || strayLines(block).some(({ ids }) => isKnown(ids[2] ?? ''))) && hasKeys(block.page)
}

/** Whether a table of the page gives resource keys: such a page is never passed over, and elsewhere so short a list says too little. */
const hasKeys = remembered((page: Page): boolean => {
  return tablesOf(page).some(({ header }) => header.some(({ text }) => /^resource keys?$/i.test(text)))
})

/** Whether a table of the page names the component in one of its first two columns, a plural allowed. */
function isCatalogued({ block, surroundings }: BlockInput): boolean {
  return cataloguedOn(block.page).has(componentKey(surroundings.names[0]?.text ?? ''))
}

/** The keys of the components that the page's tables name. */
const cataloguedOn = remembered((page: Page): ReadonlySet<string> => {
  const cells = tablesOf(page).flatMap(({ rows }) => rows.flatMap((row) => row.cells.slice(0, 2)))
  return new Set(cells.filter((cell) => cell.text !== '').map((cell) => componentKey(cell.text)))
})

function tablesOf({ blocks }: Page): Grid[] {
  return blocks.flatMap((block) => (block.kind === 'table' ? readGrid(block) : []))
}
