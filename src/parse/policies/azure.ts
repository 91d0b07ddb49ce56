import type { Code } from 'mdast'
import { NO_PARTS, type PolicyStatement } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { type Format, holdsPolicy, type PolicyReader, readPolicies, reportUnread } from './document.ts'
import { type DocNode, listed, plainValue, property, stringAt, strings } from './node.ts'

const LISTS = ['Actions', 'NotActions', 'DataActions', 'NotDataActions']
const ACTION = /^(?:\*|[A-Za-z*][\w.*-]*(?:\/[\w.*-]+)+)$/

const FORMAT: Format = {
  provider: 'azure',
  policyKind: 'role-definition',
  mayHold: (text) => /\b(?:not_?)?(?:data_?)?actions["'”]?\s*:/i.test(text),
  surelyHolds: (text) =>
    /"(?:Data)?Actions"\s*:/i.test(text) && /"(?:AssignableScopes|NotActions|IsCustom)"/i.test(text),
  isPolicy: (node) => isRole(node) || isRole(either(node, 'Properties')),
  read({ node, owner }, reader) {
    const role = isRole(node) ? node : (either(node, 'Properties') ?? node)
    const entries = entriesOf(role)
    const names = ['RoleName', 'roleName', 'role_name', 'Name', 'name']
    const title = stringAt(role, ...names) ?? stringAt(node, ...names) ?? stringAt(owner, 'roleName', 'role_name')
    const statements = entries.map((entry) => readEntry(entry, reader))
    if (statements.every((statement) => statement.actions.length === 0))
      reader.invalid(role, 'A role definition must list `Actions` or `DataActions`.')
    return { title, statements }
  },
}

/** A role's lists without the role, or in a program's own notation. */
const EXCERPT = /\b(?:not_?)?(?:data_?)?actions["']?\s*[:=]\s*\[\s*["'][A-Z][A-Za-z]+\.[A-Za-z]+\/[\w.*/-]+["']/i

/** A role as a shell prints it: `Actions : {Microsoft.Compute/disks/read, …}`. */
const PRINTED = /^[ \t]*(?:Not)?(?:Data)?Actions[ \t]*:[ \t]*\{[ \t]*(?:\*|[A-Za-z]+\.[A-Za-z]+\/)/m

/**
 * An Azure custom role definition, as its tools and its resource manager write it: names in either case, lists at the top or
 * in `permissions`. https://learn.microsoft.com/azure/role-based-access-control/role-definitions
 */
export default defineDialect({
  id: 'azure-role-definition',
  summary: 'An Azure custom role definition',
  block: 'code',
  examples: [
    {
      name: 'actions at a scope',
      mdx: '## Reader\n\n```json\n{"Name": "Reader", "Actions": ["Microsoft.Compute/disks/read"], "AssignableScopes": ["/subscriptions/x"]}\n```\n',
      expect: ['policy: Microsoft.Compute/disks/read'],
    },
    {
      name: 'as the resource manager writes it',
      mdx: '## Reader\n\n```json\n{"properties": {"roleName": "Reader", "permissions": [{"actions": ["Microsoft.Compute/disks/read"], "notActions": []}]}}\n```\n',
      expect: ['policy: Microsoft.Compute/disks/read'],
    },
  ],
  // What a shell prints has the keys of a definition.
  mayRead: (text) => FORMAT.mayHold(text) || EXCERPT.test(text),
  score(input) {
    if (holdsPolicy(input, FORMAT)) return 0.95
    const { value } = input.block.node as Code
    return EXCERPT.test(value) || PRINTED.test(value) ? 0.4 : 0
  },
  read(input) {
    if (holdsPolicy(input, FORMAT)) return readPolicies(input, FORMAT)
    const message = 'These actions stand in no role definition, or in a notation that no dialect reads.'
    return reportUnread(input, `${message} Write the whole definition as JSON or YAML.`)
  },
})

/** A property under its name in Pascal case, in camel case, or as tools of Python's write it: `not_data_actions`. */
function either(node: DocNode | undefined, key: string): DocNode | undefined {
  const camel = key.charAt(0).toLowerCase() + key.slice(1)
  return property(
    node,
    key,
    camel,
    camel.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
  )
}

/** The objects that hold the lists: the entries of `permissions`, else the role itself. */
function entriesOf(role: DocNode): readonly DocNode[] {
  const permissions = either(role, 'Permissions')
  return permissions?.type === 'array' ? permissions.items.filter((entry) => entry.type === 'object') : [role]
}

function isRole(node: DocNode | undefined): boolean {
  if (node?.type !== 'object') return false
  const entries = entriesOf(node)
  if (!entries.some((entry) => LISTS.some((key) => either(entry, key)))) return false
  // “actions” alone is a key of many things.
  if (['AssignableScopes', 'IsCustom'].some((key) => either(node, key))) return true
  if (entries.some((entry) => LISTS.slice(1).some((key) => either(entry, key)))) return true
  const actions = entries.flatMap((entry) => strings(either(entry, 'Actions')))
  return (
    actions.some(({ value }) => /^[A-Za-z]+\.[A-Za-z]+\//.test(value)) &&
    actions.every(({ value }) => ACTION.test(value))
  )
}

function readEntry(entry: DocNode, reader: PolicyReader): PolicyStatement {
  const [actions = [], notActions = [], dataActions = [], notDataActions = []] = LISTS.map((key) => {
    const list = either(entry, key)
    for (const item of listed(list)) {
      const empty = list?.type !== 'array' && item.type === 'null'
      if (!empty && !(item.type === 'string' && ACTION.test(String(item.value))))
        reader.invalid(item, `\`${item.value}\` is no action: write \`Provider/resource/operation\`.`)
    }
    return strings(list)
  })
  const allowed = [...actions, ...dataActions]
  const excepted = [...notActions, ...notDataActions]
  return reader.allow(allowed[0] ?? entry, allowed, {
    notActions: excepted.map((node) => node.value),
    conditions: plainValue(either(entry, 'Condition')),
    parts: {
      ...NO_PARTS,
      actions: reader.spans(allowed),
      notActions: reader.spans(excepted),
      first: actions.length,
      notFirst: notActions.length,
    },
  })
}
