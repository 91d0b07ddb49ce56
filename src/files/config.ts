/** Finds and reads `rolebook.config.*`. */
import { existsSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ParseError, parse } from 'jsonc-parser'
import type { ZodError } from 'zod'
import { resolveSettings } from '../settings/defaults.ts'
import { issueText } from '../settings/issue.ts'
import { configSchema, type Settings } from '../settings/schema.ts'
import { LineIndex, nearest, withoutByteOrderMark } from '../text.ts'
import { UsageError } from './usage-error.ts'

export interface LoadedConfig {
  /** The file's name. */
  name: string
  /** Absolute folder of the config file: roots and the baseline are relative to it. */
  folder: string
  settings: Settings
}

/** What a config may be called, in the order in which it is looked for. */
export const configNames = ['ts', 'mts', 'mjs', 'js', 'json', 'jsonc'].map(
  (extension) => `rolebook.config.${extension}`,
)

/** What people call a config that is none of these. */
const unreadNames = ['cjs', 'cts', 'yaml', 'yml', 'toml', 'json5'].map((extension) => `rolebook.config.${extension}`)

/**
 * The path of the nearest config at or above a folder, or `null`. Throws a UsageError where a file stands that is meant as
 * one and is none: it would count for nothing in silence.
 */
export function findConfig(folder: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    for (const name of configNames) if (isFile(join(current, name))) return join(current, name)
    const unread = unreadNames.find((name) => isFile(join(current, name)))
    if (unread !== undefined)
      throw new UsageError(`${unread} is not read: write the config as rolebook.config.json, .jsonc, .mjs or .ts`)
    if (dirname(current) === current) return null
  }
}

function isFile(path: string): boolean {
  // What can't be looked into is passed over: folders above are often somebody else's.
  return existsSync(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** Reads a config file; throws a UsageError that names the key where it is wrong. */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const name = path.slice(dirname(path).length + 1)
  const result = configSchema.safeParse(await readValue(path, name))
  if (!result.success) throw new UsageError(`${name}: ${explain(result.error)}`)
  return { folder: dirname(path), name, settings: resolveSettings(result.data) }
}

async function readValue(path: string, name: string): Promise<unknown> {
  if (!/\.jsonc?$/.test(name)) {
    try {
      const module: { default?: unknown } = await import(`${pathToFileURL(path).href}?${(await stat(path)).mtimeMs}`)
      if (module.default === undefined || typeof module.default === 'function')
        throw new Error(
          `it exports ${module.default ? 'a function' : 'nothing'} by default: write \`export default { … }\``,
        )
      return module.default
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
        throw new UsageError(
          `${name}: this Node reads no TypeScript; use Node 22.18 or later, or call it .mjs or .json`,
        )
      throw new UsageError(`${name} can't be loaded: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const errors: ParseError[] = []
  const text = withoutByteOrderMark(await readFile(path, 'utf8'))
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first) {
    const { line, column } = new LineIndex(text).at(first.offset)
    throw new UsageError(`${name} is no valid JSON (${line}:${column})`)
  }
  return value
}

function explain(error: ZodError): string {
  // Where a key is misspelt, the one that was meant may be missing, too.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys')
  if (issue?.code !== 'unrecognized_keys') return issueText(error)
  const key = issue.keys[0] as string
  const suggestion = nearest(key, knownKeys(issue.path))
  const at = [...issue.path.map(String), key].join('.')
  return `unknown key \`${at}\`${suggestion ? `, did you mean \`${suggestion}\`?` : ''}`
}

/** The keys that the schema knows at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema
  for (const part of path) {
    schema = unwrapped(schema)
    if (typeof part === 'number') schema = (schema as { element?: unknown }).element
    else schema = (schema as { shape?: Record<PropertyKey, unknown> }).shape?.[part]
  }
  return Object.keys((unwrapped(schema) as { shape?: object } | undefined)?.shape ?? {})
}

/** The schema inside `optional()`; an array keeps its own. */
function unwrapped(schema: unknown): unknown {
  let current = schema
  while (isObject(current) && !('element' in current) && 'unwrap' in current && typeof current.unwrap === 'function') {
    current = current.unwrap()
  }
  return current
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object'
}
