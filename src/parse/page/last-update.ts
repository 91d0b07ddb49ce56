/** The “Last Update: March 12, 2025” line above a policy. */
import type { Span } from '../../diagnostic.ts'
import { outlineOf } from './outline.ts'
import type { Block } from './page.ts'

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const LINE = /^\**\s*last updated?\s*\**\s*:?\s*\**\s*(.*)$/i

/** The date as `YYYY-MM-DD` and its line, or `null`. The line must stand between the block and the block before it. */
export function lastUpdateOf(block: Block): { date: string; span: Span } | null {
  const outline = outlineOf(block.page)
  for (const paragraph of outline.paragraphsIn(outline.endBefore(block.start), block.start).reverse()) {
    const match = LINE.exec(paragraph.text)
    const date = match && isoDate(match[1] as string)
    if (match) return date ? { date, span: paragraph.span } : null
  }
  return null
}

/**
 * `March 12, 2025`, `12 March 2025`, `April 20th, 2023` or `2025-03-12` as `2025-03-12`; `null` for anything else, and for a
 * day that no month has.
 */
export function isoDate(text: string): string | null {
  const date = dateIn(text)
  return date !== null && isDay(date) ? date : null
}

function dateIn(text: string): string | null {
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(text)
  if (iso) return iso[0]
  const words = /^([A-Za-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/.exec(text)
  const reversed = /^(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+),?\s+(\d{4})/.exec(text)
  const [name, day, year] = words ? words.slice(1) : reversed ? [reversed[2], reversed[1], reversed[3]] : []
  if (!name || !day || !year) return null
  const month = MONTHS.findIndex((candidate) => candidate.startsWith(name.toLowerCase().slice(0, 3)))
  return month < 0 ? null : `${year}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Whether a date of the right form is one of the calendar. */
function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= days
}
