/** Each rule's own examples: `expect` are the places of the rule's findings. */
import { describe, expect, it } from 'vitest'
import { rules } from '../src/validate/rules.ts'
import { analyseTexts, placesOf } from './support/analysis.ts'

/** Reported by the command line, which alone knows the baseline: see `cli.test.ts`. */
const BY_THE_COMMAND_LINE = ['shape-changed', 'stale-baseline']

const examples = rules.flatMap((rule) => rule.examples.map((example) => [rule.id, example.name, example] as const))

describe('examples of rules', () => {
  it.each(examples)('%s on “%s” finds what it says', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files })
    expect(placesOf(diagnostics, id)).toEqual(example.expect)
  })

  it.each(examples)('%s on “%s” gives findings that can be shown', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files })
    for (const diagnostic of diagnostics.filter((d) => d.ruleId === id)) {
      expect(diagnostic.fingerprint).toMatch(/^[0-9a-f]{16}$/)
      expect(diagnostic.message).toMatch(/^\S.*[.?)]$/)
      expect(diagnostic.url).toBe(`/rules/${id}/`)
      const ends = diagnostic.endLine - diagnostic.line || diagnostic.endColumn - diagnostic.column
      expect(ends).toBeGreaterThanOrEqual(0)
    }
  })

  it.each(examples)('%s is silent on “%s” when it is off', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files }, { rules: { [id]: 'off' } })
    expect(placesOf(diagnostics, id)).toEqual([])
  })

  it.each(examples)('%s on “%s” has the severity that the config gives it', (id, _name, example) => {
    const { diagnostics } = analyseTexts({ 'page.mdx': example.mdx, ...example.files }, { rules: { [id]: 'info' } })
    const severities = diagnostics.filter((d) => d.ruleId === id).map((d) => d.severity)
    expect(severities).toEqual(example.expect.map(() => 'info'))
  })
})

describe('the catalogue of rules', () => {
  it('every rule has an example that fires, save those that only the command line reports', () => {
    const without = rules.filter((rule) => !rule.examples.some((example) => example.expect.length > 0))
    expect(without.map((rule) => rule.id)).toEqual(BY_THE_COMMAND_LINE)
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
