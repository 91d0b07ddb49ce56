/** Policies in fences, lists and tables: exact places, what statements hold, names and ids, and hostile input. */
import { describe, expect, it } from 'vitest'
import type { Policy } from '../src/model/dataset.ts'
import { analyseText, analyseTexts, placesOf } from './support/analysis.ts'

function fence(text: string, lang = 'json'): string {
  return `## Sea policy\n\n\`\`\`${lang}\n${text}\n\`\`\`\n`
}

function policiesOf(mdx: string): Policy[] {
  return analyseText(mdx).model.dataset.policies
}

function statementOf(mdx: string, index = 0) {
  return policiesOf(mdx)[0]?.statements[index]
}

function messagesOf(mdx: string, ruleId = 'invalid-policy'): string[] {
  return analyseText(mdx)
    .diagnostics.filter((d) => d.ruleId === ruleId)
    .map(({ line, column, message }) => `${line}:${column} ${message}`)
}

const BROKEN =
  '{\n\t"Version": "2012-10-17",\n\t"Statement": {\n\t\t"Effect": "Allow",\n\t\t"Action": ["s3:Get" "s3:Put"]\n\t}\n}'

describe('places', () => {
  it('are those of the file with tabs, and alike with CRLF line ends', () => {
    expect(placesOf(analyseText(fence(BROKEN)).diagnostics, 'invalid-policy')).toEqual(['6:15', '8:23'])
    expect(placesOf(analyseText(fence(BROKEN).replaceAll('\n', '\r\n')).diagnostics, 'invalid-policy')).toEqual([
      '6:15',
      '8:23',
    ])
  })

  it.each([
    ['spaces', '   ', '   '],
    ['a tab', '\t', '\t'],
    ['a quotation', '> ', '> '],
  ])('count what stands before the fence: %s', (_name, first, rest) => {
    const lines = ['```json', ...BROKEN.split('\n'), '```'].map((line, i) => (i === 0 ? first : rest) + line)
    const opening = first.startsWith('>') ? '' : '1. Make it:\n\n'
    const mdx = `${opening}${lines.join('\n')}\n`
    for (const text of [mdx, mdx.replaceAll('\n', '\r\n')]) {
      const rows = text.split(/\r?\n/)
      const line = rows.findIndex((row) => row.includes('"s3:Put"'))
      const expected = `${line + 1}:${(rows[line] as string).indexOf('"s3:Put"') + 1}`
      expect(placesOf(analyseText(text).diagnostics, 'invalid-policy')).toContain(expected)
    }
  })

  it('of YAML are those of the value', () => {
    const yaml =
      'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action:\n      - s3:Get\n      - s3 Put\n    Resource: "*"'
    expect(messagesOf(fence(yaml, 'yaml'))).toEqual(['9:9 `s3 Put` is no action: write `service:Action`.'])
  })

  it('of an error in YAML are those of the error', () => {
    const yaml =
      'kind: Role\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {name: x}\nrules:\n- verbs: [get\n  resources: [pods]'
    const { diagnostics } = analyseText(fence(yaml, 'yaml'))
    expect(diagnostics.filter((d) => d.message.includes('no valid YAML')).map((d) => [d.line, d.column])).toEqual([
      [9, 3],
    ])
  })

  it('of a policy in a wrapper are those of its own document', () => {
    const [policy] = policiesOf(
      fence(
        '{\n  "PolicyName": "deck",\n  "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}\n}',
      ),
    )
    expect(policy?.source).toMatchObject({ line: 6, column: 21 })
    expect(policy?.document).toEqual({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } })
  })
})

describe('JSON that its provider refuses', () => {
  it('is read past comments and commas, each named', () => {
    const mdx = fence(
      '{\n  // one\n  "Statement": [\n    {"Effect": "Allow", "Action": ["s3:Get",], "Resource": "*"}, /* two */\n  ]\n}',
    )
    expect(policiesOf(mdx)[0]?.permissions).toEqual(['s3:Get'])
    expect(policiesOf(mdx)[0]?.document).toBeNull()
    expect(
      messagesOf(mdx).map((text) => text.replace(/This policy is no valid JSON: |\. Its provider.*$/g, '')),
    ).toEqual([
      '5:3 a comment',
      '7:45 nothing follows the comma before this',
      '7:66 a comment',
      '8:3 nothing follows the comma before this',
    ])
  })

  it('is read as far as it goes where it is cut off', () => {
    const mdx =
      '## Sea policy\n\n```json\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get", "Resource": "*"'
    const { model, diagnostics } = analyseText(mdx)
    expect(model.dataset.policies[0]?.permissions).toEqual(['s3:Get'])
    expect(model.dataset.policies[0]?.document).toBeNull()
    expect(diagnostics.filter((d) => d.ruleId === 'invalid-policy').map((d) => d.line)).toContain(4)
  })

  it('is read where the closing fence is glued to it, and so is what follows', () => {
    const statement = (action: string) => `{"Statement": {"Effect": "Allow", "Action": "${action}", "Resource": "*"}}`
    const mdx = `## One\n\n\`\`\`json\n${statement('s3:Get')}\`\`\`\n\n## Two\n\n\`\`\`json\n${statement('s3:Put')}\n\`\`\`\n`
    const { model, diagnostics } = analyseText(mdx)
    expect(model.dataset.policies.flatMap((policy) => policy.permissions).sort()).toEqual(['s3:Get', 's3:Put'])
    expect(diagnostics.length).toBeGreaterThan(0)
  })

  it('has a key twice: the last counts, and the second is reported', () => {
    const mdx = fence(
      '{"Statement": {"Effect": "Deny", "Action": "s3:Put", "Resource": "*", "Effect": "Allow", "Action": "s3:Get"}}',
    )
    expect(policiesOf(mdx)[0]?.permissions).toEqual(['s3:Get'])
    expect(placesOf(analyseText(mdx).diagnostics, 'invalid-policy')).toEqual(['4:71', '4:90'])
  })
})

describe('languages of fences', () => {
  it.each(['bash', 'console', 'terminal', 'hcl', 'aws'])('%s holds documents in its commands', (language) => {
    const command =
      'aws iam put-role-policy --policy-document \'{"Statement": {"Effect": "Allow", "Action": "s3:Get", "Resource": "*"}}\''
    expect(policiesOf(fence(command, language)).map(({ permissions }) => permissions)).toEqual([['s3:Get']])
  })

  it.each(['json', 'jsonc', 'jsonl', 'yml', 'text'])('%s holds ids, one a line', (language) => {
    const ids = 'ec2:RunInstances\nec2:StopInstances\ns3:GetObject'
    expect(policiesOf(fence(ids, language))[0]?.permissions).toEqual([
      'ec2:RunInstances',
      'ec2:StopInstances',
      's3:GetObject',
    ])
  })

  it.each(['python', 'terminals'])('%s is none that is read', (language) => {
    expect(policiesOf(fence('ec2:RunInstances\ns3:GetObject', language))).toEqual([])
  })
})

describe('statements', () => {
  it('of AWS hold what the document says', () => {
    const mdx = fence(
      '{"Statement": [{"Sid": "A", "Effect": "Deny", "NotAction": "iam:*", "Resource": ["a", "b"], "Condition": {"Bool": {"x": true}}}]}',
    )
    expect(statementOf(mdx)).toMatchObject({
      sid: 'A',
      effect: 'Deny',
      actions: [],
      notActions: ['iam:*'],
      resources: ['a', 'b'],
      conditions: { Bool: { x: true } },
    })
    expect(policiesOf(mdx)[0]?.permissions).toEqual([])
  })

  it('of AWS name whom they are for, where the document does', () => {
    const statement = (principal: string) =>
      statementOf(
        fence(`{"Statement": [{"Effect": "Allow", ${principal}"Action": "sts:AssumeRole", "Resource": "*"}]}`),
      )
    expect(statement('"Principal": {"Service": "ec2.amazonaws.com", "AWS": ["a", "b"]}, ')?.principals).toEqual([
      { type: 'Service', name: 'ec2.amazonaws.com' },
      { type: 'AWS', name: 'a' },
      { type: 'AWS', name: 'b' },
    ])
    expect(statement('"Principal": "*", ')?.principals).toEqual([{ type: 'AWS', name: '*' }])
    expect(statement('')).not.toHaveProperty('principals')
  })

  it('of Azure are one for each entry of the permissions, with data actions', () => {
    const mdx = fence(
      '{"properties": {"roleName": "R", "permissions": [{"actions": ["A/b"], "notActions": ["A/c"]}, {"dataActions": ["A/d"], "notDataActions": ["A/e"], "condition": "x"}]}}',
    )
    expect(policiesOf(mdx)[0]?.title).toBe('R')
    expect(statementOf(mdx, 0)).toMatchObject({ actions: ['A/b'], notActions: ['A/c'], conditions: null })
    expect(statementOf(mdx, 1)).toMatchObject({ actions: ['A/d'], notActions: ['A/e'], conditions: 'x' })
  })

  it('of OpenStack are one for each rule; what nobody may call is denied', () => {
    const mdx = fence(
      '"admin": "role:admin"\n"compute:start": "rule:admin"\n"compute:stop": "rule:admin"\n"compute:melt": "!"\n"compute:show": ""',
      'yaml',
    )
    const [policy] = policiesOf(mdx)
    expect(policy?.statements.map(({ effect, actions, conditions }) => ({ effect, actions, conditions }))).toEqual([
      { effect: 'Allow', actions: ['compute:start', 'compute:stop'], conditions: 'rule:admin' },
      { effect: 'Deny', actions: ['compute:melt'], conditions: null },
      { effect: 'Allow', actions: ['compute:show'], conditions: '' },
    ])
    expect(policy?.permissions).toEqual(['compute:show', 'compute:start', 'compute:stop'])
  })

  it('of Kubernetes are one for each rule, with the names of resources', () => {
    const mdx = fence(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules:\n- {apiGroups: [""], resources: [pods], resourceNames: [p], verbs: [get]}\n- {nonResourceURLs: [/healthz], verbs: [get]}',
      'yaml',
    )
    expect(statementOf(mdx, 0)).toMatchObject({
      actions: ['core/pods:get'],
      resources: ['p'],
      source: { line: 8, column: 3 },
    })
    expect(statementOf(mdx, 1)).toMatchObject({ actions: ['/healthz:get'], resources: [] })
  })
})

describe('statements of SQL', () => {
  const sql =
    'GRANT SELECT (id), UPDATE\n  ON docks, quays TO crew, ROLE "Guests" WITH GRANT OPTION;\nDENY DELETE ON docks TO crew'

  it('are one for each list of columns, and hold what they are on and whom they are for', () => {
    const principals = [
      { type: 'grantee', name: 'crew' },
      { type: 'role', name: '"Guests"' },
    ]
    expect(policiesOf(fence(sql, 'sql'))).toMatchObject([
      {
        provider: 'sql',
        permissions: ['GRANT OPTION', 'SELECT', 'UPDATE'],
        statements: [
          { effect: 'Allow', actions: ['SELECT', 'GRANT OPTION'], resources: ['docks (id)', 'quays (id)'], principals },
          { effect: 'Allow', actions: ['UPDATE'], resources: ['docks', 'quays'], principals },
          { effect: 'Deny', actions: ['DELETE'], resources: ['docks'], source: { line: 6, column: 1 } },
        ],
      },
    ])
  })

  it('know the place of each part, alike with CRLF line ends', () => {
    for (const mdx of [fence(sql, 'sql'), fence(sql, 'sql').replaceAll('\n', '\r\n')]) {
      const statements = analyseText(mdx).reading.claims.flatMap((claim) =>
        claim.kind === 'policy' ? claim.statements : [],
      )
      const { actions = [], resources = [], principals = [] } = statements[0]?.parts ?? {}
      const places = [...actions, ...resources, ...principals.map(({ span }) => span)]
      expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
        '4:7',
        '5:47',
        '5:6',
        '5:13',
        '5:22',
        '5:33',
      ])
    }
  })

  it('that multiply are said not to be read', () => {
    const columns = Array.from({ length: 500 }, (_, i) => `SELECT (x${i})`)
    const objects = Array.from({ length: 500 }, (_, i) => `dock${i}`)
    const mdx = fence(`GRANT ${columns} ON ${objects} TO crew;`, 'sql')
    expect(policiesOf(mdx)).toEqual([])
    expect(messagesOf(mdx, 'unrecognised-block')).toHaveLength(1)
  })

  it.each(['GRANT ', "GRANT '", 'GRANT a(', 'GRANT /* ', 'GRANT a TO b,', 'ALTER DEFAULT PRIVILEGES ', 'REVOKE\n'])(
    'that begin and never end are passed over in linear time: %j',
    { timeout: 20_000 },
    (beginning) => {
      expect(() => analyseText(fence(beginning.repeat(100_000), 'sql'))).not.toThrow()
    },
  )
})

describe('ids', () => {
  const role = (action: string) =>
    `\`\`\`json\n{"Name": "Deployer", "Actions": ["A/${action}"], "NotActions": []}\n\`\`\`\n`
  const ids = (texts: Record<string, string>) =>
    Object.fromEntries(analyseTexts(texts).model.dataset.policies.map(({ id, permissions }) => [id, permissions[0]]))

  it('take up headings, then pages, where names are alike', () => {
    expect(ids({ 'a.mdx': `## One\n\n${role('x')}\n## Two\n\n${role('y')}` })).toEqual({
      'one/deployer': 'A/x',
      'two/deployer': 'A/y',
    })
    expect(ids({ 'a.mdx': `## One\n\n${role('x')}`, 'b.mdx': `## One\n\n${role('y')}` })).toEqual({
      'a/deployer': 'A/x',
      'b/deployer': 'A/y',
    })
    expect(ids({ 'a.mdx': `## One\n\n${role('x')}\n${role('y')}` })).toEqual({ deployer: 'A/x', 'deployer-2': 'A/y' })
  })

  it('stay when blocks change places, or others come', () => {
    const one = `## One\n\n${role('x')}\n`
    const two = `## Two\n\n${role('y')}\n`
    const before = ids({ 'a.mdx': one + two })
    expect(ids({ 'a.mdx': two + one })).toEqual(before)
    expect(ids({ 'a.mdx': `## Zero\n\n${role('z').replace('Deployer', 'Other')}\n${two}${one}` })).toEqual({
      ...before,
      other: 'A/z',
    })
  })

  it('of findings are those of the policy that they stand in', () => {
    const mdx = fence(
      '[{"Name": "R", "NotActions": [], "Actions": ["x"]},\n{"Name": "S", "NotActions": [], "Actions": ["y"]}]',
    )
    const findings = analyseText(mdx).diagnostics.filter((d) => d.ruleId === 'invalid-policy')
    expect(findings.map((d) => [d.line, d.subject])).toEqual([
      [4, 'r'],
      [5, 's'],
    ])
  })
})

describe('headings that say what somebody is allowed', () => {
  it.each(['Access control', 'Authorization', 'Authorisation'])(
    'say so alike of ids of clouds and of others: %s',
    (heading) => {
      expect(policiesOf(`## ${heading}\n\n- \`ec2:RunInstances\`\n- \`ec2:CreateTags\`\n`)).toHaveLength(1)
      const own = `## ${heading}\n\n| Capability | What for |\n| --- | --- |\n| \`MOOR\` | To moor |\n| CAST_OFF | To leave |\n`
      expect(placesOf(analyseText(own).diagnostics, 'unrecognised-block')).toEqual(['3:1'])
    },
  )

  it('do not where they speak of access alone', () => {
    const { model, diagnostics } = analyseText('## Access\n\n- `ec2:RunInstances`\n- `ec2:CreateTags`\n')
    expect(model.dataset.policies).toEqual([])
    expect(placesOf(diagnostics, 'unrecognised-block')).toEqual(['3:1'])
  })
})

describe('ids of clouds in a column of roles that holds more words than ids', () => {
  const table = (held: string) =>
    `## Roles\n\n| Role | Permissions |\n| --- | --- |\n| Pilot | ${held} |\n| Guest | Looks at docks |\n`

  it.each([
    [
      '`ec2:RunInstances` for as long as it takes',
      '`ec2:RunInstances` is written like a permission of a cloud (`service:Action`)',
    ],
    ['`Microsoft.Compute/disks/read` of all', '`Microsoft.Compute/disks/read` is written like a permission of a cloud'],
    ['Steers', 'The permissions of these roles are written in words'],
    ['`yards.docks.get` alone', 'The permissions of these roles are written in words'],
  ])('are named in the finding: %s', (held, message) => {
    expect(messagesOf(table(held), 'unrecognised-block')).toEqual([expect.stringContaining(`3:10 ${message}`)])
  })

  it('are those of Google Cloud only where the page names it', () => {
    const [message] = messagesOf(`# GCP\n\n${table('`compute.disks.get` alone')}`, 'unrecognised-block')
    expect(message).toContain('`compute.disks.get` is written like a permission of a cloud (`service.resource.verb`)')
  })
})

describe('variants', () => {
  const document = '```json\n{"Statement": {"Effect": "Allow", "Action": "s3:Get", "Resource": "*"}}\n```\n'
  const variantUnder = (heading: string) => policiesOf(`## ${heading}\n\n${document}`)[0]?.variant

  it.each([
    ['Static Placement', 'static'],
    ['Dynamic', 'dynamic'],
    ['vSphere 8.0.x', '8.0.x'],
    ['6.7U3', '6.7U3'],
    ['eks policy', 'EKS'],
    ['IaaS dynamic', 'IaaS dynamic'],
    ['Sea policy', null],
    ['How the dynamic ones are made', null],
    ['Aesthetics', null],
    ['Policy dock-eks', null],
  ])('a heading “%s” says %s', (heading, variant) => {
    expect(variantUnder(heading)).toBe(variant)
  })

  it('a partial’s name says none, and nor does the page that includes it', () => {
    const { model } = analyseTexts({
      'p.mdx': `---\npartial_category: p\npartial_name: aws-dynamic-permissions\n---\n\n${document}`,
      'a.mdx': '## Dynamic\n\n<PartialsComponent category="p" name="aws-dynamic-permissions" />\n',
    })
    expect(model.dataset.policies.map(({ id, variant }) => [id, variant])).toEqual([['aws-dynamic-permissions', null]])
  })
})

describe('hostile input', () => {
  const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)
  const kubernetes = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n'

  const WAYS: [name: string, text: string, lang: string][] = [
    ['JSON nested deeply', `{"Statement": ${deep('[', ']')}, "Action": 1}`, 'json'],
    ['JSON nested deeply behind a comment', `{"Action": 1, "Statement": /* " */ ${deep('[{"a":', '}]')}}`, 'json'],
    ['JSON that is never closed', `{"Statement": [{"Action": "s3:Get", "x": ${'{"a": '.repeat(100_000)}`, 'json'],
    ['objects that are never closed, in text', `"Statement": "Action": ${'{ "a" '.repeat(50_000)}`, 'bash'],
    ['many documents', '{"Statement": {"Action": "s3:Get"}}\n'.repeat(5_000), 'json'],
    ['YAML nested deeply in brackets', `${kubernetes}${deep('[', ']')}`, 'yaml'],
    ['YAML nested deeply in braces and quotes', `${kubernetes}${deep('{"]": ', '}')}`, 'yaml'],
    ['YAML nested deeply in dashes', `${kubernetes}${'- '.repeat(100_000)}x`, 'yaml'],
    ['YAML nested deeply in question marks', `${kubernetes}${'? '.repeat(50_000)}x`, 'yaml'],
    ['many YAML documents', `${kubernetes}---\n${'---\n'.repeat(20_000)}`, 'yaml'],
    ['100,000 lines', `${kubernetes}${'# x\n'.repeat(100_000)}`, 'yaml'],
    ['blank lines', `"a:b": "@"\n${'\n'.repeat(100_000)}`, 'yaml'],
    ['here-documents without an end', `"Statement": "Action": kind: Role\n${'<<A\n'.repeat(50_000)}`, 'bash'],
    ['many here-documents', `kind: Role\n${'cat <<A\nx: y\nA\n'.repeat(5_000)}`, 'bash'],
    ['garbage', `"Statement": "Action": ${'} { ] [ , : '.repeat(20_000)}`, 'json'],
  ]

  it.each(WAYS)('%s comes to an end', { timeout: 20_000 }, (_name, text, lang) => {
    expect(() => analyseText(fence(text, lang))).not.toThrow()
  })

  it('JSON nested too deeply is a policy without a document, reported at the bracket', () => {
    const { model, diagnostics } = analyseText(fence(`{"Action": 1, "Statement": ${deep('[', ']')}}`))
    expect(model.dataset.policies).toMatchObject([{ document: null, permissions: [] }])
    expect(placesOf(diagnostics, 'invalid-policy')).toEqual(['4:227'])
  })

  it('a megabyte of JSON with an error on each line is read in seconds', { timeout: 20_000 }, () => {
    const actions = Array.from({ length: 20_000 }, (_, i) => `"ec2 Run${i} and some more words that fill the line"`)
    const text = `{"Statement": {"Effect": "Allow", "Resource": "*", "Action": [\n${actions.join(',\n')}]}}`
    const { diagnostics } = analyseText(fence(text))
    expect(diagnostics.filter((d) => d.ruleId === 'invalid-policy')).toHaveLength(20_000)
    expect(analyseText(fence(text.replaceAll('\n', ''))).diagnostics.length).toBeGreaterThan(0)
  })

  it('aliases that multiply are stopped', () => {
    const names = 'abcdefghijklmnop'.split('')
    const bomb = names.map(
      (name, i) => `${name}: &${name} [${i === 0 ? 'x, x' : `${Array(9).fill(`*${names[i - 1]}`)}`}]`,
    )
    const { model, diagnostics } = analyseText(
      fence(`${bomb.join('\n')}\n${kubernetes}- {apiGroups: [""], resources: *p, verbs: *p}`, 'yaml'),
    )
    expect(model.dataset.policies).toMatchObject([{ document: null }])
    expect(diagnostics.map((d) => d.message).join('\n')).toContain('aliases that add more than')
  })

  it('an alias is the value that it names; one that names itself is nothing', () => {
    const role = `${kubernetes}- &rule {apiGroups: [""], resources: [pods], verbs: &verbs [get]}\n- {apiGroups: [apps], resources: [sets], verbs: *verbs}\n- <<: *rule\n  resources: [secrets]`
    expect(policiesOf(fence(role, 'yaml'))[0]?.permissions).toEqual([
      'apps/sets:get',
      'core/pods:get',
      'core/secrets:get',
    ])
    expect(() => analyseText(fence(`${kubernetes}&a [*a]`, 'yaml'))).not.toThrow()
  })

  it('lists that multiply are stopped, and said not to be read', () => {
    const list = `[${Array.from({ length: 200 }, (_, i) => `x${i}`).join(', ')}]`
    const mdx = fence(`${kubernetes}- apiGroups: ${list}\n  resources: ${list}\n  verbs: ${list}`, 'yaml')
    expect(policiesOf(mdx)[0]?.permissions).toEqual([])
    expect(messagesOf(mdx, 'unrecognised-block')).toHaveLength(1)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a key %s is a key', (key) => {
    const mdx = fence(
      `{"${key}": {"Statement": {"Effect": "Allow", "Action": "s3:Get", "Resource": "*", "Condition": {"${key}": {"a": "b"}}}}}`,
    )
    const [policy] = policiesOf(mdx)
    expect(policy?.permissions).toEqual(['s3:Get'])
    expect(JSON.stringify(policy?.statements[0]?.conditions)).toBe(`{"${key}":{"a":"b"}}`)
    expect(({} as Record<string, unknown>).a).toBeUndefined()
    expect(() => analyseText(fence(`${key}: 1\n${kubernetes}- {${key}: 1}`, 'yaml'))).not.toThrow()
  })
})
