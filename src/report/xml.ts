/** Text of documents made safe inside of XML. */
import { printable } from './printable.ts'

/** Text on one line as XML 1.0 may hold it, in an element and in an attribute alike. */
export function xml(text: string): string {
  return printable(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
