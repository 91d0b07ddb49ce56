/** What the columns of a table of marks are: roles, operations, or neither. */
import { filledCells } from '../blocks/cells.ts'
import type { BlockInput } from '../dialect.ts'
import { saysDeed } from '../words/deeds.ts'
import { isPlan, orBeginning } from '../words/other-languages.ts'
import { COMPARES_ROLES } from '../words/permission-headings.ts'
import { areMembers, isRoleLike, isRoleTitle } from '../words/role-name.ts'
import { ACTION, INFORMATION } from './shape.ts'

/**
 * Whether columns of marks, from column `first` on, are roles for certain, be they called like operations (`Read`,
 * `Write`, `Admin`): two of them are words for roles, or the rows are headed as actions and say what is done.
 */
export function columnsAreRoles(input: BlockInput, first: number): boolean {
  const { header } = input.grid
  const titles = header.slice(first).map((cell) => cell.text)
  if (titles.filter((title) => title !== '' && isRoleTitle(title, input.settings)).length > 1) return true
  const label = header.slice(0, first).findLastIndex((cell) => ACTION.test(cell.text))
  if (label === -1) return false
  // “Read-Only” over actions is who may only read.
  if (titles.some((title) => input.settings.vocabulary.readOnly.includes(title.toLowerCase()))) return true
  const labels = filledCells(input.grid, label)
  return labels.filter(({ text }) => saysDeed(text, input)).length * 2 > labels.length
}

/** Whether all rows are called like roles: and not like users and roles, which are resources as well. */
export function rowsAreRoles({ grid, settings }: BlockInput): boolean {
  const labels = filledCells(grid, 0).map(({ text }) => text)
  if (labels.length < 2 || !labels.every((label) => isRoleTitle(label, settings))) return false
  return !labels.every((label) => /^(?:roles?|users?|members?)$/i.test(label))
}

/** Headings of rows that say by themselves what somebody may do, or nothing. */
const UNSAID = /^$|^(?:(?:who )?can|what)\b/i

/**
 * Whether a table says who may do what by its columns or rows alone, whatever stands around it: they are called like those who
 * share a workspace, and what is marked is what one does there (“Delete docks”). A heading over the rows says that they are something else.
 */
export function saysWhoMay(input: BlockInput, names: readonly string[], deeds: readonly string[]): boolean {
  if (!UNSAID.test(input.grid.header[0]?.text ?? '') || !areMembers(names, input.settings)) return false
  if (isOfNews(input)) return false
  const filled = deeds.filter((text) => text !== '')
  return filled.length > 1 && filled.filter((text) => saysDeed(text, input)).length * 2 > filled.length
}

/** What tells who hears of something, and not who may do it. */
const NEWS = /\b(?:alerts?|digests?|e-?mails?|events?|notifications?|notified|reminders?|triggers?)\b/i

/** Whether what stands around a table says that it is one of who is told of what. */
export function isOfNews({ grid, surroundings }: BlockInput): boolean {
  const around = [grid.header[0]?.text ?? '', grid.caption?.text ?? '', ...surroundings.names.map(({ text }) => text)]
  return around.some((text) => NEWS.test(text))
}

/** Names of plans that products are sold in, and those among them that are nothing else. */
const PLAN =
  /^(?:basic|business|cloud|community|enterprise|free|growth|hobby|open source|plus|premium|pro|professional|scale|self-hosted|standard|starter|teams?|ultimate)(?: (?:edition|plan|tier))?$/i
const SOLD = /^(?:enterprise|free|hobby|premium|pro|starter|ultimate)\b/i

/** What columns may be called that are nobody: platforms, parts of a product, states of work, ways of input. */
const NOBODY =
  /^(?:after|android|api|backend|before|chrome|cli|current|desktop|docs|documentation|done|edge|firefox|frontend|g?ui|implemented|ios|keyboard|linux|mac(?:os)?|mobile|mouse|new|old|planned|safari|server|supported|tablet|tested|tests?|touch|v?\d[\d.]*|web|windows)$/i

/** Headings of rows that may be actions, and are as often what a product can do. */
const FEATURE = orBeginning(
  /^(?:features?|functions?|functionalit(?:y|ies)|capabilit(?:y|ies)|operations?|activit(?:y|ies))\b/i,
  'feature',
)

/**
 * Whether a table says which product, platform or plan has a feature, and not who may do what: its rows are headed as
 * features, no heading around it speaks of roles, and most of its columns are no words for them: one alone (“Admin”) may be
 * a part of the product like the others. What its rows say is no sign: “Role-based access control” is a feature.
 */
export function isFeatureMatrix({ grid, markColumns, surroundings, settings }: BlockInput): boolean {
  const first = markColumns[0] ?? 1
  const sold = grid.header.slice(first).flatMap(({ text }) => (text === '' || INFORMATION.test(text) ? [] : text))
  if (sold.length > 1) {
    if (sold.every((title) => PLAN.test(title)) && sold.some((title) => SOLD.test(title))) return true
    if (sold.every(isPlan) || sold.every((title) => NOBODY.test(title))) return true
  }
  const heads = grid.header.slice(0, first).map((cell) => cell.text)
  if (!heads.some((title) => FEATURE.test(title)) || heads.some((title) => isAction(title))) return false
  const around = [grid.caption?.text ?? '', ...grid.header.map((cell) => cell.text)]
  if ([...around, ...surroundings.names.map((name) => name.text)].some((text) => COMPARES_ROLES.test(text)))
    return false
  if (surroundings.names.some(({ text, kind }) => kind !== 'page' && isRoleLike(text, settings))) return false
  const titles = grid.header.slice(first).map((cell) => cell.text)
  const columns = titles.filter((title) => title !== '' && !INFORMATION.test(title))
  const roles = columns.filter((title) => isRoleTitle(title, settings))
  return roles.length * 2 <= columns.length
}

function isAction(title: string): boolean {
  return ACTION.test(title) && !FEATURE.test(title)
}
