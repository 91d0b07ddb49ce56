import { defineConfig } from './src/settings/schema.ts'

export default defineConfig({
  name: 'palette',
  versions: [
    { id: 'latest', root: 'content/latest', title: 'Latest' },
    { id: 'v3', root: 'content/v3', title: 'Version 3' },
  ],
  scopes: [
    { id: 'tenant', title: 'Tenant', pages: ['docs/user-management/tenant-roles.mdx'] },
    { id: 'project', title: 'Project', pages: ['docs/user-management/project-roles.mdx'] },
    { id: 'resource', title: 'Resource', pages: ['docs/user-management/resource-roles.mdx'] },
    { id: 'system', title: 'System', pages: ['docs/system-management/**'] },
    { id: 'cluster', title: 'Cluster', pages: ['docs/vm-management/**'] },
  ],
  baseline: 'rolebook.baseline.json',
  site: { title: 'Palette roles and permissions' },
  roleTemplates: [
    {
      id: 'terraform',
      title: 'Terraform',
      language: 'hcl',
      extension: 'tf',
      scopes: ['tenant', 'project', 'resource'],
      text: `resource "spectrocloud_role" "{{slug}}" {
  name        = {{name}}
  type        = {{scope}}
  permissions = {{permissions}}
}
`,
    },
    {
      id: 'api',
      title: 'Palette API',
      language: 'json',
      extension: 'json',
      scopes: ['tenant', 'project', 'resource'],
      text: `{
  "metadata": {
    "name": {{name}},
    "annotations": { "scope": {{scope}} }
  },
  "spec": {
    "permissions": {{permissions}},
    "scope": {{scope}},
    "type": "user"
  }
}
`,
    },
  ],
})
