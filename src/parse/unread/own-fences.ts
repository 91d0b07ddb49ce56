/** Permissions by ids of a product's own in a configuration (`permissions: [dock.get]`), which no dialect reads: they are reported. */
import type { Settings } from '../../settings/schema.ts'
import type { BlockInput } from '../dialect.ts'
import { endOfLine, nextLine } from '../structure/lines.ts'
import { isLanguage } from '../words/language.ts'
import { CONFIGURES } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { accessOf, permissionsIn } from '../words/vocabulary.ts'
import { isOwnId } from './own-ids.ts'

/** A key whose value is permissions, wherever it stands. */
const HELD =
  /(?:^|[{,])[ \t]*(?:- )?["']?[\w-]{0,30}(?:permissions|privileges|capabilities|scopes|grants)["']?\s{0,8}[:=]/gim
const KEY_WORD = /permissions|privileges|capabilities|scopes|grants|role/i
/** Under a key of roles, each role may be a key of its own. */
const ROLES = /^[ \t{]*["']?(?:[\w-]{0,30}roles?)["']?[ \t]{0,8}[:=]/im
const ANY = /(?:^|[{,])[ \t]*(?:- )?["']?[\w.-]{1,60}["']?\s{0,8}[:=]/gm
/** What an item may be called in a map of its own: `- action: dock.get`. */
const NAMED = /^["']?(?:action|id|key|name|permission|scope)["']?\s*[:=]\s*/
/** Of a fence that has more keys, or longer lists, the beginning is looked at. */
const MOST_KEYS = 1000
const MOST_ITEMS = 200
const LONGEST_LIST = 8000

/** Whether a fence gives lists of permissions under keys that say so, or under roles; for a page's scan, which knows no headings. */
export function listsOwnPermissions(language: string | null, text: string, settings: Settings): boolean {
  // In a program, a list of permissions is what one asks for as often as what a role has.
  if (!isLanguage(language, 'plain', 'json', 'yaml', 'toml', 'terraform')) return false
  // Most fences speak of nothing like it.
  if (!KEY_WORD.test(text)) return false
  if (holdsIds(text, HELD, (item) => isOwnId(item, settings))) return true
  // Under the key of a role, what ends in an operation.
  const isPermission = (item: string) =>
    permissionsIn(item, 'any').some(({ operation }) => accessOf(operation, settings) !== null)
  return ROLES.test(text) && holdsIds(text, ANY, isPermission)
}

/** The same where the fence names a role, or what stands around it speaks of permissions: APIs and programs have such lists too. */
export function isOwnPermissions(language: string | null, text: string, input: BlockInput): boolean {
  const { surroundings, settings } = input
  const [nearest] = surroundings.names
  const speaks =
    ROLES.test(text) ||
    (nearest !== undefined && isRoleLike(nearest.text, settings)) ||
    surroundings.names.some((name) => CONFIGURES.test(name.text))
  return speaks && listsOwnPermissions(language, text, settings)
}

function holdsIds(text: string, key: RegExp, isId: (item: string) => boolean): boolean {
  let keys = 0
  for (const { 0: written, index } of text.matchAll(key)) {
    if (++keys > MOST_KEYS) return false
    const items = itemsAt(text, index + written.length)
    const ids = items.filter(isId)
    if (ids.length > 0 && ids.length * 2 >= items.length) return true
  }
  return false
}

/** The items of an array, or of a list of YAML, that begins at an offset; none for any other value. */
function itemsAt(text: string, from: number): string[] {
  const start = from + text.slice(from, from + 80).search(/[^ \t]|$/)
  if (text[start] === '[') {
    const [inner = ''] = text.slice(start + 1, start + LONGEST_LIST).split(']', 1)
    return itemsIn(inner.split(/[,\n]/))
  }
  return /[\r\n]/.test(text[start] ?? '') ? listAt(text, start) : []
}

/** The items of a list of YAML that begins behind a line; what an item that is a map says of itself is none. */
function listAt(text: string, start: number): string[] {
  const lines: string[] = []
  let column = -1
  for (let at = nextLine(text, endOfLine(text, start)); at < text.length && lines.length < MOST_ITEMS; ) {
    const end = endOfLine(text, at)
    const line = text.slice(at, Math.min(end, at + 300))
    at = nextLine(text, end)
    const indent = line.search(/[^ \t]|$/)
    if (line.trim() === '' || line[indent] === '#') continue
    const isItem = /^- /.test(line.slice(indent))
    if (isItem && (column === -1 || indent === column)) {
      column = indent
      lines.push(line.slice(indent + 2))
    } else if (indent <= column || column === -1) break
  }
  return itemsIn(lines)
}

function itemsIn(written: readonly string[]): string[] {
  return written
    .slice(0, MOST_ITEMS)
    .map((item) => item.trim().replace(NAMED, '').split(/\s#/, 1)[0] ?? '')
    .map((item) => item.replace(/["',;]/g, '').trim())
    .filter((item) => item !== '' && !/^(?:#|\/\/)/.test(item))
}
