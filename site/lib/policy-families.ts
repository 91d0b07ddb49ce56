/** Policies that can be merged with each other: those of one provider and kind whose documents allow it. */
import type { PolicyPresetView, PolicySize } from '../../src/export/site-input.ts'
import type { Policy } from '../../src/model/dataset.ts'
import { type Json, type Merged, mergePolicies, unmergeable } from '../../src/query/merge-policies.ts'
import { groupBy } from './collections.ts'
import { slugsOf } from './slug.ts'
import type { Version } from './version.ts'
import { policyKind, providerTitle } from './words.ts'

export interface Preset extends PolicyPresetView {
  /** For its anchor and its file. */
  slug: string
}

export interface Family {
  provider: string
  kind: Policy['kind']
  /** `AWS IAM policies`. */
  title: string
  policies: Policy[]
  presets: Preset[]
  limits: PolicySize['limits']
}

export interface Families {
  offered: Family[]
  /** What is not, and why. */
  left: { title: string; policies: Policy[]; reason: string }[]
}

const known = new WeakMap<Version, Families>()

export function familiesOf(version: Version): Families {
  const families = known.get(version) ?? make(version)
  known.set(version, families)
  return families
}

/** The family that a policy can be merged in, or `undefined`. */
export function familyOf(version: Version, id: string): Family | undefined {
  return familiesOf(version).offered.find(({ policies }) => policies.some((policy) => policy.id === id))
}

function make(version: Version): Families {
  const families: Families = { offered: [], left: [] }
  const slugs = slugsOf(version.policyViews.presets.map(({ id }) => id))
  for (const list of groupBy(version.data.policies, ({ provider, kind }) => `${provider}\0${kind}`).values()) {
    const { provider, kind } = list[0]!
    const title = familyTitle(list)
    const reasons = new Map(list.map((policy) => [policy, unmergeable(kind, policy.document as Json)]))
    const policies = list.filter((policy) => reasons.get(policy) === null)
    const one = policies.length < 2 ? 'There is no other one to merge it with.' : null
    const leave = (policy: Policy, reason: string) => {
      const same = families.left.find((group) => group.title === title && group.reason === reason)
      if (same) same.policies.push(policy)
      else families.left.push({ title, policies: [policy], reason })
    }
    for (const policy of list) {
      const reason = reasons.get(policy) ?? one
      if (reason !== null) leave(policy, reason)
    }
    if (one !== null) continue
    const ids = new Set(policies.map(({ id }) => id))
    const presets = version.policyViews.presets
      .filter((preset) => preset.policies.every((id) => ids.has(id)))
      .map((preset) => ({
        ...preset,
        extras: preset.extras.filter((id) => ids.has(id)),
        slug: slugs.get(preset.id)!,
      }))
    const limits = kind === 'iam-policy' ? version.policyViews.limits.slice(0, 2) : []
    families.offered.push({ provider, kind, title, policies, presets, limits })
  }
  return families
}

/** `AWS IAM policies`; of several kinds of roles, `Kubernetes roles`. */
function familyTitle(list: readonly Policy[]): string {
  const kinds = new Set(list.map(policyKind))
  const one = kinds.size === 1 ? ([...kinds][0] as string) : `${providerTitle(list[0]!.provider)} role`
  return one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`
}

/** The policies with these ids as one, in the order of the family. */
export function mergeOf(family: Family, ids: readonly string[]): { merged: Merged; policies: Policy[] } {
  const policies = family.policies.filter(({ id }) => ids.includes(id))
  const parts = policies.map(({ id, title, document }) => ({ id, title, document: document as Json }))
  return { merged: mergePolicies(family.kind, parts), policies }
}
