/** The tree of a document, JSON or YAML alike: every value with its offsets in the fence's text. */

export interface DocNode {
  type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** Offsets in the text that was parsed; `end` is exclusive. */
  start: number
  end: number
  /** Of a string, number or boolean. */
  value: string | number | boolean | null
  /** Of a list. */
  items: readonly DocNode[]
  /** Of an object, in order; a key that is written twice stands here twice. */
  entries: readonly DocEntry[]
}

export interface DocEntry {
  key: string
  keyNode: DocNode
  value: DocNode
}

export const NOTHING: readonly never[] = []

/** A value that holds no others. `start` and `end` are offsets in the text that is parsed; `value` is `null` where `type` says so. */
export function scalar(type: DocNode['type'], start: number, end: number, value: DocNode['value']): DocNode {
  return { type, start, end, value, items: NOTHING, entries: NOTHING }
}

/** The value of a property, or `undefined`. Of a key that is written twice the last counts, as for every JSON parser. */
export function property(node: DocNode | undefined, ...keys: string[]): DocNode | undefined {
  for (const key of keys) {
    const entry = node?.entries.findLast((candidate) => candidate.key === key)
    if (entry) return entry.value
  }
  return undefined
}

/** The strings of a string or of a list of strings, with their nodes; anything else is left out. */
export function strings(node: DocNode | undefined): (DocNode & { value: string })[] {
  return listed(node).filter((item): item is DocNode & { value: string } => item.type === 'string')
}

/** What a list holds, or the one value that stands where a list could. */
export function listed(node: DocNode | undefined): readonly DocNode[] {
  if (!node) return NOTHING
  return node.type === 'array' ? node.items : [node]
}

/** The first string under one of these keys, or `null`. */
export function stringAt(node: DocNode | undefined, ...keys: string[]): string | null {
  for (const key of keys) {
    const [found] = strings(property(node, key))
    if (found && found.value !== '') return found.value
  }
  return null
}

/** A node as a plain value; `null` for `undefined`. Objects have no prototype's keys. */
export function plainValue(node: DocNode | undefined): unknown {
  if (!node) return null
  if (node.type === 'array') return node.items.map(plainValue)
  if (node.type !== 'object') return node.value
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)] as const))
}

export interface Found {
  node: DocNode
  /** The nearest object that holds it: a wrapper, which may name it. */
  owner: DocNode | undefined
}

/** The outermost objects and lists that pass a test, in document order: policies in whatever wraps them; `owner` holds the root. */
export function findObjects(root: DocNode | undefined, test: (node: DocNode) => boolean, owner?: DocNode): Found[] {
  const found: Found[] = []
  // A node that several aliases name is looked at once.
  const seen = new Set<DocNode>()
  const visit = (node: DocNode, holder: DocNode | undefined) => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.type !== 'object' && node.type !== 'array') return
    if (test(node)) {
      found.push({ node, owner: holder })
      return
    }
    for (const item of node.items) visit(item, holder)
    for (const { value } of node.entries) visit(value, node)
  }
  if (root) visit(root, owner)
  return found
}
