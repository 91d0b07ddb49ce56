/**
 * Ids in languages that don't take every character. Reversible, and no two texts become one, since the escape character
 * is itself escaped.
 */

/**
 * A function that writes texts without the unsafe characters: the escape character and two upper-case hexadecimal digits
 * stand for each UTF-8 byte of one, as in a URL. Half of a surrogate pair, which UTF-8 cannot hold, is always unsafe, and
 * written as the three bytes that it would be.
 *
 * @param mark the escape character, of ASCII
 * @param unsafe matches one unsafe character
 */
export function escaper(mark: string, unsafe: RegExp): (text: string) => string {
  const isUnsafe = (c: string) => c === mark || /\p{Cs}/u.test(c) || unsafe.test(c)
  return (text) => Array.from(text, (c) => (isUnsafe(c) ? escaped(c, mark) : c)).join('')
}

/** Writes a text so that UTF-8 can hold it, and no two texts alike: only `%` and half of a surrogate pair are escaped. */
export const encodable = escaper('%', /(?!)/)

function escaped(character: string, mark: string): string {
  return utf8(character.codePointAt(0) as number)
    .map((byte) => mark + byte.toString(16).toUpperCase().padStart(2, '0'))
    .join('')
}

/** The UTF-8 bytes of a code point; unlike `TextEncoder`, of a surrogate too: https://wtf-8.codeberg.page/ */
function utf8(point: number): number[] {
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f)
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), tail(0)]
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)]
  return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)]
}
