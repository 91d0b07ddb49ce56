/** YAML in a code fence, read with the place of every value. https://yaml.org/spec/1.2.2/ */
import type { CST, Document, ParsedNode } from 'yaml'
import { addAll } from '../../lists.ts'
import { yamlParser } from '../markdown/late.ts'
import { DEEPEST, type ParsedDocument, type Problem, reportTwice } from './json.ts'
import { type DocEntry, type DocNode, NOTHING, scalar } from './node.ts'

/** How many nodes aliases may add to a document: they can make a few lines into billions. */
const MOST_COPIES = 10_000

/** Parses a text as YAML documents; `from` is where it begins, for offsets. Never throws. */
export function parseYaml(text: string, from = 0): ParsedDocument[] {
  const { Composer, Parser } = yamlParser()
  const tokens = [...new Parser().parse(withoutElisions(text))]
  const deep = tooDeep(tokens)
  if (deep !== null) {
    const message = `YAML nested deeper than ${DEEPEST} levels`
    const problems = [{ message, start: from + deep, end: from + deep + 1 }]
    return [{ notation: 'YAML', root: undefined, problems, torn: true }]
  }
  // Keys that stand twice are found here: the library compares each key with every other.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', prettyErrors: false })
  return [...composer.compose(tokens, true, text.length)].map((document) => new Reader(document, from).read())
}

/** Lines of dots, by which an excerpt says that more stands there; at the margin, three end a document. */
const ELISION = /^(?:[ \t]+(?:\.{3,}|…)|\.{4,}|…)[ \t]*$/gm

function withoutElisions(text: string): string {
  return text.replace(ELISION, (line) => ' '.repeat(line.length))
}

/** The offset of a token that stands too deep, or `null`. Walks without recursion. */
function tooDeep(tokens: readonly CST.Token[]): number | null {
  const { CST } = yamlParser()
  const queue = tokens.map((token) => ({ token, depth: 0 }))
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { token, depth } = next
    if (depth > DEEPEST) return 'offset' in token ? token.offset : 0
    if (token.type === 'document') {
      if (token.value) queue.push({ token: token.value, depth })
    } else if (CST.isCollection(token)) {
      for (const item of token.items) {
        if (item.key) queue.push({ token: item.key, depth: depth + 1 })
        if (item.value) queue.push({ token: item.value, depth: depth + 1 })
      }
    }
  }
  return null
}

class Reader {
  readonly #yaml = yamlParser()
  readonly #document: Document.Parsed
  readonly #from: number
  readonly #anchors = new Map<string, DocNode>()
  readonly #sizes = new Map<DocNode, number>()
  readonly #problems: Problem[]
  #copies = 0

  constructor(document: Document.Parsed, from: number) {
    this.#document = document
    this.#from = from
    this.#problems = document.errors.map(({ message, pos: [start, end] }) => {
      return { message: firstLine(message), start: from + start, end: from + Math.max(end, start + 1) }
    })
  }

  read(): ParsedDocument {
    const { contents, errors } = this.#document
    const root = contents ? this.#node(contents, 0) : undefined
    return { notation: 'YAML', root, problems: this.#problems, torn: errors.length > 0 }
  }

  #node(node: ParsedNode | null | undefined, fallback: number): DocNode {
    if (!node) return scalar('null', fallback, fallback, null)
    const start = this.#from + node.range[0]
    const end = this.#from + node.range[1]
    if (this.#yaml.isAlias(node)) return this.#alias(node.source, start, end)
    const made = this.#value(node, start, end)
    let size = 1
    for (const item of made.items) size += this.#sizes.get(item) ?? 1
    for (const { value } of made.entries) size += this.#sizes.get(value) ?? 1
    this.#sizes.set(made, size)
    if (node.anchor) this.#anchors.set(node.anchor, made)
    return made
  }

  #value(node: ParsedNode, start: number, end: number): DocNode {
    if (this.#yaml.isSeq(node)) {
      const items = node.items.map((item) => this.#node(item as ParsedNode | null, end))
      return { type: 'array', start, end, value: null, items, entries: NOTHING }
    }
    if (this.#yaml.isMap(node))
      return { type: 'object', start, end, value: null, items: NOTHING, entries: this.#entries(node.items) }
    const value: unknown = this.#yaml.isScalar(node) ? node.value : null
    if (typeof value === 'boolean') return scalar('boolean', start, end, value)
    if (typeof value === 'number' && Number.isFinite(value)) return scalar('number', start, end, value)
    if (value === null || value === undefined) return scalar('null', start, end, null)
    return scalar('string', start, end, String(value))
  }

  #entries(pairs: readonly { key: unknown; value: unknown }[]): DocEntry[] {
    const entries: DocEntry[] = []
    const merged: DocEntry[] = []
    for (const pair of pairs) {
      const keyNode = this.#node(pair.key as ParsedNode | null, 0)
      const value = this.#node(pair.value as ParsedNode | null, keyNode.end)
      // `<<` takes over what another map says; the map's own keys come after, so that they count.
      if (keyNode.value === '<<' && value.type === 'object') addAll(merged, value.entries)
      else entries.push({ key: keyOf(keyNode), keyNode, value })
    }
    reportTwice(entries, this.#problems)
    const own = new Set(entries.map((entry) => entry.key))
    return [...merged.filter((entry) => !own.has(entry.key)), ...entries]
  }

  #alias(name: string, start: number, end: number): DocNode {
    const target = this.#anchors.get(name)
    const none = scalar('null', start, end, null)
    // The library has reported a name that no anchor gives.
    if (!target || this.#copies > MOST_COPIES) return none
    this.#copies += this.#sizes.get(target) ?? 1
    if (this.#copies <= MOST_COPIES) return target
    this.#problems.push({ message: `aliases that add more than ${MOST_COPIES} values`, start, end })
    return none
  }
}

/** A key as text; of a key that is a map or a list, nothing is asked. */
function keyOf({ type, value }: DocNode): string {
  return type === 'object' || type === 'array' ? '' : String(value)
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n', 1)
  return line.charAt(0).toLowerCase() + line.slice(1).replace(/[.:]$/, '')
}
