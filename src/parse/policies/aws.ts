import type { PolicyStatement } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { jsonText, readPolicyDocument } from './document.ts'
import { type JsonDocument, type JsonNode, plainValue, property, strings } from './json.ts'

/**
 * An AWS IAM policy. Grammar:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export default defineDialect({
  id: 'aws-iam-policy',
  summary: 'An AWS IAM policy document',
  block: 'code',
  examples: [
    {
      name: 'one statement',
      mdx: '## Nodes policy\n\n```json\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}\n```\n',
      expect: ['policy: ec2:RunInstances'],
    },
  ],
  score(input) {
    const text = jsonText(input)
    return text !== null && /"Statement"\s*:/.test(text) && /"(?:Not)?Action"/.test(text) ? 0.95 : 0
  },
  read(input) {
    return readPolicyDocument(input, { provider: 'aws', policyKind: 'iam-policy' }, (document, invalid) => {
      const statement = property(document.root, 'Statement')
      const nodes = statement?.type === 'array' ? (statement.children ?? []) : statement ? [statement] : []
      return { title: null, statements: nodes.flatMap((node) => readStatement(node, document, input, invalid)) }
    })
  },
})

type Invalid = (node: JsonNode, message: string) => void

function readStatement(node: JsonNode, document: JsonDocument, input: BlockInput, invalid: Invalid): PolicyStatement[] {
  if (node.type !== 'object') {
    invalid(node, 'A statement must be an object with `Effect`, `Action` and `Resource`.')
    return []
  }
  const effect = strings(property(node, 'Effect'))[0]?.value
  if (effect !== 'Allow' && effect !== 'Deny') {
    invalid(property(node, 'Effect') ?? node, 'A statement\'s `Effect` must be "Allow" or "Deny".')
  }
  const actions = property(node, 'Action')
  const notActions = property(node, 'NotAction')
  if (!actions && !notActions) invalid(node, 'A statement must have `Action` or `NotAction`.')
  for (const action of [...strings(actions), ...strings(notActions)]) {
    if (!/^(?:\*|[a-zA-Z0-9-]+:[\w*?]+)$/.test(String(action.value))) {
      invalid(action, `\`${action.value}\` is no action: write \`service:Action\`.`)
    }
  }
  if (!property(node, 'Resource') && !property(node, 'NotResource') && !property(node, 'Principal')) {
    invalid(node, 'A statement must have `Resource` or `NotResource`.')
  }
  return [
    {
      sid: (strings(property(node, 'Sid'))[0]?.value as string | undefined) ?? null,
      effect: effect === 'Deny' ? 'Deny' : 'Allow',
      actions: strings(actions).map((action) => String(action.value)),
      notActions: strings(notActions).map((action) => String(action.value)),
      resources: strings(property(node, 'Resource')).map((resource) => String(resource.value)),
      conditions: plainValue(property(node, 'Condition')),
      evidence: input.evidence(document.span(node)),
    },
  ]
}
