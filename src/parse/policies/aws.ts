import type { Code } from 'mdast'
import { NO_PARTS, type PolicyStatement, type WrittenCondition, type WrittenPrincipal } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { type Format, holdsPolicy, type PolicyReader, readPolicies, reportUnread } from './document.ts'
import { type DocNode, listed, plainValue, property, stringAt, strings } from './node.ts'

const FORMAT: Format = {
  provider: 'aws',
  policyKind: 'iam-policy',
  mayHold: (text) => /\bStatement["']?\s*:/.test(text) && /\b(?:Not)?Action["']?\s*:/.test(text),
  surelyHolds: (text) => /"Statement"\s*:/.test(text) && /"(?:Not)?Action"/.test(text),
  isPolicy(node) {
    const statement = property(node, 'Statement')
    if (statement?.type !== 'array' && statement?.type !== 'object') return false
    return property(node, 'Version') !== undefined || listed(statement).some(isStatement)
  },
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
    return holdsPolicy(input, FORMAT) ? readPolicies(input, FORMAT) : reportUnread(input, EXCERPT)
  },
})

function isStatement(node: DocNode): boolean {
  return ['Effect', 'Action', 'NotAction'].some((key) => property(node, key) !== undefined)
}

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

function readStatement(node: DocNode, reader: PolicyReader): PolicyStatement[] {
  if (node.type !== 'object') {
    reader.invalid(node, 'A statement must be an object with `Effect`, `Action` and `Resource`.')
    return []
  }
  const effect = property(node, 'Effect')
  if (effect?.value !== 'Allow' && effect?.value !== 'Deny') {
    reader.invalid(effect ?? node, 'A statement\'s `Effect` must be "Allow" or "Deny".')
  }
  const actions = property(node, 'Action')
  const notActions = property(node, 'NotAction')
  if (!actions && !notActions) reader.invalid(node, 'A statement must have `Action` or `NotAction`.')
  if (actions && notActions) reader.invalid(notActions, 'A statement must not have both `Action` and `NotAction`.')
  for (const list of [actions, notActions]) if (list) checkActions(list, reader)
  if (!['Resource', 'NotResource', 'Principal', 'NotPrincipal'].some((key) => property(node, key))) {
    reader.invalid(node, 'A statement must have `Resource` or `NotResource`.')
  }
  const resources = strings(property(node, 'Resource'))
  const [sid] = strings(property(node, 'Sid'))
  return [
    {
      sid: stringAt(node, 'Sid'),
      effect: effect?.value === 'Deny' ? 'Deny' : 'Allow',
      actions: strings(actions).map((action) => action.value),
      notActions: strings(notActions).map((action) => action.value),
      resources: resources.map((resource) => resource.value),
      conditions: plainValue(property(node, 'Condition')),
      parts: {
        ...NO_PARTS,
        actions: reader.spans(strings(actions)),
        notActions: reader.spans(strings(notActions)),
        resources: reader.spans(resources),
        notResources: reader.spans(listed(property(node, 'NotResource'))),
        sid: sid ? reader.span(sid) : null,
        principals: principalsOf(node, reader),
        conditions: conditionsOf(node, reader),
      },
      evidence: reader.evidence(node),
    },
  ]
}

function principalsOf(node: DocNode, reader: PolicyReader): WrittenPrincipal[] {
  const principal = property(node, 'Principal')
  // `*` alone is short for all of AWS's.
  if (principal?.type === 'string')
    return [{ type: 'AWS', text: String(principal.value), span: reader.span(principal) }]
  return (principal?.entries ?? []).flatMap(({ key, value }) =>
    strings(value).map((name) => ({ type: key, text: name.value, span: reader.span(name) })),
  )
}

function conditionsOf(node: DocNode, reader: PolicyReader): WrittenCondition[] {
  return (property(node, 'Condition')?.entries ?? []).flatMap((operator) =>
    operator.value.entries.flatMap(({ key, value }) =>
      strings(value).map((text) => ({ operator: operator.key, key, text: text.value, span: reader.span(text) })),
    ),
  )
}

function checkActions(list: DocNode, reader: PolicyReader): void {
  for (const item of listed(list)) {
    // An object stands for what a template puts here.
    if (item.type === 'object') continue
    if (item.type === 'string' && /^(?:\*|[a-zA-Z0-9-]+:[\w*?]+)$/.test(String(item.value))) continue
    reader.invalid(item, `\`${item.value}\` is no action: write \`service:Action\`.`)
  }
}
