/** The marks of quotes and items that a line begins with. */

/** Where a line's own text begins, and how many quotes and items may begin before it. */
export function containersOf(text: string, from: number, lineEnd: number): { at: number; depth: number } {
  let at = from
  let depth = 0
  for (; at < lineEnd; at++) {
    const c = text.charCodeAt(at)
    if (c === 32 || c === 9) continue
    if (c === 62) depth++
    else {
      let end = at + 1
      if (c >= 48 && c <= 57) {
        while (end - at < 9 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++
        const mark = text.charCodeAt(end)
        if (mark !== 46 && mark !== 41) break
        end++
      } else if (c !== 45 && c !== 42 && c !== 43) break
      const after = text.charCodeAt(end)
      if (end < lineEnd && after !== 32 && after !== 9) break
      depth++
      at = end - 1
    }
  }
  return { at, depth }
}
