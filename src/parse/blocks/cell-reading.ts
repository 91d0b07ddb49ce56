/** What the text of a cell says, wherever the cell stands: its lines and items, and what of it nobody sees. */
import { remembered } from '../../remembered.ts'
import { squeeze } from '../../text.ts'
import { ICON } from '../markdown/inline.ts'
import type { Page } from '../page/page.ts'
import { NOTE } from './cell-text.ts'

export interface CellReading {
  /** Text as a reader sees it, on one line. */
  text: string
  /** The same for a reader of marks: names of pictures stand between `ICON`s, a raised note's sign in parentheses. */
  mark: string
  /** The text split at `<br>` and list edges; bullets and empty lines dropped. */
  lines: readonly string[]
  /** The things that the cell lists: begun by bullets, else set apart by blank lines, else one a line. */
  items: readonly string[]
  /** Whether characters stand in it that nobody sees: zero-width spaces, soft hyphens, marks of direction. */
  hidden: boolean
}

/** Zero-width characters but those that join emoji, soft hyphens, and marks of direction. */
export const HIDDEN =
  /[\u200B\u200C\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?<!\p{Extended_Pictographic}|\uFE0F|[\u{1F3FB}-\u{1F3FF}])\u200D/u
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'gu')
const EDGES = new RegExp(`[${ICON}]`, 'g')
const NOTES = new RegExp(`\\s*${NOTE}([^${NOTE}]*)${NOTE}`, 'g')

const readingsOf = remembered((_: Page) => new Map<string, CellReading>())

/** What the text of a cell says, as `cell-text.ts` gives it. A page's tables write a few marks many times: each is read once. */
export function readingOf(raw: string, page: Page): CellReading {
  const known = readingsOf(page)
  let reading = known.get(raw)
  if (!reading) {
    reading = readText(raw)
    known.set(raw, reading)
  }
  return reading
}

function readText(raw: string): CellReading {
  const seen = raw.replace(ALL_HIDDEN, '')
  const shown = seen.replace(NOTES, '').replace(EDGES, '')
  const written = shown.split('\n').map(squeeze)
  return {
    text: squeeze(shown),
    mark: squeeze(seen.replace(NOTES, ' ($1)')),
    lines: written.map(withoutBullet).filter((line) => line !== ''),
    items: listItems(written),
    hidden: seen !== raw,
  }
}

const BULLET = /^[-*+•]\s+/

function withoutBullet(line: string): string {
  return line.replace(BULLET, '')
}

/** Lines to items: a line that goes on (`Cluster Admin or` / `Editor`) belongs to the item above it. */
function listItems(written: string[]): string[] {
  const bulleted = written.some((line) => BULLET.test(line))
  const spaced = !bulleted && written.slice(1, -1).includes('')
  const items: string[] = []
  let open = false
  for (const line of written) {
    if (line === '') {
      if (!bulleted) open = false
      continue
    }
    const previous = items.at(-1)
    const goesOn =
      previous !== undefined && (/\bor$/i.test(previous) || (open && (bulleted ? !BULLET.test(line) : spaced)))
    if (goesOn) items[items.length - 1] = `${previous} ${line}`
    else items.push(withoutBullet(line))
    open = true
  }
  return items
}
