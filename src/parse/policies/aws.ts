import type { Code } from 'mdast'
import { defineDialect } from '../dialect.ts'
import { type Format, holdsPolicy, type PolicyReader, readPolicies, reportUnread } from './document.ts'
import { holdsStatements, readStatement } from './iam-statement.ts'
import { type DocNode, listed, property, stringAt } from './node.ts'

/** The versions of clouds that have taken over the grammar: AWS's own are dates. */
const OF_ANOTHER_CLOUD = /^\d+(?:\.\d+)?$/

const FORMAT: Format = {
  provider: 'aws',
  policyKind: 'iam-policy',
  mayHold: (text) => /\bStatement\\?["'”]?\s*:/.test(text) && /\b(?:Not)?Action\\?["'”]?\s*:/.test(text),
  surelyHolds: (text) => /["“]Statement["”]\s*:/.test(text) && /["“](?:Not)?Action["”]/.test(text),
  isPolicy: (node) => holdsStatements(node, (version) => !OF_ANOTHER_CLOUD.test(version)),
  read({ node, owner }, reader) {
    checkVersion(node, reader)
    const nodes = listed(property(node, 'Statement'))
    const version = property(node, 'Version')
    return {
      version: version ? { text: String(version.value), span: reader.span(version) } : null,
      title: stringAt(owner, 'PolicyName', 'ManagedPolicyName', 'policyName', 'Name', 'name'),
      statements: nodes.flatMap((statement) => readStatement(statement, reader)),
    }
  },
}

const EXCERPT =
  'This is a part of a policy, or a policy in a notation that no dialect reads. Write the whole document, with `Version` and `Statement`, as JSON or YAML, or accept it where it is an excerpt.'

const ANOTHER =
  "By its version this is a policy of another cloud than AWS, in a notation that no dialect reads. List the cloud's actions, or accept it."

/**
 * An AWS IAM policy, by itself or in what wraps it (a CloudFormation template, the input of a command). Grammar:
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
    {
      name: 'a policy in a template, in YAML',
      mdx: '## Nodes\n\n```yaml\nPolicies:\n  - PolicyName: nodes\n    PolicyDocument:\n      Version: "2012-10-17"\n      Statement:\n        Effect: Allow\n        Action: [ec2:RunInstances]\n        Resource: "*"\n```\n',
      expect: ['policy: ec2:RunInstances'],
    },
  ],
  mayRead: (text) => FORMAT.mayHold(text) || isExcerpt(text) || /"(?:Statement|Action)"\s*:/.test(text),
  score(input) {
    if (holdsPolicy(input, FORMAT)) return 0.95
    return isExcerpt((input.block.node as Code).value) ? 0.4 : 0
  },
  read(input) {
    if (holdsPolicy(input, FORMAT)) return readPolicies(input, FORMAT)
    const another = /"version"\s*:\s*"\d+(?:\.\d+)?"/i.test((input.block.node as Code).value)
    return reportUnread(input, another ? ANOTHER : EXCERPT)
  },
})

/** Statements without the policy around them, or a policy in a notation that is not read. */
function isExcerpt(text: string): boolean {
  return (
    /\beffect["']?\s*[:=]\s*["']?(?:Allow|Deny)\b/i.test(text) &&
    /\b(?:not_?)?actions?["']?\s*[:=]\s*["'[\s]/i.test(text)
  )
}

function checkVersion(node: DocNode, reader: PolicyReader): void {
  const version = property(node, 'Version')
  if (!version || version.value === '2012-10-17' || version.value === '2008-10-17') return
  reader.invalid(version, 'A policy\'s `Version` must be "2012-10-17" or "2008-10-17".')
}
