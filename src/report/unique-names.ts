/** Names for consumers that keep only one of those that are alike. */

/** Gives each name once: the second time it comes with `2` behind it, and so on, in the order asked for. */
export function uniqueNames(separator: string): (name: string) => string {
  const counts = new Map<string, number>()
  const given = new Set<string>()
  return (name) => {
    let count = (counts.get(name) ?? 0) + 1
    let unique = count === 1 ? name : `${name}${separator}${count}`
    while (given.has(unique)) unique = `${name}${separator}${++count}`
    counts.set(name, count)
    given.add(unique)
    return unique
  }
}
