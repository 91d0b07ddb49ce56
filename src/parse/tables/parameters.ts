/** Tables of what a program takes: its parameters, fields and options, and which of them must be given. */

import { SUBJECT } from '../words/permission-headings.ts'

/** Headings of the names of parameters. */
const PARAMETER =
  /^(?:parameters?|arguments?|inputs?|fields?|attributes?|propert(?:y|ies)|options?|flags?|variables?|settings?)\b/i
/** Headings of what is said of each with a yes, a no or a dash. */
const SAID =
  /^(?:required|mandatory|optional)\b|^(?:is )?(?:computed|default(?: values?)?|defaults|immutable|indexed|null|nullable|primary key|read[- ]only|repeatable|required|unique|write[- ]only)\??$/i
const DEFAULT = /^defaults?(?: values?)?$/i
const REQUIRED = /^(?:required|mandatory|optional)\??$/i
const TYPE = /^(?:data |value )?types?$/i
const DATA_TYPE =
  /^(?:array|bigint|bool|boolean|bytes?|date|date-?time|decimal|dict|double|enum|file|float|hash|int|integer|json|list|long|map|null|number|object|set|string|text|timestamp|u?int\d+|u?float\d+|url|uri|uuid|varchar)\b/i

/** Whether the heading of a table's first column says that its rows are parameters. */
export function headsParameters(title: string): boolean {
  return PARAMETER.test(title)
}

/**
 * The columns, 0-based, that say of parameters whether they must be given, what they are by default and the like: marks there
 * grant nothing. None where the rows are no parameters: neither does the first heading say so, nor do two others (“Required”,
 * “Default”), nor are most cells under “Type” data types.
 *
 * @param titles the headings of the columns
 * @param cells the texts of a column's cells, those of its header left out
 */
export function columnsOfParameters(titles: readonly string[], cells: (column: number) => readonly string[]): number[] {
  const said = titles.flatMap((title, column) => (column > 0 && SAID.test(title) ? [column] : []))
  if (said.length === 0) return []
  const isOfThem =
    headsParameters(titles[0] ?? '') ||
    (!SUBJECT.test(titles[0] ?? '') && [DEFAULT, REQUIRED].every((of) => titles.some((title) => of.test(title)))) ||
    titles.some((title, i) => TYPE.test(title) && areDataTypes(cells(i)))
  return isOfThem ? said : []
}

function areDataTypes(cells: readonly string[]): boolean {
  const filled = cells.filter((text) => text !== '')
  return filled.length > 0 && filled.filter((text) => DATA_TYPE.test(text)).length * 2 > filled.length
}
