/**
 * The changes as an Atom feed (RFC 4287): an entry for every changed role and policy, the newest version's first. A feed
 * holds what is new: of many entries the first ones, and its subtitle says how many there are.
 * A build knows no clock, so `updated` comes from the data: a policy's own “last update”, else the latest one of its
 * version, else the epoch. Ids are UUIDs of version 8 (RFC 9562) made of what the entry is about, so an entry keeps its id.
 */
import { createHash } from 'node:crypto'
import { KIND_TITLE, SUBJECT_TITLE } from './change-words.ts'
import { type ChangedThing, changeAddress, nameOf, type Step, stepsOf } from './changes.ts'
import { byText } from './collections.ts'
import type { Site } from './dataset.ts'
import { count, escapeHtml } from './words.ts'

const EPOCH = '1970-01-01'

const MOST_ENTRIES = 200

export function changesFeed(site: Site): string {
  const all = stepsOf(site).flatMap((step) =>
    step.things.filter(({ subject }) => subject === 'role' || subject === 'policy').map((thing) => ({ step, thing })),
  )
  const entries = all.slice(0, MOST_ENTRIES).map(({ step, thing }) => ({ step, thing, date: dateOf(step, thing) }))
  const left =
    all.length > entries.length
      ? `\n  <subtitle>${text(`The newest ${entries.length} of ${count(all.length, 'change')}. All of them stand on the pages of changes.`)}</subtitle>`
      : ''
  const home = site.current.links
  const at = (path: string) => text(`${site.identity.url ?? ''}${path}`)
  const latest = latestOf(entries.map(({ date }) => date))
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${uuid(site.name, 'changes')}</id>
  <title>${text(`Changes of ${site.title}`)}</title>${left}
  <updated>${latest}T00:00:00Z</updated>
  <author><name>${text(site.title)}</name></author>
  <link rel="self" type="application/atom+xml" href="${at(home.changesFeed)}"/>
  <link rel="alternate" type="text/html" href="${at(home.changes)}"/>
${entries.map(({ step, thing, date }) => entry(site, step, thing, date, at)).join('')}</feed>
`
}

function entry(site: Site, step: Step, thing: ChangedThing, date: string, at: (path: string) => string): string {
  const { subject, after, before, changes } = thing
  const title = `${nameOf(thing)}: ${changes.map(({ kind }) => KIND_TITLE[kind].toLowerCase()).join(', ')}`
  const categories = [...new Set([subject, ...changes.map(({ kind }) => kind)])]
  return `  <entry>
    <id>${uuid(site.name, step.from.id, step.to.id, subject, before?.id ?? '', after?.id ?? '')}</id>
    <title>${text(`${title} (${step.to.title})`)}</title>
    <updated>${date}T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="${at(changeAddress(step, thing))}"/>
${categories.map((term) => `    <category term="${term}"/>\n`).join('')}    <summary type="text">${text(summary(thing))}</summary>
  </entry>
`
}

/** What changed, in a few lines of plain text. */
function summary({ subject, before, after, changes }: ChangedThing): string {
  const parts = changes.map((change) => {
    const title = KIND_TITLE[change.kind]
    if ('grants' in change)
      return `${title}: ${listed(
        change.grants.map(({ permission }) => permission),
        'permission',
      )}`
    if ('actions' in change)
      return `${title}: ${listed(
        change.actions.map(({ action }) => action),
        'action',
      )}`
    if ('fields' in change) return `${title}: ${change.fields.map(({ field }) => field).join(', ')}`
    if (change.kind === 'renamed')
      return `${title} from ${before?.name} (${before?.id}) to ${after?.name} (${after?.id})`
    return title
  })
  return `${SUBJECT_TITLE[subject]}. ${parts.join('. ')}.`
}

/** Feed readers show little: the first few, and how many there are. */
const FIRST = 10

function listed(ids: readonly string[], one: string): string {
  if (ids.length === 0) return `no ${one}`
  const more = ids.length > FIRST ? ', …' : ''
  return `${count(ids.length, one)} (${ids.slice(0, FIRST).join(', ')}${more})`
}

function dateOf(step: Step, { subject, after }: ChangedThing): string {
  const own = subject === 'policy' && after ? step.to.policyById.get(after.id)?.lastUpdate : null
  const date = isoDate(own ?? null)
  return date !== EPOCH ? date : newestIn(step)
}

const newest = new WeakMap<Step, string>()

function newestIn(step: Step): string {
  const date = newest.get(step) ?? latestOf(step.to.data.policies.map((policy) => isoDate(policy.lastUpdate)))
  newest.set(step, date)
  return date
}

function latestOf(dates: readonly string[]): string {
  return [EPOCH, ...dates].sort(byText).at(-1)!
}

/** Anything else than a date of the calendar would make the feed invalid. */
function isoDate(date: string | null): string {
  return date !== null && /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(date) ? date : EPOCH
}

function uuid(...parts: string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Text of an element or attribute, without the characters that XML 1.0 has no way to write. */
function text(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML refuses exactly these.
  return escapeHtml(value.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD'))
}
