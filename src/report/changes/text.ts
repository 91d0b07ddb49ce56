import { styleText } from 'node:util'
import type { Change, ChangeKind } from '../../diff/change.ts'
import type { VersionDiff } from '../../diff/versions.ts'
import { addAll } from '../../lists.ts'
import { clipped } from '../markdown-text.ts'
import { printable } from '../printable.ts'
import { defineChangeFormat } from './format.ts'
import {
  type AccessOf,
  accessIn,
  amountWords,
  type ChangedThing,
  demandWords,
  fieldWords,
  type Item,
  idOf,
  itemsOf,
  kindOf,
  type Section,
  sectionsOf,
  sourceOf,
} from './things.ts'
import { capital, headline, KIND_WORD, SUBJECT_TITLE, suggestionWords, versionTitle, wholeWords } from './words.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

/** More rights and lost ones stand out; words do not. */
const STYLE: Record<ChangeKind, Style> = {
  widened: 'yellow',
  narrowed: 'cyan',
  conditional: 'magenta',
  added: 'green',
  removed: 'red',
  renamed: 'blue',
  text: 'dim',
}

/** Of a list of permissions, so many are named. */
const FIRST = 8
/** Of resources, permissions, operations and scopes with one kind of change, so many are listed. */
const FIRST_THINGS = 10
const LONGEST = 120

export default defineChangeFormat({
  id: 'text',
  summary: 'For people: what changed, the most important first',
  format(comparison, { color }) {
    const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text)
    const { versions } = comparison
    const lines = [paint('bold', `${capital(headline(comparison))}; ${printable(suggestionWords(comparison))}.`)]
    for (const version of versions) {
      const whole = wholeWords(version)
      if (whole === null && version.changes.length === 0) continue
      const title = printable(versionTitle(version))
      if (whole !== null) lines.push('', `${paint('bold', title)}: ${whole}`)
      else {
        if (versions.length > 1) lines.push('', paint('bold', title))
        for (const section of sectionsOf(version)) addAll(lines, ['', ...sectionLines(section, version, paint)])
      }
    }
    return `${lines.join('\n')}\n`
  },
})

function sectionLines({ subject, things }: Section, version: VersionDiff, paint: Paint): string[] {
  const lines = [paint('underline', SUBJECT_TITLE[subject])]
  const access = accessIn(version)
  if (!SIMPLE.has(subject)) return [...lines, ...things.flatMap((thing) => thingLines(thing, access, paint))]
  for (const kind of Object.keys(STYLE) as ChangeKind[]) {
    const own = things.filter((thing) => kindOf(thing) === kind)
    addAll(
      lines,
      own.slice(0, FIRST_THINGS).map((thing) => simpleLine(thing, paint)),
    )
    if (own.length > FIRST_THINGS)
      lines.push(paint('dim', `  … and ${own.length - FIRST_THINGS} more ${KIND_WORD[kind]}`))
  }
  return lines
}

/** What a line is enough for. */
const SIMPLE: ReadonlySet<string> = new Set(['resource', 'permission', 'operation', 'scope'])

function simpleLine(thing: ChangedThing, paint: Paint): string {
  const parts = thing.changes.map((change) => {
    const detail = 'fields' in change ? ` (${change.fields.map(fieldText).join(', ')})` : ''
    return paint(STYLE[change.kind], KIND_WORD[change.kind]) + detail
  })
  return `  ${shown(idOf(thing))}${formerly(thing)}: ${parts.join(', ')}${placeOf(thing, paint)}`
}

function thingLines(thing: ChangedThing, access: AccessOf, paint: Paint): string[] {
  const name = (thing.after ?? thing.before)?.name ?? ''
  const id = idOf(thing)
  const head = name === id ? paint('bold', shown(name)) : `${paint('bold', shown(name))} ${paint('dim', shown(id))}`
  return [
    `  ${head}${placeOf(thing, paint)}`,
    ...thing.changes.map((change) => `    ${changeLine(change, thing, access, paint)}`),
  ]
}

function changeLine(change: Change, thing: ChangedThing, access: AccessOf, paint: Paint): string {
  const word = paint(STYLE[change.kind], KIND_WORD[change.kind])
  if ('fields' in change) return `${word}: ${change.fields.map(fieldText).join(', ')}`
  if (change.kind === 'renamed')
    return `${word} from ${shown(change.before?.name ?? '')} (${shown(change.before?.id ?? '')})`
  if ('requires' in change) {
    const { before, after } = change.requires
    const asks = shown(demandWords(change.kind === 'removed' ? before : after), 2 * LONGEST)
    const asked = change.before && change.after ? `, asked for ${shown(demandWords(before), 2 * LONGEST)}` : ''
    return `${word}: ${change.kind === 'removed' ? 'asked' : 'asks'} for ${asks}${asked}`
  }
  const items = itemsOf(change, access)
  return items.length === 0 ? word : `${word} ${amountWords(change, thing, items)}: ${listed(items)}`
}

/** `a.get, b.get (denied), … and 1 more`. */
function listed(items: readonly Item[]): string {
  const named = items.slice(0, FIRST).map(({ id, remark }) => shown(id) + (remark === '' ? '' : ` (${shown(remark)})`))
  return named.join(', ') + (items.length > FIRST ? `, … and ${items.length - FIRST} more` : '')
}

function formerly({ before, after }: ChangedThing): string {
  return before && after && before.id !== after.id ? ` (was ${shown(before.id)})` : ''
}

function placeOf(thing: ChangedThing, paint: Paint): string {
  const source = sourceOf(thing)
  return source === null ? '' : `  ${paint('dim', `${printable(source.path)}:${source.line}`)}`
}

function fieldText(field: Parameters<typeof fieldWords>[0]): string {
  return shown(fieldWords(field))
}

function shown(text: string, limit = LONGEST): string {
  return printable(clipped(text, limit))
}
