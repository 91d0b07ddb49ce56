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

const ROLE = /\bkind["']?\s*:\s*["']?(?:Cluster)?Role\b(?!Binding)/
/** What a rule must have, and all that it may. */
const RULE = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs']

const FORMAT: Format = {
  provider: 'kubernetes',
  policyKind: 'role-definition',
  mayHold: (text) => (ROLE.test(text) && !isAnother(text)) || mayHoldRules(text),
  surelyHolds: () => false,
  isPolicy(node) {
    const rules = rulesAlone(node)
    if (rules) return isExcerpt(rules)
    const kind = property(node, 'kind')?.value
    if (kind !== 'Role' && kind !== 'ClusterRole') return false
    const version = String(property(node, 'apiVersion')?.value ?? '')
    if (/^(?:rbac\.)?authorization\./.test(version)) return true
    return version === '' && listed(property(node, 'rules')).some((rule) => property(rule, 'verbs') !== undefined)
  },
  read({ node }, reader) {
    const alone = rulesAlone(node)
    if (alone) return { title: null, statements: alone.items.flatMap((rule) => readRule(rule, false, reader)) }
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
  summary: 'Kubernetes roles and cluster roles, one or several in a fence, and their rules alone',
  block: 'code',
  examples: [
    {
      name: 'a role',
      mdx: '## Pods\n\n```yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: pod-reader\nrules:\n- apiGroups: [""]\n  resources: ["pods"]\n  verbs: ["get", "list"]\n```\n',
      expect: ['policy: core/pods:get, core/pods:list'],
    },
    {
      name: 'rules without their role',
      mdx: '## Pods\n\n```yaml\nrules:\n- apiGroups: [""]\n  resources: ["pods"]\n  verbs: ["get"]\n```\n',
      expect: ['policy: core/pods:get'],
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

/** The lists of a rule, without which there is none. */
function mayHoldRules(text: string): boolean {
  return text.includes('verbs') && (text.includes('apiGroups') || text.includes('nonResourceURLs'))
}

/** A list, or what is nothing but one under `rules`. */
function rulesAlone(node: DocNode): DocNode | undefined {
  if (node.type === 'array') return node
  const [entry, ...more] = node.entries
  return more.length === 0 && entry?.key === 'rules' && entry.value.type === 'array' ? entry.value : undefined
}

/** Whether a list is one of rules, as pages show them without the role around them; rules of other APIs have other keys as well. */
function isExcerpt({ items }: DocNode): boolean {
  return (
    items.length > 0 &&
    items.every(
      (rule) =>
        rule.entries.every(({ key }) => RULE.includes(key)) &&
        strings(property(rule, 'verbs')).length > 0 &&
        (strings(property(rule, 'nonResourceURLs')).length > 0 ||
          (strings(property(rule, 'apiGroups')).length > 0 && strings(property(rule, 'resources')).length > 0)),
    )
  )
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
