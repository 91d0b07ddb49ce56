/** Every way to plant a defect. */
import { cataloguePlanters } from './catalogue.ts'
import { linterPlanters } from './linter.ts'
import { partialPlanters } from './partials.ts'
import { policyPlanters } from './policies.ts'
import { prosePlanters } from './prose.ts'
import { rolePlanters } from './roles.ts'
import { structurePlanters } from './structure.ts'
import type { Planter } from './types.ts'

export const PLANTERS: readonly Planter[] = [
  ...structurePlanters,
  ...rolePlanters,
  ...cataloguePlanters,
  ...partialPlanters,
  ...policyPlanters,
  ...prosePlanters,
  ...linterPlanters,
]
