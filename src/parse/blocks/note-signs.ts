/** Signs of notes: `(1)`, `(1, 2)`, `[^a]`, `¹`, `*`, behind a mark or a name. */

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const NUMBERS = String.raw`\(\d{1,2}(?:, ?\d{1,2}){0,8}\)`
const STARS = '[*†‡§]{1,3}'
const MARK_SIGN = String.raw`(?:${STARS}|${NUMBERS}|\([a-z]\)|\(${STARS}\)|\[\^?[\w-]{1,16}\]|[${RAISED}]{1,2})`
/** A name ends in fewer signs than a mark: `Restore (a)` and `Restore [beta]` may be names. */
const NAME_SIGN = String.raw`(?:${STARS}|${NUMBERS}|\[\^[^[\]]{1,40}\]|\[\d{1,2}\]|[${RAISED}]{1,2})`

const BEHIND_MARK = new RegExp(`${MARK_SIGN}$`, 'u')
const BEHIND_NAME = new RegExp(`${NAME_SIGN}$`, 'u')
const ALONE = new RegExp(`^${MARK_SIGN}$`, 'u')
/** What every sign ends in. */
const ENDS = new Set(`*†‡§)]${RAISED}`)
/** No mark and no name has more. */
const MOST = 8

/** What a line of notes begins with: an emphasis begins with a star that no space follows. */
export const LINE_SIGN = String.raw`(?:\\[*]){1,3}|(?:[*†‡§]{1,3}|\(\d{1,2}\)|\[\d{1,2}\])(?=\s)|[†‡§]{1,3}|[${RAISED}]{1,2}`

/** A text, and the signs of notes that stand behind it, in order. */
export interface Signed {
  rest: string
  signs: string[]
}

/** Whether a text is the sign of a note and nothing else. */
export function isSign(text: string): boolean {
  return ALONE.test(text)
}

/** The readings of a text as something with signs behind it, that with the fewest signs first; something is always left. */
export function signedMark(text: string): Signed[] {
  return signed(text, BEHIND_MARK)
}

/** A name without the signs behind it; as it is where there are none. */
export function signedName(text: string): Signed {
  return signed(text, BEHIND_NAME).at(-1) ?? { rest: text, signs: [] }
}

function signed(text: string, behind: RegExp): Signed[] {
  const readings: Signed[] = []
  if (!ENDS.has(text.charAt(text.length - 1))) return readings
  let rest = text
  let signs: string[] = []
  while (readings.length < MOST) {
    const sign = behind.exec(rest.slice(-48))?.[0]
    if (sign === undefined) break
    rest = rest.slice(0, -sign.length).trim()
    if (rest === '') break
    signs = [...singleSigns(sign), ...signs]
    readings.push({ rest, signs })
  }
  return readings
}

/** `(1, 2)` is two signs. */
function singleSigns(sign: string): string[] {
  if (!sign.includes(',')) return [sign]
  return sign
    .slice(1, -1)
    .split(',')
    .map((number) => `(${number.trim()})`)
}

/** `(1)`, `[1]` and `¹` are one sign; `**` is another than `*`. */
export function bareSign(sign: string): string {
  return withoutRaised(sign.replace(/^[([]\^?|[)\]]$/g, ''))
}

/** A text with the digits that are raised in it set on the line. */
export function withoutRaised(text: string): string {
  return text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(RAISED.indexOf(digit)))
}

/** What a note's text begins with: its bare sign, alone or in brackets, and no more of it. */
export function beginsWithSign(sign: string): RegExp {
  const literal = sign.replace(/[*+?^$.()[\]|\\]/g, '\\$&')
  if (/^\d+$/.test(sign)) {
    const raised = [...sign].map((digit) => RAISED[Number(digit)]).join('')
    return new RegExp(
      `^(?:[([]${literal}[)\\]]|${literal}[.):]|${raised}|${literal}(?=\\s+\\p{Lu}))[\\s:.–—-]*(?=\\S)`,
      'u',
    )
  }
  if (/^[a-z]$/i.test(sign)) return new RegExp(`^(?:[([]${literal}[)\\]]|${literal}[.):])[\\s:.–—-]*(?=\\S)`, 'iu')
  return new RegExp(`^\\\\?${literal}(?![*†‡§])[\\s:.)–—-]*(?=\\S)`, 'u')
}

/** Several notes as one text: each once, as sentences where they are some. */
export function joinedNotes(notes: readonly string[]): string {
  return [...new Set(notes)].reduce((all, note) => (/[.!?…]["”’)]?$/.test(all) ? `${all} ${note}` : `${all}; ${note}`))
}
