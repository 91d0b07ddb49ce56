import { placeText } from '../../diagnostic.ts'
import { byText } from '../../query/facts.ts'
import { type Access, accessOf } from '../engines/access.ts'
import { escaper } from '../engines/encode.ts'
import { defineFormat } from '../format.ts'

/**
 * Casbin: a model (roles, a denial overrides) and its policy. https://casbin.org/docs/syntax-for-models
 *
 * A request names who acts, the permission, and the list of conditions that are met, in the documentation's words: `[]`
 * where there are none. `g, anne, project/cluster-admin` gives a user a role. The readers of Casbin's languages don't agree
 * on quotes, so nothing needs any: see `field`.
 */
export default defineFormat({
  id: 'casbin',
  summary: 'Model and policy for Casbin',
  files(dataset) {
    return [
      {
        name: 'casbin/model.conf',
        title: 'Casbin model',
        description: 'Roles that users inherit, and rules with an effect and a condition; a denial overrides.',
        content: MODEL,
      },
      {
        name: 'casbin/policy.csv',
        title: 'Casbin policy',
        description: 'One rule for each role and permission: role, permission, condition, effect, and its line.',
        content: [`# ${field(`${dataset.name} ${dataset.version}`)}`, NOTE, ...rulesOf(accessOf(dataset)), ''].join(
          '\n',
        ),
      },
    ]
  },
})

const MODEL = `[request_definition]
r = sub, act, conditions

[policy_definition]
p = sub, act, condition, eft, source

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.act == p.act && g(r.sub, p.sub) && (p.condition == "" || (p.condition in r.conditions))
`

const NOTE = `# Characters that a reader of CSV may take for its own, and % itself, are written as in a URL: a comma is %2C.
# p, role, permission, condition, effect, source`

function rulesOf({ roles }: Access): string[] {
  return roles.flatMap(({ role, decisions }) =>
    decisions.map((decision) => {
      const condition = decision.effect === 'conditional' ? decision.condition : ''
      const effect = decision.effect === 'denied' ? 'deny' : 'allow'
      const places = [...new Set(decision.grants.map(({ source }) => placeText(source)))].sort(byText).join(' ')
      return ['p', ...[role.id, decision.action, condition, effect, places].map(field)].join(', ')
    }),
  )
}

const unquoted = escaper('%', /["#(),\\\p{Cc}\p{Cf}]|(?! )\p{Z}/u)

/**
 * A value as a field that needs no quotes in any of Casbin's readers, which split a file at line feeds, trim fields, count
 * parentheses, and take quotes off in ways of their own.
 */
function field(value: string): string {
  return unquoted(value).replace(/^ | $/g, '%20')
}
