/** What a regular expression has read, for example, when it comes to something that it may repeat. */

/** What stands for a class of characters. */
export const SAMPLES: Record<string, string> = {
  s: ' ',
  S: 'a',
  w: 'a',
  W: ' ',
  d: '1',
  D: 'a',
  n: '\n',
  t: '\t',
  r: '\r',
}

export interface Repetition {
  /** A text for all that the expression reads before. */
  prefix: string
  /** A text for what it repeats. */
  sample: string
}

/** More ways than these to come to one place are not followed. */
const MOST_WAYS = 3

/** The places of an expression that repeat without a bound, each with texts that lead there. */
export function repetitionsOf(source: string): Repetition[] {
  return new Walk(source).run()
}

class Walk {
  readonly #source: string
  readonly #found = new Map<string, Repetition>()
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  run(): Repetition[] {
    this.#choice([''])
    return [...this.#found.values()]
  }

  /** Reads alternatives up to a closing parenthesis or the end; gives what may have been read then, behind `before`. */
  #choice(before: readonly string[]): string[] {
    const after: string[] = []
    do after.push(...this.#sequence(before))
    while (this.#take(/\|/y) !== null)
    return after
  }

  #sequence(before: readonly string[]): string[] {
    let ways = before
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at] as string)) {
      const once = this.#atom(ways)
      const quantifier = this.#take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y) ?? ''
      if (/^(?:[*+]|\{\d+,\})/.test(quantifier)) this.#note(ways, once)
      const skips = /^(?:[*?]|\{0,)/.test(quantifier)
      ways = [...new Set(skips ? [...once, ...ways] : once)].slice(0, MOST_WAYS)
    }
    return [...ways]
  }

  /** What may have been read behind one atom, which is passed over. */
  #atom(before: readonly string[]): string[] {
    const group = this.#take(/\((?:\?(?:<?[=!]|:|<\w+>))?/y)
    if (group !== null) {
      const inside = this.#choice(before)
      this.#at++
      // What is only looked at is not read.
      return /[=!]$/.test(group) ? [...before] : inside
    }
    const sample = this.#sample()
    return before.map((way) => way + sample)
  }

  #sample(): string {
    if (this.#take(/[\^$]|\\[bB]/y) !== null) return ''
    const set = this.#take(/\[(?:\\.|[^\]\\])*\]/suy)
    if (set === null) return characterOf(this.#take(/\\[pP]\{[^{}]*\}|\\u(?:\{[^{}]*\}|\w{4})|\\k<\w+>|\\?./suy) ?? '')
    if (!set.startsWith('[^'))
      return characterOf(/\\[pP]\{[^{}]*\}|\\u(?:\{[^{}]*\}|\w{4})|\\?./su.exec(set.slice(1))?.[0] ?? '')
    const pattern = new RegExp(set, 'su')
    return [...'a 0-'].find((c) => pattern.test(c)) ?? ''
  }

  #note(before: readonly string[], once: readonly string[]): void {
    const shortest = once.toSorted((a, b) => a.length - b.length)
    for (const prefix of before) {
      const sample = shortest.find((way) => way.startsWith(prefix))?.slice(prefix.length) ?? ''
      this.#found.set(`${prefix}\n${sample}`, { prefix, sample })
    }
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const taken = pattern.exec(this.#source)?.[0] ?? null
    if (taken !== null) this.#at += taken.length
    return taken
  }
}

/** A character that an escape or a plain one stands for. */
function characterOf(written: string): string {
  const code = /^\\u\{?([0-9A-Fa-f]+)/.exec(written)?.[1]
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
  if (/^\\P/.test(written)) return '–'
  if (/^\\p/.test(written)) return written.includes('Lu') ? 'É' : written.includes('N') ? '1' : 'é'
  if (written === '.') return 'a'
  return written.startsWith('\\') ? (SAMPLES[written[1] as string] ?? (written[1] as string)) : written
}
