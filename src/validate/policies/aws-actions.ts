/** The actions of AWS policies, parted at their colon. */
import type { Model } from '../../model/model.ts'
import { actionsOf, notActionsOf, type PlacedAction, type PlacedStatement, statementsOf } from './statements.ts'

export interface AwsAction extends PlacedStatement, PlacedAction {
  prefix: string
  name: string
}

/** All actions of IAM policies, allowed and denied, in order; what is no action at all is left to `invalid-policy`. */
export function awsActions(model: Model): AwsAction[] {
  return statementsOf(model).flatMap((placed) => {
    if (placed.claim.policyKind !== 'iam-policy') return []
    return [...actionsOf(placed.statement), ...notActionsOf(placed.statement)].flatMap((action) => {
      const match = /^([A-Za-z\d-]+):([\w*?-]+)$/.exec(action.action)
      return match ? [{ ...placed, ...action, prefix: match[1] as string, name: match[2] as string }] : []
    })
  })
}
