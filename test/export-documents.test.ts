/** Roles in the config's templates and cloud policies as files: read by parsers of their languages, held against the dataset. */
import { parse as parseHcl } from '@cdktf/hcl2json'
import { afterAll, describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import type { ExportedFile } from '../src/export/format.ts'
import policies from '../src/export/formats/policies.ts'
import templates from '../src/export/formats/role-templates.ts'
import { applicable } from '../src/export/policy-files.ts'
import type { Dataset, Policy } from '../src/model/dataset.ts'
import { spelledOut } from '../src/query/facts.ts'
import { can } from '../src/query/who-can.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { configSchema, type RoleTemplate } from '../src/settings/schema.ts'
import { analyseText } from './support/analysis.ts'
import { HOSTILE, hostileDataset, realDatasets } from './support/datasets.ts'
import { saySkipped } from './support/shared.ts'

const settings = resolveSettings(config)
const SCOPES = ['tenant', 'project', 'resource']
const hostile = hostileDataset()
/** The hostile roles in scopes that the templates fit. */
const fitting: Dataset = {
  ...hostile,
  roles: hostile.roles.map((role, i) => ({ ...role, scope: SCOPES[i % 3] as string })),
}
const all: [string, Dataset][] = [...realDatasets(), ['hostile texts', fitting]]
const counted: string[] = []

saySkipped()
afterAll(() => console.log(counted.join('\n')))

function filesOf(id: string, dataset: Dataset, roleTemplates = settings.roleTemplates): Map<string, ExportedFile> {
  const withTemplates = { ...settings, roleTemplates }
  const format = templates.variants?.(withTemplates).find((one) => one.id === id)
  return new Map(format?.files(dataset, { settings: withTemplates }).map((file) => [file.name, file]))
}

interface Index {
  leftOut: string[]
  roles: {
    id: string
    name: string
    scope: string
    slug: string
    file: string
    permissions: number
    remarks: string[]
  }[]
}

function indexOf(id: string, dataset: Dataset, roleTemplates = settings.roleTemplates): Index {
  return JSON.parse(String(filesOf(id, dataset, roleTemplates).get(`roles/${id}/index.json`)?.content))
}

interface Block {
  name: string
  type: string
  permissions: string[]
}

/** A parser's texts still have the escapes of templates, since it gives those back as they are written. */
function plain(text: string): string {
  return text.replace(/([$%])\1(?=\{)/g, '$1')
}

/** What is exactly allowed: every permission that a plain list of the role may have. */
function expectedFor(dataset: Dataset) {
  return dataset.roles
    .filter(({ scope }) => SCOPES.includes(scope))
    .map((role) => ({ id: role.id, name: role.name, type: role.scope, permissions: spelledOut(dataset, role) }))
}

describe('roles as Terraform', () => {
  it.each(all)('of %s are read by its parser: name, scope and permissions of every role', async (name, dataset) => {
    const files = filesOf('terraform', dataset)
    expect([...files.keys()]).toEqual(['roles/terraform/roles.tf', 'roles/terraform/index.json'])
    const parsed = await parseHcl('roles.tf', String(files.get('roles/terraform/roles.tf')?.content))
    expect(Object.keys(parsed).sort()).toEqual(['resource', 'terraform'])
    expect(parsed.terraform[0].required_providers[0].spectrocloud.source).toBe('spectrocloud/spectrocloud')
    const blocks = parsed.resource.spectrocloud_role as Record<string, Block[]>
    const { roles, leftOut } = indexOf('terraform', dataset)
    const expected = expectedFor(dataset)
    expect(new Set(roles.map(({ slug }) => slug)).size).toBe(roles.length)
    expect(Object.keys(blocks).sort()).toEqual(roles.map(({ slug }) => slug).sort())
    for (const [i, { slug, file }] of roles.entries()) {
      expect(blocks[slug]).toHaveLength(1)
      const [block] = blocks[slug] as [Block]
      const { name: written, type, permissions } = block
      const { id: _, ...role } = expected[i] as (typeof expected)[number]
      for (const text of [written, ...permissions]) expect(text.replace(/([$%])\1\{/g, '')).not.toMatch(/[$%]\{/)
      expect({ name: plain(written), type, permissions: permissions.map(plain) }).toEqual(role)
      expect(file).toBe('roles.tf')
    }
    expect(leftOut).toEqual(dataset.roles.filter(({ scope }) => !SCOPES.includes(scope)).map(({ id }) => id))
    const pairs = expected.reduce((sum, { permissions }) => sum + permissions.length, 0)
    counted.push(`Terraform, ${name}: ${roles.length} roles, ${pairs} permissions compared; ${leftOut.length} left out`)
  })

  it('agree with `can` on every role and permission', async () => {
    for (const [name, dataset] of all) {
      const parsed = await parseHcl(
        'roles.tf',
        String(filesOf('terraform', dataset).get('roles/terraform/roles.tf')?.content),
      )
      let asked = 0
      const disagreements: string[] = []
      for (const { id, slug } of indexOf('terraform', dataset).roles) {
        const role = dataset.roles.find((one) => one.id === id)
        if (!role) throw new Error(id)
        const held = new Set((parsed.resource.spectrocloud_role[slug][0] as Block).permissions.map(plain))
        for (const permission of dataset.permissions) {
          if (permission.id.includes('*')) continue
          asked++
          if (held.has(permission.id) !== can(role, permission.id).allowed) disagreements.push(`${id} ${permission.id}`)
        }
      }
      expect(disagreements).toEqual([])
      counted.push(`Terraform, ${name}: ${asked} pairs asked, ${disagreements.length} disagreements`)
    }
  })

  it('have names that no other role changes', () => {
    const page = (roles: string) => analyseText(roles, config).model.dataset
    const slugs = (dataset: Dataset) => {
      const scoped = dataset.roles.map((role) => ({ ...role, scope: 'project' }))
      return indexOf('terraform', { ...dataset, roles: scoped }).roles.map(({ id, slug }) => [id, slug])
    }
    const one = slugs(page('## Dock Pilot\n\n- dock.get\n'))
    const two = slugs(page('## Dock Pilot\n\n- dock.get\n\n## Dock Viewer\n\n- dock.get\n'))
    expect(two).toEqual(expect.arrayContaining(one))
    const [role] = hostile.roles
    if (!role) throw new Error('no role')
    const alike = ['project/日本', 'project/中国', 'tenant/admin', 'project/admin'].map((id) => ({
      ...role,
      id,
      scope: 'project',
    }))
    expect(indexOf('terraform', { ...hostile, roles: alike }).roles.map(({ slug }) => slug)).toEqual([
      ...['project_67a2f9d3', 'project_d1ce5d4f', 'tenant_admin', 'project_admin'].map((slug) =>
        /_[0-9a-f]{8}$/.test(slug) ? expect.stringMatching(/^project_[0-9a-f]{8}$/) : slug,
      ),
    ])
  })
})

describe('roles as request bodies', () => {
  it.each(all)('of %s are JSON, one file a role: name, scope and permissions', (name, dataset) => {
    const files = filesOf('api', dataset)
    const { roles } = indexOf('api', dataset)
    const expected = expectedFor(dataset)
    expect(roles.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    for (const [i, { file, permissions: count }] of roles.entries()) {
      const body = JSON.parse(String(files.get(`roles/api/${file}`)?.content))
      const { name: title, type: scope, permissions } = expected[i] as (typeof expected)[number]
      expect(body).toEqual({
        metadata: { name: title, annotations: { scope } },
        spec: { permissions, scope, type: 'user' },
      })
      expect(count).toBe(permissions.length)
    }
    expect(files.size).toBe(roles.length + 1)
    expect(new Set([...files.keys()].map((path) => path.toLowerCase())).size).toBe(files.size)
    for (const path of files.keys()) expect(path).toMatch(/^roles\/api\/[A-Za-z0-9_-]+\.json$/)
    counted.push(`Request bodies, ${name}: ${roles.length} compared`)
  })
})

describe('role templates', () => {
  const page = [
    '## Dock Pilot\n\n- dock.*\n- crane.*\n- ship.get\n',
    '## Dock Keeper\n\n| | Get | Delete |\n| --- | --- | --- |\n| dock | ✓ | ✓ (1) |\n\n(1) Only on weekdays.\n',
  ].join('\n')
  const dataset = analyseText(page).model.dataset
  const template = (rest: Partial<RoleTemplate> = {}): RoleTemplate => ({
    ...{
      id: 'hcl',
      title: 'HCL',
      language: 'hcl',
      extension: 'hcl',
      text: 'role "{{slug}}" {\n  may = {{permissions}}\n}',
    },
    ...rest,
  })
  const contents = (one: RoleTemplate, of = dataset) =>
    [...filesOf(one.id, of, [one])].map(([name, { content }]) => [name, String(content)] as const)

  it('say in comments what a list can not: conditions, patterns, denials', () => {
    const [role] = dataset.roles
    if (!role) throw new Error('no role')
    const grant = { note: null, source: role.source }
    const denying: Dataset = {
      ...dataset,
      roles: [
        ...dataset.roles,
        {
          ...{ ...role, id: 'unscoped/sealed', name: 'Sealed', permissions: ['dock.*', 'dock.get'] },
          grants: [
            { permission: 'dock.*', effect: 'granted', ...grant },
            { permission: 'dock.delete', effect: 'denied', ...grant },
            { permission: 'dock.get', effect: 'conditional', ...grant, note: 'On\nweekdays\u2028}' },
          ],
        },
        { ...role, id: 'unscoped/idle', name: 'Idle', permissions: [], grants: [] },
      ],
    }
    const one = template({ file: { name: 'roles.hcl', head: '# head' } })
    expect(contents(one, denying)[0]).toMatchInlineSnapshot(`
      [
        "roles/hcl/roles.hcl",
        "# docs latest: 4 roles of 4, in one file.

      # head

      # dock.delete is granted under a condition: Only on weekdays.
      role "unscoped_dock_keeper" {
        may = [
          "dock.delete",
          "dock.get"
        ]
      }

      # crane.* fits no permission that the documentation names: it stands here as it is.
      # dock.* is spelt out: it fits 2 permissions that the documentation names.
      role "unscoped_dock_pilot" {
        may = [
          "crane.*",
          "dock.delete",
          "dock.get",
          "ship.get"
        ]
      }

      # dock.* is spelt out: it fits 2 permissions that the documentation names.
      # dock.get is granted under a condition: On weekdays }
      # dock.delete is denied in so many words: it is left out.
      role "unscoped_sealed" {
        may = [
          "dock.get"
        ]
      }

      # The documentation lists no permissions for this role.
      role "unscoped_idle" {
        may = []
      }
      ",
      ]
    `)
  })

  it('stand in a file each where the template names none, and have no comments where the language has none', () => {
    const one = template({ id: 'list', language: 'text', extension: 'txt', text: '{{permissions}}' })
    expect(contents(one)).toMatchInlineSnapshot(`
      [
        [
          "roles/list/index.json",
          "{
        "template": "list",
        "title": "HCL",
        "leftOut": [],
        "roles": [
          {
            "id": "unscoped/dock-keeper",
            "name": "Dock Keeper",
            "scope": "unscoped",
            "slug": "unscoped_dock_keeper",
            "file": "unscoped-dock-keeper.txt",
            "permissions": 2,
            "remarks": [
              "dock.delete is granted under a condition: Only on weekdays."
            ]
          },
          {
            "id": "unscoped/dock-pilot",
            "name": "Dock Pilot",
            "scope": "unscoped",
            "slug": "unscoped_dock_pilot",
            "file": "unscoped-dock-pilot.txt",
            "permissions": 4,
            "remarks": [
              "crane.* fits no permission that the documentation names: it stands here as it is.",
              "dock.* is spelt out: it fits 2 permissions that the documentation names."
            ]
          }
        ]
      }
      ",
        ],
        [
          "roles/list/unscoped-dock-keeper.txt",
          "[
        "dock.delete",
        "dock.get"
      ]
      ",
        ],
        [
          "roles/list/unscoped-dock-pilot.txt",
          "[
        "crane.*",
        "dock.delete",
        "dock.get",
        "ship.get"
      ]
      ",
        ],
      ]
    `)
  })

  it('are formats that the config adds', () => {
    expect(templates.variants?.(settings).map(({ id, summary }) => [id, summary])).toEqual([
      ['terraform', 'Terraform'],
      ['api', 'Palette API'],
    ])
    const names = templates.files(fitting, { settings }).map(({ name }) => name)
    expect(names.length).toBe(filesOf('terraform', fitting).size + filesOf('api', fitting).size)
    expect(templates.files(fitting, { settings: resolveSettings() })).toEqual([])
  })

  it('that name a file may name no folder', () => {
    const parse = (name: string) =>
      configSchema.safeParse({ roleTemplates: [{ id: 'a', title: 'A', text: '', file: { name } }] }).success
    expect(['roles.tf', 'a-b_c.json'].map(parse)).toEqual([true, true])
    expect(['../roles.tf', 'a/b', '.tf', '', 'a\\b'].map(parse)).toEqual([false, false, false, false, false])
  })
})

describe('cloud policies as files', () => {
  const read = (dataset: Dataset) => {
    const files = new Map(policies.files(dataset, { settings }).map((file) => [file.name, String(file.content)]))
    const index = JSON.parse(files.get('policies/index.json') as string).policies as {
      id: string
      file: string | null
      command: string | null
      caution: string | null
      reason: string | null
    }[]
    return { files, index }
  }

  it.each([...realDatasets(), ['hostile texts', hostile] as const])(
    'of %s are the documents and lists of the dataset',
    (name, dataset) => {
      const { files, index } = read(dataset as Dataset)
      const list = (dataset as Dataset).policies
      expect(index.map(({ id }) => id)).toEqual(list.map(({ id }) => id))
      const paths = [...files.keys()]
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(index.filter(({ file }) => file).length + 1)
      for (const path of paths) expect(path).toMatch(/^policies\/[A-Za-z0-9_-]+\.(?:json|txt)$/)
      let actions = 0
      for (const [i, { file, reason }] of index.entries()) {
        const policy = list[i] as Policy
        expect(file === null).toBe(reason !== null)
        if (file === null) continue
        const text = files.get(`policies/${file}`) as string
        actions += policy.permissions.length
        if (file.endsWith('.txt')) {
          const lines = text.split('\n').slice(0, -1)
          expect(lines).toHaveLength(policy.permissions.length)
          if (name !== 'hostile texts') expect(lines).toEqual(policy.permissions)
        } else expect(JSON.parse(text)).toEqual(policy.document)
      }
      const out = index.filter(({ file }) => file === null).length
      counted.push(`Policies, ${name}: ${paths.length - 1} files with ${actions} actions compared, ${out} left out`)
    },
  )

  it('are named with the command that takes each, and with the reason where there is none', () => {
    const byName = new Map(realDatasets())
    const { index } = read(byName.get('content/latest') as Dataset)
    const of = (id: string) => {
      const { file, command, caution, reason } = index.find((one) => one.id === id) ?? {}
      return { file, command, caution, reason }
    }
    expect(of('aws-nodes-policy')).toEqual({
      file: 'aws-nodes-policy.json',
      command: 'aws iam create-policy --policy-name NAME --policy-document file://aws-nodes-policy.json',
      ...{ caution: null, reason: null },
    })
    expect(of('azure-aks-static-vnet-role')).toEqual({
      file: 'azure-aks-static-vnet-role.json',
      command: 'az role definition create --role-definition @azure-aks-static-vnet-role.json',
      ...{ caution: 'Fill in $SUBSCRIPTION_ID first.', reason: null },
    })
    expect(of('gcp-deployment-role').command).toBe(
      'gcloud iam roles create ROLE_ID --project=PROJECT_ID --file=gcp-deployment-role.json',
    )
    const old = read(byName.get('content/v3') as Dataset).index.filter(({ file }) => file === null)
    expect(old.map(({ id, reason }) => [id, reason])).toEqual([
      [
        'controllers-eks-policy',
        expect.stringMatching(/^Its document could not be read: see the findings at content\/v3\/.*\.mdx:\d+\.$/),
      ],
    ])
  })

  const [first] = hostile.policies
  const with_ = (kind: Policy['kind'], provider: string, document: Policy['document']) =>
    applicable({ ...(first as Policy), kind, provider, document })

  it('of Azure are flat, as the command reads them', () => {
    const entry = { actions: ['Microsoft.Compute/disks/read'], notActions: [] }
    const properties = {
      roleName: 'Reader',
      description: 'Reads',
      assignableScopes: ['/subscriptions/x'],
      permissions: [entry],
    }
    expect(with_('role-definition', 'azure', { properties })).toMatchObject({
      document: {
        ...{ Name: 'Reader', IsCustom: true, Description: 'Reads', Actions: entry.actions, NotActions: [] },
        ...{ DataActions: [], NotDataActions: [], AssignableScopes: ['/subscriptions/x'] },
      },
      caution: null,
    })
    const two = { ...properties, permissions: [entry, entry] }
    expect(with_('role-definition', 'azure', two)).toEqual({ reason: expect.stringContaining('`permissions`') })
    expect(with_('role-definition', 'azure', { Name: 'x', Actions: ['*'] })).toMatchObject({
      caution: 'It has no `AssignableScopes`: add the subscriptions that it is for.',
    })
  })

  it('that no command would take are left out, or come with a caution', () => {
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
    const trust = { ...statement, Principal: '*' }
    expect(with_('iam-policy', 'aws', { Version: '2012-10-17', Statement: trust })).toEqual({
      reason: expect.stringContaining('principal'),
    })
    expect(with_('iam-policy', 'aws', { Statement: [] })).toEqual({ reason: 'It has no statements.' })
    expect(with_('iam-policy', 'aws', [1])).toEqual({ reason: 'Its document is no object.' })
    const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] }
    for (const alone of [[rule], { rules: [rule] }])
      expect(with_('role-definition', 'kubernetes', alone)).toEqual({
        reason: 'It shows rules without their role: Kubernetes takes no rules alone.',
      })
    const large = { Version: '2012-10-17', Statement: { ...statement, Resource: 'x'.repeat(6200) } }
    expect(with_('iam-policy', 'aws', large)).toMatchObject({ caution: expect.stringContaining('holds 6144') })
    const variable = {
      Version: '2012-10-17',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of AWS and of a shell
      Statement: { ...statement, Resource: '<bucket>/${aws:username}/${ACCOUNT}' },
    }
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a shell
    expect(with_('iam-policy', 'aws', variable)).toMatchObject({ caution: 'Fill in ${ACCOUNT}, <bucket> first.' })
    expect(with_('custom-role', 'gcp', { title: 'x' })).toEqual({ reason: 'It has no `includedPermissions`.' })
    expect(with_('role-definition', 'kubernetes', { apiVersion: 'v1', kind: 'Role', rules: [] })).toMatchObject({
      document: { apiVersion: 'v1', kind: 'Role', rules: [] },
    })
    expect(HOSTILE.length).toBe(hostile.policies.length)
  })
})
