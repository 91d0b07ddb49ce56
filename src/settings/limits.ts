/** The `limits` setting: how much of a page is read. What passes a limit is a finding, and all other pages are read. */
import * as z from 'zod'

const count = z.int().min(1)

export const limitsSchema = z.strictObject({
  fileBytes: count.optional().describe('Bytes of a file: 20,000,000. A larger one is not read.'),
  lineLength: count.optional().describe('Characters of a line (UTF-16 code units): 1,000,000.'),
  nesting: count.optional().describe('Quotes and lists that begin inside of each other on one line: 100.'),
  inlineMarks: count
    .optional()
    .describe('Marks of emphasis and opening brackets in a paragraph, or in a row of a table: 5,000.'),
  panels: count.optional().describe('Tabs and panels inside of each other that name what they hold: 20.'),
})

export interface Limits {
  fileBytes: number
  lineLength: number
  nesting: number
  inlineMarks: number
  panels: number
}

/** Far beyond any page that somebody wrote, and read within seconds. */
export const LIMITS: Limits = {
  fileBytes: 20_000_000,
  lineLength: 1_000_000,
  nesting: 100,
  inlineMarks: 5_000,
  panels: 20,
}
