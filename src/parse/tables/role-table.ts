/** What the dialects have in common whose tables name roles themselves, in their columns or rows. */
import type { Cell } from '../blocks/cells.ts'
import type { NameCandidate, Surroundings, WrittenRole } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { configuredScope, scopeInText } from '../page/scope.ts'
import { COMMUNITY } from '../words/permission-headings.ts'
import { isRoleLike, roleNames } from '../words/role-name.ts'
import { accessOf, lastWordOf, operationId, wordsOf } from '../words/vocabulary.ts'
import { levelApart } from './role-levels.ts'

/** Headings of a column that says whether, and not who. */
const WHETHER =
  /^(?:access|allowed|available|default(?: (?:access|owner|setting|state|value))?|enabled|granted|included|permitted|status|supported|value)\??$/i

/** Whether a column's heading says that it holds whether something is allowed: “Allowed”, “Default”. */
export function saysWhether(text: string): boolean {
  return WHETHER.test(text)
}

/**
 * The surroundings of a table or list of roles, with the scope that its own heading or the nearest heading names: one page may
 * hold the roles of several scopes. Where roles of one name stand under headings of different levels, those are scopes. What the config says of the page counts before.
 */
export function surroundingsOfRoles(input: BlockInput): Surroundings {
  const { surroundings, settings, block, grid } = input
  if (surroundings.partial !== null || configuredScope(block.page, settings) !== null) return surroundings
  const headings = block.headings.map((heading) => heading.text).reverse()
  for (const text of [grid.header[0]?.text ?? '', grid.caption?.text ?? '', ...headings]) {
    const scope = scopeInText(text, settings)
    if (scope !== null) return { ...surroundings, scope }
  }
  return surroundings.scope === null ? { ...surroundings, scope: levelApart(block, settings) } : surroundings
}

/** The roles that a cell names. */
export function rolesIn(cell: Cell, input: BlockInput): WrittenRole[] {
  return roleNames(cell.text).map((text) => ({ text, evidence: input.evidence(cell.span) }))
}

/** The role that a block's panel or heading names for certain, or `null`. */
export function roleAround(input: BlockInput): WrittenRole | null {
  const name = input.surroundings.names.find((candidate) => candidate.kind !== 'value')
  if (!name || name.kind === 'page' || !isRole(name, input)) return null
  return { text: name.text, evidence: input.evidence(name.span) }
}

function isRole(name: NameCandidate, { settings }: BlockInput): boolean {
  return isRoleLike(name.text, settings)
}

/** The headings that an action stands under: those of the page, then the panels and the headings in them. */
export function pathOf({ surroundings }: BlockInput): string[] {
  const inner = surroundings.names.filter((name) => name.kind === 'label' || name.kind === 'heading')
  return [...new Set([...surroundings.headings, ...inner.map((name) => name.text).reverse()])]
}

/** Whether a label says what is done: one of its first words is an operation (“Create projects”, “can read on Log”). */
export function saysAction(label: string, settings: BlockInput['settings']): boolean {
  return wordsOf(label)
    .slice(0, 4)
    .some((word) => accessOf(word, settings) !== null)
}

/** Whether a text is an operation and nothing more: `Create`, `Snapshot Create`. */
export function isOperation(text: string, settings: BlockInput['settings']): boolean {
  return /^[A-Za-z][A-Za-z -]*$/.test(text) && accessOf(operationId(text), settings) !== null
}

/** The same for a text whose last word is the operation: “Create projects” says on what as well. */
export function isBareOperation(text: string, settings: BlockInput['settings']): boolean {
  return isOperation(text, settings) && accessOf(lastWordOf(text), settings) !== null
}

/** Headings of who fills a role of a team. */
const PEOPLE =
  /^(?:assignees?|contacts?|e-?mails?|github(?: handles?)?|handles?|members?|names?|persons?|people|skills?|who)$/i

/** Whether a table of roles says who fills those of a team, or what is expected of them. */
export function isOfPeople({ grid, surroundings }: BlockInput): boolean {
  const titles = grid.header.slice(1).map(({ text }) => text)
  if (titles.some((title) => PEOPLE.test(title))) return true
  return surroundings.names.some(({ text }) => COMMUNITY.test(text))
}

/** Whether a table of roles is about those that elements of a page have for screen readers. */
export function isOfElements({ grid, surroundings }: BlockInput): boolean {
  if (surroundings.names.some(({ text }) => /\baria\b/i.test(text))) return true
  return grid.header.some(({ text }) => /^(?:html |jsx )?(?:elements?|tags?|widgets?)$|^aria\b/i.test(text))
}
