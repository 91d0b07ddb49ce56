/** Which folders of a tree hold versions of one documentation. */
import { compareText } from '../diagnostic.ts'
import { greatest } from '../lists.ts'

export interface SuggestedVersion {
  id: string
  root: string
}

/** A folder that is called like a version: `v3`, `4.2.x`, `version-1.8`, `latest`. */
const VERSION = /^(?:(?:version-)?v?\d[\w.]*|latest|next|current|main|stable|legacy)$/
/** Names of the version that is current, the most current first. */
const CURRENT = ['latest', 'current', 'stable', 'main', 'next']

/**
 * The versions that the paths of pages show, the current one first; one version called `latest` where they show none.
 * Two layouts are known: sibling folders that are called like versions, and Docusaurus' `docs/` beside
 * `versioned_docs/version-*`.
 *
 * @param paths of pages with facts and of the pages that show them, with forward slashes
 * @param all paths of all pages: what stands beside pages with facts may speak of them, so it is in the version too
 */
export function versionsOf(paths: readonly string[], all: readonly string[] = paths): SuggestedVersion[] {
  if (paths.length === 0) return []
  return docusaurus(paths, all) ?? siblings(paths) ?? [{ id: 'latest', root: rootOf(paths, all) }]
}

/** The deepest folder that holds all pages that share their first folder with one of these. */
function rootOf(paths: readonly string[], all: readonly string[]): string {
  const top = (path: string) => path.slice(0, path.indexOf('/') + 1)
  const tops = new Set(paths.map(top))
  return commonFolder(all.filter((path) => tops.has(top(path))))
}

function docusaurus(paths: readonly string[], all: readonly string[]): SuggestedVersion[] | null {
  const versioned = new Map<string, string>()
  for (const path of paths) {
    const match = /^((?:.*\/)?versioned_docs\/version-([^/]+))\//.exec(path)
    if (match) versioned.set(match[2] as string, match[1] as string)
  }
  if (versioned.size === 0) return null
  const rest = paths.filter((path) => !/(?:^|\/)versioned_docs\//.test(path))
  const current = rest.length > 0 ? [{ id: 'current', root: rootOf(rest, all) }] : []
  return [...current, ...[...versioned].sort(([a], [b]) => newerFirst(a, b)).map(([id, root]) => ({ id, root }))]
}

/** Siblings that are called like versions, at the highest folder at which all paths go through one. */
function siblings(paths: readonly string[]): SuggestedVersion[] | null {
  const depth = greatest(paths.map((path) => path.split('/').length)) - 1
  for (let i = 0; i < depth; i++) {
    const roots = new Map<string, string>()
    for (const path of paths) {
      const parts = path.split('/')
      roots.set(parts.slice(0, i + 1).join('/'), parts.length > i + 1 ? (parts[i] as string) : '')
    }
    const parents = new Set([...roots.keys()].map((root) => root.slice(0, root.lastIndexOf('/') + 1)))
    if (parents.size > 1 || ![...roots.values()].every((name) => VERSION.test(name))) continue
    return [...roots]
      .sort(([, a], [, b]) => newerFirst(a, b))
      .map(([root, name]) => ({ id: name.replace(/^version-/, ''), root }))
  }
  return null
}

function newerFirst(a: string, b: string): number {
  const rank = (name: string) => (CURRENT.includes(name) ? CURRENT.indexOf(name) : CURRENT.length)
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (right[i] ?? -1) - (left[i] ?? -1)
    if (difference !== 0) return difference
  }
  return compareText(b, a)
}

function numbersOf(name: string): number[] {
  return Array.from(name.matchAll(/\d+/g), ([digits]) => Number(digits))
}

/** The deepest folder that holds all paths; `.` where they have none in common. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split('/').slice(0, -1))
  let length = first.length
  for (const parts of others) {
    let i = 0
    while (i < length && parts[i] === first[i]) i++
    length = i
  }
  return length === 0 ? '.' : first.slice(0, length).join('/')
}
