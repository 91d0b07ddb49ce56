/** Several policies as one document: it allows what its parts allow when all are attached, and says what each of them adds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, type MergePart, mergePolicies, unmergeable } from '../src/query/merge-policies.ts'
import { patternCovers } from '../src/query/wildcard.ts'

interface Written {
  Sid?: string
  Effect: string
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Condition?: Json
}

function policy(...statements: Written[]): Json {
  return { Version: '2012-10-17', Statement: statements as unknown as Json }
}

function part(id: string, document: Json): MergePart {
  return { id, title: id, document }
}

function merge(...documents: Json[]) {
  return mergePolicies(
    'iam-policy',
    documents.map((document, i) => part(`p${i}`, document)),
  )
}

function statementsOf(document: Json): Written[] {
  const statements = (document as { Statement: Json }).Statement
  return (Array.isArray(statements) ? statements : [statements]) as unknown as Written[]
}

/* A second reading of what AWS says, by regular expressions and with none of the code that merges. */

const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat())

function fits(pattern: string, text: string, flags: string): boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, `s${flags}`).test(text)
}

/** Whether a statement speaks of a request; `met` says which condition texts are met. */
function speaksOf(statement: Written, action: string, resource: string, met: (condition: Json) => boolean): boolean {
  const named = (key: 'Action' | 'NotAction') => list(statement[key]).some((pattern) => fits(pattern, action, 'i'))
  const placed = (key: 'Resource' | 'NotResource') =>
    list(statement[key]).some((pattern) => fits(pattern, resource, ''))
  return (
    (statement.Action === undefined ? !named('NotAction') : named('Action')) &&
    (statement.Resource === undefined ? !placed('NotResource') : placed('Resource')) &&
    (statement.Condition === undefined || met(statement.Condition))
  )
}

function allowed(statements: Written[], action: string, resource: string, met: (condition: Json) => boolean): boolean {
  const speaking = statements.filter((statement) => speaksOf(statement, action, resource, met))
  return speaking.some(({ Effect }) => Effect === 'Allow') && !speaking.some(({ Effect }) => Effect === 'Deny')
}

const ACTIONS = ['s:Get', 's:GetAll', 's:Put', 's:put', 's:G?t', 's:Get*', 's:*', 't:Run', 't:R*', '*', 's:?*', 's:**']
const ASKED_ACTIONS = ['s:Get', 's:GET', 's:GetAll', 's:Put', 's:Got', 't:Run', 't:Rest', 'u:Other', 's:', 's:x']
const RESOURCES = ['*', 'a', 'a/*', 'a/b', 'b', 'A']
const ASKED_RESOURCES = ['a', 'a/b', 'a/', 'b', 'A', 'c', 'a/b/c']
/** The first two say the same, in two ways of writing. */
const CONDITIONS: Json[] = [
  { StringLike: { k: 'v' } },
  { StringLike: { k: ['v'] } },
  { StringLike: { k: ['v', 'w'] } },
  { StringEquals: { k: 'v' }, Bool: { m: true } },
]

const oneOrMore = (texts: string[]) =>
  fc.oneof(fc.constantFrom(...texts), fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 4 }))

const anyStatement: fc.Arbitrary<Written> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    not: fc.integer({ min: 0, max: 9 }),
    actions: oneOrMore(ACTIONS),
    resources: oneOrMore(RESOURCES),
    condition: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined, freq: 2 }),
    sid: fc.option(fc.constantFrom('One', 'Two', 'bad id'), { nil: undefined }),
  })
  .map(({ effect, not, actions, resources, condition, sid }) => ({
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    [not === 0 ? 'NotAction' : 'Action']: actions,
    [not === 1 ? 'NotResource' : 'Resource']: resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  }))

const anyPolicies = fc.array(fc.array(anyStatement, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })

/** Which conditions are met, by bits; the first two are always met together. */
function meeting(bits: number): (condition: Json) => boolean {
  const canon = (condition: Json) =>
    Math.max(
      1,
      CONDITIONS.findIndex((known) => JSON.stringify(known) === JSON.stringify(condition)),
    )
  return (condition) => ((bits >> canon(condition)) & 1) === 1
}

describe('a merged IAM policy', () => {
  it('allows exactly what its parts allow together, for every action, resource and condition', () => {
    let asked = 0
    let yes = 0
    fc.assert(
      fc.property(anyPolicies, (written) => {
        const parts = written.map((statements) => policy(...statements))
        expect(parts.map((document) => unmergeable('iam-policy', document))).toEqual(parts.map(() => null))
        const merged = statementsOf(merge(...parts).document)
        const wrong: unknown[] = []
        for (const action of ASKED_ACTIONS)
          for (const resource of ASKED_RESOURCES)
            for (let bits = 0; bits < 16; bits += 2) {
              const before = allowed(written.flat(), action, resource, meeting(bits))
              asked += 1
              yes += before ? 1 : 0
              if (allowed(merged, action, resource, meeting(bits)) !== before)
                wrong.push([action, resource, bits, before])
            }
        expect(wrong).toEqual([])
      }),
      { numRuns: 200 },
    )
    expect(yes).toBeGreaterThan(asked / 20)
    expect(yes).toBeLessThan(asked - asked / 20)
  }, 60_000)

  it('names each action of a statement once, has no statement twice, no Sid twice, and merges into itself', () => {
    fc.assert(
      fc.property(anyPolicies, (written) => {
        const { document, covered } = merge(...written.map((statements) => policy(...statements)))
        const statements = statementsOf(document)
        for (const statement of statements) {
          const actions = list(statement.Action ?? statement.NotAction).map((action) => action.toLowerCase())
          expect(new Set(actions).size).toBe(actions.length)
        }
        const sids = statements.flatMap(({ Sid }) => Sid ?? [])
        expect(new Set(sids).size).toBe(sids.length)
        expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([])
        for (const { action, by } of covered) expect(fits(by, action, 'i')).toBe(true)
        const again = merge(document)
        expect(again.document).toEqual(document)
        expect(again.covered).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is as long as AWS counts it, and no longer than its parts', () => {
    fc.assert(
      fc.property(anyPolicies, (written) => {
        const parts = written.map((statements) => policy(...statements))
        const { document, size } = merge(...parts)
        expect(size).toBe(JSON.stringify(document).length)
        expect(statementsOf(document).length).toBeLessThanOrEqual(written.flat().length)
      }),
    )
  })

  it('says of each part what nobody else allows: without the part, the others lack just these actions', () => {
    const plain = fc.array(
      fc.array(
        fc.record({
          Effect: fc.constant('Allow'),
          Action: oneOrMore(['s:Get', 's:GetAll', 's:Get*', 's:Put', 't:Run']),
          Resource: oneOrMore(RESOURCES),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      { minLength: 2, maxLength: 4 },
    )
    fc.assert(
      fc.property(plain, (written) => {
        const { parts } = merge(...written.map((statements) => policy(...statements)))
        const lower = (statements: Written[]) => [
          ...new Set(statements.flatMap(({ Action }) => list(Action)).map((action) => action.toLowerCase())),
        ]
        for (const [i, share] of parts.entries()) {
          const own = lower(written[i] as Written[])
          const others = written.filter((_, other) => other !== i).flat()
          const missing = own.filter((action) => !lower(others).some((pattern) => fits(pattern, action, 'i')))
          expect(share.adds.map((action) => action.toLowerCase()).sort()).toEqual(missing.sort())
          expect(share.adds.length + share.widens.length + share.shared).toBe(own.length)
          // Where it is said to add and widen nothing, leaving it out changes nothing.
          if (share.adds.length + share.widens.length > 0) continue
          for (const action of ASKED_ACTIONS)
            for (const resource of ASKED_RESOURCES)
              if (allowed(written.flat(), action, resource, () => true))
                expect(allowed(others, action, resource, () => true)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('joins statements that differ in spelling alone, and keeps apart what differs in more', () => {
    const { document, covered, parts } = merge(
      policy(
        { Sid: 'Machines', Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: ['arn:b', 'arn:a'],
          Condition: { StringLike: { k: 'v' } },
        },
      ),
      policy(
        { Effect: 'Allow', Action: ['ec2:Describe*', 'EC2:runinstances', 'ec2:DescribeVpcs'], Resource: ['*'] },
        {
          Effect: 'Allow',
          Action: ['iam:PassRole'],
          Resource: ['arn:a', 'arn:b'],
          Condition: { StringLike: { k: ['v'] } },
        },
        { Effect: 'Allow', Action: ['iam:PassRole'], Resource: 'arn:c' },
        { Effect: 'Deny', Action: ['ec2:Describe*'], Resource: ['*'] },
      ),
    )
    expect(document).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['EC2:runinstances', 'ec2:Describe*'], Resource: '*' },
        {
          Effect: 'Allow',
          Action: ['iam:PassRole'],
          Resource: ['arn:a', 'arn:b'],
          Condition: { StringLike: { k: 'v' } },
        },
        { Effect: 'Allow', Action: ['iam:PassRole'], Resource: 'arn:c' },
        { Effect: 'Deny', Action: ['ec2:Describe*'], Resource: '*' },
      ],
    })
    expect(covered).toEqual([{ action: 'ec2:DescribeVpcs', by: 'ec2:Describe*' }])
    expect(parts).toEqual([
      { id: 'p0', adds: [], widens: [], shared: 2 },
      { id: 'p1', adds: ['ec2:Describe*', 'ec2:DescribeVpcs'], widens: ['iam:PassRole'], shared: 1 },
    ])
  })

  it('gives the second of two equal Sids a number', () => {
    const { document } = merge(
      policy({ Sid: 'All', Effect: 'Allow', Action: 's:Get', Resource: 'a' }),
      policy({ Sid: 'All', Effect: 'Allow', Action: 's:Get', Resource: 'b' }),
    )
    expect(statementsOf(document).map(({ Sid }) => Sid)).toEqual(['All', 'All2'])
  })

  it.each([
    ['a trust policy', policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2' } } as never)],
    ['no document', null],
    ['a list', ['s:Get']],
    ['no statements', { Version: '2012-10-17' }],
    ['a statement without a resource', policy({ Effect: 'Allow', Action: 's:Get' })],
    ['an action that is a number', policy({ Effect: 'Allow', Action: 3 as never, Resource: '*' })],
    [
      'variables in a version that has none',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of AWS
      { Statement: [{ Effect: 'Allow', Action: 's:Get', Resource: 'a/${aws:username}' }] },
    ],
  ] as [string, Json][])('is not made of %s', (_name, document) => {
    expect(unmergeable('iam-policy', document)).toMatch(/^It |^A statement/)
  })
})

describe('a pattern', () => {
  it('covers another only where it fits every text that the other fits', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 })
    fc.assert(
      fc.property(
        pattern,
        pattern,
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 }),
        (outer, inner, text) => {
          if (patternCovers(outer, inner) && fits(inner, text, '')) expect(fits(outer, text, '')).toBe(true)
        },
      ),
      { numRuns: 5000 },
    )
    expect(patternCovers('a?', 'a*')).toBe(false)
    expect(patternCovers('a*', 'a?')).toBe(true)
  })
})

describe('roles of other providers', () => {
  it('of Azure become one with the actions of both, in whatever notation', () => {
    const { document, parts } = mergePolicies('role-definition', [
      part('Reader', {
        Name: 'Reader',
        Actions: ['M.C/disks/read', 'M.C/vms/*'],
        NotActions: [],
        AssignableScopes: ['/s/b'],
      }),
      part('Writer', {
        properties: {
          roleName: 'Writer',
          assignableScopes: ['/s/a', '/s/b'],
          permissions: [
            { actions: ['m.c/disks/READ', 'M.C/vms/write'], dataActions: ['M.S/blobs/read'], notActions: [] },
          ],
        },
      }),
    ])
    expect(document).toEqual({
      Name: 'Reader + Writer',
      IsCustom: true,
      Description: 'Merged from 2 roles.',
      Actions: ['M.C/disks/read', 'M.C/vms/*'],
      NotActions: [],
      DataActions: ['M.S/blobs/read'],
      NotDataActions: [],
      AssignableScopes: ['/s/a', '/s/b'],
    })
    expect(parts).toEqual([
      { id: 'Reader', adds: ['M.C/vms/*'], widens: [], shared: 1 },
      { id: 'Writer', adds: ['M.S/blobs/read'], widens: [], shared: 2 },
    ])
  })

  it('of Azure are left alone where one takes actions away or has a condition', () => {
    expect(unmergeable('role-definition', { Actions: ['*'], NotActions: ['M.A/x/write'] })).toMatch(/NotActions/)
    expect(unmergeable('role-definition', { Actions: ['*'], Condition: 'x' })).toMatch(/condition/)
    expect(unmergeable('role-definition', { Permissions: 'x' })).not.toBeNull()
    expect(unmergeable('role-definition', { kind: 'Role', rules: [] })).toMatch(/notation/)
    expect(unmergeable('role-definition', { Actions: ['*'], NotActions: null })).toBeNull()
  })

  it('of Google Cloud become one list', () => {
    const { document } = mergePolicies('custom-role', [
      part('A', { title: 'A', includedPermissions: ['c.d.get', 'c.d.create'] }),
      part('B', { title: 'B', includedPermissions: ['c.d.get'] }),
    ])
    expect(document).toEqual({ title: 'A + B', stage: 'GA', includedPermissions: ['c.d.create', 'c.d.get'] })
    expect(unmergeable('privilege-list', null)).toMatch(/Lists/)
  })
})
