import { defineDialect } from '../dialect.ts'
import { allow, jsonText, readPolicyDocument, titleOf } from './document.ts'
import { property, strings } from './json.ts'

/**
 * An Azure custom role definition.
 * https://learn.microsoft.com/azure/role-based-access-control/role-definitions
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
  ],
  score(input) {
    const text = jsonText(input)
    return text !== null &&
      /"(?:Data)?Actions"\s*:/i.test(text) &&
      /"(?:AssignableScopes|NotActions|IsCustom)"/i.test(text)
      ? 0.95
      : 0
  },
  read(input) {
    return readPolicyDocument(input, { provider: 'azure', policyKind: 'role-definition' }, (document, invalid) => {
      const pick = (key: string) =>
        property(document.root, key) ?? property(document.root, key.charAt(0).toLowerCase() + key.slice(1))
      const actions = [...strings(pick('Actions')), ...strings(pick('DataActions'))]
      const notActions = [...strings(pick('NotActions')), ...strings(pick('NotDataActions'))]
      for (const action of [...actions, ...notActions]) {
        if (!/^(?:\*|[A-Za-z][\w.*-]*(?:\/[\w.*-]+)+)$/.test(String(action.value))) {
          invalid(action, `\`${action.value}\` is no action: write \`Provider/resource/operation\`.`)
        }
      }
      if (document.root && actions.length === 0)
        invalid(document.root, 'A role definition must list `Actions` or `DataActions`.')
      return {
        title: titleOf(document, ['Name', 'name', 'roleName']),
        statements: [allow(input, document, actions, notActions)],
      }
    })
  },
})
