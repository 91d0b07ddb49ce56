/** Statements of databases that give and take privileges: `GRANT SELECT ON SCHEMA docks TO reader`. */
import { type Grant, GrantReader } from './sql-reader.ts'
import { lineBefore, withoutComments } from './sql-tokens.ts'

/** What begins like a statement: `grant` is `null` where it can't be read. */
export interface FoundGrant {
  start: number
  end: number
  grant: Grant | null
}

const ANYWHERE = /\b(?:grant|revoke|deny)\s/i
const BEGINNING = /\b(?:grant|revoke|deny|alter\s{1,20}default\s{1,20}privileges)(?=\s)/gi
/** What may stand before a statement on its line: the end of another, a prompt, a quote, a word of a program, a bullet. */
const BEFORE = /(?:;|[>#$%|"'`]|\b(?:begin|do|else|then))[ \t]*$|^[ \t]*(?:- +)?$/i

/** Whether a statement may stand in a text: cheap. */
export function mayHoldGrant(text: string): boolean {
  return ANYWHERE.test(text)
}

/**
 * The statements of a text, in order.
 *
 * @param isSql whether the text is SQL; in any other, only what can be nothing else is a statement
 */
export function grantsIn(written: string, isSql: boolean): FoundGrant[] {
  const text = withoutComments(written)
  const found: FoundGrant[] = []
  const beginning = new RegExp(BEGINNING)
  for (let match = beginning.exec(text); match; match = beginning.exec(text)) {
    const before = lineBefore(text, match.index)
    const begins = BEFORE.test(before)
    if (!begins && !isSql) continue
    const close = begins ? /["'`|](?=[ \t]*$)/.exec(before)?.[0] : undefined
    const reader = new GrantReader(text, match.index, close ?? '')
    const grant = reader.read()
    beginning.lastIndex = Math.max(reader.end, beginning.lastIndex)
    if (reader.isStatement(isSql, begins)) found.push({ start: match.index, end: reader.end, grant })
  }
  return found
}
