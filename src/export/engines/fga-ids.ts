/** Ids of OpenFGA's objects: https://openfga.dev/docs/concepts#what-is-an-object */
import { byText } from '../../query/facts.ts'
import { escaper } from './encode.ts'

/** How long `type:id` may be, in characters. */
const LONGEST = 256

/** OpenFGA takes `*`, `|`, `@` and `+` too; but `type:*` means all objects, and `@` comes before the user in a tuple's text. */
const plain = escaper('+', /[^A-Za-z0-9_./-]/)

/**
 * One object for each id: `role:project/cluster-admin`. All other characters than `A-Z a-z 0-9 _ . / -` are written as
 * `+` and two hexadecimal digits for each byte of their UTF-8; an empty id is `+`. An id that is then too long is cut, and
 * told from the others by `++` and its number among those, in order of id. No id otherwise holds `++` or ends in `+`.
 */
export function objectsOf(type: string, ids: Iterable<string>): Map<string, string> {
  const objects = new Map<string, string>()
  let long = 0
  for (const id of [...new Set(ids)].sort(byText)) {
    const object = `${type}:${plain(id) || '+'}`
    const end = object.length > LONGEST ? `++${++long}` : ''
    objects.set(id, end === '' ? object : object.slice(0, LONGEST - end.length) + end)
  }
  return objects
}
