/** What is to be done with each region, and whether it reads back as what the data says. */
import type { Span } from '../diagnostic.ts'
import { replaced, type Stretch } from '../fix/edits.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { type Difference, differenceText } from './facts.ts'
import { type Problem, type Region, regionsOf } from './markers.ts'
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

/** Takes for each region the first way of writing that reads back as what is wanted. */
export function settle(file: SourceFile, settings: Settings, plans: readonly Plan[]): Settled {
  const settled: Settled = { edits: [], outdated: [], problems: plans.flatMap(({ problems = [] }) => problems) }
  const open = plans.filter(({ candidates }) => candidates.length > 0)
  // Mostly the first way is right, so all of them are tried at once: the page is read again once.
  const chosen = new Map<Plan, Stretch[]>()
  for (const plan of open) {
    const first = plan.candidates.find((candidate) => !isRefused(candidate))
    if (first) chosen.set(plan, first as Stretch[])
  }
  const wrong = failuresOf(file, settings, plans, chosen)
  for (const plan of open) {
    const { region, subject, found, candidates } = plan
    let edits = chosen.get(plan) ?? null
    let why =
      candidates.flatMap((candidate) => (isRefused(candidate) ? [candidate.why] : []))[0] ?? wrong.get(plan) ?? null
    if (edits && wrong.has(plan)) {
      edits = null
      for (const candidate of candidates) {
        if (isRefused(candidate)) continue
        const failure = failuresOf(file, settings, [plan], new Map([[plan, candidate]])).get(plan)
        if (failure === undefined) {
          edits = candidate
          break
        }
        why ??= failure
      }
    }
    const what = found.length > 0 ? found.map(differenceText).join('; ') : 'only the form differs'
    if (edits === null) {
      const message = `${subject} can't be written: ${why ?? 'nothing writes it'}.`
      settled.problems.push({ span: region.span, message })
    }
    if (edits !== null && replaced(file.text, edits) === file.text) continue
    settled.outdated.push({ span: region.span, subject, what })
    if (edits !== null) settled.edits.push(...edits)
  }
  return settled
}

/** The plans that do not read back as they should when all that is chosen is written. */
function failuresOf(
  file: SourceFile,
  settings: Settings,
  plans: readonly Plan[],
  chosen: ReadonlyMap<Plan, Stretch[]>,
): Map<Plan, string> {
  const failures = new Map<Plan, string>()
  if (chosen.size === 0) return failures
  const edits = [...chosen.values()].flat().sort((a, b) => a.start - b.start)
  const now = { ...file, text: replaced(file.text, edits) }
  const before = regionsOf(file).regions
  const after = regionsOf(now).regions
  const reading = new PageReading(now, settings)
  for (const plan of plans) {
    if (!chosen.has(plan)) continue
    const moved = after[before.findIndex(({ start }) => start === plan.region.start)]
    const why = moved && after.length === before.length ? plan.check(reading, moved) : 'its markers would be lost'
    if (why !== null) failures.set(plan, why)
  }
  return failures
}
