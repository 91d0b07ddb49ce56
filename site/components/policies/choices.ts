/**
 * What the policy builder offers to choose from. A page holds the choices of a usual set, with their documents; of a
 * large one it holds the policies that deployments name and the first others, and the rest is loaded when it is asked for.
 */
import type { Policy } from '../../../src/model/dataset.ts'
import type { Json } from '../../../src/query/merge-policies.ts'
import { type Families, type Family, familiesOf } from '../../lib/policy-families.ts'
import { namedTwice } from '../../lib/policy-names.ts'
import type { Version } from '../../lib/version.ts'
import { actionWord } from '../../lib/words.ts'
import type { BuilderFamily, BuilderPolicy } from '../../scripts/policies/builder.ts'

/** Policies of a family that stand on the page, unless its deployments name more. */
const MOST_LISTED = 100
/** Characters of documents that stand on the page. */
const MOST_TEXT = 200_000

/** The policies of a family that are on the page, in the family's order. */
export function listedIn({ policies, presets }: Family): Policy[] {
  if (policies.length <= MOST_LISTED) return policies
  const named = new Set(presets.flatMap((preset) => [...preset.policies, ...preset.extras]))
  let others = MOST_LISTED - named.size
  return policies.filter(({ id }) => named.has(id) || others-- > 0)
}

/** What the script of the page reads; documents only where all of them are small enough for a page. */
export function builderFamilies(version: Version): BuilderFamily[] {
  const { offered } = familiesOf(version)
  const whole = textOf(offered) <= MOST_TEXT
  return offered.map((family) => {
    const { kind, limits, policies, presets } = family
    const listed = listedIn(family)
    return {
      kind,
      word: actionWord(kind),
      limits,
      policies: listed.map((policy) => choiceOf(version, policy, whole)),
      ...(listed.length < policies.length ? { all: allFile(version, family) } : {}),
      presets: presets.map(({ id, policies, extras }) => ({ id, policies, extras })),
    }
  })
}

/** A policy as a choice: its document, or the file that holds it. */
export function choiceOf({ links }: Version, { id, title, document }: Policy, whole: boolean): BuilderPolicy {
  const choice = { id, title, href: links.policy(id)! }
  return whole ? { ...choice, document: document as Json } : { ...choice, file: links.policyFile(id)! }
}

/** Every policy of a family, with its number of actions, as the page shows them; none where the page lists all. */
export function allChoices(version: Version, family: Family): (BuilderPolicy & { actions: number; twice: boolean })[] {
  const twice = namedTwice(version)
  return family.policies.map((policy) => ({
    ...choiceOf(version, policy, false),
    actions: policy.permissions.length,
    twice: twice.has(policy.title),
  }))
}

/** Families that have more policies than the page lists. */
export function longFamilies(version: Version): Family[] {
  return familiesOf(version).offered.filter((family) => listedIn(family).length < family.policies.length)
}

export function nameOf({ provider, kind }: Family): string {
  return `${provider}-${kind}`
}

function allFile({ links }: Version, family: Family): string {
  return `${links.policyBuilder}policies/${nameOf(family)}.json`
}

function textOf(families: Families['offered']): number {
  return families.reduce(
    (sum, { policies }) => policies.reduce((own, { document }) => own + JSON.stringify(document).length, sum),
    0,
  )
}
