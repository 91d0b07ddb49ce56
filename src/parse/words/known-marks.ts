/** What marks mean by the config alone. */
import type { Settings } from '../../settings/schema.ts'

export type Meaning = 'granted' | 'denied' | 'not-applicable'

/** Case and emoji variation selectors aside. */
export function normalMark(text: string): string {
  return text
    .replace(/[\uFE0E\uFE0F]/g, '')
    .trim()
    .toLowerCase()
}

const known = new WeakMap<Settings, Map<string, Meaning>>()

/** Marks by the config; what it says twice is granted or denied before it is not applicable. */
export function knownMarks(settings: Settings): ReadonlyMap<string, Meaning> {
  let marks = known.get(settings)
  if (!marks) {
    const { granted, denied, notApplicable } = settings.marks
    marks = new Map()
    for (const mark of notApplicable) marks.set(normalMark(mark), 'not-applicable')
    for (const mark of denied) marks.set(normalMark(mark), 'denied')
    for (const mark of granted) marks.set(normalMark(mark), 'granted')
    known.set(settings, marks)
  }
  return marks
}
