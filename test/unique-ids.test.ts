import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uniqueIds } from '../src/model/unique-ids.ts'
import { analyseText, analyseTexts } from './support/analysis.ts'

describe('unique ids', () => {
  it('number what comes later, and pass over what somebody has', () => {
    expect(uniqueIds(['a', 'a', 'a-2', 'a', 'a-2'])).toEqual(['a', 'a-3', 'a-2', 'a-4', 'a-2-2'])
  })

  it('are unique, and leave the first of each as it is', () => {
    const id = fc.string({ unit: fc.constantFrom('a', '-', '2', '3'), maxLength: 5 })
    fc.assert(
      fc.property(fc.array(id, { maxLength: 30 }), (ids) => {
        const made = uniqueIds(ids)
        expect(new Set(made).size).toBe(ids.length)
        ids.forEach((own, i) => {
          if (ids.indexOf(own) === i) expect(made[i]).toBe(own)
          else expect(made[i]).toMatch(/-\d+$/)
        })
      }),
    )
  })

  it('are what roles of alike names get', () => {
    const page = ['A B', 'A/B', 'A B 2'].map((name) => `## ${name}\n\n- dock.get\n`).join('\n')
    const ids = analyseText(page).model.dataset.roles.map((role) => role.id)
    expect(ids).toEqual(['unscoped/a-b', 'unscoped/a-b-2', 'unscoped/a-b-3'])
  })
  describe('of mappings', () => {
    const table = (requires: string, heading = 'Roles') =>
      `## ${heading}\n\n| Cluster Role | Harbour Role |\n| --- | --- |\n| \`crew\` | ${requires} |\n| \`mate\` | Mate |\n`
    const mappings = (texts: Record<string, string>) =>
      analyseTexts(texts).model.dataset.mappings.map(({ id, requires, source }) => [id, requires.flat(), source.path])

    it('are the names as written, and one for several tables that say the same', () => {
      expect(mappings({ 'a.md': table('Captain'), 'b.md': table('Captain', 'Again') })).toEqual([
        ['crew', ['Captain'], 'a.md'],
        ['mate', ['Mate'], 'a.md'],
      ])
    })

    it('have the heading before them where two tables ask for other roles, and else the page', () => {
      expect(mappings({ 'a.md': table('Captain'), 'b.md': table('Admiral', 'Navy roles') })).toEqual([
        ['mate', ['Mate'], 'a.md'],
        ['navy-roles/crew', ['Admiral'], 'b.md'],
        ['roles/crew', ['Captain'], 'a.md'],
      ])
      expect(mappings({ 'docs/b.md': table('Admiral'), 'docs/a.md': table('Captain') })).toEqual([
        ['docs-a/crew', ['Captain'], 'docs/a.md'],
        ['docs-b/crew', ['Admiral'], 'docs/b.md'],
        ['mate', ['Mate'], 'docs/a.md'],
      ])
    })

    it('are numbered where nothing around them differs', () => {
      const [, twice] = table('Captain').split('\n\n')
      expect(mappings({ 'a.md': `${table('Admiral')}\nOr else:\n\n${twice}` }).map(([id]) => id)).toEqual([
        'crew',
        'crew-2',
        'mate',
      ])
    })
  })
})
