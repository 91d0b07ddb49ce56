/** Lists as long as a page makes them: no call takes a hundred thousand arguments, as `push(...more)` would give it. */

/** Puts all of `more` at the end of `list`, in order. */
export function addAll<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one)
}

/** The greatest of some numbers, and `atLeast` where none is greater. */
export function greatest(numbers: Iterable<number>, atLeast = 0): number {
  let found = atLeast
  for (const number of numbers) if (number > found) found = number
  return found
}

/** The least of some numbers, and `atMost` where none is less. */
export function least(numbers: Iterable<number>, atMost = Number.POSITIVE_INFINITY): number {
  let found = atMost
  for (const number of numbers) if (number < found) found = number
  return found
}
