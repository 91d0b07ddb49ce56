import type { PolicyStatement } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import {
  type Format,
  fenceOf,
  holdsPolicy,
  isTemplate,
  type PolicyReader,
  readPolicies,
  reportUnread,
} from './document.ts'
import { type DocNode, listed, property, stringAt, strings } from './node.ts'

/** A rule is a product of three lists; no real one is larger. */
const MOST_PERMISSIONS = 10_000

/** A chart's template becomes a role only when its values are filled in. */
const TEMPLATE = 'This role is a template: what it grants is not known before it is filled in.'

const FORMAT: Format = {
  provider: 'kubernetes',
  policyKind: 'role-definition',
  mayHold: (text) => /\bkind["']?\s*:\s*["']?(?:Cluster)?Role\b(?!Binding)/.test(text) && !isAnother(text),
  surelyHolds: () => false,
  isPolicy(node) {
    const kind = property(node, 'kind')?.value
    if (kind !== 'Role' && kind !== 'ClusterRole') return false
    const version = String(property(node, 'apiVersion')?.value ?? '')
    if (/^(?:rbac\.)?authorization\./.test(version)) return true
    return version === '' && listed(property(node, 'rules')).some((rule) => property(rule, 'verbs') !== undefined)
  },
  read({ node }, reader) {
    const namespaced = property(node, 'kind')?.value === 'Role'
    const rules = property(node, 'rules')
    if (rules && rules.type !== 'array' && rules.type !== 'null') reader.invalid(rules, '`rules` must be a list.')
    return {
      title: stringAt(property(node, 'metadata'), 'name', 'generateName'),
      statements: (rules?.items ?? []).flatMap((rule) => readRule(rule, namespaced, reader)),
    }
  },
}

/**
 * Roles and cluster roles of Kubernetes. A permission is `apiGroup/resource:verb`, with `core` for the group without a name,
 * or `/path:verb` for a URL that is no resource. https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export default defineDialect({
  id: 'kubernetes-role',
  summary: 'Kubernetes roles and cluster roles, one or several in a fence',
  block: 'code',
  examples: [
    {
      name: 'a role',
      mdx: '## Pods\n\n```yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: pod-reader\nrules:\n- apiGroups: [""]\n  resources: ["pods"]\n  verbs: ["get", "list"]\n```\n',
      expect: ['policy: core/pods:get, core/pods:list'],
    },
  ],
  mayRead: FORMAT.mayHold,
  score: (input) => (holdsPolicy(input, FORMAT) ? 0.95 : 0),
  read(input) {
    return isTemplate(fenceOf(input).text) ? reportUnread(input, TEMPLATE) : readPolicies(input, FORMAT)
  },
})

/** Whether it can only be a kind of role of another API: one is named, it is not RBAC's, and nothing says verbs. */
function isAnother(text: string): boolean {
  return text.includes('apiVersion') && !/authorization|verbs|\{\{/.test(text)
}

function readRule(rule: DocNode, namespaced: boolean, reader: PolicyReader): PolicyStatement[] {
  if (rule.type !== 'object') {
    reader.invalid(rule, 'A rule must be an object with `apiGroups`, `resources` and `verbs`.')
    return []
  }
  const [groups, resources, urls, verbs] = ['apiGroups', 'resources', 'nonResourceURLs', 'verbs'].map((key) =>
    strings(property(rule, key)).map((node) => node.value),
  ) as [string[], string[], string[], string[]]
  if (verbs.length === 0) reader.invalid(property(rule, 'verbs') ?? rule, 'A rule must have at least one verb.')
  if (urls.length > 0) {
    const at = property(rule, 'nonResourceURLs') ?? rule
    if (namespaced) reader.invalid(at, 'A `Role` has a namespace, so it must not have `nonResourceURLs`.')
    if (resources.length > 0) reader.invalid(at, 'A rule must not have both `resources` and `nonResourceURLs`.')
  } else {
    for (const [key, values] of [
      ['apiGroups', groups],
      ['resources', resources],
    ] as const)
      if (values.length === 0)
        reader.invalid(property(rule, key) ?? rule, `A rule must have at least one of \`${key}\`.`)
  }
  const count = (groups.length * resources.length + urls.length) * verbs.length
  if (count > MOST_PERMISSIONS) {
    reader.unread(
      rule,
      `This rule makes ${count} permissions of its lists; more than ${MOST_PERMISSIONS} are not read.`,
    )
    return []
  }
  const targets = groups.flatMap((group) => resources.map((resource) => `${group || 'core'}/${resource}`))
  const actions = [...targets, ...urls].flatMap((target) => verbs.map((verb) => `${target}:${verb}`))
  const names = strings(property(rule, 'resourceNames')).map((node) => node.value)
  return [reader.allow(rule, [], { actions: [...new Set(actions)], resources: names })]
}
