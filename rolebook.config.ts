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
  dataPackage: { license: 'MIT', licenseFile: 'LICENSE' },
  liveSystem: { scopes: ['tenant', 'project', 'resource'] },
  roleTemplates: [
    {
      id: 'terraform',
      title: 'Terraform',
      language: 'hcl',
      extension: 'tf',
      scopes: ['tenant', 'project', 'resource'],
      text: `resource "spectrocloud_role" "{{slug}}" {
  name = {{name}}
  type = {{scope}}
  permissions = {{permissions}}
}
`,
      file: {
        name: 'roles.tf',
        head: `terraform {
  required_providers {
    spectrocloud = {
      source = "spectrocloud/spectrocloud"
    }
  }
}
`,
      },
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
  policyPresets: [
    {
      id: 'aws-iaas-core',
      title: 'AWS IaaS, core policies',
      description: 'EC2-based clusters. Palette takes care of the network and of the CloudFormation stack.',
      policies: ['aws-controller-policy', 'aws-control-plane-policy', 'aws-nodes-policy', 'aws-deployment-policy'],
      extras: ['aws-host-resource-groups-policy'],
    },
    {
      id: 'aws-eks-core',
      title: 'AWS EKS, core policies',
      description: 'EKS clusters need the controllers EKS policy as a fifth, in addition to the four core policies.',
      policies: [
        'aws-controller-policy',
        'aws-control-plane-policy',
        'aws-nodes-policy',
        'aws-deployment-policy',
        'aws-eks-controller-policy',
      ],
    },
    {
      id: 'aws-iaas-dynamic',
      title: 'AWS IaaS, dynamic placement, minimum permissions',
      description: 'EC2-based clusters whose network Palette builds. You create the CloudFormation stack yourself.',
      policies: ['aws-iaas-dynamic-permissions'],
      extras: ['aws-host-resource-groups-policy'],
    },
    {
      id: 'aws-iaas-static',
      title: 'AWS IaaS, static placement, minimum permissions',
      description: 'EC2-based clusters in a VPC of yours. You create the CloudFormation stack yourself.',
      policies: ['aws-iaas-static-permissions'],
      extras: ['aws-host-resource-groups-policy'],
    },
    {
      id: 'aws-eks-dynamic',
      title: 'AWS EKS, dynamic placement, minimum permissions',
      description: 'EKS clusters whose network Palette builds. You create the CloudFormation stack yourself.',
      policies: ['aws-eks-dynamic-permissions'],
    },
    {
      id: 'aws-iaas-eks-dynamic',
      title: 'AWS IaaS and EKS, dynamic placement, minimum permissions',
      description:
        'Both kinds of clusters, in networks that Palette builds. You create the CloudFormation stack yourself.',
      policies: ['aws-iaas-dynamic-permissions', 'aws-eks-dynamic-permissions'],
      extras: ['aws-host-resource-groups-policy'],
    },
    {
      id: 'aws-dynamic',
      title: 'AWS, dynamic placement, all in one',
      description:
        'Older than the minimum policies and not split by type of cluster. Palette may create and delete VPCs.',
      policies: ['aws-dynamic-permissions'],
    },
    {
      id: 'aws-static',
      title: 'AWS, static placement, all in one',
      description:
        'Older than the minimum policies and not split by type of cluster. Palette deploys into a VPC that you provide.',
      policies: ['aws-static-permissions'],
    },
    {
      id: 'v3-aws-iaas',
      title: 'AWS IaaS',
      description: 'The four policies that are always needed for provisioning.',
      policies: ['controllers-policy', 'control-plane-policy', 'nodes-policy', 'deployment-policy'],
    },
    {
      id: 'v3-aws-eks',
      title: 'AWS EKS',
      description: 'The four policies that are always needed for provisioning, and the one for EKS controllers.',
      policies: [
        'controllers-policy',
        'control-plane-policy',
        'nodes-policy',
        'deployment-policy',
        'controllers-eks-policy',
      ],
    },
    {
      id: 'v3-aws-dynamic',
      title: 'AWS, dynamic environment, minimum permissions',
      description: 'The network is made along with the cluster.',
      policies: ['minimum-dynamic-permissions'],
    },
    {
      id: 'v3-aws-static',
      title: 'AWS, static environment, minimum permissions',
      description: 'Palette is kept within a single VPC.',
      policies: ['minimum-static-permissions'],
    },
  ],
})
