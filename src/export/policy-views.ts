/** What the site shows of policies beyond the dataset: access levels, sensitive actions, sizes, pairs, places, presets. */
import type { Analysis } from '../analyse.ts'
import { compareText, type Span } from '../diagnostic.ts'
import type { PolicyEntity } from '../model/model.ts'
import type { PolicyStatement } from '../parse/claim.ts'
import type { Context, Page } from '../parse/page/page.ts'
import type { Settings } from '../settings/schema.ts'
import {
  AWS_LIMITS,
  AWS_WORDS,
  type AwsUse,
  awsSizeOf,
  GCP_BYTES,
  GCP_PERMISSIONS,
  gcpSizeOf,
} from '../validate/policies/limits.ts'
import { actionsBeyond, partnerOf } from '../validate/policies/pairs.ts'
import { isBounded, reasonsOf } from '../validate/policies/sensitive.ts'
import { sameAction } from '../validate/policies/statements.ts'
import { RuleConfig } from '../validate/rule-config.ts'
import { rules } from '../validate/rules.ts'
import { accessOf, sourceOfLevels } from './policy-access.ts'
import { presetsOf } from './policy-presets.ts'
import type { PolicyActionView, PolicyPair, PolicyPlace, PolicySize, PolicyView, PolicyViews } from './site-input.ts'

/** Views of all policies of a version, in the dataset's order, and the presets that the version has all policies for. */
export function policyViews({ model, reading }: Analysis, settings: Settings): PolicyViews {
  const byId = new Map(model.policies.map((policy) => [policy.id, policy]))
  const pages = new Map(reading.pages.map((page) => [page.file.path, page]))
  const policies = model.policies.map((entity): PolicyView => {
    const { provider, permissions } = entity.policy
    const statements = entity.claims.flatMap((claim) => claim.statements)
    return {
      id: entity.id,
      levels: sourceOfLevels(provider),
      actions: permissions.map((action) => actionView(provider, action, statements)),
      size: sizeOf(entity, settings),
      pair: pairOf(entity, byId, settings),
      places: placesOf(entity, pages),
    }
  })
  return { policies, presets: presetsOf(policies, model.policies, settings), limits: awsLimits('managed') }
}

function actionView(provider: string, action: string, statements: readonly PolicyStatement[]): PolicyActionView {
  const reasons = reasonsOf(provider, action)
  const holding = statements.filter(({ effect, actions }) => effect === 'Allow' && actions.includes(action))
  const sensitive =
    reasons.length === 0 ? null : { reasons, bounded: holding.every((statement) => isBounded(statement, provider)) }
  return { id: action, ...accessOf(provider, action), sensitive }
}

function sizeOf({ policy, claims }: PolicyEntity, settings: Settings): PolicySize | null {
  const [claim] = claims
  if (!claim || claims.length > 1) return null
  const characters = awsSizeOf(claim)
  if (characters !== null) {
    const { kind } = optionsFor<{ kind: AwsUse }>('policy-size', policy.source.path, settings)
    return { amount: characters, unit: 'character', limits: awsLimits(kind) }
  }
  const role = gcpSizeOf(claim)
  if (role === null) return null
  const limits = [{ title: 'a custom role', limit: GCP_PERMISSIONS }]
  // The names alone are rarely what is too large: said where they come near.
  return role.bytes > GCP_BYTES
    ? { amount: role.bytes, unit: 'byte', limits: [{ title: 'a custom role', limit: GCP_BYTES }] }
    : { amount: role.permissions, unit: 'permission', limits }
}

/** What AWS takes, what the rule looks at first. */
function awsLimits(first: AwsUse): PolicySize['limits'] {
  const uses = (Object.keys(AWS_LIMITS) as AwsUse[]).sort((a, b) => AWS_LIMITS[b] - AWS_LIMITS[a])
  const inOrder = [first, ...uses.filter((use) => use !== first)]
  return inOrder.map((use) => ({ title: AWS_WORDS[use], limit: AWS_LIMITS[use] }))
}

function pairOf(entity: PolicyEntity, byId: ReadonlyMap<string, PolicyEntity>, settings: Settings): PolicyPair | null {
  const options = optionsFor<{ less: string; more: string }>(
    'static-beyond-dynamic',
    entity.policy.source.path,
    settings,
  )
  for (const [word, otherWord] of [
    [options.less, options.more],
    [options.more, options.less],
  ] as const) {
    const other = partnerOf(entity, word, otherWord, byId)
    if (!other) continue
    const { provider, permissions } = entity.policy
    const here = namesOf(actionsBeyond(entity, other), provider)
    const there = namesOf(actionsBeyond(other, entity), provider)
    const only = new Set(here)
    return {
      id: other.id,
      word,
      otherWord,
      onlyHere: here,
      onlyThere: there,
      shared: permissions.filter((action) => !only.has(action)),
    }
  }
  return null
}

function namesOf(actions: readonly { action: string }[], provider: string): string[] {
  const names = new Map<string, string>()
  for (const { action } of actions) {
    const key = sameAction(provider, action)
    if (!names.has(key)) names.set(key, action)
  }
  return [...names.values()].sort(compareText)
}

/** Where readers meet a policy: its inclusions, and for one that stands on a page itself, that place. */
function placesOf({ policy, claims }: PolicyEntity, pages: ReadonlyMap<string, Page>): PolicyPlace[] {
  const included = policy.usedBy.map((use) => {
    const page = pages.get(use.path)
    const include = page?.includes.find(({ span }) => span.line === use.line && span.column === use.column)
    return { ...use, ...(include ? around(include) : NOWHERE) }
  })
  if (included.length > 0) return included
  return claims.slice(0, 1).map(({ evidence }) => {
    const { path, line, column } = evidence.span
    const block = pages.get(path)?.blocks.find(({ span }) => isWithin(evidence.span, span))
    return { path, line, column, ...(block ? around(block) : NOWHERE) }
  })
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.line >= outer.line && inner.endLine <= outer.endLine
}

type Surroundings = Pick<PolicyPlace, 'headings' | 'labels' | 'sectionLine'>

const NOWHERE: Surroundings = { headings: [], labels: [], sectionLine: null }

/** The headings of the sections around a place, and the panels in them. */
function around({ headings, panels }: Context): Surroundings {
  const sections = headings.filter(({ panel }) => panel === null)
  return {
    headings: sections.map(({ text }) => text),
    sectionLine: sections.at(-1)?.span.line ?? null,
    labels: panels.flatMap(({ names }) => names.find(({ kind }) => kind === 'label')?.text ?? []),
  }
}

/** What the config sets for a rule and a path, so that a page says the same as the rule. */
function optionsFor<T>(id: string, path: string, settings: Settings): T {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) throw new Error(`There is no rule ${id}`)
  const variant = new RuleConfig(settings).variantsOf(rule).find(({ isFor }) => isFor(path))
  return (variant?.options ?? {}) as T
}
