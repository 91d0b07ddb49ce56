/** Resources that stand beside permissions of AWS in fences, lists and tables: each permission is allowed on those alone. */
import { describe, expect, it } from 'vitest'
import { resourceBehind } from '../src/parse/policies/resources-behind.ts'
import { analyseText } from './support/analysis.ts'

/** `actions on resources` of each statement, and what is said of the page. */
function read(mdx: string) {
  const { model, diagnostics } = analyseText(mdx)
  const statements = model.dataset.policies.flatMap((policy) => policy.statements)
  return {
    statements: statements.map(({ actions, resources }) => `${actions.join(' ')} on ${resources.join(' ') || '?'}`),
    said: diagnostics
      .filter(({ ruleId }) => ruleId === 'unrecognised-block')
      .map(({ line, message }) => `${line} ${message}`),
  }
}

const TWO = ['ec2:RunInstances on *', 's3:GetObject s3:PutObject on arn:aws:s3:::dock/*']

describe('resources beside permissions', () => {
  it('in a fence with two columns are those of the permissions, blanks or a tab between', () => {
    const lines = ['ec2:RunInstances  *', 's3:GetObject      arn:aws:s3:::dock/*', 's3:PutObject\tarn:aws:s3:::dock/*']
    expect(read(`## AWS permissions\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`)).toEqual({ statements: TWO, said: [] })
  })

  it.each([
    'on `arn:aws:s3:::dock/*`',
    'on resource: `arn:aws:s3:::dock/*`',
    '(`arn:aws:s3:::dock/*`)',
    '`arn:aws:s3:::dock/*`',
  ])('in a list are those of the item: `%s`', (resource) => {
    const items = ['ec2:RunInstances on `*`', `s3:GetObject ${resource}`, `s3:PutObject ${resource}`]
    expect(read(`## AWS permissions\n\n${items.map((item) => `- ${item}`).join('\n')}\n`)).toEqual({
      statements: TWO,
      said: [],
    })
  })

  it.each(['Resource', 'Resource ARN', 'On which resources'])(
    'in a table with the column “%s” are those of the row',
    (heading) => {
      const rows = [
        '`ec2:RunInstances` | `*`',
        '`s3:GetObject` | `arn:aws:s3:::dock/*`',
        '`s3:PutObject` | `arn:aws:s3:::dock/*`',
      ]
      const table = [`| Action | ${heading} |`, '| --- | --- |', ...rows.map((row) => `| ${row} |`)].join('\n')
      expect(read(`## AWS permissions\n\n${table}\n`)).toEqual({ statements: TWO, said: [] })
    },
  )

  it('of several are all of them, and a row without one says of none', () => {
    const table =
      '| Action | Resource |\n| --- | --- |\n| `s3:GetObject` | `arn:aws:s3:::dock/*`, `arn:aws:s3:::quay/*` |\n| `s3:ListBucket` | `*` |\n| `ec2:RunInstances` | |\n'
    expect(read(`## AWS permissions\n\n${table}`).statements).toEqual([
      's3:GetObject on arn:aws:s3:::dock/* arn:aws:s3:::quay/*',
      's3:ListBucket on *',
      'ec2:RunInstances on ?',
    ])
  })

  it('that no policy could name are told once, where the first stands, and their permissions are read', () => {
    const fence = '```\napigateway:GET /apis*\napigateway:POST  /apis*, /restapis*\nroute53:GetHostedZone  *\n```\n'
    expect(read(`## AWS permissions\n\n${fence}`)).toEqual({
      statements: ['apigateway:GET apigateway:POST on ?', 'route53:GetHostedZone on *'],
      said: [expect.stringMatching(/^4 `\/apis\*`, and 1 more, are written as no policy names a resource/)],
    })
  })

  it('that words alone name in a column of “Resource” are words, as those of any other column', () => {
    const table =
      '| Permission | Resource |\n| --- | --- |\n| `s3:GetObject` | the bucket |\n| `s3:PutObject` | the bucket |\n'
    expect(read(`## AWS permissions\n\n${table}`)).toEqual({ statements: ['s3:GetObject s3:PutObject on ?'], said: [] })
  })

  it.each([
    's3:GetObject (reads all)',
    's3:GetObject: reads all',
    's3:GetObject, s3:PutObject',
    's3:GetObject for the bucket',
    's3:GetObject reads/writes',
    's3:GetObject',
  ])('are none in `%s`', (line) => expect(resourceBehind(line)).toBeNull())
})
