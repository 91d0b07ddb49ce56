import { placeText } from '../../diagnostic.ts'
import type { Dataset } from '../../model/dataset.ts'
import { byText } from '../../query/facts.ts'
import { toJson } from '../../text.ts'
import { type Access, type Action, accessOf, type Decision, type RoleAccess } from '../engines/access.ts'
import { comment, entity, literal } from '../engines/cedar-text.ts'
import { encodable } from '../engines/encode.ts'
import { defineFormat } from '../format.ts'

/**
 * Cedar 4: a schema, policies that its validator accepts, and the roles as entities. https://docs.cedarpolicy.com
 *
 * A principal holds a role by being in it: `User::"anne"` with the parent `Role::"project/cluster-admin"`. A permission is
 * an action of its own id, in the groups `Access::Action::"write"` and `Kind::Action::"cluster"`, which grant nothing by
 * themselves. What is denied is forbidden, which no other role of the principal undoes. What is granted under a condition
 * is permitted where `context.conditions` holds the condition's text.
 */
export default defineFormat({
  id: 'cedar',
  summary: 'Schema, policies and entities for Cedar',
  files(dataset) {
    const access = accessOf(dataset)
    return [
      {
        name: 'cedar/schema.cedarschema',
        title: 'Cedar schema',
        description: 'Users, roles, scopes and resources, and every permission as an action.',
        content: schemaOf(dataset, access),
      },
      {
        name: 'cedar/policies.cedar',
        title: 'Cedar policies',
        description: 'What each role permits, forbids, and permits under a condition; every action with its line.',
        content: policiesOf(dataset, access),
      },
      {
        name: 'cedar/entities.json',
        title: 'Cedar entities',
        description:
          'Roles, scopes and resources with their names. Users are yours to add, with roles as their parents.',
        content: toJson(entitiesOf(dataset)),
      },
    ]
  },
})

const TYPES = `entity Scope = { title: String };

entity Role = {
  name: String,
  scope: Scope,
  group?: String,
  level?: String,
  description?: String,
  source: String,
};

// Who acts: a role itself, or a user that has it among its parents.
entity User in [Role];

// A kind of thing, or one of your own things, with its kind as a parent. No policy here looks at it.
entity Resource in [Resource] = { title?: String };

// What is asked for beside principal, action and resource: the conditions that are met, in the documentation's words.
type Request = { conditions?: Set<String> };
`

function schemaOf({ name, version }: Dataset, { actions }: Access): string {
  // Cedar refuses an action of a namespace that has the id of one outside: a group with a permission's id is left out.
  const taken = new Set(actions.map(({ id }) => id))
  const groupsOf = ({ access, resource }: Action): [namespace: string, id: string][] =>
    [['Access', access] as const, ['Kind', resource] as const].flatMap(([namespace, id]) =>
      id === null || taken.has(id) ? [] : [[namespace, id]],
    )
  const namespaces = ['Access', 'Kind'].flatMap((namespace) => {
    const ids = actions.flatMap((action) => groupsOf(action).flatMap(([of, id]) => (of === namespace ? id : [])))
    return ids.length === 0 ? [] : `namespace ${namespace} {\n  action\n    ${listOf(ids, '    ')};\n}\n`
  })
  const alike = new Map<string, string[]>()
  for (const action of actions) {
    const groups = groupsOf(action).map(([namespace, id]) => entity(`${namespace}::Action`, id))
    const parents = groups.length === 0 ? '' : `in [${groups.join(', ')}]\n`
    alike.set(parents, [...(alike.get(parents) ?? []), action.id])
  }
  const applied = 'appliesTo { principal: [Role, User], resource: Resource, context: Request };\n'
  const declared = [...alike].map(([parents, ids]) => `action\n  ${listOf(ids, '  ')}\n${parents}${applied}`)
  return [`${comment(`${name} ${version}`)}\n`, TYPES, ...namespaces, ...declared].join('\n')
}

/** Distinct ids, a line each. */
function listOf(ids: readonly string[], indent: string): string {
  const literals = [...new Set(ids)].sort(byText).map((id) => literal(encodable(id)))
  return literals.join(`,\n${indent}`)
}

function policiesOf({ name, version }: Dataset, { roles }: Access): string {
  return [`${comment(`${name} ${version}`)}\n`, ...roles.flatMap(policiesOfRole)].join('\n')
}

/** One policy for each effect that a role has, and for each condition. */
function policiesOfRole({ role, decisions }: RoleAccess): string[] {
  const alike = new Map<string, { condition: string | null; decisions: [Decision, ...Decision[]] }>()
  for (const decision of decisions) {
    const condition = decision.effect === 'conditional' ? decision.condition : null
    const key = condition === null ? decision.effect : `conditional ${condition}`
    const before = alike.get(key)
    if (before) before.decisions.push(decision)
    else alike.set(key, { condition, decisions: [decision] })
  }
  let conditions = 0
  return [...alike]
    .sort(([a], [b]) => byText(a, b))
    .map(([, { condition, decisions }]) => {
      const { effect } = decisions[0]
      const annotations: [string, string][] = [
        ['id', `${role.id} ${condition === null ? effect : `conditional ${++conditions}`}`],
        ['name', role.name],
        ['source', placeText(role.source)],
      ]
      const last = decisions.length - 1
      const actions = decisions.map(
        ({ action, grants }, i) =>
          `    ${entity('Action', action)}${i === last ? '' : ','} ${comment(grants.map(({ source }) => placeText(source)).join(', '))}\n`,
      )
      return [
        ...annotations.map(([key, value]) => `@${key}(${literal(value)})\n`),
        `${effect === 'denied' ? 'forbid' : 'permit'} (\n`,
        `  principal in ${entity('Role', role.id)},\n`,
        `  action in [\n${actions.join('')}  ],\n`,
        '  resource\n)',
        condition === null
          ? ''
          : `\nwhen { context has conditions && context.conditions.contains(${literal(condition)}) }`,
        ';\n',
      ].join('')
    })
}

interface Entity {
  uid: { type: string; id: string }
  attrs: Record<string, unknown>
  parents: []
}

function entitiesOf({ roles, resources, scopes }: Dataset): Entity[] {
  const titles = new Map(roles.map(({ scope }) => [scope, scope]))
  for (const { id, title } of scopes) titles.set(id, title)
  const made = (type: string, id: string, attrs: Record<string, unknown>): Entity => ({
    uid: { type, id: encodable(id) },
    attrs: Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null)),
    parents: [],
  })
  const text = (value: string | null) => value?.toWellFormed() ?? null
  return [
    ...[...titles].sort(([a], [b]) => byText(a, b)).map(([id, title]) => made('Scope', id, { title: text(title) })),
    ...roles.map((role) =>
      made('Role', role.id, {
        name: text(role.name),
        scope: { __entity: { type: 'Scope', id: encodable(role.scope) } },
        group: text(role.group),
        level: text(role.level),
        description: text(role.description),
        source: text(placeText(role.source)),
      }),
    ),
    ...resources.map(({ id, title }) => made('Resource', id, { title: text(title) })),
  ]
}
