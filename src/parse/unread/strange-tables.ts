/** Tables that no dialect reads: calls and who may make them, roles and operations in words, permissions in the lines of a cell. */
import { type Cell, filledCells } from '../blocks/cells.ts'
import type { BlockInput } from '../dialect.ts'
import { ICON } from '../markdown/inline.ts'
import { isFeatureMatrix, isOfNews } from '../tables/columns.ts'
import { saysAction } from '../tables/role-table.ts'
import { ACTION, RESOURCES } from '../tables/shape.ts'
import { saysSo } from '../tables/users.ts'
import { saysDeed } from '../words/deeds.ts'
import {
  ABILITY_COLUMN,
  DESCRIPTION_COLUMN,
  HELD_COLUMN,
  NAME_COLUMN,
  PERMISSION_COLUMN,
  ROLE_COLUMN,
  TABLES_PERMISSIONS,
  USER_COLUMN,
  WORDED_COLUMN,
} from '../words/permission-headings.ts'
import { areMembers, isRoleLike, isRoleTitle } from '../words/role-name.ts'
import { isOperationWord } from '../words/vocabulary.ts'

/** What is said of a table that no dialect reads, where there is more to say than that; `null` for any other. */
export function strangeTable(input: BlockInput): string | null {
  if (listsCalls(input))
    return 'This table says which roles may make each call, which no dialect reads, so none of it is in the model. Head the column of calls “Action” and that of roles “Allowed roles”, and write them first and second, or accept it.'
  if (listsOperations(input) && input.markColumns.length === 0)
    return 'The cells of this table say in words how far each role may go, which no dialect reads, so none of it is in the model. Write a mark in each, with a footnote that says the rest, or accept it.'
  if (listsAbilities(input))
    return 'The columns of this table say in words what somebody can do, which no dialect reads, so none of it is in the model. Write a row for each action and a column for each role, with a mark in each cell, or accept it.'
  if (comparesMembers(input))
    return 'The columns of this table are called like roles, and nothing says that its rows are what these may do, so none of it is in the model. Head its first column “Action”, or accept it if it is about something else.'
  if (listsPatterns(input) || listsRules(input))
    return 'This table says of each user what it may do with what, which no dialect reads, so none of it is in the model. Write a list of `resource.operation` under the name of each, or accept it.'
  const role = isFeatureMatrix(input) ? roleAmongFeatures(input) : null
  if (role !== null)
    return `One column of this table is called like a role (\`${role}\`), and nothing says that the others are roles and not parts of a product, so none of it is in the model. Put it under a heading that says “Roles”, or accept it if it is about something else.`
  const picture = pictureIn(input)
  if (picture !== null)
    return `The cells of this table hold a picture that is no known mark (\`${picture}\`), so none of it is in the model. Give it a text that says “Yes” or “No”, or add its name to \`marks.icons\` in the config.`
  return null
}

/** Whether a table, which stands where somebody speaks of permissions, says who may do what in one of these ways. */
export function isStrangeTable(input: BlockInput): boolean {
  return (
    listsCalls(input) ||
    listsAbilities(input) ||
    listsOperations(input) ||
    listsLevels(input) ||
    listsTokens(input) ||
    listsRules(input) ||
    listsDeeds(input) ||
    pictureIn(input) !== null
  )
}

/**
 * Whether three columns of marks or more are called like those who share a workspace, and its rows are nothing that these are told;
 * over deeds, all but one may be. Or the rows are users of some type, and a column is a deed.
 */
export function comparesMembers(input: BlockInput): boolean {
  const { grid, markColumns, settings } = input
  const titles = markColumns.map((column) => grid.header[column]?.text ?? '')
  const isDeed = (text: string) => saysDeed(text, input)
  if (USER_COLUMN.test(grid.header[0]?.text ?? '') && titles.length > 1 && titles.some(isDeed)) return saysSo(input)
  const members = titles.filter((title) => areMembers([title, title], settings))
  if (titles.length < 3 || members.length < titles.length - 1 || isOfNews(input)) return false
  return members.length === titles.length || most(cellsIn(input, 0), ({ text }) => isDeed(text))
}

/** The column of a table of features that is called like a role, beside others that are not: `| Feature | Crane | Buoy | Admin |`. */
export function roleAmongFeatures({ grid, markColumns, settings }: BlockInput): string | null {
  const titles = markColumns.map((column) => grid.header[column]?.text ?? '')
  const roles = titles.filter((title) => isRoleTitle(title, settings))
  return roles.find((title) => isRoleLike(title, settings) || roles.length * 2 >= titles.length) ?? null
}

/** Headings of what is called or opened, and of who may do so. */
const CALL =
  /^(?:api )?(?:commands?|endpoints?|pages?|paths?|routes?|screens?|urls?)(?: (?:patterns?|prefix(?:es)?))?$|^(?:endpoint|path|route|url) (?:patterns?|prefix(?:es)?)$/i
const CALLER =
  /^(?:(?:allowed|authori[sz]ed|min(?:imum)?|required|user) )?roles?(?: (?:access|allowed|needed|required|restrictions?))?$/i

/** `| Endpoint | Method | Role |`: at least two rows name roles. */
function listsCalls(input: BlockInput): boolean {
  const column = columnOf(input, CALLER)
  if (column === -1 || columnOf(input, CALL) === -1) return false
  const named = cellsIn(input, column).filter(({ text }) => text.split(/[,/|&]/).some((name) => isRole(name, input)))
  return named.length > 1
}

/** `| Actor | Can see | Can manage |`, or of the role around it `| Can | Cannot |`. */
function listsAbilities({ grid: { header } }: BlockInput): boolean {
  return header.filter(({ text }) => ABILITY_COLUMN.test(text)).length > 1
}

/** `| Role | Read | Write |`, whose cells say in words how far: “Own”, “Limited”. */
function listsOperations(input: BlockInput): boolean {
  const { header } = input.grid
  if (!ROLE_COLUMN.test(header[0]?.text ?? '')) return false
  return header.filter(({ text }, column) => column > 0 && isOperationWord(text, input.settings)).length > 1
}

/** `| Access level | Description |`, whose rows are roles, or say in a column what each may do. */
function listsLevels(input: BlockInput): boolean {
  if (!/\b(?:access|permission|power|privilege) levels?$/i.test(input.grid.header[0]?.text ?? '')) return false
  const labels = cellsIn(input, 0)
  if (most(labels, ({ lines: [line = ''] }) => isRole(line.replace(/\s?\([^()]*\)$/, ''), input))) return true
  const held = columnOf(input, HELD_COLUMN)
  return held > 0 && most(cellsIn(input, held), ({ text }) => saysAction(text, input.settings) || saysDeed(text, input))
}

/** Headings of what is handed to a program, and of a policy by its name. */
const TOKEN = /^(?:(?:access|api|auth) )?(?:keys?|tokens?)(?: (?:names?|types?))?$/i
const POLICY = /^(?:(?:access|acl) )?polic(?:y|ies)(?: names?)?$/i

/** `| Token | Can do |`, `| Policy | Rules |`, whose cells say what is done. */
function listsTokens(input: BlockInput): boolean {
  const title = input.grid.header[0]?.text ?? ''
  if (!TOKEN.test(title) && !POLICY.test(title)) return false
  const held = input.grid.header.findIndex(({ text }, column) => {
    return column > 0 && (HELD_COLUMN.test(text) || (POLICY.test(title) && /^(?:allows|grants?|rules?)$/i.test(text)))
  })
  const isSaid = (text: string) => saysDeed(text, input) || /\b(?:capabilities|policy)\s*=/.test(text)
  return held !== -1 && most(cellsIn(input, held), ({ text }) => isSaid(text))
}

/** `| Principal | Operation | Resource | Permission |`, the last of which says “Allow” or “Deny”. */
function listsRules(input: BlockInput): boolean {
  const { header } = input.grid
  if (columnOf(input, /^principals?$/i) === -1 || columnOf(input, /^(?:actions?|operations?)$/i) === -1) return false
  return header.some((_, column) => most(cellsIn(input, column), ({ text }) => /^(?:allow|deny)$/i.test(text)))
}

/** `| User | Configure | Write | Read |`, whose cells are patterns of what somebody may: nothing else has those three. */
export function listsPatterns(input: BlockInput): boolean {
  const columns = [/^configure$/i, /^write$/i, /^read$/i].map((title) => columnOf(input, title))
  if (columns.some((column) => column < 1)) return false
  return most(
    columns.flatMap((column) => cellsIn(input, column)),
    ({ text }) => /\.\*|^\^|\$$/.test(text),
  )
}

/** Rows that are permissions in words, or cells that list some under a heading that says so. */
function listsDeeds(input: BlockInput): boolean {
  const { header } = input.grid
  if (header.length < 2) return false
  const isDeed = (text: string) => saysDeed(text, input)
  const nearest = input.surroundings.names[0]?.text ?? ''
  const title = header[0]?.text ?? ''
  if (PERMISSION_COLUMN.test(title)) {
    // No verb of another language is known.
    const isForeign = !/permission|privilege|capabilit/i.test(title) && columnOf(input, DESCRIPTION_COLUMN) > 0
    const rows = cellsIn(input, 0)
    if (most(rows, ({ text }) => isDeed(text) || (isForeign && /\p{L}{2}/u.test(text)))) return isWorded(input)
  }
  // `| Level | Name | Definition |`, under “List of permissions”.
  const name = columnOf(input, NAME_COLUMN)
  if (name !== -1 && columnOf(input, DESCRIPTION_COLUMN) > name && TABLES_PERMISSIONS.test(nearest))
    if (most(cellsIn(input, name), ({ text }) => isDeed(text))) return true
  if (/^(?:ids?|keys?|names?)$/i.test(title) && columnOf(input, RESOURCES) > 0) return most(cellsIn(input, 0), isCall)
  return header.some(({ text }, column) => {
    if (column === 0 || !(WORDED_COLUMN.test(text) || /\baccess levels?$/i.test(text))) return false
    const listed = cellsIn(input, column).filter(({ lines }) => lines.length > 1)
    return listed.length > 1 && most(listed, ({ lines }) => lines.filter(isDeed).length * 2 >= lines.length)
  })
}

/** The name of the picture that fills the cells of several columns, beside actions; `null` where there is none. */
function pictureIn(input: BlockInput): string | null {
  const { header } = input.grid
  if (!ACTION.test(header[0]?.text ?? '')) return null
  const pictures = header.flatMap((_, column) => {
    const marks = column === 0 ? [] : cellsIn(input, column).map(({ mark }) => PICTURE.exec(mark ?? '')?.[1])
    return marks.length > 0 && marks.every((name) => name !== undefined) ? (marks[0] as string) : []
  })
  return pictures.length > 1 ? (pictures[0] as string) : null
}

const PICTURE = new RegExp(`^${ICON}([^${ICON}]+)${ICON}$`)

/** Whether a column says something in words of what stands in the first: and not the numbers of modes of files. */
function isWorded(input: BlockInput): boolean {
  return input.grid.header.some((_, column) => {
    return column > 0 && most(cellsIn(input, column), ({ text }) => /\p{L}{2}/u.test(text))
  })
}

/** Whether a cell is a verb and what it is done to, in one word: `addBerth`. */
function isCall({ text }: Cell): boolean {
  return /^[a-z]+[A-Z][A-Za-z]*$/.test(text)
}

function isRole(name: string, { settings }: BlockInput): boolean {
  return name.trim() !== '' && name.length < 60 && isRoleTitle(name.trim(), settings)
}

function columnOf({ grid: { header } }: BlockInput, title: RegExp): number {
  return header.findIndex(({ text }) => title.test(text))
}

function cellsIn({ grid }: BlockInput, column: number): Cell[] {
  return filledCells(grid, column)
}

/** Whether there are at least two, most of which are such. */
function most(cells: readonly Cell[], test: (cell: Cell) => boolean): boolean {
  return cells.length > 1 && cells.filter(test).length * 2 > cells.length
}
