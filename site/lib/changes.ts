/** What versions changed, by the thing that changed. */

import type { Change, ChangeKind, Subject, Thing } from '../../src/diff/change.ts'
import type { VersionStep } from '../../src/export/site-input.ts'
import { groupBy } from './collections.ts'
import type { Site } from './dataset.ts'
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
  return step.things.find((thing) => thing.subject === subject && thing[side]?.id === id) ?? null
}

/** The id that a thing of one version has in another, renames followed; the other version need not have it. */
export function idIn(site: Site, subject: Subject, id: string, from: Version, to: Version): string {
  const position = (version: Version) => site.versions.indexOf(version)
  const newer = position(to) < position(from)
  const steps = stepsOf(site).slice(Math.min(position(from), position(to)), Math.max(position(from), position(to)))
  const [here, there] = newer ? (['before', 'after'] as const) : (['after', 'before'] as const)
  let current = id
  for (const step of newer ? steps.toReversed() : steps) {
    const renamed = step.changes.find(
      (change) => change.subject === subject && change.kind === 'renamed' && change[here]?.id === current,
    )
    current = renamed?.[there]?.id ?? current
  }
  return current
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
