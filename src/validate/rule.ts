/** What a rule is: one check, one file, with what its page on the site says. */
import * as z from 'zod'
import type { Finding } from '../diagnostic.ts'
import type { Model } from '../model/model.ts'
import type { Reading } from '../parse/read.ts'
import type { Config, RuleSeverity, Settings } from '../settings/schema.ts'

export interface RuleExample {
  name: string
  /** A whole page; other files of the example, by path, stand in `files`. */
  mdx: string
  files?: Record<string, string>
  /** The config that the example is checked with, where it takes one to show the rule. */
  config?: Config
  /** `line:column` of each finding of this rule, 1-based, in order. Empty: the rule finds nothing. */
  expect: string[]
}

export interface RuleInput<Options = unknown> {
  model: Model
  reading: Reading
  settings: Settings
  /** The rule's own options, every default filled in. */
  options: Options
}

/** What a rule says: which rule it is, whoever runs it knows. */
export type RuleFinding = Omit<Finding, 'ruleId'>

export type Report = (finding: RuleFinding) => void

/** What a rule looks at, in the order in which lists of rules show them; `linter` is Rolebook's own upkeep. */
export const CATEGORIES = ['structure', 'roles', 'catalogue', 'partials', 'policies', 'prose', 'linter'] as const

export type RuleCategory = (typeof CATEGORIES)[number]

export interface Rule {
  id: string
  category: RuleCategory
  /** Its severity where no config gives it another. */
  severity: RuleSeverity
  /** One line, as it stands in lists. */
  summary: string
  /** Markdown: why it matters, how to fix a finding, when to accept one. */
  docs: string
  examples: RuleExample[]
  /** The options as a schema: each with a default and a description. Absent: the rule has none. */
  options?: z.ZodObject
  /** The check; absent where a stage before validation, or the command line, reports the finding itself. */
  check?(input: RuleInput, report: Report): void
}

/** Gives a rule its type, and its check the type of its options. */
export function defineRule<Schema extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  rule: Omit<Rule, 'options' | 'check'> & {
    options?: Schema
    check?(input: RuleInput<z.output<Schema>>, report: Report): void
  },
): Rule {
  return rule as Rule
}

const NO_OPTIONS = z.strictObject({})

/** The schema of a rule's options; of a rule without any, an object that takes no key. */
export function optionsOf(rule: Rule): z.ZodObject {
  return rule.options ?? NO_OPTIONS
}

export interface OptionInfo {
  name: string
  description: string
  /** As JSON Schema says it: `string`, `integer`, `array of string`. */
  type: string
  default: unknown
}

/** A rule's options for its page, in the order of its schema. */
export function optionInfo(rule: Rule): OptionInfo[] {
  if (!rule.options) return []
  const defaults = rule.options.parse({}) as Record<string, unknown>
  const { properties = {} } = z.toJSONSchema(rule.options, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', type, items } = property as { description?: string; type?: string; items?: unknown }
    const of = items && typeof items === 'object' && 'type' in items ? ` of ${items.type}` : ''
    return { name, description, type: `${type ?? 'any'}${of}`, default: defaults[name] }
  })
}
