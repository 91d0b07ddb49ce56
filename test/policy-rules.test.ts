/** Rules of policies beyond their examples: exact places, patterns, fixes, the AWS catalogue, and git's history. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openSession } from '../src/cli/session.ts'
import type { Edit } from '../src/diagnostic.ts'
import type { Config } from '../src/settings/schema.ts'
import { LineIndex } from '../src/text.ts'
import { levelOf, prefixes, serviceOf, servicesWith } from '../src/validate/aws/catalogue.ts'
import { covers } from '../src/validate/policies/wildcard.ts'
import { analyseText, analyseTexts } from './support/analysis.ts'

/** A page with one IAM policy; the first line of the JSON is line 4. */
function policyPage(statements: unknown, indent = 2): string {
  const document = { Version: '2012-10-17', Statement: statements }
  return `## Harbour policy\n\n\`\`\`json\n${JSON.stringify(document, null, indent)}\n\`\`\`\n`
}

function allow(actions: string | string[], more: object = {}) {
  return { Effect: 'Allow', Action: actions, Resource: '*', ...more }
}

function findings(text: string, ruleId: string, config: Config = {}) {
  return analyseText(text, config).diagnostics.filter((diagnostic) => diagnostic.ruleId === ruleId)
}

/** The text that a finding stands at. */
function shown(text: string, { line, column, endLine, endColumn }: Omit<Edit, 'text' | 'path'>): string {
  const lines = new LineIndex(text)
  return text.slice(lines.start(line) + column - 1, lines.start(endLine) + endColumn - 1)
}

function subjects(text: string, ruleId: string, config: Config = {}): string[] {
  return findings(text, ruleId, config).map((finding) => shown(text, finding))
}

/** A text with a finding's fix made. */
function fixed(text: string, edits: readonly Edit[]): string {
  const lines = new LineIndex(text)
  const offsets = edits.map((edit) => ({
    from: lines.start(edit.line) + edit.column - 1,
    to: lines.start(edit.endLine) + edit.endColumn - 1,
    text: edit.text,
  }))
  return offsets
    .sort((a, b) => b.from - a.from)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text)
}

describe('places of actions', () => {
  it('are exact in JSON, in YAML, in indented fences, and on one line', () => {
    const json = policyPage([allow(['ec2:RunInstances', 'ec2:Runinstance'])])
    expect(subjects(json, 'unknown-action')).toEqual(['"ec2:Runinstance"'])
    const line = policyPage([allow(['ec2:Runinstance', 'ec2:RunInstances'])], 0)
    expect(subjects(line, 'unknown-action')).toEqual(['"ec2:Runinstance"'])
    const indented = json
      .replace(/^(?=[`{} ])/gm, '   ')
      .replace('## Harbour policy\n', '## Harbour policy\n\n1. Apply it:\n')
    expect(subjects(indented, 'unknown-action')).toEqual(['"ec2:Runinstance"'])
    const yaml =
      '## Harbour policy\n\n```yaml\nVersion: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action:\n      - ec2:RunInstances\n      - ec2:Runinstance\n    Resource: "*"\n```\n'
    expect(subjects(yaml, 'unknown-action')).toEqual(['ec2:Runinstance'])
  })

  it('are those of the second mention, in every notation that lists actions', () => {
    const pages = {
      '"Microsoft.Compute/disks/READ"':
        '## Reader\n\n```json\n{"Name": "Reader", "Actions": ["Microsoft.Compute/disks/read", "Microsoft.Compute/disks/READ"], "AssignableScopes": ["/subscriptions/x"]}\n```\n',
      '"compute.disks.get"':
        '## Deployer\n\n```json\n{"title": "Deployer", "includedPermissions": ["compute.disks.get", "compute.disks.get"]}\n```\n',
      '`compute.disks.get`':
        '## GCP permissions\n\n- `compute.disks.get`\n- `compute.disks.list`\n- `compute.disks.get`\n',
      '`Network.Assign`': '## vSphere privileges\n\n- `Network.Assign`\n- `Host.Config.Storage`\n- `Network.Assign`\n',
      '`listZones`': '## CloudStack permissions\n\n- `listZones`\n- `createNetwork`: a network\n- `listZones`\n',
      listZones: '## CloudStack permissions\n\n```text\nlistZones\ncreateNetwork\nlistUsers\nlistZones\n```\n',
    }
    for (const [text, page] of Object.entries(pages)) expect(subjects(page, 'duplicate-action')).toEqual([text])
    for (const page of Object.values(pages)) {
      const [first] = findings(page, 'duplicate-action')
      expect(first && page.split('\n')[first.line - 1]).toBeDefined()
      expect(first?.related[0]).toBeDefined()
    }
  })

  it('of Azure are those of two lists, which may name one pattern each', () => {
    const page = (data: string[]) =>
      `## R\n\n\`\`\`json\n{"Name": "R", "Actions": ["A.B/c/read", "A.B/d/read"], "DataActions": ${JSON.stringify(data)}, "AssignableScopes": ["/s/x"]}\n\`\`\`\n`
    expect(subjects(page(['A.B/c/read']), 'duplicate-action')).toEqual([])
    expect(subjects(page(['A.B/c/read', 'A.B/c/read']), 'duplicate-action')).toEqual(['"A.B/c/read"'])
  })

  it('change nothing in the dataset', () => {
    const { model } = analyseText(policyPage([allow('ec2:RunInstances', { Sid: 'A' })]))
    expect(Object.keys(model.dataset.policies[0]?.statements[0] ?? {})).toEqual([
      'sid',
      'effect',
      'actions',
      'notActions',
      'resources',
      'conditions',
      'source',
    ])
  })
})

describe('duplicate actions', () => {
  it('are told apart by case where the provider does so', () => {
    expect(subjects(policyPage([allow(['s3:GetObject', 's3:getobject'])]), 'duplicate-action')).toHaveLength(1)
    const list = '## GCP permissions\n\n- `compute.disks.get`\n- `compute.disks.list`\n- `compute.Disks.get`\n'
    expect(subjects(list, 'duplicate-action')).toEqual([])
  })

  it('are removed with their line, so that the document stays valid wherever they stand', () => {
    for (const actions of [
      ['s3:GetObject', 's3:GetObject', 's3:PutObject'],
      ['s3:GetObject', 's3:PutObject', 's3:GetObject'],
      ['s3:GetObject', 's3:GetObject', 's3:GetObject'],
    ]) {
      const page = policyPage([allow(actions)])
      const edits = findings(page, 'duplicate-action').flatMap((finding) => finding.fix?.edits ?? [])
      expect(edits).toHaveLength(actions.length - new Set(actions).size)
      const after = fixed(page, edits)
      const document = JSON.parse(after.split('```')[1]?.replace('json', '') ?? '')
      expect(document.Statement[0].Action).toEqual([...new Set(actions)])
      expect(after).toBe(policyPage([allow([...new Set(actions)])]))
    }
  })

  it('are left to people where a line holds more than the action', () => {
    const [line] = findings(policyPage([allow(['s3:GetObject', 's3:GetObject'])], 0), 'duplicate-action')
    expect(line?.fix).toBeNull()
    const bullets =
      '## GCP permissions\n\n- `compute.disks.get`\n- `compute.disks.list`\n- `compute.disks.get`: for snapshots\n'
    const [bullet] = findings(bullets, 'duplicate-action')
    expect(bullet?.line).toBe(5)
    const commented =
      '## Harbour policy\n\n```yaml\nVersion: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action:\n      - s3:GetObject\n      # and again\n      - s3:GetObject\n    Resource: "*"\n```\n'
    const [comment] = findings(commented, 'duplicate-action')
    expect(comment?.line).toBe(10)
    expect(comment?.fix).toBeNull()
  })
})

describe('unsorted actions', () => {
  it('are sorted in their places: commas and indentation stay', () => {
    const sorted = ['s3:A', 's3:B', 's3:C', 's3:D']
    const page = policyPage([allow(sorted), allow(sorted), allow(['s3:C', 's3:A', 's3:D', 's3:B'])])
    const [finding] = findings(page, 'unsorted-actions')
    expect(finding && shown(page, finding)).toBe('"s3:A"')
    expect(fixed(page, finding?.fix?.edits ?? [])).toBe(policyPage([allow(sorted), allow(sorted), allow(sorted)]))
  })

  it('keep comments where they are, and so stay unsorted', () => {
    const list = (actions: string[]) =>
      `  - Effect: Allow\n    Action:\n${actions.map((a) => `      - ${a}\n`).join('')}    Resource: x\n`
    const sorted = ['s3:A', 's3:B', 's3:C', 's3:D']
    const yaml = `## Harbour policy\n\n\`\`\`yaml\nVersion: "2012-10-17"\nStatement:\n${list(sorted)}${list(sorted)}${list(['s3:B # why', 's3:A', 's3:C', 's3:D'])}\`\`\`\n`
    const [finding] = findings(yaml, 'unsorted-actions')
    expect(finding && shown(yaml, finding)).toBe('s3:A')
    expect(finding?.fix).toBeNull()
  })
})

describe('the catalogue of AWS actions', () => {
  it('knows the services and the actions of each, in any case', () => {
    expect(prefixes().length).toBeGreaterThan(400)
    expect(serviceOf('EC2')?.actions.get('runinstances')).toEqual({ name: 'RunInstances', level: 'Write' })
    expect(serviceOf('nothing')).toBeNull()
    expect(levelOf('iam:PutRolePolicy')).toBe('Permissions management')
    expect(levelOf('ec2:CreateTags')).toBe('Tagging')
    expect(levelOf('ec2:DescribeVpcs')).toBe('List')
    expect(levelOf('s3:getobject')).toBe('Read')
    expect(levelOf('ec2:Nothing')).toBeNull()
    expect(servicesWith('createLoadBalancer')).toEqual(['elasticloadbalancing', 'lightsail'])
  })

  it('gives the action that was meant, of this service or of another', () => {
    const messages = (action: string) => findings(policyPage([allow(action)]), 'unknown-action').map((f) => f.message)
    expect(messages('ec2:DescribeInstance')[0]).toContain('Did you mean `ec2:DescribeInstances`?')
    expect(messages('ec2:CreateLoadBalancer')[0]).toContain('Did you mean `elasticloadbalancing:CreateLoadBalancer`')
    expect(messages('ec2:Zzzzzzzzzzzzzzzzz')[0]).toContain('Correct it, or remove it.')
    const [service] = findings(policyPage([allow('elb:CreateLoadBalancer')]), 'unknown-service')
    expect(service?.message).toContain('Did you mean `elasticloadbalancing:CreateLoadBalancer`')
  })

  it('is asked for denied actions and for `NotAction` as well, and only of AWS', () => {
    const page = policyPage([
      { Effect: 'Deny', Action: 'ec2:Nothing', Resource: '*' },
      { Effect: 'Allow', NotAction: 'iam:Nothing', Resource: '*' },
    ])
    expect(subjects(page, 'unknown-action')).toEqual(['"ec2:Nothing"', '"iam:Nothing"'])
    const azure = '## R\n\n```json\n{"Name": "R", "Actions": ["Harbour.X/y/read"], "AssignableScopes": ["/s/x"]}\n```\n'
    expect(findings(azure, 'unknown-action')).toEqual([])
  })

  it('matches patterns with at least one action', () => {
    const page = policyPage([allow(['ec2:Describe*', 'ec2:*Vpc?', 'ec2:Describe*Q9*', '*', 's3:*'])])
    expect(subjects(page, 'unknown-action')).toEqual(['"ec2:Describe*Q9*"'])
  })

  it('takes what the config allows', () => {
    const page = policyPage([allow(['ec2:NewThing', 'admin:ServerInfo'])])
    const config: Config = {
      rules: {
        'unknown-action': ['error', { allow: ['ec2:New*'] }],
        'unknown-service': ['error', { allow: ['admin'] }],
      },
    }
    expect(findings(page, 'unknown-action', config)).toEqual([])
    expect(findings(page, 'unknown-service', config)).toEqual([])
    expect(findings(page, 'unknown-action')).toHaveLength(1)
    expect(findings(page, 'unknown-service')).toHaveLength(1)
  })
})

describe('patterns', () => {
  it.each([
    ['*', 'ec2:RunInstances', true],
    ['ec2:*', 'EC2:RunInstances', true],
    ['ec2:Describe*', 'ec2:DescribeVpcs', true],
    ['ec2:Describe*s', 'ec2:DescribeVpcs', true],
    ['ec2:Describe*s', 'ec2:DescribeVpc', false],
    ['ec2:?unInstances', 'ec2:RunInstances', true],
    ['ec2:Run', 'ec2:RunInstances', false],
    ['ec2:*Vpc*s', 'ec2:DescribeVpcEndpoints', true],
    ['', '', true],
    ['*a*b', 'aab', true],
    ['*a*b', 'aabc', false],
  ])('%s over %s: %s', (pattern, text, expected) => {
    expect(covers(pattern, text)).toBe(expected)
  })

  it('take no more than their lengths multiplied, whatever they are', () => {
    expect(covers(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
  })
})

describe('sensitive actions', () => {
  const rule = 'sensitive-action-on-any-resource'
  it('are found in patterns, and on all of a kind', () => {
    expect(subjects(policyPage([allow('iam:Put*')]), rule)).toEqual(['"iam:Put*"'])
    expect(subjects(policyPage([allow('iam:PassRole', { Resource: 'arn:aws:iam::*:role/*' })]), rule)).toHaveLength(1)
    expect(subjects(policyPage([allow('iam:PassRole', { Resource: 'arn:aws:iam::*:role/a-*' })]), rule)).toEqual([])
    expect(subjects(policyPage([allow('iam:PassRole', { Condition: {} })]), rule)).toHaveLength(1)
  })

  it('are one finding for each cause: a whole service is another rule’s', () => {
    expect(subjects(policyPage([allow(['iam:*', '*'])]), rule)).toEqual([])
    expect(subjects(policyPage([allow(['iam:*', '*'])]), 'wildcard-action')).toEqual(['"iam:*"', '"*"'])
  })

  it('of Azure are no finding where they are taken out again', () => {
    const page = (notActions: string[]) =>
      `## R\n\n\`\`\`json\n{"Name": "R", "Actions": ["Microsoft.Authorization/roleAssignments/*"], "NotActions": ${JSON.stringify(notActions)}, "AssignableScopes": ["/s/x"]}\n\`\`\`\n`
    expect(subjects(page([]), rule)).toEqual(['"Microsoft.Authorization/roleAssignments/*"'])
    expect(subjects(page(['Microsoft.Authorization/roleAssignments/write']), rule)).toEqual([])
  })

  it('can be added and allowed', () => {
    const page = policyPage([allow(['sts:AssumeRole', 'iam:PassRole'])])
    const config = (options: Record<string, unknown>): Config => ({ rules: { [rule]: ['warning', options] } })
    expect(findings(page, rule, config({ allow: ['iam:PassRole'] }))).toEqual([])
    expect(subjects(page, rule, config({ allow: ['iam:PassRole'], sensitive: ['sts:AssumeRole'] }))).toEqual([
      '"sts:AssumeRole"',
    ])
  })
})

describe('partials of two placements', () => {
  const partial = (name: string, actions: string[]) =>
    `---\npartial_category: permissions\npartial_name: ${name}\n---\n\n${policyPage([allow(actions)])}`
  const use = '<PartialsComponent category="permissions" name="aws-small" />\n'

  it('are pairs by the words of the config, one finding for each', () => {
    const texts = {
      'page.mdx': use,
      '_partials/a.mdx': partial('aws-small', ['s3:GetObject', 's3:PutObject', 'ec2:RunInstances']),
      '_partials/b.mdx': partial('aws-large', ['ec2:*']),
    }
    const of = (config: Config) =>
      analyseTexts(texts, config).diagnostics.filter(({ ruleId }) => ruleId === 'static-beyond-dynamic')
    expect(of({})).toEqual([])
    const found = of({ rules: { 'static-beyond-dynamic': ['warning', { less: 'small', more: 'large' }] } })
    expect(found.map(({ path, subject, related }) => [path, subject, related[0]?.path])).toEqual([
      ['_partials/a.mdx', 'aws-small', '_partials/b.mdx'],
    ])
    expect(found[0]?.message).toContain('`s3:GetObject`, `s3:PutObject`')
  })
})

describe('conditions and ARNs', () => {
  const role = (service: string) => `arn:aws:iam::*:role/aws-service-role/${service}/AWSServiceRoleForX`
  const slr = (condition: object, resource: string | string[]) =>
    policyPage([allow('iam:CreateServiceLinkedRole', { Resource: resource, Condition: condition })])

  it.each([
    ['patterns that fit', { StringLike: { 'iam:AWSServiceName': '*.amazonaws.com' } }, role('spot.amazonaws.com')],
    [
      'one of two services',
      { StringEquals: { 'iam:AWSServiceName': ['a.amazonaws.com', 'spot.amazonaws.com'] } },
      role('spot.amazonaws.com'),
    ],
    [
      'a condition against a service',
      { StringNotEquals: { 'iam:AWSServiceName': 'a.amazonaws.com' } },
      role('spot.amazonaws.com'),
    ],
    [
      'any resource beside it',
      { StringEquals: { 'iam:AWSServiceName': 'a.amazonaws.com' } },
      [role('spot.amazonaws.com'), '*'],
    ],
    ['placeholders', { StringEquals: { 'iam:AWSServiceName': '<service>.amazonaws.com' } }, role('spot.amazonaws.com')],
  ])('may be %s', (_name, condition, resource) => {
    expect(findings(slr(condition, resource), 'trust-mismatch')).toEqual([])
  })

  it('of a kind of provider that the action is not for', () => {
    const page = policyPage([
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/harbour' },
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ])
    expect(subjects(page, 'trust-mismatch')).toEqual(['"sts:AssumeRoleWithWebIdentity"'])
  })

  it('of a provider with placeholders in the account, and in the provider', () => {
    const page = (provider: string, key: string) =>
      policyPage([
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::<account>:oidc-provider/${provider}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [key]: 'system:serviceaccount:a:b' } },
        },
      ])
    expect(findings(page('id.example.com/1', 'id.example.com/2:sub'), 'trust-mismatch')).toHaveLength(1)
    expect(findings(page('id.example.com/1', 'id.example.com/1:sub'), 'trust-mismatch')).toEqual([])
    expect(findings(page('id.example.com/<id>', 'id.example.com/2:sub'), 'trust-mismatch')).toEqual([])
    expect(findings(page('id.example.com/1', 'aws:SourceAccount'), 'trust-mismatch')).toEqual([])
  })
})

describe('a “Last Update” line', () => {
  let folder = ''
  const page = (date: string, action = 'ec2:RunInstances') =>
    policyPage([allow(action)]).replace('## Harbour policy\n', `## Harbour policy\n\n**Last Update**: ${date}\n`)

  function git(day: string, ...args: string[]): string {
    const env = { ...process.env, GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: '2030-01-01T12:00:00Z' }
    const own = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...own, ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  }

  function write(text: string, path = 'docs/page.mdx'): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  function commit(day: string, text: string): void {
    write(text)
    git(day, 'add', '.')
    git(day, 'commit', '-q', '-m', day)
  }

  function given(): void {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolebook-history-')))
    git('2025-01-01', 'init', '-q')
  }

  async function found(root = folder): Promise<string[]> {
    const { sorted } = await openSession([], root, { baseline: true })
    return sorted.open
      .filter(({ ruleId }) => ruleId === 'last-update-stale')
      .map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`)
  }

  afterEach(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['2025-03-12', '2025-03-12'],
    ['March 12, 2025', '2025-03-12'],
    ['12 March 2025', '2025-03-12'],
    ['April 20th, 2023', '2023-04-20'],
    ['2024-02-29', '2024-02-29'],
    ['2025-02-29', null],
    ['2000-02-29', '2000-02-29'],
    ['February 29, 1900', null],
    ['2025-13-45', null],
    ['2025-02-31', null],
    ['June 31, 2025', null],
    ['2025-06-00', null],
    ['yesterday', null],
  ])('%s gives the policy the day %s', (written, day) => {
    const { model, diagnostics } = analyseText(page(written))
    expect(model.dataset.policies.map(({ lastUpdate }) => lastUpdate)).toEqual([day])
    expect(diagnostics).toEqual([])
  })

  it('is stale where the policy was changed after its day', async () => {
    given()
    commit('2025-03-12', page('March 12, 2025'))
    expect(await found()).toEqual([])
    commit('2025-06-01', page('March 12, 2025', 'ec2:StopInstances'))
    expect(await found()).toEqual([
      'docs/page.mdx:3:1 This line says 2025-03-12, but the policy below was changed on 2025-06-01. Write the day of the change.',
    ])
    commit('2025-06-02', page('June 1, 2025', 'ec2:StopInstances'))
    expect(await found()).toEqual([])
  })

  it('is believed where it came with the change, though it was merged later', async () => {
    given()
    commit('2025-03-20', page('March 12, 2025'))
    expect(await found()).toEqual([])
  })

  it('is not stale for a change of white space, of other lines, or one that is not committed', async () => {
    given()
    commit('2025-03-12', page('March 12, 2025'))
    commit('2025-06-01', `${page('March 12, 2025').replace(/^ {2}/gm, '    ')}\nMore words.\n`)
    expect(await found()).toEqual([])
    write(page('March 12, 2025', 'ec2:StopInstances'))
    expect(await found()).toEqual([])
  })

  it('is looked at in UTC, by the author’s day', async () => {
    given()
    commit('2025-03-12', page('March 12, 2025'))
    write(page('March 12, 2025', 'ec2:StopInstances'))
    const env = {
      ...process.env,
      GIT_AUTHOR_DATE: '2025-03-13T01:00:00+09:00',
      GIT_COMMITTER_DATE: '2030-01-01T12:00:00Z',
    }
    execFileSync(
      'git',
      ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', 'commit', '-qam', 'x'],
      { cwd: folder, env },
    )
    expect(await found()).toEqual([])
  })

  it('says nothing without git’s history: no repository, or one that begins later', async () => {
    given()
    commit('2025-03-12', page('March 12, 2025'))
    commit('2025-04-01', `${page('March 12, 2025')}\nMore words.\n`)
    commit('2025-06-01', page('March 12, 2025', 'ec2:StopInstances'))
    const whole = folder
    const clone = join(folder, 'clone')
    git('2025-06-01', 'clone', '-q', '--depth', '2', pathToFileURL(folder).href, clone)
    expect(await found(clone)).toEqual([])
    expect(await found(whole)).not.toEqual([])
    rmSync(join(folder, '.git'), { recursive: true })
    rmSync(clone, { recursive: true })
    expect(await found()).toEqual([])
  })

  it('is no matter of git where the rule is off', async () => {
    given()
    writeFileSync(join(folder, 'rolebook.config.json'), '{ "rules": { "last-update-stale": "off" } }')
    commit('2025-03-12', page('March 12, 2025'))
    commit('2025-06-01', page('March 12, 2025', 'ec2:StopInstances'))
    expect(await found()).toEqual([])
  })

  it('of a file whose name begins with a hyphen is looked at as any other', async () => {
    given()
    write(page('March 12, 2025'), '--contents.mdx')
    git('2025-03-12', 'add', '.')
    git('2025-03-12', 'commit', '-qm', 'one')
    write(page('March 12, 2025', 'ec2:StopInstances'), '--contents.mdx')
    git('2025-06-01', 'commit', '-qam', 'two')
    expect(await found()).toHaveLength(1)
  })
})
