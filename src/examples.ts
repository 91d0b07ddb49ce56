/** Runs a rule's examples, for its tests and for its page: the same result in both. */
import { analyse } from './analyse.ts'
import type { Diagnostic } from './diagnostic.ts'
import { resolveSettings } from './settings/defaults.ts'
import type { Config } from './settings/schema.ts'
import type { Rule, RuleExample } from './validate/rule.ts'

/** The findings of this rule in its example, at the example's own page. */
export function runExample(rule: Rule, example: RuleExample): Diagnostic[] {
  const texts = { 'page.mdx': example.mdx, ...example.files }
  const files = Object.entries(texts).map(([path, text]) => ({ path, relativePath: path, text, sha256: '' }))
  const { diagnostics } = analyse(files, resolveSettings(settingsOf(rule, example)), 'example')
  return diagnostics.filter((diagnostic) => diagnostic.ruleId === rule.id && diagnostic.path === 'page.mdx')
}

/** The config of an example; a rule that is off by default is switched on in its own. */
export function settingsOf(rule: Pick<Rule, 'id' | 'severity'>, { config = {} }: RuleExample): Config {
  if (rule.severity !== 'off' || config.rules?.[rule.id] !== undefined) return config
  return { ...config, rules: { ...config.rules, [rule.id]: 'warning' } }
}
