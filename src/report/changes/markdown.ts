import { type Change, type ChangeKind, KINDS, SUBJECTS } from '../../diff/change.ts'
import type { Comparison } from '../../diff/document.ts'
import { countsOf, total, type VersionDiff } from '../../diff/versions.ts'
import { clipped, destination, encodedPath, inertText } from '../markdown-text.ts'
import { type ChangeOptions, defineChangeFormat } from './format.ts'
import { Page } from './page.ts'
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
import { capital, countWords, KIND_WORD, SUBJECT_TITLE, suggestionWords, versionTitle, wholeWords } from './words.ts'

/** Stands first, so that whoever posts the comment finds it again. */
const MARKER = '<!-- rolebook-diff -->'

/** GitHub refuses a comment of more characters. */
const LIMIT = 65_536

/** So many permissions of a change are seen, and so many more unfold; in a long page fewer. */
const AMOUNTS = [
  { seen: 16, folded: 400 },
  { seen: 16, folded: 0 },
  { seen: 3, folded: 0 },
] as const

const LONGEST = 120

export default defineChangeFormat({
  id: 'markdown',
  summary: 'Markdown, for the comment on a pull request',
  format(comparison, options) {
    // Everything that changed before every permission of it.
    let page = written(comparison, options, AMOUNTS)
    for (let level = 1; page.isCut && level < AMOUNTS.length; level++) {
      page = written(comparison, options, AMOUNTS.slice(level))
    }
    return page.end('Run <code>rolebook diff</code> to see everything.')
  },
})

function written(comparison: Comparison, options: ChangeOptions, amounts: readonly Amount[]): Page {
  const { versions } = comparison
  const page = new Page(LIMIT, [MARKER, `## ${title(comparison)}`, about(comparison)].join('\n'))
  const table = countTable(comparison)
  if (table !== '') page.add(table)
  for (const version of versions) {
    const whole = wholeWords(version)
    if (whole === null && version.changes.length === 0) continue
    if (versions.length > 1 || whole !== null) page.add(`### ${text(versionTitle(version))}`)
    if (whole !== null) page.add(`${capital(whole)}.`)
    else addVersion(page, version, options, amounts)
  }
  return page
}

/** Who can do more or less; the table counts all else. */
function title({ versions }: Comparison): string {
  const { role, policy, ...others } = total(versions.map(countsOf))
  const counts = role || policy ? { ...(role && { role }), ...(policy && { policy }) } : others
  return capital(countWords(counts))
}

function about(comparison: Comparison): string {
  const { from, to } = comparison
  const [old, own] = [code(from.operand), code(to.operand)]
  return `\n${old} → ${own}: **${text(suggestionWords(comparison))}**.`
}

function countTable({ versions }: Comparison): string {
  const counts = total(versions.map(countsOf))
  const kinds = KINDS.filter((kind) => SUBJECTS.some((subject) => counts[subject]?.[kind]))
  if (kinds.length === 0) return ''
  const rows = SUBJECTS.filter((subject) => counts[subject]).map(
    (subject) => `| ${SUBJECT_TITLE[subject]} | ${kinds.map((kind) => counts[subject]?.[kind] ?? '').join(' | ')} |`,
  )
  return [
    `|  | ${kinds.map((kind) => KIND_WORD[kind]).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(kinds.length)}`,
    ...rows,
  ].join('\n')
}

const PRIVILEGES: readonly ChangeKind[] = ['widened', 'narrowed']

/** Who can do more or less is seen at once; all else unfolds. */
function addVersion(page: Page, version: VersionDiff, options: ChangeOptions, amounts: readonly Amount[]): void {
  const sections = sectionsOf(version)
  const access = accessIn(version)
  const entries = (things: readonly ChangedThing[]) =>
    things.map((thing) => amounts.map((amount) => entry(thing, amount, access, options)))
  const isSeen = ({ subject }: Section, thing: ChangedThing) =>
    (subject === 'role' || subject === 'policy') && PRIVILEGES.includes(kindOf(thing))
  for (const section of sections) {
    for (const kind of PRIVILEGES) {
      const own = section.things.filter((thing) => isSeen(section, thing) && kindOf(thing) === kind)
      const title = `${SUBJECT_TITLE[section.subject]} ${kind}`
      page.addList({ open: `#### ${title}\n`, entries: entries(own), close: '', what: title.toLowerCase() })
    }
  }
  for (const section of sections) {
    const own = section.things.filter((thing) => !isSeen(section, thing))
    const title = SUBJECT_TITLE[section.subject]
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, own.filter((thing) => kindOf(thing) === kind).length]))
    const open = `<details><summary>${capital(countWords({ [section.subject]: counts }))}</summary>\n`
    const named = own.filter(isNamed)
    const lists = (['added', 'removed'] as const).flatMap((kind) => {
      const ids = named.filter((thing) => kindOf(thing) === kind).map((thing) => ({ id: idOf(thing), remark: '' }))
      return ids.length === 0 ? [] : [amounts.map((amount) => `- **${KIND_WORD[kind]}**: ${listed(ids, amount)}`)]
    })
    const others = entries(own.filter((thing) => !isNamed(thing)))
    const close = '\n</details>'
    page.addList({ open, entries: [...lists, ...others], close, what: `other ${title.toLowerCase()}` })
  }
}

/** What needs no line of its own: there is nothing to say of it but that it is new or gone. */
function isNamed({ subject, changes: [change] }: ChangedThing): boolean {
  const isWord = subject === 'permission' || subject === 'operation' || subject === 'scope'
  return isWord && (change?.kind === 'added' || change?.kind === 'removed')
}

type Amount = (typeof AMOUNTS)[number]

function entry(thing: ChangedThing, amount: Amount, access: AccessOf, options: ChangeOptions): string {
  const { before, after, changes, subject } = thing
  const [id, name] = [idOf(thing), (after ?? before)?.name ?? '']
  const title = name === id || subject === 'permission' ? code(id) : `**${text(name)}** ${code(id)}`
  const [first, ...rest] = changes
  const isLine = rest.length === 0 && first !== undefined && !('grants' in first || 'actions' in first)
  const place = placeOf(thing, options)
  const head = `- ${title}${place === '' ? '' : ` · ${place}`}`
  const lines = changes.map((change) => changeText(change, thing, amount, access))
  return isLine ? `${head}: ${lines[0]}` : [head, ...lines.map((line) => `  - ${line}`)].join('\n')
}

function changeText(change: Change, thing: ChangedThing, amount: Amount, access: AccessOf): string {
  const word = KIND_WORD[change.kind]
  if ('fields' in change) return `${word}: ${change.fields.map((field) => text(fieldWords(field))).join(', ')}`
  if (change.kind === 'renamed')
    return `${word} from ${text(change.before?.name ?? '')} ${code(change.before?.id ?? '')}`
  if ('requires' in change) {
    const { before, after } = change.requires
    if (change.kind === 'removed') return `${word}: asked for ${text(demandWords(before), 2 * LONGEST)}`
    const asked = change.kind === 'added' ? '' : `, asked for ${text(demandWords(before), 2 * LONGEST)}`
    return `${word}: asks for ${text(demandWords(after), 2 * LONGEST)}${asked}`
  }
  const items = itemsOf(change, access)
  return items.length === 0 ? word : `**${word}** ${amountWords(change, thing, items)}: ${listed(items, amount)}`
}

function listed(items: readonly Item[], { seen, folded }: Amount): string {
  const shown = items.slice(0, seen).map(item).join(', ')
  if (items.length <= seen) return shown
  const more = `… and ${items.length - seen} more`
  if (folded === 0) return `${shown}, ${more}`
  const rest = items
    .slice(seen, seen + folded)
    .map(item)
    .join(', ')
  const last = items.length > seen + folded ? ', …' : ''
  return `${shown} <details><summary>${more}</summary>${rest}${last}</details>`
}

function item({ id, remark }: Item): string {
  return remark === '' ? code(id) : `${code(id)} (${text(remark)})`
}

/** What is gone stands in no file of the newer side, so it gets no link. */
function placeOf(thing: ChangedThing, { linkBase }: ChangeOptions): string {
  const source = sourceOf(thing)
  if (source === null) return ''
  const label = text(`${source.path}:${source.line}`)
  if (linkBase === null || thing.after === null) return label
  return `[${label}](${destination(`${linkBase}${encodedPath(source.path)}#L${source.line}`)})`
}

function code(value: string): string {
  return `<code>${text(value)}</code>`
}

function text(value: string, limit = LONGEST): string {
  return inertText(clipped(value, limit))
}
