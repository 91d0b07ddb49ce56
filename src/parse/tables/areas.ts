/** Tables of one form under the headings of a page: under the names of roles, or under the areas of a product. */
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { type Cell, readGrid } from '../blocks/cells.ts'
import type { BlockInput } from '../dialect.ts'
import type { Block, Heading, Page } from '../page/page.ts'
import { headingName, isRoleTitle } from '../words/role-name.ts'

/** The tables of a page by the words of their headers. */
const tablesOf = remembered((page: Page): ReadonlyMap<string, Block[]> => {
  const ofPage = page.blocks.filter(({ kind, panels }) => kind === 'table' && panels.length === 0)
  return Map.groupBy(ofPage, (block) => wordsOf(readGrid(block).header))
})

function wordsOf(header: readonly Cell[]): string {
  return header.map(({ text }) => text.toLowerCase()).join('\n')
}

/** The tables of the page that have the same headings, this one among them: one list, in parts. */
export function tablesAlike({ block, grid }: BlockInput): readonly Block[] {
  return tablesOf(block.page).get(wordsOf(grid.header)) ?? [block]
}

/**
 * Whether the heading above a table is that of an area, be it called like a role (“Admin”): those above the tables of its form
 * beside it are for the most part no roles, and no heading around them says that roles follow.
 */
export function isUnderArea(input: BlockInput): boolean {
  const own = headingAbove(input.block)
  if (own === undefined || input.surroundings.names.some(({ text }) => /\broles?\b/i.test(text))) return false
  const headings = new Set<Heading>()
  for (const table of tablesAlike(input)) {
    const heading = headingAbove(table)
    if (heading?.depth === own.depth) headings.add(heading)
  }
  const roles = [...headings].filter(({ text }) => isRole(text, input.settings))
  return headings.size > 1 && roles.length * 2 < headings.size
}

function headingAbove({ headings }: Block): Heading | undefined {
  return headings.findLast(({ panel }) => panel === null)
}

function isRole(text: string, settings: Settings): boolean {
  return isRoleTitle(headingName(text), settings)
}
