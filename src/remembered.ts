/** What several ask of one thing (a model, a page, a block), made once. */

/** A function that remembers what it made of its first argument, for as long as that is there: the others go with it. */
export function remembered<Key extends object, Rest extends unknown[], Made>(
  make: (key: Key, ...rest: Rest) => Made,
): (key: Key, ...rest: Rest) => Made {
  const known = new WeakMap<Key, { made: Made }>()
  return (key, ...rest) => {
    const before = known.get(key)
    if (before) return before.made
    const made = make(key, ...rest)
    known.set(key, { made })
    return made
  }
}
