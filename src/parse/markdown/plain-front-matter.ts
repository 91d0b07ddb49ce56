/** Front matter that is plain: YAML that can't be wrong, read without a YAML parser. */
import { behindByteOrderMark } from '../structure/lines.ts'
import { type PlainYaml, plainYaml } from './plain-yaml.ts'

export interface PlainFrontMatter extends PlainYaml {
  /** 0-based offset at which the body begins. */
  end: number
}

const NONE: PlainFrontMatter = { end: 0, values: new Map(), places: new Map() }
/** The closing line is looked for this far. */
const LIMIT = 8192

/** Reads plain front matter; `null` where it is anything else, and a YAML parser must say whether it is valid. */
export function plainFrontMatter(text: string): PlainFrontMatter | null {
  const opening = behindByteOrderMark(text, 0)
  if (!text.startsWith('---', opening)) return NONE
  // All of its lines end alike, in LF or in CRLF: else one of them is no plain line.
  const lineBreak = text.startsWith('\n', opening + 3) ? '\n' : '\r\n'
  if (!text.startsWith(lineBreak, opening + 3)) return null
  const close = text.indexOf(`\n---${lineBreak}`, opening + 3)
  if (close === -1 || close > LIMIT) return null
  const yaml = plainYaml(text, opening + 3 + lineBreak.length, close + 1, lineBreak)
  return yaml && { end: close + 4, ...yaml }
}
