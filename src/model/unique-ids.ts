/**
 * Ids of which no two are the same: the first of several keeps its own, and each later one is followed by the first number
 * from 2 that makes it one that nobody has. Linear, however many are alike.
 *
 * @param ids in the order in which they are numbered
 */
export function uniqueIds(ids: readonly string[]): string[] {
  const taken = new Set(ids)
  const counts = new Map<string, number>()
  return ids.map((id) => {
    const count = counts.get(id)
    if (count === undefined) {
      counts.set(id, 2)
      return id
    }
    let next = count
    // `a-2` may be the own id of another.
    while (taken.has(`${id}-${next}`)) next++
    counts.set(id, next + 1)
    taken.add(`${id}-${next}`)
    return `${id}-${next}`
  })
}
