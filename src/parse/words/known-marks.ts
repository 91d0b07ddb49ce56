/** What marks mean by the config alone. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'

export type Meaning = 'granted' | 'denied' | 'not-applicable'

/** Case and emoji variation selectors aside. */
export function normalMark(text: string): string {
  return text
    .replace(/[\uFE0E\uFE0F]/g, '')
    .trim()
    .toLowerCase()
}

/** Marks by the config; what it says twice is granted or denied before it is not applicable. */
export const knownMarks = remembered((settings: Settings): ReadonlyMap<string, Meaning> => {
  const { granted, denied, notApplicable } = settings.marks
  const marks = new Map<string, Meaning>()
  for (const mark of notApplicable) marks.set(normalMark(mark), 'not-applicable')
  for (const mark of denied) marks.set(normalMark(mark), 'denied')
  for (const mark of granted) marks.set(normalMark(mark), 'granted')
  return marks
})
