/** The parts of a statement of SQL, as the model has them: privileges in capitals, and what they are on. */
import { squeeze } from '../../text.ts'
import type { Token } from './sql-tokens.ts'
import { beginsPrivilege, SUBJECTS, TYPES } from './sql-words.ts'

/** A part of a statement, and where it stands in the text. */
export interface Part {
  text: string
  start: number
  end: number
}

/** A privilege, in capitals, and the columns that it is limited to. */
export interface Privilege extends Part {
  columns: string | null
}

/** What some tokens stand for: in one line, and without what a command's own quotes ask for. */
export function sliceOf(text: string, tokens: readonly Token[]): string {
  const [first] = tokens
  const last = tokens.at(-1)
  if (!first || !last) return ''
  const written = text.slice(first.start, last.end).replace(/\\(["`])|'\\''/g, (_, quote) => quote ?? "'")
  return squeeze(written).replace(/ ?(\.|::) ?/g, '$1')
}

/**
 * A privilege or a role, or `null` where it is none that could be read.
 *
 * @param isOn whether the statement says what the privileges are on: else an item may be a role
 * @param option what is taken of the privilege, where it is not the privilege itself
 */
export function privilegeOf(
  text: string,
  item: readonly Token[],
  { isOn, option }: { isOn: boolean; option: string | null },
): Privilege | null {
  const [first] = item
  if (!first) return null
  const open = isOn ? item.findIndex(({ kind, text }, i) => i > 0 && kind !== 'name' && /^[({](?!\{)/.test(text)) : -1
  const named = open === -1 ? item : item.slice(0, open)
  const place = { start: first.start, end: (item.at(-1) as Token).end }
  const columns = open === -1 ? null : sliceOf(text, item.slice(open))
  const isRole = SUBJECTS.has(first.text.toUpperCase()) && named.length > 1
  const written = sliceOf(text, named)
  const isWorded = named.every(({ kind }) => kind === 'word')
  if (isWorded && (isOn || (!isRole && (named.length > 1 || beginsPrivilege(written)))))
    return { ...place, text: `${option ?? ''}${spelling(written)}`, columns }
  if (named.length === 1 && first.kind === 'name' && isOn) return { ...place, text: unquoted(written), columns }
  if (isOn || /\.\.\./.test(written) || named.some(({ kind, text }) => kind === 'sign' && /[{}…]/.test(text)))
    return null
  return { ...place, text: `${option ?? ''}${roleName(written, isRole)}`, columns: null }
}

/** What the privileges are on, each with its type, which is written once for all of a list. */
export function objectsOf(text: string, items: readonly (readonly Token[])[], scope: string): Part[] {
  let type = ''
  return items.flatMap((item, i): Part[] => {
    const [first] = item
    if (!first) return []
    const name = item.findIndex((token, j) => j === item.length - 1 || !isType(token, item[j + 1]))
    if (name > 0 || i === 0) type = sliceOf(text, item.slice(0, name)).toUpperCase()
    const written = sliceOf(text, item.slice(name))
    // Of default privileges, the type is all that is said.
    const isTypeAlone = scope !== '' && name === 0
    const parts = [type, isTypeAlone ? written.toUpperCase() : written, scope]
    const object = parts.filter((part) => part !== '').join(' ')
    return [{ text: object, start: first.start, end: (item.at(-1) as Token).end }]
  })
}

/** Whether a token says what kind of thing the next one names. */
function isType({ kind, text }: Token, next: Token | undefined): boolean {
  return kind === 'word' && TYPES.has(text.toUpperCase()) && next !== undefined && /^[^.:@(]/.test(next.text)
}

/** Whether a token is filled in by the reader, or joins two that are. */
export function isGap({ kind, text }: Token): boolean {
  return kind === 'gap' || (kind === 'sign' && /[.@]/.test(text))
}

function spelling(privilege: string): string {
  const name = privilege.toUpperCase().replace(/ PERMISSIONS?$/, '')
  return name === 'ALL' ? 'ALL PRIVILEGES' : name
}

function unquoted(text: string): string {
  return text.replace(/^["'`[]|["'`\]]$/g, '')
}

/** `ROLE dockers`, whether the word is written or not. */
function roleName(text: string, isTyped: boolean): string {
  if (!isTyped) return `ROLE ${text}`
  const at = text.search(/\brole /i)
  return at === -1 ? text : `${text.slice(0, at + 4).toUpperCase()}${text.slice(at + 4)}`
}
