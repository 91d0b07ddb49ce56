/** Tables whose rows a program makes of data: `{roles.map((role) => <tr>…</tr>)}`. What they say is not in the page. */
import type { Finding } from '../../diagnostic.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { endOfLine } from '../structure/lines.ts'

/** A call that makes a part of the table for each of some things. */
const MADE = /\.map\(|\bArray\.from\(|<For\b/

/** Whether a table that is written in tags has rows that are computed: a row of placeholders would be read for all of them. */
export function isComputed({ block }: BlockInput): boolean {
  const { node, page, start, end } = block
  if (block.kind !== 'table' || 'type' in node) return false
  const text = page.file.text.slice(start, end)
  return text.includes('{') && MADE.test(text)
}

/** The finding of such a table that is about permissions. */
export function computedTable(input: BlockInput): Finding {
  const { page, start } = input.block
  const message =
    'The rows of this table are computed, so what it says is not in the page and not in the model. Write its rows out, or accept it if it is about something else.'
  const span = page.locator.span(start, endOfLine(page.file.text, start))
  return unrecognised(input, span, message, ['computed', input.surroundings.names[0]?.text ?? ''])
}
