/** What is to be done with each region, and whether it reads back as what the data says. */
import type { Span } from '../diagnostic.ts'
import { replaced, type Stretch } from '../fix/edits.ts'
import { addAll } from '../lists.ts'
import type { SourceFile } from '../parse/source.ts'
import { type Difference, differenceText } from './facts.ts'
import { type Problem, type Region, regionsOf } from './markers.ts'
import { changedOutside, outsideOf } from './outside.ts'
import { PageReading } from './said.ts'
import { isRefused, type Refused } from './writer.ts'

/** A region that does not say what the data says. */
export interface Outdated {
  span: Span
  /** The ids that it is for. */
  subject: string
  /** In words; “only the form differs” where the facts are the same. */
  what: string
}

export interface Plan {
  region: Region
  subject: string
  found: readonly Difference[]
  /** Ways to write what is wanted, the best first; none for a region that is current, or wrong. */
  candidates: readonly (Stretch[] | Refused)[]
  /** Why the region of a page, where it stands now, does not say what is wanted; `null` where it does. */
  check: (reading: PageReading, region: Region) => string | null
  problems?: Problem[]
}

/** It says what the data says. */
export function currentPlan(region: Region): Plan {
  return { region, subject: '', found: [], candidates: [], check: () => null }
}

/** A plan that changes nothing and says why. */
export function problemPlan(region: Region, message: string): Plan {
  return { ...currentPlan(region), problems: [{ span: region.span, message }] }
}

/** What is said of a role or policy that would be its own source. */
export function nowhereElse(subject: string): string {
  return `${subject} stands in this region and nowhere else, so there is nothing to regenerate it from: name the data with \`--data\`, or take the markers away.`
}

export interface Settled {
  edits: Stretch[]
  outdated: Outdated[]
  problems: Problem[]
}

/**
 * Takes for each region the first way of writing that reads back as what is wanted.
 *
 * @param reading the page as it is
 */
export function settle(file: SourceFile, reading: PageReading, plans: readonly Plan[]): Settled {
  const settled: Settled = { edits: [], outdated: [], problems: plans.flatMap(({ problems = [] }) => problems) }
  const open = plans.filter(({ candidates }) => candidates.length > 0)
  // Mostly the first way is right, so all of them are tried at once: the page is read again once.
  const chosen = new Map<Plan, Stretch[]>()
  for (const plan of open) {
    const first = plan.candidates.find((candidate) => !isRefused(candidate))
    if (first) chosen.set(plan, first as Stretch[])
  }
  const wrong = failuresOf(file, reading, chosen)
  const reasons = new Map<Plan, string>()
  for (const plan of open) {
    const refusal = plan.candidates.find(isRefused)
    if (refusal) reasons.set(plan, refusal.why)
    const failure = wrong.get(plan)
    if (failure === undefined) continue
    if (!refusal) reasons.set(plan, failure)
    const fallback = plan.candidates.find(
      (candidate) => !isRefused(candidate) && failuresOf(file, reading, new Map([[plan, candidate]])).size === 0,
    )
    if (fallback) chosen.set(plan, fallback as Stretch[])
    else chosen.delete(plan)
  }
  // Each was right by itself: what is written is all of them.
  if (wrong.size > 0) {
    for (const [plan, failure] of failuresOf(file, reading, chosen)) {
      reasons.set(plan, failure)
      chosen.delete(plan)
    }
  }
  for (const plan of open) {
    const { region, subject, found } = plan
    const edits = chosen.get(plan)
    if (!edits) {
      const message = `${subject} can't be written: ${reasons.get(plan) ?? 'nothing writes it'}.`
      settled.problems.push({ span: region.span, message })
    } else if (replaced(file.text, edits) === file.text) continue
    const what = found.length > 0 ? found.map(differenceText).join('; ') : 'only the form differs'
    settled.outdated.push({ span: region.span, subject, what })
    if (edits) addAll(settled.edits, edits)
  }
  return settled
}

/** The plans that do not read back as they should when all that is chosen is written; all, where the rest of the page does not. */
function failuresOf(
  file: SourceFile,
  reading: PageReading,
  chosen: ReadonlyMap<Plan, Stretch[] | Refused>,
): Map<Plan, string> {
  const failures = new Map<Plan, string>()
  if (chosen.size === 0) return failures
  const edits = [...chosen.values()].flatMap((edits) => (isRefused(edits) ? [] : edits))
  const now = {
    ...file,
    text: replaced(
      file.text,
      edits.sort((a, b) => a.start - b.start),
    ),
  }
  const before = regionsOf(file).regions
  const after = regionsOf(now).regions
  const again = new PageReading(now, reading.settings)
  const written = [...chosen.keys()].map(({ region }) => region)
  const moved = written.map((region) => after[before.findIndex(({ start }) => start === region.start)])
  const isWhole = after.length === before.length
  // A region that is not written counts as its page does: it must go on saying what it says.
  const rest = isWhole ? changedOutside(outsideOf(reading, written), outsideOf(again, moved as Region[])) : []
  const elsewhere =
    rest.length > 0
      ? `it would change what the page says after the region, of ${rest.join(', ')}: begin what follows with a heading of its own, or move the region`
      : null
  for (const [i, plan] of [...chosen.keys()].entries()) {
    const place = moved[i]
    const why = place && isWhole ? plan.check(again, place) : 'its markers would be lost'
    if (why !== null || elsewhere !== null) failures.set(plan, (why ?? elsewhere) as string)
  }
  return failures
}
