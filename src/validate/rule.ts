/** What a rule is: one check, one file, with what its page on the site says. */
import type { Finding, Severity } from '../diagnostic.ts'
import type { Model } from '../model/model.ts'
import type { Reading } from '../parse/read.ts'
import type { Settings } from '../settings/schema.ts'

export interface RuleExample {
  name: string
  /** A whole page; other files of the example, by path, stand in `files`. */
  mdx: string
  files?: Record<string, string>
  /** `line:column` of each finding of this rule, 1-based, in order. Empty: the rule finds nothing. */
  expect: string[]
}

export interface RuleInput {
  model: Model
  reading: Reading
  settings: Settings
}

export interface Rule {
  id: string
  severity: Severity
  /** One line, as it stands in lists. */
  summary: string
  /** Markdown: why it matters, how to fix a finding, when to accept one. */
  docs: string
  examples: RuleExample[]
  /** The check; absent where a stage before validation reports the finding itself. */
  check?(input: RuleInput, report: (finding: Omit<Finding, 'ruleId'>) => void): void
}

/** Gives a rule its type. */
export function defineRule(rule: Rule): Rule {
  return rule
}
