import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortHash, slugsOf } from '../src/export/slug.ts'

describe('slugs', () => {
  it('tell ids apart whose short hashes were made to be the same', () => {
    const ids = ['project/理管色角管角色', 'project/理色管色理管理角']
    expect(new Set(ids.map((id) => shortHash(id))).size).toBe(1)
    const slugs = [...slugsOf(ids).values()]
    expect(new Set(slugs).size).toBe(2)
    for (const slug of slugs) expect(slug).toMatch(/^project-[0-9a-f]{64}$/)
  })

  it('keep the letters that carry signs', () => {
    const ids = ['port/hafenmeister-für-große-schiffe', 'port/créé-à-łódź', 'port/ドック']
    expect([...slugsOf(ids).values()]).toEqual([
      'port-hafenmeister-fur-grosse-schiffe',
      'port-cree-a-lodz',
      expect.stringMatching(/^port(?:-[0-9a-f]{8})?$/),
    ])
    expect(new Set(slugsOf(['für', 'fur', 'fu\u0308r']).values()).size).toBe(3)
  })

  it('are safe names of files, no two alike where case is ignored, in whatever order the ids come', () => {
    const part = fc.constantFrom('a', 'A', '/', '..', '角', ' ', 'con', '-', 'index')
    const id = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(id, { maxLength: 12 }), (ids) => {
        const slugs = slugsOf(ids)
        const values = [...slugs.values()].map((slug) => slug.toLowerCase())
        expect(new Set(values).size).toBe(new Set(ids).size)
        for (const slug of slugs.values()) expect(slug).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/)
        expect(slugsOf([...ids].reverse())).toEqual(slugs)
      }),
    )
  })
})
