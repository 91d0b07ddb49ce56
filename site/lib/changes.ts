/** What versions changed, by the thing that changed. */

import type { Change, ChangeKind, Subject, Thing } from '../../src/diff/change.ts'
import type { VersionStep } from '../../src/export/site-input.ts'
import { SUBJECT_ORDER } from './change-words.ts'
import { groupBy } from './collections.ts'
import type { Site } from './dataset.ts'
import { inPages } from './paging.ts'
import { slugsOf } from './slug.ts'
import type { Version } from './version.ts'

export interface Step {
  from: Version
  to: Version
  changes: readonly Change[]
  /** In the order of the changes. */
  things: ChangedThing[]
}

/** All changes of one thing. */
export interface ChangedThing {
  subject: Subject
  before: Thing | null
  after: Thing | null
  /** Unique among the things of its step. */
  anchor: string
  changes: Change[]
}

const read = new WeakMap<VersionStep, Step>()

/** The steps between versions, the newest first. */
export function stepsOf(site: Site): Step[] {
  return site.steps.map((step) => {
    const known = read.get(step)
    if (known) return known
    const version = (id: string) => site.versions.find((candidate) => candidate.id === id)!
    const made = {
      from: version(step.from),
      to: version(step.to),
      changes: step.changes,
      things: thingsOf(step.changes),
    }
    read.set(step, made)
    return made
  })
}

function thingsOf(changes: readonly Change[]): ChangedThing[] {
  const key = ({ subject, before, after }: Change) => `${subject} ${after?.id ?? before?.id}`
  const groups = groupBy(changes, (change) => `${key(change)} ${change.before?.id}`)
  // What is gone may have the id of what came under another name, so the slugs are of both.
  const slugs = slugsOf(groups.keys(), new Set(['']))
  const plain = slugsOf([...groups.values()].map((list) => key(list[0]!)))
  const taken = new Set<string>()
  return [...groups].map(([both, list]) => {
    const { subject, before, after } = list[0]!
    const short = plain.get(key(list[0]!))!
    const anchor = taken.has(short) ? slugs.get(both)! : short
    taken.add(anchor)
    return { subject, before, after, anchor, changes: list }
  })
}

/** Changed things of a page. */
const THINGS = 400

const cut = new WeakMap<
  Step,
  { pages: ChangedThing[][]; of: Map<ChangedThing, number>; byId: Map<string, ChangedThing> }
>()

function cutOf(step: Step) {
  let made = cut.get(step)
  if (!made) {
    const bySubject = groupBy(step.things, ({ subject }) => subject)
    const pages = inPages(
      SUBJECT_ORDER.flatMap((subject) => bySubject.get(subject) ?? []),
      THINGS,
    )
    const of = new Map(pages.flatMap((page, i) => page.map((thing) => [thing, i + 1] as const)))
    const byId = new Map<string, ChangedThing>()
    for (const thing of step.things) {
      for (const side of ['before', 'after'] as const) {
        const id = thing[side]?.id
        const key = `${side} ${thing.subject} ${id}`
        if (id !== undefined && !byId.has(key)) byId.set(key, thing)
      }
    }
    made = { pages, of, byId }
    cut.set(step, made)
  }
  return made
}

/** What each page of a version's changes shows in full; one, which is empty, where there are none. */
export function changePages(site: Site, version: Version): ChangedThing[][] {
  const step = stepInto(site, version)
  return step ? cutOf(step).pages : [[]]
}

/** Where a change stands in full. */
export function changeAddress(step: Step, thing: ChangedThing): string {
  const { links } = step.to
  return `${links.page(links.changes, cutOf(step).of.get(thing) ?? 1)}#${thing.anchor}`
}

/** The step that led to a version; `null` for the oldest. */
export function stepInto(site: Site, version: Version): Step | null {
  return stepsOf(site).find(({ to }) => to.id === version.id) ?? null
}

/** The step that leads on from a version; `null` for the current one. */
export function stepFrom(site: Site, version: Version): Step | null {
  return stepsOf(site).find(({ from }) => from.id === version.id) ?? null
}

/** What a step changed of a thing, known by its id on one side of the step. */
export function changeOf(step: Step, side: 'before' | 'after', subject: Subject, id: string): ChangedThing | null {
  return cutOf(step).byId.get(`${side} ${subject} ${id}`) ?? null
}

/** The id that a thing of one version has in another, renames followed; the other version need not have it. */
export function idIn(site: Site, subject: Subject, id: string, from: Version, to: Version): string {
  const position = (version: Version) => site.versions.indexOf(version)
  const newer = position(to) < position(from)
  const steps = stepsOf(site).slice(Math.min(position(from), position(to)), Math.max(position(from), position(to)))
  const [here, there] = newer ? (['before', 'after'] as const) : (['after', 'before'] as const)
  let current = id
  for (const step of newer ? steps.toReversed() : steps) {
    current = renamesOf(step, here).get(`${subject} ${current}`)?.[there]?.id ?? current
  }
  return current
}

const renames = new WeakMap<Step, Record<'before' | 'after', Map<string, Change>>>()

/** Changes of names, by subject and the id on one side. */
function renamesOf(step: Step, side: 'before' | 'after'): ReadonlyMap<string, Change> {
  let made = renames.get(step)
  if (!made) {
    const all = step.changes.filter(({ kind }) => kind === 'renamed').toReversed()
    const by = (of: 'before' | 'after') => new Map(all.map((change) => [`${change.subject} ${change[of]?.id}`, change]))
    made = { before: by('before'), after: by('after') }
    renames.set(step, made)
  }
  return made[side]
}

/** How many things have a change of a kind. */
export function countOf(things: readonly ChangedThing[], subject: Subject, kind: ChangeKind): number {
  return things.filter((thing) => thing.subject === subject && hasKind(thing, kind)).length
}

export function hasKind(thing: ChangedThing, kind: ChangeKind): boolean {
  return thing.changes.some((change) => change.kind === kind)
}

/**
 * Whether the older version lists no permission of a role at all. Then what it shows now may be what it could do all
 * along, and nobody should be alarmed.
 */
export function isFirstListed(step: Step, { subject, before, after }: ChangedThing): boolean {
  return (
    subject === 'role' &&
    before !== null &&
    after !== null &&
    step.from.roleById.get(before.id)?.permissions.length === 0
  )
}

export function nameOf({ before, after }: Pick<ChangedThing, 'before' | 'after'>): string {
  return (after ?? before)?.name ?? ''
}
