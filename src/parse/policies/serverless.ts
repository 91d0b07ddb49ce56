import { defineDialect } from '../dialect.ts'
import { type Format, holdsPolicy, readPolicies } from './document.ts'
import { readStatement } from './iam-statement.ts'
import { type DocNode, listed, property, stringAt } from './node.ts'

/** Where a service lists statements: `provider.iam.role.statements`, and for older versions and single functions by a name of its own. */
const KEYS = ['iamRoleStatements', 'statements']

const FORMAT: Format = {
  provider: 'aws',
  policyKind: 'iam-policy',
  mayHold: (text) => /\b(?:iamRoleS|s)tatements["']?\s*:/.test(text) && /\b(?:Not)?Action["']?\s*:/.test(text),
  surelyHolds: (text) => /\biamRoleStatements["']?\s*:/.test(text),
  isPolicy: (node) => statementsIn(node).some(isStatement),
  // The framework puts them into a policy that it makes.
  isDocument: false,
  read({ node, owner }, reader) {
    return {
      title: stringAt(owner, 'iamRoleStatementsName'),
      statements: statementsIn(node)
        // What a template puts there is none that can be read.
        .filter(({ type }) => type === 'object')
        .flatMap((statement) => readStatement(statement, reader)),
    }
  },
}

/**
 * Statements of AWS in the configuration of the Serverless Framework: of a service's role, or of one function's.
 * https://www.serverless.com/framework/docs/providers/aws/guide/iam
 */
export default defineDialect({
  id: 'serverless-statements',
  summary: 'Statements of an AWS role in the configuration of the Serverless Framework',
  block: 'code',
  examples: [
    {
      name: 'of a service',
      mdx: '## Nodes\n\n```yaml\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: ec2:RunInstances\n          Resource: "*"\n```\n',
      expect: ['policy: ec2:RunInstances'],
    },
    {
      name: 'by the name that older versions have',
      mdx: '## Nodes\n\n```yaml\nprovider:\n  iamRoleStatements:\n    - Effect: Allow\n      Action: [ec2:RunInstances, ec2:CreateTags]\n      Resource: "*"\n```\n',
      expect: ['policy: ec2:CreateTags, ec2:RunInstances'],
    },
  ],
  mayRead: (text) => FORMAT.mayHold(text),
  // A policy of its own in the same fence is more.
  score: (input) => (holdsPolicy(input, FORMAT) ? 0.94 : 0),
  read: (input) => readPolicies(input, FORMAT),
})

function statementsIn(node: DocNode): readonly DocNode[] {
  for (const key of KEYS) {
    const value = property(node, key)
    if (value?.type === 'array') return listed(value)
  }
  return []
}

function isStatement(node: DocNode): boolean {
  return (
    property(node, 'Effect') !== undefined && ['Action', 'NotAction'].some((key) => property(node, key) !== undefined)
  )
}
