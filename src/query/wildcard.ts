/** Patterns with `*` and `?`, as cloud policies write them. Goes back to the last `*` only, so that none takes long. */

/** Whether every text that `inner` fits is one that `outer` fits; `*` stands for any characters, `?` for one. */
export function patternCovers(outer: string, inner: string): boolean {
  let i = 0
  let star = -1
  let from = 0
  for (let j = 0; j < inner.length; ) {
    const c = outer[i]
    if (c === '*') {
      star = i++
      from = j
    } else if (c !== undefined && (c === inner[j] || (c === '?' && inner[j] !== '*'))) {
      i++
      j++
    } else if (star >= 0) {
      i = star + 1
      j = ++from
    } else return false
  }
  while (outer[i] === '*') i++
  return i === outer.length
}
