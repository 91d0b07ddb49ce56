/** Claims to policies: an id, a title, and for privilege tables one policy per section and product version. */
import { comparePlaces, compareText, type Finding, type Place, pointText, type Span } from '../diagnostic.ts'
import type { PolicyClaim } from '../parse/claim.ts'
import { sameName, slugify } from '../text.ts'
import type { Policy } from './dataset.ts'
import { type PolicyEntity, sourceOf } from './model.ts'
import { type Named, qualifiersOf, withUniqueIds } from './qualified-ids.ts'
import { policyReadings, readingKey } from './readings.ts'

const ACRONYMS = new Map(
  [
    'AWS',
    'AKS',
    'EKS',
    'GCP',
    'GKE',
    'IAM',
    'IaaS',
    'API',
    'vSphere',
    'CloudStack',
    'OpenStack',
    'VNet',
    'RG',
    'Azure',
  ].map((word) => [word.toLowerCase(), word]),
)

/** A tab that names a document itself, not only its variant. */
const NAMES = /polic|role|permission|privilege/i

/** Builds policies, sorted by id. Ids depend on names alone, never on the order of blocks with different names. */
export function buildPolicies(claims: readonly PolicyClaim[]): PolicyEntity[] {
  const groups = new Map<string, PolicyClaim[]>()
  for (const claim of claims) {
    const key = groupKey(claim)
    const group = groups.get(key)
    if (group) group.push(claim)
    else groups.set(key, [claim])
  }
  const readings = policyReadings(groups.values())
  const perPartial = new Map<string, number>()
  for (const { group, again } of readings) {
    const name = group[0]?.block.partial?.name
    if (name !== undefined && !again) perPartial.set(name, (perPartial.get(name) ?? 0) + 1)
  }
  const named = readings.map(({ group, suffix, words }): NamedPolicy => {
    const first = group[0] as PolicyClaim
    const id = [idOf(first, perPartial), suffix].filter((part) => part !== null).join('/')
    // Behind the page: a label tells apart only what nothing else does, so that no id changes for the sake of one.
    const label = first.label ? slugify(first.label) : ''
    return { id, plain: id, group, words, label, qualifiers: [...qualifiersOf(first), label] }
  })
  const pages = new Map<string, Set<string>>()
  for (const { plain, group } of named)
    pages.set(plain, (pages.get(plain) ?? new Set()).add(group[0]?.evidence.span.path ?? ''))
  const policies = withUniqueIds(named).map(({ id, plain, group, words, label }): PolicyEntity => {
    const isLabelled = label !== '' && id !== plain && id.startsWith(`${label}/`)
    const told = isLabelled ? (group[0]?.label ?? null) : words
    return {
      id,
      policy: toPolicy(id, group, told ?? (id === plain ? null : pageTitleOf(group, pages.get(plain)))),
      claims: group,
    }
  })
  return policies.sort((a, b) => compareText(a.id, b.id))
}

/** The title of the page of a policy that is called by a heading or a tab, which other pages have as well; `null` for others. */
function pageTitleOf([first]: readonly PolicyClaim[], pages: ReadonlySet<string> = new Set()): string | null {
  if (!first || first.title !== null || pages.size < 2) return null
  const page = first.block.names.find(({ kind }) => kind === 'page')
  return page && !sameName(page.text, first.block.names[0]?.text ?? '') ? page.text : null
}

interface NamedPolicy extends Named {
  group: PolicyClaim[]
  /** What tells it from other readings of the same partial, for its title. */
  words: string | null
  /** The id before it is told from others. */
  plain: string
  /** As it may stand in the id; empty for none. */
  label: string
}

/** Findings about policies, with the id of the policy that each stands in as their subject. */
export function withPolicyIds(findings: readonly Finding[], policies: readonly Policy[]): Finding[] {
  const byPath = new Map<string, Policy[]>()
  for (const policy of [...policies].sort((a, b) => comparePlaces(a.source, b.source))) {
    const there = byPath.get(policy.source.path)
    if (there) there.push(policy)
    else byPath.set(policy.source.path, [policy])
  }
  return findings.map((finding) => {
    if (finding.ruleId !== 'invalid-policy' || finding.subject !== null) return finding
    const policy = lastBefore(byPath.get(finding.span.path) ?? [], finding.span)
    return policy ? { ...finding, subject: policy.id } : finding
  })
}

/** The last policy that begins before a place; before the first one, a document's own error belongs to the first. */
function lastBefore(policies: readonly Policy[], place: Place): Policy | undefined {
  let low = 0
  let high = policies.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (comparePlaces((policies[middle] as Policy).source, place) <= 0) low = middle + 1
    else high = middle
  }
  return policies[Math.max(0, low - 1)]
}

/** Tables and lists of one section and version are one policy; a document is one by itself. */
function groupKey(claim: PolicyClaim): string {
  const { span } = claim.evidence
  return [span.path, claim.policyKind, claim.section ?? pointText(span), readingKey(claim)].join('\0')
}

/** A privilege list is one of several for one role, by its variant; the variant of any other policy is no part of its name. */
function variantInName(claim: PolicyClaim): string | null {
  return claim.policyKind === 'privilege-list' ? claim.variant : null
}

function idOf(claim: PolicyClaim, perPartial: Map<string, number>): string {
  const parts = [claim.title, variantInName(claim)].filter((part) => part !== null).map((part) => slugify(part))
  const partial = claim.block.partial?.name
  if (partial !== undefined)
    return (perPartial.get(partial) ?? 0) > 1 ? [slugify(partial), ...parts].join('/') : slugify(partial)
  const name = claim.block.names[0]?.text
  return parts.length > 0 ? parts.join('/') : slugify(name ?? claim.provider)
}

function toPolicy(id: string, group: PolicyClaim[], words: string | null): Policy {
  const first = group[0] as PolicyClaim
  const statements = group.flatMap((claim) => claim.statements)
  const allowed = statements
    .filter((statement) => statement.effect === 'Allow')
    .flatMap((statement) => statement.actions)
  return {
    id,
    title: words === null ? titleOf(first) : `${titleOf(first)} (${words})`,
    provider: first.provider,
    kind: first.policyKind,
    variant: first.variant,
    permissions: [...new Set(allowed)].sort(compareText),
    statements: statements.map(({ evidence, parts, ...statement }) => ({
      ...statement,
      conditions: statement.conditions as Policy['document'],
      ...(parts.principals.length > 0
        ? { principals: parts.principals.map(({ type, text }) => ({ type, name: text })) }
        : {}),
      source: sourceOf(evidence),
    })),
    document: first.document as Policy['document'],
    lastUpdate: first.lastUpdate,
    usedBy: first.block.usedBy.map(placeOnly),
    source: sourceOf(first.evidence),
  }
}

function placeOnly({ path, line, column }: Span) {
  return { path, line, column }
}

/** The document's own name; else a name around it that says “policy”; else the partial's name, made readable. */
function titleOf(claim: PolicyClaim): string {
  const variant = variantInName(claim)
  if (claim.title !== null) return variant === null ? claim.title : `${claim.title} (${variant})`
  const name = claim.block.names[0]?.text
  const partial = claim.block.partial?.name
  if (
    partial === undefined &&
    claim.variant !== null &&
    claim.block.names[0]?.kind === 'label' &&
    !NAMES.test(name ?? '')
  ) {
    // A tab says the variant; what it is a variant of stands further out.
    const outer = claim.block.names.find(({ kind, text }) => kind !== 'label' && kind !== 'value' && text !== name)
    if (outer) return `${outer.text} (${name})`
  }
  if (name !== undefined && (partial === undefined || /policy/i.test(name))) return name
  return partial === undefined ? claim.provider : readable(partial)
}

function readable(name: string): string {
  const words = name.split(/[-_]+/).map((word) => ACRONYMS.get(word.toLowerCase()) ?? word)
  const [first = '', ...rest] = words
  return [
    first.charAt(0) === first.charAt(0).toLowerCase() && !ACRONYMS.has(first.toLowerCase()) ? capital(first) : first,
    ...rest,
  ].join(' ')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
