/** The statements of a policy in the grammar of AWS's, which other clouds have taken over. */
import { NO_PARTS, type PolicyStatement, type WrittenCondition, type WrittenPrincipal } from '../claim.ts'
import type { PolicyReader } from './document.ts'
import { type DocNode, listed, plainValue, property, stringAt, strings } from './node.ts'

/** Whether an object is a statement, or what its author meant for one. */
function isStatement(node: DocNode): boolean {
  return ['Effect', 'Action', 'NotAction'].some((key) => property(node, key) !== undefined)
}

/** Whether an object is a policy, by its statements; `isVersion` says which versions are the cloud's own. */
export function holdsStatements(node: DocNode, isVersion: (version: string) => boolean): boolean {
  const statement = property(node, 'Statement')
  if (statement?.type !== 'array' && statement?.type !== 'object') return false
  const version = property(node, 'Version')
  if (version === undefined) return isVersion('') && listed(statement).some(isStatement)
  return isVersion(String(version.value))
}

/** What a template of CloudFormation computes: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const FUNCTION = /^(?:Fn::[A-Za-z]+|Ref)$/

/** One statement, with a finding for each thing in it that the cloud refuses. */
export function readStatement(node: DocNode, reader: PolicyReader): PolicyStatement[] {
  if (node.type !== 'object') {
    reader.invalid(node, 'A statement must be an object with `Effect`, `Action` and `Resource`.')
    return []
  }
  const [only, ...others] = node.entries
  if (only && others.length === 0 && FUNCTION.test(only.key)) {
    reader.unread(
      node,
      `\`${only.key}\` makes this statement when the template is deployed, so it is not in the model. Show what it makes as a policy of its own, or accept it.`,
    )
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
