/**
 * Policies that are needed together as one document, and what each of them adds. Pure: the build and the
 * browser run the same code. What the result allows is what its parts allow when all are attached: no more, no less.
 */

import {
  iamDocument,
  type Json,
  type MergePart,
  roleDocument,
  type Statement,
  sorted,
  statementsOf,
} from './policy-documents.ts'
import { patternCovers } from './wildcard.ts'

export { type Json, type MergePart, unmergeable } from './policy-documents.ts'

/** What a part gives that no other part gives. */
export interface PartShare {
  id: string
  /** Actions that no other part allows at all. */
  adds: string[]
  /** Actions that others allow as well, but not on all of these resources or only under other conditions. */
  widens: string[]
  /** How many of its actions the others allow just as far. */
  shared: number
}

export interface Merged {
  document: Json
  /** As AWS counts: the characters of the document without white space. */
  size: number
  /** Distinct actions in the lists of what is allowed. */
  actions: number
  parts: PartShare[]
  /** Actions left out because a pattern beside them allows them anyway. */
  covered: { action: string; by: string }[]
}

/**
 * One document of several policies of one kind. Statements with the same effect, resources and conditions become one, their
 * actions once each and sorted; an action that a pattern of the same statement covers is left out. The order of statements is
 * that of the parts.
 *
 * @param kind of all the parts, and none of them `unmergeable`
 */
export function mergePolicies(kind: string, parts: readonly MergePart[]): Merged {
  const statements = parts.flatMap((part) => statementsOf(kind, part))
  const covered: Merged['covered'] = []
  const merged = mergeStatements(statements, kind !== 'custom-role', covered)
  const document = kind === 'iam-policy' ? iamDocument(merged) : roleDocument(kind, parts, merged)
  const allowed = merged.filter(({ effect, actionKey }) => effect === 'Allow' && !actionKey.startsWith('Not'))
  return {
    document,
    size: JSON.stringify(document).length,
    actions: new Set(allowed.flatMap(({ actions }) => actions.map((action) => action.toLowerCase()))).size,
    parts: parts.map((part) => shareOf(part.id, statements)),
    covered,
  }
}

function mergeStatements(statements: readonly Statement[], anyCase: boolean, covered: Merged['covered']): Statement[] {
  const groups = new Map<string, Statement[]>()
  for (const statement of statements) {
    const { effect, actionKey, resourceKey, resources, condition } = statement
    const key: Json[] = [effect, actionKey, resourceKey, resources, canonical(condition)]
    // Two lists of exceptions leave only what stands in both: such statements are one where they are alike.
    if (actionKey === 'NotAction') key.push(sorted(statement.actions.map((action) => action.toLowerCase())))
    const text = JSON.stringify(key)
    groups.set(text, [...(groups.get(text) ?? []), statement])
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Statement, ...Statement[]]
    const sids = new Set(group.map(({ sid }) => sid))
    const actions = distinct(
      group.flatMap((statement) => statement.actions),
      anyCase,
    )
    const kept = actions.filter((action) => {
      const by = actions.find((other) => other !== action && isWider(other, action, anyCase))
      if (by !== undefined && first.actionKey !== 'NotAction') covered.push({ action, by })
      return by === undefined || first.actionKey === 'NotAction'
    })
    return { ...first, sid: sids.size === 1 ? first.sid : null, actions: kept }
  })
}

/** Of two patterns that cover each other, the one that sorts first counts. */
function isWider(other: string, action: string, anyCase: boolean): boolean {
  const [a, b] = anyCase ? [other.toLowerCase(), action.toLowerCase()] : [other, action]
  return patternCovers(a, b) && (!patternCovers(b, a) || a < b)
}

function shareOf(part: string, statements: readonly Statement[]): PartShare {
  const allowing = statements.filter(({ effect, actionKey }) => effect === 'Allow' && actionKey !== 'NotAction')
  const own = allowing.filter((statement) => statement.part === part)
  const others = allowing.filter((statement) => statement.part !== part)
  const fits = (other: Statement, { actionKey }: Statement, action: string) =>
    other.actionKey === actionKey &&
    other.actions.some((pattern) => patternCovers(pattern.toLowerCase(), action.toLowerCase()))
  const share: PartShare = { id: part, adds: [], widens: [], shared: 0 }
  for (const action of distinct(
    own.flatMap(({ actions }) => actions),
    true,
  )) {
    const holding = own.filter(({ actions }) => actions.some((other) => other.toLowerCase() === action.toLowerCase()))
    const rivals = (statement: Statement) => others.filter((other) => fits(other, statement, action))
    if (holding.every((statement) => rivals(statement).length === 0)) share.adds.push(action)
    else if (holding.some((statement) => !reaches(rivals(statement), statement))) share.widens.push(action)
    else share.shared += 1
  }
  return share
}

/** Whether other statements allow something on all the resources of a statement, under its condition or none. */
function reaches(others: readonly Statement[], statement: Statement): boolean {
  const condition = JSON.stringify(canonical(statement.condition))
  const fitting = others.filter(
    (other) => other.condition === null || JSON.stringify(canonical(other.condition)) === condition,
  )
  const everything = fitting.some(({ resourceKey, resources }) => resourceKey === 'Resource' && resources.includes('*'))
  if (everything) return true
  const alike = JSON.stringify([statement.resourceKey, statement.resources])
  if (fitting.some(({ resourceKey, resources }) => JSON.stringify([resourceKey, resources]) === alike)) return true
  if (statement.resourceKey === 'NotResource') return false
  const patterns = fitting.flatMap(({ resourceKey, resources }) => (resourceKey === 'Resource' ? resources : []))
  return statement.resources.every((resource) => patterns.some((pattern) => patternCovers(pattern, resource)))
}

/** Sorted, and each once; where case doesn't count, of two spellings the one that sorts first. */
function distinct(texts: readonly string[], anyCase: boolean): string[] {
  const first = new Map<string, string>()
  for (const text of sorted(texts)) {
    const key = anyCase ? text.toLowerCase() : text
    if (!first.has(key)) first.set(key, text)
  }
  return [...first.values()]
}

/** The same value for conditions that say the same: keys sorted, one value as a list of one, lists as sets. */
function canonical(value: Json): Json {
  if (value === null || typeof value !== 'object') return [JSON.stringify(value)]
  if (Array.isArray(value)) return sorted(value.map((item) => JSON.stringify(item)))
  return Object.keys(value)
    .sort()
    .map((key) => [key, canonical(value[key] as Json)])
}
