import type { Claim } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { readItems } from '../list.ts'
import { accessOf } from '../vocabulary.ts'

/** Bullets of bare operations, under the name of the component that they belong to. */
export default defineDialect({
  id: 'operation-list',
  summary: 'A list of operations, under the name of a component',
  block: 'list',
  examples: [
    {
      name: 'an accordion panel',
      mdx: '<AccordionPanel title="Audit">\n\n- get\n- list\n\n</AccordionPanel>\n',
      expect: ['operation: Audit get', 'operation: Audit list'],
    },
  ],
  score(input) {
    if (input.surroundings.names.length === 0) return 0
    const items = readItems(input.block)
    const words = items.filter((item) => /^[a-z][A-Za-z]*$/.test(item.text))
    if (items.length === 0 || words.length < items.length) return 0
    const known = words.filter((item) => accessOf(item.text, input.settings) !== null)
    return known.length * 5 >= words.length * 4 ? 0.8 : 0
  },
  read(input) {
    const component = input.surroundings.names[0]?.text as string
    const claims = readItems(input.block).map((item): Claim => {
      return {
        kind: 'operation',
        block: input.surroundings,
        component,
        operation: item.text,
        evidence: input.evidence(item.span),
      }
    })
    return { value: claims, findings: [] }
  },
})
