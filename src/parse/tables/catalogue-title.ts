/** Whether the title of a block is that of a role, or of a list of what there is. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { foldedName, singular } from '../../text.ts'
import { readGrid } from '../blocks/cells.ts'
import type { NameCandidate } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import type { Block, Context, Heading, Page } from '../page/page.ts'
import { ROLE_COLUMN } from '../words/permission-headings.ts'
import { headingName, isRoleLike } from '../words/role-name.ts'
import { accessOf, wordsOf } from '../words/vocabulary.ts'

/**
 * The title of a block that belongs to no role (“Available Resource Keys”, “RBAC Model Structure”), or `null`: its name
 * has a word of `vocabulary.catalogues`, or names what all its permissions are on, and neither its last word nor a role
 * table says that it is a role.
 */
export function catalogueTitle(input: BlockInput, permissions: readonly { resource: string }[] = []): string | null {
  const name = input.surroundings.names[0]
  if (name === undefined || isRoleLike(name.text, input.settings)) return null
  const words = new Set(wordsOf(name.text))
  const isCatalogue = input.settings.vocabulary.catalogues.some((word) => words.has(word)) || LISTING.test(name.text)
  if (!isCatalogue && !isPart(writtenAs(name, input), input.settings) && !namesResource(input, name, permissions))
    return null
  return hasRoleTable(name, input) ? null : name.text
}

/** Headings that end in a word for what a page holds, and not for who does something: “Action definitions”, “Permission nodes”. */
const LISTING =
  /\b(?:catalog(?:ue)?|definitions|details|glossary|index|list|overview|summary|table)s?$|\b(?:capability|permission|privilege|scope) [a-z]+s$/i

/** A heading with its number. */
function writtenAs(name: NameCandidate, { block }: BlockInput): string {
  return block.headings.find(({ text }) => text !== name.text && headingName(text) === name.text)?.text ?? name.text
}

/** Headings of parts of a page that say what is to be done, and name nobody who may do it. */
const PART =
  /^(?:authentication|configuration|getting started|installation|introduction|overview|prerequisites?|quick ?start|requirements?|set ?up|usage)$/i

/** Whether a heading is that of such a part, or of a step: “1. Create a bot”. */
function isPart(text: string, settings: Settings): boolean {
  const [number = ''] = /^(?:step )?\d{1,2}[.):]?\s+/i.exec(text) ?? []
  const words = wordsOf(text.slice(number.length))
  if (PART.test(words.join(' '))) return true
  return number !== '' && words.length > 1 && accessOf(words[0] as string, settings) !== null
}

/**
 * Whether a name stands in the resource of each permission (“Airflow Connections” of `airflow.connection.get`), or ends in it (“Auth
 * Tokens” of `token.get`): it says what they are on, and not who holds them. Under a heading that says “Roles” it is that of a role all the same.
 */
function namesResource(
  { surroundings: { names } }: BlockInput,
  name: NameCandidate,
  permissions: readonly { resource: string }[],
): boolean {
  // A heading around an included page names the role before the page's own title does.
  if (name.kind === 'page' && names.some(({ kind }) => kind !== 'page')) return false
  const within = (text: string) => ` ${wordsOf(text).map(singular).join(' ')} `
  if (permissions.length === 0 || names.some(({ text }) => /\broles$/i.test(text))) return false
  return permissions.every(({ resource }) => {
    return within(resource).includes(within(name.text)) || within(name.text).endsWith(within(resource))
  })
}

/** Whether a table of the page lists the name as a role, or the section has a role table that may say whose block it is. */
function hasRoleTable(name: NameCandidate, input: BlockInput): boolean {
  const { bySection, byRole } = roleTablesOf(input.block.page)
  const isOther = (table: Block | null | undefined) => table !== undefined && table !== input.block
  if (name.kind === 'section' && isOther(bySection.get(sectionOf(input.block)))) return true
  return isOther(byRole.get(foldedName(name.text)))
}

/** The innermost heading around a block that stands in no panel. */
function sectionOf({ headings }: Context): Heading | undefined {
  return headings.findLast((heading) => heading.panel === null)
}

/** The one role table of a section, and the one that lists a role; `null` for several. */
interface RoleTables {
  bySection: Map<Heading | undefined, Block | null>
  byRole: Map<string, Block | null>
}

const roleTablesOf = remembered((page: Page): RoleTables => {
  const found: RoleTables = { bySection: new Map(), byRole: new Map() }
  for (const block of page.blocks) {
    if (block.kind !== 'table') continue
    const { header, rows } = readGrid(block)
    if (!ROLE_COLUMN.test(header[0]?.text ?? '')) continue
    note(found.bySection, sectionOf(block), block)
    for (const { cells } of rows) note(found.byRole, foldedName(cells[0]?.text ?? ''), block)
  }
  return found
})

function note<Key>(known: Map<Key, Block | null>, key: Key, table: Block): void {
  const other = known.get(key)
  known.set(key, other === undefined || other === table ? table : null)
}
