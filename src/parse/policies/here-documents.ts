/** Here-documents of shell commands: files that a page has its readers write, or hand to a command. */
import { endOfLine, nextLine } from '../structure/lines.ts'

export interface HereDocument {
  /** Offset of the body in the text. */
  start: number
  body: string
}

const OPENING = /<<-?[ \t]*(['"]?)([A-Za-z_]\w{0,40})\1/g
/** Openings without an end are shifts and other things; after so many, the text holds no here-documents. */
const MOST_FAILURES = 20

/** The here-documents of a text (`<<EOF` up to a line `EOF`), in order. */
export function hereDocuments(text: string): HereDocument[] {
  const found: HereDocument[] = []
  const opening = new RegExp(OPENING)
  for (let failures = 0; failures < MOST_FAILURES; ) {
    const match = opening.exec(text)
    if (!match) break
    const start = nextLine(text, endOfLine(text, opening.lastIndex))
    const end = endOfBody(text, start, match[2] as string)
    if (end === -1) failures++
    else {
      found.push({ start, body: text.slice(start, end) })
      opening.lastIndex = end
    }
  }
  return found
}

function endOfBody(text: string, start: number, word: string): number {
  for (let line = start; line < text.length; ) {
    const lineEnd = endOfLine(text, line)
    if (text.slice(line, Math.min(lineEnd, line + 200)).trim() === word) return line
    line = nextLine(text, lineEnd)
  }
  return -1
}
