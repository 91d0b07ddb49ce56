/** Whether a block is about permissions: what keeps tables of features and lists of files out of the model. */

import type { Code } from 'mdast'
import { addAll } from '../../lists.ts'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { filledCells, linesOfColumn } from '../blocks/cells.ts'
import { isOfOthers, rolesOfDeeds } from '../blocks/deed-lists.ts'
import { readItems } from '../blocks/list.ts'
import type { BlockInput } from '../dialect.ts'
import { holdsIdsAmongWords, mayBePermissions } from '../policies/cloud-ids.ts'
import { holdsPermissionsInCode } from '../policies/in-code.ts'
import { mayHoldPrivileges } from '../policies/privilege-words.ts'
import { isFeatureMatrix } from '../tables/columns.ts'
import { columnsOfParameters, headsParameters } from '../tables/parameters.ts'
import { isOfElements, isOfPeople, saysAction } from '../tables/role-table.ts'
import { titlesOf } from '../tables/shape.ts'
import { saysDeed } from '../words/deeds.ts'
import { isLanguage } from '../words/language.ts'
import {
  ALLOWED,
  CALL_COLUMN,
  ROLE_COLUMN,
  SPELT_FREELY,
  SUBJECT,
  WORDED_COLUMN,
} from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import {
  accessOf,
  isOperationWord,
  mostlyKnown,
  permissionsIn,
  type Spelling,
  type WrittenPermission,
} from '../words/vocabulary.ts'
import { mayBeMeant } from './around.ts'
import { holdsMarkedRows, listsMarkedDeeds } from './marked-lists.ts'
import { isOwnPermissions } from './own-fences.ts'
import { listsOwnIds, tablesOwnIds } from './own-ids.ts'
import { cloudRoleIn, isToldInWords, listsUnknownVerbs } from './strange-lists.ts'
import { comparesMembers, isStrangeTable, listsPatterns, roleAmongFeatures } from './strange-tables.ts'

/** Whether the words of a table, of its row labels, or of what surrounds it, speak of permissions or name a role. */
export const speaksOfPermissions = remembered((input: BlockInput): boolean => {
  const { rows } = input.grid
  const texts = [
    ...titlesOf(input.grid),
    ...rows.slice(0, 5).map((row) => row.cells[0]?.text ?? ''),
    ...input.surroundings.names.map((name) => name.text),
  ]
  const inRole = input.surroundings.names.some(({ text, kind }) => kind !== 'page' && isRoleLike(text, input.settings))
  return inRole || texts.some((text) => SUBJECT.test(text))
})

/** Headings of what is written as permissions are, and is none: `docs.list`, `server.start`, `user.create`. */
const OTHERS =
  /\b(?:api(?: reference)?|attributes?|calls?|codes?|columns?|commands?|config(?:uration)?|counters?|errors?|events?|fields?|files?|flags?|functions?|hooks?|i18n|(?<!(?:access|api|resource) )keys?|messages?|methods?|metrics?|modules?|options?|packages?|parameters?|properties|queues?|settings?|signals?|strings?|toggles?|topics?|translations?|variables?):?$/i

/** Whether ids stand under such a heading, and nothing around them speaks of permissions or names a role. */
export function holdsOthers({ surroundings: { names }, block, grid, settings }: BlockInput): boolean {
  const titles = grid.header.map(({ text }) => text)
  const nearest = [names[0]?.text ?? '', ...titles.slice(0, 1)]
  if (block.panels.length > 0 || !nearest.some((text) => OTHERS.test(text))) return false
  const around = [...titles, ...names.map(({ text }) => text)]
  return !around.some((text) => ALLOWED.test(text) || SPELT_FREELY.test(text) || isRoleLike(text, settings))
}

/** Headings of what a matrix of operations is about. */
const OF_RESOURCES = /^(?:objects?|(?:resource )?keys?|resources?)\b/i

/**
 * Whether a table says what can be done with things that are no resources by their heading (“Connector”, “Field”), and
 * nothing around it speaks of permissions: what an API or a program can do with its own is written so as well.
 */
export function isAboutPrograms(input: BlockInput): boolean {
  const title = input.grid.header[0]?.text ?? ''
  // A header that begins with an operation may have lost its first cell.
  if (title === '' || OF_RESOURCES.test(title) || isOperation(title, input)) return false
  if (input.block.panels.length > 0) return false
  const around = [...input.grid.header, ...input.surroundings.names].map(({ text }) => text)
  // Of access alone speak networks and disks as well.
  return !around.some((text) => ALLOWED.test(text) || isRoleLike(text, input.settings))
}

/**
 * How permissions may be written in a block that holds these lines: in any way where its headings say that they are some, and
 * nothing in it is a cloud's action (`ec2:RunInstances`). A list has no heading of its own: those around it speak for it.
 */
export function spellingIn(input: BlockInput, lines: readonly string[]): Spelling {
  return isSpeltFreely(input) && !lines.some((line) => CLOUD_ACTION.test(line)) ? 'any' : 'dotted'
}

const isSpeltFreely = remembered(({ surroundings: { names }, block, grid, settings }: BlockInput): boolean => {
  const [nearest] = names
  const titles = block.kind === 'table' ? [...grid.header, ...names.slice(0, 1)] : names
  const ofRole = nearest !== undefined && nearest.kind !== 'page' && isRoleLike(nearest.text, settings)
  return ofRole || titles.some(({ text }) => SPELT_FREELY.test(text))
})

const CLOUD_ACTION = /(?:^|[\s,;])[a-z][a-z\d-]*:[A-Z]/

/** A call of a program: `docks.list({ … })`. */
const CALL = /^[A-Za-z_$][\w$]*(?:[.:]+\s?[\w$]+)*(?:\(|\s\(\{)/

/** Whether a heading around a block is called like a role: what it lists may be what that role may call. */
function isNamed({ surroundings: { names }, settings }: BlockInput): boolean {
  return names.some(({ text }) => isRoleLike(text, settings))
}

/** Whether a block that no dialect read looks like permissions all the same. */
export function looksLikePermissions(input: BlockInput): boolean {
  const { kind } = input.block
  if (kind === 'list') return listLooksSo(input)
  return kind === 'code' ? codeLooksSo(input) : tableLooksSo(input)
}

function listLooksSo(input: BlockInput): boolean {
  if (holdsOthers(input)) return false
  const lines = readItems(input.block).map((item) => item.text)
  if (lines.every((line) => CALL.test(line)) && !isNamed(input)) return false
  const isMeant = () =>
    mayBeMeant(
      lines.flatMap((line) => permissionsIn(line, spellingIn(input, lines))),
      input,
    )
  if ((holdsPermissions(lines, input) && isMeant()) || mayBePermissions(lines, input) || holdsSeveral(lines, input))
    return true
  if (listsOwnIds(input) || listsMarkedDeeds(input) || holdsIdsAmongWords(lines, input)) return true
  if (listsUnknownVerbs(input) || mayHoldPrivileges(input)) return true
  if (cloudRoleIn(input) !== null || rolesOfDeeds(input).length > 0 || isOfOthers(input)) return true
  return isToldInWords(input)
}

function codeLooksSo(input: BlockInput): boolean {
  const { lang, value } = input.block.node as Code
  if (holdsPermissionsInCode(value) || isOwnPermissions(lang ?? null, value, input)) return true
  if (isLanguage(lang, 'json')) return /"(?:Statement|Action|Actions|includedPermissions)"\s*:/.test(value)
  if (holdsMarkedRows(value, input.settings)) return true
  const plain = isLanguage(lang, 'plain')
  const lines = value.split(/\r\n|\n|\r/)
  return plain && (holdsPermissions(lines, input) || mayBePermissions(lines, input))
}

function tableLooksSo(input: BlockInput): boolean {
  if (isFeatureMatrix(input)) return roleAmongFeatures(input) !== null
  const { header, rows } = input.grid
  const marked = header.filter((_, column) => isMarkable(column, input) && holdsMark(input, column))
  if (marked.length >= 2 && speaksOfPermissions(input)) return true
  if (holdsSigns(input) && speaksOfPermissions(input)) return true
  const ticked = holdsTick(input) && !isAboutPrograms(input)
  if (ticked && titlesOf(input.grid).some((text) => SUBJECT.test(text) || isOperation(text, input))) return true
  if (comparesMembers(input) || listsPatterns(input) || holdsWordsOfOperations(input)) return true
  const labels = rows.slice(0, 5).map((row) => row.cells[0]?.text ?? '')
  if (ticked && labels.some((label) => SUBJECT.test(label))) return true
  if (ticked && rows.some(({ cells }) => isOperation(cells[0]?.text ?? '', input))) return true
  const textsOf = (column: number) => rows.map(({ cells }) => cells[column]?.text ?? '')
  if (header.some((_, column) => holdsOperations(textsOf(column), input))) return true
  // A role table whose other columns say nothing that is known.
  if (ROLE_COLUMN.test(header[0]?.text ?? '') && rows.some(({ cells }) => saysMuch(cells)))
    return !isOfPeople(input) && !isOfElements(input)
  if (tablesOwnIds(input) || (speaksOfPermissions(input) && isStrangeTable(input))) return true
  const titles = header.map((cell) => cell.text)
  if (titles.some((title) => SERVICE.test(title)) && header.some((_, column) => holdsCalls(column, input))) return true
  return header.some(({ text }, column) => {
    const lines = linesOfColumn(input.grid, column)
    if (WORDED_COLUMN.test(text) && holdsIdsAmongWords(textsOf(column), input, true)) return true
    return (holdsPermissions(lines, input) && !holdsOthers(input)) || mayBePermissions(lines, input, titles)
  })
}

/** Whether most lines begin with permissions that are known, as the block that they stand in may write them. */
export function holdsPermissions(lines: readonly string[], input: BlockInput): boolean {
  return mostArePermissions(lines, input.settings, spellingIn(input, lines))
}

/** Whether one line lists several permissions, where headings say that there are some: others beside it may have lost theirs. */
function holdsSeveral(lines: readonly string[], input: BlockInput): boolean {
  if (spellingIn(input, lines) !== 'any') return false
  return lines.some((line) => {
    const ids = permissionsIn(line, 'any')
    return ids.length > 1 && mostlyKnown(ids, input.settings)
  })
}

/** The same for lines that stand in no block. */
export function mostArePermissions(lines: readonly string[], settings: Settings, spelling: Spelling): boolean {
  const permissions: WrittenPermission[] = []
  let [filled, held] = [0, 0]
  for (const line of lines) {
    const text = line.trim()
    if (text === '') continue
    filled++
    const found = permissionsIn(text, spelling)
    if (found.length === 0) continue
    held++
    addAll(permissions, found)
  }
  return held * 2 >= filled && mostlyKnown(permissions, settings)
}

/** Whether columns are operations, and most of their cells say in words what each lets one do: `Read` over “View the logs”. */
function holdsWordsOfOperations(input: BlockInput): boolean {
  const { header, rows } = input.grid
  const columns = header.flatMap(({ text }, column) => {
    return column > 0 && isOperationWord(/^([A-Za-z]+)[^\p{L}]*$/u.exec(text)?.[1] ?? '', input.settings)
      ? [column]
      : []
  })
  if (columns.length < 2 || headsParameters(header[0]?.text ?? '') || !speaksOfPermissions(input)) return false
  const texts = rows.flatMap((row) => columns.map((column) => row.cells[column]?.text ?? ''))
  const worded = texts.filter((text) => /\p{L}{3}/u.test(text))
  const deeds = worded.filter((text) => saysDeed(text, input) || (/\s/.test(text) && saysAction(text, input.settings)))
  return deeds.length > 1 && deeds.length * 2 >= worded.length
}

/** Whether a row has words beside its label. */
function saysMuch(cells: readonly { text: string }[]): boolean {
  return cells.slice(1).some(({ text }) => /\p{L}\p{L}[.,;:]? \p{L}\p{L}/u.test(text))
}

/** Whether a column has marks for the most part, or a tick at least. */
function holdsMark({ grid, marks, markColumns }: BlockInput, column: number): boolean {
  return markColumns.includes(column) || grid.rows.some(({ cells }) => isTick(cells[column]?.text ?? '', marks))
}

function isOperation(text: string, { settings }: BlockInput): boolean {
  return isOperationWord(text, settings)
}

/** Whether a column holds comma lists of operations. */
function holdsOperations(cells: readonly string[], input: BlockInput): boolean {
  const lists = cells.map((text) => text.split(/(?:(?<!\s)\s+)?,\s*/)).filter((list) => list.length > 1)
  const known = lists.filter((list) => list.some((word) => isOperation(word, input)))
  if (lists.length * 2 <= cells.length) return false
  if (speaksOfPermissions(input)) return known.length * 5 >= lists.length * 4
  // “Push, PR” starts a job, if nothing around says that these are permissions.
  return lists.every((list) => list.filter((word) => isOperation(word, input)).length * 2 > list.length)
}

/** The heading beside which the names of actions say whose they are. */
export const SERVICE = /^(?:aws )?services?$/i

/** Whether a column of actions holds names of calls (`GetObject`), which the column of their service makes permissions. */
function holdsCalls(column: number, { grid, settings }: BlockInput): boolean {
  if (!CALL_COLUMN.test(grid.header[column]?.text ?? '')) return false
  const calls = grid.rows.flatMap((row) => row.cells[column]?.text.split(/[\s,;]+/) ?? [])
  const shaped = calls.filter((call) => /^[A-Z][a-z]+(?:[A-Z][A-Za-z]*)?\*?$/.test(call))
  return shaped.length * 5 >= calls.length * 4 && shaped.some((call) => accessOf(call, settings) !== null)
}

/** Whether a column's signs may be marks: not in the first, and not where a table of parameters says which must be given. */
function isMarkable(column: number, input: BlockInput): boolean {
  return column > 0 && !ofParameters(input).includes(column)
}

const ofParameters = remembered(({ grid: { header, rows } }: BlockInput): number[] => {
  const titles = header.map(({ text }) => text)
  return columnsOfParameters(titles, (column) => rows.map(({ cells }) => cells[column]?.text ?? ''))
})

/** Brackets with nothing in them are an empty list, an empty box, and no sign of anything. */
const EMPTY = /^(?:\[\]|\{\}|\(\)|""|'')$/

/** Whether a column holds nothing but signs, be they unknown. */
function holdsSigns(input: BlockInput): boolean {
  return input.grid.header.some((_, column) => {
    if (!isMarkable(column, input)) return false
    const texts = filledCells(input.grid, column).map(({ text }) => text)
    return (
      texts.length > 0 &&
      texts.every((text) => /^[^\p{L}\p{N}\s]{1,2}$/u.test(text)) &&
      !texts.every((text) => EMPTY.test(text))
    )
  })
}

function holdsTick(input: BlockInput): boolean {
  const { grid, marks } = input
  return grid.rows.some(({ cells }) => {
    // Two ticks in one cell, or one beside a label, are none that could be read; but they are there.
    return cells.some(({ text }, column) => {
      return (
        (isTick(text, marks) && isMarkable(column, input)) ||
        text
          .split(' ')
          .slice(1)
          .some((part) => isTick(part, marks))
      )
    })
  })
}

/** Whether a text is a sign, and no word, that says granted. */
function isTick(text: string, marks: BlockInput['marks']): boolean {
  // Nor a plus, which joins words.
  return !/^[\w+-]*$/.test(text) && marks.read({ text }).kind === 'granted'
}
