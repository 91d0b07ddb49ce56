/** Patterns with `*` and `?`, as policies write them. */

/** Whether a pattern covers a text, case aside; `*` stands for any characters, `?` for one. Goes back to the last `*` only. */
export function covers(pattern: string, text: string): boolean {
  const [p, t] = [pattern.toLowerCase(), text.toLowerCase()]
  let i = 0
  let star = -1
  let from = 0
  for (let j = 0; j < t.length; ) {
    const c = p[i]
    if (c === '*') {
      star = i++
      from = j
    } else if (c !== undefined && (c === t[j] || c === '?')) {
      i++
      j++
    } else if (star >= 0) {
      i = star + 1
      j = ++from
    } else return false
  }
  while (p[i] === '*') i++
  return i === p.length
}

export function isPattern(text: string): boolean {
  return /[*?]/.test(text)
}
