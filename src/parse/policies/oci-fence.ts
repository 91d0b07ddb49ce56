import type { Code } from 'mdast'
import { defineDialect } from '../dialect.ts'
import { FenceOffsets } from './fence.ts'
import { mayHoldStatement, policyOf, readSentence, statementsIn } from './oci-statements.ts'

/** Policy statements of Oracle's cloud in a fence: one a line, or in the quotes of a command or a program. */
export default defineDialect({
  id: 'oci-policy',
  summary: 'Policy statements of Oracle Cloud: `Allow group … to manage … in …`',
  block: 'code',
  examples: [
    {
      name: 'one a line',
      mdx: '## Docks\n\n```\nAllow group dockers to manage buckets in compartment docks\nAllow group dockers to read metrics in tenancy\n```\n',
      expect: ['policy: manage buckets, read metrics'],
    },
    {
      name: 'in the quotes of a program',
      mdx: '## Docks\n\n```hcl\nstatements = [\n  "Allow dynamic-group cranes to use volumes in compartment id ocid1.docks",\n]\n```\n',
      expect: ['policy: use volumes'],
    },
  ],
  mayRead: mayHoldStatement,
  score(input) {
    const { value } = input.block.node as Code
    return mayHoldStatement(value) && statementsIn(value).some(({ text }) => readSentence(text) !== null) ? 0.9 : 0
  },
  read(input) {
    const offsets = new FenceOffsets(input.block)
    const found = statementsIn((input.block.node as Code).value)
    return policyOf(
      input,
      found.map(({ text, start, end }) => ({ text, span: offsets.span(start, end) })),
    )
  },
})
