import { addAll } from '../../lists.ts'

/** Text as sentences of words. */

const CONTRACTIONS: Readonly<Record<string, string>> = {
  "can't": 'cannot',
  "isn't": 'is not',
  "aren't": 'are not',
  "doesn't": 'does not',
  "don't": 'do not',
  "won't": 'will not',
  "mustn't": 'must not',
}

/** Sentences as words in lower case and marks; a full stop ends one where white space follows. */
export function sentencesOf(text: string): string[][] {
  const sentences: string[][] = [[]]
  for (const [token] of text
    .toLowerCase()
    .replaceAll('’', "'")
    .matchAll(/[\p{L}\p{N}][\p{L}\p{N}'_-]*|[.!?](?=\s|$)|[^\s]/gu)) {
    if (/^[.!?;]$/.test(token)) {
      sentences.push([])
      continue
    }
    const sentence = sentences.at(-1) as string[]
    const written = Object.hasOwn(CONTRACTIONS, token) ? (CONTRACTIONS[token] as string) : token
    if (written === 'not' && sentence.at(-1) === 'can') sentence[sentence.length - 1] = 'cannot'
    else addAll(sentence, written.split(' '))
  }
  return sentences.filter((sentence) => sentence.length > 0)
}
