import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
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
    const known = items.filter((item) => words(item.text).every((word) => accessOf(word, input.settings) !== null))
    return known.length > 0 && known.length * 5 >= items.length * 4 ? 0.8 : 0
  },
  read(input) {
    const component = input.surroundings.names[0]?.text as string
    const findings: Finding[] = []
    const claims: Claim[] = []
    for (const item of readItems(input.block)) {
      const evidence = input.evidence(item.span)
      // More than one word is a line whose bullet was lost, glued to the item above; prose is none.
      const operations = words(item.text)
      if (
        operations.length > 0 &&
        operations.every((word) => OPERATION.test(word) && accessOf(word, input.settings) !== null)
      ) {
        for (const operation of operations)
          claims.push({ kind: 'operation', block: input.surroundings, component, operation, evidence })
      } else if (OPERATION.test(item.text)) {
        claims.push({ kind: 'operation', block: input.surroundings, component, operation: item.text, evidence })
      } else {
        const message = `\`${item.text}\` stands in a list of operations but is none, so it is not in the model.`
        findings.push(unrecognised(input, item.span, message, [component, item.text]))
      }
    }
    return { value: claims, findings }
  },
})

const OPERATION = /^[a-z][A-Za-z]*$/

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
