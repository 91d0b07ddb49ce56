/**
 * JSON in a code fence, read with the place of every value, tolerantly: what can be read is, and every error is placed.
 * https://www.rfc-editor.org/rfc/rfc8259
 */
import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { withoutSlips } from './json-slips.ts'
import { type DocEntry, type DocNode, NOTHING, scalar } from './node.ts'

/** No real policy nests deeper; a parser that recurses must not be given more. */
export const DEEPEST = 200
/** After so many errors, what follows is no JSON: one more says how many are left out. */
const MOST_ERRORS = 20

/** The scanner's kinds of token; its enum is not there at run time. */
const OPENING: readonly number[] = [1, 3]
const CLOSING: readonly number[] = [2, 4]
const END_OF_TEXT = 17

/** An error in a document: offsets in the text that was parsed. */
export interface Problem {
  message: string
  start: number
  end: number
}

export interface ParsedDocument {
  notation: 'JSON' | 'YAML'
  /** The tree of what could be read, or `undefined` for nothing. */
  root: DocNode | undefined
  problems: Problem[]
  /** Whether errors have torn the tree, so that what seems to be missing in it may be there. */
  torn: boolean
  /** Of one that stands in a string: the object that holds the string, which may name it. */
  owner?: DocNode | undefined
}

/** Parses a text as the JSON documents that stand in it one after the other; `at` is where it begins, for offsets. Never throws. */
export function parseJson(text: string, at = 0): ParsedDocument[] {
  const documents: ParsedDocument[] = []
  let from = 0
  for (;;) {
    const extent = extentOf(text, from)
    if (extent.tooDeep !== null) {
      const message = `JSON nested deeper than ${DEEPEST} levels`
      const problem = { message, start: at + extent.tooDeep, end: at + extent.tooDeep + 1 }
      return [...documents, { notation: 'JSON', root: undefined, problems: [problem], torn: true }]
    }
    const document = parseOne(text.slice(from, extent.end), at + from)
    documents.push(document)
    if (extent.next === null) return documents
    if (text[extent.next] !== '{' && text[extent.next] !== '[') {
      document.problems.push(follows(text, extent.next, at))
      return [...documents, ...embeddedJson(text, extent.next, at)]
    }
    from = extent.next
  }
}

/** What stands after a document's end: most often a closing fence that is glued to the last brace. */
function follows(text: string, next: number, at: number): Problem {
  const fence = /^(?:`{3,}|~{3,})/.exec(text.slice(next, next + 20))
  const start = at + next
  if (!fence) return { message: 'the document has ended before this', start, end: start + 1 }
  const message = 'the fence that closes it must stand on a line of its own, so that what follows stays in the block'
  return { message, start, end: start + fence[0].length }
}

/** The whole JSON objects that stand somewhere in a text: in a command, or in a here-document. Broken ones are left. */
export function embeddedJson(text: string, from = 0, at = 0): ParsedDocument[] {
  const documents: ParsedDocument[] = []
  const opening = /\{(?=\s*")/g
  opening.lastIndex = from
  for (let failures = 0; failures < MOST_ERRORS; ) {
    const match = opening.exec(text)
    if (!match) break
    const { end, closed } = extentOf(text, match.index)
    const document = closed ? parseOne(text.slice(match.index, end), at + match.index) : null
    if (document && document.problems.length === 0) {
      documents.push(document)
      opening.lastIndex = end
    } else failures++
  }
  return documents
}

interface Extent {
  /** Offset after the document: its last bracket, or the text's end. */
  end: number
  closed: boolean
  /** Offset of the token that follows, or `null`. */
  next: number | null
  /** Offset of a bracket that stands too deep, or `null`. */
  tooDeep: number | null
}

/** How far the document that begins at an offset goes, by its brackets; scanned exactly as the parser scans. */
function extentOf(text: string, from: number): Extent {
  const scanner = createScanner(text, true)
  scanner.setPosition(from)
  let depth = 0
  for (let token: number = scanner.scan(); token !== END_OF_TEXT; token = scanner.scan()) {
    if (OPENING.includes(token)) {
      if (++depth > DEEPEST) return { end: text.length, closed: false, next: null, tooDeep: scanner.getTokenOffset() }
    } else if (CLOSING.includes(token)) {
      if (--depth > 0) continue
      const end = scanner.getTokenOffset() + 1
      return {
        end,
        closed: true,
        next: scanner.scan() === END_OF_TEXT ? null : scanner.getTokenOffset(),
        tooDeep: null,
      }
    }
  }
  return { end: text.length, closed: false, next: null, tooDeep: null }
}

/** Parses one document; `from` is where it begins, for offsets. */
function parseOne(source: string, from: number): ParsedDocument {
  const errors: ParseError[] = []
  const { text, slips } = withoutSlips(source)
  const tree = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true })
  const left: Problem[] = slips.slice(0, MOST_ERRORS).map(({ message, start, end }) => {
    return { message, start: from + start, end: from + end }
  })
  const found = errors.slice(0, MOST_ERRORS).map(({ error, offset, length }) => ({
    message: explain(printParseErrorCode(error), source[offset]),
    start: from + offset,
    end: from + offset + Math.max(1, length),
  }))
  const problems = [...left, ...found].sort((a, b) => a.start - b.start)
  const [more] = errors.slice(MOST_ERRORS)
  if (more) {
    const message = `${errors.length - MOST_ERRORS} more errors from here on`
    problems.push({ message, start: from + more.offset, end: from + more.offset + 1 })
  }
  return { notation: 'JSON', root: tree && toNode(tree, from, problems), problems, torn: false }
}

function toNode(node: Node, from: number, problems: Problem[]): DocNode {
  const start = from + node.offset
  const end = start + node.length
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child) => toNode(child, from, problems))
    return { type: 'array', start, end, value: null, items, entries: NOTHING }
  }
  if (node.type !== 'object') return scalar(node.type as DocNode['type'], start, end, node.value ?? null)
  const entries: DocEntry[] = []
  for (const pair of node.children ?? []) {
    const [key, value] = pair.children ?? []
    if (!key) continue
    const keyNode = toNode(key, from, problems)
    const none = scalar('null', keyNode.end, keyNode.end, null)
    entries.push({ key: String(key.value), keyNode, value: value ? toNode(value, from, problems) : none })
  }
  reportTwice(entries, problems)
  return { type: 'object', start, end, value: null, items: NOTHING, entries }
}

/** Keys that an object has twice: parsers keep one of them, and providers refuse both. */
export function reportTwice(entries: readonly DocEntry[], problems: Problem[]): void {
  const seen = new Set<string>()
  for (const { key, keyNode } of entries) {
    const { start, end } = keyNode
    if (seen.has(key)) problems.push({ message: `the key \`${key}\` stands here a second time`, start, end })
    seen.add(key)
  }
}

/** An error code for people, with a look at the character it stands at: `CommaExpected` as “a comma is missing …”. */
function explain(code: string, at: string | undefined): string {
  if (code === 'CommaExpected') return 'a comma is missing before this'
  if (code === 'InvalidCommentToken') return 'a comment'
  const closing = at === ']' || at === '}'
  if (closing && (code === 'ValueExpected' || code === 'PropertyNameExpected'))
    return 'nothing follows the comma before this'
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}
