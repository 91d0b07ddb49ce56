import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uniqueIds } from '../src/model/unique-ids.ts'
import { analyseText } from './support/analysis.ts'

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
})
