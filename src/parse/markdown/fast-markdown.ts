/**
 * The fast parser (Sätteri, in Rust) behind the same interface as the reference parser: the same tree or none at all. Where
 * it reads something that is switched off in the reference (indented code, HTML), or text that both are known to read
 * differently, it gives nothing, and the reference is asked. `test/parity.test.ts` holds both together.
 */
import type { List, ListItem, Nodes, Root } from 'mdast'
import { latePackage } from './late.ts'

type Parse = (source: string, options: object) => Root

const OPTIONS = { features: { frontmatter: false } }

/** Text that both read differently. */
const ODD: readonly RegExp[] = [
  // A line of one or two marks of emphasis alone; a box where no item begins.
  /(?:^|\n)[ \t>]*(?:[_*]{1,2}[ \t]*(?:[\r\n]|$)|\[[ xX]\][ \t])/,
  // What counts as white space or punctuation beside a mark of emphasis: a byte-order mark, and symbols beyond the first plane.
  /\uFEFF|[*_~][\uD800-\uDFFF]|[\uDC00-\uDFFF][*_~]/,
  // A star between an underscore and a word opens; one of them takes it for the end of what the underscore stands in.
  /_\*{1,3}[^\s*]/,
]
const ADDRESS = /www\.|:\/\/|@/

/** Whether an address stands right before the end of a cell, which it would swallow, or has brackets in it. */
function hasOddAddress(masked: string): boolean {
  if (!ADDRESS.test(masked)) return false
  for (const line of masked.split('\n')) {
    if (!ADDRESS.test(line)) continue
    for (const word of line.split(/\s+/)) {
      const first = word.search(ADDRESS)
      if (first === -1) continue
      if (word.includes('|', first) || (word.includes('www.') && word.includes('[', word.indexOf('www.')))) return true
    }
  }
  return false
}

/** A line that is indented by four columns and would begin something, were it not. */
const INDENTED = /\n(?=[ \t>]*(?: {4}|\t))(?:[ \t>]*(?:#|[-*+_=]|\d{1,9}[.)]|`{3}|~{3}|\[|:)|[^\n]*[>|])/
/** The end of a fence, too far to the right for one parser, before the end of its code. */
const LATE_FENCE = /\n(?=[ \t>]*(?: {4}|\t))[ \t>]*(?:`{3,}|~{3,})[ \t]*\r?\n/

let parser: Parse | null | undefined

/** The tree of a masked text, or `null` where the reference parser must read it. */
export function parseFast(masked: string): Root | null {
  if (masked.includes('\0') || !masked.isWellFormed() || ODD.some((odd) => odd.test(masked))) return null
  if (hasOddAddress(masked)) return null
  if (parser === undefined) parser = latePackage<{ markdownToMdast: Parse }>('satteri')?.markdownToMdast ?? null
  if (!parser) return null
  const root = parser(masked, OPTIONS)
  return settled(root, masked) ? root : null
}

/** Whether a tree holds nothing that the reference would read otherwise; brings places to where the reference has them. */
function settled(root: Root, masked: string): boolean {
  // Of what stands in a line, only HTML matters.
  const mayHoldHtml = masked.includes('<')
  const lists: (List | ListItem)[] = []
  const queue: Nodes[] = [root]
  for (let node = queue.pop(); node; node = queue.pop()) {
    switch (node.type) {
      case 'html':
        return false
      case 'code':
        if (!isFence(node, masked)) return false
        break
      case 'paragraph':
      case 'heading':
        if (INDENTED.test(sourceOf(node, masked))) return false
        if (!mayHoldHtml) continue
        break
      case 'table':
        if (!mayHoldHtml) continue
        break
      case 'list':
        lists.push(node)
        break
      case 'listItem':
        lists.push(node)
        if (typeof node.checked === 'boolean') withBox(node.children[0], masked)
        break
      default:
    }
    if (!('children' in node)) continue
    let before: Nodes | undefined
    for (const child of node.children) {
      if (child.type === 'paragraph' && isTornFrom(before, child, masked)) return false
      queue.push(child)
      before = child
    }
  }
  endWithChildren(lists)
  return true
}

function sourceOf({ position }: Nodes, masked: string): string {
  return masked.slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
}

function isFence(node: Nodes, masked: string): boolean {
  const source = sourceOf(node, masked)
  return (source.startsWith('`') || source.startsWith('~')) && !LATE_FENCE.test(source)
}

/** Whether two paragraphs stand on lines that follow each other: one paragraph that was torn in two. */
function isTornFrom(before: Nodes | undefined, paragraph: Nodes, masked: string): boolean {
  if (before?.type !== 'paragraph') return false
  const between = masked.slice(before.position?.end.offset ?? 0, paragraph.position?.start.offset ?? 0)
  return (between.match(/\r\n|\n|\r/g) ?? []).length < 2
}

/** The reference counts the box of a task to its paragraph where no text follows it at once. */
function withBox(paragraph: Nodes | undefined, masked: string): void {
  const start = paragraph?.position?.start
  if (paragraph?.type !== 'paragraph' || start?.offset === undefined) return
  if (paragraph.children[0]?.type === 'text') return
  const box = masked.lastIndexOf('[', start.offset)
  start.column -= start.offset - box
  start.offset = box
}

/** Ends every list and item where its last child ends: both parsers let some go on over the blank that follows. */
export function settleEnds(root: Root): void {
  const lists: (List | ListItem)[] = []
  const queue: Nodes[] = [root]
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node.type === 'list' || node.type === 'listItem') lists.push(node)
    else if (node.type === 'paragraph' || node.type === 'table') continue
    if ('children' in node) for (const child of node.children) queue.push(child)
  }
  endWithChildren(lists)
}

/** @param lists parents before their children: backwards, every list ends where what it holds does */
function endWithChildren(lists: (List | ListItem)[]): void {
  for (const { position, children } of lists.reverse()) {
    const last = children.at(-1)?.position
    if (position && last) position.end = { ...last.end }
  }
}
