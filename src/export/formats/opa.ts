import { toJson } from '../../text.ts'
import { accessOf, type Decision, type RoleAccess } from '../engines/access.ts'
import { encodable } from '../engines/encode.ts'
import { defineFormat } from '../format.ts'

/**
 * Open Policy Agent: what the documentation says as data, and rules over it in Rego v1.
 * https://www.openpolicyagent.org/docs/policy-language
 *
 * The input is `{ "roles": ["project/cluster-admin"], "permission": "cluster.create", "conditions": [] }`: the roles of who
 * acts, and the conditions that are met, in the documentation's words. The rules never change; the data stands outside of
 * their package, so that none can be taken for the other.
 */
export default defineFormat({
  id: 'opa',
  summary: 'Data and Rego rules for Open Policy Agent',
  files(dataset) {
    const { name, version } = dataset
    const roles = Object.fromEntries(
      accessOf(dataset).roles.map((access) => [encodable(access.role.id), roleOf(access)]),
    )
    return [
      {
        name: 'opa/data.json',
        title: 'Data for Open Policy Agent',
        description: 'What each role is granted, denied, and granted under a condition, with the lines that say so.',
        content: toJson({ rolebook_data: { name, version, roles } }),
      },
      {
        name: 'opa/rolebook.rego',
        title: 'Rules for Open Policy Agent',
        description: 'Rego rules over the data: allow, deny, conditional, and the reasons.',
        content: REGO,
      },
    ]
  },
})

function roleOf({ role, decisions }: RoleAccess) {
  const { path, line, column } = role.source
  const decided = decisions.map((decision) => [encodable(decision.action), statementOf(decision)])
  return { name: role.name, scope: role.scope, source: { path, line, column }, decisions: Object.fromEntries(decided) }
}

function statementOf(decision: Decision) {
  return {
    effect: decision.effect,
    condition: decision.effect === 'conditional' ? decision.condition : null,
    sources: decision.grants.map(({ source: { path, line, column } }) => ({ path, line, column })),
  }
}

const REGO = `# Who may do what, as the documentation says. Input:
#
#   {
#     "roles": ["project/cluster-admin"],
#     "permission": "cluster.create",
#     "conditions": []
#   }
#
# "conditions" are those that are met, in the words of the data; it may be left out.
package rolebook

import rego.v1

# Granted, or granted under a condition that is met. A denial of one role outweighs what the others grant.
default allow := false

allow if {
	not deny
	some decision in decisions
	holds(decision)
}

# Denied by one of the roles.
default deny := false

deny if {
	some decision in decisions
	decision.effect == "denied"
}

# Granted under conditions only, whether they are met or not.
default conditional := false

conditional if {
	not deny
	some decision in decisions
	decision.effect == "conditional"
	count([other | some other in decisions; other.effect == "granted"]) == 0
}

# What decides, and the lines of the documentation that say so.
reasons contains reason if {
	some decision in decisions
	some source in decision.sources
	reason := {
		"role": decision.role,
		"effect": decision.effect,
		"condition": decision.condition,
		"path": source.path,
		"line": source.line,
	}
}

# What the documentation says of each of the roles and the permission.
decisions contains decision if {
	some role in input.roles
	found := data.rolebook_data.roles[role].decisions[input.permission]
	decision := object.union(found, {"role": role})
}

holds(decision) if decision.effect == "granted"

holds(decision) if {
	decision.effect == "conditional"
	decision.condition in input.conditions
}
`
