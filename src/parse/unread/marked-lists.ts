/** Facts in lists that no dialect reads: bullets with a tick or a cross before each, and tables that reStructuredText writes as lists. */
import type { Settings } from '../../settings/schema.ts'
import { readItems } from '../blocks/list.ts'
import type { BlockInput } from '../dialect.ts'
import { saysDeed } from '../words/deeds.ts'
import { knownMarks, normalMark } from '../words/known-marks.ts'
import { DEEDS_UNDER } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { accessOf, wordsOf } from '../words/vocabulary.ts'

/** A sign, and what it is said of: `✅ Create docks`. */
const SIGNED = /^([^\p{L}\p{N}\s]{1,3}|:[\w+-]{1,40}:)\s+(\S.*)$/u
const CAN = /^(?:can(?:not|'t|’t)?|may(?: not)?)\s/i

/** What an item says of whoever its list is about, without its tick or cross; `null` where it begins with none. */
export function markedDeed(text: string, settings: Settings): string | null {
  const [, sign = '', said = ''] = SIGNED.exec(text) ?? []
  const meaning = knownMarks(settings).get(normalMark(sign))
  if ((meaning !== 'granted' && meaning !== 'denied') || /^\p{Pd}$/u.test(sign)) return null
  const known = wordsOf(said)
    .slice(0, 2)
    .some((word) => accessOf(word, settings) !== null)
  return known || CAN.test(said) ? said : null
}

/** Whether most items of a list say, with a tick or cross each, what somebody may do; a heading speaks of roles or permissions. */
export function listsMarkedDeeds(input: BlockInput): boolean {
  const { settings, surroundings } = input
  const speaks = surroundings.names.some(({ text, kind }) => {
    return kind !== 'page' && (DEEDS_UNDER.test(text) || isRoleLike(text, settings))
  })
  if (!speaks) return false
  const items = readItems(input.block)
  const said = items.flatMap(({ text }) => markedDeed(text, settings) ?? [])
  return (
    said.length > 1 && said.length * 2 >= items.length && said.some((text) => CAN.test(text) || saysDeed(text, input))
  )
}

const LIST_TABLE = /^[ \t]*\.\.[ \t]+(?:list|flat)-table::|^[ \t]*\*[ \t]+-[ \t]/m

/** A row of a table that is drawn in characters: `│ Create docks │ ✓ │ ✗ │`. */
const DRAWN_ROW = /^[ \t]*[│┃║].*[│┃║][ \t\r]*$/gmu

/** Whether a fence holds a table that is drawn in characters, with marks beside words for roles or permissions. */
function holdsDrawnTable(value: string, settings: Settings): boolean {
  if (!/[│┃║]/u.test(value)) return false
  const marks = knownMarks(settings)
  let marked = 0
  let speaks = false
  for (const [row] of value.matchAll(DRAWN_ROW)) {
    const cells = row.split(/[│┃║]/u).map((cell) => cell.trim())
    const meanings = cells.map((cell) => marks.get(normalMark(cell)))
    if (meanings.filter((meaning) => meaning === 'granted' || meaning === 'denied').length > 1) marked++
    else speaks ||= cells.some((cell) => cell !== '' && (DEEDS_UNDER.test(cell) || isRoleLike(cell, settings)))
  }
  return speaks && marked > 1
}

/**
 * Whether a fence holds a table as reStructuredText and MyST write it, or one that is drawn in characters, whose cells are marks
 * beside words for roles or permissions.
 */
export function holdsMarkedRows(value: string, settings: Settings): boolean {
  if (holdsDrawnTable(value, settings)) return true
  if (!LIST_TABLE.test(value)) return false
  const marks = knownMarks(settings)
  let marked = 0
  let speaks = false
  for (const line of value.split(/\r\n|\n|\r/)) {
    const [, written = ''] = /^\s*(?:\*\s+)?-\s+(.*)$/.exec(line) ?? []
    const text = written.replace(/^:\w+:|[*`_]/g, '').trim()
    const meaning = marks.get(normalMark(text))
    if (meaning === 'granted' || meaning === 'denied') marked++
    else speaks ||= DEEDS_UNDER.test(text) || (text !== '' && isRoleLike(text, settings))
  }
  return speaks && marked > 1
}
