/** Permissions by ids of a product's own (`BACKUP`, `delete_posts`, `list-jobs`), which no dialect reads: they are reported. */

import type { Settings } from '../../settings/schema.ts'
import { filledCells } from '../blocks/cells.ts'
import { readItems } from '../blocks/list.ts'
import type { BlockInput } from '../dialect.ts'
import { isLevelText } from '../tables/levels.ts'
import { saysAction } from '../tables/role-table.ts'
import {
  ALLOWED,
  LISTS_PERMISSIONS,
  PERMISSION_COLUMN,
  SCOPE_COLUMN,
  TABLES_PERMISSIONS,
} from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { accessOf, permissionsIn, wordsOf } from '../words/vocabulary.ts'
import { areLinks, speaksAround } from './around.ts'

/** Who may hold permissions. */
const HOLDER = /\b(?:roles?|polic(?:y|ies)|groups?|members?|teams?|users?)$/i

/** Whether most items of a list are known operations and nothing else: `get`, `delete_posts`. A list of links is one of contents. */
export function areOperations(input: BlockInput): boolean {
  const items = readItems(input.block)
  if (areLinks(input)) return false
  const known = items.filter(({ text }) => {
    return text !== '' && text.split(/\s+/).every((word) => accessOf(word, input.settings) !== null)
  })
  return known.length > 0 && known.length * 5 >= items.length * 4
}

/** A file of a program: `get-docks.mjs`. */
const PROGRAM = /\.(?:[cm]?[jt]sx?|java|php|py|rb|sh)$/i

/** Whether a text begins with an id of several words, one of which is an operation: `list-jobs`, `delete_posts`. */
export function beginsWithId(text: string, settings: Settings): boolean {
  const id = /^[A-Za-z]\w*(?:[-:./][\w*]+)*(?=$|[\s,:])/.exec(text)?.[0] ?? ''
  return /[-_:./]/.test(id) && !PROGRAM.test(id) && wordsOf(id).some((word) => accessOf(word, settings) !== null)
}

/** What is done, and the id of the permission to do it: `List docks (docks_list)`. */
const WITH_ID = /^([^()]{1,80})\(([A-Za-z]\w*(?:[-:./][\w*]+)*)\)/

/** Whether a text says what is done, with an id behind it. */
function namesOwnId(text: string, settings: Settings): boolean {
  const [, said = '', id = ''] = WITH_ID.exec(text) ?? []
  return id !== '' && id.toLowerCase() === id && saysAction(said, settings)
}

/** Whether a text is several words in one, one of which is an operation: `DockCreate`, `ViewAllDocks`. */
function isJoinedId(text: string, settings: Settings): boolean {
  return /^[A-Z][a-z]+[A-Z][A-Za-z]*$/.test(text) && wordsOf(text).some((word) => accessOf(word, settings) !== null)
}

/** Whether a text is one id: `dock.get`, `harbor:dock:list`, or one that begins with an id of its own. */
export function isOwnId(text: string, settings: Settings): boolean {
  const [id] = permissionsIn(text, 'any')
  return (id !== undefined && accessOf(id.operation, settings) !== null) || beginsWithId(text, settings)
}

/** Whether a text is a name and the operations on what it names: `Docks: get, list`. */
function listsOperations(text: string, settings: Settings): boolean {
  const colon = text.indexOf(':')
  const operations = text
    .slice(colon + 1)
    .trim()
    .split(/[\s,]+/)
  return colon > 0 && operations.every((word) => accessOf(word, settings) !== null)
}

/** Whether a list that no dialect reads names permissions by such ids, alone or with what they are for. */
export function listsOwnIds(input: BlockInput): boolean {
  const { names } = input.surroundings
  if (names.length === 0) return false
  // Calls of a library (`map.add(key)`) end in operations as well.
  if (areOperations(input))
    return speaksAround(input) && readItems(input.block).some(({ text }) => !/\w\(|#/.test(text) && !PROGRAM.test(text))
  const [nearest] = names
  const ofRole = nearest !== undefined && isRoleLike(nearest.text, input.settings)
  const speaks = names.some(({ text }) => LISTS_PERMISSIONS.test(text) || (ofRole && ALLOWED.test(text)))
  const items = readItems(input.block)
  if (ofRole && items.filter(({ text }) => listsOperations(text, input.settings)).length * 2 >= items.length)
    return true
  // “Create a dock (optional)” is a step: one id at least is of several words.
  const behind = items.some(({ text }) => /[-_:./]/.test(WITH_ID.exec(text)?.[2] ?? ''))
  const isOne = (text: string) => beginsWithId(text, input.settings) || (behind && namesOwnId(text, input.settings))
  // `BACKUP_ADMIN`, right under a heading of permissions.
  const isCapitals = (text: string) => /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+(?=$|[\s:,(])/.test(text)
  const under = nearest !== undefined && LISTS_PERMISSIONS.test(nearest.text)
  const most = (test: (text: string) => boolean) => items.filter(({ text }) => test(text)).length * 2 >= items.length
  return (speaks && most(isOne)) || (under && items.length > 1 && most(isCapitals))
}

/** Whether a text is one id in capitals: `BACKUP`, `CREATE VIEW`. */
function isCapital(text: string): boolean {
  return /^[A-Z][A-Z\d]+(?:[_ ][A-Z\d]+)*$/.test(text)
}

/** Whether a text is ids of several parts and nothing else, be their ends patterns: `harbor:docks/*`. */
function areIds(text: string): boolean {
  return text.split(/[\s,;]+/).every((word) => /^[a-z][\w-]*(?:[:/][\w.*-]+)+$/.test(word))
}

/** Whether a table that no dialect reads has permissions in a row each, or in a cell of who holds them. */
export function tablesOwnIds(input: BlockInput): boolean {
  const { grid, surroundings, settings, markColumns } = input
  const title = (column: number) => grid.header[column]?.text ?? ''
  const speaks = surroundings.names.some(({ text }) => ALLOWED.test(text))
  const most = (column: number, test: (text: string) => boolean) => {
    const filled = filledCells(grid, column)
    return filled.length > 0 && filled.filter(({ lines }) => lines.some(test)).length * 2 >= filled.length
  }
  if (SCOPE_COLUMN.test(title(0)))
    return most(0, (text) => /^\w+:\w/.test(text) && beginsWithId(text, settings)) && grid.header.length > 1
  if (PERMISSION_COLUMN.test(title(0)) && (speaks || !/\bcap/i.test(title(0)))) {
    const isId = (text: string) => isCapital(text) || beginsWithId(text, settings) || isJoinedId(text, settings)
    // Under a heading of permissions, ids with verbs of the product's own are some as well.
    const isAny = (text: string) => isId(text) || (speaks && permissionsIn(text, 'any').length > 0)
    return grid.header.length > 1 && most(0, isAny)
  }
  const ofPermissions = surroundings.names.some(({ text }) => TABLES_PERMISSIONS.test(text))
  const named = /^(?:ids?|identifiers?|keys?|names?)$/i.test(title(0)) && ofPermissions && grid.header.length > 1
  const isNamed = (text: string) => /^[A-Za-z\d]+[_:][\w:]*\w$/.test(text) && beginsWithId(text, settings)
  if (named && most(0, (text) => isNamed(text) || /^[a-z][\w-]*:(?:allow|deny)-[a-z][\w-]*$/.test(text))) return true
  const held = grid.header.findIndex(
    (cell, i) => i > 0 && PERMISSION_COLUMN.test(cell.text) && !markColumns.includes(i),
  )
  return (
    held > 0 &&
    (speaks || HOLDER.test(title(0))) &&
    most(held, (text) => saysAction(text, settings) || isLevelText(text, settings) || isCapital(text) || areIds(text))
  )
}
