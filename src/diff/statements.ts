/** What a policy's statements let do, and in what two policies differ. */
import { compareText } from '../diagnostic.ts'
import type { Policy, Statement } from '../model/dataset.ts'
import type { ActionChange } from './change.ts'
import { patternCovers, patternsMeet } from './wildcard.ts'

/** One resource under one condition, for the actions that a statement names. */
interface Reach {
  resource: string
  /** As JSON, with whom it is for where no document says that; empty without either. */
  condition: string
}

/** The statements of one effect: which action they reach on what. */
class Reaches {
  readonly #statements: { actions: string[]; reaches: Reach[] }[]

  /** @param hasDocument whether the policy has one: what changes in it beside its statements is compared there */
  constructor(statements: readonly Statement[], hasDocument = true) {
    this.#statements = statements.map((statement) => {
      const condition = conditionText(statement.conditions)
      const { principals = [] } = hasDocument ? {} : statement
      const conditions = principals.map(({ type, name }) => JSON.stringify([condition, type, name]))
      const resources = statement.resources.length > 0 ? statement.resources : ['*']
      const reaches = resources.flatMap((resource) =>
        (conditions.length > 0 ? conditions : [condition]).map((text) => ({ resource, condition: text })),
      )
      return { actions: actionsOf(statement), reaches }
    })
  }

  get actions(): string[] {
    return this.#statements.flatMap(({ actions }) => actions)
  }

  of(action: string): Reach[] {
    return this.#statements
      .filter(({ actions }) => actions.some((pattern) => actionCovers(pattern, action)))
      .flatMap(({ reaches }) => reaches)
  }
}

/** Everything but some actions is written as one action. */
const ALL_BUT = 'all but '
const BETWEEN = ', '

function actionsOf({ actions, notActions }: Statement): string[] {
  return actions.length > 0 || notActions.length === 0
    ? actions
    : [ALL_BUT + [...new Set(notActions)].sort(compareText).join(BETWEEN)]
}

/** What such an action leaves out; `null` for any other action. */
function exceptionsOf(action: string): string[] | null {
  return action.startsWith(ALL_BUT) ? action.slice(ALL_BUT.length).split(BETWEEN) : null
}

/** An answer of yes is always right. */
function actionCovers(pattern: string, action: string): boolean {
  const [excepted, missing] = [exceptionsOf(pattern), exceptionsOf(action)]
  if (excepted === null) return missing === null ? patternCovers(pattern, action) : pattern === '*'
  if (missing === null) return !excepted.some((exception) => patternsMeet(exception, action))
  return excepted.every((exception) => missing.some((other) => patternCovers(other, exception)))
}

/** A condition as text that is the same for the same condition, however its keys are ordered. */
function conditionText(condition: Statement['conditions']): string {
  return condition === null ? '' : JSON.stringify(condition, (_, value) => (isObject(value) ? inOrder(value) : value))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inOrder(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)))
}

export interface ActionChanges {
  widened: ActionChange[]
  narrowed: ActionChange[]
  conditional: ActionChange[]
}

/**
 * What one policy allows more, less, or under another condition than the other; each list in order of action. What a
 * statement denies no more is more, and a wildcard, a resource or the lack of a condition that covers more is more.
 */
export function compareStatements(before: Policy, after: Policy): ActionChanges {
  const allowed = compareReaches(reachesOf(before, 'Allow'), reachesOf(after, 'Allow'))
  const denied = compareReaches(reachesOf(before, 'Deny'), reachesOf(after, 'Deny'))
  return {
    widened: merged(allowed.widened, denied.narrowed),
    narrowed: merged(allowed.narrowed, denied.widened),
    conditional: merged(allowed.conditional, denied.conditional),
  }
}

/** Every action that the policy names in what it allows, in order. */
export function actionsAllowed(policy: Policy): string[] {
  return [...new Set(reachesOf(policy, 'Allow').actions)].sort(compareText)
}

/** What is allowed; where there are no statements, the list of actions is one. */
function reachesOf(policy: Policy, effect: Statement['effect']): Reaches {
  const statements = policy.statements.flatMap((statement) => {
    if (statement.effect === effect) return [statement]
    // Beside actions, exceptions take away from these, as Azure has it: they are as good as denied.
    const { actions, notActions } = statement
    return effect === 'Deny' && actions.length > 0 && notActions.length > 0
      ? [{ ...statement, actions: notActions, notActions: [] }]
      : []
  })
  const { permissions: actions, source } = policy
  if (policy.statements.length > 0 || effect === 'Deny') return new Reaches(statements, policy.document !== null)
  return new Reaches([{ sid: null, effect, actions, notActions: [], resources: [], conditions: null, source }])
}

function compareReaches(before: Reaches, after: Reaches): ActionChanges {
  const changes: ActionChanges = { widened: [], narrowed: [], conditional: [] }
  for (const action of [...new Set([...before.actions, ...after.actions])].sort(compareText)) {
    const [old, own] = [before.of(action), after.of(action)]
    const more = beyond(old, own)
    const less = beyond(own, old)
    if (more === 'condition' && less === 'condition') changes.conditional.push({ action, by: 'condition' })
    else {
      if (more) changes.widened.push({ action, by: more })
      if (less) changes.narrowed.push({ action, by: less })
    }
  }
  return changes
}

/** How the second list goes beyond the first; `null` where the first covers all of it. */
function beyond(known: readonly Reach[], reaches: readonly Reach[]): ActionChange['by'] | null {
  if (reaches.length === 0) return null
  if (known.length === 0) return 'action'
  const exact = new Set(known.map(({ resource, condition }) => `${resource}\0${condition}`))
  const fresh = reaches.filter(({ resource, condition }) => !exact.has(`${resource}\0${condition}`))
  const uncovered = fresh.filter(
    (own) =>
      !known.some(
        (old) => (old.condition === '' || old.condition === own.condition) && patternCovers(old.resource, own.resource),
      ),
  )
  if (uncovered.length === 0) return null
  return uncovered.every((own) => known.some((old) => patternCovers(old.resource, own.resource)))
    ? 'condition'
    : 'resource'
}

/** Two lists as one in order of action; of two changes of one action the larger. */
function merged(a: readonly ActionChange[], b: readonly ActionChange[]): ActionChange[] {
  const order: ActionChange['by'][] = ['condition', 'resource', 'action']
  const changes = new Map<string, ActionChange>()
  for (const change of [...a, ...b]) {
    const other = changes.get(change.action)
    if (!other || order.indexOf(change.by) > order.indexOf(other.by)) changes.set(change.action, change)
  }
  return [...changes.values()].sort((x, y) => compareText(x.action, y.action))
}
