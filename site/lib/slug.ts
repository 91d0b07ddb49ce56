/**
 * URL slugs for ids. An id is untrusted text: any length, any character. A slug is what a URL, a Windows file system
 * and a case-insensitive server all take for the same single folder, and two ids never share one.
 */
import { createHash } from 'node:crypto'

const LONGEST = 80

/** Names that a folder must not have, on some system or in our own routes. */
const RESERVED = new Set(['', 'index', '404', 'actions', 'builder', 'con', 'prn', 'aux', 'nul'])

/** The readable part: letters, digits, `_` and `-` as they are, everything else a hyphen. Lossy, so not unique. */
export function readable(id: string): string {
  return id
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')
}

function shortHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8)
}

/**
 * One slug for each id. An id whose readable form is its own gets it; a form that is reserved, that two ids share when
 * case is ignored, or that is empty, is followed by a short hash of the id. The order of the ids doesn't matter.
 */
export function slugsOf(ids: Iterable<string>, reserved: ReadonlySet<string> = RESERVED): Map<string, string> {
  const all = [...new Set(ids)]
  const users = new Map<string, number>()
  for (const id of all) {
    const key = readable(id).toLowerCase()
    users.set(key, (users.get(key) ?? 0) + 1)
  }
  const slugs = new Map<string, string>()
  for (const id of all) {
    const slug = readable(id)
    const key = slug.toLowerCase()
    const plain = !reserved.has(key) && users.get(key) === 1
    slugs.set(id, plain ? slug : `${slug || 'id'}-${shortHash(id)}`)
  }
  return slugs
}
