/** Text of documents made safe for a terminal. */

/**
 * Control and bidirectional-override characters as visible escapes (`\x1b`), so that no document can drive a terminal;
 * half of a character as the replacement character, which every encoding can write.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  return text.toWellFormed().replace(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, (c) => {
    if (c === '\t') return ' '
    const code = c.charCodeAt(0)
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}
