/**
 * A text with stretches of it blanked, line breaks left where they are: as long as it was, so that every offset still fits.
 *
 * @param blanks in order; one that begins inside of another adds nothing
 * @param marks what stands at the beginning of a blank in its place, by the blank's offset
 */
export function maskOf(
  text: string,
  blanks: readonly (readonly [start: number, end: number])[],
  marks: ReadonlyMap<number, string>,
): string {
  const parts: string[] = []
  let position = 0
  for (const [start, end] of blanks) {
    if (start < position) continue
    parts.push(text.slice(position, start))
    const mark = marks.get(start) ?? ''
    parts.push(mark, text.slice(start + mark.length, end).replace(/[^\r\n]/g, ' '))
    position = end
  }
  parts.push(text.slice(position))
  return parts.join('')
}
