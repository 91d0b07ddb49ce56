/** CSV after RFC 4180. Imports nothing, so that a browser can write it too. */

export type CsvValue = string | number | boolean | null

/**
 * What a spreadsheet would run as a formula, with any apostrophes before it: so that the one that is put before it can be
 * told from those of the text. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * A value as a field; nothing for `null`. A text that a spreadsheet would run as a formula gets an apostrophe before it,
 * and so does one that begins with apostrophes and then such a sign: whoever takes one apostrophe from each field that
 * `/^'+[=+\-@\t\r\n＝＋－＠]/` fits has the texts as they were.
 */
export function field(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows, each ended by CRLF. */
export function csv(rows: Iterable<readonly CsvValue[]>): string {
  return Array.from(rows, (row) => `${row.map(field).join(',')}\r\n`).join('')
}
