import { readItems } from '../blocks/list.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { holdsStatement, policyOf, statementsOf } from './oci-statements.ts'

/** Policy statements of Oracle's cloud as the items of a list, with words before them or without. */
export default defineDialect({
  id: 'oci-policy-list',
  summary: 'A list of policy statements of Oracle Cloud',
  block: 'list',
  examples: [
    {
      name: 'in code',
      mdx: '## Docks\n\n- `Allow group dockers to manage buckets in compartment docks`\n- Looks: `Allow group dockers to read metrics in tenancy`\n',
      expect: ['policy: manage buckets, read metrics'],
    },
  ],
  score: (input) => (holdsStatement(writtenIn(input)) ? 0.96 : 0),
  read: (input) => policyOf(input, writtenIn(input)),
})

function writtenIn(input: BlockInput) {
  return statementsOf(readItems(input.block))
}
