import { type BlockInput, defineDialect } from '../dialect.ts'
import { holdsStatement, policyOf, statementsOf } from './oci-statements.ts'

/** Policy statements of Oracle's cloud in the cells of a table. */
export default defineDialect({
  id: 'oci-policy-table',
  summary: 'A table of policy statements of Oracle Cloud and what they are for',
  block: 'table',
  examples: [
    {
      name: 'with what they are for',
      mdx: '## Docks\n\n| Statement | Why |\n| --- | --- |\n| Allow group dockers to manage buckets in tenancy | Moors |\n',
      expect: ['policy: manage buckets'],
    },
  ],
  score: (input) => (holdsStatement(writtenIn(input)) ? 0.96 : 0),
  read: (input) => policyOf(input, writtenIn(input)),
})

function writtenIn(input: BlockInput) {
  return statementsOf(input.grid.rows.flatMap(({ cells }) => cells))
}
