/** Each dialect's own examples, and the fixtures: pages with the findings they expect beside the line. */
import { describe, expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { dialects } from '../src/parse/dialects.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { rules } from '../src/validate/rules.ts'
import { analyseText, isAboutReading } from './support/analysis.ts'
import { describeClaim } from './support/claims.ts'
import { byPlace, type Expected, expectedFindings, listFixtures, modelView } from './support/fixtures.ts'

describe('examples of dialects', () => {
  it('every dialect has one, under an id of its own', () => {
    expect(dialects.filter((dialect) => dialect.examples.length === 0).map((dialect) => dialect.id)).toEqual([])
    expect(new Set(dialects.map((dialect) => dialect.id)).size).toBe(dialects.length)
  })

  const examples = dialects.flatMap((dialect) =>
    dialect.examples.map((example) => [dialect.id, example.name, example] as const),
  )

  it.each(examples)('%s reads “%s” as it says', (id, _name, example) => {
    const { reading, diagnostics } = analyseText(example.mdx)
    expect(reading.blocks.map((block) => block.dialect)).toEqual([id])
    expect(reading.claims.map(describeClaim).filter((text) => text !== null)).toEqual(example.expect)
    expect(diagnostics.filter((d) => /-block$|^unknown-mark$|^invalid-policy$/.test(d.ruleId))).toEqual([])
  })

  it.each(examples)('%s reads “%s” alike with CRLF line ends', (_id, _name, example) => {
    const { reading } = analyseText(example.mdx.replaceAll('\n', '\r\n'))
    expect(reading.claims.map(describeClaim).filter((text) => text !== null)).toEqual(example.expect)
  })

  it.each(examples)('%s scores “%s” between 0 and 1, and above every other dialect', (id, _name, example) => {
    for (const { block, input } of analyseText(example.mdx).reading.blocks) {
      const scores = dialects.filter((dialect) => dialect.block === block.kind).map((one) => [one.id, one.score(input)])
      const own = scores.find(([other]) => other === id)?.[1] as number
      expect(own).toBeGreaterThan(0)
      expect(own).toBeLessThanOrEqual(1)
      expect(scores.filter(([other, score]) => other !== id && (score as number) >= own)).toEqual([])
    }
  })
})

describe('footnotes', () => {
  it('a reference to a footnote makes a mark conditional, and is kept as its note', () => {
    const { model } = analyseText(
      '## Harbour Master\n\n| | Get | List |\n| --- | --- | --- |\n| dock | √[^1] | √ |\n\n[^1]: On weekdays.\n',
    )
    const effects = model.dataset.roles[0]?.grants.map((grant) => [grant.permission, grant.effect])
    expect(effects).toEqual([
      ['dock.get', 'conditional'],
      ['dock.list', 'granted'],
    ])
    expect(model.dataset.roles[0]?.grants[0]?.note).toBe('On weekdays.')
  })
})

describe('fixtures', () => {
  const settings = resolveSettings()
  const fixtures = listFixtures()
  const ruleIds = new Set(rules.map((rule) => rule.id))

  it('there are some for tables, lists, documents and partials', () => {
    const groups = [...new Set(fixtures.map((fixture) => fixture.id.split('/')[0]))]
    expect(groups).toEqual(
      expect.arrayContaining([
        'action-by-role',
        'aws-iam-policy',
        'broken',
        'catalogue',
        'names',
        'partials',
        'permission-list',
        'resource-by-operation',
        'role-mapping',
        'scope-matrix',
      ]),
    )
  })

  it.each(fixtures.map((fixture) => [fixture.id, fixture] as const))(
    '%s gives its findings and its model',
    async (_id, fixture) => {
      const { model, diagnostics } = analyse(fixture.files, settings, 'latest')
      const expected = fixture.files.flatMap(expectedFindings).sort(byPlace)
      expect(
        expected.filter((item) => !ruleIds.has(item.ruleId)),
        'rules that the fixture names',
      ).toEqual([])
      const named = new Set(expected.map((item) => item.ruleId))
      const found = diagnostics
        .filter(({ ruleId }) => isAboutReading(ruleId) || named.has(ruleId))
        .map(({ path, line, ruleId, column }): Expected => ({ path, line, ruleId, column }))
        .sort(byPlace)
        .map((item, i) => (expected[i]?.column === null ? { ...item, column: null } : item))
      expect(found).toEqual(expected)
      await expect(modelView(model.dataset)).toMatchFileSnapshot(fixture.snapshot)
    },
  )
})
