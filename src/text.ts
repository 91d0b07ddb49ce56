/** Small pure helpers on text: slugs, lines, suggestions. */
import { distance } from 'fastest-levenshtein'
import { compareText } from './diagnostic.ts'

/** Lower-case letters and digits joined by single hyphens; `fallback` where nothing is left. */
export function slugify(text: string, fallback = 'unnamed'): string {
  const slug = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? fallback : slug
}

/** What `squeeze` has something to do with: most texts are as they should be. */
const LOOSE = /^\s|\s$|\s\s|[^\S ]|[\u200B-\u200D\u2060\uFEFF]/

/** Collapses runs of white space (NBSP and zero-width characters included) and trims. */
export function squeeze(text: string): string {
  if (!LOOSE.test(text)) return text
  return text
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A name as it is compared: two that are the same to a reader, case and spacing aside, are one. */
export function foldedName(text: string): string {
  return squeeze(text).toLowerCase()
}

/** Whether two names are the same to a reader: case and spacing aside. */
export function sameName(a: string, b: string): boolean {
  return a === b || foldedName(a) === foldedName(b)
}

/** A text without the byte order mark that some editors put before a file's own text. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** Turns offsets of one text into 1-based lines and columns; looks at the text as far as it is asked. */
export class LineIndex {
  readonly #text: string
  readonly #hasReturns: boolean
  readonly #starts: number[] = [0]
  #isComplete = false
  /** The line that was found last, 0-based: most questions are about it or a line near behind it. */
  #last = 0

  constructor(text: string) {
    this.#text = text
    this.#hasReturns = text.includes('\r')
  }

  /** The 1-based line and column of a 0-based offset. */
  at(offset: number): { line: number; column: number } {
    while (!this.#isComplete && this.#end() <= offset) this.#addLine()
    this.#last = this.#lineOf(offset)
    return { line: this.#last + 1, column: offset - (this.#starts[this.#last] as number) + 1 }
  }

  /** The 0-based offset at which a 1-based line begins. */
  start(line: number): number {
    while (!this.#isComplete && this.#starts.length < line) this.#addLine()
    return this.#starts[line - 1] ?? this.#end()
  }

  /** Where the last line begins that was found so far. */
  #end(): number {
    return this.#starts[this.#starts.length - 1] as number
  }

  #addLine(): void {
    const next = this.#hasReturns ? nextOfAny(this.#text, this.#end()) : this.#text.indexOf('\n', this.#end()) + 1
    if (next === 0) this.#isComplete = true
    else this.#starts.push(next)
  }

  #lineOf(offset: number): number {
    let low = (this.#starts[this.#last] as number) <= offset ? this.#last : 0
    let high = this.#starts.length - 1
    for (let step = 1; low + step <= high; step *= 2) {
      if ((this.#starts[low + step] as number) > offset) high = low + step - 1
    }
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** Where the line after the one at an offset begins, whichever way it ends; 0 for the last one. */
function nextOfAny(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) return i + 1
  }
  return 0
}

/**
 * The letters of a text as a set of 32 bits, several letters to a bit. An edit changes two bits at most: of two texts whose
 * sets differ in more than twice as many bits as edits are allowed, nobody has to count the edits.
 */
export function letterSet(text: string): number {
  let set = 0
  for (let i = 0; i < text.length; i++) set |= 1 << (text.charCodeAt(i) & 31)
  return set
}

/** Whether two texts with these letters may be as few edits apart; `false` is certain. */
export function mayBeWithin(edits: number, a: number, b: number): boolean {
  let bits = a ^ b
  for (let left = edits * 2; bits !== 0; left--) {
    if (left === 0) return false
    bits &= bits - 1
  }
  return true
}

/**
 * The candidate that a reader most likely meant, or `null` where none is near: first one that differs in case alone,
 * then the one at the smallest edit distance: at most a third of the length, but two letters of a word of four or more.
 */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  return suggester(candidates)(text)
}

/** How much of one set of candidates is compared, in pairs of letters: after that, some texts get no suggestion. */
const MOST_COMPARED = 1_000_000_000

/** `nearest` for many texts with the same candidates, which are looked at once; `isFree` says which of them still are some. */
export function suggester(
  candidates: Iterable<string>,
  isFree: (candidate: string) => boolean = () => true,
): (text: string) => string | null {
  const sorted = [...candidates].sort(compareText).map((candidate) => {
    const lower = candidate.toLowerCase()
    return { candidate, lower, letters: letterSet(lower) }
  })
  const byLower = Map.groupBy(sorted, ({ lower }) => lower)
  let left = MOST_COMPARED
  return (text) => {
    const wanted = text.toLowerCase()
    const sameLetters = byLower.get(wanted)?.find(({ candidate }) => candidate !== text && isFree(candidate))
    if (sameLetters !== undefined) return sameLetters.candidate
    const wantedLetters = letterSet(wanted)
    let best: string | null = null
    let bestDistance = Math.max(text.length < 4 ? 1 : 2, Math.floor(text.length / 3)) + 1
    left -= sorted.length
    if (left < 0) return null
    for (const { candidate, lower, letters } of sorted) {
      if (candidate === text || Math.abs(candidate.length - text.length) >= bestDistance) continue
      if (!mayBeWithin(bestDistance - 1, letters, wantedLetters) || !isFree(candidate)) continue
      const pairs = candidate.length * text.length
      if (pairs > left) continue
      left -= pairs
      const d = distance(wanted, lower)
      if (d < bestDistance) {
        best = candidate
        bestDistance = d
      }
    }
    return best
  }
}

/** `1 role`, `2 roles`; for a noun that takes no mere `s`, with its plural: `2 entries`. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`
}

/** The first `most` of some texts, and how many more there are: `a, b and 4 more`. */
export function few(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most).join(', ')
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown
}

/** The same in backticks, as messages write what stands on a page. */
export function fewQuoted(texts: readonly string[], most: number): string {
  return few(
    texts.map((text) => `\`${text}\``),
    most,
  )
}

/** An English plural's singular, of one word in lower case: `policies` gives `policy`, `clusters` `cluster`, `access` itself. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(?:ss|sh|ch|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

/**
 * What all spellings of a component's name have in common: its letters and digits in lower case, without the ending of a
 * plural. `API Keys`, `API-Key` and `apiKey` are one; so are `Registries` and `Registry`, `Passes` and `Pass`.
 */
export function componentKey(name: string): string {
  const stem = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/s$/, '')
  return stem === '' ? foldedName(name) : stem
}

/**
 * Finds what a component's name stands for among named things: first by the name itself, then by its `componentKey`; of
 * several that fit the first, and `null` where none does.
 */
export function componentFinder<T>(things: Iterable<readonly [name: string, thing: T]>): (name: string) => T | null {
  const byName = new Map<string, T>()
  const byKey = new Map<string, T>()
  for (const [name, thing] of things) {
    const [folded, key] = [foldedName(name), componentKey(name)]
    if (!byName.has(folded)) byName.set(folded, thing)
    if (!byKey.has(key)) byKey.set(key, thing)
  }
  return (name) => byName.get(foldedName(name)) ?? byKey.get(componentKey(name)) ?? null
}

/** A text without anything that ends a line or changes how one reads, for comments and titles. */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
}

/**
 * A value as indented JSON that ends in a newline. Control and bidirectional characters are escaped, so that no text of a
 * document can drive the terminal that prints it; what a parser reads is the same.
 */
export function toJson(value: unknown): string {
  return inert(JSON.stringify(value, null, 2))
}

/** The same on one line, which holds nothing that any reader of lines would end it at. */
export function toJsonLine(value: unknown): string {
  return inert(JSON.stringify(value).replace(/[\u2028\u2029]/g, escaped))
}

function inert(json: string): string {
  return `${json.replace(/[\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, escaped)}\n`
}

function escaped(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
}
