/**
 * Names of files and folders for ids. An id is untrusted text: any length, any character. A slug is what a URL, a Windows
 * file system and a case-insensitive server all take for the same single name, and two ids never share one.
 */
import { createHash } from 'node:crypto'

const LONGEST = 80

/** Names that a file or folder must not have, on some system or as a page: what begins a folder, and Windows' devices. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...['', 'index', '404', 'con', 'prn', 'aux', 'nul'],
  ...['com', 'lpt'].flatMap((device) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${device}${number}`)),
])

/** Letters that have a usual spelling without their signs and that Unicode takes apart in no form. */
const SPELT = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['ø', 'o'],
  ['œ', 'oe'],
  ['đ', 'd'],
  ['ł', 'l'],
  ['ı', 'i'],
])

/** The readable part: letters without their signs, digits, `_` and `-`; everything else is a hyphen. Lossy, so not unique. */
export function readable(id: string): string {
  return id
    .replace(/[ßæøœđłı]/g, (letter) => SPELT.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST)
    .replace(/(?<!-)-+$/, '')
}

/** The first hexadecimal digits of an id's hash: eight tell it from others that nobody made to be alike. */
export function shortHash(id: string, digits = 8): string {
  return createHash('sha256').update(id).digest('hex').slice(0, digits)
}

const WHOLE_HASH = 64

/**
 * One slug for each id. An id whose readable form is its own gets it; a form that is reserved, that two ids share when
 * case is ignored, or that is empty, is followed by a short hash of the id. The order of the ids doesn't matter.
 *
 * @param reserved names in lower case that no id gets as they are
 */
export function slugsOf(ids: Iterable<string>, reserved: ReadonlySet<string> = RESERVED): Map<string, string> {
  const all = [...new Set(ids)]
  const users = new Map<string, number>()
  for (const id of all) {
    const key = readable(id).toLowerCase()
    users.set(key, (users.get(key) ?? 0) + 1)
  }
  const hashed = (id: string) => `${readable(id) || 'id'}-${shortHash(id)}`
  const taken = new Set(reserved)
  for (const [key, count] of users) if (count > 1) taken.add(key)
  let plain = all
  // An id may be just what the hash makes of another one.
  for (let before = -1; before !== plain.length; ) {
    before = plain.length
    const left = plain.filter((id) => !taken.has(readable(id).toLowerCase()))
    for (const id of plain) if (taken.has(readable(id).toLowerCase())) taken.add(hashed(id).toLowerCase())
    plain = left
  }
  const isPlain = new Set(plain)
  // Names can be made whose short hashes are the same.
  const alike = new Map<string, number>()
  for (const id of all)
    if (!isPlain.has(id)) alike.set(hashed(id).toLowerCase(), (alike.get(hashed(id).toLowerCase()) ?? 0) + 1)
  const slugOf = (id: string) => {
    if (isPlain.has(id)) return readable(id)
    const short = hashed(id)
    return (alike.get(short.toLowerCase()) ?? 0) > 1 ? `${readable(id) || 'id'}-${shortHash(id, WHOLE_HASH)}` : short
  }
  return new Map(all.map((id) => [id, slugOf(id)]))
}
