import { defineDialect } from '../dialect.ts'
import { type Format, holdsPolicy, readPolicies } from './document.ts'
import { holdsStatements, readStatement } from './iam-statement.ts'
import { listed, property, stringAt } from './node.ts'

const FORMAT: Format = {
  provider: 'alibaba',
  policyKind: 'role-definition',
  mayHold: (text) => /\bStatement["']?\s*:/.test(text) && /\bVersion["']?\s*:\s*["']?1["'\s,}]/.test(text),
  surelyHolds: () => false,
  isPolicy: (node) => holdsStatements(node, (version) => version === '1'),
  read({ node, owner }, reader) {
    return {
      title: stringAt(owner, 'PolicyName', 'policyName', 'Name', 'name'),
      statements: listed(property(node, 'Statement')).flatMap((statement) => readStatement(statement, reader)),
    }
  },
}

/**
 * A RAM policy of Alibaba Cloud: AWS's grammar, with versions and services of its own.
 * https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax
 */
export default defineDialect({
  id: 'alibaba-ram-policy',
  summary: 'A RAM policy of Alibaba Cloud',
  block: 'code',
  examples: [
    {
      name: 'one statement',
      mdx: '## Docks\n\n```json\n{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:RunInstances", "Resource": "*"}]}\n```\n',
      expect: ['policy: ecs:RunInstances'],
    },
  ],
  mayRead: FORMAT.mayHold,
  score: (input) => (holdsPolicy(input, FORMAT) ? 0.95 : 0),
  read: (input) => readPolicies(input, FORMAT),
})
