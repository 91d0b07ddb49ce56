/** Patterns with `*`, matched in time linear in the pattern and the text together, whatever they are. */

/** Whether a text is the pattern, in which each `*` stands for any run of characters, none included. Case counts. */
export function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split('*')
  const first = pieces[0] as string
  if (pieces.length === 1) return text === first
  const last = pieces[pieces.length - 1] as string
  if (first.length + last.length > text.length || !text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let from = first.length
  for (const piece of pieces.slice(1, -1)) {
    const at = find(piece, text, from, end)
    if (at === -1) return false
    from = at + piece.length
  }
  return true
}

/**
 * The first place of a piece in a text between two offsets, or -1. Knuth, Morris and Pratt: `indexOf` may take the
 * product of both lengths.
 */
function find(piece: string, text: string, from: number, end: number): number {
  if (piece.length > end - from) return -1
  if (piece === '') return from
  const back = fallbacks(piece)
  let matched = 0
  for (let at = from; at < end; at++) {
    while (matched > 0 && piece.charCodeAt(matched) !== text.charCodeAt(at)) matched = back[matched - 1] as number
    if (piece.charCodeAt(matched) === text.charCodeAt(at)) matched++
    if (matched === piece.length) return at - piece.length + 1
  }
  return -1
}

/** For each prefix of a piece, the length of its longest proper prefix that is also its end. */
function fallbacks(piece: string): number[] {
  const back = [0]
  let matched = 0
  for (let at = 1; at < piece.length; at++) {
    while (matched > 0 && piece.charCodeAt(matched) !== piece.charCodeAt(at)) matched = back[matched - 1] as number
    if (piece.charCodeAt(matched) === piece.charCodeAt(at)) matched++
    back.push(matched)
  }
  return back
}
