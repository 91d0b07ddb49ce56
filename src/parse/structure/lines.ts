/** Finding one's way in text by offsets: lines, and the code spans of Markdown. */

/** The offset of the line break that ends the line at `from`, or the text's length. */
export function endOfLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 10 || c === 13) return i
  }
  return text.length
}

/** The offset at which the line of an offset begins. */
export function startOfLine(text: string, offset: number): number {
  let start = offset
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--
  return start
}

/** The offset after the line break at `lineEnd`: CR and LF together are one. */
export function nextLine(text: string, lineEnd: number): number {
  return text.startsWith('\r\n', lineEnd) ? lineEnd + 2 : lineEnd + 1
}

const BYTE_ORDER_MARK = 0xfeff

/** Where the body of a page begins, whose front matter ends at an offset: behind the mark, where it has none. */
export function behindByteOrderMark(text: string, end: number): number {
  return end === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : end
}

/** Whether a character code is that of a letter of ASCII. */
export function isLetter(c: number): boolean {
  return (c >= 65 && c <= 90) || (c >= 97 && c <= 122)
}

/** How many backticks stand at an offset. */
export function runLength(text: string, start: number): number {
  let end = start
  while (text[end] === '`') end++
  return end - start
}

/** The offset after the closing run of a code span, or -1; a blank line ends the search, as it ends the paragraph. */
export function closeOfCodeSpan(text: string, from: number, length: number): number {
  const limit = Math.min(text.length, from + 4096)
  for (let i = from; i < limit; i++) {
    const c = text[i]
    if (c === '`') {
      const run = runLength(text, i)
      if (run === length) return i + run
      i += run - 1
    } else if (c === '\n' && /^[ \t\r]*\n/.test(text.slice(i + 1, i + 80))) return -1
  }
  return -1
}

/** The offset after the comment that begins at `start` (`<!-- -->`, or MDX's braces); -1 where none begins. */
export function endOfComment(text: string, start: number): number {
  if (text.startsWith('<!--', start)) {
    const close = text.indexOf('-->', start + 4)
    return close === -1 ? text.length : close + 3
  }
  if (!text.startsWith('{/*', start)) return -1
  const close = text.indexOf('*/}', start + 3)
  return close === -1 ? -1 : close + 3
}

/** The offset of the first of a global pattern's matches at or behind an offset; infinite where there is none. */
export function indexOfAny(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY
}

/** Whether a stretch holds nothing but spaces, tabs and line breaks. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    if (c !== 32 && c !== 9 && c !== 10 && c !== 13) return false
  }
  return true
}
