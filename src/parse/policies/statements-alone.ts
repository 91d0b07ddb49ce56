import type { Code } from 'mdast'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { claimOf, fenceOf, PolicyReader } from './document.ts'
import { readStatement } from './iam-statement.ts'
import { type DocNode, listed, property } from './node.ts'

const FORMAT = { provider: 'aws', policyKind: 'iam-policy' } as const

/**
 * Statements of AWS without the policy around them, to be added to one that is there: an object, or a list of them. What is only a
 * part of a statement, or broken, is no fact. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export default defineDialect({
  id: 'aws-statements',
  summary: 'Statements of an AWS IAM policy without the policy around them',
  block: 'code',
  examples: [
    {
      name: 'one',
      mdx: '## Nodes\n\n```json\n{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}\n```\n',
      expect: ['policy: ec2:RunInstances'],
    },
    {
      name: 'a list, in YAML',
      mdx: '## Nodes\n\n```yaml\n- Effect: Allow\n  Action: [ec2:RunInstances, ec2:CreateTags]\n  Resource: "*"\n```\n',
      expect: ['policy: ec2:CreateTags, ec2:RunInstances'],
    },
  ],
  mayRead: mayHold,
  score: (input) => (statementsOf(input) === null ? 0 : 0.9),
  read(input) {
    const reader = new PolicyReader(input)
    const statements = (statementsOf(input) ?? []).flatMap((statement) => readStatement(statement, reader))
    return { value: [claimOf(input, FORMAT, { title: null, statements })], findings: reader.findings }
  },
})

/** Resources of the clouds that have taken over the grammar. */
const OF_ANOTHER_CLOUD = /["'\s](?:acs|qcs|trn):/

function mayHold(text: string): boolean {
  return !OF_ANOTHER_CLOUD.test(text) && /\bEffect["']?\s*:/.test(text) && /\b(?:Not)?Action["']?\s*:/.test(text)
}

/** The statements that a fence consists of; `null` where anything else is in it, or it can't be read as a whole. */
function statementsOf(input: BlockInput): readonly DocNode[] | null {
  if (!mayHold((input.block.node as Code).value)) return null
  // Several stand side by side for different things: whom to trust, and what is allowed.
  const [document, another] = fenceOf(input).documents
  if (!document?.root || another || document.problems.length > 0) return null
  const statements = listed(document.root)
  return statements.length > 0 && statements.every(isStatement) ? statements : null
}

/** Whether an object is a whole statement, and names actions as AWS writes them: other notations have an `Action` too. */
function isStatement(node: DocNode): boolean {
  if (node.type !== 'object' || !['Allow', 'Deny'].includes(String(property(node, 'Effect')?.value))) return false
  const list = listed(property(node, 'Action') ?? property(node, 'NotAction'))
  return (
    list.length > 0 && list.every(({ value }) => typeof value === 'string' && /^(?:\*$|[A-Za-z][\w-]*:)/.test(value))
  )
}
