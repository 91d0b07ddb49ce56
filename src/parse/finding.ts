/** Findings that more than one dialect reports. */
import type { Finding, Span } from '../diagnostic.ts'
import type { BlockInput } from './dialect.ts'

/** A cell whose content is neither a known mark nor blank. */
export function unknownMark(input: BlockInput, span: Span, text: string, where: string): Finding {
  const { path } = input.block.page.file
  const worded = /\p{L}{3}/u.test(text)
  const message = worded
    ? `\`${text}\` (${where}) stands in words among marks, so this cell is not in the model. Write a mark, with a footnote that says the rest.`
    : `\`${text}\` (${where}) is no mark that says granted or denied, so this cell is not in the model. Write a known mark, leave the cell blank, or add the mark to \`marks\` in the config.`
  return {
    ruleId: 'unknown-mark',
    message,
    span,
    subject: null,
    ids: [path, input.surroundings.names[0]?.text ?? '', where, text],
  }
}

/** Something that looks like permissions and that no dialect could read. */
export function unrecognised(input: BlockInput, span: Span, message: string, ids: string[]): Finding {
  return { ruleId: 'unrecognised-block', message, span, subject: null, ids: [input.block.page.file.path, ...ids] }
}
