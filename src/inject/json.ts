/** Rewrites JSON so that it says another value and else stays as it is written: order, indentation, comments. */
import { type Node, type ParseError, parseTree } from 'jsonc-parser'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Whether two values say the same; the order of an object's keys is none of it. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  }
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}

/** JSON that says `wanted` in the form of `source`; with two spaces where the source is none. */
export function rewriteJson(source: string, wanted: Json): string {
  const errors: ParseError[] = []
  const root = parseTree(source, errors)
  if (!root || errors.length > 0) return JSON.stringify(wanted, null, indentOf(source))
  const writer = new Writer(source)
  return source.slice(0, root.offset) + writer.write(root, wanted, 0) + source.slice(root.offset + root.length)
}

/** The indentation of the first indented line. */
export function indentOf(source: string): string {
  return /\n([ \t]+)\S/.exec(source)?.[1] ?? '  '
}

class Writer {
  readonly #source: string
  readonly #indent: string

  constructor(source: string) {
    this.#source = source
    this.#indent = indentOf(source)
  }

  write(node: Node, wanted: Json, depth: number): string {
    if (sameJson(valueAt(node), wanted)) return this.#text(node)
    if (node.type === 'array' && Array.isArray(wanted)) return this.#list(node, wanted, depth)
    if (node.type === 'object' && isObject(wanted)) return this.#object(node, wanted, depth)
    return this.#fresh(wanted, depth)
  }

  #text({ offset, length }: Node): string {
    return this.#source.slice(offset, offset + length)
  }

  #fresh(wanted: Json, depth: number): string {
    return JSON.stringify(wanted, null, this.#indent).replaceAll('\n', `\n${this.#indent.repeat(depth)}`)
  }

  #list(node: Node, wanted: readonly Json[], depth: number): string {
    const items = node.children ?? []
    const kept = aligned(items.map(valueAt), wanted)
    const parts = wanted.map((value, i) => {
      const at = kept[i] as number | null
      const item = at === null ? undefined : items[at]
      return { item: item ?? null, text: item ? this.write(item, value, depth + 1) : this.#fresh(value, depth + 1) }
    })
    return this.#joined(node, items, parts, depth)
  }

  #object(node: Node, wanted: { [key: string]: Json }, depth: number): string {
    const pairs = node.children ?? []
    const keyOf = (pair: Node) => String(pair.children?.[0]?.value)
    const present = new Map(pairs.map((pair) => [keyOf(pair), pair]))
    const kept = [...present.keys()].filter((key) => Object.hasOwn(wanted, key))
    const order = [...kept]
    // What is new stands after the key that it follows in the data.
    const keys = Object.keys(wanted)
    for (const [i, key] of keys.entries()) {
      if (present.has(key)) continue
      const before = keys.slice(0, i).findLast((other) => order.includes(other))
      order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key)
    }
    const parts = order.map((key) => {
      const value = wanted[key] as Json
      const pair = present.get(key)
      const old = pair?.children?.[1]
      if (!pair || !old) return { item: null, text: `${JSON.stringify(key)}: ${this.#fresh(value, depth + 1)}` }
      const head = this.#source.slice(pair.offset, old.offset)
      return { item: pair, text: head + this.write(old, value, depth + 1) }
    })
    return this.#joined(node, pairs, parts, depth)
  }

  /** Puts the parts of a list or object together, each after the white space that its like stands after. */
  #joined(
    node: Node,
    old: readonly Node[],
    parts: readonly { item: Node | null; text: string }[],
    depth: number,
  ): string {
    const { offset, length } = node
    const [open, close] = [this.#source[offset] as string, this.#source[offset + length - 1] as string]
    if (parts.length === 0) return open + close
    const last = old.at(-1)
    const first = old[0]
    const lineBreak = `\n${this.#indent.repeat(depth + 1)}`
    const lead = first ? this.#source.slice(offset + 1, first.offset) : lineBreak
    const trail = last
      ? this.#source.slice(last.offset + last.length, offset + length - 1)
      : `\n${this.#indent.repeat(depth)}`
    const gapOf = (item: Node | null): string => {
      const at = item === null ? -1 : old.indexOf(item)
      const before = old[at - 1]
      if (item === null || !before) {
        const [a, b] = old
        return a && b ? spaceIn(this.#source.slice(a.offset + a.length, b.offset)) : lead
      }
      return this.#source.slice(before.offset + before.length, item.offset).replace(',', '')
    }
    return parts
      .reduce((text, { item, text: part }, i) => {
        return i === 0 ? open + lead + part : `${text},${gapOf(item)}${part}`
      }, '')
      .concat(trail, close)
  }
}

/** The white space between two items, without the comma and comments. */
function spaceIn(gap: string): string {
  return /(?<!\s)\s*$/.exec(gap)?.[0] ?? ' '
}

function isObject(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function valueAt(node: Node): Json {
  if (node.type === 'array') return (node.children ?? []).map(valueAt)
  if (node.type !== 'object') return node.value as Json
  const entries = (node.children ?? []).map(({ children }): [string, Json] => {
    const [key, value] = children ?? []
    return [String(key?.value), value ? valueAt(value) : null]
  })
  return Object.fromEntries(entries)
}

/** For each wanted item the index of the old one that it is, or is made of; `null` for a new one. */
function aligned(old: readonly Json[], wanted: readonly Json[]): (number | null)[] {
  const result: (number | null)[] = wanted.map(() => null)
  const pairs = commonItems(
    old.map((item) => JSON.stringify(item)),
    wanted.map((item) => JSON.stringify(item)),
  )
  let [from, to] = [0, 0]
  for (const [a, b] of [...pairs, [old.length, wanted.length] as const]) {
    // Objects between what stayed are the same ones, changed; strings are others.
    for (let i = 0; from + i < a && to + i < b; i++) {
      if (isContainer(old[from + i]) && isContainer(wanted[to + i])) result[to + i] = from + i
    }
    if (b < wanted.length) result[b] = a
    ;[from, to] = [a + 1, b + 1]
  }
  return result
}

function isContainer(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null
}

/** No policy has more items than two lists of these sizes; beyond it, items are matched from both ends alone. */
const MOST_COMPARED = 4_000_000

/** The longest common subsequence, as pairs of indices. */
function commonItems(a: readonly string[], b: readonly string[]): [number, number][] {
  const pairs: [number, number][] = []
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) pairs.push([start, start++])
  const tail: [number, number][] = []
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) tail.unshift([--endA, --endB])
  const [m, n] = [endA - start, endB - start]
  if (m * n > 0 && m * n <= MOST_COMPARED) {
    const lengths = Array.from({ length: m + 1 }, () => new Uint32Array(n + 1))
    const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
    for (let i = m - 1; i >= 0; i--) {
      for (let j = n - 1; j >= 0; j--) {
        const same = a[start + i] === b[start + j]
        ;(lengths[i] as Uint32Array)[j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
      }
    }
    for (let [i, j] = [0, 0]; i < m && j < n; ) {
      if (a[start + i] === b[start + j]) pairs.push([start + i++, start + j++])
      else if (at(i + 1, j) >= at(i, j + 1)) i++
      else j++
    }
  }
  return [...pairs, ...tail]
}
