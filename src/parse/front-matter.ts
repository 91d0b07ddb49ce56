/** Front matter: the YAML block between `---` lines at the very top of a page. */
import { parseDocument } from 'yaml'

export interface FrontMatter {
  /** Top-level keys with scalar values, as strings; lists and maps are left out. A Map, so no key is special. */
  values: ReadonlyMap<string, string>
  /** 0-based offset at which the body begins. */
  end: number
  /** What is wrong with the YAML, with its 0-based offset, or `null`. */
  error: { message: string; offset: number } | null
}

const OPENING = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/
const CLOSING = /^---[ \t]*$/m
/** Front matter of real pages is under 2 KB; a larger one is read no further than this. */
const LIMIT = 64 * 1024

/** Reads the front matter of a page; never throws. Aliases are not expanded (a “YAML bomb” stays small). */
export function readFrontMatter(text: string): FrontMatter {
  const none: FrontMatter = { values: new Map(), end: 0, error: null }
  const opening = OPENING.exec(text)
  if (!opening) return none
  const start = opening[0].length
  const closing = CLOSING.exec(text.slice(start, start + LIMIT))
  if (!closing) return { ...none, error: { message: 'The front matter has no closing `---` line', offset: 0 } }
  const yaml = text.slice(start, start + closing.index)
  const end = start + closing.index + closing[0].length
  const values = new Map<string, string>()
  const document = parseDocument(yaml, { schema: 'core', uniqueKeys: false, logLevel: 'silent' })
  const problem = document.errors[0]
  const contents = document.contents
  if (contents && 'items' in contents) {
    for (const item of contents.items) {
      if (item === null || typeof item !== 'object' || !('key' in item)) continue
      const key = scalar(item.key)
      const value = scalar(item.value)
      if (key !== null && value !== null) values.set(key, value)
    }
  }
  const error = problem
    ? {
        message: (problem.message.split('\n')[0] as string).replace(/ at line .*$/, ''),
        offset: start + problem.pos[0],
      }
    : null
  return { values, end, error }
}

function scalar(node: unknown): string | null {
  if (node === null || typeof node !== 'object' || !('value' in node)) return null
  const { value } = node
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
