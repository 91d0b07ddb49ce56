/** Policies as their rules look at them: each statement once, and its actions with their places. */
import type { Span } from '../../diagnostic.ts'
import type { Model, PolicyEntity } from '../../model/model.ts'
import type { PolicyClaim, PolicyStatement } from '../../parse/claim.ts'
import { remembered } from '../../remembered.ts'

export interface PlacedStatement {
  policy: PolicyEntity
  claim: PolicyClaim
  statement: PolicyStatement
}

export interface PlacedAction {
  action: string
  span: Span
}

/** All statements, in order of policy; one that several readings of a partial give alike is there once. */
export const statementsOf = remembered((model: Model): readonly PlacedStatement[] => {
  const seen = new Set<string>()
  return model.policies.flatMap((policy) =>
    policy.claims.flatMap((claim) =>
      claim.statements.flatMap((statement) => {
        const { path, line, column } = statement.evidence.span
        const key = JSON.stringify([path, line, column, statement.actions, statement.notActions, statement.resources])
        if (seen.has(key)) return []
        seen.add(key)
        return [{ policy, claim, statement }]
      }),
    ),
  )
})

/** A statement's actions, each with its own place, else with the statement's. */
export function actionsOf({ actions, parts, evidence }: PolicyStatement): PlacedAction[] {
  return actions.map((action, i) => ({ action, span: parts.actions[i] ?? evidence.span }))
}

/** The same of `NotAction` and `NotActions`. */
export function notActionsOf({ notActions, parts, evidence }: PolicyStatement): PlacedAction[] {
  return notActions.map((action, i) => ({ action, span: parts.notActions[i] ?? evidence.span }))
}

/** The lists that a statement's actions were written in, allowed or denied ones first: none where they have no places. */
export function listsOf(statement: PolicyStatement): PlacedAction[][] {
  const { actions, parts } = statement
  // A rule of Kubernetes makes its actions of several lists; one place says nothing of one of them.
  if (parts.actions.length !== actions.length) return []
  const [all, not] = [actionsOf(statement), notActionsOf(statement)]
  const lists = [
    all.slice(0, parts.first),
    all.slice(parts.first),
    not.slice(0, parts.notFirst),
    not.slice(parts.notFirst),
  ]
  return lists.filter((list) => list.length > 0)
}

/** An action as its provider compares it: AWS and Azure do not tell cases apart. */
export function sameAction(provider: string, action: string): string {
  return provider === 'aws' || provider === 'azure' ? action.toLowerCase() : action
}

/** The beginning of a policy: a span of no length, for findings about the whole. */
export function headOf({ evidence }: Pick<PolicyClaim, 'evidence'>): Span {
  const { path, line, column } = evidence.span
  return { path, line, column, endLine: line, endColumn: column + 1 }
}
