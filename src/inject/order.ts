/** Where something new stands among what is there. */
import { compareText } from '../diagnostic.ts'

/** Operations as most tables of permissions order them. */
const USUAL = ['create', 'get', 'read', 'view', 'list', 'update', 'edit', 'delete']

/**
 * The index at which an item belongs: in alphabetical order where the list has that, else next to its neighbour in the
 * first list of the page that knows it, else at the end.
 *
 * @param before the list as it was, before anything was taken out of it
 */
export function placeFor(
  item: string,
  present: readonly string[],
  examples: readonly (readonly string[])[],
  before: readonly string[] = present,
): number {
  const sorting = SORTINGS.find((key) => before.length > 1 && isSorted([before, present].map((list) => list.map(key))))
  if (sorting) {
    const after = present.findIndex((other) => sorting(other) > sorting(item))
    return after === -1 ? present.length : after
  }
  for (const example of examples) {
    const at = example.indexOf(item)
    if (at === -1) continue
    for (let i = at - 1; i >= 0; i--) {
      const before = present.indexOf(example[i] as string)
      if (before !== -1) return before + 1
    }
    for (let i = at + 1; i < example.length; i++) {
      const after = present.indexOf(example[i] as string)
      if (after !== -1) return after
    }
  }
  return present.length
}

const SORTINGS: ((text: string) => string)[] = [(text) => text, (text) => text.toLowerCase()]

function isSorted(lists: readonly (readonly string[])[]): boolean {
  return lists.every((texts) => texts.every((text, i) => i === 0 || (texts[i - 1] as string) <= text))
}

/** Items in the order of an example; what it does not know follows in code-unit order. */
export function inOrder(items: Iterable<string>, example: readonly string[]): string[] {
  const rank = (item: string) => (example.includes(item) ? example.indexOf(item) : example.length)
  return [...new Set(items)].sort((a, b) => rank(a) - rank(b) || compareText(a, b))
}

/** The same for operations, which have a usual order. */
export function operationsInOrder(items: Iterable<string>, example: readonly string[]): string[] {
  return inOrder(items, [...example, ...USUAL.filter((operation) => !example.includes(operation))])
}
