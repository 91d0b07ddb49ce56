import { compareText } from '../../diagnostic.ts'
import { heldGrants, type Model, type RoleEntity } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { wordsOf } from '../../parse/words/vocabulary.ts'
import { singular } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { claimsInProse } from '../shared/claims-in-prose.ts'

export default defineRule({
  id: 'description-contradiction',
  category: 'roles',
  severity: 'warning',
  summary: "A role's description says that it can or cannot do something, and its grants say otherwise",
  docs: `
Many readers read the description and not the list. Where it says “cannot create projects” and the list holds
\`project.create\`, one of them is wrong, and somebody is given a role for what it is not.

The descriptions of role tables are read, in English. A sentence counts where it says plainly who may do what: “can view
and update clusters”, “is not able to create or delete a project”, “has the privileges to …”, “without the ability to …”,
“not privileged for cluster creation”. The noun must be a resource that roles of the same scope have grants on; a plural is
allowed, and “cluster profiles” says nothing of clusters. A clause that is not understood to its last word, that speaks of
another role, or that holds only under a condition (“only”, “except”, “their own”) is left out. “Can delete clusters” is
reported where the role has no such grant and another role of the scope has; “cannot” where the role has the grant and
\`read-only-role-writes\` does not say so already.

**To fix it**, correct the description or the grants. **Accept it** where the words are meant otherwise than they read.
`,
  examples: [
    {
      name: 'a description that denies a grant',
      mdx: '# Project Roles\n\n## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Editor | Edits docks. The user is not able to create or delete a dock. |\n\n### Dock Editor\n\n- dock.delete\n- dock.get\n- dock.update\n',
      expect: ['7:3'],
    },
    {
      name: 'a description that promises a grant',
      mdx: '# Project Roles\n\n## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Admin | Runs everything |\n| Dock Editor | This role can get, list, and delete docks. |\n\n### Dock Admin\n\n- dock.delete\n- dock.get\n- dock.list\n\n### Dock Editor\n\n- dock.get\n- dock.list\n',
      expect: ['8:3'],
    },
    {
      name: 'a longer noun',
      mdx: '# Project Roles\n\n## Docks\n\n| Role Name | Description |\n| --- | --- |\n| Dock Editor | This role cannot create dock profiles. |\n\n### Dock Editor\n\n- dock.create\n- dock.get\n',
      expect: [],
    },
  ],
  check({ model, settings }, report) {
    const resources = new Map<string, ReadonlyMap<string, Resource>>()
    const scopes = new Set(
      [...new Set(model.roles.map((role) => role.scope))].flatMap((id) => {
        const title = settings.scopes.find((scope) => scope.id === id)?.title ?? id
        return [singular(id.toLowerCase()), singular(title.toLowerCase())]
      }),
    )
    for (const role of model.roles) {
      const { row } = role
      if (!row?.description || role.grants.length + role.inherited.length === 0) continue
      const grants = heldGrants(role)
      const known = resources.get(role.scope) ?? resourcesOf(model, role.scope)
      resources.set(role.scope, known)
      const said = new Set<string>()
      for (const { can, verb, operations, object } of claimsInProse(row.description, {
        settings,
        name: wordsOf(role.name),
        scopes,
      })) {
        const resource = known.get(object)
        const meant = resource ? [...resource.operations].filter((name) => operations.includes(name.toLowerCase())) : []
        meant.sort(compareText)
        const key = JSON.stringify([can, resource?.key, ...meant])
        if (!resource || meant.length === 0 || said.has(key)) continue
        const held = grants.filter((grant) => grant.resource === resource.key)
        const matching = held.filter((grant) => meant.includes(grant.operation ?? ''))
        const permissions = meant.map((operation) => `\`${resource.key}.${operation}\``)
        const base = {
          span: row.evidence.span,
          subject: role.id,
          ids: [can ? 'can' : 'cannot', resource.key, ...meant],
        }
        if (can) {
          if (matching.length > 0 || held.some((grant) => grant.operation === '*')) continue
          said.add(key)
          report({
            ...base,
            message: `The description of \`${row.name}\` says that it can ${verb} \`${resource.key}\`, but it is not granted ${permissions.join(' or ')}. Correct the description, or add the grant.`,
            related: [{ ...placeOf(role.nameEvidence.span), note: 'its permissions' }],
          })
        } else {
          const granted = matching.filter((grant) => grant.effect === 'granted')
          const [first] = granted
          if (!first || role.readOnly) continue
          said.add(key)
          report({
            ...base,
            message: `The description of \`${row.name}\` says that it cannot ${verb} \`${resource.key}\`, but it is granted \`${first.permission}\`. Correct the description, or remove the grant.`,
            related: granted.map((grant) => ({ ...placeOf(grant.evidence.span), note: 'granted here' })),
          })
        }
      }
    }
  },
})

interface Resource {
  key: string
  /** What roles of the scope are granted on it. */
  operations: ReadonlySet<string>
}

/** The resources that roles of a scope have grants on, by the letters of their keys, titles and other spellings. */
function resourcesOf(model: Model, scope: string): Map<string, Resource> {
  const operations = new Map<string, Set<string>>()
  for (const { grants } of model.roles.filter((role: RoleEntity) => role.scope === scope)) {
    for (const { resource, operation, effect } of grants) {
      if (resource === null || operation === null || effect === 'denied') continue
      operations.set(resource, (operations.get(resource) ?? new Set()).add(operation))
    }
  }
  const resources = new Map<string, Resource>()
  for (const { key, rows, spellings } of model.resources) {
    const has = operations.get(key)
    if (!has) continue
    for (const name of [key, ...spellings, ...rows.map(({ title }) => title)]) {
      const words = wordsOf(name)
      const last = words.pop() ?? ''
      const letters = [...words, singular(last)].join('')
      if (letters !== '' && !resources.has(letters)) resources.set(letters, { key, operations: has })
    }
  }
  return resources
}
