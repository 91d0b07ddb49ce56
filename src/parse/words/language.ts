/** Languages of code fences. */

const PLAIN = /^(?:te?xt|plain|plaintext)$/i

/** Whether a fence says of its code that it is text, or says nothing of it. */
export function isPlainLanguage(language: string | null | undefined): boolean {
  return !language || PLAIN.test(language)
}
