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

/** The index of the first of some things, in order of a number, whose number is at least so much. */
export function firstFrom<T>(sorted: readonly T[], atLeast: number, numberOf: (thing: T) => number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numberOf(sorted[middle] as T) < atLeast) low = middle + 1
    else high = middle
  }
  return low
}
