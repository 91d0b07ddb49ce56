/** Texts that a regular expression may take too long for: runs of what it is made of itself. */
import { repetitionsOf, SAMPLES } from './prefixes.ts'

/** Runs that expressions of the sources stumble over, whatever they are made of. */
const COMMON = [
  ' ',
  '\t',
  '\n',
  'a',
  '0',
  '-',
  '|',
  '<',
  '{',
  '[',
  '(',
  '"',
  '*',
  '/',
  'a ',
  '| ',
  ' \n',
  '\\|',
  '<a ',
  '{#',
  '](',
  'é',
]

const ATOM = /\\p\{([^{}]*)\}|\\u\{?([0-9A-Fa-f]{1,6})\}?|\\(.)|([^\\[\](){}?*+^$|.])/gsu

/** The characters that an expression names, one for each class. */
function charactersOf(source: string): string[] {
  const found = new Set<string>()
  for (const [, property, code, escaped, plain] of source.matchAll(ATOM)) {
    if (property !== undefined)
      found.add(/^P/.test(property) ? '–' : /Lu/.test(property) ? 'É' : property === 'N' ? '1' : 'é')
    else if (code !== undefined) found.add(String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)))
    else if (escaped !== undefined && escaped !== 'b' && escaped !== 'B') found.add(SAMPLES[escaped] ?? escaped)
    else if (plain !== undefined) found.add(plain)
  }
  return [...found].slice(0, 16)
}

export interface Pump {
  head: string
  unit: string
}

/** What to repeat, and behind what: characters of the expression, pairs of the first of them, its words, and what leads to its repetitions. */
export function pumpsOf({ source }: RegExp): Pump[] {
  const own = charactersOf(source)
  const words = [...source.matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word).slice(0, 6)
  const pairs = own.slice(0, 6).flatMap((a) => own.slice(0, 6).map((b) => a + b))
  const units = new Set([...COMMON, ...own, ...pairs, ...words, ...words.map((word) => `${word} `)])
  const first = /^\^?((?:[\w<|"'`#{-]|\\[{|[(.*])*)(?![*?+{])/.exec(source)?.[1]?.replaceAll('\\', '') ?? ''
  const ways = repetitionsOf(source).flatMap(({ prefix, sample }) => [
    { head: '', unit: prefix },
    { head: '', unit: prefix + sample },
    { head: prefix, unit: sample },
  ])
  return [
    ...[...units].flatMap((unit) => [...new Set(['', first, 'a', 'a '])].map((head) => ({ head, unit }))),
    ...ways.filter(({ unit }) => unit !== ''),
  ]
}

/** A text of at least so many characters that ends in what no expression expects. */
export function pumped({ head, unit }: Pump, length: number): string {
  return `${head}${unit.repeat(Math.ceil(length / unit.length))}\u0001`
}
