/** Rule ids that a command line names. */
import { UsageError } from '../files/usage-error.ts'
import { nearest } from '../text.ts'
import type { Rule } from '../validate/rule.ts'
import { rules } from '../validate/rules.ts'

/** The rule of an id; throws a UsageError with a suggestion where there is none. */
export function requireRule(id: string): Rule {
  const rule = rules.find((candidate) => candidate.id === id)
  if (rule) return rule
  const suggestion = nearest(
    id,
    rules.map((candidate) => candidate.id),
  )
  throw new UsageError(
    `unknown rule ${id}${suggestion ? `, did you mean ${suggestion}?` : ': `rolebook rules` lists them'}`,
  )
}

/** Throws a UsageError for the first id that is no rule's. */
export function requireRules(ids: readonly string[]): void {
  for (const id of ids) requireRule(id)
}
