/** Front matter: the YAML block between `---` lines at the very top of a page. */
import { yamlParser } from './late.ts'
import { plainFrontMatter } from './plain-front-matter.ts'

export interface FrontMatter {
  /** Top-level keys with scalar values, as strings; lists and maps are left out. A Map, so no key is special. */
  values: ReadonlyMap<string, string>
  /** 0-based offsets of the line that each top-level key begins, whatever its value is. */
  places: ReadonlyMap<string, { start: number; end: number }>
  /** 0-based offset at which the body begins. */
  end: number
  /** What is wrong with the YAML, with its 0-based offset, or `null`. */
  error: { message: string; offset: number } | null
}

const OPENING = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/
const CLOSING = /^---[ \t]*$/m
/** A key at the beginning of a line, and what stands behind it. */
const KEY_LINE = /^(\t*)(?:"([^"\n]+)"|'([^'\n]+)'|([A-Za-z_][\w.-]*))[ \t]*:(?:[ \t]+(.*))?[ \t]*$/gm
/** Front matter of real pages is under 2 KB; a larger one is read no further than this. */
const LIMIT = 64 * 1024

/** Reads the front matter of a page; never throws. */
export function readFrontMatter(text: string): FrontMatter {
  const plain = plainFrontMatter(text)
  return plain ? { ...plain, error: null } : readByYaml(text)
}

/** Reads front matter with a YAML parser; never throws. Aliases are not expanded (a “YAML bomb” stays small). */
export function readByYaml(text: string): FrontMatter {
  const none: FrontMatter = { values: new Map(), places: new Map(), end: 0, error: null }
  const opening = OPENING.exec(text)
  if (!opening) return none
  const start = opening[0].length
  const closing = CLOSING.exec(text.slice(start, start + LIMIT))
  if (!closing) return { ...none, error: { message: 'The front matter has no closing `---` line', offset: 0 } }
  // YAML knows no line that ends in a carriage return alone; same length, so that offsets survive.
  const yaml = text.slice(start, start + closing.index).replace(/\r(?!\n)/g, '\n')
  const end = start + closing.index + closing[0].length
  const lines = keyLines(yaml)
  const { values, problem } = readYaml(yaml)
  if (problem) readByLines(values, lines)
  const error = problem ?? repeatedKey(lines)
  return {
    values: new Map([...values].map(([key, { text }]) => [key, text])),
    places: new Map(
      lines.map(({ key, offset, length }) => [key, { start: start + offset, end: start + offset + length }]),
    ),
    end,
    error: error && { message: error.message, offset: start + error.offset },
  }
}

interface Value {
  text: string
  /** Offsets in the YAML. */
  start: number
  end: number
}

function readYaml(yaml: string) {
  const values = new Map<string, Value>()
  const document = yamlParser().parseDocument(yaml, { schema: 'core', uniqueKeys: false, logLevel: 'silent' })
  const { contents } = document
  if (contents && 'items' in contents) {
    for (const item of contents.items) {
      if (item === null || typeof item !== 'object' || !('key' in item)) continue
      const key = scalar(item.key)
      const value = scalar(item.value)
      if (key !== null && value !== null) values.set(key.text, value)
    }
  }
  const first = document.errors[0]
  const message = (first?.message.split('\n')[0] ?? '').replace(/ at line .*$/, '')
  return { values, problem: first ? { message, offset: first.pos[0] } : null }
}

/** A scalar as text; numbers and words such as `1.10` or `True` as they are written. */
function scalar(node: unknown): Value | null {
  if (node === null || typeof node !== 'object' || !('value' in node)) return null
  const { value } = node
  const [start, end] = 'range' in node && Array.isArray(node.range) ? (node.range as number[]) : []
  const place = { start: start ?? 0, end: end ?? 0 }
  if (typeof value === 'string') return { text: value, ...place }
  if (typeof value !== 'number' && typeof value !== 'boolean') return null
  return { text: 'source' in node && typeof node.source === 'string' ? node.source : String(value), ...place }
}

interface KeyLine {
  key: string
  /** What stands behind the colon. */
  rest: string
  offset: number
  length: number
}

/** The lines that begin a top-level key. One that tabs indent counts, unless the key above it may hold it. */
function keyLines(yaml: string): KeyLine[] {
  const lines: KeyLine[] = []
  for (const match of yaml.matchAll(KEY_LINE)) {
    const [whole, indent, double, single, plain, rest = ''] = match
    if (indent !== '' && lines.at(-1)?.rest.trim() === '') continue
    lines.push({ key: double ?? single ?? plain ?? '', rest, offset: match.index, length: whole.trimEnd().length })
  }
  return lines
}

/**
 * Broken YAML: a key that the parser did not reach, or whose value swallowed the key of another line (a quote that is
 * never closed), is read from its own line alone.
 */
function readByLines(values: Map<string, Value>, lines: readonly KeyLine[]): void {
  for (const { key, rest, offset, length } of lines) {
    const known = values.get(key)
    const swallows = known && lines.some((line) => line.offset > known.start && line.offset < known.end)
    if (known && !swallows) continue
    const text = rest
      .replace(/\s#.*$/, '')
      .trim()
      .replace(/^(["'])(.*?)\1?$/, '$2')
    if (text !== '' && !/^[|>[{&*!]/.test(text)) values.set(key, { text, start: offset, end: offset + length })
  }
}

function repeatedKey(lines: readonly KeyLine[]): { message: string; offset: number } | null {
  const seen = new Set<string>()
  for (const { key, offset } of lines) {
    if (seen.has(key)) return { message: `The key \`${key}\` stands twice, and the last one counts`, offset }
    seen.add(key)
  }
  return null
}
