/** JSON in a code fence, read with the place of every value, tolerantly: what can be read is, and every error is placed. */

import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Code } from 'mdast'
import type { Span } from '../../diagnostic.ts'
import { endOfLine, nextLine } from '../lines.ts'
import type { Block } from '../page.ts'

export type JsonNode = Node

/** No real policy nests deeper; a parser that recurses must not be given more. */
const DEEPEST = 200

export interface JsonDocument {
  /** The tree of what could be read, or `undefined` for nothing. */
  root: JsonNode | undefined
  errors: { message: string; span: Span }[]
  /** The document as a plain value where it is valid JSON, else `null`. */
  value: unknown
  span(node: JsonNode): Span
}

/** Parses a code block as JSON. Never throws. */
export function readJson(block: Block): JsonDocument {
  const code = block.node as Code
  const text = code.value
  const source = new FenceOffsets(block)
  const span = (node: JsonNode) => source.span(node.offset, node.offset + node.length)
  const deep = depthBeyond(text, DEEPEST)
  if (deep !== -1) {
    const message = `JSON nested deeper than ${DEEPEST} levels`
    return { root: undefined, errors: [{ message, span: source.span(deep, deep + 1) }], value: null, span }
  }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true })
  return {
    root,
    errors: errors.map((error) => ({
      message: explain(printParseErrorCode(error.error), text[error.offset]),
      span: source.span(error.offset, error.offset + Math.max(1, error.length)),
    })),
    value: errors.length === 0 && root ? JSON.parse(text) : null,
    span,
  }
}

/** An error code for people, with a look at the character it stands at: `CommaExpected` as “a comma is missing …”. */
function explain(code: string, at: string | undefined): string {
  if (code === 'CommaExpected') return 'a comma is missing before this'
  const closing = at === ']' || at === '}'
  if (closing && (code === 'ValueExpected' || code === 'PropertyNameExpected'))
    return 'nothing follows the comma before this'
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

function depthBeyond(text: string, limit: number): number {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"' || c === '\n') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '{' || c === '[') {
      if (++depth > limit) return i
    } else if (c === '}' || c === ']') depth--
  }
  return -1
}

/** Offsets in a fence's content as offsets in the file: the parser takes the container's indentation off each line. */
class FenceOffsets {
  readonly #block: Block
  /** For each line of the content: its offset there, and the offset of the same character in the file. */
  readonly #lines: { inner: number; outer: number }[] = []

  constructor(block: Block) {
    this.#block = block
    const code = block.node as Code
    const { text } = block.page.file
    let outer = lineAfter(text, code.position?.start.offset ?? 0)
    let inner = 0
    for (const [whole, line = ''] of code.value.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
      const end = endOfLine(text, outer)
      this.#lines.push({ inner, outer: Math.max(outer, end - line.length) })
      inner += whole.length
      outer = lineAfter(text, outer)
    }
  }

  span(start: number, end: number): Span {
    return this.#block.page.locator.span(this.#outer(start), this.#outer(end))
  }

  #outer(offset: number): number {
    let low = 0
    let high = this.#lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lines[middle]?.inner ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const line = this.#lines[low]
    return line ? line.outer + (offset - line.inner) : 0
  }
}

function lineAfter(text: string, from: number): number {
  return nextLine(text, endOfLine(text, from))
}

/** The value of a property, or `undefined`. */
export function property(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.type === 'object' ? findNodeAtLocation(node, [key]) : undefined
}

/** The strings of a string or of a list of strings, with their nodes; anything else is left out. */
export function strings(node: JsonNode | undefined): JsonNode[] {
  if (!node) return []
  const nodes = node.type === 'array' ? (node.children ?? []) : [node]
  return nodes.filter((item) => item.type === 'string')
}

/** A node as a plain value; `null` for `undefined`. Objects have no prototype's keys. */
export function plainValue(node: JsonNode | undefined): unknown {
  if (!node) return null
  if (node.type === 'array') return (node.children ?? []).map(plainValue)
  if (node.type !== 'object') return node.value ?? null
  return Object.fromEntries(
    (node.children ?? []).flatMap((pair) => {
      const [key, value] = pair.children ?? []
      return key ? [[String(key.value), plainValue(value)] as const] : []
    }),
  )
}
