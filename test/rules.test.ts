/** Each rule's own examples: `expect` are the places of the rule's findings. */
import { describe, expect, it } from 'vitest'
import { settingsOf } from '../src/examples.ts'
import type { Config, RuleSeverity } from '../src/settings/schema.ts'
import type { Rule, RuleExample } from '../src/validate/rule.ts'
import { rules } from '../src/validate/rules.ts'
import { analyseTexts, placesOf } from './support/analysis.ts'

/** About what no text of a page shows: the baseline, the manifest, git's history, bytes. See `cli`, `manifest` and `limits` tests. */
const BEYOND_PAGES = [
  'crashed-rule',
  'expired-baseline',
  'invalid-encoding',
  'last-update-stale',
  'shape-changed',
  'stale-baseline',
]

const examples = rules.flatMap((rule) => rule.examples.map((example) => [rule.id, example.name, example] as const))

function configOf(id: string, example: RuleExample, setting?: RuleSeverity): Config {
  const config = settingsOf(rules.find((rule) => rule.id === id) as Rule, example)
  if (setting === undefined) return config
  const written = config.rules?.[id]
  return { ...config, rules: { ...config.rules, [id]: Array.isArray(written) ? [setting, written[1]] : setting } }
}

describe('examples of rules', () => {
  it.each(examples)('%s on “%s” finds what it says', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files }, configOf(id, example))
    expect(placesOf(diagnostics, id)).toEqual(example.expect)
  })

  it.each(examples)('%s on “%s” gives findings that can be shown', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files }, configOf(id, example))
    for (const diagnostic of diagnostics.filter((d) => d.ruleId === id)) {
      expect(diagnostic.fingerprint).toMatch(/^[0-9a-f]{16}$/)
      expect(diagnostic.message).toMatch(/^\S.*[.?)]$/)
      expect(diagnostic.url).toBe(`/rules/${id}/`)
      const ends = diagnostic.endLine - diagnostic.line || diagnostic.endColumn - diagnostic.column
      expect(ends).toBeGreaterThanOrEqual(0)
    }
  })

  it.each(examples)('%s is silent on “%s” when it is off', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files }, configOf(id, example, 'off'))
    expect(placesOf(diagnostics, id)).toEqual([])
  })

  it.each(examples)('%s on “%s” has the severity that the config gives it', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files }, configOf(id, example, 'info'))
    const severities = diagnostics.filter((d) => d.ruleId === id).map((d) => d.severity)
    expect(severities).toEqual(example.expect.map(() => 'info'))
  })
})

describe('the catalogue of rules', () => {
  it('every rule has an example that fires, save those about what no page shows', () => {
    const without = rules.filter((rule) => !rule.examples.some((example) => example.expect.length > 0))
    expect(without.map((rule) => rule.id)).toEqual(BEYOND_PAGES)
  })

  it('every check has an example that it finds nothing in', () => {
    const checked = rules.filter((rule) => rule.check)
    const without = checked.filter((rule) => !rule.examples.some((example) => example.expect.length === 0))
    expect(without.map((rule) => rule.id)).toEqual([])
  })

  it('ids are words with hyphens, unique and sorted, and each says what it is about', () => {
    const ids = rules.map((rule) => rule.id)
    expect(ids).toEqual([...new Set(ids)].sort())
    for (const rule of rules) {
      expect(rule.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      expect(rule.summary).not.toMatch(/\.$|\n/)
      expect(rule.docs).toMatch(/\*\*To fix it\*\*/)
    }
  })
})
