/** Small helpers over lists. Order is by code units everywhere, as in the dataset. */
export { byText } from '../../src/query/facts.ts'

export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

export function mapBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) map.set(key(item), item)
  return map
}
