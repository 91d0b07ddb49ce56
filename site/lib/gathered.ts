/** Kubernetes' cluster roles that name no rule of their own: the cluster fills them from the roles with certain labels. */
import type { Policy } from '../../src/model/dataset.ts'
import type { Version } from './version.ts'
import { actionWord, count } from './words.ts'

export interface Gathered {
  /** What a role must be labelled to be gathered, each way as `key=value, key=value`. */
  labels: string[]
  /** Those of this documentation that are. */
  from: Policy[]
}

type Labels = Record<string, string>

/** What a policy gathers, or `null` where it says itself what it allows. */
export function gatheredBy(version: Version, policy: Policy): Gathered | null {
  const selectors = selectorsOf(policy)
  if (selectors === null) return null
  const from = version.data.policies.filter((other) => {
    const labels = other.id === policy.id || other.provider !== policy.provider ? null : labelsOf(other)
    return labels !== null && selectors.some((wanted) => wanted !== null && hasAll(labels, wanted))
  })
  const labels = selectors.flatMap((wanted) => (wanted === null ? [] : [writtenAs(wanted)]))
  return { labels: [...new Set(labels)], from }
}

/** Whether others say all that a role allows: its own number of actions, none, says nothing of it. */
export function isFilled(policy: Policy): boolean {
  return policy.permissions.length === 0 && selectorsOf(policy) !== null
}

/** How much a policy allows, in words. */
export function amountOf(policy: Policy): string {
  return isFilled(policy) ? 'what other roles allow' : count(policy.permissions.length, actionWord(policy.kind))
}

/** The labels that each selector asks for; `null` for one that asks for more than labels. */
function selectorsOf({ provider, document }: Policy): (Labels | null)[] | null {
  const rule = provider === 'kubernetes' ? at(document, 'aggregationRule') : undefined
  if (rule === undefined) return null
  const selectors = at(rule, 'clusterRoleSelectors')
  return Array.isArray(selectors)
    ? selectors.map((one) => (at(one, 'matchExpressions') === undefined ? stringsOf(at(one, 'matchLabels')) : null))
    : []
}

function labelsOf({ document }: Policy): Labels | null {
  return at(document, 'kind') === 'ClusterRole' ? stringsOf(at(at(document, 'metadata'), 'labels')) : null
}

function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
}

function writtenAs(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
}

function at(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

function stringsOf(value: unknown): Labels | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const entries = Object.entries(value).map(([key, one]) => [key, String(one)] as const)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
