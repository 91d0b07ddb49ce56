import { compareText } from '../../diagnostic.ts'
import type { Comparison } from '../../diff/document.ts'
import { countsOf, type VersionDiff } from '../../diff/versions.ts'
import { encodedPath } from '../markdown-text.ts'
import { xml } from '../xml.ts'
import { type ChangeOptions, defineChangeFormat } from './format.ts'
import {
  type AccessOf,
  accessIn,
  amountWords,
  type ChangedThing,
  demandWords,
  fieldWords,
  idOf,
  itemsOf,
  sectionsOf,
  sourceOf,
} from './things.ts'
import { capital, countWords, headline, KIND_WORD, SUBJECT_TITLE, versionTitle, wholeWords } from './words.ts'

const EPOCH = '1970-01-01T00:00:00.000Z'

/** Feed readers show little: the first few, and how many there are. */
const FIRST = 10

/**
 * An Atom feed (RFC 4287): an entry for every changed thing. Without the time of a commit, the dates are the data's own: a
 * policy's “last update”, else the latest one of its version, else the epoch. Ids are UUIDs of version 8 (RFC 9562) made of
 * what the entry is about, so an entry keeps its id.
 */
export default defineChangeFormat({
  id: 'atom',
  summary: 'An Atom feed: an entry for every changed thing',
  format(comparison, options) {
    const { from, to, versions, date } = comparison
    const entries = versions.flatMap((version) => entriesOf(version, comparison, options))
    const names = [...new Set(versions.map(({ before, after }) => (after ?? before)?.name ?? ''))]
    const updated =
      entries
        .map((entry) => entry.updated)
        .sort(compareText)
        .at(-1) ??
      date ??
      EPOCH
    const title = `Changes of ${names.join(', ') || 'nothing'}: ${from.operand} → ${to.operand}`
    return [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      `  <id>${uuid(options, 'feed', ...names)}</id>`,
      `  <title>${xml(title)}</title>`,
      `  <subtitle>${xml(capital(headline(comparison)))}</subtitle>`,
      `  <updated>${updated}</updated>`,
      `  <author><name>${xml(names.join(', ') || 'Rolebook')}</name></author>`,
      '  <generator>Rolebook</generator>',
      ...entries.map(({ text }) => text),
      '</feed>',
      '',
    ].join('\n')
  },
})

interface Entry {
  updated: string
  text: string
}

function entriesOf(version: VersionDiff, comparison: Comparison, options: ChangeOptions): Entry[] {
  const { before, after } = version
  const { from, to, date } = comparison
  const step = [
    from.commit ?? '',
    to.commit ?? '',
    before?.name ?? '',
    before?.version ?? '',
    after?.name ?? '',
    after?.version ?? '',
  ]
  const whole = wholeWords(version)
  if (whole !== null) {
    return [
      entry({
        id: uuid(options, ...step, 'version'),
        title: `${versionTitle(version)}: ${whole}`,
        updated: date ?? latestIn(version),
        categories: [after ? 'added' : 'removed'],
        link: null,
        summary: capital(countWords(countsOf(version))),
      }),
    ]
  }
  const access = accessIn(version)
  const title = (thing: ChangedThing) =>
    `${(thing.after ?? thing.before)?.name}: ${thing.changes.map(({ kind }) => KIND_WORD[kind]).join(', ')} (${versionTitle(version)})`
  return sectionsOf(version).flatMap(({ things }) =>
    things.map((thing) =>
      entry({
        id: uuid(options, ...step, thing.subject, thing.before?.id ?? '', thing.after?.id ?? ''),
        title: title(thing),
        updated: date ?? dateOf(thing, version),
        categories: [thing.subject, ...thing.changes.map(({ kind }) => kind)],
        link: linkTo(thing, options),
        summary: summaryOf(thing, access),
      }),
    ),
  )
}

interface Draft {
  id: string
  title: string
  updated: string
  categories: string[]
  link: string | null
  summary: string
}

function entry({ id, title, updated, categories, link, summary }: Draft): Entry {
  const text = [
    '  <entry>',
    `    <id>${id}</id>`,
    `    <title>${xml(title)}</title>`,
    `    <updated>${updated}</updated>`,
    ...(link === null ? [] : [`    <link rel="alternate" href="${xml(link)}"/>`]),
    ...[...new Set(categories)].map((term) => `    <category term="${term}"/>`),
    `    <summary>${xml(summary)}</summary>`,
    '  </entry>',
  ]
  return { updated, text: text.join('\n') }
}

function summaryOf(thing: ChangedThing, access: AccessOf): string {
  const parts = thing.changes.map((change) => {
    const word = capital(KIND_WORD[change.kind])
    if ('fields' in change) return `${word}: ${change.fields.map(fieldWords).join(', ')}`
    if (change.kind === 'renamed') return `${word} from ${change.before?.name} (${change.before?.id})`
    if ('requires' in change) return `${word}: asks for ${demandWords(change.requires.after)}`
    const items = itemsOf(change, access)
    if (items.length === 0) return word
    const more = items.length > FIRST ? ', …' : ''
    const ids = items.slice(0, FIRST).map(({ id, remark }) => (remark === '' ? id : `${id} (${remark})`))
    return `${word} ${amountWords(change, thing, items)}: ${ids.join(', ')}${more}`
  })
  const source = sourceOf(thing)
  const place = source === null ? '' : ` ${source.path}:${source.line}`
  return `${SUBJECT_TITLE[thing.subject]}: ${idOf(thing)}. ${parts.join('. ')}.${place}`
}

function linkTo(thing: ChangedThing, { linkBase }: ChangeOptions): string | null {
  const source = thing.after?.source
  return source && linkBase !== null ? `${linkBase}${encodedPath(source.path)}#L${source.line}` : null
}

function dateOf({ subject, after }: ChangedThing, version: VersionDiff): string {
  const own = subject === 'policy' ? version.after?.policies.find(({ id }) => id === after?.id)?.lastUpdate : null
  const date = timeOf(own ?? null)
  return date !== EPOCH ? date : latestIn(version)
}

function latestIn({ before, after }: VersionDiff): string {
  const dates = (after ?? before)?.policies.map(({ lastUpdate }) => timeOf(lastUpdate)) ?? []
  return dates.sort(compareText).at(-1) ?? EPOCH
}

/** Anything else than a day of the calendar would make the feed invalid. */
function timeOf(date: string | null): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '')?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return EPOCH
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day >= 1 && day <= days ? `${date}T00:00:00.000Z` : EPOCH
}

function uuid({ digest }: ChangeOptions, ...parts: string[]): string {
  const hex = digest(JSON.stringify(parts))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
