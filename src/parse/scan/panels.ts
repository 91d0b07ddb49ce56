/** Panels of a page that held nothing else that may matter: their names may make what stands in them matter. */
import { labelsOf, summaryOf } from '../page/panels.ts'
import type { Element } from '../structure/element.ts'
import { readElements } from '../structure/structure.ts'
import { mayBeOfRoles } from './headings.ts'
import { itemMayBeDeed, itemMayNameRole } from './items.ts'
import { lineAt } from './line.ts'
import { cleanedName } from './text.ts'
import type { ScanVocabulary } from './vocabulary.ts'

/** What the scan of a page came upon. */
interface Seen {
  /** Whether there are tables, or lists, that would matter where what stands around them speaks of permissions. */
  tables: boolean
  /** Whether a heading speaks of them. */
  spoke: boolean
}

/** Whether a named panel is never closed, or its name makes a table, or a list, in it matter. `start` is where the front matter ends. */
export function panelsMatter(text: string, start: number, words: ScanVocabulary, { tables, spoke }: Seen): boolean {
  const { elements, unclosed } = readElements(text, start)
  if (unclosed.some((element) => element.name === 'details' || namesOf(element, text).length > 0)) return true
  const mayName = (value: string, is: (name: string) => boolean) => value.includes('&') || is(cleanedName(value))
  const speaks = (value: string) => mayName(value, (name) => words.speaks(name))
  const isNamed = elements.some(
    (element) =>
      [...element.attributes.values()].some(({ value }) => speaks(value)) || namesOf(element, text).some(speaks),
  )
  if (isNamed && tables) return true
  const isOfRole = (label: string) => (isNamed || spoke) && mayName(label, (name) => words.isOneRole(name))
  return (
    holdsItem(text, elements, isOfRole, (item) => itemMayBeDeed(item, words)) ||
    holdsItem(text, elements, mayBeOfRoles, (item) => itemMayNameRole(item, words))
  )
}

/** What an element is called, by its summary as well. */
function namesOf(element: Element, text: string): string[] {
  const labels = labelsOf(element).map(({ value }) => value)
  const summary = summaryOf(element)
  return summary ? [...labels, text.slice(...summary)] : labels
}

/** Whether there is an item of a kind in a panel with a label of a kind. */
function holdsItem(
  text: string,
  elements: readonly Element[],
  isLabel: (label: string) => boolean,
  isItem: (item: string) => boolean,
): boolean {
  let at = 0
  for (const element of elements) {
    if (!namesOf(element, text).some(isLabel)) continue
    // What stands in a panel around it was looked at.
    for (at = Math.max(at, element.start); at < element.end; ) {
      const line = lineAt(text, at)
      if (line.item && isItem(text.slice(line.at, line.end))) return true
      at = line.next
    }
  }
  return false
}
