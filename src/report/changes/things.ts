/** Changes by the thing that changed, as people read them: the most important first. */
import { compareText } from '../../diagnostic.ts'
import type { Change, ChangeKind, FieldChange, Subject, Thing } from '../../diff/change.ts'
import { KINDS, SUBJECTS } from '../../diff/change.ts'
import type { VersionDiff } from '../../diff/versions.ts'
import type { Access, Source } from '../../model/dataset.ts'
import { plural } from '../../text.ts'
import { standingWords } from './words.ts'

/** All changes of one thing. */
export interface ChangedThing {
  subject: Subject
  before: Thing | null
  after: Thing | null
  /** In order of kind. */
  changes: Change[]
  /** A role of which the older side lists no permission: what it shows now may be what it could do all along. */
  firstListed: boolean
}

export interface Section {
  subject: Subject
  /** By the first kind of change: what is widened before what is narrowed, reworded last; then what is larger, then by id. */
  things: ChangedThing[]
}

/** The changes of a version by what they are about, the most important first. */
export function sectionsOf({ before: old, changes }: VersionDiff): Section[] {
  const silent = new Set(old?.roles.flatMap(({ id, grants }) => (grants.length === 0 ? [id] : [])))
  const groups = new Map<string, ChangedThing>()
  for (const change of changes) {
    const { subject, before, after } = change
    const key = JSON.stringify([subject, before?.id, after?.id])
    const known = groups.get(key)
    if (known) known.changes.push(change)
    else {
      const firstListed = subject === 'role' && before !== null && silent.has(before.id)
      groups.set(key, { subject, before, after, changes: [change], firstListed })
    }
  }
  const things = [...groups.values()]
  return SUBJECTS.flatMap((subject) => {
    const own = things.filter((thing) => thing.subject === subject)
    return own.length === 0 ? [] : [{ subject, things: own.sort(byImportance) }]
  })
}

function byImportance(a: ChangedThing, b: ChangedThing): number {
  return rank(a) - rank(b) || sizeOf(b) - sizeOf(a) || compareText(idOf(a), idOf(b))
}

/** The first kind of a thing's changes, which is the gravest. */
export function kindOf({ changes }: ChangedThing): ChangeKind {
  return changes[0]?.kind ?? 'text'
}

function rank(thing: ChangedThing): number {
  return KINDS.indexOf(kindOf(thing))
}

function sizeOf({ changes: [change] }: ChangedThing): number {
  if (!change || change.kind === 'added' || change.kind === 'removed') return 0
  if ('grants' in change) return change.grants.length
  if ('actions' in change) return change.actions.length
  return 'permissions' in change ? change.permissions.length : 0
}

/** The id on the newer side; of what is gone, on the older one. */
export function idOf({ before, after }: ChangedThing): string {
  return (after ?? before)?.id ?? ''
}

/** The place on the newer side; of what is gone, on the older one. */
export function sourceOf({ before, after }: ChangedThing): Source | null {
  return (after ?? before)?.source ?? null
}

/** A permission or an action, and what is to be said beside it. */
export interface Item {
  id: string
  remark: string
}

/** What a change is about, the most important first: what administers before what writes before what reads. */
export function itemsOf(change: Change, access: AccessOf): Item[] {
  return bare(change).sort((a, b) => access(a.id) - access(b.id) || compareText(a.id, b.id))
}

function bare(change: Change): Item[] {
  if ('grants' in change) {
    return change.grants.map(({ permission: id, before, after }) => ({ id, remark: standingWords(before, after) }))
  }
  if ('actions' in change) {
    return change.actions.map(({ action: id, by }) => ({ id, remark: by === 'action' ? '' : `by its ${by}` }))
  }
  return 'permissions' in change ? change.permissions.map((id) => ({ id, remark: '' })) : []
}

/** `by 48 permissions`, `with 1 action`; empty where the change lists none. */
export function amountWords(change: Change, { firstListed }: ChangedThing, items: readonly Item[]): string {
  if (items.length === 0) return ''
  const isWhole = change.kind === 'added' || change.kind === 'removed'
  const amount = plural(items.length, 'actions' in change ? 'action' : 'permission')
  return `${isWhole ? 'with' : 'by'} ${amount}${firstListed && change.kind === 'widened' ? ', the first that are listed' : ''}`
}

/** How much can be done with a permission: the less the number, the more. */
export type AccessOf = (permission: string) => number

const ACCESS: readonly Access[] = ['admin', 'write', 'read']

/** A pattern counts most, as it covers more than one; what is in no list of permissions counts alike. */
export function accessIn({ before, after }: VersionDiff): AccessOf {
  const known = new Map(
    [before, after].flatMap((data) => data?.permissions ?? []).map(({ id, access }) => [id, access]),
  )
  return (id) => {
    const own = known.get(id)
    return id.includes('*') ? 0 : own === undefined ? ACCESS.length + 1 : 1 + ACCESS.indexOf(own)
  }
}

/** What a mapping asks for: `A or B, and C`. */
export function demandWords(requires: readonly (readonly string[])[]): string {
  return requires.map((names) => names.join(' or ')).join(', and ') || 'nothing'
}

/** Longer values are prose: that they changed is all that is said. */
const SHORT = 48

/** `group Docks → Piers`, `description`. */
export function fieldWords({ field, before, after }: FieldChange): string {
  const isShort = [before, after].every((value) => value === null || value.length <= SHORT)
  const name = FIELD_WORD.get(field) ?? field
  return isShort ? `${name} ${before ?? 'none'} → ${after ?? 'none'}` : name
}

const FIELD_WORD = new Map([
  ['lastUpdate', 'last update'],
  ['sids', 'statement ids'],
])
