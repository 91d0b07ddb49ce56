/** JSON documents that stand in strings: in a value of a template in YAML, or escaped in quotes of a command. */
import { type ParsedDocument, parseJson } from './json.ts'
import type { DocNode } from './node.ts'

/** What no policy is without; other documents in strings are nobody's. */
const POLICY = /"(?:Statement|(?:Not)?(?:Data)?Actions?|includedPermissions)"\s*:/i
/** A quote and a brace behind it, and a quote that a backslash keeps. */
const ESCAPED = /"(?=\s*\{\s*\\")/g
/** Quotes that never end are searched to the end of their text; after so many, there are no documents. */
const MOST_FAILURES = 20

/** The policies in the strings of documents: `text` is what these were parsed from, `from` where it begins. Never throws. */
export function documentsInStrings(
  text: string,
  documents: readonly ParsedDocument[],
  from = 0,
): readonly ParsedDocument[] {
  if (!POLICY.test(text)) return []
  return documents
    .flatMap(({ root }) => stringsIn(root))
    .flatMap(({ node: { start, end, value }, owner }) => {
      if (!/^\s*\{/.test(String(value)) || !POLICY.test(String(value))) return []
      const written = text.slice(start - from, end - from)
      const brace = written.indexOf('{')
      const quote = /^['"]/.test(written) ? 1 : 0
      // What is escaped is found by itself.
      if (brace === -1 || /^\{\s*\\/.test(written.slice(brace, brace + 80))) return []
      const parsed = parseJson(written.slice(brace, written.length - quote).trimEnd(), start + brace)
      return parsed.map((document) => ({ ...document, owner }))
    })
}

interface OwnedString {
  node: DocNode
  owner: DocNode | undefined
}

/** All strings of a tree, in order, each with the nearest object that holds it. */
function stringsIn(root: DocNode | undefined): OwnedString[] {
  const found: OwnedString[] = []
  const seen = new Set<DocNode>()
  const queue: OwnedString[] = root ? [{ node: root, owner: undefined }] : []
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, owner } = next
    if (seen.has(node)) continue
    seen.add(node)
    if (node.type === 'string') found.push(next)
    for (const item of node.items) queue.push({ node: item, owner })
    for (const { value } of node.entries) queue.push({ node: value, owner: node })
  }
  return found.sort((a, b) => a.node.start - b.node.start)
}

/** The policies that stand escaped in double quotes: `"{\"Version\": …}"`. Never throws. */
export function escapedJson(text: string): readonly ParsedDocument[] {
  if (!text.includes('\\"')) return []
  const documents: ParsedDocument[] = []
  let failures = 0
  let end = 0
  for (const { index } of text.matchAll(ESCAPED)) {
    if (index < end) continue
    const { value, places, closed } = unescaped(text, index + 1)
    if (!closed) {
      if (++failures === MOST_FAILURES) break
      continue
    }
    end = places.at(-1) ?? index
    if (!POLICY.test(value)) continue
    for (const document of parseJson(value)) documents.push(moved(document, places))
  }
  return documents
}

/** A string in double quotes from behind the first, with the offset in the text of each of its characters. */
function unescaped(text: string, from: number): { value: string; places: number[]; closed: boolean } {
  const places: number[] = []
  let value = ''
  for (let at = from; at < text.length; at++) {
    const c = text[at] as string
    if (c === '"') return { value, places: [...places, at], closed: true }
    places.push(at)
    if (c !== '\\') {
      value += c
      continue
    }
    const next = text[++at] ?? ''
    // A line that goes on, and one that is written as two characters, are white space to JSON.
    value += next === 'n' || next === '\n' ? '\n' : next
  }
  return { value, places, closed: false }
}

function moved(document: ParsedDocument, places: readonly number[]): ParsedDocument {
  const place = <T extends { start: number; end: number }>(at: T): T => {
    const last = places.at(-1) ?? 0
    return { ...at, start: places[at.start] ?? last, end: places[at.end] ?? last }
  }
  const move = (node: DocNode): DocNode => ({
    ...place(node),
    items: node.items.map(move),
    entries: node.entries.map(({ key, keyNode, value }) => ({ key, keyNode: move(keyNode), value: move(value) })),
  })
  return { ...document, root: document.root && move(document.root), problems: document.problems.map(place) }
}
