/** What the site shows of policies beyond the dataset: levels, sensitive actions, sizes, pairs, places, presets. */
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import { accessOf } from '../src/export/policy-access.ts'
import { presetErrors } from '../src/export/policy-presets.ts'
import { policyViews } from '../src/export/policy-views.ts'
import { unmergeable } from '../src/query/merge-policies.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import type { Config } from '../src/settings/schema.ts'
import { analyseTexts, readFolder } from './support/analysis.ts'
import { ROOT } from './support/shared.ts'

function viewsOf(texts: Record<string, string>, settings: Config = {}) {
  return policyViews(analyseTexts(texts, settings), resolveSettings(settings))
}

function json(document: unknown): string {
  return `\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\`\n`
}

function iam(...statements: object[]): string {
  return json({ Version: '2012-10-17', Statement: statements })
}

function allow(actions: string[], more: object = {}): object {
  return { Effect: 'Allow', Action: actions, Resource: '*', ...more }
}

/** A partial by name, as pages include it. */
function partial(name: string, text: string): Record<string, string> {
  return { [`_partials/${name}.mdx`]: `---\npartial_category: permissions\npartial_name: ${name}\n---\n\n${text}` }
}

const include = (name: string) => `<PartialsComponent category="permissions" name="${name}" />\n`

describe('access levels', () => {
  it.each([
    ['aws', 'ec2:RunInstances', 'Write', null],
    ['aws', 'EC2:describeinstances', 'List', null],
    ['aws', 'iam:AttachRolePolicy', 'Permissions management', null],
    ['aws', 'ec2:CreateTags', 'Tagging', null],
    ['aws', 'ec2:NoSuchAction', null, null],
    ['aws', 'nosuch:Thing', null, null],
    ['aws', 'nosuch:*', null, 0],
    ['azure', 'Microsoft.Compute/disks/read', 'Read', null],
    ['azure', 'Microsoft.Compute/disks/beginGetAccess/action', 'Write', null],
    ['azure', 'Microsoft.Authorization/roleAssignments/write', 'Permissions management', null],
    ['azure', 'Microsoft.Authorization/roleAssignments/read', 'Read', null],
    ['azure', 'Microsoft.Resources/tags/write', 'Tagging', null],
    ['azure', 'Microsoft.Compute/*', null, null],
    ['gcp', 'compute.disks.get', 'Read', null],
    ['gcp', 'compute.disks.list', 'List', null],
    ['gcp', 'compute.disks.listEffectiveTags', 'List', null],
    ['gcp', 'compute.disks.getIamPolicy', 'Read', null],
    ['gcp', 'compute.disks.setIamPolicy', 'Permissions management', null],
    ['gcp', 'compute.disks.setLabels', 'Tagging', null],
    ['gcp', 'compute.disks.create', 'Write', null],
    ['vsphere', 'Datastore.Browse', null, null],
  ])('%s: %s is %s', (provider, action, access, covers) => {
    expect(accessOf(provider, action)).toEqual({ access, covers })
  })

  it('of a pattern is the strongest of what it fits, and how much that is', () => {
    const { covers, access } = accessOf('aws', 'ec2:Describe*')
    expect(access).not.toBe('Write')
    expect(covers).toBeGreaterThan(50)
    const whole = accessOf('aws', 'iam:*')
    expect(whole.access).toBe('Permissions management')
    expect(accessOf('aws', '*').covers).toBeGreaterThan(whole.covers as number)
    expect(accessOf('aws', '*:*')).toEqual(accessOf('aws', '*'))
  })
})

describe('the view of a policy', () => {
  it('marks what is sensitive, with a reason, and says whether every statement limits it', () => {
    const { policies } = viewsOf({
      'page.mdx': `## Nodes policy\n\n${iam(
        allow(['iam:PassRole', 'ec2:RunInstances'], { Resource: 'arn:aws:iam::1:role/x' }),
        allow(['iam:AttachRolePolicy'], { Resource: 'arn:aws:iam::1:role/x' }),
        allow(['iam:AttachRolePolicy', 'iam:Put*']),
        { Effect: 'Allow', Action: ['iam:CreateAccessKey'], NotResource: 'arn:aws:iam::1:user/x' },
      )}`,
    })
    const sensitive = Object.fromEntries(policies[0]?.actions.map(({ id, sensitive }) => [id, sensitive]) ?? [])
    expect(sensitive['ec2:RunInstances']).toBeNull()
    expect(sensitive['iam:PassRole']).toEqual({ reasons: [expect.stringContaining('role')], bounded: true })
    expect(sensitive['iam:AttachRolePolicy']?.bounded).toBe(false)
    expect(sensitive['iam:CreateAccessKey']?.bounded).toBe(false)
    expect(sensitive['iam:Put*']?.reasons).toHaveLength(3)
  })

  it('counts size as the rule does, against the limit that the rule is set to', () => {
    const statement = allow(['ec2:RunInstances'])
    const page = { 'page.mdx': `## Nodes policy\n\n${iam(statement)}` }
    const characters = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }).length
    const size = viewsOf(page).policies[0]?.size
    expect([size?.amount, size?.unit, size?.limits[0]?.limit]).toEqual([characters, 'character', 6144])
    const config: Config = { rules: { 'policy-size': ['warning', { kind: 'user' }] } }
    expect(viewsOf(page, config).policies[0]?.size?.limits[0]?.limit).toBe(2048)
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }
    expect(viewsOf({ 'page.mdx': `## Trust policy\n\n${iam(trust)}` }).policies[0]?.size).toBeNull()
    const role = json({ title: 'Deployer', includedPermissions: ['compute.disks.get', 'compute.disks.list'] })
    expect(viewsOf({ 'page.mdx': `## Deployer\n\n${role}` }).policies[0]?.size).toEqual({
      amount: 2,
      unit: 'permission',
      limits: [{ title: 'a custom role', limit: 3000 }],
    })
  })

  const pair = {
    'page.mdx': `# Page\n\n## Placement\n\n${include('aws-static')}\n${include('aws-dynamic')}`,
    ...partial('aws-static', iam(allow(['ec2:DescribeVpcs', 'iam:GetRole', 's3:GetObject']))),
    ...partial('aws-dynamic', iam(allow(['ec2:Describe*', 'EC2:CreateVpc', 's3:getobject']))),
  }

  it('holds it against its partner as the rule does, from both sides', () => {
    const { policies } = viewsOf(pair)
    const [dynamic, fixed] = policies
    expect(fixed?.pair).toEqual({
      id: 'aws-dynamic',
      word: 'static',
      otherWord: 'dynamic',
      onlyHere: ['iam:GetRole'],
      onlyThere: ['EC2:CreateVpc', 'ec2:Describe*'],
      shared: ['ec2:DescribeVpcs', 's3:GetObject'],
    })
    expect(dynamic?.pair?.onlyHere).toEqual(fixed?.pair?.onlyThere)
    expect(dynamic?.pair?.onlyThere).toEqual(fixed?.pair?.onlyHere)
    const [finding] = analyseTexts(pair).diagnostics.filter(({ ruleId }) => ruleId === 'static-beyond-dynamic')
    expect([finding?.subject, finding?.message]).toEqual(['aws-static', expect.stringContaining('`iam:GetRole`')])
  })

  it('says where it stands: the headings and the panels around its inclusion, or around itself', () => {
    const { policies } = viewsOf({
      'page.mdx': `# Page\n\n## A\n\n### Step\n\n<Tabs>\n<TabItem label="Nodes">\n\n${include('nodes')}\n</TabItem>\n</Tabs>\n\n## B\n\n### Step\n\n${include('nodes')}\n### Own policy\n\n${iam(allow(['s3:GetObject']))}`,
      ...partial('nodes', iam(allow(['ec2:RunInstances']))),
    })
    expect(policies.map(({ id, places }) => [id, places])).toEqual([
      [
        'nodes',
        [
          expect.objectContaining({ line: 10, headings: ['Page', 'A', 'Step'], labels: ['Nodes'], sectionLine: 5 }),
          expect.objectContaining({ line: 19, headings: ['Page', 'B', 'Step'], labels: [], sectionLine: 17 }),
        ],
      ],
      ['own-policy', [expect.objectContaining({ path: 'page.mdx', headings: ['Page', 'B', 'Own policy'] })]],
    ])
  })

  const together = {
    'page.mdx': `# Page\n\n## Core\n\n${include('b-nodes')}\n${include('a-control')}\n## Step\n\n${include('a-control')}`,
    ...partial('b-nodes', iam(allow(['ec2:RunInstances']))),
    ...partial('a-control', iam(allow(['ec2:StopInstances']))),
  }

  it('offers the sections that include several policies, in the order of the page, but no choice between two', () => {
    expect(viewsOf(together).presets).toEqual([
      {
        id: 'core',
        title: 'Core',
        description: null,
        policies: ['b-nodes', 'a-control'],
        extras: [],
        from: { path: 'page.mdx', headings: ['Page', 'Core'] },
      },
    ])
    expect(viewsOf(pair).presets).toEqual([])
  })

  it('offers what the config says instead, where the version has its policies', () => {
    const policyPresets = [
      { id: 'nodes', title: 'Nodes', policies: ['b-nodes'], extras: ['a-control', 'gone'] },
      { id: 'old', title: 'Old', policies: ['gone'] },
    ]
    expect(viewsOf(together, { policyPresets }).presets).toEqual([
      { id: 'nodes', title: 'Nodes', description: null, policies: ['b-nodes'], extras: ['a-control'], from: null },
    ])
  })

  it('tells what the config gets wrong', () => {
    const errors = (policies: string[], ...others: Record<string, string>[]) =>
      presetErrors(
        resolveSettings({ policyPresets: [{ id: 'x', title: 'X', policies }] }),
        [together, ...others].map((texts) => analyseTexts(texts).model.policies),
      )
    expect(errors(['b-nodes', 'a-control'])).toEqual([])
    expect(errors(['b-node'])).toEqual([
      '`policyPresets`: preset `x` names the unknown policy `b-node`, did you mean `b-nodes`?',
    ])
    expect(errors(['elsewhere'])[0]).toMatch(/unknown policy `elsewhere`$/)
    const other = partial('c-other', iam(allow(['s3:GetObject'])))
    expect(errors(['b-nodes', 'c-other'], { 'p.mdx': include('c-other'), ...other })[0]).toMatch(
      /no version has together/,
    )
    const role = partial('role', json({ title: 'R', includedPermissions: ['compute.disks.get'] }))
    expect(errors(['b-nodes', 'role'], { 'p.mdx': include('role'), ...role })[0]).toMatch(/several kinds/)
  })
})

describe('the policies of this project', () => {
  const settings = resolveSettings(config)
  const analyses = settings.versions.map(({ id, root }) =>
    analyse(readFolder(`${ROOT}/${root}`, `${root}/`), settings, id),
  )

  it('have every preset of the config, and no version a preset that it lacks policies for', () => {
    expect(
      presetErrors(
        settings,
        analyses.map(({ model }) => model.policies),
      ),
    ).toEqual([])
    const offered = analyses.flatMap((analysis) => policyViews(analysis, settings).presets.map(({ id }) => id))
    expect(settings.policyPresets.map(({ id }) => id).filter((id) => !offered.includes(id))).toEqual([])
  })

  it('have a level for each action of AWS that they name, and one view with as many actions as the dataset', () => {
    for (const analysis of analyses) {
      const { policies } = policyViews(analysis, settings)
      const dataset = analysis.model.dataset.policies
      expect(policies.map(({ id, actions }) => [id, actions.map((action) => action.id)])).toEqual(
        dataset.map(({ id, permissions }) => [id, permissions]),
      )
      for (const { levels, actions } of policies)
        if (levels !== null) expect(actions.filter(({ access }) => access === null)).toEqual([])
      for (const { pair, actions } of policies)
        if (pair) expect(pair.onlyHere.length + pair.shared.length).toBe(actions.length)
    }
  })

  it('can be merged where they are IAM policies whose document parses', () => {
    const iam = analyses.flatMap(({ model }) => model.dataset.policies.filter(({ kind }) => kind === 'iam-policy'))
    expect(iam.length).toBeGreaterThan(15)
    const not = iam.filter(({ kind, document }) => unmergeable(kind, document) !== null)
    expect(not.filter(({ document }) => document !== null)).toEqual([])
  })
})
