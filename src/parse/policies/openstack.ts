import { NO_PARTS, type PolicyStatement } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { type Format, holdsPolicy, type PolicyReader, readPolicies } from './document.ts'
import { type DocEntry, type DocNode, plainValue } from './node.ts'

const VERB = /^(?:create|get|list|update|delete|add|remove|set|unset|modify|upload|download|copy|publicize)_/
/** What a rule is made of: a check (`role:admin`), `@` and the empty string for always, `!` for never. */
const RULE = /^(?:[@!]?$|(?:\(|not\s)*\s?(?:[\w.]+:\S|'[^']*':|[@!]))/

const FORMAT: Format = {
  provider: 'openstack',
  policyKind: 'api-list',
  mayHold: (text) =>
    /^[ \t"'{]*[a-z][\w.-]*(?::[\w.:*-]+|(?![\w.-])(?<=_\w+))["']?\s*:\s*["'[]?(?:[a-z_]+:|[@!]["'\s]|["'])/m.test(
      text,
    ),
  surelyHolds: () => false,
  isPolicy(node) {
    const targets = targetsOf(node)
    // Keys of several parts and values of checks: nothing else looks like it, whatever stands around it.
    return (
      targets.some(({ key }) => key.includes(':')) &&
      node.entries.every(({ value }) => isRule(value)) &&
      node.entries.some(
        ({ value }) => /^(?:rule|role):/.test(String(value.value)) || /^[@!]?$/.test(String(value.value)),
      )
    )
  },
  read({ node }, reader) {
    return { title: null, statements: statementsOf(targetsOf(node), reader) }
  },
}

/**
 * A policy file of an OpenStack service: who may call each API. A target that nobody may call is denied. JSON or YAML; its
 * reader takes both for YAML. https://docs.openstack.org/oslo.policy/latest/admin/policy-yaml-file.html
 */
export default defineDialect({
  id: 'openstack-policy',
  summary: 'An OpenStack policy file: API targets and the rules for each',
  block: 'code',
  examples: [
    {
      name: 'two targets and a rule',
      mdx: '## Compute\n\n```yaml\n"admin_or_owner": "is_admin:True or project_id:%(project_id)s"\n"os_compute_api:servers:create": "rule:admin_or_owner"\n"os_compute_api:servers:show": "@"\n```\n',
      expect: ['policy: os_compute_api:servers:create, os_compute_api:servers:show'],
    },
  ],
  // Its targets have several parts, and its rules are checks or nothing.
  mayRead: (text) => /^[ \t"'{,]*[a-z][\w.-]*:[\w.:*-]+["']?\s*:/im.test(text) && FORMAT.mayHold(text),
  score: (input) => (holdsPolicy(input, FORMAT) ? 0.9 : 0),
  read: (input) => readPolicies(input, FORMAT),
})

function isRule({ type, value, items }: DocNode): boolean {
  // Lists of lists are the notation of old files.
  return type === 'string'
    ? RULE.test(String(value).trim())
    : type === 'array' && items.every((item) => item.type !== 'object')
}

/** The entries that are APIs; the others are rules that these refer to. */
function targetsOf(node: DocNode): DocEntry[] {
  return node.entries.filter(({ key }) => /^[a-z][\w.-]*(?::[\w.*-]+)+$/i.test(key) || VERB.test(key))
}

/** One statement for each rule, with the APIs that it opens. */
function statementsOf(targets: readonly DocEntry[], reader: PolicyReader): PolicyStatement[] {
  const groups = new Map<string, DocEntry[]>()
  for (const target of targets) {
    const rule = JSON.stringify(plainValue(target.value))
    const group = groups.get(rule)
    if (group) group.push(target)
    else groups.set(rule, [target])
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [DocEntry]
    const never = first.value.value === '!'
    return reader.allow(first.keyNode, [], {
      effect: never ? 'Deny' : 'Allow',
      actions: group.map((target) => target.key),
      conditions: never ? null : plainValue(first.value),
      parts: { ...NO_PARTS, actions: reader.spans(group.map((target) => target.keyNode)) },
    })
  })
}
