/** Claims to policies: an id, a title, and for privilege tables one policy per section and product version. */
import { compareText, type Finding, type Span } from '../diagnostic.ts'
import type { PolicyClaim } from '../parse/claim.ts'
import { slugify } from '../text.ts'
import type { Policy } from './dataset.ts'
import { sourceOf } from './model.ts'

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

/** Builds policies, sorted by id. Ids depend on names alone, never on the order of blocks with different names. */
export function buildPolicies(claims: readonly PolicyClaim[]): Policy[] {
  const groups = new Map<string, PolicyClaim[]>()
  for (const claim of claims) {
    const key = groupKey(claim)
    const group = groups.get(key)
    if (group) group.push(claim)
    else groups.set(key, [claim])
  }
  const perPartial = new Map<string, number>()
  for (const [claim] of groups.values()) {
    const name = claim?.block.partial?.name
    if (name !== undefined) perPartial.set(name, (perPartial.get(name) ?? 0) + 1)
  }
  const ids = new Map<string, number>()
  const policies = [...groups.values()].map((group) => {
    const first = group[0] as PolicyClaim
    const base = idOf(first, perPartial)
    const repeated = (ids.get(base) ?? 0) + 1
    ids.set(base, repeated)
    return toPolicy(repeated === 1 ? base : `${base}-${repeated}`, group)
  })
  return policies.sort((a, b) => compareText(a.id, b.id))
}

/** Findings about policies, with the id of the policy that each stands in as their subject. */
export function withPolicyIds(findings: readonly Finding[], policies: readonly Policy[]): Finding[] {
  return findings.map((finding) => {
    if (finding.ruleId !== 'invalid-policy' || finding.subject !== null) return finding
    const { path, line } = finding.span
    const above = policies.filter(({ source }) => source.path === path && source.line <= line)
    const policy = above.sort((a, b) => b.source.line - a.source.line)[0]
    return policy ? { ...finding, subject: policy.id } : finding
  })
}

/** Tables and lists of one section and version are one policy; a document is one by itself. */
function groupKey(claim: PolicyClaim): string {
  const { span } = claim.evidence
  const own = claim.policyKind === 'privilege-list' ? `${claim.title} ${claim.variant}` : `${span.line}:${span.column}`
  return [span.path, claim.policyKind, own].join('\0')
}

function idOf(claim: PolicyClaim, perPartial: Map<string, number>): string {
  const parts = [claim.title, claim.variant].filter((part) => part !== null).map((part) => slugify(part))
  const partial = claim.block.partial?.name
  if (partial !== undefined)
    return (perPartial.get(partial) ?? 0) > 1 ? [slugify(partial), ...parts].join('/') : slugify(partial)
  const name = claim.block.names[0]?.text
  return parts.length > 0 ? parts.join('/') : slugify(name ?? claim.provider)
}

function toPolicy(id: string, group: PolicyClaim[]): Policy {
  const first = group[0] as PolicyClaim
  const statements = group.flatMap((claim) => claim.statements)
  const allowed = statements
    .filter((statement) => statement.effect === 'Allow')
    .flatMap((statement) => statement.actions)
  return {
    id,
    title: titleOf(first),
    provider: first.provider,
    kind: first.policyKind,
    variant: first.variant,
    permissions: [...new Set(allowed)].sort(compareText),
    statements: statements.map(({ evidence, ...statement }) => ({
      ...statement,
      conditions: statement.conditions as Policy['document'],
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
  if (claim.title !== null) return claim.variant === null ? claim.title : `${claim.title} (${claim.variant})`
  const name = claim.block.names[0]?.text
  const partial = claim.block.partial?.name
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
