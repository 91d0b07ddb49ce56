import { defineDialect } from '../dialect.ts'
import { allow, jsonText, readPolicyDocument, titleOf } from './document.ts'
import { property, strings } from './json.ts'

/** A Google Cloud custom role. https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles */
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
  ],
  score(input) {
    const text = jsonText(input)
    return text !== null && /"includedPermissions"/.test(text) ? 0.95 : 0
  },
  read(input) {
    return readPolicyDocument(input, { provider: 'gcp', policyKind: 'custom-role' }, (document, invalid) => {
      const list = property(document.root, 'includedPermissions')
      const permissions = strings(list)
      for (const permission of permissions) {
        if (!/^[a-z][\w-]*(?:\.[\w-]+){2,}$/.test(String(permission.value))) {
          invalid(permission, `\`${permission.value}\` is no permission: write \`service.resource.verb\`.`)
        }
      }
      if (document.root && list?.type !== 'array')
        invalid(list ?? document.root, '`includedPermissions` must be a list.')
      return { title: titleOf(document, ['title', 'name']), statements: [allow(input, document, permissions, [])] }
    })
  },
})
