/** Reading names of operations and resources with the settings' vocabulary. */

import { remembered } from '../../remembered.ts'
import type { Access, Settings } from '../../settings/schema.ts'

/** The parts of a camel-case or spaced name, in lower case: `snapshotGet` gives `snapshot`, `get`. */
export function wordsOf(name: string): string[] {
  const words: string[] = []
  for (const word of name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z\d]+/))
    if (word !== '') words.push(word.toLowerCase())
  return words
}

/** The last of the words of a name, which is empty where there is none. */
export function lastWordOf(name: string): string {
  let end = name.length
  while (end > 0 && !isOfWord(name.charCodeAt(end - 1))) end--
  let start = end
  while (start > 0 && isOfWord(name.charCodeAt(start - 1))) {
    start--
    if (start > 0 && isCapital(name.charCodeAt(start)) && isLowerOrDigit(name.charCodeAt(start - 1))) break
  }
  return name.slice(start, end).toLowerCase()
}

function isOfWord(c: number): boolean {
  return isCapital(c) || isLowerOrDigit(c)
}

function isCapital(c: number): boolean {
  return c >= 65 && c <= 90
}

function isLowerOrDigit(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 48 && c <= 57)
}

/**
 * The access of an operation, or `null` where no word of it is known. A compound goes by the verb that it ends in
 * (`snapshotGet` reads), else by the one it begins with (`listKeys` reads).
 */
export function accessOf(operation: string, settings: Settings): Access | null {
  const asked = answersBy(settings)
  let access = asked.get(operation)
  if (access === undefined) {
    access = lookUp(operation, knownOperations(settings))
    // Words of pages repeat; a memory of those of a whole repository is bounded all the same.
    if (asked.size >= MOST_ANSWERS) asked.clear()
    asked.set(operation, access)
  }
  return access
}

const MOST_ANSWERS = 20_000
const answersBy = remembered((_: Settings) => new Map<string, Access | null>())

function lookUp(operation: string, known: ReadonlyMap<string, Access>): Access | null {
  const whole = known.get(operation.toLowerCase())
  if (whole) return whole
  const words = wordsOf(operation)
  return known.get(words.at(-1) ?? '') ?? known.get(words[0] ?? '') ?? null
}

/** Whether a text is an operation as the vocabulary has it, case aside: `Create`, and not `snapshotCreate`. */
export function isOperationWord(text: string, settings: Settings): boolean {
  return knownOperations(settings).has(text.toLowerCase())
}

/** The vocabulary's operations, in lower case. */
const knownOperations = remembered(({ vocabulary }: Settings): ReadonlyMap<string, Access> => {
  return new Map(Object.entries(vocabulary.operations).map(([key, access]) => [key.toLowerCase(), access]))
})

/** A header such as `Create` or `Snapshot Create` as an operation id: `create`, `snapshotCreate`. */
export function operationId(text: string): string {
  return camelCase(text)
}

/** A row label as a resource key: as written where it is one word, else in camel case. */
export function resourceKey(text: string): string {
  return /\s/.test(text) ? camelCase(text) : text
}

function camelCase(text: string): string {
  const words = text.split(/[\s_-]+/).filter((word) => word !== '')
  return words.map((word, i) => (i === 0 ? lowered(word) : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}

/** A first word: an abbreviation (`API`, `VMs`) loses all of its capitals, another word its first. */
function lowered(word: string): string {
  return /^[A-Z]{2,}s?$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1)
}

/** A permission as a line writes it. */
export interface WrittenPermission {
  resource: string
  operation: string
  /** Where a colon stands before the operation, and no dot. */
  separator?: ':'
}

/**
 * How permissions may be written: as `dock.get` alone (`dotted`), or as `dock:get`, `harbor.dock.get` and `harbor:dock:get`
 * too (`any`). Those look like tasks, images and keys of configs as well: they are read where something says what they are.
 */
export type Spelling = 'dotted' | 'any'

/** A bullet, code or label that is a permission and nothing else, or `null`. */
export function splitPermission(text: string, spelling: Spelling = 'dotted'): WrittenPermission | null {
  const match = /^([A-Za-z][\w-]*)\.([A-Za-z][\w-]*|\*)$/.exec(text)
  if (match) return { resource: match[1] as string, operation: match[2] as string }
  return spelling === 'any' ? splitParts(text) : null
}

/**
 * The permissions that a line begins with: `dock.get`, `dock.get, dock.list`, or one with words after it (`dock.get: reads
 * one`, `dock.get - reads one`), or a line without its bullet glued to it. Empty for any other line.
 */
export function permissionsIn(text: string, spelling: Spelling = 'dotted'): WrittenPermission[] {
  if (!text.includes('.') && (spelling === 'dotted' || !text.includes(':'))) return []
  const permissions: WrittenPermission[] = []
  for (const id of idsOf(text)) {
    const permission = splitPermission(id, spelling)
    if (permission === null) return []
    permissions.push(permission)
  }
  return permissions
}

/** What a line lists before it says more. Most are one id, or a word. */
function idsOf(text: string): string[] {
  if (!/[\s,;]/.test(text)) return [text]
  const [ids = ''] = text.split(/:\s|\s[-–—]\s|\s\(/, 1)
  return ids.trim().split(/\s*[,;]\s*|\s+and\s+|\s+/)
}

/**
 * `dock:get`, or an id of more than two parts, of which the last is the operation: what stands behind the last colon, where
 * there is one. A capital begins the action of a cloud.
 */
function splitParts(text: string): WrittenPermission | null {
  const end = text.includes(':') ? text.lastIndexOf(':') : text.lastIndexOf('.')
  const operation = text.slice(end + 1)
  if (end === -1 || !/^(?:[a-z][\w-]*|\*)$/.test(operation)) return null
  const parts = text.slice(0, end).split(/[.:]/)
  if (!parts.every((part) => /^[A-Za-z][\w-]*$/.test(part))) return null
  const written = { resource: parts.join('.'), operation }
  return text[end] === ':' ? { ...written, separator: ':' } : written
}

/**
 * Whether at least half have an operation that the vocabulary knows (`docker.io` and `values.yaml` look the same), or each
 * resource among them has one: operations of the product's own (`dock.moor`) stand beside `dock.get`.
 */
export function mostlyKnown(
  permissions: readonly { resource?: string; operation: string; separator?: ':' }[],
  settings: Settings,
): boolean {
  const known = permissions.filter(({ operation, separator }) => {
    // `s3:*` is a cloud's as well.
    return operation === '*' ? separator === undefined : accessOf(operation, settings) !== null
  })
  if (permissions.length > 0 && known.length * 2 >= permissions.length) return true
  const resources = new Set(known.map(({ resource }) => resource))
  return known.length >= 2 && permissions.every(({ resource }) => resource !== undefined && resources.has(resource))
}
