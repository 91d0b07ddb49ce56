/** Whether an item of a list may hold facts, by its raw first line; what is written `a.b` is found elsewhere. */

import { isLetter } from '../structure/lines.ts'
import { markedDeed } from '../unread/marked-lists.ts'
import { maySayWhoMay } from '../unread/strange-lists.ts'
import { wordsOf } from '../words/vocabulary.ts'
import type { ScanVocabulary } from './vocabulary.ts'

const SPACE = 32

/** The name of a call in code, at the beginning of an item. */
const CALL = /^[*_~[\s(]*`+ ?([a-z]+[A-Z][A-Za-z\d]*) ?`/
/** An id in code, at the beginning of an item: `list-jobs`. */
const CODE = /^[*_~[\s(]*`+ ?[A-Za-z][\w.:/-]*[-_:./]/
const SNAKE = /^[A-Za-z]+[_:]/
/** A name, and the first of the operations on what it names: `**Docks**: get, list`. */
const LISTED =
  /^[*_~`[\s(]*[A-Za-z\d][\w .-]{0,60}[*_~`]{0,4}:[*_~`]{0,4}[ \t]{1,8}[*_~`]{0,4}([A-Za-z]+)[*_~`]{0,4}[ \t]{0,8}(?:,|\r|$)/
/** What Markdown may take for a link or a footnote: its text counts, and not its signs. */
const BRACKETS = /\[\^[^\]\n]{0,80}\]|[[\]]/g
/** A privilege: `Datastore.AllocateSpace`. */
const PRIVILEGE = /^[*_~`[\s(]*[A-Z]\w*\\?\.[A-Z]/
/** An id in parentheses, behind what it lets one do: `List docks (docks_list)`; no link. */
const ID_BEHIND = /^([^()]{0,119}[^()\]])\([*`]{0,3}[a-z][A-Za-z\d]*[-_:./\\]/
/** Tags, comments (one that does not end takes what follows: the less is left, the more may matter), pictures without a text. */
const ASIDE = /<[^<>]*>|\{\/\*.*?(?:\*\/\}|$)|<!--.*?(?:-->|$)|!?\[\]/g
/** An address in angle brackets is no tag. */
const ADDRESS = /^<https?:\/\//
/** Characters that are no part of the word around them. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/

/** A term in emphasis or code at the beginning of a paragraph: `**delete_docks**: …`. */
const TERM = /^[*_`[]{1,6}([A-Za-z]\w*(?:[-_:./][\w*]+)*)/

/** Whether a line that is no item begins with an id that names an operation. */
export function termMayMatter(line: string, words: ScanVocabulary): boolean {
  const [, id = ''] = TERM.exec(line) ?? []
  return /[-_:./]/.test(id) && wordsOf(id).some((word) => words.isOperation(word))
}

/** Something like an id at the beginning of an item, whatever it ends in: it matters under a heading that speaks of permissions. */
const ID = /^[*_~`[\s(]*(?:[A-Za-z][\w-]*[`*_]{0,3}[.:/][`*_]{0,3}[A-Za-z]|[A-Z][A-Z\d]*\\?_[A-Z\d])/
const CLOUD_ROLE = /roles\/[a-z][A-Za-z]*\.[A-Za-z]/

/** Whether an item may be such an id. */
export function itemMayBeId(line: string): boolean {
  return ID.test(withoutBox(line))
}

/** An item of a list of tasks, as one of another list. */
function withoutBox(line: string): string {
  return line.startsWith('[') ? line.replace(/^\[[ xX]\]\s+/, '') : line
}

/** So much of an item holds its first words, behind “They are allowed to”. */
const BEGINNING = 80

/** What stands in code is no tag. */
const TAG_IN_CODE = /`\s?</

/** Whether an item may be a sentence on what is done: its list matters where it is about a role. */
export function itemMayBeDeed(line: string, words: ScanVocabulary): boolean {
  if (TAG_IN_CODE.test(line)) return true
  const bare = /[<{[]/.test(line) ? withoutBox(line).replace(ASIDE, ' ') : line
  const beginning = bare.slice(0, BEGINNING).replace(/^[*_~`[\s(]+/, '')
  return words.isDeed(beginning) || words.isDeed(beginning.replace(/[*_~`[\]]/g, ''))
}

/** What an item names at its beginning, before what it says of it. */
const NAMED = /^[*_~`[\s(]*([A-Za-z\u00C0-\uFFFF](?:[^*`\]:–—(\r\s]|\s(?!-)){0,60})(?:[*`\]:–—(\r]|\s-|$)/

/** Whether an item may name a role, and say what it is for. */
export function itemMayNameRole(written: string, words: ScanVocabulary): boolean {
  if (TAG_IN_CODE.test(written)) return true
  const bare = /[<{[]/.test(written) ? withoutBox(written).replace(ASIDE, ' ') : written
  const [, name = ''] = NAMED.exec(bare) ?? []
  return words.isName(name.trim())
}

/** So many words hold the name of a role, before what it may do. */
const MOST_WORDS = 8

/**
 * Whether an item may begin with the name of a role, and go on with what it may do: “**Dock admins** can …”. `behind` gives the
 * lines of the item behind its first one.
 */
export function itemMayBeOfRole(line: string, behind: () => string, words: ScanVocabulary): boolean {
  if (!maySayWhoMay(line, behind)) return false
  if (TAG_IN_CODE.test(line)) return true
  const bare = /[<{[]/.test(line) ? withoutBox(line).replace(ASIDE, ' ') : line
  const beginning = bare.slice(0, BEGINNING)
  return beginning.includes('&') || beginning.split(/[\s*_~`[\]]+/, MOST_WORDS).some((word) => words.isRole(word))
}

/** True for every item that makes its list an operation list, a list of calls or of privileges. */
export function itemMayMatter(written: string, words: ScanVocabulary): boolean {
  const text = withoutBox(written)
  const [, said] = text.includes('(') ? (ID_BEHIND.exec(text) ?? []) : []
  if (said !== undefined && wordsOf(said).some((word) => words.isOperation(word))) return true
  const listed = text.includes(':') ? LISTED.exec(text.includes('[') ? text.replace(BRACKETS, '') : text) : null
  if (listed && words.isOperation(listed[1] as string)) return true
  if (text.includes('roles/') && CLOUD_ROLE.test(text)) return true
  const word = firstWord(text)
  if (word === null) return oddItemMayMatter(text, words)
  return words.isOperation(word) && isOperations(text, words)
}

/** The word that an item begins with, where a space parts it from others, as in most; `null` where it has marks, or stands alone. */
function firstWord(text: string): string | null {
  let end = 0
  while (isLetter(text.charCodeAt(end))) end++
  return end > 0 && text.charCodeAt(end) === SPACE ? text.slice(0, end) : null
}

/** The same of an item that begins with anything but a plain word. */
function oddItemMayMatter(text: string, words: ScanVocabulary): boolean {
  if (text.trim() === '') return true
  const odd = !isLetter(text.charCodeAt(0))
  if (ADDRESS.test(text)) return false
  if (PRIVILEGE.test(text)) return true
  if (odd) {
    if (markedDeed(text.replace(/[*_`\\]/g, ''), words.settings) !== null) return true
    const call = CALL.exec(text)
    if (call && words.isOperation(wordsOf(call[1] as string)[0] ?? '')) return true
    const code = CODE.exec(text)
    if (code && wordsOf(code[0]).some((word) => words.isOperation(word))) return true
  } else if (SNAKE.test(text) && wordsOf(text.split(/\s/, 1)[0] ?? '').some((word) => words.isOperation(word)))
    return true
  const bare = odd && /[<{[]/.test(text) ? text.replace(ASIDE, ' ') : text
  const token = /\S+/.exec(bare)?.[0] ?? ''
  if (token === '' || token.includes('&#') || token.includes('<') || INVISIBLE.test(token)) return true
  return words.isOperation(token) && isOperations(bare, words)
}

/** Whether an item is nothing but operations, or may be. */
function isOperations(text: string, words: ScanVocabulary): boolean {
  const tokens = text.split(/\s+/).filter((part) => part !== '')
  return tokens.every((part) => words.isOperation(part) || /[<&{[\]()]/.test(part) || !/[A-Za-z]/.test(part))
}
