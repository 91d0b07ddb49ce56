/** Texts of a document as literals of a program: no text can end its literal or turn the direction of the line. */
import { toJsonLine } from '../../text.ts'

/** A string literal of JavaScript and TypeScript, in double quotes; what is neither shown nor safe to show is escaped. */
export function literal(text: string): string {
  return toJsonLine(text)
    .trimEnd()
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
