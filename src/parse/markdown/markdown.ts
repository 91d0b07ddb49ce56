/**
 * Markdown to mdast: by the fast parser where it reads a text as the reference does, else by the reference (remark), whose
 * reading is right by definition. See `structure.ts` for what both are given.
 */
import type { Code, Nodes, Root, RootContent } from 'mdast'
import type { Fence } from '../structure/fences.ts'
import type { Structure } from '../structure/structure.ts'
import { parseFast, settleEnds } from './fast-markdown.ts'
import { lateModule } from './late.ts'
import { hasTooManyQuotes } from './quotes.ts'

/** The parsers of unified, loaded when a text first needs them: most runs never do. */
export function reference(): typeof import('./reference.ts') {
  return lateModule('reference')
}

/** Parses a masked page. Positions are those of the page: offsets 0-based, lines and columns 1-based. */
export function parseMarkdown(masked: string): Root {
  return parseFast(masked) ?? parseByReference(masked)
}

function parseByReference(masked: string): Root {
  const root = reference().markdown.parse(masked)
  settleEnds(root)
  return root
}

/**
 * Parses a page's structure: its masked text, with the broken fences that were taken out of it put back as code, each
 * after the block that it follows. `TOO_DEEP` where it is nested more deeply than the parser's calls can go, and
 * `TOO_MANY_QUOTES` where only the reference reads it, and would take a square of its length.
 */
export function parsePage(structure: Structure): Root {
  const root = parseOrNothing(structure)
  if (root === TOO_DEEP || root === TOO_MANY_QUOTES) return root
  if (structure.brokenFences.length === 0) return root
  const fences = structure.brokenFences.map(codeOf).reverse()
  const children: RootContent[] = []
  for (const child of root.children) {
    while (fences.length > 0 && startOf(fences.at(-1)) < startOf(child)) children.push(fences.pop() as Code)
    children.push(child)
  }
  root.children = [...children, ...fences.reverse()]
  return root
}

function codeOf({ lang, value, start, end }: Fence): Code {
  const point = (offset: number) => ({ line: 1, column: 1, offset })
  return { type: 'code', lang, value, position: { start: point(start), end: point(end) } }
}

function startOf(node: Nodes | undefined): number {
  return node?.position?.start.offset ?? 0
}

/** The tree of a page that is nested too deeply to be read: nothing. */
export const TOO_DEEP: Root = { type: 'root', children: [] }
/** The same of one with more quotes than the reference is given. */
export const TOO_MANY_QUOTES: Root = { type: 'root', children: [] }

function parseOrNothing(structure: Structure): Root {
  try {
    const root = parseFast(structure.masked)
    if (root) return root
    return hasTooManyQuotes(structure.masked) ? TOO_MANY_QUOTES : parseInParts(structure)
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP
    throw error
  }
}

/** No page is parsed in smaller parts than this. */
const PART = 16_384
/** A definition of a link or footnote counts for the whole page, so such a page is parsed whole. */
const DEFINITION = /^[ \t>*+\d.)-]*\[[^\]\n]*\]:/m

/**
 * Parses a large page in parts that begin at its margins, where nothing above goes on: the parser's work grows faster than
 * its text (its tables edit one list of events for the whole document).
 *
 * @param part the least length of a part, in UTF-16 code units
 */
export function parseInParts({ masked, margins }: Pick<Structure, 'masked' | 'margins'>, part = PART): Root {
  if (masked.length < 2 * part || DEFINITION.test(masked)) return parseByReference(masked)
  const root: Root = { type: 'root', children: [] }
  let from = 0
  for (const to of [...margins, masked.length]) {
    if (to < masked.length && to - from < part) continue
    const { children } = parseByReference(masked.slice(from, to))
    for (const child of children) {
      shift(child, from)
      root.children.push(child)
    }
    from = to
  }
  return root
}

/** Moves the offsets of a node and all that it holds; lines are left as they are: nothing reads them. */
function shift(top: Nodes, by: number): void {
  const queue: Nodes[] = [top]
  for (let node = queue.pop(); node; node = queue.pop()) {
    for (const point of [node.position?.start, node.position?.end]) if (point?.offset !== undefined) point.offset += by
    if ('children' in node) for (const child of node.children) queue.push(child)
  }
}
