import type { Finding } from '../../diagnostic.ts'
import type { PolicyStatement } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { readItems } from '../list.ts'
import { mayHoldStatement, NO_STATEMENT, readSentence, statementOf, statementsIn } from './oci-statements.ts'
import { listPolicy } from './privileges.ts'

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
  score: (input) => (textsOf(input).some(({ text }) => readSentence(text) !== null) ? 0.9 : 0),
  read(input) {
    const findings: Finding[] = []
    const statements = textsOf(input).flatMap(({ text, span }): PolicyStatement[] => {
      const sentence = readSentence(text)
      if (sentence) return [statementOf(input, sentence, { span })]
      findings.push(unrecognised(input, span, `\`${text.slice(0, 80)}\` ${NO_STATEMENT}`, [text.slice(0, 80)]))
      return []
    })
    const parts = { provider: 'oci', policyKind: 'role-definition' } as const
    return { value: [{ ...listPolicy(input, parts, []), statements }], findings }
  },
})

/** What begins like a statement in the items of a list. */
function textsOf(input: BlockInput) {
  return readItems(input.block).flatMap(({ text, span }) =>
    mayHoldStatement(text) ? statementsIn(text).map((statement) => ({ text: statement.text, span })) : [],
  )
}
