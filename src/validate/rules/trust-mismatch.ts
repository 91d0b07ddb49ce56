import type { PolicyStatement, Written, WrittenCondition } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { statementsOf } from '../policies/statements.ts'
import { covers } from '../policies/wildcard.ts'
import { defineRule, type Report } from '../rule.ts'

export default defineRule({
  id: 'trust-mismatch',
  category: 'policies',
  severity: 'error',
  summary: 'A statement whose condition and ARNs name different services or identity providers',
  docs: `
A statement holds where all of its parts do. If its condition asks for one service and its ARN is of another, nothing meets both,
and what the page promises to allow is refused.

Looked at are three pairs. A condition on \`iam:AWSServiceName\`, and roles in \`aws-service-role/…\`: AWS keeps the role of a
service under that service's name. A condition on the keys of an OpenID Connect provider (\`…:sub\`, \`…:aud\`), and the
provider that \`Principal\` trusts. And \`sts:AssumeRoleWithWebIdentity\` or \`sts:AssumeRoleWithSAML\`, and the kind of provider in
\`Principal\`. Names with placeholders are left out, unless both are alike.

**To fix it**, write the same service or provider in both places. **Accept it** only in pages of versions that are no longer edited.
`,
  examples: [
    {
      name: 'the roles of two services',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": "iam:CreateServiceLinkedRole",\n    "Resource": "arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",\n    "Condition": {"StringLike": {"iam:AWSServiceName": "autoscaling.amazonaws.com"}}\n  }]\n}\n```\n',
      expect: ['10:56'],
    },
    {
      name: 'another provider in the condition',
      mdx: '## Trust policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/id.example.com/one"},\n    "Action": "sts:AssumeRoleWithWebIdentity",\n    "Condition": {"StringEquals": {"id.example.com/two:sub": "harbour"}}\n  }]\n}\n```\n',
      expect: ['10:62'],
    },
    {
      name: 'the same service and provider',
      mdx: '## Trust policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "iam:CreateServiceLinkedRole",\n      "Resource": "arn:aws:iam::*:role/aws-service-role/*",\n      "Condition": {"StringLike": {"iam:AWSServiceName": ["spot.amazonaws.com", "autoscaling.amazonaws.com"]}}\n    },\n    {\n      "Effect": "Allow",\n      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/id.example.com/one"},\n      "Action": "sts:AssumeRoleWithWebIdentity",\n      "Condition": {"StringEquals": {"id.example.com/one:sub": "harbour"}}\n    }\n  ]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const { policy, claim, statement } of statementsOf(model)) {
      if (claim.policyKind !== 'iam-policy') continue
      checkServiceRoles(policy.id, statement, report)
      checkProviders(policy.id, statement, report)
      checkActions(policy.id, statement, report)
    }
  },
})

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
function checkServiceRoles(subject: string, { parts, resources }: PolicyStatement, report: Report): void {
  const conditions = parts.conditions.filter(
    ({ operator, key }) => key.toLowerCase() === 'iam:awsservicename' && isPositive(operator),
  )
  const roles = resources.map((resource) => /:role\/aws-service-role\/([^/]+)\//.exec(resource)?.[1] ?? null)
  // A resource that is no such role, or any of them, may fit every condition.
  if (roles.length === 0 || roles.some((role) => role === null)) return
  const fits = (condition: Written) =>
    roles.some((role) => role !== null && (covers(condition.text, role) || covers(role, condition.text)))
  const [first] = conditions
  const span = parts.resources[0]
  if (!first || !span || conditions.some(fits) || [first.text, ...roles].some((text) => hasPlaceholder(text ?? '')))
    return
  report({
    message: `The condition asks for \`${first.text}\`, but the resource is a role of \`${roles[0]}\`, so the statement allows nothing. Write the same service in both.`,
    span: first.span,
    subject,
    ids: [first.text, roles[0] as string],
    related: [{ ...placeOf(span), note: 'the role' }],
  })
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
function checkProviders(subject: string, { parts }: PolicyStatement, report: Report): void {
  const providers = parts.principals.flatMap(({ type, text, span }) => {
    const name = type === 'Federated' ? /:oidc-provider\/(.+)$/.exec(text)?.[1] : undefined
    return name === undefined ? [] : [{ text: name, span }]
  })
  const [provider] = providers
  if (!provider || providers.some(({ text }) => hasPlaceholder(text))) return
  for (const condition of parts.conditions) {
    const name = providerIn(condition)
    if (name === null || hasPlaceholder(name) || providers.some(({ text }) => covers(text, name))) continue
    report({
      message: `The condition is on \`${name}\`, but the statement trusts \`${provider.text}\`, so the condition never holds. Write the same provider in both.`,
      span: condition.span,
      subject,
      ids: [name, provider.text],
      related: [{ ...placeOf(provider.span), note: 'the provider that is trusted' }],
    })
    return
  }
}

/** The provider whose key a condition is on: it has a host name, which no service's prefix has. */
function providerIn({ key }: WrittenCondition): string | null {
  const match = /^([^:][^:.]*\.[^:]+):(?:sub|aud|amr|email|oaud)$/i.exec(key)
  return match ? (match[1] as string) : null
}

const KINDS: [action: string, kind: string, other: string][] = [
  ['sts:assumerolewithwebidentity', ':oidc-provider/', ':saml-provider/'],
  ['sts:assumerolewithsaml', ':saml-provider/', ':oidc-provider/'],
]

function checkActions(subject: string, { parts, actions }: PolicyStatement, report: Report): void {
  const federated = parts.principals.filter(({ type }) => type === 'Federated')
  for (const [action, kind, other] of KINDS) {
    const at = actions.findIndex((candidate) => candidate.toLowerCase() === action)
    const span = parts.actions[at]
    const [first] = federated.filter(({ text }) => text.includes(other))
    if (!span || !first || federated.some(({ text }) => text.includes(kind))) continue
    report({
      message: `\`${actions[at]}\` is for providers \`arn:…${kind}…\`, but the statement trusts \`${first.text}\`. Write the action of that kind of provider.`,
      span,
      subject,
      ids: [action, first.text],
      related: [{ ...placeOf(first.span), note: 'the provider that is trusted' }],
    })
  }
}

/** `StringEquals`, `ForAnyValue:StringLike`, `StringEqualsIfExists`: operators that ask for a value, not against one. */
function isPositive(operator: string): boolean {
  return /^(?:For(?:Any|All)Values?:)?String(?:Equals|EqualsIgnoreCase|Like)(?:IfExists)?$/i.test(operator)
}

function hasPlaceholder(text: string): boolean {
  return /[<>{}$[\]]|x{4}/i.test(text)
}
