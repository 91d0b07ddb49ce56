import type { Code } from 'mdast'
import { defineDialect } from '../dialect.ts'
import { accessOf } from '../words/vocabulary.ts'
import { isGcpPermission } from './cloud-ids.ts'
import { type Format, holdsPolicy, readPolicies, reportUnread } from './document.ts'
import { listed, property, stringAt, strings } from './node.ts'

const FORMAT: Format = {
  provider: 'gcp',
  policyKind: 'custom-role',
  mayHold: (text) => /\bincludedPermissions["'”]?\s*:/.test(text),
  surelyHolds: (text) => /"includedPermissions"\s*:/.test(text),
  isPolicy: (node) => property(node, 'includedPermissions') !== undefined,
  read({ node }, reader) {
    const list = property(node, 'includedPermissions') ?? node
    if (list.type !== 'array') reader.invalid(list, '`includedPermissions` must be a list.')
    for (const item of list.type === 'array' ? listed(list) : []) {
      if (item.type !== 'string' || !isGcpPermission(String(item.value)))
        reader.invalid(item, `\`${item.value}\` is no permission: write \`service.resource.verb\`.`)
    }
    const permissions = strings(list)
    return { title: stringAt(node, 'title', 'name'), statements: [reader.allow(permissions[0] ?? node, permissions)] }
  },
}

/** A role in a program's own notation, or in the options of a command. */
const EXCERPT = /\bpermissions["']?\s*[:=]\s*(?:\[\s*)?["']?([a-z][\w-]*(?:\.[\w-]+){2,})/

/** A Google Cloud custom role, in JSON or YAML. https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles */
export default defineDialect({
  id: 'gcp-custom-role',
  summary: 'A Google Cloud custom role',
  block: 'code',
  examples: [
    {
      name: 'two permissions',
      mdx: '## Deployer\n\n```json\n{"title": "Deployer", "includedPermissions": ["compute.disks.create", "compute.disks.get"]}\n```\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
    {
      name: 'in YAML',
      mdx: '## Deployer\n\n```yaml\ntitle: Deployer\nstage: GA\nincludedPermissions:\n  - compute.disks.get\n```\n',
      expect: ['policy: compute.disks.get'],
    },
  ],
  mayRead: (text) => FORMAT.mayHold(text) || EXCERPT.test(text),
  score(input) {
    if (holdsPolicy(input, FORMAT)) return 0.95
    const [, permission = ''] = EXCERPT.exec((input.block.node as Code).value) ?? []
    return accessOf(permission.slice(permission.lastIndexOf('.') + 1), input.settings) !== null ? 0.4 : 0
  },
  read(input) {
    if (holdsPolicy(input, FORMAT)) return readPolicies(input, FORMAT)
    const message = 'These permissions stand in a notation that no dialect reads.'
    return reportUnread(input, `${message} Write the role as JSON or YAML, or its permissions as a list.`)
  },
})
