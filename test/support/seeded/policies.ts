/** Defects of cloud policies. */
import { type Action, type Policy, policiesOf } from './survey.ts'
import { type Planted, type Planter, pick, planted, type Random, type SeededSet, splice, swapped } from './types.ts'

/** A static policy that has what its dynamic one lacks follows from a change of either. */
const PAIRS = ['static-beyond-dynamic']

function onPolicy(
  wanted: (policy: Policy, set: SeededSet) => boolean,
  plant: (policy: Policy, text: string, random: Random) => [text: string, offset: number] | null,
) {
  return (set: SeededSet, random: Random): Planted | null => {
    const policy = pick(
      policiesOf(set).filter((candidate) => wanted(candidate, set)),
      random,
    )
    const text = policy ? (set.files[policy.path] as string) : ''
    const made = policy && plant(policy, text, random)
    return policy && made ? planted(set, policy.path, ...made) : null
  }
}

const isAws = ({ provider }: Policy) => provider === 'aws'

/** Puts an action into a list in its sorted place; returns its offset. */
function insert(list: readonly Action[], action: string, text: string): [text: string, offset: number] | null {
  const [first] = list
  if (!first || list.some((other) => other.action === action)) return null
  const indent = ' '.repeat(first.at - first.line.start)
  const next = list.find((other) => other.action.toLowerCase() > action.toLowerCase())
  if (next) {
    const { start } = next.line
    return [splice(text, start, start, `${indent}"${action}",\n`), start + indent.length]
  }
  const last = list.at(-1) as Action
  const end = last.line.end - 1
  return [splice(text, end, end, `,\n${indent}"${action}"`), end + 2 + indent.length]
}

/** The list of actions that is allowed on any resource. */
function anyResource({ fence, lists }: Policy, text: string): Action[] | null {
  const list = lists.find((candidate) => {
    const last = candidate.at(-1)
    return last && /^ *\],\n *"Resource": "\*"/.test(text.slice(last.line.end, fence.bodyEnd))
  })
  return list ?? null
}

function onAnyResource(actions: readonly string[], wanted: (policy: Policy) => boolean = isAws) {
  return onPolicy(wanted, (policy, text, random) => {
    const list = anyResource(policy, text)
    const action = pick(actions, random)
    return list && action ? insert(list, action, text) : null
  })
}

/** Replaces the text of an action. */
function rewrite({ action, at }: Action, wrong: string, text: string): [text: string, offset: number] {
  return [splice(text, at + 1, at + 1 + action.length, wrong), at]
}

/** Policies of generated sets: those of `content/` have findings of some rules, to which more is only added. */
const IS_MADE = /-(?:static|dynamic|nodes)\.mdx$/

function isSorted(list: readonly Action[]): boolean {
  return list.every(({ action }, i) => i === 0 || (list[i - 1]?.action.toLowerCase() ?? '') <= action.toLowerCase())
}

/** Whether most lists of the provider stay sorted with one more out of order. */
function isMostlySorted({ provider }: Policy, set: SeededSet): boolean {
  const lists = policiesOf(set)
    .filter((other) => other.provider === provider)
    .flatMap((other) => other.lists.filter(({ length }) => length >= 4))
  return lists.filter((list) => !isSorted(list)).length * 2 + 2 < lists.length
}

function bodyPlace(policy: Policy, text: string, pattern: RegExp): RegExpExecArray | null {
  return pattern.exec(text.slice(policy.fence.bodyStart, policy.fence.bodyEnd))
}

export const policyPlanters: Planter[] = [
  {
    rule: 'duplicate-action',
    name: 'an action twice, one after the other',
    plant: onPolicy(
      () => true,
      (policy, text, random) => {
        const list = pick(policy.lists, random)
        const action = list && pick(list, random)
        if (!action || !list) return null
        const { start, end } = action.line
        const line = text.slice(start, end).replace(/"\n$/, '",\n')
        return [splice(text, start, start, line), start + line.length + action.at - start]
      },
    ),
  },
  {
    rule: 'duplicate-action',
    name: 'an action twice in other letters',
    plant: onPolicy(isAws, (policy, text, random) => {
      const list = pick(policy.lists, random)
      const action = list && pick(list, random)
      if (!action) return null
      const [prefix = '', name = ''] = action.action.split(':')
      const { start } = action.line
      const line = `${' '.repeat(action.at - start)}"${prefix}:${name.toLowerCase()}",\n`
      return [splice(text, start, start, line), action.at + line.length]
    }),
  },
  {
    rule: 'duplicate-sid',
    name: 'a Sid that was copied',
    plant: onPolicy(isAws, (policy, text) => {
      const sids = [...text.slice(policy.fence.bodyStart, policy.fence.bodyEnd).matchAll(/"Sid": ("\w+")/g)]
      const [first, second] = sids
      if (!first || !second) return null
      const at = policy.fence.bodyStart + second.index + 7
      return [splice(text, at, at + (second[1] as string).length, first[1] as string), at]
    }),
  },
  {
    rule: 'invalid-policy',
    name: 'a comma between two actions missing',
    plant: onPolicy(isAws, (policy, text, random) => {
      const list = pick(
        policy.lists.filter((candidate) => candidate.length > 1),
        random,
      )
      const index = list ? random(list.length - 1) : 0
      const [action, next] = [list?.[index], list?.[index + 1]]
      if (!action || !next) return null
      return [splice(text, action.line.end - 2, action.line.end - 1, ''), next.at - 1]
    }),
  },
  {
    rule: 'invalid-policy',
    name: 'a comma after the last action',
    plant: onPolicy(isAws, (policy, text, random) => {
      const last = pick(policy.lists, random)?.at(-1)
      if (!last) return null
      const end = last.line.end
      return [splice(text, end - 1, end - 1, ','), end + 1 + text.slice(end).search(/\S/)]
    }),
  },
  {
    rule: 'invalid-policy',
    name: 'a statement without its effect',
    plant: onPolicy(isAws, (policy, text) => {
      const match = bodyPlace(policy, text, /\{\n(?: *"Sid": "\w+",\n)? *"Effect": "Allow",\n/)
      if (!match) return null
      const start = policy.fence.bodyStart + match.index
      const changed = splice(text, start, start + match[0].length, match[0].replace(/ *"Effect": "Allow",\n/, ''))
      return [changed, start]
    }),
  },
  {
    rule: 'invalid-policy',
    name: 'an effect that does not exist',
    plant: onPolicy(isAws, (policy, text, random) => {
      const match = bodyPlace(policy, text, /"Effect": "Allow"/)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index + 10
      return [splice(text, at, at + 7, pick(['"Permit"', '"allow"', '"Allowed"'], random) as string), at]
    }),
  },
  {
    rule: 'invalid-policy',
    name: 'an action without its service',
    alsoAllowed: PAIRS,
    plant: onPolicy(isAws, (policy, text, random) => {
      const action = pick(pick(policy.lists, random) ?? [], random)
      return action && rewrite(action, action.action.replace(':', ''), text)
    }),
  },
  {
    rule: 'policy-size',
    name: 'more than a managed policy holds',
    plant: onPolicy(isAws, (policy, text) => {
      const match = bodyPlace(policy, text, /"Resource": "\*"/)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index
      const many = Array.from({ length: 180 }, (_, i) => `"arn:aws:s3:::harbor-of-the-${1000 + i}/files/*"`)
      return [splice(text, at, at + match[0].length, `"Resource": [${many.join(', ')}]`), policy.fence.start]
    }),
  },
  {
    rule: 'policy-version',
    name: 'no Version',
    plant: onPolicy(isAws, (policy, text) => {
      const match = bodyPlace(policy, text, / *"Version": "2012-10-17",\n/)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index
      return [splice(text, at, at + match[0].length, ''), policy.fence.start]
    }),
  },
  {
    rule: 'policy-version',
    name: 'the old Version',
    plant: onPolicy(isAws, (policy, text) => {
      const match = bodyPlace(policy, text, /"Version": /)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index + match[0].length
      return [splice(text, at, at + 12, '"2008-10-17"'), at]
    }),
  },
  {
    rule: 'sensitive-action-on-any-resource',
    name: 'an action that gives more rights, on anything',
    alsoAllowed: PAIRS,
    plant: onAnyResource([
      ...['iam:PassRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'],
      ...['iam:CreateAccessKey', 'lambda:UpdateFunctionCode', 'iam:Put*'],
    ]),
  },
  {
    rule: 'sensitive-action-on-any-resource',
    name: 'a role of Azure that assigns roles',
    plant: onPolicy(
      ({ provider }) => provider === 'azure',
      ({ lists }, text) => insert(lists[0] ?? [], 'Microsoft.Authorization/roleAssignments/write', text),
    ),
  },
  {
    rule: 'static-beyond-dynamic',
    name: 'an action that the dynamic policy lacks',
    plant: onAnyResource(
      [
        'ec2:DescribeAddresses',
        'ec2:DescribeSnapshots',
        'kms:DescribeKey',
        'logs:DescribeLogGroups',
        'sts:GetCallerIdentity',
      ],
      ({ path }) => IS_MADE.test(path) && /-static/.test(path),
    ),
  },
  {
    rule: 'trust-mismatch',
    name: 'a condition on another service',
    plant: onPolicy(isAws, (policy, text, random) => {
      const match = bodyPlace(policy, text, /"iam:AWSServiceName": "spot\.amazonaws\.com"/)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index + 22
      const other = pick(['autoscaling', 'elasticloadbalancing', 'eks'], random)
      return [splice(text, at, at + 20, `"${other}.amazonaws.com"`), at]
    }),
  },
  {
    rule: 'trust-mismatch',
    name: 'a condition on another identity provider',
    plant: onPolicy(isAws, (policy, text) => {
      const match = bodyPlace(policy, text, /"(id\.example\.com\/\w+):sub": /)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index
      const end = at + 1 + (match[1] as string).length
      const changed = splice(text, at + 1, end, 'id.example.com/other')
      return [changed, changed.indexOf('"harbor"', at)]
    }),
  },
  {
    rule: 'trust-mismatch',
    name: 'the action for another kind of provider',
    plant: onPolicy(isAws, (policy, text) => {
      const match = bodyPlace(policy, text, /"sts:AssumeRoleWithWebIdentity"/)
      if (!match) return null
      const at = policy.fence.bodyStart + match.index
      const changed = splice(text, at, at + match[0].length, '"sts:AssumeRoleWithSAML"').replace(
        /"StringEquals": \{\n.*\n/,
        '"StringEquals": {\n          "SAML:aud": "harbor"\n',
      )
      return [changed, at]
    }),
  },
  {
    rule: 'unknown-action',
    name: 'a slip in an action',
    alsoAllowed: PAIRS,
    plant: onPolicy(isAws, (policy, text, random) => {
      const action = pick(pick(policy.lists, random) ?? [], random)
      const [prefix = '', name = ''] = action?.action.split(':') ?? []
      const wrong = swapped(name, random)
      return action && wrong && wrong.toLowerCase() !== name.toLowerCase()
        ? rewrite(action, `${prefix}:${wrong}`, text)
        : null
    }),
  },
  {
    rule: 'unknown-action',
    name: 'a pattern that nothing fits',
    alsoAllowed: PAIRS,
    plant: onAnyResource(['ec2:Discribe*', 's3:Fetch*', 'iam:Liist*', 'ssm:Show*']),
  },
  {
    rule: 'unknown-service',
    name: 'what people call a service',
    alsoAllowed: PAIRS,
    plant: onPolicy(isAws, (policy, text, random) => {
      const names: Record<string, string> = {
        elasticloadbalancing: 'elb',
        ec2: 'ec2instances',
        s3: 's3bucket',
        ssm: 'systemsmanager',
      }
      const found = policy.lists.flat().filter(({ action }) => names[action.split(':')[0] ?? ''])
      const action = pick(found, random)
      const [prefix = '', name = ''] = action?.action.split(':') ?? []
      return action && rewrite(action, `${names[prefix]}:${name}`, text)
    }),
  },
  {
    rule: 'unpaired-lifecycle',
    name: 'an action without its counterpart',
    alsoAllowed: PAIRS,
    plant: onAnyResource(
      [
        'ec2:CreateSnapshot',
        'ec2:AllocateAddress',
        'ec2:CreateNatGateway',
        'elasticloadbalancing:CreateTargetGroup',
        's3:CreateBucket',
      ],
      ({ path }) => IS_MADE.test(path),
    ),
  },
  {
    rule: 'unpaired-lifecycle',
    name: 'a counterpart that was removed',
    alsoAllowed: PAIRS,
    plant: onPolicy(
      ({ path }) => IS_MADE.test(path),
      ({ lists }, text, random) => {
        const pairs = [
          ['ec2:AttachVolume', 'ec2:DetachVolume'],
          ['ec2:CreateVolume', 'ec2:DeleteVolume'],
          ['ec2:CreateSecurityGroup', 'ec2:DeleteSecurityGroup'],
        ]
        const all = lists.flat()
        const found = pairs.flatMap((pair) => {
          const [first, second] = pair.map((name) => all.filter(({ action }) => action === name))
          return first?.length === 1 && second?.length === 1 ? [[first[0], second[0]] as [Action, Action]] : []
        })
        const chosen = pick(found, random)
        // The last action of a list has no comma of its own to leave.
        if (!chosen || text[chosen[1].line.end - 2] !== ',') return null
        const [made, removed] = chosen
        return [
          splice(text, removed.line.start, removed.line.end, ''),
          made.at - (removed.at < made.at ? removed.line.end - removed.line.start : 0),
        ]
      },
    ),
  },
  {
    rule: 'unsorted-actions',
    name: 'two neighbours exchanged',
    // Most lists are to stay sorted.
    needs: (set) => policiesOf(set).map(({ path }) => path),
    plant: onPolicy(isMostlySorted, (policy, text, random) => {
      const list = pick(
        policy.lists.filter((candidate) => candidate.length >= 4 && isSorted(candidate)),
        random,
      )
      const index = list ? random(list.length - 1) : 0
      const [first, second] = [list?.[index], list?.[index + 1]]
      if (!first || !second) return null
      const quote = policy.provider === 'list' ? 0 : 1
      const changed = splice(text, second.at + quote, second.at + quote + second.action.length, first.action)
      const longer = second.action.length - first.action.length
      return [
        splice(changed, first.at + quote, first.at + quote + first.action.length, second.action),
        second.at + longer,
      ]
    }),
  },
  {
    rule: 'wildcard-action',
    name: 'a whole service',
    alsoAllowed: PAIRS,
    plant: onAnyResource(['ec2:*', 's3:*', 'elasticloadbalancing:*', 'iam:*', 'kms:*', 'logs:*']),
  },
  {
    rule: 'wildcard-action',
    name: 'a whole provider of Azure',
    plant: onPolicy(
      ({ provider }) => provider === 'azure',
      ({ lists }, text, random) =>
        insert(
          lists[0] ?? [],
          pick(['Microsoft.Compute/*', 'Microsoft.Network/*', 'Microsoft.Storage/*'], random) as string,
          text,
        ),
    ),
  },
]
